"""What one place did together with another: told among the activities of the one as of the other.

"Did Chongqing work with Chengdu?" is no comparison: one activity of Chongqing may tell of both.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from bot.answering.findings import Missing
from bot.answering.found import Found
from bot.answering.matching import MANY
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.meanings import EntityType
from bot.understanding.question import Question, Unit

_TOGETHER = re.compile(
    r"\b(?:co ?-?operat|collaborat|joint|together\b|team(?:s|ed)? up\b|between\b|partner)"
    r"|合作|联合|携手|协同|共同|一起"
)
"""Words that say of several places that they did something with each other."""
_EITHER = frozenset({"or", "或", "还"})
"""What stands between places of which one is meant: "Dehong or Baoshan", 德宏还是保山."""
_NAMED = 1.1
"""Weight of the other place among the words that an activity is to hold, as of a name."""
_HELD = 0.9
"""Coverage (0 to 1) from which an activity holds what is said of both."""


class JointActivities:
    """Finds what a place did with another."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def answer(self, question: Question, answer: Callable[[Question], Found]) -> Found | None:
        """The answer from an activity of one of two places that tells of the other; None when
        the question does not speak of both together, or no activity does. A claim that none
        bears out is answered with that.
        """
        if len(question.places) != 2 or "compare" in question.operators:
            return None
        if not _speaks_of_both(question):
            return None
        one, other = question.places
        for place, partner in ((one, other), (other, one)):
            telling = self._telling_of(partner, place)
            if not telling:
                continue
            found = answer(_with_partner(question, place, partner))
            best = found.candidates[:1]
            fits = best and best[0].number in telling and best[0].coverage >= _HELD
            if fits and not found.is_weak:
                return found
        if not question.is_polar:
            return None
        found = answer(_with_partner(question, one, other))
        if not isinstance(found.finding, Missing):
            return None
        return replace(found, finding=replace(found.finding, elsewhere=None))

    def _telling_of(self, partner: str, place: str) -> set[int]:
        """The numbers of the activities of a place that speak of another."""
        having = self._facts.having("@" + partner)
        if not 0 < len(having) <= MANY:
            return set()
        entries = self._knowledge.activities.select(sorted({number >> 1 for number in having}))
        return {e.index for e in entries if place in e.places and partner not in e.places}


def _speaks_of_both(question: Question) -> bool:
    """Whether what they did with each other is asked, not what each did."""
    utterance = question.tagging.utterance
    spans = _spans(question, question.places)
    between = [utterance.words[end:first] for (_, end), (first, _) in pairwise(spans)]
    if any(not _EITHER.isdisjoint(words) for words in between):
        return False  # the joint conference in Dehong or Baoshan
    if _TOGETHER.search(utterance.raw.casefold()) or "partner" in question.attributes:
        return True
    return any("with" in words for words in between)


def _spans(question: Question, places: Sequence[str]) -> list[tuple[int, int]]:
    """Where places stand, from the first token to behind the last."""
    return [
        (mention.first, mention.end)
        for mention in question.tagging.mentions
        if any(m.type is EntityType.PLACE and m.id in places for m in mention.meanings)
    ]


def _with_partner(question: Question, place: str, partner: str) -> Question:
    """The question about one of the places, with the other as a word to be found."""
    first, end = next(iter(_spans(question, (partner,))), (-1, 0))
    text = " ".join(question.tagging.utterance.words[first:end])
    unit = Unit(text, first, end, ("@" + partner,), (_NAMED,), explained=True, is_name=True)
    return replace(
        question,
        places=(place,),
        attributes=tuple(a for a in question.attributes if a not in ("partner", "place")),
        units=(*question.units, unit),
    )

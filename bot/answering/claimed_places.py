"""Whether something of one place was at another one, as a question claims: "was Yunnan's launch in
Chengdu?" compares no places.
"""

from collections.abc import Callable

from msgspec.structs import replace

from bot.answering.asking import speaks_of_events, telling_units
from bot.answering.attributes import values_of
from bot.answering.findings import Values, Verdict
from bot.answering.found import Found
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.meanings import EntityType
from bot.understanding.question import Question

_IN = frozenset({"in", "at", "在"})
_JOINING = frozenset("and or both with from 和 与 或 跟 还".split())
"""Words between two places that are asked about alike."""


class ClaimedPlaces:
    """Checks such claims."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def answer(self, question: Question, answer: Callable[[Question], Found]) -> Found | None:
        """Yes or no with the true place; None where no place is claimed of something of another."""
        claimed = _claimed(question)
        if not claimed:
            return None
        own = tuple(place for place in question.places if place != claimed)
        found = answer(replace(question, places=own, is_polar=False, attributes=("place",)))
        told = found.finding
        if not isinstance(told, Values) or told.attribute != "place":
            return None
        where = tuple(values_of("place", told.entry, self._knowledge))
        verdict = Verdict(claimed in told.entry.places, told.entry, where, attribute="place")
        return replace(found, finding=verdict, question=question)


def _claimed(question: Question) -> str:
    """The place that is claimed of something of the other one; empty where none is."""
    speaks = telling_units(question) or speaks_of_events(question)
    if not question.is_polar or len(question.places) != 2 or not speaks:
        return ""
    words = question.tagging.utterance.words
    named = [m for m in question.tagging.mentions if m.has(EntityType.PLACE)]
    if len(named) != 2 or named[1].first < 1 or words[named[1].first - 1] not in _IN:
        return ""
    if not _JOINING.isdisjoint(words[named[0].end : named[1].first]):
        return ""
    ids = {m.id for m in named[1].meanings if m.type is EntityType.PLACE}
    return next((place for place in question.places if place in ids), "")

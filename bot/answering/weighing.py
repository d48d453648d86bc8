"""How sure a question is about the weeks, given the activity that fits it best."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.matching import Candidate
from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.decision import Evidence, is_in_passing, weigh
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question, Unit

_MOSTLY, _ALMOST_ALL = 0.6, 0.95
"""Coverage (0 to 1) from which a fact is what is meant where its year is named, and where not."""
_SEVERAL = 0.85
"""Sum of matches (0 to 1.5 each) that it takes where no year is named."""
_BESIDE = 0.15
"""Sum of matches of words that are of no other subject, without which none is taken over."""
_THEME_SHARE = 0.6
"""What a word counts that only a theme holds."""


class Weighing:
    """Gathers what the facts say for a question's words and lets the decision weigh it."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def evidence(
        self,
        question: Question,
        best: Candidate | None,
        weeks: Sequence[WeekEntry] = (),
        *,
        in_dialogue: bool,
    ) -> Evidence:
        """The evidence for a question; `in_dialogue`: it follows another one.

        `weeks`: those whose own figures may be what is counted.
        """
        terms = self._facts.of(best.entry).terms if best is not None else frozenset()
        for figure in (figure for week in weeks for figure in week.week.figures):
            terms |= self._facts.terms_of_texts((figure.of, *figure.words.en, *figure.words.zh))

        def matched(unit: Unit) -> float:
            weight = unit.match(terms)[0]
            if not weight and self._facts.in_themes(unit.terms):
                return _THEME_SHARE * unit.weight
            return weight

        return weigh(
            question,
            matched,
            self._knows_place,
            lambda unit: not unit.is_cue and self._facts.in_themes(unit.terms),
            self._knowledge.is_of_a_week,
            best.coverage if best is not None else 0.0,
            in_dialogue=in_dialogue,
        )

    def in_its_own_words(self, question: Question, best: Candidate | None) -> Question:
        """The question, its words of other subjects taken for words of a week that has them.

        Music and mortgage are other subjects, unless a known place is named and a fact of it
        holds them together with the rest of the question. A name, as of another country,
        is a word of the week wherever the fact holds it whole.
        """
        if best is None or not any(unit.foreign and unit.terms for unit in question.units):
            return question
        terms = self._facts.of(best.entry).terms
        held = [(unit.match(terms)[0], unit) for unit in question.units]
        told = self._tells_of_it(question, best, held)

        def own(unit: Unit, weight: float) -> Unit:
            if not (unit.foreign and weight) or is_in_passing(unit, weight):
                return unit
            if told or (unit.is_name and terms.issuperset(unit.terms)):
                return replace(unit, foreign=False, is_name=False)
            return unit

        return replace(question, units=tuple(own(unit, weight) for weight, unit in held))

    def _tells_of_it(
        self, question: Question, best: Candidate, held: Sequence[tuple[float, Unit]]
    ) -> bool:
        """Whether a fact of a named place holds almost all of the units with their matches."""
        known = question.names_place and any(map(self._knows_place, question.places))
        if not (question.is_national or known):
            return False
        own = sum(weight for weight, unit in held if not (unit.foreign or unit.is_cue))
        all_of_it = best.coverage >= _ALMOST_ALL and sum(w for w, _ in held) >= _SEVERAL
        most_of_the_year = bool(question.years) and best.coverage >= _MOSTLY
        told = all_of_it or most_of_the_year
        return told and (own >= _BESIDE or self._counts(question, best.entry))

    def _counts(self, question: Question, entry: ActivityEntry) -> bool:
        """Whether a number is asked for that the activity states: how many patent applications."""
        if "count" not in question.operators:
            return False
        foreign = [unit for unit in question.units if unit.foreign]
        figures = (self._facts.terms_of_texts((f.of, *f.words.en)) for f in entry.activity.figures)
        return any(all(unit.match(terms)[0] for unit in foreign) for terms in figures)

    def _knows_place(self, place: str) -> bool:
        """Whether anything is known of a place, or of the region it lies in."""
        known = self._knowledge.by_place
        if place in known or self._knowledge.region_of(place) in known:
            return True
        return self._facts.knows("@" + place)

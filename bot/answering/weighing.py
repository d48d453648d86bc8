"""How sure a question is about the weeks, given the activity that fits it best."""

from bot.answering.matching import Candidate
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.decision import Evidence, weigh
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question, Unit

_THEME_SHARE = 0.6
"""What a word counts that only a theme holds."""


class Weighing:
    """Gathers what the facts say for a question's words and lets the decision weigh it."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def evidence(
        self, question: Question, best: Candidate | None, *, in_dialogue: bool
    ) -> Evidence:
        """The evidence for a question; `in_dialogue`: it follows another one."""
        terms = self._facts.of(best.entry).terms if best is not None else frozenset()

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

    def _knows_place(self, place: str) -> bool:
        """Whether anything is known of a place, or of the region it lies in."""
        known = self._knowledge.by_place
        if place in known or self._knowledge.region_of(place) in known:
            return True
        return self._facts.knows("@" + place)

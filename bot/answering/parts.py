"""Which part of a series a question means: one session of six, one category of four."""

from collections.abc import Sequence

from bot.answering.asking import content_units
from bot.answering.findings import Values
from bot.answering.labels import attribute_name
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.facts import Part
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question

_ASKING = frozenset({"title", "part", "topic"})
"""Attributes by which a part may be asked for."""


class Parts:
    """Tells the parts of a series from one another by the words of a question."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def meant(self, question: Question, entry: ActivityEntry) -> Values | None:
        """The titles of the parts that alone hold words of the question.

        None when no part is asked for, or the words tell none from the others.
        """
        if _ASKING.isdisjoint(question.attributes[:1]) or len(entry.activity.parts) < 2:
            return None
        found = self._telling(question, entry.activity.parts)
        if not found:
            return None
        label = attribute_name("title", self._knowledge.vocabulary)
        return Values("title", label, tuple(part.title for part in found), entry)

    def _telling(self, question: Question, parts: Sequence[Part]) -> list[Part]:
        """The parts that hold the most of the words which not all of them hold."""
        terms = [
            self._facts.terms_of_texts((part.title, *part.topics, *part.words.en, *part.words.zh))
            for part in parts
        ]
        held = [[unit.match(own)[0] for own in terms] for unit in content_units(question)]
        telling = [weights for weights in held if 0.0 in weights]
        sums = [sum(weights) for weights in zip(*telling, strict=True)]
        most = max(sums, default=0.0)
        return [p for p, s in zip(parts, sums, strict=False) if s == most] if most else []

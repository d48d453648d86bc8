"""A question about several things of which no activity has two: the handbooks and the bags."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from msgspec.structs import replace

from bot.answering.asking import content_units, wants_list
from bot.answering.findings import Comparison, Scope
from bot.answering.found import Found
from bot.answering.matching import MANY, Matcher
from bot.understanding.fact_index import FactIndex
from bot.understanding.meanings import EntityType
from bot.understanding.question import Question, Unit

MOST_THINGS = 3
"""So many things are told of one below the other."""
_RARE = 0.6
"""Least weight of a unit that names a thing of its own."""
_THINGS = "~!#"
"""The signs of terms for concepts, names and kinds."""
_JOINING = frozenset("and or plus & 和 与 及 跟 还".split())
_JOINING_MARKS = frozenset("&+,，、/")
_BETWEEN = frozenset({
    EntityType.FILLER, EntityType.OPERATOR, EntityType.GENERAL, EntityType.ATTRIBUTE,
})  # fmt: skip
"""What may stand between two things that are asked for alike."""


class SeveralThings:
    """Answers such questions thing by thing."""

    def __init__(self, facts: FactIndex, matcher: Matcher) -> None:
        self._facts = facts
        self._matcher = matcher

    def answer(self, question: Question, answer: Callable[[Question], Found]) -> Found | None:
        """The answers one below the other; None when one activity may answer it all."""
        units = content_units(question)
        things = [unit for unit in units if unit.weight >= _RARE and unit.is_of(_THINGS)]
        things = _joined(things, question)
        if len(things) < 2 or wants_list(question) or not self._are_apart(things, question):
            return None
        told = [answer(_about(question, thing, things)) for thing in things]
        told = [found for found in told if not found.is_weak]
        if len(told) < 2:
            return None
        surest = max(told, key=lambda found: found.evidence.confidence)
        finding = Comparison(tuple(("", found.finding) for found in told))
        return Found(finding, question, surest.evidence, surest.candidates)

    def _are_apart(self, things: Sequence[Unit], question: Question) -> bool:
        """Whether each thing is known where the question looks, and no two in one activity."""
        scope = Scope(question.places, question.years, None, question.is_national)
        here = {entry.index for entry in self._matcher.in_scope(scope)} if scope.places else None
        held: list[set[int]] = []
        for thing in things:
            terms = [term for term in thing.terms if term[0] in _THINGS]
            if any(self._facts.count(term) > MANY for term in terms):
                return False
            having = {number >> 1 for term in terms for number in self._facts.having(term)}
            held.append(having if here is None else having & here)
        return all(held) and not any(one & two for one, two in combinations(held, 2))


def _joined(things: list[Unit], question: Question) -> list[Unit]:
    """The things said, where each is joined to the next by "and" or a comma; else none."""
    things = sorted((unit for unit in things if unit.first >= 0), key=lambda unit: unit.first)
    joined = all(_are_joined(one, two, question) for one, two in pairwise(things))
    return things if len(things) <= MOST_THINGS and joined else []


def _are_joined(one: Unit, two: Unit, question: Question) -> bool:
    tokens = question.tagging.utterance.tokens
    between = set(range(one.end, two.first))
    joins = any(
        tokens[index].text in _JOINING or not _JOINING_MARKS.isdisjoint(tokens[index].gap)
        for index in (*between, two.first)
    )
    for mention in question.tagging.mentions:
        if mention.types <= _BETWEEN:
            between.difference_update(range(mention.first, mention.end))
    return joins and not between


def _about(question: Question, thing: Unit, things: Sequence[Unit]) -> Question:
    """The question about one of the things alone."""
    others = {term for other in things if other is not thing for term in other.terms}
    return replace(
        question,
        kinds=tuple(kind for kind in question.kinds if f"#{kind}" not in others),
        names=tuple(name for name in question.names if f"!{name}" not in others),
        asked=tuple(term for term in question.asked if term not in others),
        units=tuple(unit for unit in question.units if unit is thing or unit not in things),
    )

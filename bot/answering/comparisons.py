"""The same question asked of several places or years."""

from collections import Counter
from collections.abc import Callable

from msgspec.structs import replace

from bot.answering.findings import Activities, Comparison, Outside
from bot.answering.found import Found
from bot.knowledge.knowledge_base import ActivityEntry
from bot.understanding.question import Question

MOST_PLACES = 6
"""So many places are compared at most."""
_NOT_SHARED = 1_000_000
MOST_YEARS = 4
"""So many years are compared at most."""
Answer = Callable[[Question], Found]
"""Answers a question about one place and year."""


def compare(question: Question, answer: Answer) -> Found | None:
    """The answers side by side; None when only one place and time is asked about."""
    if len(question.places) > 1:
        return _places(question, answer)
    if "compare" in question.operators and len(question.years) > 1:
        return _years(question, answer)
    return None


def _places(question: Question, answer: Answer) -> Found:
    """ "Fujian or Yunnan?" """
    single = _without_comparison(question)
    parts = [
        (place, answer(replace(single, places=(place,)))) for place in question.places[:MOST_PLACES]
    ]
    if all(isinstance(found.finding, Outside) for _, found in parts):
        return parts[0][1]
    if all(found.is_weak for _, found in parts):
        return replace(parts[0][1], question=question)
    return _together(question, parts)


def _years(question: Question, answer: Answer) -> Found | None:
    """ "Compare Fujian 2021 and 2022" """
    single = _without_comparison(question)
    parts = [
        (str(year), answer(replace(single, years=(year,)))) for year in question.years[:MOST_YEARS]
    ]
    return None if all(found.is_weak for _, found in parts) else _together(question, parts)


def _without_comparison(question: Question) -> Question:
    return replace(question, operators=question.operators - {"compare"})


def _shared_first(parts: list[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Lists of activities with those first whose kind stands in all of the lists, the rarest
    kinds before the common ones: they are what can be compared.
    """
    lists = [found.finding for _, found in parts]
    if not all(isinstance(finding, Activities) for finding in lists):
        return parts
    own = [Counter(k for e in finding.entries for k in e.activity.kinds)
           for finding in lists if isinstance(finding, Activities)]  # fmt: skip
    shared = set.intersection(*(set(kinds) for kinds in own))
    count = {kind: sum(kinds[kind] for kinds in own) for kind in shared}

    def commonness(entry: ActivityEntry) -> int:
        return min((count[k] for k in entry.activity.kinds if k in shared), default=_NOT_SHARED)

    return [
        (heading, replace(found, finding=replace(
            found.finding, entries=tuple(sorted(found.finding.entries, key=commonness))
        )))
        if isinstance(found.finding, Activities) else (heading, found)
        for heading, found in parts
    ]  # fmt: skip


def _together(question: Question, parts: list[tuple[str, Found]]) -> Found:
    """The parts as one finding, as sure as the surest of them."""
    parts = _shared_first(parts)
    best = max((found for _, found in parts), key=lambda found: found.evidence.confidence)
    finding = Comparison(tuple((heading, found.finding) for heading, found in parts))
    return Found(finding, question, best.evidence, best.candidates)

"""The same question asked of several places or years."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from bot.answering.findings import (
    Activities,
    Comparison,
    Finding,
    Outside,
    Values,
    WeekValues,
)
from bot.answering.found import Found
from bot.knowledge.entries import ActivityEntry
from bot.understanding.question import Question

MOST_PLACES = 6
"""So many places are compared at most."""
_NOT_SHARED = 1_000_000
_DIFFER = re.compile(r"\bdiffer|不同|区别|差别|不一样")
MOST_YEARS = 4
"""So many years are compared at most."""
Answer = Callable[[Question], Found]
"""Answers a question about one place and year."""


def compare(question: Question, answer: Answer) -> Found | None:
    """The answers side by side; None when only one place and time is asked about."""
    if len(question.places) > 1:
        return _places(question, answer)
    if _asks_agreement(question) and not question.places:
        return _of_all(question, answer)
    if "compare" in question.operators and len(question.years) > 1:
        return _years(question, answer)
    return None


def _asks_agreement(question: Question) -> bool:
    """ "Is the theme the same in both?", not "what do they have in common?" """
    compares = question.is_polar and "compare" in question.operators
    return compares and bool(question.attributes)


def _agreement(question: Question, findings: Sequence[Finding]) -> str:
    """Wording key of whether all findings hold the same values; none where one holds none."""
    if not _asks_agreement(question):
        return ""
    values = [_compared(finding) for finding in findings]
    if not all(values):
        return ""
    asked = "differ" if _DIFFER.search(question.tagging.utterance.raw.casefold()) else "same"
    holds = (len(set(values)) == 1) is (asked == "same")
    return f"{asked}_{'yes' if holds else 'no'}"


def _compared(finding: Finding) -> frozenset[str]:
    """The values of a finding, days without their year."""
    if isinstance(finding, Values):
        return frozenset(value.en for value in finding.values)
    if not isinstance(finding, WeekValues):
        return frozenset()
    of_weeks = ((str(week.week.year), values) for week, values in finding.weeks)
    return frozenset(
        value.en.replace(year, "").strip() for year, values in of_weeks for value in values
    )


def _of_all(question: Question, answer: Answer) -> Found | None:
    """ "Do all regions have the same theme?": the values of all, each for itself."""
    found = answer(replace(_without_comparison(question), is_polar=False))
    finding = found.finding
    if not isinstance(finding, WeekValues) or not 1 < len(finding.weeks) <= MOST_PLACES:
        return None
    rows = [(row[0].place, replace(finding, weeks=(row,))) for row in finding.weeks]
    agreement = _agreement(question, [row for _, row in rows])
    return replace(found, finding=Comparison(tuple(rows), agreement), question=question)


def _places(question: Question, answer: Answer) -> Found:
    """ "Fujian or Yunnan?" """
    single = _without_comparison(question)
    if _asks_agreement(question):
        single = replace(single, is_polar=False)
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
    findings = tuple((heading, found.finding) for heading, found in parts)
    agreement = _agreement(question, [finding for _, finding in findings])
    finding = Comparison(findings, agreement)
    return Found(finding, question, best.evidence, best.candidates)

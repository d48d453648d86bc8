"""The same question asked of several places or years."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.answering.findings import Comparison, Outside
from bot.answering.found import Found
from bot.understanding.question import Question

MOST_PLACES = 6
"""So many places are compared at most."""
MOST_YEARS = 4
"""So many years are compared at most."""


class Comparisons:
    """Answers for each of several places or years."""

    def __init__(self, answer: Callable[[Question], Found]) -> None:
        """`answer`: answers a question about one place and year."""
        self._answer = answer

    def compare(self, question: Question) -> Found | None:
        """The answers side by side; None when only one place and time is asked about."""
        if len(question.places) > 1:
            return self._places(question)
        if "compare" in question.operators and len(question.years) > 1:
            return self._years(question)
        return None

    def _places(self, question: Question) -> Found:
        """ "Fujian or Yunnan?" """
        single = _without_comparison(question)
        parts = [
            (place, self._answer(replace(single, places=(place,))))
            for place in question.places[:MOST_PLACES]
        ]
        if all(isinstance(found.finding, Outside) for _, found in parts):
            return parts[0][1]
        if all(found.is_weak for _, found in parts):
            return replace(parts[0][1], question=question)
        return _together(question, parts)

    def _years(self, question: Question) -> Found | None:
        """ "Compare Fujian 2021 and 2022" """
        single = _without_comparison(question)
        parts = [
            (str(year), self._answer(replace(single, years=(year,))))
            for year in question.years[:MOST_YEARS]
        ]
        return None if all(found.is_weak for _, found in parts) else _together(question, parts)


def _without_comparison(question: Question) -> Question:
    return replace(question, operators=question.operators - {"compare"})


def _together(question: Question, parts: list[tuple[str, Found]]) -> Found:
    """The parts as one finding, as sure as the surest of them."""
    best = max((found for _, found in parts), key=lambda found: found.evidence.confidence)
    finding = Comparison(tuple((heading, found.finding) for heading, found in parts))
    return Found(finding, question, best.evidence, best.candidates)

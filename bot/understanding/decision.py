"""How sure the bot is that a question is about the publicity weeks, and when it answers.

Evidence for: places, dates, kinds of activity, names and words that the facts hold.
Evidence against: words of other subjects and words that nothing explains. Confidence is
the share of the evidence that speaks for. Threshold and weights were chosen on question
sets that are half refusals; `make evaluate` measures them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.understanding.question import Question, Unit

THRESHOLD = 0.52
"""Least confidence for an answer; below it the question is taken to be about something else."""
UNANCHORED_THRESHOLD = 0.74
"""The same for a question that names no place, no known thing and not the week itself."""
LEAST_EVIDENCE = 0.75
"""Least weight of evidence for the subject, however little speaks against it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a question being about the weeks."""

    supporting: float
    opposing: float
    anchored: bool
    """A place, a known name or the week itself is named."""

    @property
    def confidence(self) -> float:
        """0 to 1: the share of all evidence that speaks for the subject."""
        total = self.supporting + self.opposing
        return self.supporting / total if total else 0.0

    @property
    def suffices(self) -> bool:
        """Whether to answer from the facts."""
        threshold = THRESHOLD if self.anchored else UNANCHORED_THRESHOLD
        return self.supporting >= LEAST_EVIDENCE and self.confidence >= threshold


def weigh(question: Question, is_matched: Callable[[Unit], bool], knows_place: Callable[[str], bool], in_dialogue: bool) -> Evidence:
    """Weigh the evidence of a question, given which of its units the found facts hold."""
    supporting = opposing = 0.0
    if question.places:
        supporting += 1.0 if any(knows_place(place) for place in question.places) else 0.8
    if question.is_national:
        supporting += 0.2
    if question.date is not None:
        date = question.date
        supporting += 0.7 if date.anchor or date.is_world_ip_day or 410 <= (date.start or 0) <= 505 else 0.2
    if question.years:
        supporting += 0.3
    if question.names_week:
        supporting += 2.5
    if question.operators & {"activity"}:
        supporting += 0.3
    if question.attributes:
        supporting += 0.9 if set(question.attributes) & {"theme", "slogan"} else 0.4
    if question.operators & {"known"}:
        supporting += 0.5
    supporting += 0.8 * len(question.details)
    for unit in question.units:
        if is_matched(unit):
            supporting += (1.6 if unit.explained else 1.2) * max(unit.weight, 0.25)
        elif unit.aside:
            opposing += 0.1
        elif unit.explained:
            supporting += 0.25 * unit.weight
        elif unit.foreign:
            opposing += 2.5
        else:
            opposing += 1.0 if unit.ordinary else 0.8 * max(unit.weight, 0.3)
    if in_dialogue and opposing < 0.9:
        supporting += 1.0
    anchored = bool(question.places or question.names or question.names_week or in_dialogue)
    return Evidence(supporting, opposing, anchored)

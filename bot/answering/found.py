"""What the finder hands on: a finding with the question and the evidence that led to it."""

from msgspec import Struct

from bot.answering.findings import Finding, Missing, Outside, Unclear
from bot.answering.matching import Candidate
from bot.understanding.decision import Evidence
from bot.understanding.question import Question


class Found(Struct, frozen=True):
    """A finding with the question that led to it and how sure it is."""

    finding: Finding
    question: Question
    """With the slots that the dialogue filled."""
    evidence: Evidence
    candidates: tuple[Candidate, ...] = ()
    """The best-ranked activities, at most five, for `explain`."""

    @property
    def is_weak(self) -> bool:
        """Whether it is a refusal, so that another reading may be better."""
        return isinstance(self.finding, (Missing, Outside, Unclear))

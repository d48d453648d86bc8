"""One question together with where it looks and what was found there."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.answering.asking import content_units
from bot.answering.findings import Scope
from bot.answering.matching import NEAR, Candidate
from bot.knowledge.entries import ActivityEntry
from bot.understanding.decision import Evidence
from bot.understanding.question import Question, Unit

ENOUGH = 0.55
"""Coverage (0 to 1) from which an activity is what the question means."""
WEAK = 0.3
"""Coverage (0 to 1) below which it is not."""


class Search(Struct, frozen=True):
    """What every part of the finder gets to see of a question."""

    question: Question
    scope: Scope
    """The slots by which `entries` were chosen, and the days."""
    entries: Sequence[ActivityEntry]
    """The activities in scope, whatever their day."""
    ranked: Sequence[Candidate]
    """Those that hold words of the question, the best first."""
    evidence: Evidence

    @property
    def best(self) -> Candidate | None:
        """The activity that fits the words best; None when none has any of them."""
        return self.ranked[0] if self.ranked else None

    @property
    def content(self) -> tuple[Unit, ...]:
        """The pieces of the question that name something."""
        return content_units(self.question)

    @property
    def place(self) -> str:
        """Id of the first place asked about; empty when none was named."""
        return self.scope.places[0] if self.scope.places else ""

    def covers(self, least: float = ENOUGH) -> bool:
        """Whether the best activity holds at least this part (0 to 1) of the content."""
        return bool(self.ranked) and self.ranked[0].coverage >= least

    def top(self, count: int) -> list[ActivityEntry]:
        """The best-ranked activities, at most `count`."""
        return [candidate.entry for candidate in self.ranked[:count]]

    def near(self, share: float = NEAR) -> list[ActivityEntry]:
        """The activities that score at least this share (0 to 1) of the best one's score."""
        return [c.entry for c in self.ranked if c.score >= share * self.ranked[0].score]

    def asking(self, **slots: Any) -> "Search":
        """The same search for a question with other slots."""
        return replace(self, question=replace(self.question, **slots))

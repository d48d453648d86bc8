"""Nobody gets all of the bot: each person may ask so many questions in a minute."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from cachetools import LRUCache

_MINUTE = 60.0
_PEOPLE_REMEMBERED = 50_000


class Turn(Enum):
    """What becomes of one more question of a person."""

    ALLOWED = auto()
    TOLD_TO_WAIT = auto()
    """Too many: say so, once."""
    IGNORED = auto()
    """Too many still, and told before."""


@dataclass(slots=True)
class _Allowance:
    left: float
    counted_at: float
    told: bool = False


class Fairness:
    """A bucket of questions per person that fills up again steadily."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        """`clock` counts seconds from any start and never goes back."""
        self._per_minute = per_minute
        self._clock = clock
        self._people: LRUCache[str, _Allowance] = LRUCache(_PEOPLE_REMEMBERED)

    def turn_of(self, person: str) -> Turn:
        """Count one more question of the person."""
        now = self._clock()
        allowance = self._people.get(person) or _Allowance(self._per_minute, now)
        self._people[person] = allowance
        gained = (now - allowance.counted_at) * self._per_minute / _MINUTE
        allowance.left = min(self._per_minute, allowance.left + gained)
        allowance.counted_at = now
        if allowance.left >= 1:
            allowance.left -= 1
            allowance.told = False
            return Turn.ALLOWED
        if allowance.told:
            return Turn.IGNORED
        allowance.told = True
        return Turn.TOLD_TO_WAIT

"""How the weeks of a knowledge folder differ from those that it held before."""

from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

_FEW = 8
"""More edits than these take longer one by one than everything made anew."""


class Edit(NamedTuple):
    """Weeks that go out at one place, and weeks that come in there."""

    going: range
    """The numbers that the weeks had; empty where weeks only come in, at its start."""
    coming: range
    """The numbers that the weeks get."""


def edits_between(
    before: Sequence[str], after: Sequence[str], same: Container[str]
) -> Sequence[Edit] | None:
    """The edits that make one list of files of another.

    They are told from the last to the first, so that while they are made one by one, the numbers
    of `before` hold for all that are still to be made.

    Args:
        same: the files that hold what they held before.

    Returns:
        None where there are many edits, or where what is the same stands in another order.

    """
    numbers = {file: number for number, file in enumerate(before)}
    kept = [
        (numbers[file], number)
        for number, file in enumerate(after)
        if file in same and file in numbers
    ]
    steps = pairwise(((-1, -1), *kept, (len(before), len(after))))
    edits: list[Edit] = []
    for (old, new), (next_old, next_new) in steps:
        if next_old <= old:
            return None
        if next_old - old > 1 or next_new - new > 1:
            edits.append(Edit(range(old + 1, next_old), range(new + 1, next_new)))
    return edits[::-1] if len(edits) <= _FEW else None

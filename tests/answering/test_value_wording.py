"""How values are told."""

from bot.answering.reply import BulletList
from tests.conftest import Converse


def test_equal_values_of_several_activities_are_told_once_with_all_of_them(
    converse: Converse,
) -> None:
    lines = [
        item
        for block in converse("who were the partners in Chongqing").reply.blocks
        if isinstance(block, BulletList)
        for item in block.items
    ]
    shared = [line for line in map(str, lines) if "CCPIT Chongqing; Chongqing University" in line]
    assert len(shared) == 1
    assert "Mediation Center" in shared[0]
    assert "Compass Program" in shared[0]

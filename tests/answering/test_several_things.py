"""Questions about several things at once."""

import pytest

from bot.answering import findings as f
from tests.conftest import Converse


@pytest.mark.parametrize(
    "text",
    [
        "how many handbooks and bags did Chongqing make?",
        "handbooks and bags: how many of each",
        "手册和环保袋各多少",
    ],
)
def test_each_thing_is_told_from_its_own_activity(text: str, converse: Converse) -> None:
    turn = converse(text)
    assert isinstance(turn.found.finding, f.Comparison)
    assert [fact.split("/")[1] for fact in turn.reply.facts] == ["ip-handbook", "reusable-bags"]


def test_two_things_of_one_activity_are_no_several_things(converse: Converse) -> None:
    finding = converse("Does the handbook explain patents and trademarks?").found.finding
    assert not isinstance(finding, f.Comparison)


def test_two_things_without_a_joint_are_no_several_things(converse: Converse) -> None:
    finding = converse("Did the metro in Chongqing hand out bags?").found.finding
    assert not isinstance(finding, f.Comparison)


def test_things_of_the_question_before_are_not_joined_in_this_one(converse: Converse) -> None:
    turn = converse("handbooks handbooks", "20th")
    assert turn.state is not None
    assert {unit.first for unit in turn.state.units} <= {-1}

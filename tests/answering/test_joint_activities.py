"""What two places did with each other."""

import pytest

from bot.answering import findings as f
from bot.answering.reply import Status
from tests.conftest import Converse


@pytest.mark.parametrize(
    "text",
    [
        "did Chongqing work with Chengdu",
        "what has chongqing planned together with chengdu",
        "Chongqing and Sichuan cooperation",
        "重庆和成都合作了吗",
    ],
)
def test_the_activity_that_tells_of_both_places_answers(text: str, converse: Converse) -> None:
    reply = converse(text).reply
    assert [fact.split("/")[1] for fact in reply.facts][:1] == ["cqnews-dialogue"]


def test_a_claim_that_nothing_bears_out_is_not_answered_with_what_each_did(
    converse: Converse,
) -> None:
    turn = converse("Did Fujian work with Yunnan?")
    assert turn.reply.status is Status.NO_DATA
    assert isinstance(turn.found.finding, f.Missing)
    assert turn.found.finding.elsewhere is None


@pytest.mark.parametrize(
    "text",
    [
        "compare Chongqing with Yunnan",
        "What did Fujian and Yunnan hold on April 20?",
        "was the press conference held together in Fujian or Yunnan?",
        "联合举办的发布会是在福建还是云南？",
    ],
)
def test_what_each_did_for_itself_is_still_a_comparison(text: str, converse: Converse) -> None:
    assert isinstance(converse(text).found.finding, f.Comparison)


def test_another_thing_than_what_they_did_together_is_not_said_of_both(converse: Converse) -> None:
    assert converse("did Chongqing sign anything with Chengdu").reply.status is Status.NO_DATA

"""Which activities and weeks were held, and which only planned."""

import pytest

from bot.answering import findings as f
from tests.conftest import Converse


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("which events were only planned", False),
        ("what was planned but not held", False),
        ("which activities in Qinghai were only planned", False),
        ("哪些活动只是计划", False),
        ("what was really held in Yunnan", True),
        ("which activities actually took place", True),
        ("哪些活动真的办了", True),
    ],
)
def test_only_activities_of_the_modality_asked_for_are_listed(
    text: str, held: bool, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Activities)
    assert {entry.activity.modality == "held" for entry in finding.entries} == {held}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("which weeks were actually held", {"chongqing", "yunnan"}),
        ("which weeks are only planned", {"fujian", "ningxia"}),
        ("which regions only announced plans", {"fujian", "ningxia"}),
        ("哪些宣传周只是计划", {"fujian", "ningxia"}),
    ],
)
def test_only_weeks_of_the_modality_asked_for_are_listed(
    text: str, places: set[str], converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Coverage)
    assert {week.place for week in finding.weeks} == places


@pytest.mark.parametrize(
    "text", ["Was Fujian's week planned or held?", "is the Yinchuan event for real"]
)
def test_which_of_both_something_is_stays_a_question_about_it(
    text: str, converse: Converse
) -> None:
    assert isinstance(converse(text).found.finding, f.ModalityOf)


def test_where_nothing_is_named_it_is_asked_what_is_meant(converse: Converse) -> None:
    assert isinstance(converse("was it planned or held").found.finding, f.Unclear)


def test_weeks_of_a_year_are_told_by_modality_and_one_is_one(converse: Converse) -> None:
    turn = converse("which weeks of 2020 were only planned")
    finding = turn.found.finding
    assert isinstance(finding, f.Coverage)
    assert [week.place for week in finding.weeks] == ["ningxia"]
    assert getattr(turn.reply.blocks[0], "text", "").startswith("1 publicity week of 1 region,")

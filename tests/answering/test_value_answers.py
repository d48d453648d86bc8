"""Values of the attributes that a question asks for, and names of the kind that it asks for."""

import pytest

from bot.answering import findings as f
from tests.conftest import Converse


def test_bodies_that_something_was_for_are_not_those_that_hold_it(converse: Converse) -> None:
    finding = converse("青海的线上培训喊了哪些单位来学").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "audience"


def test_names_of_a_kind_are_those_of_all_weeks_where_nothing_else_is_said(
    converse: Converse,
) -> None:
    finding = converse("which newspapers are mentioned").found.finding
    assert isinstance(finding, f.Values)
    assert {"Chongqing Daily", "Puer Daily"} <= {value.en for value in finding.values}
    finding = converse("which newspapers are mentioned in Yunnan").found.finding
    assert isinstance(finding, f.Values)
    assert [value.en for value in finding.values] == ["Puer Daily"]


def test_the_day_of_the_only_event_in_a_city_is_told_first(converse: Converse) -> None:
    finding = converse("Yinchuan event date").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "dates"


def test_an_attribute_of_a_region_is_told_for_each_activity_that_states_it(
    converse: Converse,
) -> None:
    finding = converse("what's the slogan in Chongqing").found.finding
    assert isinstance(finding, f.ValuesByActivity)
    told = [value.en for _, values in finding.rows for value in values]
    assert len(told) == len(finding.rows) == 2
    assert told[0].startswith("Intellectual property rights concern our life")
    finding = converse("what was the slogan on the bags in Chongqing").found.finding
    assert isinstance(finding, f.Values)


def test_what_only_one_activity_states_is_told_of_that_one(converse: Converse) -> None:
    finding = converse("what's the slogan in Fujian").found.finding
    assert not isinstance(finding, f.ValuesByActivity)


def test_what_no_activity_of_a_week_states_is_said_to_be_missing(converse: Converse) -> None:
    finding = converse("chongqing conditions").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.week is not None
    assert not isinstance(converse("form in Ningxia").found.finding, f.Missing)


def test_where_something_was_in_the_place_of_the_question_is_told_by_its_medium(
    converse: Converse,
) -> None:
    for text, attribute in (
        ("Where will Qinghai's column be?", "medium"),
        ("where can I watch the fujian livestreams", "medium"),
        ("where was the training in Baoshan?", "place"),
    ):
        finding = converse(text).found.finding
        assert isinstance(finding, f.Values)
        assert finding.attribute == attribute


def test_where_a_slogan_was_played_is_where_there_was_one(converse: Converse) -> None:
    finding = converse("where was the slogan played").found.finding
    assert isinstance(finding, f.Values)
    assert "Line 1 and Line 3" in finding.values[0].en


def test_what_speaks_of_schools_is_told_where_none_is_named(converse: Converse) -> None:
    finding = converse("which schools in Ningxia?").found.finding
    assert isinstance(finding, f.OneActivity)
    assert finding.entry.activity.id == "school-training"
    assert isinstance(converse("which court in Ningxia?").found.finding, f.Missing)


def test_the_theme_of_a_course_is_what_it_is_about(converse: Converse) -> None:
    finding = converse("theme of the Baoshan training course").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "topic"
    follow_up = converse("What did Ningxia do with media?", "and the theme?").found.finding
    assert isinstance(follow_up, f.WeekValues)


@pytest.mark.parametrize(
    "text",
    ["which Ningxia event depends on the epidemic", "what is conditional on epidemic in Ningxia"],
)
def test_what_depends_on_something_is_what_states_the_condition(
    text: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "condition"
    assert finding.entry is not None
    assert finding.entry.activity.id == "yinchuan-event"


def test_the_sessions_whose_dates_are_asked_for_are_not_told_instead(converse: Converse) -> None:
    finding = converse("on which dates are the Douyin sessions").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_day_of"


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("which organisations took part in Fujian", {"Agricultural Bank of China"}),
        ("which organizations were involved in Chongqing", {"CCPIT Chongqing"}),
        (
            "which institutions cooperate in Ningxia",
            {"China Intellectual Property Training Center"},
        ),
        ("重庆有哪些机构参与", {"Chongqing University"}),
    ],
)
def test_the_bodies_of_a_week_are_those_of_its_activities(
    text: str, bodies: set[str], converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.ValuesByActivity)
    assert bodies <= {value.en for _, values in finding.rows for value in values}


@pytest.mark.parametrize(
    "text", ["which institutions were inaugurated in Chongqing", "重庆哪些机构揭牌了"]
)
def test_bodies_that_were_founded_are_not_those_that_took_part(
    text: str, converse: Converse
) -> None:
    assert isinstance(converse(text).found.finding, f.Activities)


def test_organisers_of_all_weeks_are_told_where_a_list_is_wanted(converse: Converse) -> None:
    listed = converse("list all organisers").found.finding
    assert isinstance(listed, f.WeekValues)
    assert isinstance(converse("who organised it").found.finding, f.Unclear)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("which period does the Fujian white paper cover", "2020"),
        ("from when to when does the Qinghai white paper go", "2017–2019"),
    ],
)
def test_the_period_of_a_report_is_the_years_it_tells_of(
    text: str, years: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Values)
    assert [value.en for value in finding.values] == [years]


@pytest.mark.parametrize("text", ["patent numbers for Chongqing", "trademark figures in Chongqing"])
def test_numbers_of_what_is_only_mentioned_are_not_reported(text: str, converse: Converse) -> None:
    assert isinstance(converse(text).found.finding, f.Missing)


def test_numbers_of_a_thing_are_told(converse: Converse) -> None:
    finding = converse("figures for the handbook in Chongqing").found.finding
    assert isinstance(finding, f.Values)
    assert finding.values[0].en.startswith("10,000 ")


def test_years_that_only_a_report_tells_of_lead_to_the_report(converse: Converse) -> None:
    reply = converse("what do the 2017-2019 results refer to").reply
    assert reply.facts[0].endswith("qinghai-courts-white-paper")

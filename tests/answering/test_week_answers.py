"""Questions about whole weeks."""

import pytest

from bot.answering import findings as f
from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.answering.reply import Paragraph
from tests.conftest import NOW, Converse


def test_the_theme_is_that_of_the_region(converse: Converse) -> None:
    finding = converse("theme in Fujian 2021?").found.finding
    assert isinstance(finding, f.WeekValues)
    assert [week.id for week, _ in finding.weeks] == ["fujian-2021"]


def test_start_and_end_together_are_the_dates(converse: Converse) -> None:
    finding = converse("When does the week in Fujian start and end?").found.finding
    assert isinstance(finding, f.WeekValues)
    assert finding.attribute == "dates"


def test_a_wrong_span_is_denied_with_the_true_one(converse: Converse) -> None:
    finding = converse("Did the week in Fujian run from 1 to 5 April?").found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert "20–26 April" in finding.corrected[0].en


def test_the_right_span_is_confirmed(converse: Converse) -> None:
    finding = converse("Did the week in Fujian run from 20 to 26 April?").found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds


def test_which_world_ip_day_a_week_marked_is_known(converse: Converse) -> None:
    assert "21st World IP Day" in str(converse("Which World IP Day did Fujian mark?").reply.blocks)


def test_the_topic_of_a_week_that_is_not_known_is_a_refusal(converse: Converse) -> None:
    turn = converse("What is the topic of the publicity week in Gansu?")
    assert turn.found.is_weak


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("How far across the province does Fujian's week reach?", "whole of Fujian Province"),
        ("What occasion is Fujian's week meant to celebrate?", "21st World IP Day"),
        ("How long did the Yunnan week last?", "20–26 April 2020"),
    ],
)
def test_what_is_said_of_a_week_as_a_whole_is_told(
    converse: Converse, text: str, says: str
) -> None:
    (first, *_) = converse(text).reply.blocks
    assert isinstance(first, Paragraph)
    assert says in first.text


def test_a_theme_that_was_not_that_of_a_region_is_denied_with_its_latest(
    assistant_of_all_weeks: Assistant,
) -> None:
    asked = "The motto of the Qinghai week was the new development paradigm, is this accurate?"
    turn = assistant_of_all_weeks.reply(IncomingMessage(asked, "test", NOW))
    assert isinstance(turn.found.finding, f.Verdict)
    assert not turn.found.finding.holds
    assert turn.reply.facts == ("qinghai-2020#theme",)


def test_several_kinds_of_activities_are_listed_together(converse: Converse) -> None:
    finding = converse("list all seminars, courses and ceremonies in Fujian").found.finding
    assert isinstance(finding, f.Activities)
    kinds = set().union(*(entry.kinds for entry in finding.entries))
    assert {"seminar", "training", "ceremony"} <= kinds


def test_who_had_a_theme_are_the_regions_with_it(converse: Converse) -> None:
    finding = converse("who else chose Healthy China").found.finding
    assert isinstance(finding, f.Regions)


def test_why_something_is_done_in_a_city_is_not_the_purpose_of_the_week_of_its_region(
    converse: Converse,
) -> None:
    finding = converse("Why does Baoshan take part?").found.finding
    assert not isinstance(finding, f.WeekValues)
    assert isinstance(converse("Why does Yunnan hold the week?").found.finding, f.WeekValues)


@pytest.mark.parametrize(
    "text",
    [
        "need exact theme wording fujian, for banner printing",
        "We are printing banners and nobody here remembers, what was the theme in Fujian in 2021",
    ],
)
def test_what_somebody_needs_the_theme_for_is_no_activity(converse: Converse, text: str) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.WeekValues)
    assert finding.attribute == "theme"


@pytest.mark.parametrize(
    "text", ["When is the exhibition in Fujian?", "who held the press conference in Fujian"]
)
def test_what_is_of_a_kind_that_a_region_holds_none_of_is_not_answered_by_its_week(
    converse: Converse, text: str
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_kind"


@pytest.mark.parametrize(
    "text",
    [
        "What does Fujian's week celebrate?",
        "What occasion was it in Fujian?",
        "福建宣传周为了庆祝什么",
    ],
)
def test_what_a_week_celebrates_is_its_world_ip_day(converse: Converse, text: str) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.WeekValues)
    assert finding.attribute == "world-ip-day"


@pytest.mark.parametrize(
    "turns",
    [
        ("Which regions had the same theme as Yunnan?",),
        ("who shares ningxia's theme",),
        ("What's the theme of Qinghai's week?", "did others use it too?"),
        ("云南的主题是什么", "还有谁用这个主题"),
    ],
)
def test_who_shares_a_theme_is_told_by_the_weeks_that_have_it(
    converse: Converse, turns: tuple[str, ...]
) -> None:
    finding = converse(*turns).found.finding
    assert isinstance(finding, f.Regions)
    assert {place for place, _ in finding.groups} == {"ningxia", "qinghai", "yunnan"}


def test_the_theme_alone_is_told_where_nobody_asks_for_others(converse: Converse) -> None:
    assert isinstance(converse("What was the theme in Yunnan?").found.finding, f.WeekValues)


@pytest.mark.parametrize("text", ["who organises the publicity week?", "宣传周是谁主办的"])
def test_who_organises_the_week_is_told_of_every_week(converse: Converse, text: str) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.WeekValues)
    assert {week.id for week, _ in finding.weeks} >= {"fujian-2021", "ningxia-2020"}


def test_when_a_week_was_launched_is_not_when_something_else_was(converse: Converse) -> None:
    finding = converse("when did Fujian launch its publicity week").found.finding
    assert isinstance(finding, f.WeekValues)
    assert finding.attribute == "dates"
    finding = converse("when is the opening ceremony of Fujian's publicity week").found.finding
    assert isinstance(finding, f.Values)


@pytest.mark.parametrize(
    "text", ["where did the week open on 20 April?", "哪些地方4月20号启动宣传周"]
)
def test_where_weeks_began_on_a_day_is_answered_with_all_of_them(
    converse: Converse, text: str
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Regions)
    assert {place for place, _ in finding.groups} == {"fujian", "yunnan"}


@pytest.mark.parametrize(
    "text", ["list all themes", "theme of each province", "themes of all years", "历年主题"]
)
def test_all_themes_are_those_of_the_nation_year_by_year(
    text: str, assistant_of_all_weeks: Assistant
) -> None:
    finding = assistant_of_all_weeks.reply(IncomingMessage(text, "c", NOW), None).found.finding
    assert isinstance(finding, f.WeekValues)
    years = [week.week.year for week, _ in finding.weeks]
    assert len(years) > 8
    assert years == sorted(years, reverse=True)
    assert {week.place for week, _ in finding.weeks} == {"china"}


def test_without_a_national_week_its_theme_is_that_of_the_regions(converse: Converse) -> None:
    finding = converse("What was the national theme of IP Week 2021?").found.finding
    assert isinstance(finding, f.WeekValues)
    assert [week.place for week, _ in finding.weeks] == ["fujian"]


@pytest.mark.parametrize(
    "text", ["what is the purpose of the publicity week", "why do they hold the publicity week"]
)
def test_what_a_week_is_for_is_asked_back_without_a_region(text: str, converse: Converse) -> None:
    assert isinstance(converse(text).found.finding, f.Unclear)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Does the Fujian week last 7 days?", True),
        ("is Fujian's week 5 days long?", False),
        ("福建宣传周有七天吗", True),
    ],
)
def test_the_length_of_a_week_can_be_claimed(text: str, holds: bool, converse: Converse) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds is holds


@pytest.mark.parametrize(
    "text",
    [
        "Did Fujian's week have 3 activities on the first day?",
        "does Fujian's week have 3 days of live streams",
    ],
)
def test_days_of_something_else_are_no_length_of_the_week(text: str, converse: Converse) -> None:
    finding = converse(text).found.finding
    assert not (isinstance(finding, f.Verdict) and finding.attribute == "dates")

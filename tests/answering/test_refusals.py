"""What is missing."""

import pytest

from bot.answering.assistant import Assistant
from bot.answering.findings import Missing, Outside, Scope, Unclear, Values
from bot.answering.refusals import MOST_CHOICES, Refusals
from bot.answering.reply import Status
from bot.understanding.dates import DateConstraint
from tests.conftest import Converse


def test_a_region_of_which_nothing_is_known_has_no_place(assistant: Assistant) -> None:
    assert Refusals(assistant.knowledge).nothing_there(Scope(("gansu",))).reason == "no_place"


def test_a_region_in_another_year_has_the_years_that_are_known(assistant: Assistant) -> None:
    missing = Refusals(assistant.knowledge).nothing_there(Scope(("fujian",), (2011,)))
    assert missing.reason == "no_year"
    assert [week.id for week in missing.known_weeks] == ["fujian-2021"]


def test_a_year_alone_is_missing_anywhere(assistant: Assistant) -> None:
    missing = Refusals(assistant.knowledge).nothing_there(Scope(years=(2011,)))
    assert missing.reason == "no_year_anywhere"


def test_the_regions_of_which_most_is_known_are_offered_once_each(assistant: Assistant) -> None:
    places = [place for place, _ in Refusals(assistant.knowledge).which_region().choices]
    assert len(places) == len(set(places)) <= MOST_CHOICES


def test_the_years_that_a_report_covers_are_not_told_as_its_day(assistant: Assistant) -> None:
    report = next(e for e in assistant.knowledge.activities if e.activity.period)
    asked = Scope(date=DateConstraint(420, 420))
    missing = Refusals(assistant.knowledge).lacks("dates", report, asked)
    assert isinstance(missing, Missing)
    assert missing.reason == "no_day_of"


def test_an_activity_without_a_day_is_of_the_days_of_its_week(assistant: Assistant) -> None:
    paper = assistant.knowledge.activity_with_id("fujian-2021/white-paper-2020")
    assert paper is not None
    told = Refusals(assistant.knowledge).lacks("dates", paper, Scope())
    assert isinstance(told, Values)
    assert told.values[0].en == "in the week of 20–26 April 2021, no day stated"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Is it true that Fujian gave out 10,000 handbooks", Status.NO_DATA),
        ("had Ningxia a contest?", Status.NO_DATA),
        ("can foreigners study in ningxia", Status.OUT_OF_SCOPE),
        ("is there a metro in kunming", Status.OUT_OF_SCOPE),
    ],
)
def test_a_claim_about_what_was_done_is_no_other_subject(
    converse: Converse, text: str, status: Status
) -> None:
    assert converse(text).reply.status is status


@pytest.mark.parametrize("text", ["the six livestream shows from Guizhou", "exhibitions in Hainan"])
def test_a_kind_of_activity_in_a_region_without_a_week_is_missing_there(
    converse: Converse, text: str
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, Missing)
    assert finding.reason == "no_place"
    assert converse("training centres in Gansu").reply.status is Status.OUT_OF_SCOPE


def test_what_a_known_thing_may_hold_is_no_other_subject(converse: Converse) -> None:
    assert converse("does the handbook cover copyright?").reply.status is Status.NO_DATA
    assert converse("does a handbook need copyright?").reply.status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize("text", ["how many were there", "有多少"])
def test_how_many_and_nothing_else_is_asked_back(text: str, converse: Converse) -> None:
    assert isinstance(converse(text).found.finding, Unclear)


def test_how_many_of_something_else_is_another_subject(converse: Converse) -> None:
    assert isinstance(converse("how many people live in Paris").found.finding, Outside)


def test_what_comes_next_to_a_claim_is_told_beside_what_is_missing(converse: Converse) -> None:
    finding = converse("does Sanming open a platform").found.finding
    assert isinstance(finding, Missing)
    assert finding.entry is not None
    assert finding.entry.id.endswith("zhichuang-sanming-award")


@pytest.mark.parametrize(
    "text",
    [
        "how many seats did the training in Baoshan have",
        "how many readers did the Puer column have",
    ],
)
def test_a_number_of_what_no_fact_counts_is_not_reported(text: str, converse: Converse) -> None:
    assert converse(text).reply.status is Status.NO_DATA

"""Dates in all usual written forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.conftest import Dates

FORMS = (
    "{d} April {y}", "April {d}, {y}", "{y}-04-{d:02d}", "{d:02d}.04.{y}", "{d}/4/{y}",
    "on the {d}th of April {y}", "{y}年4月{d}日", "{y}年4月{d}号", "{d} Apr {y}", "APRIL {d}TH {y}",
    "{y}04{d:02d}",
)  # fmt: skip


@given(st.integers(14, 20), st.integers(2012, 2025), st.sampled_from(FORMS))
def test_a_date_is_the_same_in_all_written_forms(dates: Dates, d: int, y: int, form: str) -> None:
    found = dates(f"what was on {form.format(d=d, y=y)}")
    assert found.constraint is not None
    assert (found.constraint.start, found.constraint.end) == (400 + d, 400 + d)
    assert found.years == (y,)


@pytest.mark.parametrize(
    "text",
    [
        "20 to 26 April",
        "April 20-26",
        "from the 20th to the 26th of April",
        "4月20日至26日",
        "20号到26号",
    ],
)
def test_a_range_has_both_ends(dates: Dates, text: str) -> None:
    found = dates(text).constraint
    assert found is not None
    assert (found.start, found.end) == (420, 426)


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("the first day", "first"),
        ("on the last day", "last"),
        ("最后一天", "last"),
        ("day two", "day-2"),
        ("day1 please", "first"),
        ("on the starting day", "first"),
        ("the day the week began", "first"),
    ],
)
def test_days_of_the_week_are_kept_as_they_were_meant(dates: Dates, text: str, anchor: str) -> None:
    found = dates(text).constraint
    assert found is not None
    assert (found.anchor, found.start) == (anchor, None)


def test_today_and_last_year_are_counted_from_the_message(dates: Dates) -> None:
    found = dates("today").constraint
    assert found is not None
    assert (found.start, found.year) == (302, 2026)
    assert dates("去年").years == (2025,)


def test_after_a_day_leaves_the_day_out_and_since_does_not(dates: Dates) -> None:
    after, since = dates("after 24 April").constraint, dates("since 24 April").constraint
    assert after is not None
    assert since is not None
    assert (after.start, since.start) == (425, 424)
    assert after.open_ended


def test_world_ip_day_is_a_day_and_its_number_no_date(dates: Dates) -> None:
    found = dates("the 21st World IP Day")
    assert found.ordinals == (21,)
    assert found.names_the_day


def test_numbers_of_things_are_no_dates(dates: Dates) -> None:
    assert dates("how many of the 5,000 handbooks").constraint is None


def test_a_day_that_no_month_has_is_no_date(dates: Dates) -> None:
    assert dates("on 45 April").constraint is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("this year's theme", 2026), ("next year's theme", 2027), ("the previous year", 2025),
        ("in Fujian last yr", 2025), ("the year before last", 2024), ("five years ago", 2021),
        ("a year ago", 2025), ("今年的主题", 2026), ("明年", 2027), ("上一年度", 2025),
        ("大前年", 2023), ("三年前", 2023), ("上年福建办了什么", 2025),
    ],
)  # fmt: skip
def test_years_are_counted_from_that_of_the_message(dates: Dates, text: str, year: int) -> None:
    assert dates(text).years == (year,)


@pytest.mark.parametrize(
    ("text", "day"), [("events 20.04.", 420), ("20.4. in Fujian", 420), ("on the 1st of May", 501)]
)
def test_a_day_before_its_month_is_that_day(dates: Dates, text: str, day: int) -> None:
    found = dates(text).constraint
    assert found is not None
    assert found.start == day


def test_a_number_with_a_point_is_no_day(dates: Dates) -> None:
    assert dates("20.4 million people").constraint is None


@pytest.mark.parametrize(
    "text",
    [
        "who releases Intellectual Property Development and Protection of Fujian Province in 2020",
        "《2020年福建省知识产权发展与保护状况》讲什么",
    ],
)
def test_a_year_in_a_title_is_none_that_is_asked_about(dates: Dates, text: str) -> None:
    assert dates(text).years == ()


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("what can I see in Fujian when its publicity week opens", "first"),
        ("what happens in Yunnan when the week ends", "last"),
        ("what did Yunnan do the day the week ended", "last"),
        ("福建开幕时有什么活动", "first"),
    ],
)
def test_when_the_week_opens_is_its_first_day(dates: Dates, text: str, anchor: str) -> None:
    found = dates(text).constraint
    assert found is not None
    assert found.anchor == anchor


@pytest.mark.parametrize(
    "text",
    ["tell me when the week starts in Fujian", "fujian when the week starts", "福建启动时间"],
)
def test_when_the_week_starts_may_be_what_is_asked_for(dates: Dates, text: str) -> None:
    assert dates(text).constraint is None


def test_since_a_day_goes_on_from_that_day_in_chinese_too(dates: Dates) -> None:
    for text in ("4月20日以来云南有什么报道", "自4月20日以来", "4月20日起云南有哪些报道"):
        constraint = dates(text).constraint
        assert constraint is not None
        assert constraint.start == 420
        assert constraint.open_ended

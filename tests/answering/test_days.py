"""Days as numbers."""

import pytest

from bot.answering.assistant import Assistant
from bot.answering.days import days_meant, falls_on
from bot.knowledge.entries import month_day
from bot.understanding.dates import DateConstraint


def test_a_day_is_its_month_times_100_plus_the_day() -> None:
    assert month_day("2021-04-20") == 420
    assert month_day(None) == 0


@pytest.mark.parametrize(("anchor", "day"), [("first", 420), ("last", 426), ("day-2", 421)])
def test_days_of_the_week_are_counted_from_its_dates(
    assistant: Assistant, anchor: str, day: int
) -> None:
    entry = assistant.knowledge.by_week.get("fujian-2021")[0]
    assert days_meant(DateConstraint(anchor=anchor), entry) == (day, day)


def test_undated_activities_fall_on_no_day(assistant: Assistant) -> None:
    whole_year = DateConstraint(101, 1231)
    undated = [e for e in assistant.knowledge.activities if not e.activity.date]
    assert undated
    assert not any(falls_on(entry, whole_year) for entry in undated)

"""Days of the year as numbers, and whether an activity falls on those that are meant."""

from bot.knowledge.entries import ActivityEntry, month_day
from bot.understanding.dates import DateConstraint


def falls_on(entry: ActivityEntry, date: DateConstraint) -> bool:
    """Whether an activity is dated on one of these days; undated ones never are."""
    days = days_meant(date, entry)
    if days is None:
        return False
    activity = entry.activity
    if entry.first_day:
        first, last = month_day(activity.date), month_day(activity.until or activity.date)
        return first <= days[1] and last >= days[0]
    if activity.since and date.open_ended:
        return days[0] <= month_day(activity.since) <= days[1]
    return False


def days_meant(date: DateConstraint, entry: ActivityEntry) -> tuple[int, int] | None:
    """First and last day (month * 100 + day) that a date means for an activity's week.

    None when "the first day" is meant and the dates of the week are not known.
    """
    if not date.anchor:
        if date.start is None or date.end is None:
            return None
        return date.start, date.end
    week = entry.week.week
    if week.dates is None:
        return None
    if date.anchor == "last":
        day = month_day(week.dates.end)
    else:
        offset = int(date.anchor.removeprefix("day-")) - 1 if date.anchor != "first" else 0
        day = month_day(week.dates.start) + offset
    return day, day

"""A week → an iCalendar file of its dated activities; nothing without a date gets one.

UIDs are made of the ids of the knowledge, so importing a newer file updates the
entries instead of doubling them. STATUS says what the source says: what was held
or is under way is CONFIRMED, what was announced is TENTATIVE.

The library is loaded with the first calendar: it takes a tenth of the whole start.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.answering.reply import Language
from bot.channels.telegram_wording import TelegramWording
from bot.knowledge.entries import WeekEntry
from bot.knowledge.facts import Activity, Modality, Week
from bot.knowledge.knowledge_base import KnowledgeBase

if TYPE_CHECKING:
    from icalendar import Event

_STATUS: dict[Modality, str] = {
    "held": "CONFIRMED",
    "running": "CONFIRMED",
    "planned": "TENTATIVE",
    "conditional": "TENTATIVE",
}
_PRODUCT = "-//IP Publicity Week bot//EN"


@dataclass(frozen=True, slots=True)
class WeekCalendar:
    """A week as a file for calendar programs."""

    filename: str
    ics: bytes
    dated: int
    """How many activities are in the file."""
    count: int
    """How many activities are known of the week."""


def week_calendar(
    entry: WeekEntry,
    knowledge: KnowledgeBase,
    wording: TelegramWording,
    language: Language,
    made_at: datetime,
) -> WeekCalendar:
    """The dated activities of a week; `made_at` needs a time zone."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", week_name(entry, knowledge, wording, language))
    dated = [activity for activity in entry.week.activities if _first_day(activity)]
    for activity in dated:
        event = _event(activity, entry, wording, language)
        event.add("dtstamp", made_at)
        place = knowledge.place(activity.place or entry.place).name.in_language(language)
        venue = activity.venue.in_language(language) if activity.venue else ""
        event.add("location", f"{venue}, {place}" if venue else place)
        calendar.add_component(event)
    filename = f"ip-publicity-week-{entry.id}.ics"
    return WeekCalendar(filename, calendar.to_ical(), len(dated), len(entry.week.activities))


def week_name(
    entry: WeekEntry, knowledge: KnowledgeBase, wording: TelegramWording, language: Language
) -> str:
    """How a week is called, with its place and year."""
    body = entry.week.body
    place = body if body is not None else knowledge.place(entry.place).name
    text = wording.week_name.in_language(language)
    return text.format(year=entry.week.year, place=place.in_language(language))


def has_dates(week: Week) -> bool:
    """Whether a calendar of the week would hold anything."""
    return any(_first_day(activity) for activity in week.activities)


def _first_day(activity: Activity) -> str | None:
    return activity.date or activity.since


def _event(
    activity: Activity, entry: WeekEntry, wording: TelegramWording, language: Language
) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.id}.{activity.id}@ip-publicity-week")
    first = date.fromisoformat(_first_day(activity) or "")
    event.add("dtstart", first)
    # DTEND is the first day that is no longer part of it (RFC 5545, 3.6.1).
    last = date.fromisoformat(activity.until) if activity.until else first
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _title(activity, wording, language))
    event.add("description", activity.summary.in_language(language))
    event.add("status", _STATUS[activity.modality])
    source = entry.source(activity.source)
    if source is not None:
        event.add("url", source.url)
    return event


def _title(activity: Activity, wording: TelegramWording, language: Language) -> str:
    title = activity.title.in_language(language)
    if not activity.date and activity.since:
        title = wording.calendar_from_then_on.in_language(language).format(title=title)
    if activity.modality == "planned":
        title += f" ({wording.calendar_tentative.in_language(language)})"
    if activity.modality == "conditional":
        title += f" ({wording.calendar_conditional.in_language(language)})"
    return title

"""Days, numbers and places as people write them, in both languages."""

from datetime import date
from functools import lru_cache

from bot.knowledge.entries import WeekEntry
from bot.knowledge.facts import Edition, Figure, Text, YearSpan
from bot.knowledge.knowledge_base import KnowledgeBase

MONTHS_EN = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=4096)
def day_text(day: str, *, with_year: bool = True) -> Text:
    """ "2021-04-20" in words."""
    value = date.fromisoformat(day)
    year_en, year_zh = (f" {value.year}", f"{value.year}年") if with_year else ("", "")
    return Text(
        f"{value.day} {MONTHS_EN[value.month]}{year_en}", f"{year_zh}{value.month}月{value.day}日"
    )


@lru_cache(maxsize=4096)
def span_text(first: str, last: str) -> Text:
    """Days from the first to the last in words; one day when they are the same."""
    if first == last:
        return day_text(first)
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start.month == end.month:
        return Text(
            f"{start.day}–{end.day} {MONTHS_EN[end.month]} {end.year}",
            f"{start.year}年{start.month}月{start.day}日至{end.day}日",
        )
    return Text(
        f"{start.day} {MONTHS_EN[start.month]} – {end.day} {MONTHS_EN[end.month]} {end.year}",
        f"{start.year}年{start.month}月{start.day}日至{end.month}月{end.day}日",
    )


def during_week_text(first: str, last: str) -> Text:
    """When an activity was of which only the week is known."""
    span = span_text(first, last)
    return Text(f"in the week of {span.en}, no day stated", f"{span.zh}宣传周期间，未注明具体日期")


def number_text(value: float) -> Text:
    """A number as people write it: 10,000 and 10 million; 1万 and 1000万."""
    if value != int(value):
        return Text(f"{value:,.10g}", f"{value:.10g}")
    whole = int(value)
    english = f"{whole:,}"
    if whole >= 1_000_000 and whole % 100_000 == 0:
        english = f"{whole / 1_000_000:g} million"
    chinese = str(whole)
    if whole >= 10_000 and whole % 1_000 == 0:
        chinese = f"{whole / 10_000:g}万"
    return Text(english, chinese)


_LARGE = 10_000
"""From here on Chinese says 超过1万, below it 100余."""
_BOUND = {
    "exactly": ("", ""), "more than": ("more than ", "超过"), "about": ("about ", "约"),
    "nearly": ("nearly ", "近"), "at least": ("at least ", "至少"),
}  # fmt: skip


def figure_text(figure: Figure) -> Text:
    """ "more than 10 million people"."""
    number = number_text(figure.value)
    english, chinese = _BOUND[figure.bound]
    of_zh = figure.of.zh or f" {figure.of.en}"
    small = figure.bound == "more than" and figure.value < _LARGE and number.zh.endswith("0")
    return Text(
        f"{english}{number.en} {figure.of.en or figure.of.zh}",
        f"{number.zh}余{of_zh}" if small else f"{chinese}{number.zh}{of_zh}",
    )


def place_text(id: str, knowledge: KnowledgeBase) -> Text:
    """A place with the region it lies in: Kunming (Yunnan)."""
    place = knowledge.place(id)
    region = knowledge.region_of(id)
    if region == id:
        return place.name
    parent = knowledge.place(region).name
    return Text(f"{place.name.en} ({parent.en})", f"{parent.zh}{place.name.zh}")


def world_ip_day_text(week: WeekEntry) -> list[Text]:
    """ "21st World IP Day"; empty when not stated."""
    number = week.week.world_ip_day
    if number is None:
        return []
    return [world_ip_day_name(number)]


def world_ip_day_name(number: int) -> Text:
    """ "21st World IP Day"."""
    return Text(f"{ordinal(number)} World IP Day", f"第{number}个世界知识产权日")


def edition_text(edition: Edition) -> Text:
    """ "the 13th of its kind", or how many were held before it or with it."""
    number = edition.number
    if edition.counts == "this":
        return Text(f"the {ordinal(number)} of its kind", f"第{number}届")
    english, chinese = f"{number} editions so far", f"迄今已举办{number}届"
    if edition.counts == "before":
        english, chinese = f"{number} editions held before it", f"此前已举办{number}届"
    if edition.since:
        english, chinese = f"{english}, since {edition.since}", f"{edition.since}年以来，{chinese}"
    return Text(english, chinese)


def ordinal(number: int) -> str:
    """1st, 2nd, 21st."""
    teens = 10 <= number % 100 <= 20
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def period_text(period: YearSpan) -> Text:
    """The years that something covers."""
    if period.start == period.end:
        return Text(str(period.start), f"{period.start}年")
    return Text(f"{period.start}–{period.end}", f"{period.start}—{period.end}年")

"""A week and its activities, with what is derived from them: where they belong, and when."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from msgspec import Struct

from bot.knowledge.facts import Activity, Name, Source, Week
from bot.knowledge.vocabulary import Kind, Place

NATION = "china"


class WeekEntry(Struct, frozen=True, eq=False):
    """A week with what is derived from it."""

    index: int
    """Position in `KnowledgeBase.week_entries`."""
    id: str
    """Year last, as file names read: "fujian-2021"; with a place "guangdong-guangzhou-2021"."""
    week: Week
    file: str
    places: frozenset[str]
    """The place it belongs to and all that this place lies in, but not the nation."""

    @property
    def place(self) -> str:
        """Id of the narrowest place that the week belongs to."""
        return self.week.place or self.week.region

    def source(self, id: str | None) -> Source | None:
        """The source with this id; the week's first one for None."""
        if id is None:
            return self.week.sources[0] if self.week.sources else None
        return next((source for source in self.week.sources if source.id == id), None)


class ActivityEntry(Struct, frozen=True, eq=False):
    """An activity in its week, with what is derived from both."""

    index: int
    """Position in `KnowledgeBase.activities`."""
    id: str
    """"<week id>/<activity id>"."""
    activity: Activity
    week: WeekEntry
    place: str
    """Id of the narrowest place known for it."""
    places: frozenset[str]
    """That place and all that it lies in, but not the nation."""
    first_day: int
    """Ordinal of its (first) day; 0 when none is stated."""
    last_day: int
    names: frozenset[str]
    """Ids of all names that it refers to."""
    kinds: frozenset[str]
    """Its kinds, with the broader ones."""

    def source(self) -> Source | None:
        """Where it was published."""
        return self.week.source(self.activity.source)


def week_entry(number: int, week: Week, path: str, places: Mapping[str, Place]) -> WeekEntry:
    """A week with its number, as read from a file."""
    own = week.place or week.region
    stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    within = places_around(own, places) | places_around(week.region, places)
    return WeekEntry(number, f"{stem}-{week.year}", week, path, within)


def activity_entry(
    index: int,
    activity: Activity,
    week: WeekEntry,
    places: frozenset[str],
    names: Mapping[str, Name],
    kinds: Mapping[str, Kind],
) -> ActivityEntry:
    """An activity with its number; `places`: its own and those around it."""
    first, last = _ordinals(activity.date, activity.until)
    return ActivityEntry(
        index=index,
        id=f"{week.id}/{activity.id}",
        activity=activity,
        week=week,
        place=activity.place or week.place,
        places=places,
        first_day=first,
        last_day=last,
        names=frozenset(names_in(activity, names)),
        kinds=with_broader(activity.kinds, kinds),
    )


def names_in(activity: Activity, names: Mapping[str, Name]) -> set[str]:
    """The ids of the names that an activity refers to."""
    bodies = (*activity.organisers, *activity.partners)
    roles = (*bodies, *activity.media, *activity.platforms, *activity.works)
    return {one for one in roles if isinstance(one, str) and one in names}


def with_broader(ids: Iterable[str], kinds: Mapping[str, Kind]) -> frozenset[str]:
    """Kinds, and the broader ones that include them."""
    found = set(ids)
    for id in ids:
        kind = kinds.get(id)
        if kind:
            found.update(kind.broader)
    return frozenset(found)


def places_around(id: str, places: Mapping[str, Place]) -> frozenset[str]:
    """A place and all that it lies in, but not the nation."""
    found = {id}
    place = places.get(id)
    while (
        place is not None and place.parent and place.parent != NATION and place.parent not in found
    ):
        found.add(place.parent)
        place = places.get(place.parent)
    return frozenset(found)


def packed_days(first: str | None, last: str | None) -> int:
    """Days, written 2021-04-20, as one number: that of the first * 65536 + that of the last.

    The number of a day is month * 100 + day of month. 0 when there is none.
    """
    return month_day(first) << 16 | month_day(last or first)


@lru_cache(maxsize=4096)
def month_day(day: str | None) -> int:
    """A day, written 2021-04-20, as month * 100 + day of month; 0 for none."""
    return int(day[5:7]) * 100 + int(day[8:10]) if day else 0


@lru_cache(maxsize=4096)
def _ordinals(first: str | None, last: str | None) -> tuple[int, int]:
    """The numbers of the first and the last day since the year 1; 0 when none is stated."""
    start = date.fromisoformat(first).toordinal() if first else 0
    return start, date.fromisoformat(last).toordinal() if last else start


@lru_cache(maxsize=4096)
def days_of(first: str | None, last: str | None) -> tuple[int, ...]:
    """All days from the first to the last, each as month * 100 + day of month."""
    start, end = _ordinals(first, last)
    days = (date.fromordinal(number) for number in range(start, end + 1) if number)
    return tuple(day.month * 100 + day.day for day in days)

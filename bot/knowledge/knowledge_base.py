"""The knowledge in memory: every fact with its place and time, and indexes to find it.

Nothing here understands language; ids go in, facts come out.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from msgspec import Struct, msgpack
from msgspec.structs import replace

from bot.knowledge.facts import Activity, Name, Reference, Source, Text, Week
from bot.knowledge.rows import Index, Rows, group, pack, unpack
from bot.knowledge.vocabulary import Kind, Place, Vocabulary

if TYPE_CHECKING:
    from bot.knowledge.loader import KnowledgeFiles

NATION = "china"
FAMOUS_KINDS = frozenset(
    "bank university newspaper agency media social-network company website".split()
)
"""Kinds of names that are known far beyond the weeks."""
NATIONAL_KINDS = frozenset(
    "office court procuratorate organisation association school institute".split()
)
"""Kinds of names that are, too, unless they belong to a region or city."""


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


class KnowledgeTables(Struct, frozen=True):
    """A knowledge base in the form in which it can be kept in a file and read at once."""

    vocabulary: Vocabulary
    names: tuple[Name, ...]
    """Those that week files define."""
    common_words: str
    """Separated by line ends."""
    version: str
    ids: tuple[str, ...]
    """The id of each week."""
    files: tuple[str, ...]
    """The file of each week."""
    weeks: tuple[memoryview, ...]
    """Each week as MessagePack; empty as long as the weeks themselves are at hand."""
    first: bytes
    """For each week the row number of its first activity, then the number of all; packed."""
    week_places: tuple[str, ...]
    """For each week the narrowest place that it belongs to."""
    week_years: bytes
    week_days: bytes
    """For each week its first and last day, as `packed_days` packs them."""
    days: bytes
    """For each activity its first and last day, as `packed_days` packs them."""
    since: bytes
    """For each activity the day (month * 100 + day of month) from which it goes on; 0 for none."""
    with_slogans: bytes
    """The activities that have slogans."""
    by_place: dict[str, bytes]
    weeks_by_place: dict[str, bytes]
    by_name: dict[str, bytes]
    by_kind: dict[str, bytes]
    by_day: dict[int, bytes]


class KnowledgeBase:
    """All facts and vocabulary, indexed by id, place, name, kind and year.

    Weeks and activities are made when they are first looked at.
    """

    def __init__(self, tables: KnowledgeTables, weeks: Sequence[Week] = ()) -> None:
        """`weeks`: all weeks, where they are at hand; else they are decoded one by one."""
        vocabulary = tables.vocabulary
        self.vocabulary = vocabulary
        self.version = tables.version
        """Short hash of the content; two folders with the same facts have the same version."""
        self.places: Mapping[str, Place] = {place.id: place for place in vocabulary.places}
        self.names: Mapping[str, Name] = {n.id: n for n in (*vocabulary.names, *tables.names)}
        self.kinds: Mapping[str, Kind] = {kind.id: kind for kind in vocabulary.kinds}
        self.week_names = frozenset(name.id for name in tables.names)
        """Ids of the names that week files define."""
        self.common_words = frozenset(tables.common_words.split())
        self._tables = tables
        self._weeks = weeks
        self._first = unpack(tables.first)
        count = len(tables.files)
        self.files = tables.files
        """The file of each week."""
        self.week_places = tables.week_places
        """For each week the id of the narrowest place that it belongs to."""
        self.week_years = unpack(tables.week_years)
        """For each week its year."""
        self.week_days = unpack(tables.week_days)
        """For each week its first and last day, as `packed_days` packs them."""
        self.days = unpack(tables.days)
        """For each activity its first and last day, as `packed_days` packs them."""
        self.since = unpack(tables.since)
        """For each activity the day (month * 100 + day of month) from which it goes on."""
        # The rows do not know this knowledge base, so that it is let go as soon as nobody uses it.
        made = _Made(tables, weeks, self.places, self.names, self.kinds)
        self.week_entries = Rows(made.week, range(count))
        self.activities = Rows(made.activity, range(self._first[count]))
        self.by_place = Index(made.activity, tables.by_place)
        """Activities by place id; a place holds those of all places in it."""
        self.weeks_by_place = Index(made.week, tables.weeks_by_place)
        self.by_name = Index(made.activity, tables.by_name)
        self.by_kind = Index(made.activity, tables.by_kind)
        self.by_day = Index(made.activity, tables.by_day)
        """Dated activities by month and day (month * 100 + day of month), whatever the year."""

    @property
    def by_week(self) -> "_ByWeek":
        """The activities of a week, by its id."""
        return _ByWeek(self)

    def week_of(self, number: int) -> int:
        """The number of the week that the activity with this number belongs to."""
        return bisect_right(self._first, number) - 1

    @cached_property
    def weeks_of_activities(self) -> Sequence[int]:
        """For each activity the number of its week."""
        found = array("I")
        for number in range(len(self.week_entries)):
            found.extend([number] * self.size_of_week(number))
        return found

    def numbers_of_weeks(self, weeks: Iterable[int]) -> Iterable[int]:
        """The numbers of the activities of some weeks, given by their numbers."""
        return chain.from_iterable(range(self._first[n], self._first[n + 1]) for n in weeks)

    @cached_property
    def with_slogans(self) -> frozenset[int]:
        """The numbers of the activities that have slogans."""
        return frozenset(unpack(self._tables.with_slogans))

    @cached_property
    def wide_weeks(self) -> Sequence[int]:
        """The numbers of the weeks of whole regions and of the nation, ascending."""
        regions = {id for id, place in self.places.items() if place.level in ("region", "nation")}
        return [n for n, place in enumerate(self.week_places) if place in regions]

    @cached_property
    def years_by_region(self) -> Mapping[str, Sequence[int]]:
        """For each region with weeks the years of them, or of those in it, ascending."""
        found: dict[str, set[int]] = {}
        for place, year in zip(self.week_places, self.week_years, strict=True):
            found.setdefault(self.region_of(place), set()).add(year)
        return {region: sorted(years) for region, years in found.items()}

    @cached_property
    def parts_of_names(self) -> Mapping[str, Sequence[Name]]:
        """For each name those that are a part of it."""
        found: dict[str, list[Name]] = {}
        for name in self.names.values():
            if name.part_of:
                found.setdefault(name.part_of, []).append(name)
        return found

    def activities_of_weeks(self, weeks: range) -> range:
        """The numbers of the activities of the weeks with these numbers."""
        return range(self._first[weeks.start], self._first[weeks.stop])

    def size_of_week(self, number: int) -> int:
        """How many activities the week with this number has."""
        return self._first[number + 1] - self._first[number]

    def weeks_of_year(self, year: int) -> range:
        """The numbers of the weeks of a year; weeks stand in the order of their years."""
        years = self.week_years
        return range(bisect_left(years, year), bisect_right(years, year))

    def activities_of_year(self, year: int) -> range:
        """The numbers of the activities of a year."""
        return self.activities_of_weeks(self.weeks_of_year(year))

    @cached_property
    def weeks_by_year(self) -> Mapping[int, Sequence[int]]:
        """For each year the numbers of its weeks."""
        found: dict[int, list[int]] = {}
        for number, year in enumerate(self.week_years):
            found.setdefault(year, []).append(number)
        return found

    def of_week(self, week: WeekEntry) -> Sequence[ActivityEntry]:
        """The activities of a week, in the order of its file."""
        return self.activities[self._first[week.index] : self._first[week.index + 1]]

    def week_with_id(self, id: str) -> WeekEntry | None:
        """The week with this id; None when there is none."""
        number = self._week_numbers.get(id)
        return None if number is None else self.week_entries[number]

    def activity_with_id(self, id: str) -> ActivityEntry | None:
        """The activity with the id "<week id>/<activity id>"; None when there is none."""
        week = self.week_with_id(id.partition("/")[0])
        if week is None:
            return None
        return next((entry for entry in self.of_week(week) if entry.id == id), None)

    @cached_property
    def _week_numbers(self) -> dict[str, int]:
        return {id: number for number, id in enumerate(self._tables.ids)}

    def tables(self) -> KnowledgeTables:
        """The form in which it can be kept in a file."""
        if not self._weeks:
            return self._tables
        return replace(
            self._tables, weeks=tuple(memoryview(_WEEK_WRITER.encode(week)) for week in self._weeks)
        )

    @property
    def weeks(self) -> tuple[Week, ...]:
        """All weeks, in the order of their files."""
        return tuple(entry.week for entry in self.week_entries)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which something is known, ascending."""
        return tuple(sorted(set(self.week_years)))

    def is_of_a_week(self, name: str) -> bool:
        """Whether a name belongs to the weeks' own world: a region's office or platform.

        Banks, universities, newspapers and national bodies are known far beyond it.
        """
        if name in self.week_names:
            return True
        entry = self.names.get(name)
        if entry is None or entry.kind in FAMOUS_KINDS:
            return False
        return entry.kind not in NATIONAL_KINDS or entry.place not in (None, NATION)

    def place(self, id: str) -> Place:
        """The place with this id; a bare one when the vocabulary lacks it."""
        known = self.places.get(id)
        if known is not None:
            return known
        return Place(id=id, level="city", name=Text(en=id.replace("-", " ").title()))

    def region_of(self, id: str) -> str:
        """Id of the province-level region that a place lies in; the id itself for a region."""
        place = self.places.get(id)
        while place is not None and place.level not in ("region", "nation") and place.parent:
            id = place.parent
            place = self.places.get(id)
        return id

    def within(self, id: str) -> frozenset[str]:
        """The ids of a place and of all that it lies in, but not the nation."""
        return _within(id, self.places)

    def name_text(self, reference: Reference) -> Text:
        """How a body or thing is called."""
        if isinstance(reference, Text):
            return reference
        name = self.names.get(reference)
        return name.name if name else Text(en=reference)


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Files of a knowledge folder that were read before and have not changed since."""

    vocabulary: Vocabulary | None = None
    """All vocabulary files together; None when one of them has changed."""
    weeks: Mapping[str, Week | memoryview] = field(default_factory=dict)
    """Weeks by the paths of their files, as such or as MessagePack."""

    def week(self, file: str) -> Week | None:
        """The week of a file; None when it must be read."""
        known = self.weeks.get(file)
        return _read_week(known) if isinstance(known, memoryview) else known


class _Made:
    """The weeks and activities that were looked at."""

    def __init__(
        self,
        tables: KnowledgeTables,
        weeks: Sequence[Week],
        places: Mapping[str, Place],
        names: Mapping[str, Name],
        kinds: Mapping[str, Kind],
    ) -> None:
        self._tables, self._decoded = tables, weeks
        self._places, self._names, self._kinds = places, names, kinds
        self._first = unpack(tables.first)
        self._weeks: list[WeekEntry | None] = [None] * len(tables.files)
        self._activities: list[ActivityEntry | None] = [None] * self._first[-1]

    def week(self, number: int) -> WeekEntry:
        """The week with this number."""
        entry = self._weeks[number]
        if entry is None:
            tables = self._tables
            week = self._decoded[number] if self._decoded else _read_week(tables.weeks[number])
            entry = _week_entry(number, week, tables.files[number], self._places)
            self._weeks[number] = entry
        return entry

    def activity(self, number: int) -> ActivityEntry:
        """The activity with this number."""
        entry = self._activities[number]
        if entry is None:
            at = bisect_right(self._first, number) - 1
            week = self.week(at)
            activity = week.week.activities[number - self._first[at]]
            places = _within(activity.place or week.place, self._places) | week.places
            entry = _activity_entry(number, activity, week, places, self._names, self._kinds)
            self._activities[number] = entry
        return entry


class _ByWeek:
    """The activities of a week, by its id."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def get(self, id: str, default: Sequence[ActivityEntry] = ()) -> Sequence[ActivityEntry]:
        """The activities; `default` when there is no such week."""
        week = self._knowledge.week_with_id(id)
        return default if week is None else self._knowledge.of_week(week)


def build_knowledge_base(files: "KnowledgeFiles", version: str = "") -> KnowledgeBase:
    """Index what a folder holds; `files` has passed the audit."""
    vocabulary = files.vocabulary
    places = {place.id: place for place in vocabulary.places}
    own_names = tuple(name for file in files.weeks for name in file.week.names)
    names = {name.id: name for name in (*vocabulary.names, *own_names)}
    kinds = {kind.id: kind for kind in vocabulary.kinds}
    by_year = sorted(files.weeks, key=lambda file: file.week.year)
    weeks = [_week_entry(n, file.week, file.path, places) for n, file in enumerate(by_year)]
    activities = [activity for week in weeks for activity in week.week.activities]
    broader = lru_cache(maxsize=None)(partial(_with_broader, kinds=kinds))
    tables = KnowledgeTables(
        vocabulary=vocabulary,
        names=own_names,
        common_words="\n".join(files.common_words),
        version=version,
        ids=tuple(week.id for week in weeks),
        files=tuple(week.file for week in weeks),
        weeks=(),
        first=pack((0, *accumulate(len(week.week.activities) for week in weeks))),
        week_places=tuple(week.place for week in weeks),
        week_years=pack(week.week.year for week in weeks),
        week_days=pack(
            packed_days(week.week.dates.start, week.week.dates.end) if week.week.dates else 0
            for week in weeks
        ),
        days=pack(packed_days(activity.date, activity.until) for activity in activities),
        since=pack(_month_day(activity.since) for activity in activities),
        with_slogans=pack(n for n, activity in enumerate(activities) if activity.slogans),
        by_place=group(_places_of_activities(weeks, places), lambda around: around),
        weeks_by_place=group(weeks, lambda week: week.places),
        by_name=group(activities, lambda activity: _names_in(activity, names)),
        by_kind=group(activities, lambda activity: broader(activity.kinds)),
        by_day=group(activities, lambda activity: _days_of(activity.date, activity.until)),
    )
    return KnowledgeBase(tables, [week.week for week in weeks])


def _places_of_activities(
    weeks: Sequence[WeekEntry], places: Mapping[str, Place]
) -> list[frozenset[str]]:
    """For each activity the place of its own and those around it."""
    within = lru_cache(maxsize=None)(partial(_within, places=places))  # many share a place
    return [
        within(activity.place) | week.places if activity.place else week.places
        for week in weeks for activity in week.week.activities
    ]  # fmt: skip


_WEEK_WRITER = msgpack.Encoder()
_WEEK_READER = msgpack.Decoder(Week)


def _read_week(packed: memoryview) -> Week:
    return _WEEK_READER.decode(packed)


def _week_entry(number: int, week: Week, path: str, places: Mapping[str, Place]) -> WeekEntry:
    own = week.place or week.region
    stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    within = _within(own, places) | _within(week.region, places)
    return WeekEntry(number, f"{stem}-{week.year}", week, path, within)


def _activity_entry(
    index: int,
    activity: Activity,
    week: WeekEntry,
    places: frozenset[str],
    names: Mapping[str, Name],
    kinds: Mapping[str, Kind],
) -> ActivityEntry:
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
        names=frozenset(_names_in(activity, names)),
        kinds=_with_broader(activity.kinds, kinds),
    )


def _names_in(activity: Activity, names: Mapping[str, Name]) -> set[str]:
    """The ids of the names that an activity refers to."""
    bodies = (*activity.organisers, *activity.partners)
    roles = (*bodies, *activity.media, *activity.platforms, *activity.works)
    return {one for one in roles if isinstance(one, str) and one in names}


def _with_broader(ids: Iterable[str], kinds: Mapping[str, Kind]) -> frozenset[str]:
    found = set(ids)
    for id in ids:
        kind = kinds.get(id)
        if kind:
            found.update(kind.broader)
    return frozenset(found)


def _within(id: str, places: Mapping[str, Place]) -> frozenset[str]:
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
    return _month_day(first) << 16 | _month_day(last or first)


@lru_cache(maxsize=4096)
def _month_day(day: str | None) -> int:
    return int(day[5:7]) * 100 + int(day[8:10]) if day else 0


@lru_cache(maxsize=4096)
def _ordinals(first: str | None, last: str | None) -> tuple[int, int]:
    """The numbers of the first and the last day since the year 1; 0 when none is stated."""
    start = date.fromisoformat(first).toordinal() if first else 0
    return start, date.fromisoformat(last).toordinal() if last else start


@lru_cache(maxsize=4096)
def _days_of(first: str | None, last: str | None) -> tuple[int, ...]:
    """All days from the first to the last, each as month * 100 + day of month."""
    start, end = _ordinals(first, last)
    days = (date.fromordinal(number) for number in range(start, end + 1) if number)
    return tuple(day.month * 100 + day.day for day in days)

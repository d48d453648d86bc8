"""The knowledge in memory: every fact with its place and time, and indexes to find it.

Nothing here understands language; ids go in, facts come out.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import msgpack
from msgspec.structs import replace

from bot.knowledge.edits import edits_between
from bot.knowledge.entries import (
    NATION,
    ActivityEntry,
    WeekEntry,
    activity_entry,
    places_around,
    week_entry,
)
from bot.knowledge.facts import Name, Reference, Text, Week
from bot.knowledge.knowledge_tables import KnowledgeTables, no_weeks, replaced
from bot.knowledge.rows import Index, Rows, unpack
from bot.knowledge.vocabulary import Kind, Place, Vocabulary

if TYPE_CHECKING:
    from bot.knowledge.loader import KnowledgeFiles

FAMOUS_KINDS = frozenset(
    "bank university newspaper agency media social-network company website".split()
)
"""Kinds of names that are known far beyond the weeks."""
NATIONAL_KINDS = frozenset(
    "office court procuratorate organisation association school institute".split()
)
"""Kinds of names that are, too, unless they belong to a region or city."""


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

    @property
    def indexes(self) -> KnowledgeTables:
        """Its tables, of which the weeks themselves may be missing."""
        return self._tables

    @cached_property
    def weeks_with_questions(self) -> Sequence[WeekEntry]:
        """The weeks that have questions beside their facts."""
        return self.week_entries.select(unpack(self._tables.with_questions))

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
        return places_around(id, self.places)

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
            entry = week_entry(number, week, tables.files[number], self._places)
            self._weeks[number] = entry
        return entry

    def activity(self, number: int) -> ActivityEntry:
        """The activity with this number."""
        entry = self._activities[number]
        if entry is None:
            at = bisect_right(self._first, number) - 1
            week = self.week(at)
            activity = week.week.activities[number - self._first[at]]
            places = places_around(activity.place or week.place, self._places) | week.places
            entry = activity_entry(number, activity, week, places, self._names, self._kinds)
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


def build_knowledge_base(
    files: "KnowledgeFiles",
    version: str = "",
    before: KnowledgeBase | None = None,
    same: Collection[str] = (),
) -> KnowledgeBase:
    """Index what a folder holds.

    Args:
        files: have passed the audit.
        version: of the content.
        before: knows what the folder held before, with the same vocabulary.
        same: the files of weeks that have not changed since.

    """
    by_year = sorted(files.weeks, key=lambda file: file.week.year)
    names = tuple(name for file in files.weeks for name in file.week.names)
    paths = [file.path for file in by_year]
    edits = edits_between(before.files, paths, same) if before is not None else None
    if before is None or edits is None:
        tables = no_weeks(files.vocabulary, files.common_words)
        tables = replaced(tables, range(0), by_year, names)
    else:
        tables = before.indexes
        for edit in edits:
            coming = by_year[edit.coming.start : edit.coming.stop]
            tables = replaced(tables, edit.going, coming, names)
    return KnowledgeBase(replace(tables, version=version), [file.week for file in by_year])


_WEEK_WRITER = msgpack.Encoder()
_WEEK_READER = msgpack.Decoder(Week)


def _read_week(packed: memoryview) -> Week:
    return _WEEK_READER.decode(packed)

"""The knowledge in memory: every fact with its place and time, and indexes to find it.

Nothing here understands language; ids go in, facts come out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.knowledge.facts import Activity, Name, Reference, Source, Text, Week
from bot.knowledge.loader import KnowledgeFiles
from bot.knowledge.vocabulary import Kind, Place, Vocabulary

NATION = "china"
FAMOUS_KINDS = frozenset({"bank", "university", "newspaper", "agency", "media", "social-network", "company", "website"})
"""Kinds of names that are known far beyond the weeks."""
NATIONAL_KINDS = frozenset({"office", "court", "procuratorate", "organisation", "association", "school", "institute"})
"""Kinds of names that are, too, unless they belong to a region or city."""


@dataclass(frozen=True, slots=True, eq=False)
class WeekEntry:
    """A week with what is derived from it."""

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


@dataclass(frozen=True, slots=True, eq=False)
class ActivityEntry:
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


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """All facts and vocabulary, indexed by id, place, name, kind and year."""

    vocabulary: Vocabulary
    week_entries: tuple[WeekEntry, ...]
    activities: tuple[ActivityEntry, ...]
    places: Mapping[str, Place]
    names: Mapping[str, Name]
    kinds: Mapping[str, Kind]
    week_names: frozenset[str] = frozenset()
    """Ids of the names that week files define."""
    common_words: frozenset[str] = frozenset()
    version: str = ""
    """Short hash of the content; two folders with the same facts have the same version."""
    by_place: Mapping[str, tuple[ActivityEntry, ...]] = field(default_factory=dict)
    """Activities by place id; a place holds those of all places in it."""
    weeks_by_place: Mapping[str, tuple[WeekEntry, ...]] = field(default_factory=dict)
    by_week: Mapping[str, tuple[ActivityEntry, ...]] = field(default_factory=dict)
    by_name: Mapping[str, tuple[ActivityEntry, ...]] = field(default_factory=dict)
    by_kind: Mapping[str, tuple[ActivityEntry, ...]] = field(default_factory=dict)
    by_day: Mapping[int, tuple[ActivityEntry, ...]] = field(default_factory=dict)
    """Dated activities by month and day (month * 100 + day of month), whatever the year."""

    @property
    def weeks(self) -> tuple[Week, ...]:
        """All weeks, in the order of their files."""
        return tuple(entry.week for entry in self.week_entries)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which something is known, ascending."""
        return tuple(sorted({entry.week.year for entry in self.week_entries}))

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
        return self.places.get(id) or Place(id=id, level="city", name=Text(en=id.replace("-", " ").title()))

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


def build_knowledge_base(files: KnowledgeFiles, version: str = "") -> KnowledgeBase:
    """Index what a folder holds; `files` has passed the audit."""
    vocabulary = files.vocabulary
    places = {place.id: place for place in vocabulary.places}
    names = {name.id: name for name in vocabulary.names}
    for file in files.weeks:
        names.update((name.id, name) for name in file.week.names)
    kinds = {kind.id: kind for kind in vocabulary.kinds}
    weeks = tuple(_week_entry(file.week, file.path, places) for file in files.weeks)
    entries: list[ActivityEntry] = []
    for week in weeks:
        for activity in week.week.activities:
            entries.append(_activity_entry(len(entries), activity, week, places, names, kinds))
    return KnowledgeBase(
        vocabulary=vocabulary,
        week_entries=weeks,
        activities=tuple(entries),
        places=places,
        names=names,
        kinds=kinds,
        week_names=frozenset(name.id for file in files.weeks for name in file.week.names),
        common_words=files.common_words,
        version=version,
        by_place=_group(entries, lambda entry: entry.places),
        weeks_by_place=_group(weeks, lambda week: week.places),
        by_week=_group(entries, lambda entry: (entry.week.id,)),
        by_name=_group(entries, lambda entry: entry.names),
        by_kind=_group(entries, lambda entry: entry.kinds),
        by_day=_group(entries, _days),
    )


def _week_entry(week: Week, path: str, places: Mapping[str, Place]) -> WeekEntry:
    own = week.place or week.region
    stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    return WeekEntry(f"{stem}-{week.year}", week, path, _within(own, places) | _within(week.region, places))


def _activity_entry(
    index: int,
    activity: Activity,
    week: WeekEntry,
    places: Mapping[str, Place],
    names: Mapping[str, Name],
    kinds: Mapping[str, Kind],
) -> ActivityEntry:
    place = activity.place or week.place
    first = date.fromisoformat(activity.date).toordinal() if activity.date else 0
    last = date.fromisoformat(activity.until).toordinal() if activity.until else first
    return ActivityEntry(
        index=index,
        id=f"{week.id}/{activity.id}",
        activity=activity,
        week=week,
        place=place,
        places=_within(place, places) | week.places,
        first_day=first,
        last_day=last,
        names=frozenset(_references(activity)) & names.keys(),
        kinds=_with_broader(activity.kinds, kinds),
    )


def _references(activity: Activity) -> Iterable[str]:
    for role in (activity.organisers, activity.partners, activity.media, activity.platforms, activity.works):
        for reference in role:
            if isinstance(reference, str):
                yield reference


def _with_broader(ids: Iterable[str], kinds: Mapping[str, Kind]) -> frozenset[str]:
    found = set(ids)
    for id in tuple(found):
        kind = kinds.get(id)
        if kind:
            found.update(kind.broader)
    return frozenset(found)


def _within(id: str, places: Mapping[str, Place]) -> frozenset[str]:
    found = {id}
    place = places.get(id)
    while place is not None and place.parent and place.parent != NATION and place.parent not in found:
        found.add(place.parent)
        place = places.get(place.parent)
    return frozenset(found)


def _days(entry: ActivityEntry) -> Iterable[int]:
    for ordinal in range(entry.first_day, entry.last_day + 1):
        if ordinal:
            day = date.fromordinal(ordinal)
            yield day.month * 100 + day.day


def _group(items, keys):  # type: ignore[no-untyped-def]
    grouped = defaultdict(list)
    for item in items:
        for key in keys(item):
            grouped[key].append(item)
    return {key: tuple(found) for key, found in grouped.items()}



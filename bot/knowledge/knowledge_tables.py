"""The tables of a knowledge base, and how weeks come in and go out of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from bot.knowledge.entries import (
    WeekEntry,
    days_of,
    month_day,
    names_in,
    packed_days,
    places_around,
    week_entry,
    with_broader,
)
from bot.knowledge.facts import Name
from bot.knowledge.rows import Replacement, group, pack, unpack
from bot.knowledge.vocabulary import Place, Vocabulary

if TYPE_CHECKING:
    from bot.knowledge.loader import WeekFile


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
    with_questions: bytes
    """The weeks that have questions beside their facts."""
    by_place: dict[str, bytes]
    weeks_by_place: dict[str, bytes]
    by_name: dict[str, bytes]
    by_kind: dict[str, bytes]
    by_day: dict[int, bytes]


def no_weeks(vocabulary: Vocabulary, common_words: frozenset[str]) -> KnowledgeTables:
    """The tables of a knowledge base that no week has come into yet."""
    return KnowledgeTables(
        vocabulary=vocabulary, names=(), common_words="\n".join(common_words), version="",
        ids=(), files=(), weeks=(), first=pack((0,)), week_places=(), week_years=b"",
        week_days=b"", days=b"", since=b"", with_slogans=b"", with_questions=b"",
        by_place={}, weeks_by_place={}, by_name={}, by_kind={}, by_day={},
    )  # fmt: skip


def replaced(
    tables: KnowledgeTables,
    going: range,
    coming: "Sequence[WeekFile]",
    names: tuple[Name, ...],
) -> KnowledgeTables:
    """The tables with other weeks in the place of some; those behind get other numbers.

    Args:
        going: the numbers of the weeks that go; empty where weeks are only put in.
        coming: the weeks that come instead, in their order.
        names: all that week files define afterwards.

    """
    places = {place.id: place for place in tables.vocabulary.places}
    first = unpack(tables.first)
    weeks = [
        week_entry(number, file.week, file.path, places)
        for number, file in enumerate(coming, going.start)
    ]
    rows = range(first[going.start], first[going.stop])
    tables = _with_weeks(replace(tables, names=names, version="", weeks=()), going, weeks)
    return _with_activities(tables, rows, weeks, places)


def _with_weeks(
    tables: KnowledgeTables, going: range, weeks: Sequence[WeekEntry]
) -> KnowledgeTables:
    """What is kept for each week, with some in the place of others."""
    rows = Replacement(going, len(weeks))
    sizes = rows.in_rows(
        [end - start for start, end in pairwise(unpack(tables.first))],
        [len(week.week.activities) for week in weeks],
    )
    with_questions = pack(week.index for week in weeks if week.week.questions)
    return replace(
        tables,
        ids=rows.in_rows(tables.ids, (week.id for week in weeks)),
        files=rows.in_rows(tables.files, (week.file for week in weeks)),
        first=pack((0, *accumulate(sizes))),
        week_places=rows.in_rows(tables.week_places, (week.place for week in weeks)),
        week_years=rows.in_column(tables.week_years, pack(week.week.year for week in weeks)),
        week_days=rows.in_column(tables.week_days, pack(map(_days_of_week, weeks))),
        with_questions=bytes(rows.in_numbers(tables.with_questions, with_questions)),
        weeks_by_place=rows.in_index(
            tables.weeks_by_place, group(weeks, lambda week: week.places, going.start)
        ),
    )


def _with_activities(
    tables: KnowledgeTables,
    going: range,
    weeks: Sequence[WeekEntry],
    places: Mapping[str, Place],
) -> KnowledgeTables:
    """What is kept for each activity, with those of some weeks in the place of others."""
    own = [activity for week in weeks for activity in week.week.activities]
    rows, first = Replacement(going, len(own)), going.start
    names = {name.id: name for name in (*tables.vocabulary.names, *tables.names)}
    kinds = {kind.id: kind for kind in tables.vocabulary.kinds}
    broader = lru_cache(maxsize=None)(partial(with_broader, kinds=kinds))
    by_place = group(_places_of_activities(weeks, places), frozenset, first)
    by_name = group(own, lambda activity: names_in(activity, names), first)
    by_kind = group(own, lambda activity: broader(activity.kinds), first)
    by_day = group(own, lambda activity: days_of(activity.date, activity.until), first)
    with_slogans = pack(number for number, one in enumerate(own, first) if one.slogans)
    return replace(
        tables,
        days=rows.in_column(tables.days, pack(packed_days(one.date, one.until) for one in own)),
        since=rows.in_column(tables.since, pack(month_day(one.since) for one in own)),
        with_slogans=bytes(rows.in_numbers(tables.with_slogans, with_slogans)),
        by_place=rows.in_index(tables.by_place, by_place),
        by_name=rows.in_index(tables.by_name, by_name),
        by_kind=rows.in_index(tables.by_kind, by_kind),
        by_day=rows.in_index(tables.by_day, by_day),
    )


def _days_of_week(week: WeekEntry) -> int:
    dates = week.week.dates
    return packed_days(dates.start, dates.end) if dates else 0


def _places_of_activities(
    weeks: Sequence[WeekEntry], places: Mapping[str, Place]
) -> Iterator[frozenset[str]]:
    """For each activity the place of its own and those around it."""
    around = lru_cache(maxsize=None)(partial(places_around, places=places))  # many share a place
    for week in weeks:
        for activity in week.week.activities:
            own = activity.place
            yield around(own) | week.places if own else week.places

"""Which weeks lie in a scope, and how weeks and activities are grouped by place."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.answering.findings import Regions, Scope
from bot.answering.matching import MANY
from bot.knowledge.entries import NATION, ActivityEntry, WeekEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.rows import between

Fact = TypeVar("Fact", ActivityEntry, WeekEntry)

MOST_NEAREST = 6
"""So many dated activities are offered where a day has none."""


def weeks_in(scope: Scope, knowledge: KnowledgeBase) -> list[WeekEntry]:
    """The weeks of a scope: of the places themselves, else those that the places take part in."""
    numbers = _week_numbers(scope, knowledge)
    if len(numbers) > MANY:
        numbers = (_wide(numbers, knowledge) or numbers)[-MANY:]
    return list(knowledge.week_entries.select(numbers))


def _week_numbers(scope: Scope, knowledge: KnowledgeBase) -> Sequence[int]:
    by_place = knowledge.weeks_by_place
    if scope.is_national and not scope.places:
        return _of_years(by_place.numbers(NATION), scope, knowledge.weeks_of_year)
    if not scope.places:
        return _of_years(range(len(knowledge.week_entries)), scope, knowledge.weeks_of_year)
    numbers: list[int] = []
    for place in scope.places:
        here = _of_years(by_place.numbers(place), scope, knowledge.weeks_of_year)
        own = [n for n in here if knowledge.week_places[n] == place]
        own = [n for n in own if knowledge.week_entries[n].week.body is None] or own
        if not own:
            activities = knowledge.by_place.numbers(place)
            activities = _of_years(activities, scope, knowledge.activities_of_year)
            inside = dict.fromkeys(map(knowledge.weeks_of_activities.__getitem__, activities))
            own = [n for n in inside if n not in numbers]
        numbers.extend(own)
    return numbers


def _wide(numbers: Sequence[int], knowledge: KnowledgeBase) -> Sequence[int]:
    """Those of many weeks that are of whole regions or of the nation."""
    if isinstance(numbers, range):
        return between(knowledge.wide_weeks, numbers)
    wide = set(knowledge.wide_weeks)
    return [number for number in numbers if number in wide]


def _of_years(
    ascending: Sequence[int], scope: Scope, span_of: Callable[[int], range]
) -> Sequence[int]:
    """Those of some weeks or activities that are of the years of a scope, if it has any."""
    if not scope.years:
        return ascending
    found = [between(ascending, span_of(year)) for year in sorted({*scope.years})]
    return found[0] if len(found) == 1 else [number for own in found for number in own]


def weeks_of(entries: Iterable[ActivityEntry]) -> tuple[WeekEntry, ...]:
    """The weeks of some activities, each once, in their order."""
    return tuple(dict.fromkeys(entry.week for entry in entries))


def without_umbrellas(entries: tuple[ActivityEntry, ...]) -> tuple[ActivityEntry, ...]:
    """Leave out series whose parts are listed themselves; a ceremony is more than its parts."""
    parents = {(e.week.id, e.activity.part_of) for e in entries if e.activity.part_of}
    kept = tuple(
        e for e in entries if "series" not in e.kinds or (e.week.id, e.activity.id) not in parents
    )
    return kept or entries


def independent_places(places: Sequence[str], knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Places that do not lie in one another: a city named with its province is one place."""
    if len(places) < 2:
        return tuple(places)
    outer = {around for p in places for around in knowledge.within(p) if around != p}
    return tuple(place for place in places if place not in outer)


def latest_dated(weeks: Iterable[WeekEntry], knowledge: KnowledgeBase) -> tuple[ActivityEntry, ...]:
    """The activities of some weeks that have a day, the latest first, at most `MOST_NEAREST`."""
    dated = [
        (-week.week.year, -(knowledge.days[n] >> 16), n)
        for week in weeks
        for n in knowledge.numbers_of_weeks((week.index,))
        if knowledge.days[n]
    ]
    dated.sort(key=lambda day: day[:2])
    return tuple(knowledge.activities[n] for *_, n in dated[:MOST_NEAREST])


def grouped(
    facts: Iterable[Fact], place_of: Callable[[Fact], str]
) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Facts by the place that `place_of` gives, in order of first appearance."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(place_of(fact), []).append(fact)
    return tuple((place, tuple(found)) for place, found in groups.items())


def regions_of(weeks: Iterable[WeekEntry]) -> Regions:
    """Weeks by the place that they belong to, as an answer."""
    return Regions(grouped(weeks, lambda week: week.place), by_week=True)

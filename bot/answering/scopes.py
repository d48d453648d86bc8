"""Which weeks lie in a scope, and how weeks and activities are grouped by place."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.answering.findings import Regions, Scope
from bot.answering.matching import MANY
from bot.knowledge.knowledge_base import NATION, ActivityEntry, KnowledgeBase, WeekEntry

Fact = TypeVar("Fact", ActivityEntry, WeekEntry)

MOST_NEAREST = 6
"""So many dated activities are offered where a day has none."""


def weeks_in(scope: Scope, knowledge: KnowledgeBase) -> list[WeekEntry]:
    """The weeks of a scope: of the places themselves, else those that the places take part in."""
    numbers = [n for n in _week_numbers(scope, knowledge) if _is_of(scope, n, knowledge)]
    if len(numbers) > MANY:
        wide = set(knowledge.wide_weeks)
        numbers = ([n for n in numbers if n in wide] or numbers)[-MANY:]
    return list(knowledge.week_entries.select(numbers))


def _week_numbers(scope: Scope, knowledge: KnowledgeBase) -> list[int]:
    if scope.is_national and not scope.places:
        return list(knowledge.weeks_by_place.numbers(NATION))
    if not scope.places:
        return list(range(len(knowledge.week_entries)))
    numbers: list[int] = []
    for place in scope.places:
        own = [
            n
            for n in knowledge.weeks_by_place.numbers(place)
            if knowledge.week_places[n] == place and _is_of(scope, n, knowledge)
        ]
        own = [n for n in own if knowledge.week_entries[n].week.body is None] or own
        here = knowledge.by_place.numbers(place) if not own else ()
        inside = dict.fromkeys(knowledge.weeks_of_activities[n] for n in here)
        numbers.extend(own or [n for n in inside if n not in numbers])
    return numbers


def _is_of(scope: Scope, number: int, knowledge: KnowledgeBase) -> bool:
    """Whether a week is of one of the years of a scope, if it has any."""
    return not scope.years or knowledge.week_years[number] in scope.years


def weeks_of(entries: Iterable[ActivityEntry]) -> tuple[WeekEntry, ...]:
    """The weeks of some activities, each once, in their order."""
    return tuple(dict.fromkeys(entry.week for entry in entries))


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

"""Which weeks lie in a scope, and how weeks and activities are grouped by place."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.answering.findings import Regions, Scope
from bot.knowledge.knowledge_base import NATION, ActivityEntry, KnowledgeBase, WeekEntry

Fact = TypeVar("Fact", ActivityEntry, WeekEntry)

MOST_NEAREST = 6
"""So many dated activities are offered where a day has none."""


def weeks_in(scope: Scope, knowledge: KnowledgeBase) -> list[WeekEntry]:
    """The weeks of a scope: of the places themselves, else those that the places take part in."""
    if scope.places:
        found: list[WeekEntry] = []
        for place in scope.places:
            own = [w for w in knowledge.weeks_by_place.get(place, ()) if w.place == place]
            own = [w for w in own if w.week.body is None] or own
            inside = weeks_of(knowledge.by_place.get(place, ()))
            found.extend(own or [week for week in inside if week not in found])
    elif scope.is_national:
        found = list(knowledge.weeks_by_place.get(NATION, ()))
    else:
        found = list(knowledge.week_entries)
    return [week for week in found if not scope.years or week.week.year in scope.years]


def weeks_of(entries: Iterable[ActivityEntry]) -> tuple[WeekEntry, ...]:
    """The weeks of some activities, each once, in their order."""
    return tuple(dict.fromkeys(entry.week for entry in entries))


def independent_places(places: Sequence[str], knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Places that do not lie in one another: a city named with its province is one place."""
    return tuple(
        place for place in places
        if not any(place != other and place in knowledge.within(other) for other in places)
    )  # fmt: skip


def latest_dated(weeks: Iterable[WeekEntry], knowledge: KnowledgeBase) -> tuple[ActivityEntry, ...]:
    """The activities of some weeks that have a day, the latest first, at most `MOST_NEAREST`."""
    dated = [e for week in weeks for e in knowledge.by_week.get(week.id, ()) if e.first_day]
    return tuple(sorted(dated, key=lambda entry: -entry.first_day))[:MOST_NEAREST]


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

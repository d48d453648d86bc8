"""What the knowledge says for an attribute of an activity: who, where, which, how many."""

from collections.abc import Callable, Iterable, Sequence

from bot.answering.value_texts import (
    day_text,
    figure_text,
    period_text,
    place_text,
    span_text,
    world_ip_day_text,
)
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.facts import Reference, Text
from bot.knowledge.knowledge_base import KnowledgeBase


def _names(references: Iterable[Reference], knowledge: KnowledgeBase) -> list[Text]:
    return [knowledge.name_text(reference) for reference in references]


Source = Callable[[ActivityEntry, KnowledgeBase], Sequence[Text]]


def _organisers(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    """The organisers of an activity, else those of its week."""
    references = entry.activity.organisers or entry.week.week.organisers
    return _names(references, knowledge)


def _dates(entry: ActivityEntry, _: KnowledgeBase) -> Sequence[Text]:
    activity = entry.activity
    if activity.date:
        return [span_text(activity.date, activity.until or activity.date)]
    if activity.since:
        since = day_text(activity.since)
        return [Text(f"since {since.en}", f"{since.zh}起")]
    return []


def _places(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    where = place_text(entry.place, knowledge)
    venue = entry.activity.venue
    if venue is None:
        return [where]
    return [Text(f"{venue.en or venue.zh}, {where.en}", f"{where.zh}{venue.zh or venue.en}")]


def _period(entry: ActivityEntry, _: KnowledgeBase) -> Sequence[Text]:
    period = entry.activity.period
    return [period_text(period)] if period is not None else []


def _details(id: str) -> Source:
    return lambda entry, _: entry.activity.details.get(id, ())


def _parts(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    parts = [part.title for part in entry.activity.parts]
    return parts or [child.activity.title for child in children_of(entry, knowledge)]


def _parent(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    for id in sorted(entry.names):
        owner = knowledge.names[id].part_of
        if owner:
            return [knowledge.name_text(owner)]
    for other in knowledge.by_week.get(entry.week.id, ()):
        if other.activity.id == entry.activity.part_of:
            return [other.activity.title]
    return []


def _partners(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    return _names(entry.activity.partners, knowledge)


def _taking_part(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    """The partners, and those who organised with them."""
    own = entry.activity
    return _names((*own.partners, *own.organisers), knowledge)


def _joint_organisers(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    """Several organisers are one another's partners."""
    organisers = entry.activity.organisers
    return _names(organisers, knowledge) if len(organisers) > 1 else []


def _works(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    return _names(entry.activity.works, knowledge)


SOURCES: dict[str, tuple[Source, ...]] = {
    "theme": (lambda e, _: e.activity.themes,),
    "slogan": (lambda e, _: e.activity.slogans,),
    "dates": (_dates,),
    "start": (_dates,),
    "end": (_dates,),
    "organiser": (_organisers,),
    "partner": (_partners, _joint_organisers),
    "place": (_places,),
    "audience": (lambda e, _: e.activity.audience,),
    "participant": (lambda e, _: e.activity.audience, _taking_part, lambda e, _: e.activity.people),
    "medium": (
        lambda e, k: [*_names(e.activity.media, k), *_names(e.activity.platforms, k)],
        _details("means"),
    ),
    "number": (lambda e, _: [figure_text(figure) for figure in e.activity.figures],),
    "period": (_period,),
    "topic": (
        lambda e, _: [*e.activity.details.get("field", ()), *e.activity.themes],
        lambda e, _: e.activity.topics,
    ),
    "content": (_details("content"), lambda e, _: e.activity.topics),
    "title": (_works, lambda e, _: [e.activity.title]),
    "part": (_parts, lambda e, _: e.activity.themes),
    "line": (_details("line"),),
    "level": (_details("level"),),
    "form": (_details("form"),),
    "means": (_details("means"),),
    "purpose": (_details("purpose"),),
    "result": (_details("result"),),
    "condition": (lambda e, _: [e.activity.condition] if e.activity.condition else [],),
    "people": (lambda e, _: e.activity.people,),
    "parent": (_parent,),
    "world-ip-day": (lambda e, _: world_ip_day_text(e.week),),
}
"""For each attribute where its values stand, the first place that has some wins."""

TIMES = frozenset({"dates", "start", "end"})
"""Attributes that tell when."""
SOFT = frozenset({
    "place", "topic", "content", "title", "part", "means", "purpose", "result", "medium", "parent",
    "form", "level", "participant",
})  # fmt: skip
"""Attributes that the summary may answer in its own words when no value is set apart."""


def values_of(attribute: str, entry: ActivityEntry, knowledge: KnowledgeBase) -> list[Text]:
    """The values of an attribute; empty when the knowledge has none."""
    for source in SOURCES.get(attribute, (_details(attribute),)):
        values = list(source(entry, knowledge))
        if values:
            return values
    return []


def all_values_of(attribute: str, entry: ActivityEntry, knowledge: KnowledgeBase) -> set[Text]:
    """Whatever may be told for an attribute, also where a better place has values."""
    sources = SOURCES.get(attribute, (_details(attribute),))
    return {value for source in sources for value in source(entry, knowledge)}


def names_of_kind(
    kinds: Iterable[str], entry: ActivityEntry, knowledge: KnowledgeBase
) -> list[Text]:
    """The bodies and things of an activity that are of one of these kinds, in file order."""
    wanted = set(kinds)
    found: list[Text] = []
    own = entry.activity
    for role in (own.partners, own.media, own.platforms, own.organisers, own.works):
        for reference in role:
            name = knowledge.names.get(reference) if isinstance(reference, str) else None
            if name is None:
                continue
            used = "platform" in wanted and reference in own.platforms
            if used or wanted & kinds_with_broader(name.kind, knowledge):
                found.append(name.name)
    return found


def kinds_with_broader(kind: str, knowledge: KnowledgeBase) -> set[str]:
    """A kind of name and the kinds that include it."""
    for entry in knowledge.vocabulary.name_kinds:
        if entry.id == kind:
            return {kind, *entry.broader}
    return {kind}


def children_of(entry: ActivityEntry, knowledge: KnowledgeBase) -> tuple[ActivityEntry, ...]:
    """The activities that belong to this one."""
    return tuple(
        other
        for other in knowledge.by_week.get(entry.week.id, ())
        if other.activity.part_of == entry.activity.id
    )

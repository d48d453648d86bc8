"""What the knowledge says for an attribute of an activity or a week: who, where, which, how many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from bot.knowledge.facts import Activity, Figure, Reference, Text
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase, WeekEntry

MONTHS_EN = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day_text(day: str, *, with_year: bool = True) -> Text:
    """ "2021-04-20" in words."""
    value = date.fromisoformat(day)
    year_en, year_zh = (f" {value.year}", f"{value.year}年") if with_year else ("", "")
    return Text(
        f"{value.day} {MONTHS_EN[value.month]}{year_en}", f"{year_zh}{value.month}月{value.day}日"
    )


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


_BOUND = {
    "exactly": ("", ""), "more than": ("more than ", "超过"), "about": ("about ", "约"),
    "nearly": ("nearly ", "近"), "at least": ("at least ", "至少"),
}  # fmt: skip


def figure_text(figure: Figure) -> Text:
    """ "more than 10 million people"."""
    number = number_text(figure.value)
    english, chinese = _BOUND[figure.bound]
    return Text(
        f"{english}{number.en} {figure.of.en or figure.of.zh}",
        f"{chinese}{number.zh}{figure.of.zh or ' ' + figure.of.en}",
    )


def place_text(id: str, knowledge: KnowledgeBase) -> Text:
    """A place with the region it lies in: Kunming (Yunnan)."""
    place = knowledge.place(id)
    region = knowledge.region_of(id)
    if region == id:
        return place.name
    parent = knowledge.place(region).name
    return Text(f"{place.name.en} ({parent.en})", f"{parent.zh}{place.name.zh}")


def _names(references: Iterable[Reference], knowledge: KnowledgeBase) -> list[Text]:
    return [knowledge.name_text(reference) for reference in references]


Source = Callable[[ActivityEntry, KnowledgeBase], Sequence[Text]]


def _organisers(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    return _names(entry.activity.organisers, knowledge) or _names(entry.week.week.organisers, knowledge)


def _dates(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
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


def _period(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    period = entry.activity.period
    if period is None:
        return []
    if period.start == period.end:
        return [Text(str(period.start), f"{period.start}年")]
    return [Text(f"{period.start}–{period.end}", f"{period.start}—{period.end}年")]


def _details(id: str) -> Source:
    return lambda entry, knowledge: entry.activity.details.get(id, ())


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


def _works(entry: ActivityEntry, knowledge: KnowledgeBase) -> Sequence[Text]:
    return _names(entry.activity.works, knowledge)


SOURCES: dict[str, tuple[Source, ...]] = {
    "theme": (lambda e, k: e.activity.themes,),
    "slogan": (lambda e, k: e.activity.slogans,),
    "dates": (_dates,),
    "start": (_dates,),
    "end": (_dates,),
    "organiser": (_organisers,),
    "partner": (lambda e, k: _names(e.activity.partners, k), lambda e, k: _names(e.activity.organisers, k) if len(e.activity.organisers) > 1 else []),
    "place": (_places,),
    "audience": (lambda e, k: e.activity.audience,),
    "medium": (
        lambda e, k: [*_names(e.activity.media, k), *_names(e.activity.platforms, k)],
        _details("means"),
    ),
    "number": (lambda e, k: [figure_text(figure) for figure in e.activity.figures],),
    "period": (_period,),
    "topic": (lambda e, k: [*e.activity.details.get("field", ()), *e.activity.themes], lambda e, k: e.activity.topics),
    "content": (_details("content"), lambda e, k: e.activity.topics),
    "title": (_works, lambda e, k: [e.activity.title]),
    "part": (_parts, lambda e, k: e.activity.themes),
    "line": (_details("line"),),
    "level": (_details("level"),),
    "form": (_details("form"),),
    "means": (_details("means"),),
    "purpose": (_details("purpose"),),
    "result": (_details("result"),),
    "condition": (lambda e, k: [e.activity.condition] if e.activity.condition else [],),
    "people": (lambda e, k: e.activity.people,),
    "parent": (_parent,),
    "world-ip-day": (lambda e, k: world_ip_day_text(e.week),),
}
"""For each attribute where its values stand, the first place that has some wins."""

SOFT = frozenset({"place", "topic", "content", "title", "part", "means", "purpose", "result", "medium", "parent", "form", "level", "condition"})
"""Attributes that the summary may answer in its own words when no value is set apart."""


def values_of(attribute: str, entry: ActivityEntry, knowledge: KnowledgeBase) -> list[Text]:
    """The values of an attribute; empty when the knowledge has none."""
    for source in SOURCES.get(attribute, (_details(attribute),)):
        values = list(source(entry, knowledge))
        if values:
            return values
    return []


def names_of_kind(kinds: Iterable[str], entry: ActivityEntry, knowledge: KnowledgeBase) -> list[Text]:
    """The bodies and things of an activity that are of one of these kinds, in file order."""
    wanted = set(kinds)
    found: list[Text] = []
    activity = entry.activity
    for role in (activity.partners, activity.media, activity.platforms, activity.organisers, activity.works):
        for reference in role:
            name = knowledge.names.get(reference) if isinstance(reference, str) else None
            if name is not None and wanted & kinds_with_broader(name.kind, knowledge):
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


def world_ip_day_text(week: WeekEntry) -> list[Text]:
    """ "21st World IP Day"; empty when not stated."""
    number = week.week.world_ip_day
    if number is None:
        return []
    return [Text(f"{ordinal(number)} World IP Day", f"第{number}个世界知识产权日")]


def ordinal(number: int) -> str:
    """1st, 2nd, 21st."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def all_values(entry: ActivityEntry, knowledge: KnowledgeBase) -> Iterator[Text]:
    """Every value that stands apart in an activity, whatever its attribute."""
    activity: Activity = entry.activity
    for role in (activity.partners, activity.organisers, activity.media, activity.platforms, activity.works):
        yield from _names(role, knowledge)
    yield from activity.audience
    yield from activity.topics
    yield from activity.themes
    yield from activity.slogans
    for part in activity.parts:
        yield part.title
    for texts in activity.details.values():
        yield from texts
    yield from activity.people

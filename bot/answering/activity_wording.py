"""Words for activities: one as a whole, several as a list, and what was planned or held."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answering.attributes import children_of, values_of
from bot.answering.findings import Activities, ModalityOf, OneActivity, Scope
from bot.answering.reply import Block, BulletList, Paragraph, Status, Suggestion
from bot.answering.scopes import weeks_of, without_umbrellas
from bot.answering.told import Told, ids_of, week_facts
from bot.answering.value_texts import span_text
from bot.answering.wording import Wording, capital
from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.knowledge.vocabulary import Kind

SHORT_LIST = 5
"""Up to this many activities are told by their summaries, more by their titles."""
_SHOWN_IN_ALL = 8
"""So many activities of several weeks a channel with little room shows at first."""


def tell_one(finding: OneActivity, words: Wording) -> Told:
    """A single activity."""
    entry = finding.entry
    blocks: list[Block] = [Paragraph(words.text(entry.activity.summary), strong=True)]
    children = children_of(entry, words.knowledge)
    blocks.extend(parts_of(entry, words))
    if children and not entry.activity.parts:
        items = (item(child, words, brief=True, dated=False) for child in children)
        blocks.append(BulletList(tuple(items)))
    blocks.append(Paragraph(status_line(entry, words)))
    return told_of((entry, *finding.others), blocks, words)


def tell_activities(finding: Activities, words: Wording) -> Told:
    """A list of activities, week by week."""
    entries = without_umbrellas(finding.entries)
    if len(entries) == 1 and not finding.counted:
        return tell_one(OneActivity(entries[0]), words)
    weeks = _latest_first(weeks_of(entries), finding.scope)
    modalities = {entry.activity.modality for entry in entries}
    marked = len(modalities) > 1
    blocks: list[Block] = [Paragraph(_heading(finding, entries, weeks, words), strong=True)]
    if len(weeks) == 1:
        dated = finding.scope.date is None
        blocks.append(BulletList(_items(entries, words, dated=dated, marked=marked)))
    else:
        by_week: dict[WeekEntry, list[ActivityEntry]] = {week: [] for week in weeks}
        for entry in entries:
            by_week[entry.week].append(entry)
        for week, own in by_week.items():
            items = _items(own, words, dated=True, marked=marked)
            title = words.of_week("ask_region_short", week)
            shown = max(2, _SHOWN_IN_ALL // len(weeks))
            blocks.append(BulletList(items, heading=title, shown=shown))
    alike = modalities in ({"planned"}, {"held"})
    note = entries[0].activity.modality if alike else "mixed"
    blocks.append(Paragraph(words.say(f"list_modality_{note}")))
    if any(week.week.completeness == "incomplete" for week in weeks):
        blocks.append(Paragraph(words.say("known_so_far")))
    if finding.other_years:
        years = words.enumerated(map(str, finding.other_years))
        blocks.append(Paragraph(words.say("other_years", years=years)))
    ids = ids_of(entries)
    around = (*_of_other_years(finding, words), *words.around(weeks[0]))
    return Told(Status.ANSWERED, tuple(blocks), ids, weeks, entries, around)


def _latest_first(weeks: Sequence[WeekEntry], scope: Scope) -> tuple[WeekEntry, ...]:
    """The latest weeks first, in each year those of the places that were named."""
    return tuple(sorted(weeks, key=lambda week: (-week.week.year, week.place not in scope.places)))


def _of_other_years(finding: Activities, words: Wording) -> Iterator[Suggestion]:
    """The same question about the years that were left out."""
    for place in finding.scope.places[:1]:
        for year in finding.other_years:
            short = words.say("ask_region_short", where=words.where(place), year=year)
            full = words.say("ask_region", where=words.where(place), year=year)
            yield Suggestion(short, full)


def tell_modality(finding: ModalityOf, words: Wording) -> Told:
    """Whether something was planned or held."""
    if not finding.entries and finding.week is not None:
        return _week_modality(finding.week, words)
    entry = finding.entries[0]
    condition = words.text(entry.activity.condition)
    line = words.say(
        f"modality_{_modality(entry)}",
        title=words.text(entry.activity.title),
        condition=condition,
    )
    blocks: list[Block] = [Paragraph(line, strong=True), Paragraph(status_line(entry, words))]
    rest = finding.entries[1:]
    if rest:
        items = (item(other, words, brief=True, marked=True) for other in rest)
        blocks.append(BulletList(tuple(items)))
    weeks = weeks_of(finding.entries)
    ids = ids_of(finding.entries)
    around = words.around(entry.week)
    return Told(Status.ANSWERED, tuple(blocks), ids, weeks, finding.entries, around)


def _week_modality(week: WeekEntry, words: Wording) -> Told:
    modality = "planned" if week.week.modality == "conditional" else week.week.modality
    line = Paragraph(words.of_week(f"week_modality_{modality}", week), strong=True)
    facts = week_facts((week,), "modality")
    return Told(Status.ANSWERED, (line,), facts, (week,), (), words.around(week))


# --- pieces that other answers use too ---------------------------------------------------


def told_of(entries: tuple[ActivityEntry, ...], blocks: Iterable[Block], words: Wording) -> Told:
    """An answer that rests on activities, the main one first; the others are listed below."""
    more = [more_of(entries[0], entries[1:], words)] if len(entries) > 1 else []
    around = words.around(entries[0].week)
    weeks = weeks_of(entries)
    return Told(Status.ANSWERED, (*blocks, *more), ids_of(entries), weeks, entries, around)


def parts_of(entry: ActivityEntry, words: Wording) -> list[BulletList]:
    """The sessions of a series as a list; nothing for other activities."""
    titles = tuple(words.text(part.title) for part in entry.activity.parts)
    return [BulletList(titles)] if titles else []


def more_of(entry: ActivityEntry, others: Sequence[ActivityEntry], words: Wording) -> BulletList:
    """Further activities below an answer about one; those of other weeks name their week."""
    items = []
    for other in others:
        line = words.text(other.activity.summary)
        if other.week is not entry.week:
            line = f"{words.of_week('ask_region_short', other.week)}: {line}"
        items.append(line)
    return BulletList(tuple(items), heading=words.say("more_activities"))


def status_line(entry: ActivityEntry, words: Wording) -> str:
    """When, where, and whether it was planned or held."""
    modality = _modality(entry)
    values: dict[str, object] = {
        "where": words.where(entry.place), "year": entry.week.week.year,
    }  # fmt: skip
    if entry.activity.condition is not None:
        values["condition"] = words.text(entry.activity.condition)
    dates = values_of("dates", entry, words.knowledge)
    if not dates:
        return words.say(f"status_{modality}_week", **values)
    ending = ""
    if modality == "planned" and entry.last_day >= words.today.toordinal():
        ending = "_ahead"
    elif modality == "held" and entry.activity.since and not entry.activity.date:
        ending = "_since"
    elif modality == "held" and entry.activity.until:
        ending = "_span"
    return words.say(f"status_{modality}{ending}", when=words.text(dates[0]), **values)


def item(
    entry: ActivityEntry,
    words: Wording,
    *,
    brief: bool,
    dated: bool = True,
    marked: bool = False,
) -> str:
    """An activity as a line of a list.

    `brief`: by its title instead of its summary; `dated`: with its day; `marked`: with its
    modality.
    """
    activity = entry.activity
    text = _title(entry, words) if brief else words.text(activity.summary)
    notes: list[str] = []
    if dated:
        notes.extend(map(words.text, values_of("dates", entry, words.knowledge)[:1]))
    if brief and entry.place != entry.week.place:
        notes.append(words.text(words.knowledge.place(entry.place).name))
    if marked:
        notes.append(words.say(f"mark_{activity.modality}"))
    if not notes:
        return text
    return words.bracketed(text.rstrip(".。"), words.say("join_places").join(notes))


def _items(
    entries: Sequence[ActivityEntry], words: Wording, *, dated: bool, marked: bool
) -> tuple[str, ...]:
    brief = len(entries) > SHORT_LIST
    return tuple(item(e, words, brief=brief, dated=dated, marked=marked) for e in entries)


def _title(entry: ActivityEntry, words: Wording) -> str:
    title = words.text(entry.activity.title)
    return capital(title) if words.language == "en" else title


def _modality(entry: ActivityEntry) -> str:
    """How an activity is spoken of; what has no condition to name is simply planned."""
    activity = entry.activity
    if activity.modality == "conditional" and activity.condition is None:
        return "planned"
    return activity.modality


def _heading(
    finding: Activities,
    entries: Sequence[ActivityEntry],
    weeks: Sequence[WeekEntry],
    words: Wording,
) -> str:
    """ "Fujian, 20 April 2021: 7 activities"."""
    scope, count = finding.scope, count_text(finding.of_kind, len(entries), words)
    own = len(weeks) == 1 and (scope.date is None or not scope.places)
    if own and not (scope.places and scope.places[0] not in weeks[0].places):
        where = words.week_where(weeks[0])
    elif scope.places:
        where = words.where(scope.places[0])
    else:
        where = words.enumerated(map(words.week_where, weeks))
    if scope.date is None:
        years = sorted({week.week.year for week in weeks})
        span = "–".join(map(str, dict.fromkeys((years[0], years[-1]))))
        return capital(words.say("list_week", where=where, year=span, count=count))
    when = _common_day(entries, words) or words.when(scope.date, weeks, scope.years)
    return words.say("list_day", where=where, when=when, count=count)


def _common_day(entries: Sequence[ActivityEntry], words: Wording) -> str:
    """The days that all activities share; empty when they differ."""
    days = {(entry.activity.date, entry.activity.until) for entry in entries}
    first, last = days.pop()
    if days or not first:
        return ""
    return words.text(span_text(first, last or first))


def count_text(kind_id: str, number: int, words: Wording) -> str:
    """ "3 exhibitions", "one activity"."""
    kind = words.knowledge.kinds.get(kind_id)
    if kind is not None:
        return words.say("count_kind", n=number, kind=_kind_name(kind, number, words))
    if number == 1:
        return words.say("count_one_activity")
    return words.say("count_activities", n=number)


def _kind_name(kind: Kind, number: int, words: Wording) -> str:
    if words.language == "zh" or number == 1:
        return words.text(kind.name)
    return kind.plural or kind.name.en + "s"

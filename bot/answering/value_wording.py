"""Words for values of activities, for definitions, and for yes or no."""

from msgspec.structs import replace

from bot.answering.activity_wording import parts_of, status_line, told_of
from bot.answering.findings import Definition, Values, ValuesByActivity, Verdict
from bot.answering.reply import Block, BulletList, Paragraph, Status
from bot.answering.told import Told, ids_of, week_facts
from bot.answering.week_wording import week_line
from bot.answering.wording import Wording, capital
from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.knowledge.facts import Text

_MOST_ENTRIES = 3
"""A definition names at most so many activities in which the thing comes up."""


def tell_values(finding: Values, words: Wording) -> Told:
    """The values of an attribute, then the activity they belong to."""
    entry, values = finding.entry, words.values(finding.values)
    if finding.attribute == "number":
        line = words.sentence(values)
    elif finding.counted:
        line = words.say("attribute_count", n=len(finding.values), values=values)
    else:
        label = capital(words.text(finding.label))
        line = words.say("attribute_line", label=label, values=values)
    summary = Paragraph(words.text(entry.activity.summary))
    blocks: list[Block] = [Paragraph(line, strong=True), summary]
    if finding.attribute != "part":
        blocks.extend(parts_of(entry, words))
    blocks.append(Paragraph(status_line(entry, words)))
    return told_of((entry, *finding.others), blocks, words)


def tell_values_by_activity(finding: ValuesByActivity, words: Wording) -> Told:
    """The values of an attribute, each once, with the activities it belongs to."""
    entries = tuple(entry for entry, _ in finding.rows)
    week = entries[0].week
    label = words.text(finding.label)
    head = capital(words.of_week("list_week", week, count=label))
    titles: dict[tuple[Text, ...], list[Text]] = {}
    for entry, values in finding.rows:
        titles.setdefault(values, []).append(entry.activity.title)
    items = tuple(words.bracketed(words.values(v), words.values(of)) for v, of in titles.items())
    blocks = (Paragraph(head, strong=True), BulletList(items))
    return Told(Status.ANSWERED, blocks, ids_of(entries), (week,), entries, words.around(week))


def tell_definition(finding: Definition, words: Wording) -> Told:
    """What a named thing is, and where it comes up."""
    name = words.knowledge.names[finding.name]
    what = words.text(name.what).rstrip(".。")
    line = words.say("definition", name=words.text(name.name), what=what)
    if name.part_of:
        owner = words.text(words.knowledge.name_text(name.part_of))
        line = line + words.say("definition_part_of", owner=owner)
    head = Paragraph(line, strong=True)
    entries = finding.entries[:_MOST_ENTRIES]
    if not entries:
        return Told(Status.ANSWERED, (head,))
    summary = Paragraph(words.text(entries[0].activity.summary))
    return told_of(
        tuple(entries), (head, summary, Paragraph(status_line(entries[0], words))), words
    )


def tell_verdict(finding: Verdict, words: Wording) -> Told:
    """Yes or no with what decides it."""
    entry = finding.entry
    if entry is not None:
        return _tell_verdict_on_activity(finding, entry, words)
    if finding.week is not None:
        return _tell_verdict_on_week(finding, finding.week, words)
    return Told(Status.ANSWERED, ())


def _tell_verdict_on_week(finding: Verdict, week: WeekEntry, words: Wording) -> Told:
    blocks: tuple[Block, ...] = ()
    value = words.values(finding.corrected)
    if value:
        line = week_line(finding.attribute, week, value, words)
        line = words.say("verdict", verdict=_yes_or_no(finding, words), value=line)
        blocks = (Paragraph(line, strong=True),)
    facts = week_facts((week,), finding.attribute)
    return Told(Status.ANSWERED, blocks, facts, (week,), (), words.around(week))


def _tell_verdict_on_activity(finding: Verdict, entry: ActivityEntry, words: Wording) -> Told:
    value, summary = words.values(finding.corrected), words.text(entry.activity.summary)
    verdict = _yes_or_no(finding, words)
    if finding.attribute == "name" and not finding.holds:
        line = words.sentence(words.say("verdict_names_no", value=value))
    elif value:
        line = words.sentence(words.say("verdict", verdict=verdict, value=value))
    else:
        line = words.say("verdict", verdict=verdict, value=summary)
    blocks: list[Block] = [Paragraph(line, strong=True)]
    if value:
        blocks.append(Paragraph(summary))
    blocks.extend(parts_of(entry, words))
    blocks.append(Paragraph(status_line(entry, words)))
    told = told_of((entry, *finding.others), blocks, words)
    return replace(told, weeks=(entry.week,))


def _yes_or_no(finding: Verdict, words: Wording) -> str:
    """The first word of a verdict; what was only planned is never a plain yes."""
    if not finding.holds:
        return words.say("no")
    activity = finding.entry.activity if finding.entry is not None else None
    if activity is not None and activity.modality == "planned":
        return words.say("yes_planned")
    if activity is not None and activity.modality == "conditional" and activity.condition:
        return words.say("yes_conditional", condition=words.text(activity.condition))
    return words.say("yes")

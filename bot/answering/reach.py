"""Facts that no question can reach, though their files are right.

A detail is reached when some attribute that people have words for tells it. An activity is
reached when a question in the words of its own title leads to it; only those are asked
whose title holds nothing that another activity of the week does not hold too.
"""

from collections.abc import Iterator, Sequence

from bot.answering.assistant import Assistant
from bot.answering.attributes import all_values_of
from bot.answering.checked_questions import ASKED_AT
from bot.answering.message import IncomingMessage
from bot.knowledge.facts import Text
from bot.knowledge.flaws import Flaw, Place
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase

_BY_TITLE = Text(en="{title} in {place} in {year}", zh="{place}{year}年{title}")


def unreached_facts(assistant: Assistant) -> Iterator[Flaw]:
    """A warning for each activity and each detail that no question leads to."""
    knowledge = assistant.knowledge
    known = knowledge.vocabulary.attributes
    askable = [
        attribute.id for attribute in known
        if any((*attribute.cues.en, *attribute.cues.zh, *attribute.asks.en, *attribute.asks.zh))
    ]  # fmt: skip
    ids = frozenset(attribute.id for attribute in known)
    for week in knowledge.week_entries:
        entries = knowledge.of_week(week)
        for number, entry in enumerate(entries):
            for detail in ids & entry.activity.details.keys():
                if not _is_told(detail, entry, askable, knowledge):
                    place = Place(week.file, ("activities", number, "details", detail), "key")
                    message = f'no question reaches what stands under "{detail}" here'
                    mend = "write it into a field of the activity, or under another attribute"
                    yield Flaw(place, message, mend, "warning")
        yield from _alike(assistant, entries)


def _is_told(
    detail: str, entry: ActivityEntry, askable: Sequence[str], knowledge: KnowledgeBase
) -> bool:
    texts = set(entry.activity.details[detail])
    return any(texts <= all_values_of(attribute, entry, knowledge) for attribute in askable)


def _alike(assistant: Assistant, entries: Sequence[ActivityEntry]) -> Iterator[Flaw]:
    """Activities of a week whose titles do not tell them from another one."""
    indexed = [assistant.facts.of(entry) for entry in entries]
    for number, (entry, own) in enumerate(zip(entries, indexed, strict=True)):
        other = next(
            (o for o, its in zip(entries, indexed, strict=True)
             if o is not entry and own.title_terms <= its.terms), None,
        )  # fmt: skip
        if (other is None and own.title_terms) or _is_reached(assistant, entry, len(entries)):
            continue
        message = f'no question leads to "{entry.activity.id}"'
        if other is not None:
            message += f': all words of its title stand in "{other.activity.id}" too'
        mend = "say in the title what is special about it, or make one activity of the two"
        yield Flaw(
            Place(entry.week.file, ("activities", number, "title")), message, mend, "warning"
        )


def _is_reached(assistant: Assistant, entry: ActivityEntry, size: int) -> bool:
    """Whether its title leads to it; not where the answer lists the whole week of this size."""
    week = entry.week.week
    name = week.body or assistant.knowledge.place(entry.week.place).name
    for language in ("en", "zh"):
        title, place = entry.activity.title.in_language(language), name.in_language(language)
        asked = _BY_TITLE.in_language(language).format(title=title, place=place, year=week.year)
        reply = assistant.reply(IncomingMessage(asked, "check", ASKED_AT), None).reply
        facts = {fact.partition("#")[0] for fact in reply.facts}
        if entry.id in facts and len(facts) < size:
            return True
    return False

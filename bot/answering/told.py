"""What is told of a finding, before it becomes a reply: blocks, facts and what to ask next."""

from collections.abc import Iterable

from msgspec import Struct

from bot.answering.reply import Block, SourceLink, Status, Suggestion
from bot.knowledge.entries import ActivityEntry, WeekEntry


class Told(Struct, frozen=True):
    """The parts of a reply that depend on the finding."""

    status: Status
    blocks: tuple[Block, ...]
    facts: tuple[str, ...] = ()
    """Ids of activities, and "<week id>#<attribute>" for what a week says itself."""
    weeks: tuple[WeekEntry, ...] = ()
    """Weeks that the facts belong to; their sources are shown."""
    entries: tuple[ActivityEntry, ...] = ()
    """Activities whose sources are shown; they come before those of the weeks."""
    suggestions: tuple[Suggestion, ...] = ()
    links: tuple[SourceLink, ...] = ()
    """Sources of what is kept with the vocabulary."""


def ids_of(entries: Iterable[ActivityEntry]) -> tuple[str, ...]:
    """The fact ids of some activities."""
    return tuple(entry.id for entry in entries)


def week_facts(weeks: Iterable[WeekEntry], attribute: str) -> tuple[str, ...]:
    """The fact ids of an attribute of some weeks."""
    return tuple(f"{week.id}#{attribute}" for week in weeks)

"""Which week a question speaks of: the publicity week, that of a place, or one of another cause."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.knowledge.entries import NATION
from bot.understanding.gazetteer import Mention, Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.question import Unit

_CALENDAR = frozenset("this next last every each per a one".split())
"""Words before "week" that make it one of the calendar."""
_LOOSE = frozenset({EntityType.FILLER, EntityType.GENERAL})
"""Types of phrases that may stand within the name of a week."""


def read_week(
    tagging: Tagging, mentions: Sequence[Mention], units: tuple[Unit, ...]
) -> tuple[bool, tuple[Unit, ...]]:
    """Whether the publicity week is named; and the units, those that say of what another week is
    as words of another subject.
    """
    named = _is_week_of_place(tagging, mentions)
    weeks = [mention for mention in mentions if mention.has(EntityType.DOMAIN)]
    if not weeks:
        return named, units
    other = _of_other_weeks(tagging, mentions, units)
    named = named or any(week.first not in other for week in weeks)
    return named, _with_other_weeks(units, other, tagging)


def _of_other_weeks(
    tagging: Tagging, mentions: Sequence[Mention], units: Sequence[Unit]
) -> dict[int, range]:
    """The first token of each "week" that is one of something else, and the words that say so:
    "abuse" in "drug abuse awareness week", the 无偿献血 of 无偿献血宣传周, up to the place or the
    beginning before them.
    """
    strange = {u.first for u in units if u.foreign or u.ordinary or u.is_strange}
    if not tagging.utterance.has_chinese:
        weeks = (mention.first for mention in mentions if mention.has(EntityType.DOMAIN))
        return {week: range(week - 1, week) for week in weeks if week - 1 in strange}
    solid = {i for m in mentions if not m.types <= _LOOSE for i in range(m.first, m.end)}
    begins = {0, *(mention.end for mention in mentions if mention.has(EntityType.PLACE))}
    found: dict[int, range] = {}
    for mention in mentions:
        if not mention.has(EntityType.DOMAIN):
            continue
        first = mention.first
        while first and first - 1 not in solid and not tagging.utterance.tokens[first].gap:
            first -= 1
        words = range(first, mention.first)
        if first in begins and not strange.isdisjoint(words):
            found[mention.first] = words
    return found


def _with_other_weeks(
    units: tuple[Unit, ...], other: Mapping[int, range], tagging: Tagging
) -> tuple[Unit, ...]:
    """The units, those that say of what another week is as words of another subject."""
    if not (other and tagging.utterance.has_chinese):
        return units
    words = {index for said in other.values() for index in said}
    return tuple(replace(u, foreign=True) if u.first in words else u for u in units)


def _is_week_of_place(tagging: Tagging, mentions: Sequence[Mention]) -> bool:
    """Whether it speaks of "Yunnan's week" or "the week in Yunnan", not of next week there.

    Any week beside the country's name is that of the country.
    """
    words = tagging.utterance.words
    if "week" not in words:
        return False
    if any(meaning.id == NATION for mention in mentions for meaning in mention.meanings):
        return True
    week = words.index("week")
    if week and words[week - 1] in _CALENDAR:
        return False
    after = week + 2 if words[week + 1 : week + 2] in (("in",), ("of",)) else -1
    places = (mention for mention in mentions if mention.has(EntityType.PLACE))
    return any(mention.end == week or mention.first == after for mention in places)

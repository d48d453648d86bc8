"""From a text to a question: which slots its words fill and what kind of answer they want."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.knowledge.entries import NATION
from bot.understanding.asides import find_asides
from bot.understanding.attributes_asked import asked_attributes
from bot.understanding.dates import DateMentions, find_dates
from bot.understanding.excepted import find_excepted
from bot.understanding.fact_index import FactIndex
from bot.understanding.gazetteer import Gazetteer, Mention, Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.numbers import find_numbers
from bot.understanding.places_asked import wants_many_places
from bot.understanding.question import CONTENT_WEIGHT, Question, Unit
from bot.understanding.question_forms import (
    SUPERLATIVE,
    asked_name_kinds,
    asked_terms,
    is_polar,
)
from bot.understanding.units import UnitReader
from bot.understanding.utterance import MAX_TOKENS, read_utterance
from bot.understanding.weeks_named import read_week
from bot.understanding.whereabouts import find_whereabouts

_TALK_ORDER = ("help", "thanks", "goodbye", "greeting")
"""Which small talk wins where several stand together: "hi, thanks"."""
_BESIDE_TALK = frozenset({
    EntityType.SMALLTALK, EntityType.FILLER, EntityType.OPERATOR, EntityType.GENERAL,
})  # fmt: skip
_OF_WEEKS = frozenset({"theme", "dates", "start", "end", "world-ip-day"})
_SLOT_TYPES = (EntityType.PLACE, EntityType.NAME, EntityType.DOMAIN)


Tokens = frozenset[int]
"""Indexes of tokens."""


class Recognizer:
    """Reads questions; holds no state between them."""

    def __init__(self, gazetteer: Gazetteer, facts: FactIndex) -> None:
        self._gazetteer = gazetteer
        self._units = UnitReader(gazetteer, facts)

    def read(self, text: str, today: date) -> Question:
        """Read an utterance; `today` resolves "today" and "last year"."""
        utterance = read_utterance(text, MAX_TOKENS)
        chinese = None if utterance.has_chinese else self._gazetteer.chinese_of(utterance)
        if chinese is not None:
            utterance = read_utterance(chinese)
        tagging = self._gazetteer.tag(utterance)
        aside, whereabouts = find_asides(tagging), find_whereabouts(tagging)
        aside |= whereabouts.told
        dates = find_dates(tagging, today, aside)
        question = self._question(tagging, dates, aside, whereabouts.elsewhere)
        if aside and dates.covered <= aside and _refers_to_aside(question, aside):
            return self._question(tagging, dates, whereabouts.told, whereabouts.elsewhere)
        return question

    def _question(
        self, tagging: Tagging, dates: DateMentions, aside: Tokens, elsewhere: Tokens
    ) -> Question:
        """Sort what was found into slots; what is asked for is read from the asking part."""
        excepted = _without_only_place(find_excepted(tagging, dates.covered), tagging)
        mentions = _in_question(tagging, dates, excepted | elsewhere)
        asking = [m for m in mentions if m.first not in aside or _is_slot(m)] if aside else mentions
        found = self._units.read(tagging, mentions, dates, aside)
        units = tuple([unit for unit in found if unit.first not in excepted])
        ids = _ids_by_type(mentions)
        names_week, units = read_week(tagging, mentions, units)
        asked = _ids_by_type(asking) if aside else ids
        places = ids.get(EntityType.PLACE, ())
        operators = _operators(asked, asking, tagging)
        apart = bool(dates.covered) and dates.covered <= excepted
        numbers = tuple(find_numbers(tagging.utterance.tokens, dates.covered))
        polar = is_polar(tagging, operators, numbers)
        name_kinds = tuple(dict.fromkeys(asked_name_kinds(tagging, asking)))
        named = bool(name_kinds)
        return Question(
            tagging=tagging, language=tagging.utterance.language,
            places=tuple([place for place in places if place != NATION]),
            is_national=NATION in places,
            years=_years(dates), date=None if apart else dates.constraint,
            excepted_date=dates.constraint if apart else None, ordinals=dates.ordinals,
            kinds=asked.get(EntityType.KIND, ()), names=ids.get(EntityType.NAME, ()),
            name_kinds=name_kinds,
            attributes=asked_attributes(asking, tagging, dates, polar=polar, named=named),
            details=asked.get(EntityType.DETAIL, ()),
            subjects=asked.get(EntityType.SUBJECT, ()),
            operators=operators,
            reply_language=next((code for op, code in _IN_LANGUAGE if op in operators), ""),
            units=units,
            excepted=self._excepted(tagging, dates, excepted) if excepted else (),
            asked=asked_terms(tagging, units),
            numbers=numbers, smalltalk=_smalltalk(tagging, dates), is_polar=polar,
            names_the_day=dates.names_the_day, names_week=names_week,
            wants_many_places=wants_many_places(tagging),
            token_count=len(tagging.utterance.words), story=aside,
        )  # fmt: skip

    def _excepted(
        self, tagging: Tagging, dates: DateMentions, excepted: frozenset[int]
    ) -> tuple[Unit, ...]:
        """The pieces of content at some tokens, and the places there."""
        found = self._units.read(tagging, tagging.mentions, dates, frozenset())
        places = (
            Unit(m.id, mention.first, mention.end, ("@" + m.id,), (1.0,), explained=True)
            for mention in tagging.mentions
            for m in mention.meanings
            if m.type is EntityType.PLACE
        )
        return tuple(unit for unit in (*found, *places) if unit.first in excepted)


def _operators(
    asked: Mapping[EntityType, tuple[str, ...]], asking: Sequence[Mention], tagging: Tagging
) -> frozenset[str]:
    """The operators, superlatives among them; a "no" within a question ("which have no date") does
    not ask for a yes.
    """
    superlative = SUPERLATIVE.search(tagging.utterance.raw.casefold())
    standing_out = (superlative.lastgroup or "",) if superlative else ()
    operators = frozenset((*asked.get(EntityType.OPERATOR, ()), *standing_out))
    if "correct-me" in operators:
        return operators - {"confirm"}  # "no, I meant Yunnan"
    words = tagging.utterance.words
    if "confirm" not in operators or "no" not in words[1:-1]:
        return operators
    confirming = (m for m in asking if any(x.id == "confirm" for x in m.meanings))
    within = range(1, len(words) - 1)
    if all(m.first in within and words[m.first : m.end] == ("no",) for m in confirming):
        return operators - {"confirm"}
    return operators


def _refers_to_aside(question: Question, aside: frozenset[int]) -> bool:
    """Whether the asking part only asks, of what the story around it names: "…, and how many
    of them were there?"; what is asked of a whole week needs no story.
    """
    asking = (unit for unit in question.units if not (unit.aside or unit.is_cue))
    if any(unit.weight >= CONTENT_WEIGHT for unit in asking):
        return False
    if any(m.first not in aside and _is_slot(m) for m in question.tagging.mentions):
        return False
    asks = question.attributes or "count" in question.operators
    return bool(asks) and _OF_WEEKS.isdisjoint(question.attributes)


def _in_question(
    tagging: Tagging, dates: DateMentions, excepted: frozenset[int]
) -> Sequence[Mention]:
    """The mentions that no date claims and that are not left out."""
    if not (dates.covered or excepted):
        return tagging.mentions
    return [
        mention for mention in tagging.mentions
        if not _is_covered(mention, dates.covered) and mention.first not in excepted
    ]  # fmt: skip


def _without_only_place(excepted: frozenset[int], tagging: Tagging) -> frozenset[int]:
    """An exception without the only place that is named: besides the live streams, Fujian …"""
    if not excepted or wants_many_places(tagging):
        return excepted
    places = [mention for mention in tagging.mentions if mention.has(EntityType.PLACE)]
    if any(mention.first not in excepted for mention in places):
        return excepted
    return excepted.difference(*(range(mention.first, mention.end) for mention in places))


def _ids_by_type(mentions: Iterable[Mention]) -> dict[EntityType, tuple[str, ...]]:
    """For each type the ids of all its meanings, each once, in the order of the words."""
    found: dict[EntityType, dict[str, None]] = {}
    for mention in mentions:
        for meaning in mention.meanings:
            found.setdefault(meaning.type, {})[meaning.id] = None
    return {type: tuple(ids) for type, ids in found.items()}


_IN_LANGUAGE = (("in-english", "en"), ("in-chinese", "zh"))
"""Operator and the language in which the answer is wanted."""


def _years(dates: DateMentions) -> tuple[int, ...]:
    own = dates.constraint.year if dates.constraint is not None else None
    return tuple(dict.fromkeys((*dates.years, *((own,) if own else ()))))


def _is_slot(mention: Mention) -> bool:
    """Places, names and the week itself count wherever they stand in an utterance."""
    return not mention.types.isdisjoint(_SLOT_TYPES)


def _is_covered(mention: Mention, covered: frozenset[int]) -> bool:
    """Whether a date claims the mention; a question form around the date stays one."""
    span = range(mention.first, mention.end)
    if mention.has(EntityType.ATTRIBUTE) and len(span) > 1:
        return all(index in covered for index in span)
    return any(index in covered for index in span)


def _smalltalk(tagging: Tagging, dates: DateMentions) -> str:
    """The small talk that covers the utterance, when nothing but filler stands beside it."""
    mentions = tagging.mentions
    talk = [mention for mention in mentions if mention.has(EntityType.SMALLTALK)]
    spoken = {index for mention in talk for index in range(mention.first, mention.end)}
    if not talk or not dates.covered <= spoken:
        return ""  # "hi, and today?", but not "how are you today"
    if sum(m.end - m.first for m in mentions) < len(tagging.utterance.tokens):
        return ""
    if not all(m in talk or m.types <= _BESIDE_TALK for m in mentions):
        return ""
    ids = {m.id for mention in talk for m in mention.meanings if m.type is EntityType.SMALLTALK}
    return next(id for id in _TALK_ORDER if id in ids)

"""From a text to a question: which slots its words fill and what kind of answer they want."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from bot.knowledge.entries import NATION
from bot.understanding.asides import find_asides
from bot.understanding.dates import DateMentions, find_dates
from bot.understanding.excepted import find_excepted
from bot.understanding.fact_index import FactIndex
from bot.understanding.gazetteer import Gazetteer, Mention, Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.numbers import find_numbers
from bot.understanding.question import CONTENT_WEIGHT, Question, Unit
from bot.understanding.question_forms import (
    SUPERLATIVE,
    asked_name_kinds,
    asked_terms,
    asks_where,
    is_asked,
    is_polar,
    of_the_rest,
    ranked_attributes,
)
from bot.understanding.units import UnitReader
from bot.understanding.utterance import MAX_TOKENS, read_utterance
from bot.understanding.weeks_named import read_week
from bot.understanding.whereabouts import find_whereabouts

_MANY_PLACES = frozenset(
    "places cities towns prefectures provinces regions localities counties municipalities "
    "areas".split()
)
_MANY_PLACES_ZH = re.compile(
    "(?:哪(?:些|几个?)|几个|多少个?)(?:地方|城市|省|市|地区|州|区|县|地市)|分别(?:都|是)*在哪"
)
_TALK_ORDER = ("help", "thanks", "goodbye", "greeting")
"""Which small talk wins where several stand together: "hi, thanks"."""
_WHICH = frozenset({"which", "what"})
_CELEBRATE = frozenset("celebrate celebrating mark marking commemorate honour honor".split())
"""Verbs that ask for the occasion where they end a question or "what does" begins it."""
_STRANDED = {
    ("who", "with"): ("partner",), ("whom", "with"): ("partner",), ("who", "for"): ("audience",),
    ("whom", "for"): ("audience",), ("which", "for"): ("audience",),
    ("what", "say"): ("slogan", "content", "result"),
}  # fmt: skip
"""Question word and last word → what they ask for: "who is the course for", "what did it say"."""
_TIMES = frozenset({"dates", "start", "end", "period", "published"})
"""Attributes that "when" asks for."""
_WHOSE = frozenset("its their his own various several other many different local".split())
"""Words before "cities" that do not ask which ones."""
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
        return Question(
            tagging=tagging,
            language=tagging.utterance.language,
            places=tuple([place for place in places if place != NATION]),
            is_national=NATION in places,
            years=_years(dates), date=None if apart else dates.constraint,
            excepted_date=dates.constraint if apart else None, ordinals=dates.ordinals,
            kinds=asked.get(EntityType.KIND, ()), names=ids.get(EntityType.NAME, ()),
            name_kinds=name_kinds,
            attributes=_attributes(asking, tagging, dates, polar=polar, named=bool(name_kinds)),
            details=asked.get(EntityType.DETAIL, ()),
            subjects=asked.get(EntityType.SUBJECT, ()),
            operators=operators,
            reply_language=next((code for op, code in _IN_LANGUAGE if op in operators), ""),
            units=units,
            excepted=self._excepted(tagging, dates, excepted) if excepted else (),
            asked=asked_terms(tagging, units),
            numbers=numbers, smalltalk=_smalltalk(tagging, dates), is_polar=polar,
            names_the_day=dates.names_the_day, names_week=names_week,
            wants_many_places=_wants_many_places(tagging),
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
    if not excepted or _wants_many_places(tagging):
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


def _only_speaks_of_places(mentions: Sequence[Mention], tagging: Tagging) -> bool:
    """Whether "cities" or "prefectures" stand in an English question that asks something else."""
    named = [m for m in mentions if any(x.id == "place" and not x.asks for x in m.meanings)]
    if tagging.utterance.has_chinese or not named:
        return False
    asks = any(
        meaning.type is EntityType.ATTRIBUTE and meaning.id != "place"
        for mention in mentions
        for meaning in mention.meanings
    )
    belonging = all(_belongs(tagging, m.first) for m in named if m.first)
    spoken_of = asks or (belonging and named[0].first > 0)
    places = {mention.first for mention in mentions if mention.has(EntityType.PLACE)}
    titles = [
        m for m in named
        if tagging.utterance.words[m.end : m.end + 1] == ("of",)
        and tagging.utterance.words[m.first - 1 : m.first] != ("many",)
    ]  # fmt: skip
    if all(m.end + 1 in places for m in titles) and len(titles) == len(named):
        return True  # "the province of Fujian"
    return spoken_of and not any(is_asked(tagging, m.first, m.end) for m in named)


def _wants_many_places(tagging: Tagging) -> bool:
    """Whether places are spoken of in the plural, and not as those of another place."""
    words = tagging.utterance.words
    if tagging.utterance.has_chinese and _MANY_PLACES_ZH.search(tagging.utterance.raw):
        return True
    return not _MANY_PLACES.isdisjoint(words) and any(
        is_asked(tagging, index, index + 1) or not _belongs(tagging, index)
        for index, word in enumerate(words)
        if word in _MANY_PLACES
    )


_WHICH_OF_THEM_ZH = re.compile("在哪[个家些几一]")
"""在哪个平台 asks for the platform, not where it is."""
_WHICH_DAY = re.compile(
    r"(?<!on )\b(?:whats?|which)(?: is| was)?(?: the)?"
    r" (?:first|opening|starting|last|final|closing) day of\b"
)
"""Asks when a day was, unlike "on the last day"."""
_DID = frozenset("do does did will can should would could".split())
"""What stands between a question word and who did something."""
_SUBJECTS = frozenset("they you it we he she".split())
"""Who does something behind "who did"; a place may stand there as well."""
_THINK = frozenset("think believe reckon suppose guess say know".split())
"""Verbs behind "who do you" that ask for the same as without them."""
_IN_LANGUAGE = (("in-english", "en"), ("in-chinese", "zh"))
"""Operator and the language in which the answer is wanted."""
_WORDINGS = frozenset({"slogan", "title", "content", "topic"})
"""What is said somewhere: behind "where" these are what is spoken of, not what is asked for."""


def _belongs(tagging: Tagging, index: int) -> bool:
    """Whether a word for places tells whose they are: "its cities", "Qinghai's prefectures"."""
    words = tagging.utterance.words
    before = words[index - 1] if index else ""
    of_place = before == "the" and words[index + 1 : index + 2] in (("of",), ("in",))
    return before in _WHOSE or before.endswith("'s") or of_place


def _attributes(
    mentions: Sequence[Mention],
    tagging: Tagging,
    dates: DateMentions,
    *,
    polar: bool,
    named: bool,
) -> tuple[str, ...]:
    """The attributes asked for; a place that is only spoken of is none.

    `named`: bodies of some kind are asked for. Beside World IP Day "which edition" asks for the
    number of that day, not of the week.
    """
    in_chinese = tagging.utterance.has_chinese
    if "by" in tagging.utterance.words:
        mentions = [m for m in mentions if not _names_who_did_it(m, tagging)]
    end = of_the_rest(mentions, tagging) if in_chinese else None
    attributes = ranked_attributes(mentions, in_chinese=in_chinese, named=named, of_the_rest=end)
    if dates.names_the_day:
        of_day = ("world-ip-day" if a == "edition" else a for a in attributes)
        attributes = tuple(dict.fromkeys(of_day))
    words = tagging.utterance.words
    if named and _WHICH_OF_THEM_ZH.search(tagging.utterance.raw):
        attributes = tuple(attribute for attribute in attributes if attribute != "place")
    if named and any(_names_whole(m, tagging) for m in mentions):
        attributes = tuple(attribute for attribute in attributes if attribute != "parent")
    polar_place = polar or _only_speaks_of_places(mentions, tagging)
    if polar_place and not asks_where(mentions) and not _asks_any_place(mentions, tagging):
        return tuple(attribute for attribute in attributes if attribute != "place")
    if attributes[:1] == ("organiser",) and _asks_whom(tagging):
        whom = "partner" if words[-1] == "with" else "audience"
        return tuple(dict.fromkeys((whom, *attributes[1:])))
    if attributes[:1] == ("partner",) and _names_the_partner(mentions, words):
        return tuple(dict.fromkeys(("organiser", *attributes[1:])))
    leading = _leading(attributes, mentions, tagging)
    return tuple(dict.fromkeys((*leading, *attributes)))


def _leading(
    attributes: Sequence[str], mentions: Sequence[Mention], tagging: Tagging
) -> tuple[str, ...]:
    """What the shape of a question asks for above all; empty where its words say it as well."""
    words = tagging.utterance.words
    if _asks_any_place(mentions, tagging):
        return ("place",)
    if _asks_what_is_celebrated(words):
        return ("occasion",)
    if _asks_which_day(words):
        return ("dates",)
    if words[:1] == ("when",) and "dates" in attributes and _TIMES.isdisjoint(attributes[:1]):
        return ("dates",)
    if words[:1] == ("where",) and "place" in attributes and attributes[0] in _WORDINGS:
        return ("place",)
    if stranded := _stranded(words):
        return stranded
    which_place = "place" in attributes[1:] and any(_is_which_place(tagging, m) for m in mentions)
    return ("place",) if which_place else ()


def _asks_any_place(mentions: Sequence[Mention], tagging: Tagging) -> bool:
    """Whether any place at all is asked for: which ones is a better answer than yes."""
    return "any" in tagging.utterance.words and any(_is_any_place(tagging, m) for m in mentions)


def _names_who_did_it(mention: Mention, tagging: Tagging) -> bool:
    """ "Which activities were held by Fujian?" does not ask by whom."""
    words, end = tagging.utterance.words, mention.end
    if words[end - 1] != "by" or not mention.has(EntityType.ATTRIBUTE):
        return False
    behind = end + 1 if words[end : end + 1] == ("the",) else end
    return any(m.first == behind and m.has(EntityType.PLACE) for m in tagging.mentions)


def _names_whole(mention: Mention, tagging: Tagging) -> bool:
    """ "Which university was part of the programme?" names the whole and asks for its parts."""
    parent = any(m.id == "parent" for m in mention.meanings)
    return (
        parent and not tagging.utterance.has_chinese and mention.end < len(tagging.utterance.words)
    )


def _asks_what_is_celebrated(words: Sequence[str]) -> bool:
    """ "Which day does it mark?", "what does Fujian celebrate with its week?"."""
    if _CELEBRATE.isdisjoint(words):
        return False
    ends = words[-1] in _CELEBRATE and not _WHICH.isdisjoint(words)
    aim = any(one == "to" and other in _CELEBRATE for one, other in pairwise(words))
    return ends or (words[0] == "what" and words[1] in _DID and not aim)


def _asks_which_day(words: Sequence[str]) -> bool:
    """ "What was the last day of the activities?" asks for a day, not for what was on it."""
    return "day" in words and bool(_WHICH_DAY.search(" ".join(words)))


def _asks_whom(tagging: Tagging) -> bool:
    """ "Who does Qinghai train?", "who did they give bags to": for whom, not by whom."""
    words = tagging.utterance.words
    index = next((i for i, word in enumerate(words[:-2]) if word == "who"), None)
    if index is None or words[index + 1] not in _DID:
        return False
    subject = index + 3 if words[index + 2] == "the" else index + 2
    at_place = any(m.first == subject and m.has(EntityType.PLACE) for m in tagging.mentions)
    does = words[subject + 1 : subject + 2]
    return (at_place or words[subject] in _SUBJECTS) and bool(does) and does[0] not in _THINK


def _names_the_partner(mentions: Sequence[Mention], words: Sequence[str]) -> bool:
    """ "Who worked with banks?" asks who did; "who works with Qinghai?" asks for partners."""
    if words[:1] != ("who",) or words[1:2] in (("did",), ("does",), ("do",), ("will",)):
        return False
    bodies = (m for m in mentions if m.has(EntityType.NAME_KIND) or m.has(EntityType.NAME))
    return any(words[m.first - 1] == "with" for m in bodies if m.first)


def _stranded(words: Sequence[str]) -> tuple[str, ...]:
    """What the last word asks for together with a question word before it."""
    asked = (one for (word, last), one in _STRANDED.items() if last == words[-1] and word in words)
    return next(asked, ()) if words else ()


def _is_any_place(tagging: Tagging, mention: Mention) -> bool:
    """Whether it is the noun of "any province" or "any other city": which ones is a better answer
    than yes.
    """
    words = tagging.utterance.words
    before = words[max(0, mention.end - 3) : mention.end - 1]
    before = before[:-1] if before[-1:] == ("other",) else before
    named = any(m.id == "place" and not m.asks for m in mention.meanings)
    return named and before[-1:] == ("any",)


def _is_which_place(tagging: Tagging, mention: Mention) -> bool:
    """Whether it is the noun of "which city" or "which Fujian city", before any verb."""
    if not any(m.id == "place" and m.type is EntityType.ATTRIBUTE for m in mention.meanings):
        return False
    noun = mention.end - 1
    before = (m.first for m in tagging.mentions if m.end == noun and m.has(EntityType.PLACE))
    asking = next(before, noun) - 1
    return asking >= 0 and tagging.utterance.words[asking] in _WHICH


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

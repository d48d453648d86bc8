"""Where somebody says they are, or what: "I'm from Kunming, what did Fujian hold?" asks nothing of
Kunming.

A place counts as that of the asker only where the rest of the question names another place, or
asks which places; else it is the one that the question is about.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.understanding.gazetteer import Mention, Tagging
from bot.understanding.meanings import EntityType

_FAR = 9
"""So many words before a place its clause is looked at."""
_IN = frozenset("from in near at around outside".split())
_SELF = frozenset("i i'm im i've ive we we're we've my our".split())
_INTRODUCING = frozenset(
    "and so but well hello hi hey since because as btw actually also sorry ok good morning "
    "evening afternoon day while although though".split()
)
"""What may stand before the asker in a clause."""
_BEING = frozenset(
    "am i'm im are we're is was live lives lived living work works worked working study studies "
    "studied studying stay staying based located born grew moved come came teach teaches teaching "
    "run own reside from".split()
)
"""Words of which one says that somebody is somewhere, after "I" or "we"."""
_DOING = frozenset(
    "interested curious about on with want need know wonder ask like search look event events "
    "activity activities week held what which who when where how heard read saw told if whether "
    "theme source article articles report that".split()
)
"""Words with which the place behind them is what is asked about, or where something was held."""
_BEING_SOMEBODY = frozenset({("as", "a"), ("as", "an"), ("being", "a"), ("being", "an")})
_GREETINGS = frozenset({"greetings", "hello", "hi", "hey", "regards"})
_BEGINNING = _SELF | _GREETINGS | frozenset("as being 我 咱 俺 本".split())
"""What somebody begins with who says where they are."""
_JOINING = frozenset("and or 和 与 及".split())
_STOPS = re.compile(r"[,;:.!?()\n，。！？；：、]")
_SELF_ZH = re.compile(r"^(?:你好|您好|大家好)?(?:我们|我|咱们|咱|本人|俺)")
_BEING_ZH = re.compile(r"[在是住家人]|来自|工作|上班|读书|上学|单位|公司|学校")
_DOING_ZH = re.compile(
    "[想问查找看听说写做要什哪谁几吗呢办]|知道|了解|报道|多少|举行|举办|活动|宣传|准备|关心|感兴趣"
)
_ASKED = frozenset({EntityType.KIND, EntityType.DOMAIN, EntityType.QUOTE})
_OF_FACTS = _ASKED | {EntityType.ATTRIBUTE, EntityType.NAME, EntityType.PLACE}


class Whereabouts(NamedTuple):
    """Where the asker is, and what, by the indexes of tokens."""

    told: frozenset[int]
    """All that says so: part of the story around the question."""
    elsewhere: frozenset[int]
    """Of these what is not asked about, since the question is about other places."""


_NOWHERE = Whereabouts(frozenset(), frozenset())


def find_whereabouts(tagging: Tagging) -> Whereabouts:
    """Where the asker says to be."""
    if _BEGINNING.isdisjoint(tagging.utterance.words):
        return _NOWHERE
    places = [mention for mention in tagging.mentions if mention.has(EntityType.PLACE)]
    spans = [span for place in places if (span := _span(place, tagging))]
    placed = frozenset(index for span in spans for index in span)
    others = len(spans) < len(places) or _asks_which_places(tagging)
    return Whereabouts(placed.union(_introduction(tagging)), placed if others else frozenset())


def _introduction(tagging: Tagging) -> range:
    """What somebody begins with who says what they are: "Being a lawyer, …"."""
    words, tokens = tagging.utterance.words, tagging.utterance.tokens
    if words[:2] not in _BEING_SOMEBODY:
        return range(0)
    end = next((at for at in range(2, min(_FAR, len(words))) if "," in tokens[at].gap), 0)
    asked = any(m.first < end and m.types & _OF_FACTS for m in tagging.mentions)
    return range(0) if asked else range(end)


def _asks_which_places(tagging: Tagging) -> bool:
    return any(
        meaning.id == "place" and meaning.asks and meaning.type is EntityType.ATTRIBUTE
        for mention in tagging.mentions
        for meaning in mention.meanings
    )


def _span(place: Mention, tagging: Tagging) -> range:
    """From the asker to the place; empty where the place is not that of the asker."""
    first = _clause_start(place.first, tagging)
    if _is_one_of_several(place, tagging):
        return range(0)
    if tagging.utterance.has_chinese:
        return _span_zh(first, place, tagging)
    words = tagging.utterance.words
    for index in range(max(first, place.first - _FAR), place.first - 1):
        between = words[index + 1 : place.first - 1]
        if words[place.first - 1] not in _IN or not _speaks_of_self(words, index, between):
            continue
        introduced = all(word in _INTRODUCING for word in words[first:index])
        asked = any(index < m.end <= place.first and m.types & _ASKED for m in tagging.mentions)
        if introduced and not asked and not _is_doing(between):
            return range(index, place.end)
    return range(0)


def _is_one_of_several(place: Mention, tagging: Tagging) -> bool:
    """ "We are based in Fujian and Yunnan": both are asked about."""
    words = tagging.utterance.words
    others = [m for m in tagging.mentions if m.has(EntityType.PLACE) and m is not place]
    behind = any(m.first == place.end + 1 and words[place.end] in _JOINING for m in others)
    before = any(m.end == place.first - 1 and words[m.end] in _JOINING for m in others)
    return behind or before


def _speaks_of_self(words: Sequence[str], index: int, between: Sequence[str]) -> bool:
    """Whether the asker is named by a word, and what follows says that they are somewhere."""
    if words[index] in _GREETINGS:
        return not between
    if words[index] == "as":
        return between[:1] in (("a",), ("an",)) and len(between) > 1
    if words[index] not in _SELF:
        return False
    whose = words[index] in ("my", "our")
    return whose or words[index] in _BEING or not _BEING.isdisjoint((*between, words[index + 1]))


def _is_doing(words: Sequence[str]) -> bool:
    """Whether somebody does or asks something at a place, rather than being there."""
    doing = any(word.endswith("ing") and word not in _BEING for word in words[:2])
    return doing or not _DOING.isdisjoint(words)


def _clause_start(index: int, tagging: Tagging) -> int:
    tokens = tagging.utterance.tokens
    while index and not _STOPS.search(tokens[index].gap):
        index -= 1
    return index


def _span_zh(first: int, place: Mention, tagging: Tagging) -> range:
    """A Chinese clause that begins with the asker and says nothing else than where they are."""
    tokens = tagging.utterance.tokens
    end = next(_stops_behind(place.end, tagging), len(tokens))
    clause = "".join(token.text for token in tokens[first:end])
    is_own = _SELF_ZH.search(clause) and _BEING_ZH.search(clause) and not _DOING_ZH.search(clause)
    return range(first, end) if is_own else range(0)


def _stops_behind(index: int, tagging: Tagging) -> Iterator[int]:
    tokens = tagging.utterance.tokens
    return (at for at in range(index, len(tokens)) if _STOPS.search(tokens[at].gap))

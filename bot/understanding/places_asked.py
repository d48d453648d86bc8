"""How a question speaks of places: which ones, any of them, or those of another place."""

import re
from collections.abc import Sequence

from bot.understanding.gazetteer import Mention, Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.question_forms import is_asked

_MANY_PLACES = frozenset(
    "places cities towns prefectures provinces regions localities counties municipalities "
    "areas".split()
)
_MANY_PLACES_ZH = re.compile(
    "(?:哪(?:些|几个?)|几个|多少个?)(?:地方|城市|省|市|地区|州|区|县|地市)|分别(?:都|是)*在哪"
)
_WHICH = frozenset({"which", "what"})
_WHOSE = frozenset("its their his own various several other many different local".split())
"""Words before "cities" that do not ask which ones."""


def wants_many_places(tagging: Tagging) -> bool:
    """Whether places are spoken of in the plural, and not as those of another place."""
    words = tagging.utterance.words
    if tagging.utterance.has_chinese and _MANY_PLACES_ZH.search(tagging.utterance.raw):
        return True
    return not _MANY_PLACES.isdisjoint(words) and any(
        is_asked(tagging, index, index + 1) or not _belongs(tagging, index)
        for index, word in enumerate(words)
        if word in _MANY_PLACES
    )


def only_speaks_of_places(mentions: Sequence[Mention], tagging: Tagging) -> bool:
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


def asks_any_place(mentions: Sequence[Mention], tagging: Tagging) -> bool:
    """Whether any place at all is asked for: which ones is a better answer than yes."""
    return "any" in tagging.utterance.words and any(_is_any_place(tagging, m) for m in mentions)


def _is_any_place(tagging: Tagging, mention: Mention) -> bool:
    """Whether it is the noun of "any province" or "any other city": which ones is a better answer
    than yes.
    """
    words = tagging.utterance.words
    before = words[max(0, mention.end - 3) : mention.end - 1]
    before = before[:-1] if before[-1:] == ("other",) else before
    named = any(m.id == "place" and not m.asks for m in mention.meanings)
    return named and before[-1:] == ("any",)


def is_which_place(tagging: Tagging, mention: Mention) -> bool:
    """Whether it is the noun of "which city" or "which Fujian city", before any verb."""
    if not any(m.id == "place" and m.type is EntityType.ATTRIBUTE for m in mention.meanings):
        return False
    noun = mention.end - 1
    before = (m.first for m in tagging.mentions if m.end == noun and m.has(EntityType.PLACE))
    asking = next(before, noun) - 1
    return asking >= 0 and tagging.utterance.words[asking] in _WHICH


def _belongs(tagging: Tagging, index: int) -> bool:
    """Whether a word for places tells whose they are: "its cities", "Qinghai's prefectures"."""
    words = tagging.utterance.words
    before = words[index - 1] if index else ""
    of_place = before == "the" and words[index + 1 : index + 2] in (("of",), ("in",))
    return before in _WHOSE or before.endswith("'s") or of_place

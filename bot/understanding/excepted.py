"""What a question leaves out: besides the launch, outside Fuzhou, not on the 20th, 除了启动仪式."""

from bot.understanding.gazetteer import Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.utterance import Token

_EXCEPTING = frozenset("besides except excluding".split())
_EXCEPTING_PAIRS = frozenset({"apart from", "other than", "aside from", "anything but"})
_EXCEPTING_ZH = frozenset({"除了", "除去"})
_QUESTION_BEGINS = frozenset("what whats which who when where how did does was were".split())
"""Words that end an exception that stands first: "apart from the contest what did they do"."""
_BEGINNINGS = frozenset({
    *_EXCEPTING, *(pair.split()[0] for pair in _EXCEPTING_PAIRS),
    "outside", "not", "除", "不", "外",
})  # fmt: skip
"""Words without one of which nothing is left out."""
_WHERE = frozenset("of in at from".split())
"""Words between "not" or "outside" and a place."""
_INTERJECTIONS = frozenset("no nope sorry oh wait hm 哦 啊 呃".split())
"""What may stand before a correction."""
_OF = frozenset("of in the for at on a from".split())
"""Words behind "not" with which it leaves something out: "…, not of the interview"."""
_MEANT = frozenset(
    "i but 我 而 held hold holds did do does had has have published publish publishes took made "
    "was were is are organised organized ran launched released used got gave".split()
)
"""Words at which an exception is over: who is meant instead, or what was done."""
_JOINING = frozenset("and or & 和 与 及 、".split())
_OUTSIDE = frozenset("之以")
"""Characters before 外 in 之外 and 以外."""
_BEHIND_EXCEPTION_ZH = "还外以之"
_NOTHING = range(0)


def find_excepted(tagging: Tagging, days: frozenset[int]) -> frozenset[int]:
    """Tokens of what is not asked for: "besides X and Y" up to the comma, "outside Fuzhou", "not on
    the 20th", 福州以外; `days`: the tokens of dates.

    So are those of "not X, I meant Y" at the beginning, which corrects what was said before.
    """
    words = tagging.utterance.words
    if _BEGINNINGS.isdisjoint(words):
        return frozenset()
    found: set[int] = set()
    for index in range(len(words)):
        found.update(
            _place_behind(index, tagging)
            or _days_behind(index, tagging, days)
            or _outside_of_place(index, tagging)
            or _phrase(index, tagging)
        )
    return frozenset(found)


def _place_behind(index: int, tagging: Tagging) -> range:
    """ "Outside Fuzhou", "outside of Fuzhou", "not in Fuzhou"."""
    words = tagging.utterance.words
    if words[index] not in ("outside", "not"):
        return _NOTHING
    joined = words[index + 1 : index + 2] and words[index + 1] in _WHERE
    if words[index] == "not" and not joined:
        return _NOTHING
    first = index + 2 if joined else index + 1
    places = (m for m in tagging.mentions if m.first == first and m.has(EntityType.PLACE))
    return next((range(index, place.end) for place in places), _NOTHING)


def _days_behind(index: int, tagging: Tagging, days: frozenset[int]) -> range:
    """ "Not on the 20th", "not 20 April"."""
    words = tagging.utterance.words
    if words[index] != "not":
        return _NOTHING
    first = end = index + 2 if words[index + 1 : index + 2] == ("on",) else index + 1
    while end in days:
        end += 1
    return range(index, end) if end > first else _NOTHING


def _outside_of_place(index: int, tagging: Tagging) -> range:
    """福州以外 from the place on; 在…之外 from 在 on."""
    tokens, words = tagging.utterance.tokens, tagging.utterance.words
    if words[index] in _OUTSIDE and words[index + 1 : index + 2] == ("外",):
        places = (m for m in tagging.mentions if m.end == index and m.has(EntityType.PLACE))
        return next((range(place.first, index + 2) for place in places), _NOTHING)
    if words[index] != "在":
        return _NOTHING
    for end in range(index + 2, len(tokens) - 1):
        if tokens[end].gap.strip():
            return _NOTHING
        if words[end] in _OUTSIDE and words[end + 1] == "外":
            return range(index, end + 2)
    return _NOTHING


def _phrase(index: int, tagging: Tagging) -> range:
    """ "Besides X and Y," up to the comma; "not X, I meant Y" at the beginning."""
    tokens = tagging.utterance.tokens
    token = tokens[index]
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    first = _INTERJECTIONS.issuperset(tagging.utterance.words[:index])
    corrects = first and (token.text == "not" or token.text + following == "不是")
    corrects = corrects or (token.text == "not" and "," in token.gap and following in _OF)
    pair = f"{token.text} {following}" in _EXCEPTING_PAIRS
    chinese = token.is_cjk and (corrects or token.text + following in _EXCEPTING_ZH)
    if not (corrects or chinese or token.text in _EXCEPTING or pair):
        return _NOTHING
    end = index + (2 if pair else 1)
    names = _ends_of_names(index, tagging)
    while end < len(tokens) and not _is_over(tokens[end], in_chinese=chinese):
        if end in names and tokens[end].text not in _JOINING:
            break
        end += 1
    # An exception that ends the utterance counts only behind a question, not as a whole one.
    counts = end < len(tokens) or index > 2 or _is_behind_place(index, tagging)
    return range(index, end) if counts else _NOTHING


def _is_behind_place(index: int, tagging: Tagging) -> bool:
    """Whether a place that is asked about stands before a token: "Kunming, besides the launch"."""
    return any(m.end <= index and m.has(EntityType.PLACE) for m in tagging.mentions)


def _ends_of_names(first: int, tagging: Tagging) -> frozenset[int]:
    """Where the names of bodies and things end behind a token."""
    named = (m for m in tagging.mentions if m.first > first and m.has(EntityType.NAME))
    return frozenset(mention.end for mention in named)


def _is_over(token: Token, *, in_chinese: bool) -> bool:
    """Whether an exception ends before a token."""
    if token.gap.strip() or token.text in _MEANT or token.text in _QUESTION_BEGINS:
        return True
    return in_chinese and (token.text in _BEHIND_EXCEPTION_ZH or bool(token.gap))

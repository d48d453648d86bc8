"""Which attributes a question asks for: by the words that name them, and by its shape."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.dates import DateMentions
from bot.understanding.gazetteer import Mention, Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.places_asked import asks_any_place, is_which_place, only_speaks_of_places
from bot.understanding.question_forms import asks_where, of_the_rest, ranked_attributes

_WHICH = frozenset({"which", "what"})
_CELEBRATE = frozenset("celebrate celebrating mark marking commemorate honour honor".split())
"""Verbs that ask for the occasion where they end a question or "what does" begins it."""
_STRANDED = {
    ("who", "with"): ("partner",), ("whom", "with"): ("partner",), ("who", "for"): ("audience",),
    ("whom", "for"): ("audience",), ("which", "for"): ("audience",),
    ("what", "say"): ("slogan", "content", "result"),
    ("what", "publicise"): ("topic",), ("what", "publicize"): ("topic",),
}  # fmt: skip
"""Question word and last word → what they ask for: "who is the course for", "what did it say"."""
_TIMES = frozenset({"dates", "start", "end", "period", "published"})
"""Attributes that "when" asks for."""
_WHICH_OF_THEM_ZH = re.compile("在哪[个家些几一]")
"""在哪个平台 asks for the platform, not where it is."""
_WHICH_DAY = re.compile(
    r"(?<!on )\b(?:whats?|which)(?: is| was)?(?: the)?"
    r" (?:first|opening|starting|last|final|closing) day of\b"
)
"""Asks when a day was, unlike "on the last day"."""
_REPORTS = frozenset("paper papers report reports".split())
_COVERING = frozenset("period cover covers covered covering span spans go goes reach".split())
_DID = frozenset("do does did will can should would could".split())
"""What stands between a question word and who did something."""
_SUBJECTS = frozenset("they you it we he she".split())
"""Who does something behind "who did"; a place may stand there as well."""
_THINK = frozenset("think believe reckon suppose guess say know".split())
"""Verbs behind "who do you" that ask for the same as without them."""
_WORDINGS = frozenset({"slogan", "title", "content", "topic"})
"""What is said somewhere: behind "where" these are what is spoken of, not what is asked for."""


def asked_attributes(
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
        attributes = _without("place", attributes)
    if named and any(_names_whole(m, tagging) for m in mentions):
        attributes = _without("parent", attributes)
    if words[:1] == ("what",) and any(_names_receivers(m, words) for m in mentions):
        attributes = _without("audience", attributes)
    polar_place = polar or only_speaks_of_places(mentions, tagging)
    if polar_place and not asks_where(mentions) and not asks_any_place(mentions, tagging):
        return _without("place", attributes)
    if attributes[:1] == ("organiser",) and _asks_whom(tagging):
        return _led_by(("partner" if words[-1] == "with" else "audience",), attributes[1:])
    if attributes[:1] == ("partner",) and _names_the_partner(mentions, words):
        return _led_by(("organiser",), attributes[1:])
    return _led_by(_leading(attributes, mentions, tagging), attributes)


def _without(attribute: str, attributes: Sequence[str]) -> tuple[str, ...]:
    return tuple(other for other in attributes if other != attribute)


def _led_by(first: Sequence[str], rest: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *rest)))


def _leading(
    attributes: Sequence[str], mentions: Sequence[Mention], tagging: Tagging
) -> tuple[str, ...]:
    """What the shape of a question asks for above all; empty where its words say it as well."""
    words = tagging.utterance.words
    if asks_any_place(mentions, tagging):
        return ("place",)
    if _asks_what_is_celebrated(words):
        return ("occasion",)
    if _asks_which_day(words):
        return ("dates",)
    if _asks_what_years(words, attributes):
        return ("period",)
    if words[:1] == ("when",) and "dates" in attributes and _TIMES.isdisjoint(attributes[:1]):
        return ("dates",)
    if words[:1] == ("where",) and "place" in attributes and attributes[0] in _WORDINGS:
        return ("place",)
    if stranded := _stranded(words):
        return stranded
    which_place = "place" in attributes[1:] and any(is_which_place(tagging, m) for m in mentions)
    return ("place",) if which_place else ()


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


def _names_receivers(mention: Mention, words: Sequence[str]) -> bool:
    """ "What support is given to companies?" names to whom, and asks for what."""
    to = any(m.id == "audience" for m in mention.meanings) and words[mention.end - 1] == "to"
    return to and mention.end < len(words)


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


def _asks_what_years(words: Sequence[str], attributes: Sequence[str]) -> bool:
    """ "Which period does the white paper cover?" asks for the years that it tells of."""
    report = not _REPORTS.isdisjoint(words) and not _COVERING.isdisjoint(words)
    return report and "dates" in attributes[:1]


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

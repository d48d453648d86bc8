"""How a question is put: what "which" and "how many" ask for, and whether yes or no is wanted."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.understanding.gazetteer import Mention, Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.question import Unit

_AUXILIARIES = frozenset(
    "is are was were do does did has have had will would isnt arent wasnt werent doesnt didnt wont "
    "hasnt havent can could should shall may".split()
)
_LEADING = frozenset(
    "so and but hey hi hello ok okay well oh please pls also then um hmm sorry excuse me "
    "actually".split()
)
"""Words before a yes/no question that do not change its form."""
_REQUESTS = frozenset({"can", "could", "would", "will"})
_PERSONS = frozenset({"you", "u", "i"})
_KNOWING = frozenset({"know", "remember", "recall"})
_ASKING = frozenset(
    "which what whats wich wat whose many name list any these two three all".split()
)
_WHEN_OR_WHERE_ZH = re.compile("哪(?:一?[天日年月]|里|儿)")
_PLACES = frozenset(
    "region regions province provinces city cities place places prefecture prefectures week "
    "weeks".split()
)
"""Nouns behind "which" that leave what stands behind the next verb unasked."""
_ASKING_ZH = ("哪", "什么", "几", "啥", "多少", "两家")
_ASKING_BEHIND_ZH = ("哪", "是谁", "有谁", "是什么", "叫什么", "是啥")
_NOT_ASKING = "[^哪谁什啥几怎何多]*"
_CLAIM_ZH = re.compile(f"^{_NOT_ASKING}(?:是{_NOT_ASKING}的|[只仅]{_NOT_ASKING})[？?]$")
"""A statement with a question mark: it was so, there was only so much."""
_TELLING_ZH = "知道|了解|告诉|清楚|记得|[说讲查][一]?下|说说|讲讲|介绍|查到"
_WHAT_ZH = "[哪谁啥几]|什么|多少|怎么|何时|何地"
_INDIRECT_ZH = re.compile(
    f"(?:{_TELLING_ZH}).*(?:{_WHAT_ZH}).*吗|(?:{_WHAT_ZH}).*(?:{_TELLING_ZH})吗"
)
"""A question within one that asks whether somebody can tell."""
_OF = frozenset({"of", "on", "in", "from", "at", "with", "for"})
"""Prepositions behind which stands what a counted noun belongs to."""
_JOINING = frozenset({"and", "or"})
_CALLED = frozenset({"called", "named", "titled"})
_CALLED_OR_OF = _CALLED | _OF
_WHAT_IS_THE = frozenset({("what", "is", "the"), ("what", "was", "the"), ("what's", "the")})
_NEAR = 4
"""So many tokens before or behind a noun a question word may stand."""
_ATTRIBUTE_BONUS = {
    "place": -0.2, "title": -0.1, "means": -0.3, "topic": -0.1, "partner": 0.1, "number": -0.4,
    "end": -0.2, "dates": 0.0, "start": -0.1, "content": -0.05, "purpose": -0.2, "result": -0.2,
    "audience": 0.15, "medium": -0.1, "modality": 0.4, "source": 0.5, "part": -0.1, "line": 0.2,
    "level": 0.2, "form": 0.2, "world-ip-day": 0.1, "people": -0.1, "published": -0.6,
}  # fmt: skip
"""Attribute → what its words add to its score: more where they are seldom said in passing."""
_NAMED, _ASKED = 1.0, 0.6
"""What a word that names an attribute counts ("theme"), and a form that asks for it ("where")."""

_MODALITY_IN_PASSING = 0.9
"""What modality loses where its word may as well be a notion of some fact."""

_WH = frozenset("who whom whose when where why how tell list".split())
_WHICH = frozenset("which what whats wich wat whose".split())
_VERBS = frozenset({"start", "end"})
_OF_THE_REST_ZH = 2.5
"""How much more counts what is asked of the rest of a Chinese question: 线上培训的主办单位."""
_HARDLY = 0.2
"""Score below which a verb asks for nothing beside the names that are asked for."""
_ONLY_A_VERB = 0.8
"""What "start" loses where something else is asked: who started the week."""
SUPERLATIVE = re.compile(
    r"(?P<most>(?<!at )\b(?:(?:the )?most|busiest|more than any other"
    r"|(?:largest|highest|biggest|greatest) (?:number|amount) of)\b|最多|最丰富)"
    r"|(?P<fewest>(?<!at )\b(?:fewest|least|quietest"
    r"|(?:smallest|lowest) (?:number|amount) of)\b|最少)"
    r"|(?P<longest>\blongest\b|最长)|(?P<shortest>\bshortest\b|最短)"
)
"""Operators of what stands out, with their words; these stay words like all others, which only
an answer that compares may pass over.
"""


def is_polar(tagging: Tagging, operators: frozenset[str], numbers: Sequence[float] = ()) -> bool:
    """Whether a yes or no is wanted: an auxiliary leads, but not in "could you …?".

    `numbers`: those that are no dates; with one, a statement with a question mark is a claim.
    """
    if tagging.utterance.has_chinese and _INDIRECT_ZH.search(tagging.utterance.raw):
        return False  # 你知道是谁主办的吗
    if "confirm" in operators:
        return True
    if "polar" in operators and not _is_wh_led(tagging.utterance.words):
        return True  # "there was a contest?", but not "who was there"
    if "hedge" in operators and not _asks_anything(tagging):
        return True
    if tagging.utterance.has_chinese and _CLAIM_ZH.search(tagging.utterance.raw):
        return True
    states = bool(numbers) and "activity" in operators and not _asks_anything(tagging)
    if states and tagging.utterance.raw.endswith("?"):
        return True  # "Qinghai promised twenty events?"
    if _leaves_a_choice(tagging):
        return False
    words = (word.replace("'", "") for word in tagging.utterance.words)
    first = next((word for word in words if word not in _LEADING), "")
    second, third, fourth = (*words, "", "", "")[:3]
    if second in _PERSONS and third in _KNOWING and fourth in (*_WH, *_ASKING):
        return False  # "do you know who held it?"
    return first in _AUXILIARIES and not (first in _REQUESTS and second in _PERSONS)


def _leaves_a_choice(tagging: Tagging) -> bool:
    """Whether one of two is asked for: "was it online or in person?"."""
    attributes = (m for m in tagging.mentions if m.has(EntityType.ATTRIBUTE))
    return any("or" in tagging.utterance.words[m.first : m.end] for m in attributes)


def _is_wh_led(words: Sequence[str]) -> bool:
    """Whether a question word leads, perhaps behind a preposition: "at which levels are there"."""
    lead = words[1] if words[0] in _OF and len(words) > 1 else words[0]
    about = words[1:2] == ("about",)  # "what about Sanming, are there events?"
    return lead in _WH or (lead in _WHICH and not about)


def _asks_anything(tagging: Tagging) -> bool:
    """Whether a question word stands in it: then "I believe" is only a manner of speaking."""
    words, raw = tagging.utterance.words, tagging.utterance.raw
    if not _ASKING.isdisjoint(words) or any(word in _WH for word in words):
        return True
    return any(asking in raw for asking in (*_ASKING_ZH, *_ASKING_BEHIND_ZH))


def is_asked(tagging: Tagging, first: int, end: int) -> bool:
    """Whether which, what, how many or 哪, 几 … stands right before (Chinese: or behind)."""
    words = tagging.utterance.words
    before = words[max(0, first - _NEAR) : first]
    for index in range(first - 1, max(0, first - _NEAR) - 1, -1):
        if words[index] in _AUXILIARIES:
            break
        if words[index] in _ASKING:
            of_places = words[index + 1] in _PLACES and first > index + 2
            return not of_places  # "which regions involve schools"
    if words[end : end + 1] in (("name",), ("names",)) or words[end:] == ("which",):
        return True
    if not tagging.utterance.has_chinese:
        return False
    characters, behind = "".join(before), "".join(words[end : end + _NEAR])
    if any(asking in characters for asking in _ASKING_ZH):
        return True
    if _WHEN_OR_WHERE_ZH.search("".join(words[end : end + _NEAR + 2])):
        return False  # 项目签约是哪天
    return any(asking in behind for asking in _ASKING_BEHIND_ZH)


def asked_terms(tagging: Tagging, units: Sequence[Unit]) -> tuple[str, ...]:
    """The terms of the nouns behind which, what or how many."""
    asked = [unit for unit in units if is_asked(tagging, unit.first, unit.end)]
    return tuple(dict.fromkeys(term for unit in _counted(tagging, asked) for term in unit.terms))


def _counted(tagging: Tagging, asked: Sequence[Unit]) -> Sequence[Unit]:
    """Behind "how many" only the nouns that stand together: the lines in "lines of the metro", the
    firms in "how many firms got awards".
    """
    words = tagging.utterance.words
    if "many" not in words or len(asked) < 2:
        return asked
    many = words.index("many")
    behind = sorted((unit for unit in asked if unit.first > many), key=lambda unit: unit.first)
    for previous, unit in pairwise(behind):
        if not _JOINING.issuperset(words[previous.end : unit.first]):
            return [counted for counted in behind if counted.first < unit.first]
    return asked


_NAMES_OF = re.compile(r"\bnames? of(?: (?:the|both|all|these|those|its|their|two|\d+))*$")
_BE = frozenset({"was", "were", "is", "are"})
_FOUNDED = frozenset("inaugurated unveiled established opened founded created launched".split())
_FOUNDED_ZH = re.compile("揭牌|挂牌|成立|设立")


def asked_name_kinds(tagging: Tagging, mentions: Sequence[Mention]) -> Iterator[str]:
    """Kinds of names that are asked for: behind a question word, or leading the question."""
    of_kinds = [mention for mention in mentions if EntityType.NAME_KIND in mention.types]
    if not of_kinds:
        return
    spoken = (m for m in mentions if not any(x.id == "follow" for x in m.meanings))  # "and the …"
    content = [m for m in spoken if EntityType.FILLER not in m.types or _asks(m)]
    for mention in of_kinds:
        kinds = [m.id for m in mention.meanings if m.type is EntityType.NAME_KIND]
        if kinds == ["body"] and _is_founded(mention, tagging):
            continue
        leads = bool(content) and mention is content[0] and not of_the_rest(content, tagging)
        asked = is_asked(tagging, mention.first, mention.end) or _is_called(mention, tagging)
        if leads or len(content) == 1 or asked:
            yield from kinds


def _is_founded(mention: Mention, tagging: Tagging) -> bool:
    """ "Which institutions were inaugurated?" asks what was founded, not who took part."""
    if tagging.utterance.has_chinese:
        return _FOUNDED_ZH.search(tagging.utterance.raw) is not None
    behind = tagging.utterance.words[mention.end : mention.end + 2]
    return len(behind) == 2 and behind[0] in _BE and behind[1] in _FOUNDED


def _is_called(mention: Mention, tagging: Tagging) -> bool:
    """ "What is the training platform of Ningxia called?", "names of both newspapers" ask for the
    name of something of a kind.
    """
    words = tagging.utterance.words
    if _NAMES_OF.search(" ".join(words[: mention.first])):
        return True
    called = not _CALLED.isdisjoint(words[mention.end :])
    before, behind = words[: mention.first], words[mention.end : mention.end + 1]
    return called and before in _WHAT_IS_THE and not _CALLED_OR_OF.isdisjoint(behind)


def of_the_rest(mentions: Sequence[Mention], tagging: Tagging) -> Mention | None:
    """What a Chinese question asks of the rest of it, at its end: 专题网页的主办单位."""
    last = mentions[-1] if mentions else None
    if last is None or not last.first or tagging.utterance.words[last.first - 1] != "的":
        return None
    asked = {m.id for m in last.meanings if m.type is EntityType.ATTRIBUTE}
    return last if asked and "title" not in asked else None


def _asks(mention: Mention) -> bool:
    return any(meaning.asks for meaning in mention.meanings)


def asks_where(mentions: Sequence[Mention]) -> bool:
    """Whether a place is asked for by a question form, not merely spoken of ("the prefectures")."""
    return any(meaning.id == "place" and meaning.asks for m in mentions for meaning in m.meanings)


def _asks_when(mentions: Sequence[Mention], *, named: bool) -> bool:
    """Whether a form asks for a time, or nothing asks for anything: "start date?"."""
    asked = {
        meaning.id
        for mention in mentions
        for meaning in mention.meanings
        if meaning.type is EntityType.ATTRIBUTE and meaning.asks
    }
    return not (asked or named) or bool(asked & {"dates", "start", "end", "period"})


def ranked_attributes(
    mentions: Sequence[Mention],
    *,
    in_chinese: bool,
    named: bool,
    of_the_rest: Mention | None = None,
) -> tuple[str, ...]:
    """The attributes that are asked for, the likeliest first.

    `named`: beside kinds of bodies; `of_the_rest`: what a Chinese question ends with.

    Long phrases count more than short ones, and words that name an attribute more than
    forms that may ask for several.
    """
    scores: dict[str, float] = {}
    for mention in mentions:
        if EntityType.ATTRIBUTE not in mention.types:
            continue
        more_words = mention.end - mention.first - 1
        for meaning in mention.meanings:
            if meaning.type is not EntityType.ATTRIBUTE:
                continue
            if in_chinese and meaning.id == "place" and not (meaning.asks or more_words):
                continue  # 市 in 市场
            own = _ASKED if meaning.asks else _NAMED
            own += _OF_THE_REST_ZH if mention is of_the_rest else 0.0
            own += _ATTRIBUTE_BONUS.get(meaning.id, 0.0)
            own += (0.2 if meaning.asks and not in_chinese else 0.1) * more_words
            if mention.has(EntityType.FILLER) and not meaning.asks:
                own -= 0.6
            if meaning.id == "modality" and mention.has(EntityType.CONCEPT):
                own -= _MODALITY_IN_PASSING  # "the status of IP" asks for no modality
            scores[meaning.id] = scores.get(meaning.id, 0.0) + own
    verbs = _VERBS & scores.keys()
    if verbs and not _asks_when(mentions, named=named):
        for verb in verbs:
            scores[verb] -= _ONLY_A_VERB
            if named and scores[verb] < _HARDLY:
                del scores[verb]  # "the bodies behind the start"
    return tuple(sorted(scores, key=lambda attribute: -scores[attribute]))

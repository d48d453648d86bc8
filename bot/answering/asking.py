"""What a question wants, read off its slots and words alone, before any fact is consulted."""

import re

from bot.understanding.meanings import EntityType
from bot.understanding.question import CONTENT_WEIGHT, EVENT_WORDS, Question, Unit

_GENERAL = frozenset({EntityType.GENERAL})
_SAYS_NOTHING = frozenset({EntityType.GENERAL, EntityType.FILLER})
_SITES = frozenset({"&website", "~website"})
_WEEK_WORDS = frozenset({"week", "weeks", "wk", "周"})


def content_units(question: Question) -> tuple[Unit, ...]:
    """The pieces of a question that name something, pronouns and asked attributes aside."""
    return tuple([
        unit for unit in question.units
        if not (unit.foreign or unit.is_cue or unit.aside) and unit.weight >= CONTENT_WEIGHT
    ])  # fmt: skip


def is_attribute_word(question: Question, unit: Unit) -> bool:
    """Whether a unit only names the attribute that is asked for: "theme", "organiser"."""
    for mention in question.tagging.mentions:
        if mention.first == unit.first and mention.has(EntityType.ATTRIBUTE):
            return not (mention.has(EntityType.CONCEPT) or mention.has(EntityType.NAME))
    return False


def telling_units(question: Question) -> list[Unit]:
    """The content without the words for attributes."""
    return [unit for unit in content_units(question) if not is_attribute_word(question, unit)]


def names_an_activity(question: Question) -> bool:
    """Whether it speaks of something in particular, not of whatever there was."""
    telling = any(unit.weight > 0.5 for unit in content_units(question))
    return bool(question.kinds or question.names or telling)


def asks_source(question: Question) -> bool:
    """Whether it asks above all where something was published."""
    return question.attributes[:1] == ("source",)


_POINTING = frozenset({"compare", "pronoun"})
"""Operators of questions about something that was named before."""

_OF_REPORTS = frozenset({"title", "published", "dates", "source", "part"})
"""Attributes that a published report has itself: "part" is how "title of" may be read."""

_PUBLISHING = frozenset("published publishes publisher posted posts ran issued".split())
"""What somebody does with a report: "who published the article on Yunnan?"."""


def asks_of_report(question: Question) -> bool:
    """Whether it asks for the title, day or publisher of what the facts were read from."""
    if "report" not in question.operators or asks_modality(question):
        return False
    claims_a_day = question.is_polar and question.date is not None
    asked = not _OF_REPORTS.isdisjoint(question.attributes[:2])
    asked = asked or not _PUBLISHING.isdisjoint(question.tagging.utterance.words)
    return asked or claims_a_day or "website" in question.name_kinds


def beside_report(question: Question) -> list[Unit]:
    """The content apart from the words for reports, and for sites on which they stand."""
    reports = {
        mention.first
        for mention in question.tagging.mentions
        if any(m.type is EntityType.OPERATOR and m.id == "report" for m in mention.meanings)
    }
    return [
        unit
        for unit in telling_units(question)
        if unit.first not in reports and not set(unit.terms) & _SITES
    ]


def asks_modality(question: Question) -> bool:
    """Whether it asks above all if something was planned or held."""
    return question.attributes[:1] == ("modality",) and "count" not in question.operators


def asks_who_shares(question: Question, attribute: str) -> bool:
    """Whether it asks who else has the same: "which regions had the same theme as Yunnan?"."""
    if attribute not in question.attributes[:2]:
        return False
    return "compare" in question.operators or speaks_of_others(question)


def speaks_of_others(question: Question) -> bool:
    """Whether others are meant than the one spoken of: "who else had it?", 还有谁."""
    utterance = question.tagging.utterance
    return not _OTHERS.isdisjoint(utterance.words) or _OTHERS_ZH.search(utterance.raw) is not None


def asks_regions(question: Question) -> bool:
    """Whether it asks which places, anywhere in the country."""
    attributes = question.attributes
    if question.name_kinds and attributes[:1] != ("place",):
        return False  # 直播在哪个平台 asks for the platform
    return "place" in attributes[:2] and not question.places


_DIVISIONS = frozenset("province city region municipality prefecture".split())
"""Words that only say what a place is: "in Fujian province"."""
_HAS_ZH = re.compile("(?:有|辖)(?:几|多少)个?(?:省|市|县|区|州|州市|城市|地市|地级市)[？?呀啊呢]?$")
"""Nothing but what a place has is counted: 云南有多少个市."""


def counts_what_place_has(question: Question) -> bool:
    """ "How many cities does Yunnan have?" is geography: those that a week names are not all."""
    if "count" not in question.operators or "place" not in question.attributes[:2]:
        return False
    if not question.names_place or question.names_week or content_units(question):
        return False
    utterance = question.tagging.utterance
    if utterance.has_chinese:
        return _HAS_ZH.search(utterance.raw) is not None
    words = utterance.words
    place = next(m for m in question.tagging.mentions if m.has(EntityType.PLACE))
    before, behind = words[place.first - 1 : place.first], set(words[place.end :])
    if before == ("in",):
        return behind <= _DIVISIONS
    return before in (("does",), ("do",)) and "have" in behind <= _DIVISIONS | {"have"}


def asks_coverage(question: Question) -> bool:
    """Whether it asks which weeks the bot knows: "Which provinces do you cover?" """
    if content_units(question) or question.date or question.kinds or question.names:
        return False
    if question.details or any(unit.foreign for unit in question.units):
        return False
    if "known" in question.operators:
        wanted = set(question.attributes[:2]) & {"place", "period", "dates", "number"}
        wanted |= question.operators & {"count", "list"}
        points = question.operators & _POINTING  # "can you have it both ways"
        only_asks = not (question.attributes or points or speaks_of_else(question))
        if question.places:  # "do you know the theme of Fujian?" asks for the theme
            return set(question.attributes) <= {"place", "period", "number"}
        return bool(wanted or question.years or only_asks)
    first = question.attributes[0] if question.attributes else ""
    if any(_is_unknown(unit) for unit in question.units):
        return False
    if counts_all_activities(question):
        return not (question.places or question.years)
    if question.places:
        return first == "period" and not question.years
    if first == "period" and _measures_time(question):
        return False
    if first == "place":
        return question.wants_many_places or bool(question.years)
    return first == "period"


_IN_ALL = re.compile(
    r"\b(?:in total|altogether|overall|in all|total|all (?:the )?(?:weeks|regions)|recorded"
    r"|listed)\b|总共|一共|全部|合计|收录"
)


def counts_all_activities(question: Question) -> bool:
    """ "How many activities are recorded altogether?" """
    said = question.tagging.utterance.raw.casefold()
    counts = {"count", "activity"} <= question.operators and not question.attributes
    return counts and ("known" in question.operators or bool(_IN_ALL.search(said)))


def _measures_time(question: Question) -> bool:
    """Whether years are counted or a word beside them tells of what: "how many years had passed",
    "4 years plus 7 years".
    """
    return speaks_of_else(question) or any(not unit.is_cue for unit in question.units)


def speaks_of_else(question: Question) -> bool:
    """Whether a word of any subject stands in it, which no fact explains: "do you have a book?"."""
    general = (m for m in question.tagging.mentions if m.types == {EntityType.GENERAL})
    return any(general) or any(_is_unknown(unit) for unit in question.units)


def _is_unknown(unit: Unit) -> bool:
    return not (unit.explained or unit.is_cue)


def asks_source_of_all(question: Question) -> bool:
    """Whether only "where is this from?" is said, not who says this or that, in quotes."""
    return asks_source(question) and _QUOTED.search(question.tagging.utterance.raw) is None


def asks_the_day(question: Question) -> bool:
    """Whether the date of World IP Day itself is asked, or claimed to be another one."""
    content = any(unit.first >= 0 for unit in content_units(question))
    if question.places or content or question.ordinals or question.kinds:
        return False
    if question.is_polar and question.date is not None and not question.date.is_world_ip_day:
        return True
    if question.attributes[:1] in (("dates",), ("start",)) or "define" in question.operators:
        return True
    return not question.attributes and "activity" not in question.operators


def counts_kind(question: Question) -> bool:
    """Whether activities of a kind are counted or listed: "how many exhibitions"."""
    return any("#" + kind in question.asked for kind in question.kinds)


_ENDS_COUNTED = frozenset(
    "did do does are were is was have has had will would can could be been in at on of from for to "
    "by with took take takes".split()
)
"""Words behind which "how many …" counts nothing any more."""


def counts_unknown(question: Question) -> bool:
    """ "How many booths did the exhibition have?": what is counted is known of no fact."""
    words = question.tagging.utterance.words
    if "count" not in question.operators or "many" not in words or question.attributes:
        return False
    strange = {term for unit in question.units if unit.ordinary for term in unit.terms}
    if question.wants_many_places or not strange.issuperset(question.asked):
        return False
    first = words.index("many") + 1
    end = next((i for i in range(first, len(words)) if words[i] in _ENDS_COUNTED), len(words))
    counted = range(first, end)
    told = {i: m.types for m in question.tagging.mentions for i in range(m.first, m.end)}
    if any(not told.get(i, _GENERAL) <= _SAYS_NOTHING for i in counted):
        return False
    says = any(told.get(i, _GENERAL) == _GENERAL for i in counted)
    return says and not any(u.explained and u.first in counted for u in question.units)


def wants_list(question: Question) -> bool:
    """Whether all that fit are wanted rather than the best one."""
    if "list" in question.operators:
        return True
    only_kinds = all(unit.is_of("#&") for unit in content_units(question))
    return only_kinds and bool(question.kinds) and not question.attributes


def asks_of_name(question: Question) -> bool:
    """Whether it asks what a named body did, and no more."""
    only_names = all(unit.is_name for unit in content_units(question))
    plain = not (question.attributes or question.kinds or question.is_polar)
    return only_names and plain and bool(question.names) and "activity" in question.operators


def quotes(question: Question) -> bool:
    """Whether words of a theme or slogan are repeated in it."""
    return any(term[0] == "%" and u.first >= 0 for u in question.units for term in u.terms)


def speaks_of_events(question: Question) -> bool:
    """Whether it calls what it asks about events or activities."""
    utterance = question.tagging.utterance
    return any(t.text in EVENT_WORDS for t in utterance.tokens) or "活动" in utterance.raw


_ANY = re.compile(r"\b(?:any|anything|something|there)\b|有没有|有无|有什么|有啥")


def asks_for_any(question: Question) -> bool:
    """Whether it asks if there was anything, not if the week was on."""
    return _ANY.search(question.tagging.utterance.raw.casefold()) is not None


_WHERE = re.compile(r"\bwhere(?:abouts)?\b|在哪|哪里|哪儿|何处")


def asks_whereabouts(question: Question) -> bool:
    """Whether it asks where something is, not which region did something."""
    return _WHERE.search(question.tagging.utterance.raw.casefold()) is not None


_HOW = re.compile(r"\bhow\b(?! (?:many|much|long|old|soon|often|far)\b)|怎么|怎样|如何")


def asks_how(question: Question) -> bool:
    """Whether it asks how something went, not how many or how long."""
    return _HOW.search(question.tagging.utterance.raw.casefold()) is not None


_EXACT_DAY = re.compile(
    r"\b(?:days?|dates?|exact(?:ly)?|precise(?:ly)?)\b|几月几[号日]|几[号日]|哪一?天|具体"
)


def asks_exact_day(question: Question) -> bool:
    """Whether the very day is asked for: not "when" but "what day", "when exactly"."""
    return _EXACT_DAY.search(question.tagging.utterance.raw.casefold()) is not None


def asks_launch(question: Question) -> bool:
    """Whether it speaks of the opening of the week: when was it launched."""
    utterance = question.tagging.utterance
    if any(token.text.startswith("launch") for token in utterance.tokens):
        return True
    return any(word in utterance.raw for word in ("启动", "开幕"))


_WHAT = re.compile(r"\bwh?at\b|什么|啥")


def asks_activities(question: Question) -> bool:
    """Whether it asks what was done: "what did they do", 搞了什么."""
    asks = _WHAT.search(question.tagging.utterance.raw.casefold()) is not None
    return asks and "activity" in question.operators and not question.attributes


_BEFORE_VERBS = frozenset("did do does has have will can could would didnt hasnt wont".split())
_QUOTED = re.compile('["“].+["”]')
_OTHERS = frozenset("other others else anyone unique alone elsewhere".split())
_OTHERS_ZH = re.compile("还有谁|还有哪|别的|其他|其它")
_DEFINITE = frozenset("the that this their its 的".split())


def speaks_of_known(question: Question) -> bool:
    """Whether it takes an activity for granted: "the training", "the IP summit", 保山的培训.

    Behind a place such a word is a noun ("was Fujian training …"), but not in "did Fujian train".
    """
    tagging = question.tagging
    words = tagging.utterance.words
    ends = {mention.end for mention in tagging.mentions if mention.has(EntityType.PLACE)}
    if not _BEFORE_VERBS.isdisjoint(words[:2]):
        ends = set()
    firsts = [m.first for m in tagging.mentions if m.first and m.has(EntityType.KIND)]
    firsts = [first - 1 if words[first - 1] == "ip" else first for first in firsts]
    return any(first in ends or words[max(0, first - 1)] in _DEFINITE for first in firsts)


def speaks_of_week(question: Question) -> bool:
    """Whether it calls what it asks about a week."""
    tokens = question.tagging.utterance.tokens
    if any(token.text in _WEEK_WORDS for token in tokens):
        return True
    return question.names_week and not speaks_of_events(question)

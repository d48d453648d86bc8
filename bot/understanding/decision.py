"""How sure the bot is that a question is about the publicity weeks, and when it answers.

Each question is described by a few features (a place is named, words match the facts,
words belong to another subject …). A logistic model over them gives the confidence. Its
weights were fitted on question sets of which half are about other things
(`tests/calibration.py`, run by `make calibrate`); the threshold was chosen there so that
at most 3 in 1,000 foreign questions get an answer. Those of stories, far repairs, the second
person, names and words of any subject were set by hand, near what a fit to 2,500 quiz questions
gave, where it cost no good question: the whole fit refused one more of them in a hundred. Those
of generalities and of places within names (`general_term`, `of_a_text`, `place_in_name`) were set
by hand as well, as strong as cost none of the question sets an answer.
"""

import re
from collections.abc import Callable, Iterator
from math import exp

from msgspec import Struct

from bot.understanding.generalities import generalities, only_reckons
from bot.understanding.meanings import EntityType
from bot.understanding.question import EVENT_WORDS, Question, Unit
from bot.understanding.repairs import doubtful_repairs, reads_far_place

THRESHOLD = 0.42
"""Least confidence for an answer; below it the question is taken to be about something else."""

WEIGHTS: dict[str, float] = {
    "activity": 0.37,
    "anchored_clean": 1.89,
    "anchored_match": -0.82,
    "anchored_unclear": 2.71,
    "aside": 1.5,
    "asked_name_kind": 3.19,
    "asks_coverage": 1.12,
    "attribute": 1.04,
    "bias": -2.49,
    "chinese": 0.41,
    "concept_matched": 1.29,
    "concept_unmatched": -1.88,
    "count": 1.0,
    "coverage": 0.23,
    "date_in_season": 2.16,
    "date_other": -4.06,
    "define": 0.17,
    "define_loosely": -0.2,
    "detail": 0.1,
    "detail_address": -0.88,
    "detail_anchored": -0.35,
    "detail_attendance": 2.25,
    "detail_clock-time": -1.41,
    "detail_contact": -3.87,
    "detail_dress": -0.01,
    "detail_duration": -1.77,
    "detail_look": 1.3,
    "detail_matched": -1.63,
    "detail_money": 0.43,
    "detail_opinion": -0.72,
    "detail_person": 0.26,
    "detail_price": 0.42,
    "detail_prize-value": 1.82,
    "detail_registration": 0.87,
    "detail_size": 1.3,
    "detail_winners": 1.41,
    "dialogue": 1.99,
    "dialogue_clean": 2.65,
    "far_place": -2.0,
    "first_person": -3.19,
    "foreign": -5.89,
    "foreign_but_matched": -0.16,
    "general": -0.6,
    "general_term": -3.0,
    "of_a_text": -2.0,
    "kind_matched": 1.84,
    "kind_unmatched": -0.4,
    "known": 1.88,
    "loose_clean": 0.26,
    "loose_match": -0.91,
    "much_matched": 2.44,
    "name_kind_matched": -0.13,
    "name_kind_unmatched": -0.68,
    "names_the_day": 3.44,
    "names_week": 3.22,
    "number_matched": 3.23,
    "number_unmatched": -0.01,
    "only_numbers": -3.06,
    "ordinary": -2.3,
    "ordinary_beside": -0.74,
    "other_place_clean": -1.51,
    "other_story": -0.8,
    "own_story": 1.5,
    "own_name_matched": 3.8,
    "own_name_unmatched": 2.95,
    "phrase_matched": -0.17,
    "place_asked_match": 1.36,
    "place_in_name": -2.2,
    "place_known": 1.97,
    "place_of_dialogue": 1.19,
    "place_other": 3.24,
    "polar": 0.15,
    "quote_matched": 3.85,
    "repaired_match": -1.7,
    "repaired_place": -0.93,
    "repaired_word": -2.0,
    "second_person": -3.19,
    "shared_name_matched": 1.33,
    "shared_name_unmatched": -0.45,
    "short": 1.53,
    "strong_attribute": 0.89,
    "theme_matched": -0.05,
    "unknown": -2.06,
    "unknown_beside": -1.82,
    "word_matched": -0.15,
    "year": 2.32,
}
"""Feature → weight in the exponent of the logistic function; "bias" is always 1."""

STRONG_ATTRIBUTES = frozenset({"theme", "slogan", "organiser", "modality", "world-ip-day"})
_SHORT, _SHORT_ZH = 2, 4
"""Up to so many words, or characters where a Chinese one asks (有竞赛吗), a question can hardly say
what it is about.
"""
_FIRST_PERSON = frozenset("i my mine myself im ive 我的".split())
_TO_ME = frozenset(
    "tell give gimme show send let remind inform list get bring for with excuse email text read "
    "teach write find fetch pass hand to help do name brief update".split()
)
"""Verbs before "me" that only ask for an answer, unlike "take me"."""
_ASKING_ME = frozenset(  # "e" is that of "i.e."
    "e want need interested curious wonder wondering would like know looking heard read think mean "
    "meant believe told understood understand gather assume suppose saw learn learned learnt "
    "confirm remember recall forget forgot forgotten sure".split()
)
_AUXILIARIES = frozenset("do did should will would can could".split())
_ASKS_YOU = "[们好知能可帮给查说那这看再还讲告介列有怎觉认刚找推提了手都哪]|会[什啥些哪]|是[说指]"
_ABOUT_YOU = re.compile(f"[你您](?!{_ASKS_YOU})")
"""The bot itself is spoken of ("你是 …"), not asked to know, tell or look up ("你知道 …")."""
_MAY = frozenset("could can may might".split())
_GET = (["have"], ["know"], ["see"], ["ask"])
_ANCHORS = frozenset({"place_known", "own_name_matched", "names_week", "names_the_day"})
"""Features that tie a question to the weeks by themselves."""
_MUCH = 1.5
"""Sum of matches from which a question is about something the facts hold."""
_WELL = 0.95
"""Sum of matches from which a rare thing is named that the facts hold."""
_ONLY_GENERAL = frozenset({EntityType.GENERAL})
_ONLY_ANCHORED = ("aside",)
"""A story around a question speaks for it only where the weeks themselves are named: quizzes and
riddles tell stories too."""
_ONLY_LOOSE = ("repaired_match", "repaired_word", "general", "other_story")
"""Words taken for others, and those of any subject, say something only where the weeks are not
named: a name of another subject may be close to a word of this one."""
_MOST = {"aside": 1.0, "other_story": 3.0, "ordinary": 3.0, "foreign": 3.0, "quote_matched": 1.0}
"""Feature → value that further words do not raise."""
_IN_PASSING = 0.2
"""Weight below which a fact holds no more than a common word of a phrase of another subject."""
_OPPOSING = frozenset({"foreign", "ordinary", "unknown"})
"""Features of words that speak against the subject."""
_FIRST_YEAR = 2000
"""World IP Day was first held in 2001; earlier years are of other stories."""
_ONE_CHARACTER = 0.6
"""What a single Chinese character that nothing explains counts less beside a rare thing that the
facts hold; most are particles and verbs."""
_UNEXPLAINED = ("ordinary", "unknown")
"""Those of them that may be synonyms which the vocabulary lacks."""
_WORD_ZH, _MOST_WORDS_ZH = 2.0, 4.0
"""Characters of a Chinese word, and as how many words a run of unknown ones counts at most."""
_ONE_WORD_ZH = 3
"""Up to so many Chinese characters are one word, no phrase."""
_NOTION = 0.6
"""Weight of a notion from which its lack in the best fact counts in full; many facts have the
commoner ones, such as people.
"""
_TELLING_NUMBER = 0.3
"""Weight from which a number tells something by itself; small ones stand in any text."""
_NUMBERED = frozenset({"line"})
"""Attributes of which a small number tells something: the metro's line 3."""
_IN_THEME = 0.6
"""Weight of words of themes from which a question quotes one."""


class Evidence(Struct, frozen=True):
    """What speaks for and against a question being about the weeks."""

    features: dict[str, float]
    """Feature → value; `explain` shows each with its weight."""
    confidence: float
    """0 to 1: the probability that the question is about the weeks."""
    opposing: float = 0.0
    """How many words speak against it: of other subjects, or explained by nothing."""

    @property
    def suffices(self) -> bool:
        """Whether to answer from the facts."""
        return self.confidence >= THRESHOLD

    @property
    def is_general(self) -> bool:
        """Whether what a word means is asked, or how a thing is done at all."""
        return "general_term" in self.features

    @property
    def is_personal(self) -> bool:
        """Whether the person speaks of their own affairs: "my next event"."""
        return "first_person" in self.features


CERTAIN = Evidence({}, 1.0)
"""For utterances that need no facts, such as a greeting."""


def weigh(
    question: Question,
    matched: Callable[[Unit], float],
    knows_place: Callable[[str], bool],
    in_theme: Callable[[Unit], bool],
    is_of_a_week: Callable[[str], bool],
    coverage: float,
    *,
    in_dialogue: bool,
) -> Evidence:
    """Describe a question by its features and weigh them.

    `matched` tells how well the best fact holds a unit (0: not at all), `in_theme` whether it
    is a word of a theme, `is_of_a_week`
    whether a name is spoken of by weeks only, `coverage` how much of the question's content
    the best fact holds.
    """
    features = {"bias": 1.0, "coverage": coverage}
    features.update(_slot_features(question, knows_place))
    opposing = _unit_features(question, matched, in_theme, is_of_a_week, features)
    _combine(question, features, opposing, in_dialogue=in_dialogue)
    score = sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
    return Evidence(features, 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score)))), opposing)


def _combine(
    question: Question, features: dict[str, float], opposing: float, *, in_dialogue: bool
) -> None:
    """Features that only mean something together."""
    clean = opposing == 0.0
    anchored = not _ANCHORS.isdisjoint(features)
    matched = sum(value for name, value in features.items() if name.endswith("_matched"))
    has_place_asked = question.attributes[:1] == ("place",)
    combined = {
        ("dialogue_clean" if clean else "dialogue"): in_dialogue,
        "anchored_clean": anchored and clean,
        "other_place_clean": "place_other" in features and clean,
        "place_asked_match": has_place_asked and bool(matched),
        "anchored_match": anchored and bool(matched),
        "loose_match": 0.0 if anchored else min(2.5, matched),
        "loose_clean": not anchored and clean and bool(matched),
        "define_loosely": "define" in features and not anchored and not question.attributes,
        "detail_anchored": "detail" in features and clean and "place_known" in features,
        "detail_matched": "detail" in features and bool(matched),
        "much_matched": matched >= _MUCH,
        "foreign_but_matched": matched >= _MUCH and "foreign" in features,
        "anchored_unclear": anchored and not clean and "foreign" not in features,
    }
    features.update((name, float(value)) for name, value in combined.items() if value)
    if "one_character" in features:
        said = _ONE_CHARACTER * features.pop("one_character")
        beside = matched - features.get("phrase_matched", 0.0) >= _WELL
        if beside and "unknown" in features:
            features["unknown"] -= said
    for name in _ONLY_LOOSE if anchored else _ONLY_ANCHORED:
        features.pop(name, None)
    if not anchored:
        features.update((name, 1.0) for name in generalities(question, in_dialogue=in_dialogue))
    features.pop("own_story" if anchored else "", None)
    if anchored:
        _set_beside(features)


def _set_beside(features: dict[str, float]) -> None:
    """Words that nothing explains say less where the weeks themselves are named."""
    for name in _UNEXPLAINED:
        if name in features:
            features[f"{name}_beside"] = features.pop(name)


def _slot_features(question: Question, knows_place: Callable[[str], bool]) -> dict[str, float]:
    date, operators = question.date, question.operators
    known, own_place = any(map(knows_place, question.places)), question.names_place
    in_season = date is not None and (bool(date.anchor) or 410 <= (date.start or 0) <= 505)
    utterance = question.tagging.utterance
    in_chinese = utterance.has_chinese
    words = [word.replace("'", "") for word in utterance.words]
    own = [i for i, word in enumerate(words) if word in _FIRST_PERSON or _is_done_to_me(words, i)]
    asks = question.is_polar or bool(question.attributes)
    flags = {
        "place_known": known and own_place,
        "place_of_dialogue": known and not own_place,
        "place_other": bool(question.places) and not known,
        "date_in_season": in_season and not question.names_the_day,
        "date_other": date is not None and not in_season and not known,
        "year": any(year >= _FIRST_YEAR for year in question.years),
        "names_week": question.names_week,
        "names_the_day": question.names_the_day,
        "strong_attribute": not STRONG_ATTRIBUTES.isdisjoint(question.attributes[:2]),
        "attribute": bool(question.attributes),
        "asked_name_kind": bool(question.name_kinds),
        "activity": "activity" in operators,
        "define": "define" in operators,
        "count": "count" in operators,
        "known": "known" in operators,
        "polar": question.is_polar,
        "detail": bool(question.details),
        f"detail_{question.details[0]}" if question.details else "": bool(question.details),
        "first_person": any(_is_personal(question, words, index) for index in own),
        "own_story": not question.story.isdisjoint(own),
        "second_person": in_chinese and _ABOUT_YOU.search(utterance.raw) is not None,
        "asks_coverage": question.wants_many_places or "period" in question.attributes[:1],
        "repaired_place": bool(question.tagging.repairs) and bool(question.places),
        "far_place": bool(question.places) and reads_far_place(question.tagging),
        "place_in_name": in_chinese and _is_part_of_name(question),
        "short": len(words) <= (_SHORT_ZH if in_chinese and asks else _SHORT),
        "only_numbers": all(word[:1].isdigit() for word in words) or only_reckons(question),
        "chinese": question.language == "zh",
    }
    return {name: 1.0 for name, holds in flags.items() if holds}


def _is_part_of_name(question: Question) -> bool:
    """Whether a Chinese place begins a longer name that nothing knows: 天津犹太会堂."""
    ends = {m.end for m in question.tagging.mentions if m.has(EntityType.PLACE)}
    unknown = (u for u in question.units if _is_chinese(u) and not u.explained)
    return any(u.first in ends and len(u.text) > 1 for u in unknown)


def _is_done_to_me(words: list[str], index: int) -> bool:
    """ "How long will it take me?" speaks of oneself; "tell me" does not."""
    return words[index] == "me" and index > 0 and words[index - 1] not in _TO_ME


def _is_personal(question: Question, words: list[str], index: int) -> bool:
    """Whether somebody speaks of themselves, and not only of their wish to know, or in a story."""
    only_asks = words[index] in ("i", "im", "ive") and _asks(words, index)
    return index not in question.story and not only_asks


def _asks(words: list[str], index: int) -> bool:
    """ "I want to know …", "may I have …": the first person only introduces the question."""
    if index and words[index - 1] in _MAY and words[index + 1 : index + 2] in _GET:
        return True
    if index and words[index - 1] in _AUXILIARIES:
        return False  # "do I need an umbrella"
    return not _ASKING_ME.isdisjoint(words[index + 1 : index + 4])


def _unit_features(
    question: Question,
    matched: Callable[[Unit], float],
    in_theme: Callable[[Unit], bool],
    is_of_a_week: Callable[[str], bool],
    features: dict[str, float],
) -> float:
    """Add what the pieces of content say; returns how many speak against the subject."""
    opposing = 0.0
    for unit in question.units:
        weight = 0.0 if unit.is_strange else matched(unit)
        if is_in_passing(unit, weight):
            weight = 0.0
        sort = _sort(unit, is_of_a_week)
        if unit.aside:
            said = _aside_unit(unit, sort)
        elif weight:
            said = _matched_unit(unit, weight, sort, in_theme)
        else:
            said = _unmatched_unit(unit, sort, question)
        for name, value in said:
            features[name] = features.get(name, 0.0) + value
            opposing += name in _OPPOSING
    held = {i for unit in question.units if matched(unit) for i in range(unit.first, unit.end)}
    features.update(_repaired(question, held))
    features.update(_general_words(question, held))
    small = features.pop("small_number_matched", 0.0)
    beside = _NUMBERED.intersection(question.attributes)
    if small and (beside or any(name.endswith("_matched") for name in features)):
        features["number_matched"] = features.get("number_matched", 0.0) + small
    if features.pop("theme_weight", 0.0) >= _IN_THEME:
        features["theme_matched"] = 1.0
    for name, most in _MOST.items():
        if name in features:
            features[name] = min(most, features[name])
    return opposing


def is_in_passing(unit: Unit, weight: float) -> bool:
    """Whether a fact holds no more than a common word of a phrase of another subject: the train of
    "last train".
    """
    return unit.foreign and weight < _IN_PASSING and unit.end - unit.first > 1


def _general_words(question: Question, held: set[int]) -> Iterator[tuple[str, float]]:
    """How many words of any subject stand beside what the best fact holds: "tools", "trends"."""
    beside = sum(
        mention.types == _ONLY_GENERAL and mention.first not in question.story | held
        for mention in question.tagging.mentions
    )
    if beside:
        yield "general", float(min(2, beside))


def _repaired(question: Question, held: set[int]) -> Iterator[tuple[str, float]]:
    """How many words were perhaps wrongly taken for others, in what the best fact holds and
    beside it.
    """
    repairs = doubtful_repairs(question.tagging)
    inside = sum(index in held for index in repairs)
    for name, count in (("repaired_match", inside), ("repaired_word", len(repairs) - inside)):
        if count:
            yield name, float(min(2, count))


def _aside_unit(unit: Unit, sort: str) -> Iterator[tuple[str, float]]:
    """What a unit of the story around a question says."""
    yield "aside", 1.0
    if unit.foreign or unit.ordinary or (sort == "word" and not unit.explained):
        yield "other_story", 1.0


def _matched_unit(
    unit: Unit, weight: float, sort: str, in_theme: Callable[[Unit], bool]
) -> Iterator[tuple[str, float]]:
    """What a unit says that the best fact or a theme holds."""
    if any(term[0] == "%" for term in unit.terms) and unit.first >= 0:
        yield "quote_matched", 1.0
    elif in_theme(unit):
        yield "theme_weight", max(weight, 0.45)
    if unit.foreign:
        yield "foreign", 0.7
    elif sort != "cue":
        yield f"{sort}_matched", min(1.0, 0.3 + 0.8 * weight)
        if unit.end - unit.first > (_ONE_WORD_ZH if _is_chinese(unit) else 1):
            yield "phrase_matched", 1.0


def _is_chinese(unit: Unit) -> bool:
    return not unit.text.isascii()


def _words_in(unit: Unit) -> float:
    """As how many words something counts that nothing explains: in Chinese no gap parts them."""
    return max(1.0, min(_MOST_WORDS_ZH, len(unit.text) / _WORD_ZH)) if _is_chinese(unit) else 1.0


def _unmatched_unit(unit: Unit, sort: str, question: Question) -> Iterator[tuple[str, float]]:
    """What a unit says that nothing holds."""
    if unit.foreign and question.details and _is_about_event(question):
        return  # the price of an exhibition: the detail counts, not its word
    if sort == "word" and unit.explained:
        return
    if unit.foreign or unit.ordinary or sort == "word":
        name = "foreign" if unit.foreign else "ordinary" if unit.ordinary else "unknown"
        yield name, 1.0 if unit.foreign else _words_in(unit)
        if len(unit.text) == 1 and not (unit.foreign or unit.text.isascii()):
            yield "one_character", 1.0
    elif not unit.is_cue:
        yield f"{sort}_unmatched", min(1.0, unit.weight / _NOTION) if sort == "concept" else 1.0


def _is_about_event(question: Question) -> bool:
    """Whether the week, a kind of activities or the events of a place are spoken of."""
    if question.names_week or question.kinds:
        return True
    return question.names_place and not EVENT_WORDS.isdisjoint(question.tagging.utterance.words)


def _sort(unit: Unit, is_of_a_week: Callable[[str], bool]) -> str:
    if unit.is_cue:
        return "cue"
    if unit.is_name:
        names = [term[1:] for term in unit.terms if term[0] == "!"]
        is_own = any(map(is_of_a_week, names)) or any(term[0] == "^" for term in unit.terms)
        return "own_name" if is_own else "shared_name"
    prefixes = {term[0] for term in unit.terms}
    if "#" in prefixes:
        return "kind"
    if "&" in prefixes:
        return "name_kind"
    if "~" in prefixes:
        return "concept"
    if unit.text[:1].isdigit():
        return "number" if unit.weight >= _TELLING_NUMBER else "small_number"
    return "word"

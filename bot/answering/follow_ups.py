"""What a message means in a running dialogue: a switch, a follow-up, or a new question."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from msgspec.structs import replace

from bot.answering.asking import (
    asks_exact_day,
    asks_modality,
    asks_regions,
    asks_source,
    content_units,
    counts_unknown,
    speaks_of_others,
)
from bot.answering.attributes import SOFT, TIMES, names_of_kind
from bot.answering.claims import Claims, claims_a_measure
from bot.answering.counting import Counting
from bot.answering.day_references import with_named_day
from bot.answering.definitions import Definitions
from bot.answering.details import Details
from bot.answering.dialogue import DialogueState, is_switch, repeated, switched
from bot.answering.findings import (
    Activities,
    Finding,
    Missing,
    ModalityOf,
    OneActivity,
    Provenance,
    Scope,
    Values,
    Verdict,
)
from bot.answering.found import Found
from bot.answering.matching import Candidate, Matcher
from bot.answering.refusals import Refusals
from bot.answering.scopes import independent_places, weeks_of
from bot.answering.search import ENOUGH, Search
from bot.answering.value_answers import ValueAnswers
from bot.answering.weighing import Weighing
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.decision import CERTAIN
from bot.understanding.meanings import EntityType
from bot.understanding.question import CONTENT_WEIGHT, Question, Unit

_ONE = re.compile(r"\b(?:the|that|this)(?: \w+)? ones?\b|的是|的那")
_NTH = re.compile(
    r"\b(?P<word>first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|4th|5th|6th)"
    r"(?: ones?| item| event| activity| point)?\s*(?=$|[,.?!:;])"
    r"|第(?P<zh>[一二三四五六七八九十])[个项条场](?![天日])|最后一?(?P<last>[个项条场])"
)
"""One of a list that was told: "the second one", "and the last?", 第二个."""
_ALIKE = re.compile(
    r"\bsame(?: \w+)? as\b|\bthe same[?. ]*$|\b(?:alike|identical|differ(?:s|ent)?)\b"
    r"|一样|相同|不同"
)
_THAT_PLACE = re.compile(
    r"\b(?:that|this|the same) (?:city|town|place|prefecture|county|district)\b"
    r"|(?<!is )(?<!was )(?<!are )(?<!were )\bthere(?=$|[?!.])"
    r"|那个?(?:城市|市|州|县|区|地方)|该[市州县区]|当地|那里|那儿"
)
"""Words for the place of what was just told; "how many were there" means none."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ORDINALS_ZH = "一二三四五六七八九十"
_REGIONS = frozenset("region regions province provinces 省".split())
"""Words of a question that is not about the place of the dialogue: which region did?"""
SHORT = 9
"""Up to this many tokens "it" and "they" mean what was just answered."""
_BETTER = 0.3
"""How much more coverage (0 to 1) another place needs to be preferred to that of the dialogue."""
_THE_VERY = 0.9
"""Coverage (0 to 1) from which an activity at the place of the dialogue is what is named."""
_SINGLY = 4
"""So many activities of the last answer have their modality told one by one."""
_NOW = frozenset("now today tonight tomorrow currently".split())
"""What is so now is asked of the world, not of what was held."""
_OF_WEEKS = TIMES | {"theme"}


class AnswerQuestion(Protocol):
    """Answers one question by itself."""

    def __call__(self, question: Question, *, in_dialogue: bool = False) -> Found:
        """The finding; `in_dialogue`: the question follows another one."""


class FollowUps:
    """Reads messages of a running dialogue."""

    def __init__(
        self,
        answer: AnswerQuestion,
        knowledge: KnowledgeBase,
        matcher: Matcher,
        weighing: Weighing,
        values: ValueAnswers,
        counting: Counting,
        refusals: Refusals,
        claims: Claims,
        details: Details,
    ) -> None:
        self._answer = answer
        self._knowledge = knowledge
        self._matcher = matcher
        self._weighing = weighing
        self._values = values
        self._counting = counting
        self._refusals = refusals
        self._claims = claims
        self._details = details

    def find(self, question: Question, state: DialogueState) -> Found:
        """The answer of the closest reading that has one."""
        if "same-day" in question.operators and question.date is None:
            question = replace(question, date=state.date)
        question = with_named_day(question, state)
        if _asks_again(question):
            return self._answer(repeated(question, state), in_dialogue=True)
        if _compares_with_before(question, state):
            places = (*state.places, *question.places)
            attributes = question.attributes or state.attributes
            both = replace(question, places=places, attributes=attributes, is_polar=True)
            return self._answer(both, in_dialogue=True)
        state = self._with_place_of_focus(question, state)
        if is_switch(question):
            return self._switched(question, state)
        if "theme" in state.attributes[:1] and _asks_of_others(question):
            shared = replace(question, attributes=("theme",), places=state.places)
            return self._answer(shared, in_dialogue=True)
        detail = self._detail_of_it(question, state)
        if detail is not None:
            return detail
        theirs = "pronoun" in question.operators
        for reading in self._readings(question):
            found = reading(question, state)
            # What was just told and lacks the day is not given up for another subject.
            kept = reading in (self._in_focus, self._others)
            kept = kept or (found is not None and theirs and _lacks_detail(found))
            kept = kept or (reading == self._at_place and _lacks_of_week(question, found))
            if found is not None and (kept or not found.is_weak):
                return found
        return self._answer(_with_context(question, state), in_dialogue=True)

    def _with_place_of_focus(self, question: Question, state: DialogueState) -> DialogueState:
        """ "What else did that city do?": the city of what was just told, if it did more."""
        if question.places or not _THAT_PLACE.search(question.tagging.utterance.raw.casefold()):
            return state
        places = {entry.place for entry in self._focus(state)}
        if len(places) != 1 or places <= {*state.places}:
            return state
        there = Scope((*places,), state.years)
        more = (e.id not in state.focus for e in self._matcher.in_scope(there))
        return replace(state, places=there.places) if any(more) else state

    def _switched(self, question: Question, state: DialogueState) -> Found:
        """The same of another place or time; what was done there, where nothing is known of what
        was named before: "what did Pu'er do in the papers?", "and Qujing?"
        """
        found = self._answer(switched(question, state), in_dialogue=True)
        asks = (state.asks_activities or state.names) and not question.is_polar
        if found.is_weak and asks and state.units:
            bare = replace(state, units=(), kinds=(), names=(), name_kinds=())
            other = self._answer(switched(question, bare), in_dialogue=True)
            return found if other.is_weak else other
        return found

    def _readings(
        self, question: Question
    ) -> Iterator[Callable[[Question, DialogueState], Found | None]]:
        """Ways to understand a follow-up, the closest one first."""
        if "else" in question.operators:
            yield self._others
        if not (question.places or question.date or content_units(question)):
            yield self._nth
        if question.places and _speaks_of_one(question):
            yield self._one_there
        if asks_regions(question) and not _REGIONS.isdisjoint(question.tagging.utterance.words):
            yield self._by_itself
        if not (question.places or question.is_national):
            yield self._in_focus
            yield self._at_place
        yield self._by_itself
        yield self._claimed_of_it

    def _detail_of_it(self, question: Question, state: DialogueState) -> Found | None:
        """ "How many people came?", "who spoke?", "was it free?" to what was just told: the detail
        where a fact states it, else that it is not reported.
        """
        entries = self._focus(state)
        if not entries or not question.details or question.places or content_units(question):
            return None
        asked = question.details[0]
        if asked != "attendance" and not _asks_only_detail(question):
            return None
        scope, ranked = Scope(state.places, state.years), [Candidate(e, 1.0, 1.0) for e in entries]
        search = Search(question, scope, entries, ranked, CERTAIN)
        published = self._details.published(search)
        if published is not None:
            return Found(published, _filled(question, state), CERTAIN)
        if len(entries) > 1 and asked != "attendance":
            return None
        entry = entries[0]
        if self._details.is_spoken_of(search):
            return Found(OneActivity(entry), _filled(question, state), CERTAIN)
        detail = next(d for d in self._knowledge.vocabulary.details if d.id == asked)
        missing = Missing(
            "no_detail", scope, place=entry.place, entry=entry, week=entry.week, detail=detail.name
        )
        return Found(missing, question, CERTAIN)

    def _focus(self, state: DialogueState) -> list[ActivityEntry]:
        """The activities of the last answer."""
        known = map(self._knowledge.activity_with_id, state.focus)
        return [entry for entry in known if entry is not None]

    def _by_itself(self, question: Question, _state: DialogueState) -> Found:
        return self._answer(question)

    def _claimed_of_it(self, question: Question, state: DialogueState) -> Found | None:
        """ "Is it for students?": what is known of what was just told, which does not say so."""
        entries, content = self._focus(state), content_units(question)
        known = bool(content) and all(unit.explained and not unit.foreign for unit in content)
        of_it = question.is_polar and "pronoun" in question.operators
        if len(entries) != 1 or not (known and of_it) or question.places or question.details:
            return None
        return Found(OneActivity(entries[0]), _filled(question, state), CERTAIN)

    def _one_there(self, question: Question, state: DialogueState) -> Found | None:
        """ "Who is the one in Ningxia for?": of what was asked for before, at another place."""
        named = [unit for unit in state.units if unit.weight >= CONTENT_WEIGHT and not unit.is_cue]
        if content_units(question) or not named:
            return None
        meant = replace(question, kinds=state.kinds, units=(*question.units, *state.units))
        return self._answer(meant, in_dialogue=True)

    def _nth(self, question: Question, state: DialogueState) -> Found | None:
        """ "And the second one?": of the activities that were listed."""
        entries = self._focus(state)
        position = _position(question.tagging.utterance.raw.casefold(), len(entries))
        if len(entries) < 2 or position is None:
            return None
        entry = entries[position]
        finding = self._about(question, [entry], ()) or OneActivity(entry)
        return Found(finding, _filled(question, state), CERTAIN)

    def _others(self, question: Question, state: DialogueState) -> Found | None:
        """ "What else do they plan?": the activities of the place that were not told yet."""
        told = self._focus(state)
        places = independent_places(question.places, self._knowledge) or state.places
        scope = Scope(places, state.years)
        if not scope.places or not told or content_units(question):
            return None
        if question.date or any(e.places.isdisjoint(scope.places) for e in told):
            return None
        known = self._matcher.recent(self._matcher.in_scope(scope))
        entries = [entry for entry in known if entry.id not in state.focus]
        evidence = self._weighing.evidence(question, None, in_dialogue=True)
        if not evidence.suffices:
            return None
        filled = replace(question, places=scope.places, years=state.years)
        if entries:
            return Found(Activities(tuple(entries), scope), filled, evidence)
        nothing = Missing("no_more", scope, place=scope.places[0], week=told[0].week)
        return Found(nothing, filled, evidence)

    def _at_place(self, question: Question, state: DialogueState) -> Found:
        """The answer at the place of the dialogue, unless its words fit better elsewhere."""
        question = _with_context(question, state)
        found = self._answer(question, in_dialogue=True)
        if found.is_weak or not content_units(question) or not found.candidates:
            return found
        covered = found.candidates[0].coverage
        if covered < ENOUGH:
            elsewhere = self._answer(replace(question, places=(), is_national=False))
            best = elsewhere.candidates[0].coverage if elsewhere.candidates else 0.0
            if not elsewhere.is_weak and best > covered + _BETTER:
                return elsewhere
        return found

    # --- the last answer -----------------------------------------------------------------

    def _in_focus(self, question: Question, state: DialogueState) -> Found | None:
        """A question about what was just answered: "which banks?", "who organised it?"."""
        entries = self._focus(state)
        if not entries or question.date or question.years or question.details:
            return None
        ranked = self._matcher.rank(question, entries)
        held = frozenset(
            kind for kind in question.name_kinds for entry in entries
            if names_of_kind((kind,), entry, self._knowledge)
        )  # fmt: skip
        parts = self._parts_of_named(question, state)
        if parts is not None:
            return Found(parts, _filled(question, state), CERTAIN)
        measure = self._claims.on_number(question, entries) if claims_a_measure(question) else None
        if measure is not None:
            return Found(measure, _filled(question, state), CERTAIN)
        if counts_unknown(question) and "pronoun" in question.operators and len(entries) == 1:
            lacking = self._refusals.lacks("number", entries[0], Scope())
            return Found(lacking, _filled(question, state), CERTAIN)
        named = any(unit.weight >= CONTENT_WEIGHT and not unit.is_cue for unit in state.units)
        if not _refers_back(question, entries, ranked, held, named=named):
            return None
        order = list(dict.fromkeys((*(candidate.entry for candidate in ranked), *entries)))
        finding = self._about(question, order, ranked)
        if finding is None:
            return None
        best = ranked[0] if ranked else Candidate(order[0], 0.0, 0.0)
        evidence = self._weighing.evidence(question, best, in_dialogue=True)
        if not evidence.suffices:
            return None
        return Found(finding, _filled(question, state), evidence, tuple(ranked[:5]))

    def _parts_of_named(self, question: Question, state: DialogueState) -> Values | None:
        """ "Which sub-platforms does it have?", of a thing named before."""
        points_back = question.operators & {"pronoun", "else"}
        if question.names or not (state.names and points_back):
            return None
        kinds = {*question.kinds, *question.name_kinds}
        parts = self._knowledge.parts_of_names.get(state.names[0], ())
        if not any(part.kind in kinds for part in parts):
            return None
        return Definitions(self._knowledge).belonging(replace(question, names=state.names))

    def _about(
        self, question: Question, entries: Sequence[ActivityEntry], ranked: Sequence[Candidate]
    ) -> Finding | None:
        """What some activities say for what is asked, or None when they say nothing of it."""
        if asks_source(question):
            return Provenance(weeks_of(entries), tuple(entries[:1]))
        if asks_modality(question):
            whole_week = len(entries) > _SINGLY and not content_units(question)
            return None if whole_week else ModalityOf(tuple(entries[:_SINGLY]))
        if question.is_polar and question.numbers:
            claimed = self._claims.on_number(question, entries)
            if claimed is not None:
                return claimed
        counted = None
        counts = "count" in question.operators or question.attributes[:1] == ("number",)
        if counts:  # with nothing named it is the first of them that counts
            counted_in = entries if content_units(question) else entries[:1]
            counted = self._counting.count(question, counted_in)
        found = counted or self._values.values(question, entries)
        if found is not None:
            return found
        if TIMES.intersection(question.attributes[:1]) and len(entries) == 1:
            exactly = asks_exact_day(question)
            first = question.attributes[0]
            return self._refusals.lacks(first, entries[0], Scope(), exactly=exactly)
        if question.attributes and not set(question.attributes) & SOFT:
            return self._lacking_of_it(question, entries)
        if "count" in question.operators and content_units(question):
            return None  # what is counted may stand elsewhere
        if question.is_polar and ranked:
            return Verdict(True, entries[0])
        if len(entries) == 1 or ranked or question.operators & {"more", "pronoun"}:
            return OneActivity(entries[0])
        return None

    def _lacking_of_it(
        self, question: Question, entries: Sequence[ActivityEntry]
    ) -> Missing | Values | None:
        """ "Who saw it?", of a thing of which that is not told; None where "it" is none."""
        it = len(entries) == 1 and "pronoun" in question.operators
        if not it or content_units(question) or question.name_kinds:
            return None
        return self._refusals.lacks(question.attributes[0], entries[0], Scope())


def _asks_again(question: Question) -> bool:
    """ "In Chinese, please": nothing but another language is asked for."""
    says = question.has_scope or question.attributes or question.details or question.units
    return bool(question.reply_language) and not says


def _compares_with_before(question: Question, state: DialogueState) -> bool:
    """ "Same as Yunnan's?" after the theme of Ningxia asks whether both are alike."""
    alike = "compare" in question.operators and _ALIKE.search(
        question.tagging.utterance.raw.casefold()
    )
    one_each = len(question.places) == 1 and len(state.places) == 1
    asked = question.attributes or state.attributes
    others = one_each and question.places != state.places and not asks_regions(question)
    return bool(alike) and others and bool(asked)


def _asks_only_detail(question: Question) -> bool:
    """Whether a short follow-up has no word of its own but those for a detail: "any video of it?",
    not "what's the weather in Paris?".
    """
    detail = {
        index for mention in question.tagging.mentions if mention.has(EntityType.DETAIL)
        for index in range(mention.first, mention.end)
    }  # fmt: skip
    strange = (u for u in question.units if u.foreign or u.ordinary or not u.explained)
    says_more = question.kinds or question.names or question.date or question.years
    today = not _NOW.isdisjoint(question.tagging.utterance.words)
    alone = all(unit.first in detail for unit in strange) and not (says_more or today)
    alone = alone and not question.subjects
    return alone and question.token_count <= SHORT


def _speaks_of_one(question: Question) -> bool:
    """Whether it stands for a thing named before: "the one in Ningxia", 宁夏的是 …"""
    return _ONE.search(question.tagging.utterance.raw.casefold()) is not None


def _asks_of_others(question: Question) -> bool:
    """ "Who else had it?", of what was just told."""
    elsewhere = question.places or question.date or content_units(question)
    return not elsewhere and "pronoun" in question.operators and speaks_of_others(question)


def _position(text: str, count: int) -> int | None:
    """The index of the one of `count` that a text points to; None for none of them."""
    found = _NTH.search(text)
    if found is None:
        return None
    word, chinese = found["word"] or "", found["zh"] or ""
    if chinese:
        index = _ORDINALS_ZH.index(chinese)
    elif found["last"] or word == "last":
        index = count - 1
    else:
        index = _ORDINALS.index(word) if word in _ORDINALS else int(word[0]) - 1
    return index if index < count else None


def _lacks_of_week(question: Question, found: Found | None) -> bool:
    """Whether the week of the dialogue states no theme or date: those of others are not meant."""
    if found is None or not isinstance(found.finding, Missing) or content_units(question):
        return False
    return not _OF_WEEKS.isdisjoint(question.attributes[:1]) and found.finding.week is not None


def _lacks_detail(found: Found) -> bool:
    """Whether it is about the very thing that is named, of which only a detail is missing."""
    if not isinstance(found.finding, Missing) or found.finding.entry is None:
        return False
    return bool(found.candidates) and found.candidates[0].coverage >= _THE_VERY


def _refers_back(
    question: Question,
    entries: Sequence[ActivityEntry],
    ranked: Sequence[Candidate],
    held: frozenset[str],
    *,
    named: bool,
) -> bool:
    """Whether a question can be about the activities of the last answer, which hold names of
    the kinds in `held`; `named`: they were spoken of by more than a place and a time.
    """
    content = content_units(question)
    if _other_content(content, held) and (not ranked or ranked[0].coverage < ENOUGH):
        return False
    points_back = "pronoun" in question.operators
    of_week = _OF_WEEKS & set(question.attributes[:1]) and not (points_back and named)
    if of_week and len(entries) > 1 and not content:
        return False
    if question.attributes or question.name_kinds or question.operators & {"count", "more"}:
        return True
    points_back = points_back or len(entries) == 1
    return points_back and (question.token_count <= SHORT or bool(content))


def _other_content(content: Sequence[Unit], held: frozenset[str]) -> bool:
    """Whether anything is named but a kind of names: the platform on which it was."""
    asked = {"&" + kind for kind in held}
    return any(asked.isdisjoint(unit.terms) for unit in content)


def _with_context(question: Question, state: DialogueState) -> Question:
    """The question with the place and year of the dialogue, where it names no place."""
    if question.places or question.is_national or "known" in question.operators:
        return question
    dated = question.date is not None and question.date.year
    years = question.years or (() if dated else state.years)
    only_counts = "count" in question.operators and not content_units(question)
    date = question.date or (state.date if only_counts else None)  # how many on that day
    return replace(
        question, places=state.places, is_national=state.is_national, years=years, date=date
    )


def _filled(question: Question, state: DialogueState) -> Question:
    """The question with what the dialogue remembers of the last answer."""
    units = question.units
    if not content_units(question):
        units = (*units, *(unit for unit in state.units if not unit.is_cue))
    return replace(
        question,
        places=state.places,
        years=state.years,
        kinds=question.kinds or state.kinds,
        names=question.names or state.names,
        units=units,
    )

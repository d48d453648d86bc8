"""Yes or no: verdicts on claims about numbers, bodies, places and years."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import asks_for_any, speaks_of_known
from bot.answering.attributes import TIMES, names_of_kind, values_of
from bot.answering.counting import Counting
from bot.answering.findings import Finding, OneActivity, Scope, Verdict
from bot.answering.matching import Candidate, Matcher
from bot.answering.refusals import Refusals
from bot.answering.region_answers import with_other_weeks
from bot.answering.search import Search
from bot.answering.value_texts import figure_text, period_text
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.meanings import EntityType
from bot.understanding.question import Question, Unit

CHECKED = 4
"""So many of the best activities are held against a claim."""
_HOLDING = frozenset(
    "mention mentions mentioned cover covers covered include includes included contain contains "
    "contained explain explains explained discuss discusses discussed address addresses".split()
)
"""Verbs of contents: what stands behind them is claimed to be told there."""
_ELSEWHERE = 0.6
"""Coverage (0 to 1) from which an activity of the region is the one claimed for a city."""
_AS_CLAIMED, _TELLING = 0.9, 0.8
"""Coverage (0 to 1) and weight of the words from which another region is meant instead."""
_EQUAL = 0.95
"""Share of the best score from which an activity fits a claim as well, and tells its city."""
_HELD = 0.5
"""Weight of the words that a fact must hold to be told on a claim that is not understood."""
_DESCRIBED = 0.8
"""Coverage (0 to 1) from which an activity is described well enough to be told on a claim."""
_NOTION = 0.4
"""Least weight of a notion that stands in the way of a plain yes."""
_PER = re.compile(r"(?:\bper |每)([0-9]+(?:,[0-9]+)*)")
"""The number that something is counted per: 10,000 in "per 10,000 heads"."""
_FORMS = {"online": "线上", "offline": "线下"}
"""Concepts of the ways in which something is held, with the usual word in Chinese."""
_NOT_BODIES = frozenset("event work project programme base alliance platform centre".split())
"""Kinds of names of which one does not stand for another: naming it is no claim."""

_MEDIA = frozenset({"newspaper", "agency", "media", "website"})
"""Kinds of bodies that sources often leave without their names."""
_OF_NO_OTHER = frozenset({"newspaper"})
"""Kinds of names of which one of a place never stands for another one there."""


class Claims:
    """Answers to yes/no questions."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        facts: FactIndex,
        matcher: Matcher,
        counting: Counting,
        refusals: Refusals,
    ) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._matcher = matcher
        self._counting = counting
        self._refusals = refusals

    def verdict(self, search: Search) -> Finding:
        """Whether the best activity is as the question says."""
        question, entry = search.question, search.ranked[0].entry
        if question.years and not _is_of_years(entry, question.years):
            return self._of_another_year(entry)
        claimed = _on_period(question, entry) or self.number_or_name(search)
        if claimed is not None:
            return claimed
        other_form = self._of_other_form(question, entry)
        if other_form is not None:
            return other_form
        if "only" in question.operators:
            return self._all_there_is(search)
        if not search.covers():
            known = self.of_activity(search)
            if known is not None:
                return known
            return self._refusals.no_match(search)
        asks_when = not TIMES.isdisjoint(question.attributes)
        if asks_when and not entry.first_day and question.date is not None:
            return self._refusals.no_day_of(entry, Scope(question.places))
        doubtful = self.unclear(search) or self._beyond_what_is_told(search)
        doubtful = doubtful or self._beyond_contents(search) or self._beyond_names(search)
        return doubtful or with_other_weeks(Verdict(True, entry), search.near())

    def _of_other_form(self, question: Question, entry: ActivityEntry) -> Finding | None:
        """No, for what was online and is claimed to have been offline, or the other way round."""
        terms = self._facts.of(entry).terms
        claimed = _forms_claimed(question)
        if len(claimed) != 1 or any("~" + form in terms for form in claimed):
            return None
        if not any("~" + form in terms for form in _FORMS):
            return None
        values = tuple(values_of("form", entry, self._knowledge))
        return Verdict(False, entry, values, attribute="form") if values else OneActivity(entry)

    def _all_there_is(self, search: Search) -> Finding:
        """ "Was it only online?" is no plain yes: what else there is stands beside it."""
        of_week = self._counting.of_week(search.question, search.entries)
        near = search.top(CHECKED)
        return of_week or OneActivity(near[0], tuple(near[1:]))

    def unclear(self, search: Search) -> OneActivity | None:
        """What is known, without yes or no, where a claim holds words that nothing explains."""
        units = [unit for unit in search.content if unit.weight > 0.0]
        known = [unit for unit in units if unit.explained]
        if len(known) == len(units) or not search.ranked or any(u.foreign for u in units):
            return None
        entry = search.ranked[0].entry
        terms = self._facts.of(entry).terms
        held = sum(unit.match(terms)[0] for unit in known)
        share = held / (sum(unit.weight for unit in known) or 1.0)
        return OneActivity(entry) if share >= _AS_CLAIMED and held >= _HELD else None

    def _beyond_what_is_told(self, search: Search) -> OneActivity | None:
        """What is known, without a yes, where notions are claimed that are not told of it: "was
        the lecture for judges?".
        """
        entry = search.ranked[0].entry
        terms = self._facts.of(entry).terms
        missing = any(_is_missing(unit, terms) for unit in search.content)
        return OneActivity(entry) if missing else None

    def _beyond_contents(self, search: Search) -> OneActivity | None:
        """What is known, without a yes, where it is to hold something that is not told of it:
        "does the white paper mention designs?".
        """
        words = search.question.tagging.utterance.words
        verbs = [at for at, word in enumerate(words) if word in _HOLDING]
        entry = search.ranked[0].entry
        terms = self._facts.of(entry).terms
        behind = [u for u in search.question.units if verbs and u.first > verbs[0] and u.terms]
        missing = any(unit.match(terms)[0] == 0.0 and unit.weight > 0.0 for unit in behind)
        return OneActivity(entry) if missing else None

    def _beyond_names(self, search: Search) -> OneActivity | None:
        """What is known, without a yes, where a body is claimed that is not named there: "did the
        People's Daily report on Yunnan?" where media are told of without their names.
        """
        question, entry = search.question, search.ranked[0].entry
        bodies = (self._knowledge.names[id] for id in question.names)
        absent = (
            not self._takes_part(name.id, entry)
            for name in bodies
            if name.kind in _MEDIA and name.place not in question.places
        )
        return OneActivity(entry) if any(absent) else None

    def of_activity(self, search: Search) -> OneActivity | None:
        """What is known of an activity of which something is claimed that nothing bears out:
        that a press conference was held with the police.

        None where the activity itself is in question, or is not named by its place and kind.
        """
        question = search.question
        granted = "confirm" in question.operators or speaks_of_known(question)
        granted = granted or bool(question.attributes) or _is_described(search)
        if not (question.is_polar and granted and question.names_place):
            return None
        if not search.ranked or search.evidence.is_personal:
            return None
        entry = search.ranked[0].entry
        named = {term[1:] for unit in search.content for term in unit.terms if term[0] == "#"}
        return OneActivity(entry) if entry.kinds.intersection(named) else None

    def number_or_name(self, search: Search) -> Finding | None:
        """The verdict on a number, else on a body, that the question claims."""
        entries = search.top(CHECKED)
        return self.on_number(search.question, entries) or self.on_names(search.question, entries)

    def on_names(self, question: Question, entries: Sequence[ActivityEntry]) -> Verdict | None:
        """No, for a body that does not take part where others of its kind do."""
        names = self._knowledge.names
        for id in question.names:
            name = names[id]
            if any(self._takes_part(id, entry) for entry in entries):
                continue
            of_place = name.kind not in _OF_NO_OTHER and name.place in question.places
            if name.kind in _NOT_BODIES or (name.place and of_place):
                continue
            for entry in entries:
                same = names_of_kind((name.kind,), entry, self._knowledge)
                if same:
                    return Verdict(False, entry, tuple(same), attribute="name")
        return None

    def elsewhere(self, search: Search) -> Finding | None:
        """ "Was the Square Day in Baoshan?" – it was in another city of the same region, or nothing
        more exact than the region is known.

        What another region did is a no only where the question names what was done as known
        and asks whether it was this region; else it is told beside what is missing.
        """
        question = search.question
        best = self.best_in_region(question, search.scope)
        if best is not None and best.coverage >= _ELSEWHERE:
            if best.entry.place == self._knowledge.region_of(search.scope.places[0]):
                return self._refusals.lacks("place", best.entry, search.scope)
            return self._at_another_place(best.entry)
        found = self._in_one_other_region(search)
        if found is None:
            return None
        if "confirm" in question.operators or "it" in question.tagging.utterance.words[:3]:
            return self._at_another_place(found)
        return replace(self._refusals.no_match(search), elsewhere=found)

    def of_another_region(self, search: Search) -> Finding | None:
        """ "The slogan was on the Wuhan metro, right?": what one other region did, where the place
        is known for nothing and no word speaks of another subject.
        """
        known = search.entries or search.evidence.opposing or search.evidence.is_personal
        return None if known else self.elsewhere(search)

    def _at_another_place(self, entry: ActivityEntry) -> Verdict:
        where = tuple(values_of("place", entry, self._knowledge))
        return Verdict(False, entry, where, attribute="place")

    def _in_one_other_region(self, search: Search) -> ActivityEntry | None:
        """The activity that a claim about a place fits, where one other region alone has it."""
        question, scope = search.question, search.scope
        telling = sum(unit.weight for unit in search.content)
        if not (question.is_polar and scope.places) or telling < _TELLING:
            return None
        ranked = self._matcher.rank(question, self._matcher.in_scope(Scope((), scope.years)))
        fitting = [c.entry for c in ranked if c.coverage >= _AS_CLAIMED]
        regions = {self._knowledge.region_of(entry.place) for entry in fitting}
        here = set(map(self._knowledge.region_of, scope.places))
        return fitting[0] if len(regions) == 1 and not regions & here else None

    def best_in_region(self, question: Question, scope: Scope) -> Candidate | None:
        """What a claim about a city means most likely, anywhere in the region of the city."""
        if not (question.is_polar and scope.places):
            return None
        regions = tuple(dict.fromkeys(map(self._knowledge.region_of, scope.places)))
        if regions == scope.places:
            return None
        ranked = self._matcher.rank(question, self._matcher.in_scope(Scope(regions, scope.years)))
        equal = [c for c in ranked if c.score >= _EQUAL * ranked[0].score]
        in_a_city = (c for c in equal if c.entry.place not in regions)
        return next(in_a_city, ranked[0] if ranked else None)

    def _of_another_year(self, entry: ActivityEntry) -> Verdict:
        year = entry.week.week.year
        period = entry.activity.period
        when = Text(str(year), f"{year}年") if period is None else period_text(period)
        return Verdict(False, entry, (when,), attribute="period")

    def on_number(self, question: Question, entries: Sequence[ActivityEntry]) -> Verdict | None:
        """Whether a number that is claimed is the published one; None where none is published."""
        if not question.numbers:
            return None
        claimed = set(question.numbers)
        if claims_a_measure(question):
            return _on_measure(claimed, entries)
        if "line" in question.attributes:
            for entry in entries[:2]:
                lines = entry.activity.details.get("line", ())
                if lines:
                    holds = claimed <= _whole_numbers(lines)
                    return Verdict(holds, entry, tuple(lines), attribute="line")
        found = self._counting.figure(replace(question, asked=()), entries)
        if found is None:
            return None
        figures = found.entry.activity.figures
        exact = next((figure for figure in figures if figure.value in claimed), None)
        if exact is not None:
            return Verdict(True, found.entry, (figure_text(exact),), attribute="number")
        return Verdict(False, found.entry, found.values, attribute="number")

    def _takes_part(self, name: str, entry: ActivityEntry) -> bool:
        """Whether a body, its parent or a part of it stands in an activity or runs the week."""
        names = self._knowledge.names
        if name in entry.names or name in entry.week.week.organisers:
            return True
        owner = names[name].part_of
        return any(names[other].part_of == name or owner == other for other in entry.names)


def claims_a_measure(question: Question) -> bool:
    """ "That's per 1,000 people?": no number is claimed but the one that a figure is taken per."""
    said = _said_per(question.tagging.utterance.raw.casefold()) if question.is_polar else set()
    return bool(said) and said == set(question.numbers)


def _on_measure(claimed: set[float], entries: Sequence[ActivityEntry]) -> Verdict | None:
    """Whether figures are taken per the number that is claimed; None where none is taken so."""
    for entry in entries:
        for figure in entry.activity.figures:
            text = figure_text(figure)
            if measure := _said_per(text.en):
                return Verdict(measure == claimed, entry, (text,), attribute="number")
    return None


def _said_per(text: str) -> set[float]:
    """The numbers behind "per" in a text."""
    return {float(number.replace(",", "")) for number in _PER.findall(text)}


def _is_described(search: Search) -> bool:
    """Whether an activity is named by more than its kind, and not asked for: patent inspections."""
    several = sum(unit.weight >= _HELD for unit in search.content) > 1
    return several and search.covers(_DESCRIBED) and not asks_for_any(search.question)


def _is_missing(unit: Unit, terms: frozenset[str]) -> bool:
    """Whether a notion of the question is not in a fact with these terms."""
    return unit.weight >= _NOTION and unit.is_of("~&") and not unit.match(terms)[0]


def _forms_claimed(question: Question) -> set[str]:
    """Whether something is said to have been online or offline; in Chinese that may be a cue."""
    mentions, raw = question.tagging.mentions, question.tagging.utterance.raw
    concepts = {m.id for one in mentions for m in one.meanings if m.type is EntityType.CONCEPT}
    return {form for form, word in _FORMS.items() if form in concepts or word in raw}


def _is_of_years(entry: ActivityEntry, years: Sequence[int]) -> bool:
    """Whether an activity was held in, or reports on, one of these years."""
    return entry.week.week.year in years or reports_on(entry, years)


def _on_period(question: Question, entry: ActivityEntry) -> Verdict | None:
    """Whether an activity reports on the years that are claimed: from 2015 to 2018."""
    period = entry.activity.period
    if period is None or len(question.years) < 2:
        return None
    holds = (min(question.years), max(question.years)) == (period.start, period.end)
    return Verdict(holds, entry, (period_text(period),), attribute="period")


def reports_on(entry: ActivityEntry, years: Sequence[int]) -> bool:
    """Whether the period that an activity reports on holds one of these years."""
    period = entry.activity.period
    return period is not None and any(period.start <= year <= period.end for year in years)


def _whole_numbers(lines: Sequence[Text]) -> set[float]:
    return {float(word) for line in lines for word in line.en.split() if word.isdigit()}

"""What is missing, and when to ask back: refusals that say what is known instead."""

from collections.abc import Sequence

from bot.answering.asking import speaks_of_else, telling_units
from bot.answering.attributes import TIMES
from bot.answering.findings import Finding, Missing, Outside, Scope, Unclear, Values
from bot.answering.labels import attribute_name
from bot.answering.scopes import latest_dated, weeks_in, weeks_of
from bot.answering.search import Search
from bot.answering.value_texts import during_week_text
from bot.knowledge.entries import NATION, ActivityEntry, WeekEntry
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.question import Question

MOST_CHOICES = 5
"""So many regions are offered when none was named."""
PERHAPS = 0.18
"""Confidence (0 to 1) from which a question that names something is asked back, not refused."""
_PAST = frozenset("did didnt was were had gave held got put sent took ran".split())
"""Words of a claim about what was done; "can I visit Tibet …?" is another matter."""
_ANYTHING = frozenset({"anything", "something", "sth"})

_PARTLY = 0.4
"""Coverage (0 to 1) from which an activity is told as what comes next to a claim."""


class Refusals:
    """Answers for what the knowledge does not hold."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def refusal(self, search: Search) -> Finding:
        """Ask back only where nothing speaks against the subject; else it is another one."""
        question, evidence = search.question, search.evidence
        foreign = evidence.opposing or question.details or question.subjects
        # What names nothing ("what did they hold?") can only be about what the bot knows.
        of_else = evidence.is_personal or speaks_of_else(question)
        names_nothing = not (telling_units(question) or of_else)
        if not foreign and not evidence.is_personal and _is_claim_in_own_words(question):
            return self.no_match(search)
        if not foreign and not evidence.is_personal and _is_claim_of_the_known(question):
            return self.no_match(search)
        if not foreign and _names_only_kinds(question) and not self.which_week(question.places):
            return self.nothing_there(search.scope)
        likely = names_nothing or evidence.confidence >= PERHAPS
        # "and the other one?", "more details"
        follows = question.operators & {"follow", "more"} and not question.units
        counts = "count" in question.operators and not question.units  # "how many were there"
        asks = "activity" in question.operators or question.attributes or follows or counts
        if likely and not foreign and asks:
            if question.places and telling_units(question):
                return self.no_match(search)
            if question.places:
                return self.which_week(question.places) or self.nothing_there(search.scope)
            return self.which_region()
        return Outside()

    def which_week(self, places: Sequence[str]) -> Unclear | None:
        """Ask what is meant of the places that were named; None when nothing is known of them."""
        known = [week for place in places for week in self._knowledge.weeks_by_place.get(place, ())]
        latest = sorted(known, key=lambda week: -week.week.year)[:MOST_CHOICES]
        choices = tuple((week.place, str(week.week.year)) for week in latest)
        return Unclear("what_of_it", choices) if choices else None

    def which_region(self) -> Unclear:
        """Ask which region is meant, those first of which most is known."""
        knowledge = self._knowledge
        largest: dict[str, WeekEntry] = {}
        for number in sorted(knowledge.wide_weeks, key=lambda n: -knowledge.size_of_week(n)):
            week = knowledge.week_entries[number]
            if week.week.body is None:
                largest.setdefault(week.place, week)
            if len(largest) == MOST_CHOICES:
                break
        choices = [(place, str(week.week.year)) for place, week in largest.items()]
        return Unclear("which_region", tuple(choices))

    def lacks(
        self, attribute: str, entry: ActivityEntry, scope: Scope, *, exactly: bool = False
    ) -> Missing | Values:
        """An activity is known, but not this of it.

        Without a day it is of those of its week, unless the very day is asked for (`exactly`).
        """
        if attribute in TIMES:
            days = entry.week.week.dates
            if days is None or scope.date is not None or exactly:
                return self.no_day_of(entry, scope)
            label = attribute_name("dates", self._knowledge.vocabulary)
            return Values("dates", label, (during_week_text(days.start, days.end),), entry)
        label = attribute_name(attribute, self._knowledge.vocabulary)
        return Missing(
            "no_detail", scope, place=entry.place, entry=entry, week=entry.week, detail=label
        )

    def no_day_of(self, entry: ActivityEntry, scope: Scope) -> Missing:
        """An activity is known, but not its day."""
        return Missing("no_day_of", scope, place=entry.place, entry=entry, week=entry.week)

    def no_match(self, search: Search) -> Missing:
        """Nothing of the kind is known there; the kind is named where one is asked for, and what
        comes next to a claim.
        """
        scope, question, kinds = search.scope, search.question, search.question.kinds
        weeks = weeks_in(scope, self._knowledge) if scope.places or scope.years else []
        only = scope.places and len(kinds) == 1 and not question.excepted
        named = only and not any(kinds[0] in entry.kinds for entry in search.entries)
        named_there = scope.places or question.names
        near = question.is_polar and named_there and search.covers(_PARTLY)
        return Missing(
            "no_kind" if named else "no_match",
            scope,
            detail=self._knowledge.kinds[kinds[0]].name if named else Text(),
            place=scope.places[0] if scope.places else "",
            entry=search.ranked[0].entry if near else None,
            week=weeks[0] if weeks else None,
            known_weeks=tuple(weeks),
        )

    def no_date(self, scope: Scope) -> Missing:
        """Nothing is known for these days; the dated activities are told instead."""
        weeks = weeks_in(scope, self._knowledge)
        return Missing(
            "no_date",
            scope,
            place=scope.places[0] if scope.places else NATION,
            week=weeks[0] if weeks else None,
            nearest=latest_dated(weeks, self._knowledge),
            known_weeks=tuple(weeks),
        )

    def nothing_there(self, scope: Scope) -> Missing:
        """No week is known for a place or year; which ones are, is told instead."""
        if not scope.places:
            if scope.is_national and not scope.years:
                return Missing("no_place", scope, place=NATION)
            return Missing("no_year_anywhere", scope)
        by_place, weeks_by_place = self._knowledge.by_place, self._knowledge.weeks_by_place
        first = scope.places[0]
        known = [week for place in scope.places for week in weeks_by_place.get(place, ())]
        if known or any(by_place.get(place) for place in scope.places):
            known = known or list(weeks_of(by_place.get(first, ())[:1]))
            weeks = tuple(dict.fromkeys(known))
            return Missing("no_year", scope, place=first, known_weeks=weeks)
        near = weeks_by_place.get(self._knowledge.region_of(first), ())
        return Missing("no_place", scope, place=first, known_weeks=tuple(near))


def _is_claim_in_own_words(question: Question) -> bool:
    """ "Did Fujian hand out bags?", "anything about trademarks in Yunnan?": a place and what the
    vocabulary knows as things done there, with nothing that it does not.
    """
    units = telling_units(question)
    done = any(unit.is_of("#~") for unit in units)
    known = all(unit.explained for unit in units)
    words = question.tagging.utterance.words
    about = not (_PAST | _ANYTHING).isdisjoint(words)
    return about and question.is_polar and question.names_place and done and known


def _names_only_kinds(question: Question) -> bool:
    """ "Livestreams in Hainan": a place, and kinds of activities as its only content."""
    units = telling_units(question)
    kinds = bool(units) and all(unit.is_of("#") for unit in units)
    return bool(question.places) and kinds


def _is_claim_of_the_known(question: Question) -> bool:
    """ "Does the handbook cover copyright?": two things of the vocabulary, one taken as known."""
    units = telling_units(question)
    words = question.tagging.utterance.words
    known = len(units) > 1 and all(unit.explained and unit.is_of("#~") for unit in units)
    granted = any(words[unit.first - 1] == "the" for unit in units if unit.first > 0)
    return question.is_polar and known and granted

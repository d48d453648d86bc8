"""Details that publications leave out: the time of day, the attendance, the speakers."""

from msgspec.structs import replace

from bot.answering.asking import names_an_activity, speaks_of_events
from bot.answering.counting import Counting
from bot.answering.days import falls_on
from bot.answering.findings import Finding, Missing, Outside, Scope, Verdict
from bot.answering.people import People
from bot.answering.scopes import weeks_in
from bot.answering.search import WEAK, Search
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.vocabulary import Detail
from bot.understanding.fact_index import FactIndex
from bot.understanding.meanings import EntityType
from bot.understanding.question import Unit

CLOSE = 0.7
"""Share of the best score from which an activity may be the one that is meant."""
_NAMED = 0.4
"""Least weight of each piece of content by which an activity is named."""
OF_ONE_FACT = 0.95
"""Weight of a notion that hardly another fact has: handbook, woodcarving."""
_SHORT = 3
"""Words of so many letters say too little to be those of a detail."""
_COUNTED = frozenset({"winners", "prize-value"})
"""Details of which a number may be published: how many works won, how much the prize is."""
ASKED_BY = {"attendance": "~citizen", "money": "~money"}
"""Detail → term of the figures that state it where they are published."""
_REGISTRATION = "registration"
"""The detail that "sign up" asks for, unless a body is named that did."""


class Details:
    """Answers about details; they are told only where a figure or a person is published."""

    def __init__(
        self, knowledge: KnowledgeBase, facts: FactIndex, counting: Counting, people: People
    ) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._counting = counting
        self._people = people
        self._details = {detail.id: detail for detail in knowledge.vocabulary.details}

    def answer(self, search: Search) -> Finding | None:
        """The detail or that it is missing; None when the question asks for none."""
        question = search.question
        named = question.kinds or question.names
        if not question.details or (question.details[0] == "duration" and not named):
            return None
        if question.details[0] == _REGISTRATION and question.is_polar and question.names:
            return None  # "did the bank sign up?"
        if question.places and question.years and not search.entries:
            return None  # not the detail is missing, but the whole week
        detail = self._details[question.details[0]]
        anchored = question.names_week or (search.ranked and question.kinds)
        if detail.elsewhere and not (anchored or self.is_of_activity(search)):
            return Outside()
        if not (self._is_anchored(search) or question.date):
            if not question.places or question.subjects or search.evidence.opposing > 1:
                return Outside()
            place = question.places[0]
            return Missing("no_detail", Scope(question.places), detail=detail.name, place=place)
        published = self.published(search)
        if published is None and self.is_spoken_of(search):
            if question.is_polar:
                return Verdict(True, search.ranked[0].entry)
            if detail.elsewhere:
                return None
        return published or self._missing(search, detail)

    def is_of_activity(self, search: Search) -> bool:
        """Whether the question names an activity of which it asks a detail: who came to the
        ceremony of a city, what the programme of that name cost.

        What any subject has, such as a price, is asked of an activity only by its name or kind.
        """
        question = search.question
        if not question.details or question.subjects or search.evidence.opposing > 1:
            return False
        if speaks_of_events(question) and question.names_place and search.entries:
            return not search.evidence.opposing  # "whom do I ring about the event in Yinchuan"
        if not search.ranked or search.evidence.is_personal:
            return False
        terms = self._facts.of(search.ranked[0].entry).terms
        held = [(unit.match(terms)[0], unit) for unit in search.content]
        if not held or min(weight for weight, _ in held) < _NAMED:
            return False
        own_name = any(map(self._knowledge.is_of_a_week, question.names))
        own_name = own_name or any(unit.is_of("~") and w >= OF_ONE_FACT for w, unit in held)
        placed = bool(question.places) and question.names_place
        if self._details[question.details[0]].elsewhere:
            return own_name or (placed and bool(question.kinds))
        return own_name or placed

    def published(self, search: Search) -> Finding | None:
        """The detail where a fact states it after all."""
        near, detail = search.near(CLOSE), search.question.details[0]
        if detail in ASKED_BY:
            # "How many heard it" names what is counted without a word for it.
            counted = Unit("", -1, -1, (ASKED_BY[detail],), (_NAMED,), explained=True)
            units = (*search.question.units, counted)
            asked = replace(search.question, units=units, asked=counted.terms)
            return self._counting.figure(asked, near)
        if "count" in search.question.operators and self._details[detail].id in _COUNTED:
            return self._counting.figure(search.question, search.top(8))
        if detail == "person" and search.covers():
            return self._people.in_role(search.question, near) or self._people.of(near)
        return None

    def is_spoken_of(self, search: Search) -> bool:
        """Whether the activity that is meant has the detail's own words in what it is called:
        a poster that is free, films in two languages.
        """
        if not search.covers(WEAK):
            return False
        tagging = search.question.tagging
        title = self._facts.of(search.ranked[0].entry).title_terms
        return any(
            key in title and len(key) > _SHORT
            for mention in tagging.mentions
            if mention.has(EntityType.DETAIL)
            for key in tagging.keys[mention.first : mention.end]
        )

    def _is_anchored(self, search: Search) -> bool:
        """Whether the week or an activity is named, so that the question is about it."""
        if search.question.names_week:
            return True
        return bool(search.ranked) and (search.covers() or names_an_activity(search.question))

    def _missing(self, search: Search, detail: Detail) -> Missing:
        question, near = search.question, search.near(CLOSE)
        scope = Scope(question.places, question.years)
        entry: ActivityEntry | None = near[0] if near else None
        week = entry.week if entry else next(iter(weeks_in(scope, self._knowledge)), None)
        if entry is None and question.date is not None:
            dated = [found for found in search.entries if falls_on(found, question.date)]
            entry = dated[0] if len(dated) == 1 else None
        place = question.places[0] if question.places else (entry.place if entry else "")
        return Missing("no_detail", scope, detail=detail.name, entry=entry, week=week, place=place)

"""Details that publications leave out: the time of day, the attendance, the speakers."""

from msgspec.structs import replace

from bot.answering.asking import names_an_activity
from bot.answering.counting import Counting
from bot.answering.days import falls_on
from bot.answering.findings import Finding, Missing, Outside, Scope, Values
from bot.answering.labels import attribute_name
from bot.answering.scopes import weeks_in
from bot.answering.search import Search
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase
from bot.knowledge.vocabulary import Detail

CLOSE = 0.7
"""Share of the best score from which an activity may be the one that is meant."""
ASKED_BY = {"attendance": "~citizen", "money": "~money"}
"""Detail → term of the figures that state it where they are published."""


class Details:
    """Answers about details; they are told only where a figure or a person is published."""

    def __init__(self, knowledge: KnowledgeBase, counting: Counting) -> None:
        self._knowledge = knowledge
        self._counting = counting
        self._details = {detail.id: detail for detail in knowledge.vocabulary.details}

    def answer(self, search: Search) -> Finding | None:
        """The detail or that it is missing; None when the question asks for none."""
        question = search.question
        if not question.details or (question.details[0] == "duration" and not question.kinds):
            return None
        detail = self._details[question.details[0]]
        if detail.elsewhere and not (question.names_week or (search.ranked and question.kinds)):
            return Outside()
        if not (self._is_anchored(search) or question.date):
            if not question.places or question.subjects:
                return Outside()
            place = question.places[0]
            return Missing("no_detail", Scope(question.places), detail=detail.name, place=place)
        return self.published(search) or self._missing(search, detail)

    def published(self, search: Search) -> Finding | None:
        """The detail where a fact states it after all."""
        near, detail = search.near(CLOSE), search.question.details[0]
        if detail in ASKED_BY:
            return self._counting.figure(replace(search.question, asked=(ASKED_BY[detail],)), near)
        if detail == "person" and search.covers():
            entry = next((entry for entry in near if entry.activity.people), None)
            if entry is not None:
                label = attribute_name("people", self._knowledge.vocabulary)
                return Values("people", label, entry.activity.people, entry)
        return None

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

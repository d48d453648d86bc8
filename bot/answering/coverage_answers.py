"""Which weeks the bot knows, and where its facts were published."""

from collections.abc import Sequence

from bot.answering.findings import Coverage, Finding, Provenance, Scope
from bot.answering.refusals import Refusals
from bot.answering.scopes import weeks_in
from bot.answering.search import Search
from bot.knowledge.knowledge_base import KnowledgeBase, WeekEntry
from bot.understanding.question import Question


class CoverageAnswers:
    """Answers about the knowledge itself."""

    def __init__(self, knowledge: KnowledgeBase, refusals: Refusals) -> None:
        self._knowledge = knowledge
        self._refusals = refusals

    def coverage(self, question: Question) -> Finding:
        """Which regions and years are known."""
        places, years = question.places, question.years
        weeks: Sequence[WeekEntry] = self._knowledge.week_entries
        if places:
            by_place = self._knowledge.weeks_by_place
            weeks = [week for place in places for week in by_place.get(place, ())]
        if years and places:
            weeks = [week for week in weeks if week.week.year in years]
        elif years:
            by_year = self._knowledge.weeks_by_year
            numbers = sorted(n for year in years for n in by_year.get(year, ()))
            weeks = self._knowledge.week_entries.select(numbers)
        if not weeks and (places or years):
            return self._refusals.nothing_there(Scope(places, years))
        return Coverage(weeks, places[0] if places else "", years[0] if years else 0)

    def provenance(self, search: Search) -> Finding:
        """Where the activity that is meant, else the week, was published."""
        question = search.question
        if search.covers():
            entry = search.ranked[0].entry
            return Provenance((entry.week,), (entry,))
        scope = Scope(question.places, question.years, None, question.is_national)
        weeks = weeks_in(scope, self._knowledge)
        if not weeks:
            return self._refusals.nothing_there(Scope(question.places, question.years))
        return Provenance(tuple(weeks))

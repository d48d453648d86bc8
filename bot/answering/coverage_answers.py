"""Which weeks the bot knows, and where its facts were published."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import asks_of_report, beside_report, counts_all_activities
from bot.answering.findings import Coverage, Finding, Missing, Provenance, Scope, Verdict
from bot.answering.labels import attribute_name
from bot.answering.modalities import weeks_so
from bot.answering.refusals import Refusals
from bot.answering.scopes import weeks_in, without_umbrellas
from bot.answering.search import Search
from bot.answering.value_texts import day_text
from bot.knowledge.entries import WeekEntry, month_day
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.question import Question, Unit

_DAYS = frozenset({"published", "dates"})
"""Attributes by which the day of a report is asked."""

_COUNTED_AS_LISTED = 5_000
"""So many activities are looked at one by one to leave out series whose parts are listed."""


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
        said, of_modality = weeks_so(question, weeks)
        weeks = of_modality or weeks
        counted = counts_all_activities(question) and not (places or years)
        activities = self._number_of_activities() if counted else 0
        place, year = (places or ("",))[0], (years or (0,))[0]
        return Coverage(weeks, place, year, said, activities)

    def _number_of_activities(self) -> int:
        """How many there are, counted as they are listed while they are not too many for that."""
        activities = self._knowledge.activities
        if len(activities) > _COUNTED_AS_LISTED:
            return len(activities)
        return len(without_umbrellas(tuple(activities)))

    def of_report(self, search: Search) -> Finding | None:
        """Title, day or publisher of what the facts were read from.

        None when the question asks for none of them, or for an article that is an activity.
        """
        question, scope = search.question, search.scope
        if not asks_of_report(question) or not (scope.places or scope.is_national):
            return None
        weeks = weeks_in(replace(scope, date=None), self._knowledge)
        weeks.sort(key=lambda week: -week.week.year)
        if not weeks or any(not _names_publisher(unit, weeks) for unit in beside_report(question)):
            return None
        asked = set(question.attributes[:2])
        asks_day = bool(_DAYS & asked) and not {"title", "place"} & asked
        own = any(entry.kinds.intersection(question.kinds) for entry in search.entries)
        if own and not asks_day and not question.date:
            return None
        return self._published(search, weeks, asks_day=asks_day)

    def _published(
        self, search: Search, weeks: Sequence[WeekEntry], *, asks_day: bool
    ) -> Finding | None:
        """When the reports on some weeks were published, and where."""
        question, week = search.question, weeks[0]
        day = next((source.published for source in week.week.sources if source.published), None)
        if question.is_polar and question.date is not None and day is not None:
            holds = question.date.start == month_day(day)
            return Verdict(holds, None, (day_text(day),), week, "published")
        if asks_day and day is None:
            label = attribute_name("published", self._knowledge.vocabulary)
            return Missing("no_detail", search.scope, place=week.place, week=week, detail=label)
        return Provenance(tuple(weeks))

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


def _names_publisher(unit: Unit, weeks: Sequence[WeekEntry]) -> bool:
    """Whether a word is one of the publisher of a report, or says nothing."""
    word = unit.text.removesuffix("'s")
    publishers = (source.publisher.casefold() for week in weeks for source in week.week.sources)
    return unit.ordinary or any(word in publisher for publisher in publishers)

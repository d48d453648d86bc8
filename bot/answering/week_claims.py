"""Yes or no to claims about whole weeks: their theme, organisers and dates."""

import datetime as dt
import re
from collections.abc import Sequence

from bot.answering.asking import speaks_of_week, telling_units
from bot.answering.findings import Finding, Missing, Scope, Verdict
from bot.answering.scopes import latest_dated, weeks_in
from bot.answering.value_texts import span_text
from bot.knowledge.entries import WeekEntry, month_day
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question

_UNTIL = frozenset({"until", "till", "til", "through"})
_SO_MANY_DAYS = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[ -]days?\b"
    r"|[\d一二两三四五六七八九十]天",
    re.IGNORECASE,
)
_MOST_OF_THEME = 0.6
"""Share of the weight of a question's words that a theme must hold to be the one claimed."""


class WeekClaims:
    """Verdicts on what a question says of a week."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def on_theme(
        self, question: Question, week: WeekEntry, values: tuple[Text, ...]
    ) -> Verdict | None:
        """Whether the words of the question are those of the theme; None without any."""
        units = telling_units(question)
        if not units or not question.places:
            return None
        terms = self._facts.theme_terms_of(week)
        held = sum(u.weight for u in units if any(term in terms for term in u.terms))
        needed = _MOST_OF_THEME * sum(unit.weight for unit in units)
        return Verdict(held >= needed, None, values, week, "theme")

    def on_organiser(
        self, question: Question, week: WeekEntry, values: tuple[Text, ...]
    ) -> Verdict | None:
        """Whether a named body runs the week; None when none is named."""
        if not question.names:
            return None
        held = any(name in week.week.organisers for name in question.names)
        return Verdict(held, None, values, week, "organiser")

    def on_length(self, question: Question, scope: Scope) -> Verdict | None:
        """ "Does the week last seven days?"; None where no length is claimed or none is known."""
        claims = question.is_polar and len(question.numbers) == 1 and scope.places
        beside = question.date or question.kinds or question.names
        if not claims or beside or not _SO_MANY_DAYS.search(question.tagging.utterance.raw):
            return None
        weeks = weeks_in(scope, self._knowledge) if speaks_of_week(question) else []
        week = next((week for week in weeks if week.week.dates), None)
        if week is None or week.week.dates is None:
            return None
        first, last = map(dt.date.fromisoformat, (week.week.dates.start, week.week.dates.end))
        holds = (last - first).days + 1 == question.numbers[0]
        span = span_text(week.week.dates.start, week.week.dates.end)
        return Verdict(holds, None, (span,), week, "dates")

    def on_day(self, question: Question, weeks: Sequence[WeekEntry]) -> Verdict | None:
        """ "Is 22 April still within the week?", "does it last until 30 April?" """
        week = next((week for week in weeks if week.week.dates), None)
        date = question.date
        if week is None or week.week.dates is None or date is None:
            return None
        if date.start is None or date.end is None:
            return None
        first, last = month_day(week.week.dates.start), month_day(week.week.dates.end)
        tagging = question.tagging.utterance
        until = not _UNTIL.isdisjoint(tagging.words) or "到" in tagging.raw
        within = first <= date.start and date.end <= last
        holds = date.end == last if until and date.start == date.end else within
        span = span_text(week.week.dates.start, week.week.dates.end)
        return Verdict(holds, None, (span,), week, "dates")

    def on_year(self, question: Question) -> Verdict | None:
        """ "Fujian's week was in 2020, wasn't it?" of a place with weeks of other years only."""
        if not (question.is_polar and question.years and len(question.places) == 1):
            return None
        if telling_units(question) or not ("confirm" in question.operators or question.names_week):
            return None
        weeks = self._knowledge.weeks_by_place.get(question.places[0], ())
        years = sorted({week.week.year for week in weeks})
        if not years:
            return None
        known = ", ".join(map(str, years))
        return Verdict(False, None, (Text(known, known.replace(", ", "、")),), weeks[-1], "year")

    def on_dates(self, question: Question, weeks: Sequence[WeekEntry]) -> Finding:
        """ "Does the week run from 21 to 27 April?" """
        dated = sorted((w for w in weeks if w.week.dates), key=lambda w: -w.week.year)
        week, date = (dated or weeks)[0], question.date
        dates = week.week.dates
        if dates is None or date is None or date.start is None:
            scope = Scope(question.places, question.years)
            nearest = latest_dated(weeks, self._knowledge)
            return Missing("no_dates", scope, place=week.place, week=week, nearest=nearest)
        starts, ends = date.start == month_day(dates.start), date.end == month_day(dates.end)
        attribute = next((a for a in question.attributes if a in ("start", "end")), "dates")
        holds = {"start": starts, "end": ends}.get(attribute, starts and ends)
        return Verdict(holds, None, (span_text(dates.start, dates.end),), week, "dates")

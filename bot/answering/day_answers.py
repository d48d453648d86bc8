"""Questions with dates: what happened on some days, and World IP Day."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import (
    asks_for_any,
    asks_how,
    asks_regions,
    asks_the_day,
    names_an_activity,
    speaks_of_events,
    telling_units,
)
from bot.answering.attributes import values_of
from bot.answering.days import falls_on
from bot.answering.entry_answers import EntryAnswers
from bot.answering.findings import (
    Finding,
    Missing,
    NamedDay,
    Outside,
    Scope,
    Verdict,
    WeekValues,
)
from bot.answering.labels import attribute_name
from bot.answering.matching import NEAR, Candidate, Matcher
from bot.answering.refusals import Refusals
from bot.answering.region_answers import RegionAnswers
from bot.answering.scopes import regions_of, weeks_in, weeks_of
from bot.answering.search import WEAK, Search
from bot.answering.value_texts import world_ip_day_text
from bot.answering.week_claims import WeekClaims
from bot.answering.week_values import WeekValueAnswers
from bot.knowledge.entries import NATION, ActivityEntry, WeekEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.vocabulary import WorldIpDay
from bot.understanding.dates import DateConstraint
from bot.understanding.question import Question

_DESCRIBED, _SAID = 0.9, 0.25
"""Coverage (0 to 1) from which a fact is described beside the day, and the least weight of the
words that describe it.
"""
_CELEBRATED = frozenset({"庆祝", "纪念", "迎接"})
"""Words that say of the day no more than that it was marked."""
_OF_THE_DAY = frozenset({
    "world-ip-day", "edition", "occasion", "number", "period", "dates", "start", "end", "theme",
})  # fmt: skip
"""What is asked of World IP Day itself; anything else is asked of what was done on it."""
_ENDS = {"start": "first", "end": "last"}
"""Attribute → the day of the week that it is about."""


class DayAnswers:
    """Answers about days."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        matcher: Matcher,
        entries: EntryAnswers,
        weeks: WeekValueAnswers,
        regions: RegionAnswers,
        refusals: Refusals,
        week_claims: WeekClaims,
    ) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._entries = entries
        self._weeks = weeks
        self._regions = regions
        self._refusals = refusals
        self._week_claims = week_claims

    def named_day(self, search: Search) -> Finding | None:
        """When World IP Day is, or who marked its n-th; None when neither is asked."""
        question = search.question
        if not question.names_the_day:
            return None
        bare = not (question.places or question.kinds or question.names)
        if bare and question.attributes[:1] == ("purpose",):  # why it is on 26 April
            label = attribute_name("purpose", self._knowledge.vocabulary)
            return Missing("no_detail", search.scope, detail=label)
        editions = self._editions_asked(question)
        if editions:
            return self._of_editions(question, editions)
        weeks = weeks_in(replace(search.scope, date=None), self._knowledge)
        whose = question.attributes[:1] == ("organiser",)
        whose = whose and not (question.places or question.kinds)
        of_weeks = (whose or asks_regions(question)) and not _describes_an_event(search)
        if question.ordinals and of_weeks:
            marked = [week for week in weeks if week.week.world_ip_day in question.ordinals]
            if marked:
                return regions_of(marked)
        return NamedDay(tuple(weeks)) if asks_the_day(question) else None

    def _editions_asked(self, question: Question) -> tuple[WorldIpDay, ...]:
        """World IP Day itself, in some years: its own theme or number, not that of a week."""
        asked = _asked_of_day(question)
        if not asked or question.places or question.kinds or question.names:
            return ()
        if question.names_week and not (question.years and question.attributes[0] == "theme"):
            return ()
        return tuple(
            day
            for day in self._knowledge.vocabulary.world_ip_days
            if day.year in question.years or day.number in question.ordinals
            if (day.theme if asked == "theme" else day.number) is not None
        )

    def _of_editions(self, question: Question, editions: tuple[WorldIpDay, ...]) -> NamedDay:
        """Beside the theme of the day that of the week, where the question speaks of both."""
        years = {day.year for day in editions} if question.names_week else set()
        national = self._knowledge.weeks_by_place.get(NATION, ())
        weeks = tuple(week for week in national if week.week.year in years and week.week.theme)
        return NamedDay(weeks, editions, _asked_of_day(question))

    def answer(self, search: Search) -> Finding | None:
        """What is known of the days that a question names; None when it names none."""
        date = search.question.date
        if date is None:
            return None
        of_week = self._of_week(search)
        if of_week is not None:
            return of_week
        dated = self._matcher.recent(self._matcher.on(search.entries, date))
        marked = self._world_ip_day(search, dated)
        if marked is not None:
            return marked
        return self._on_days(search, dated) if dated else self._on_empty_days(search)

    def _of_week(self, search: Search) -> Verdict | None:
        """Whether the week goes on or lasts until a day, where that is claimed."""
        question = search.question
        if not (question.is_polar and question.names_week) or telling_units(question):
            return None
        if asks_for_any(question):
            return None
        weeks = weeks_in(replace(search.scope, date=None), self._knowledge)
        return self._week_claims.on_day(question, sorted(weeks, key=lambda week: -week.week.year))

    # --- World IP Day --------------------------------------------------------------------

    def _world_ip_day(self, search: Search, dated: Sequence[ActivityEntry]) -> Finding | None:
        """Which World IP Day it was, or an activity for which the day is only a topic."""
        question, here = search.question, bool(search.scope.places)
        which_edition = here and bool(question.ordinals)
        which_edition = which_edition and not set(question.attributes[:1]) - _OF_THE_DAY
        which_edition = which_edition and not _asks_day_of_event(question)
        which_edition = which_edition and not _describes_an_event(search)
        if which_edition and question.names_the_day:
            return self._edition(search)
        asked = set(question.attributes[:2])
        if question.date is not None and question.date.is_world_ip_day:
            counts = "count" in question.operators or "number" in asked
            counts = counts and not any(unit.first >= 0 for unit in telling_units(question))
            if here and (counts or "world-ip-day" in asked):
                return self._number_of_day(search)
            topic = self._day_as_topic(search, dated)
            if topic is not None:
                return topic
        if which_edition:
            return self._edition(search)
        return self._number_of_day(search) if here and "world-ip-day" in asked else None

    def _day_as_topic(self, search: Search, dated: Sequence[ActivityEntry]) -> Finding | None:
        if not search.covers():
            return None
        if not dated:
            return self._entries.answer(search.asking(date=None))
        numbers = {entry.index for entry in dated}
        best = search.ranked[0].score
        on_the_day = any(c.number in numbers and c.score >= NEAR * best for c in search.ranked[:3])
        named = bool(telling_units(search.question)) and names_an_activity(search.question)
        return self._entries.answer(search) if named and not on_the_day else None

    def _number_of_day(self, search: Search) -> Finding:
        return self._weeks.answer("world-ip-day", self._weeks_there(search), search) or Outside()

    def _weeks_there(self, search: Search) -> list[WeekEntry]:
        """The weeks of the places in scope, and those of a region with an activity there."""
        own = weeks_in(replace(search.scope, date=None), self._knowledge)
        return list(dict.fromkeys((*own, *weeks_of(search.entries))))

    def _edition(self, search: Search) -> Finding:
        """ "The 21st World IP Day": which one a week marks, or whether it is that one."""
        question = search.question
        weeks = [week for week in self._weeks_there(search) if week.week.world_ip_day]
        if not weeks:
            return self._number_of_day(search)
        weeks.sort(key=lambda week: -week.week.year)
        if len(question.ordinals) == 1 and question.is_polar:
            that = [week for week in weeks if week.week.world_ip_day == question.ordinals[0]]
            if that or len(weeks) == 1:
                week = (that or weeks)[0]
                values = tuple(world_ip_day_text(week))
                return Verdict(bool(that), None, values, week, "world-ip-day")
        rows = tuple((week, tuple(world_ip_day_text(week))) for week in weeks)
        return WeekValues("world-ip-day", rows)

    def at_its_ends(self, search: Search) -> Finding | None:
        """ "How did Yunnan kick off its week?": what was on its first or last day.

        None when the question does not ask how, or nothing is known for that day.
        """
        question = search.question
        anchor = _ENDS.get(question.attributes[0]) if question.attributes else None
        if anchor is None or not asks_how(question) or not question.places or question.date:
            return None
        if telling_units(question):
            return None
        day = DateConstraint(anchor=anchor)
        dated = [entry for entry in search.entries if falls_on(entry, day)]
        meant = search.asking(date=day, attributes=())
        scope = replace(search.scope, date=day)
        return self._on_days(replace(meant, scope=scope), dated) if dated else None

    # --- days of the week ------------------------------------------------------------------

    def _on_days(self, search: Search, dated: Sequence[ActivityEntry]) -> Finding:
        """What was on the days, as far as the question speaks of it."""
        question, scope = search.question, search.scope
        numbers = {entry.index for entry in dated} if search.ranked else set()
        fitting = [candidate for candidate in search.ranked if candidate.number in numbers]
        if telling_units(question):
            if question.is_polar and _is_about_undated(search, fitting):
                return self._other_day(search.ranked[0].entry, scope)
            if fitting and fitting[0].coverage >= WEAK:
                that_day = replace(search, entries=dated, ranked=fitting)
                return self._entries.answer(that_day.asking(date=None))
            if not fitting and search.covers() and names_an_activity(question):
                return self._other_day(search.ranked[0].entry, scope)
        who = question.attributes[:1] == ("organiser",) and not scope.places and len(dated) > 1
        if who or asks_regions(question):
            return self._regions.regions(question, [Candidate(entry, 1.0, 1.0) for entry in dated])
        return self._entries.everything(replace(search, entries=dated))

    def _on_empty_days(self, search: Search) -> Finding:
        """Nothing is known for the days."""
        question, scope = search.question, search.scope
        if search.covers() and telling_units(question):
            if _has_day_within(question, search.ranked[0].entry):
                return self._entries.answer(search.asking(date=None))
            return self._other_day(search.ranked[0].entry, scope)
        if not scope.places and not scope.is_national:
            return Missing("no_date_anywhere", scope)
        dated = [entry for entry in self._matcher.recent(search.entries) if entry.first_day]
        if "confirm" in question.operators and len(dated) == 1:
            return self._other_day(dated[0], scope)
        return self._end_of_week(search) or self._refusals.no_date(scope)

    def _end_of_week(self, search: Search) -> Finding | None:
        """ "The first day in Yunnan?" with nothing on it: when that day is."""
        question = search.question
        events = question.operators & {"activity", "list"} or speaks_of_events(question)
        if question.date is None or not question.date.anchor or events:
            return None
        attribute = {"first": "start", "last": "end"}.get(question.date.anchor, "dates")
        if attribute == "dates" and "dates" not in question.attributes:
            return None  # the second day
        weeks = weeks_in(search.scope, self._knowledge)
        found = self._weeks.answer(attribute, weeks, search)
        return found if isinstance(found, WeekValues) else None

    def _other_day(self, entry: ActivityEntry, scope: Scope) -> Finding:
        """The activity is known, but not for this day."""
        if not entry.first_day:
            return self._refusals.no_day_of(entry, scope)
        dates = tuple(values_of("dates", entry, self._knowledge))
        return Verdict(False, entry, dates, attribute="dates")


def _is_about_undated(search: Search, dated: Sequence[Candidate]) -> bool:
    """Whether the activity that a claim describes has no day, and nothing of the day is like it:
    what else was on the day does not answer whether this was.
    """
    described = search.covers(_DESCRIBED) and names_an_activity(search.question)
    if not described or search.ranked[0].entry.first_day:
        return False
    return not any(candidate.coverage >= _DESCRIBED for candidate in dated)


def _has_day_within(question: Question, entry: ActivityEntry) -> bool:
    """Whether something without a day may fall "after the 20th": its answer says that no day is
    stated.
    """
    date = question.date
    return date is not None and date.open_ended and not (entry.first_day or question.is_polar)


def _asked_of_day(question: Question) -> str:
    """What is asked of World IP Day itself: its theme, or its number, from which its year is told;
    empty for anything else.
    """
    first = question.attributes[0] if question.attributes else ""
    if first == "period" and question.ordinals:
        return "world-ip-day"
    return first if first in ("theme", "world-ip-day") else ""


def _describes_an_event(search: Search) -> bool:
    """ "The large-scale event of the 20th World IP Day": one fact holds words beside the day."""
    question = search.question
    if question.is_polar or question.wants_many_places or not search.covers(_DESCRIBED):
        return False
    said = [unit for unit in telling_units(question) if unit.first >= 0]
    telling = (u.weight for u in said if u.text.replace(" ", "") not in _CELEBRATED)
    return sum(telling) >= _SAID


def _asks_day_of_event(question: Question) -> bool:
    """ "When is the event of the 20th World IP Day?" asks for the day of the event."""
    return bool(question.kinds) and question.attributes[:1] in (("dates",), ("start",))

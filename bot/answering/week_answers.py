"""Questions about whole weeks: when one is asked about a week rather than an activity."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import (
    asks_launch,
    asks_modality,
    asks_regions,
    asks_who_shares,
    is_attribute_word,
    quotes,
    speaks_of_events,
    speaks_of_others,
    speaks_of_week,
    telling_units,
)
from bot.answering.attributes import TIMES
from bot.answering.findings import Activities, Finding, Missing, Outside, Regions, Scope, Verdict
from bot.answering.matching import Matcher
from bot.answering.refusals import Refusals
from bot.answering.scopes import grouped, regions_of, weeks_in
from bot.answering.search import WEAK, Search
from bot.answering.week_claims import WeekClaims
from bot.answering.week_values import WeekValueAnswers
from bot.knowledge.entries import WeekEntry, month_day
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.dates import DateConstraint
from bot.understanding.fact_index import FactIndex

WEEK_ATTRIBUTES = frozenset({
    "theme", "slogan", "dates", "start", "end", "organiser", "world-ip-day", "edition", "partner",
    "people", "purpose", "basis", "extent",
})  # fmt: skip
"""Attributes that weeks state for themselves."""
_UNNAMED = ("theme", "world-ip-day", *TIMES)
"""Attributes that a week answers though the question asks for another one first."""
_SHARED = ("partner", "people", "slogan", "organiser", "purpose", "basis", "extent")
"""Attributes that activities state too: a week answers for them only where a place is named."""
_OF_ACTIVITIES = frozenset({*TIMES, "organiser", "partner"})
"""Attributes that are rather those of the activity that a question speaks of."""
_OF_OWN_WEEK = frozenset({"purpose", "basis", "organiser", "partner"})
"""Attributes that the week of a region does not answer for one of its cities."""
_MOST_OF_WORDS, _MOST_OF_THEME = 0.65, 0.6
"""Share of the weight of a question's words that a theme must hold to be recognised by them, and
where it is asked for as one."""
_TELLING = 0.25
"""Least weight of a word that points to an activity."""
_LAUNCH = re.compile(r"launch\w*|kick\w*|open(?:ed|s)?|启动|开启|拉开")
"""A verb with which a week begins."""


class WeekAnswers:
    """Answers about weeks as a whole."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        facts: FactIndex,
        matcher: Matcher,
        values: WeekValueAnswers,
        claims: WeekClaims,
        refusals: Refusals,
    ) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._matcher = matcher
        self._values = values
        self._claims = claims
        self._refusals = refusals

    def answer(self, search: Search) -> Finding | None:
        """What the weeks in scope say; None when the question is not about whole weeks."""
        question = search.question
        length = self._claims.on_length(question, search.scope)
        told = length or self._regions(search)
        if told is not None:
            return told
        attribute = self._attribute(search)
        if attribute is None and _asks_topic(search):
            return self._values.answer("theme", self._weeks(search.scope), search)
        with_theme = self._with_theme(search) if _may_mean_theme(search, attribute) else []
        if with_theme:
            return self._by_theme(search, with_theme)
        if attribute is None or attribute not in (*question.attributes[:1], *_UNNAMED):
            return None
        if question.attributes[:1] == ("place",) and search.scope.places:
            opens = attribute in ("start", "dates")
            return self._values.launch_place(search.scope) if opens else None
        of_launch = attribute in TIMES and _asks_when_it_was_launched(search)
        if not of_launch and self._is_about_activity(search, theme=attribute == "theme"):
            return None
        if attribute in _SHARED and (question.date or not _is_of_weeks(search, attribute)):
            return None
        if attribute in _OF_ACTIVITIES and _is_of_kind_not_held(search):
            return None
        weeks = self._weeks(search.scope)
        own = any(week.place in search.scope.places for week in weeks)
        if attribute in _OF_OWN_WEEK and search.scope.places and weeks and not own:
            return None
        if not weeks:
            return self._without_weeks(search.scope)
        if attribute in TIMES:
            return self._time(attribute, weeks, search)
        return self._values.answer(attribute, weeks, search)

    def _regions(self, search: Search) -> Finding | None:
        """Which ones share a theme, or began on a day."""
        date = search.question.date
        if date is not None and _asks_where_weeks_began(search):
            return self._regions_by_date(date, self._weeks(search.scope), "start")
        return self._sharing_theme(search) if asks_who_shares(search.question, "theme") else None

    def _weeks(self, scope: Scope) -> list[WeekEntry]:
        return weeks_in(scope, self._knowledge)

    def _attribute(self, search: Search) -> str | None:
        """The attribute of a week that is asked for."""
        question = search.question
        if asks_modality(question):
            return None
        if {"start", "end"} <= set(question.attributes):
            return "dates"
        of_week = question.names_week or not search.content
        if question.attributes[:1] == ("occasion",) and of_week:
            return "world-ip-day"  # a week is held on no other occasion
        attribute = next((a for a in question.attributes if a in WEEK_ATTRIBUTES), None)
        if attribute == "slogan" and not search.content:
            # In Chinese one word means both; a slogan is told only where there is one.
            both = "theme" in question.attributes
            return "theme" if both or not self._has_slogan(search.scope) else "slogan"
        if attribute is None and question.details[:1] == ("duration",):
            return "dates"
        return attribute

    def _has_slogan(self, scope: Scope) -> bool:
        return self._matcher.has_slogans(replace(scope, date=None))

    def _without_weeks(self, scope: Scope) -> Missing | None:
        mentioned = any(self._facts.knows("@" + place) for place in scope.places)
        if mentioned or not (scope.places or scope.years):
            return None
        return self._refusals.nothing_there(scope)

    # --- themes ------------------------------------------------------------------------

    def _with_theme(self, search: Search) -> list[WeekEntry]:
        """The weeks whose theme has most of the words; none where these mean an activity."""
        units = telling_units(search.question)
        as_one = _asks_for_theme(search)
        share = _MOST_OF_THEME if as_one else _MOST_OF_WORDS
        numbers = self._matcher.weeks_with(units, share) if units else []
        if not numbers or (not as_one and self._is_about_activity(search, theme=True)):
            return []
        weeks = map(self._knowledge.week_entries.__getitem__, numbers)
        return [week for week in weeks if week.week.theme is not None]

    def _sharing_theme(self, search: Search) -> Finding | None:
        """ "Who shares Ningxia's theme?": the weeks with the very theme of the place's last one."""
        stated = [week for week in self._weeks(search.scope) if week.week.theme is not None]
        if len(search.scope.places) != 1 or search.content or not stated:
            return None
        own = max(stated, key=lambda week: week.week.year)
        postings = map(self._facts.weeks_with, self._facts.theme_terms_of(own))
        rarest = min(postings, key=len, default=())
        weeks = map(self._knowledge.week_entries.__getitem__, rarest)
        sharing = [week for week in weeks if week.week.theme == own.week.theme]
        alone = len({week.week.region for week in sharing}) == 1
        if alone and not speaks_of_others(search.question):
            return self._values.answer("theme", [own], search)
        return regions_of(sharing)

    def _by_theme(self, search: Search, with_theme: list[WeekEntry]) -> Finding:
        scope = search.scope
        weeks = self._weeks(scope) if scope.places else []
        if weeks:
            if search.question.is_polar:
                return self._theme_verdict(search, weeks, with_theme)
            return self._values.answer("theme", weeks, search) or Outside()
        if scope.years:
            with_theme = [w for w in with_theme if w.week.year in scope.years] or with_theme
        return regions_of(with_theme)

    def _theme_verdict(
        self, search: Search, weeks: list[WeekEntry], with_theme: list[WeekEntry]
    ) -> Finding:
        weeks = sorted(weeks, key=lambda week: -week.week.year)
        fitting = [week for week in weeks if week in with_theme]
        week = (fitting or [week for week in weeks if week.week.theme] or weeks)[0]
        if week.week.theme is None:
            return Missing("no_theme", search.scope, place=week.place, week=week)
        return Verdict(bool(fitting), None, (week.week.theme,), week, "theme")

    def _is_about_activity(self, search: Search, *, theme: bool) -> bool:
        """Whether kinds, names or words of the question point to an activity, not to the week."""
        if not search.covers(WEAK):
            return False
        terms = self._facts.of(search.ranked[0].entry).terms
        pointing = [
            unit for unit in search.question.units
            if unit.weight >= _TELLING
            and not unit.aside
            and unit.match(terms)[0] > 0.0
            and not (theme and self._facts.in_themes(unit.terms))
            and not is_attribute_word(search.question, unit)
        ]  # fmt: skip
        if not pointing:
            return False
        bodies = [week.week.body for week in self._weeks(search.scope) if week.week.body]
        terms -= self._facts.terms_of_texts(bodies)  # they say whose week is meant
        return any(unit.match(terms)[0] > 0.0 for unit in pointing)

    # --- times -------------------------------------------------------------------------

    def _time(self, attribute: str, weeks: Sequence[WeekEntry], search: Search) -> Finding | None:
        question, scope, date = search.question, search.scope, search.question.date
        if attribute == "dates" and date is None:
            listed = self._dates_of_events(search)
            if listed is not None:
                return listed
        if (
            scope.places
            and not question.names_week
            and not any(week.place in scope.places for week in weeks)
        ):
            return None
        if date is None:
            opened = self._values.launch_day(weeks) if asks_launch(question) else None
            return opened or self._values.answer(attribute, weeks, search)
        if asks_regions(question):
            return self._regions_by_date(date, weeks, attribute)
        if date.anchor and "dates" not in question.attributes:
            return None  # "how does it start off on its first day" asks for what was done
        if date.anchor:
            attribute = {"last": "end", "first": "start"}.get(date.anchor, "dates")
            return self._values.answer(attribute, weeks, search)
        if question.is_polar and scope.places:
            return self._claims.on_dates(question, weeks)
        return None

    def _dates_of_events(self, search: Search) -> Activities | None:
        """ "When are the events in Fujian?" asks for those that have a day."""
        question, scope = search.question, search.scope
        if not scope.places or not speaks_of_events(question) or speaks_of_week(question):
            return None
        entries = self._matcher.recent(self._matcher.in_scope(replace(scope, date=None)))
        dated = tuple(entry for entry in entries if entry.first_day)
        if len(entries) == 1 and entries[0].week.place not in scope.places:
            return None  # the only one in a city: its day is told as that of any activity
        return Activities(dated, scope) if dated else None

    def _regions_by_date(
        self, date: DateConstraint, weeks: Sequence[WeekEntry], attribute: str
    ) -> Finding:
        """ "Which regions started on 20 April?" by the dates of weeks and of their launches."""
        found = [week for week in weeks if _fits(week, date, attribute)]
        if attribute == "start":
            launches = self._matcher.on(self._matcher.launches_in(Scope()), date)
            days = self._matcher.recent(launches)
            found = list(dict.fromkeys((*found, *(entry.week for entry in days))))
        if not found:
            return Missing("no_date", Scope(date=date))
        return Regions(grouped(found, lambda week: week.place), by_week=True)


def _is_of_kind_not_held(search: Search) -> bool:
    """ "When is the exhibition in Fujian?": of an activity, of a kind that none there is of."""
    question = search.question
    named = search.scope.places and question.kinds and not search.ranked
    return bool(named) and not (question.names_week or speaks_of_week(question))


def _may_mean_theme(search: Search, attribute: str | None) -> bool:
    """Whether a question is about a theme if it holds the words of one."""
    question = search.question
    bare = not (question.attributes or question.kinds or question.places) and not (
        question.operators & {"activity", "count"}
    )
    bare = bare and (quotes(question) or len(telling_units(question)) > 1)
    whose = question.attributes[:1] == ("organiser",) and not question.kinds
    about = attribute == "theme" or asks_regions(question) or bare or whose
    return about or (question.is_polar and quotes(question))


def _asks_when_it_was_launched(search: Search) -> bool:
    """ "When did Fujian launch its week?": of the week, not of a launching ceremony."""
    return search.question.names_week and _only_launches(search)


def _only_launches(search: Search) -> bool:
    """Whether nothing is named but that something was launched."""
    return all(_LAUNCH.fullmatch(unit.text.replace(" ", "")) for unit in search.content)


def _asks_where_weeks_began(search: Search) -> bool:
    """ "Where did the week open on 20 April?" """
    only = search.content and _only_launches(search)
    return bool(only) and asks_regions(search.question) and speaks_of_week(search.question)


def _is_of_weeks(search: Search, attribute: str) -> bool:
    """Whether what weeks share with activities is asked of weeks: of those of a place, or "who
    organises the week?".
    """
    if search.scope.is_national and attribute == "purpose":
        return search.question.names_week
    if search.scope.places or search.scope.is_national or attribute != "organiser":
        return bool(search.scope.places)
    return speaks_of_week(search.question) and not search.content


def _asks_for_theme(search: Search) -> bool:
    """ "Which region had a theme about a new paradigm?" says that a theme is meant, of a week."""
    question = search.question
    named = question.kinds or question.names or question.places
    return "theme" in question.attributes and asks_regions(question) and not named


def _asks_topic(search: Search) -> bool:
    """ "What is the week about?" asks for its theme."""
    question = search.question
    return question.attributes[:1] == ("topic",) and question.names_week and not search.content


def _fits(week: WeekEntry, date: DateConstraint, attribute: str) -> bool:
    """Whether a week starts, ends or goes on within the days that a question names."""
    if week.week.dates is None:
        return False
    start, end = month_day(week.week.dates.start), month_day(week.week.dates.end)
    first = start if date.start is None else date.start
    last = first if date.end is None else date.end
    if attribute == "start":
        return start == first
    if attribute == "end":
        return end in (first, last)
    return start <= first and last <= end

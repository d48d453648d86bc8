"""The answer from the activities in scope, in the form that the question wants."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import (
    asks_exact_day,
    asks_modality,
    asks_of_name,
    asks_regions,
    beside_report,
    counts_kind,
    counts_unknown,
    telling_units,
    wants_list,
)
from bot.answering.attributes import SOFT, values_of
from bot.answering.claims import Claims
from bot.answering.counting import Counting
from bot.answering.definitions import Definitions
from bot.answering.findings import (
    Activities,
    Coverage,
    Finding,
    Missing,
    ModalityOf,
    OneActivity,
    Scope,
    Values,
    Verdict,
    WeekValues,
)
from bot.answering.matching import Matcher
from bot.answering.modalities import activities_so, weeks_so
from bot.answering.parts import Parts
from bot.answering.refusals import Refusals
from bot.answering.region_answers import (
    RegionAnswers,
    activities_of_kind,
    of_extreme_year,
    with_other_weeks,
)
from bot.answering.scopes import regions_of, weeks_in
from bot.answering.search import ENOUGH, WEAK, Search
from bot.answering.value_answers import ValueAnswers
from bot.answering.week_values import WeekValueAnswers
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Unit

ENOUGH_OF_KIND = 0.4
"""Coverage (0 to 1) that suffices when the activity is of the kind asked for."""
CLOSE = 0.7
"""Share of the best score from which an activity may hold the value asked for."""
CLEARLY = 0.9
"""Share of the best score below which an activity fits clearly less."""
_OF_NAME = 0.6
"""Share of the best score from which another activity is one of the body that is named."""
_EQUAL = 0.95
"""Share of the best score from which an activity of the same week fits just as well."""
_SHORT = 12
"""Up to this many activities of several years are told where no year is named."""
_OF_PERSON = 12
"""So many activities are looked through for what is said of a person."""
_FEW = 4
"""So many activities have their modality told one by one."""
_OF_FEW = frozenset({
    "medium", "audience", "partner", "slogan", "condition", "level", "line", "form", "result",
})  # fmt: skip
"""Attributes that few activities of a place have."""
_KINDS = "~category"
"""The term of "what kinds of activities"; where there are no categories, any are meant."""
_ALL_OF_IT = 0.95
"""Coverage (0 to 1) from which an activity holds all words of a question."""
_OF_MANY = 3
"""So many times the activities that hold a common word are in scope where it picks some out."""
_NEVER_IN_SUMMARY = frozenset({"dates", "start", "end", "period", "slogan", "theme"})
"""Attributes that the summary cannot answer when no value is set apart."""


class EntryAnswers:
    """Answers from activities."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        facts: FactIndex,
        matcher: Matcher,
        *,
        values: ValueAnswers,
        counting: Counting,
        regions: RegionAnswers,
        claims: Claims,
        weeks: WeekValueAnswers,
        refusals: Refusals,
    ) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._matcher = matcher
        self._values = values
        self._counting = counting
        self._regions = regions
        self._claims = claims
        self._weeks = weeks
        self._refusals = refusals
        self._definitions = Definitions(knowledge)
        self._parts = Parts(knowledge, facts)

    def answer(self, search: Search) -> Finding:
        """The answer from the activities in scope, by what is asked of them."""
        search = self._recent(search)
        question, best = search.question, search.best
        figure = self._counting.whole_week(search)
        if figure is not None:
            return figure
        has_content = bool(search.content or (not question.has_scope and question.units))
        if has_content and asks_modality(question):
            of_report = "report" in question.operators
            has_content = bool(beside_report(question) if of_report else search.content)
        if not (has_content or _picks_few(search)):
            return self.everything(search)
        taking_part = self._values.taking_part(search)
        if taking_part is not None:
            return taking_part
        if best is None:
            return self._unmatched(search)
        listed = self._of_several_kinds(search)
        if listed is not None:
            return listed
        if question.wants_many_places and question.attributes[:1] == ("place",):
            several = bool(search.scope.places) and len(search.entries) > 1
            cities = self._values.cities(search) if several else None
            if cities is not None:
                return cities
        least = self._enough(search) if question.is_polar else WEAK
        if not search.covers(max(WEAK, least)):
            if not question.is_polar:
                return self._by_attribute(search) or self._nothing_fits(search)
            return (
                self._claims.number_or_name(search)
                or self._claims.unclear(search)
                or self._claims.of_activity(search)
                or self._nothing_fits(search)
            )
        return self._by_form(search)

    def _of_several_kinds(self, search: Search) -> Activities | None:
        """ "All seminars, courses and ceremonies": the activities of any of these kinds."""
        question = search.question
        only_kinds = all(unit.is_of("#") for unit in search.content)
        several = len(search.content) > 1 and len(question.kinds) > 1 and only_kinds
        if not (several and wants_list(question)):
            return None
        kinds = set(question.kinds)
        if any(kinds <= entry.kinds for entry in search.entries):
            return None  # a launch with a press conference
        found = [entry for entry in search.entries if kinds & entry.kinds]
        return Activities(tuple(found), search.scope) if len(found) > 1 else None

    def everything(self, search: Search) -> Finding:
        """Only places and times are given, perhaps with an attribute."""
        search = _without_day(self._recent(search))
        question, scope, entries = search.question, search.scope, tuple(search.entries)
        if not entries:  # such a week says something of itself only
            return regions_of(weeks_in(scope, self._knowledge))
        if asks_modality(question):
            return self._modality(search)
        anywhere = not (scope.places or scope.years or scope.date or scope.is_national)
        if anywhere and not question.names_week:
            return self._of_all_weeks(search)
        if question.name_kinds or question.attributes:
            days_given = scope.date is not None and question.attributes[:1] == ("dates",)
            of_all = None
            if question.name_kinds or not days_given:
                of_all = self._values.of_all(search)
            if of_all is not None:
                return of_all
            lacking = self._values.lacking(search)
            if lacking is not None:
                return lacking
        if "count" in question.operators:
            counted = self._counting.count(question, entries) if scope.date is None else None
            return counted or Activities(entries, scope, counted=True)
        if anywhere:
            of_one = question.attributes[:1] == ("purpose",)
            every = Coverage(tuple(self._knowledge.week_entries))
            return self._refusals.which_region() if of_one else every
        claims = "activity" in question.operators or scope.date is not None
        if len(entries) == 1 and question.is_polar and claims:
            certain = entries[0].activity.modality != "conditional"
            return Verdict(True, entries[0]) if certain else ModalityOf(entries)
        told = entries
        if not scope.years and scope.date is None and len(entries) > _SHORT:
            told = self._latest(entries, scope)
        years = {entry.week.week.year for entry in entries}
        years -= {entry.week.week.year for entry in told}
        return Activities(told, scope, other_years=tuple(sorted(years, reverse=True)))

    def _latest(self, entries: Sequence[ActivityEntry], scope: Scope) -> tuple[ActivityEntry, ...]:
        """Those of the latest year; of the weeks of the very place, if it has any."""
        own = [entry for entry in entries if entry.week.place in scope.places]
        latest = max(entry.week.week.year for entry in own or entries)
        return tuple(entry for entry in entries if entry.week.week.year == latest)

    # --- what fits -----------------------------------------------------------------------

    def _enough(self, search: Search) -> float:
        """The coverage (0 to 1) that the best activity needs for a yes."""
        terms = self._facts.of(search.ranked[0].entry).terms
        of_kind = any("#" + kind in terms for kind in search.question.kinds)
        return ENOUGH_OF_KIND if of_kind else ENOUGH

    def _recent(self, search: Search) -> Search:
        """The same search, where the activities are too many to be told, of the latest year."""
        return replace(search, entries=self._matcher.recent(search.entries))

    def _by_form(self, search: Search) -> Finding:
        """The same facts answer in different forms: places, numbers, yes or no, a text."""
        search = of_extreme_year(search)
        question = search.question
        if "undated" in question.operators and not search.near()[0].first_day:
            return self._refusals.lacks("dates", search.near()[0], search.scope, exactly=True)
        if asks_modality(question):
            return ModalityOf(tuple(search.near()[:_FEW]))
        if asks_regions(question):
            return self._regions.regions(question, search.ranked)
        counts = "count" in question.operators
        if counts_unknown(question) and not question.details:
            return self._refusals.lacks("number", search.ranked[0].entry, search.scope)
        if counts or (question.attributes[:1] == ("number",) and question.asked):  # 几个部门
            counted = self._counted(search)
            if counted is not None and (counts or not isinstance(counted, Missing)):
                return counted
        defined = (
            self._definitions.belonging(question)
            or self._definitions.definition(question)
            or self._values.person(question, search.top(_OF_PERSON))
        )
        if defined is not None:
            return defined
        return self._claims.verdict(search) if question.is_polar else self._told(search)

    def _counted(self, search: Search) -> Finding | None:
        question = search.question
        counted = self._counting.count(question, search.top(8))
        if counted is not None:
            return with_other_weeks(counted, search.near())
        if counts_kind(question):
            return activities_of_kind(search, counted=True)
        if question.asked:
            return self._refusals.lacks("number", search.ranked[0].entry, search.scope)
        return None

    def _told(self, search: Search) -> Finding:
        """The value that is asked for, the activities of the kind, or the best one as a whole."""
        question, near = search.question, search.near()
        listed = "list" in question.operators and counts_kind(question)
        if listed and len(near) > 1:
            return activities_of_kind(search, counted=False)
        spread = self._regions.years(search) or self._regions.value_by_region(search)
        if spread is not None:
            return spread
        part = self._parts.meant(question, near[0])
        if part is not None:
            return part
        if question.attributes or question.name_kinds:
            found = self._values.values(question, search.near(CLOSE)[:6])
            if found is not None and self._counts_something_else(found, search):
                return self._refusals.lacks("number", found.entry, search.scope)
            if found is not None and self._is_of_lesser(found, search):
                return OneActivity(near[0], tuple(near[1:4]))
            if found is not None:
                found = self._values.with_equal_names(question, found, search.near(_EQUAL))
                return with_other_weeks(found, near)
            first = question.attributes[0] if question.attributes else ""
            if first in _NEVER_IN_SUMMARY:
                exactly = asks_exact_day(question)
                return self._refusals.lacks(first, near[0], search.scope, exactly=exactly)
        listed = wants_list(question) and len(near) > 1
        if listed or (asks_of_name(question) and len(search.near(_OF_NAME)) > 1):
            return activities_of_kind(search, counted=False)
        return OneActivity(near[0], tuple(near[1:4]))

    def _counts_something_else(self, found: Values, search: Search) -> bool:
        """Whether numbers are asked of what an activity only mentions: the patents that a handbook
        tells of.
        """
        if found.attribute != "number" or not search.content:
            return False
        terms = self._facts.of(found.entry).title_terms
        for figure in found.entry.activity.figures:
            terms |= self._counting.terms(figure)
        return not any(unit.match(terms)[0] for unit in search.content)

    def _is_of_lesser(self, found: Values, search: Search) -> bool:
        """Whether a value that the summary of the clearly best activity tells as well was taken
        from another one.
        """
        best = search.ranked[0]
        if found.attribute not in SOFT or found.entry is best.entry:
            return False
        scores = {candidate.number: candidate.score for candidate in search.ranked}
        return scores.get(found.entry.index, 0.0) < CLEARLY * best.score

    # --- what does not -------------------------------------------------------------------

    def _unmatched(self, search: Search) -> Finding:
        """No activity in scope has any of the words."""
        question = search.question
        if question.is_polar and question.names:
            claimed = self._claims.on_names(question, search.entries)
            if claimed is not None:
                return claimed
        elsewhere = self._claims.elsewhere(search)
        if elsewhere is not None:
            return elsewhere
        spoken_of = self._speaking_of_kind(search)
        if spoken_of is not None:
            return spoken_of
        content = search.content or question.units
        vague = all(unit.ordinary for unit in content) and not question.is_polar
        asks = question.names_week or "activity" in question.operators or question.attributes
        if (vague and asks) or _asks_any_kinds(search):
            return self.everything(search)
        return self._refusals.no_match(search)

    def _speaking_of_kind(self, search: Search) -> OneActivity | None:
        """ "Which schools?": what speaks of schools where none is named."""
        question = search.question
        kinds = tuple("~" + kind for kind in question.name_kinds)
        if not kinds or any(not unit.is_of("&") for unit in telling_units(question)):
            return None
        unit = Unit(kinds[0], -1, -1, kinds, (1.0,) * len(kinds), explained=True)
        ranked = self._matcher.rank(replace(question, units=(unit,)), search.entries)
        near = [candidate.entry for candidate in ranked[:_FEW]]
        return OneActivity(near[0], tuple(near[1:])) if near else None

    def _by_attribute(self, search: Search) -> Finding | None:
        """The attribute asked for, where few activities of a place have any, whatever the words."""
        question, scope = search.question, search.scope
        asked = question.attributes[0] if question.attributes else ""
        if asked not in _OF_FEW or not (scope.places or scope.is_national):
            return None
        having = [e for e in search.entries if values_of(asked, e, self._knowledge)]
        if not 0 < len(having) <= _FEW:
            return None
        found = self._values.values(replace(question, name_kinds=()), having)
        return replace(found, others=tuple(having[1:])) if found is not None else None

    def _nothing_fits(self, search: Search) -> Finding:
        if _asks_any_kinds(search):
            return self.everything(search)
        elsewhere = self._claims.elsewhere(search)
        return elsewhere or self._refusals.no_match(search)

    def _modality(self, search: Search) -> Finding:
        """What is so of several, or which of both something is."""
        scope, entries = search.scope, search.entries
        if wanted := activities_so(search.question, entries):
            return Activities(wanted, scope)
        weeks = weeks_in(scope, self._knowledge)
        said, so = weeks_so(search.question, weeks)
        if said and not scope.places:
            return Coverage(so, modality=said)
        if scope.date is not None or 0 < len(entries) <= _FEW:
            return ModalityOf(tuple(entries[:_FEW]))
        vague = len(weeks) > 1 and not (scope.places or scope.is_national)
        return self._refusals.which_region() if vague or not weeks else ModalityOf((), weeks[0])

    def _of_all_weeks(self, search: Search) -> Finding:
        """Nothing says where or when: themes and dates are told for all weeks, organisers where
        a list of them is wanted.
        """
        attributes, listed = search.question.attributes, "list" in search.question.operators
        told = {"theme", "dates", "organiser"} if listed else {"theme", "dates"}
        if told.isdisjoint(attributes):
            return self._refusals.which_region()
        weeks = weeks_in(Scope(), self._knowledge)
        rows = self._weeks.rows(attributes[0], weeks)
        return WeekValues(attributes[0], rows)


def _picks_few(search: Search) -> bool:
    """Whether the noun that is asked for, common as it is elsewhere, stands in a few activities of
    the many in scope: "what packs were given in Furong?".
    """
    fitting = [candidate for candidate in search.ranked if candidate.coverage >= _ALL_OF_IT]
    few = 0 < len(fitting) <= _FEW and _OF_MANY * len(fitting) <= len(search.entries)
    cues = {term for unit in search.question.units if unit.is_cue for term in unit.terms}
    return few and not cues.issuperset(search.question.asked) and not search.question.is_polar


def _without_day(search: Search) -> Search:
    """Only what has no day, where "which activities have no date" asks for that."""
    undated = [entry for entry in search.entries if not entry.first_day]
    wanted = "undated" in search.question.operators and undated
    return replace(search, entries=undated) if wanted else search


def _asks_any_kinds(search: Search) -> bool:
    """Whether "what kinds of activities" is all that is named."""
    named = search.content and all(_KINDS in unit.terms for unit in search.content)
    return bool(named) and not search.question.is_polar

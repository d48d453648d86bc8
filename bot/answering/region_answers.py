"""Which regions did something, and lists of activities of one kind."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import content_units
from bot.answering.attributes import values_of
from bot.answering.findings import Activities, Finding, Regions, Values, Verdict
from bot.answering.matching import NEAR, Candidate
from bot.answering.scopes import grouped
from bot.answering.search import Search
from bot.answering.value_answers import ValueAnswers
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.question import Question

_AS_COMPLETE = 0.85
"""Share of the best coverage that a fact needs to stand in a list."""
_ALL = 0.95
"""Coverage (0 to 1) from which a fact holds all words of the question."""
_BY_REGION = frozenset({"organiser", "partner", "dates", "title", "audience", "people"})
"""Attributes that are told region by region where none is named."""
_ANY_KIND = frozenset({"publication", "series"})
"""Kinds that verbs name ("published"): beside another kind they say nothing of their own."""
_REPORTS = frozenset({"white-paper", "report", "statistics"})
"""Kinds of activities that speak of years of their own."""
_OF_KIND = 0.6
"""Share of the best score that an activity of the kind asked for needs."""


class RegionAnswers:
    """Answers to "which regions …?"."""

    def __init__(self, knowledge: KnowledgeBase, values: ValueAnswers) -> None:
        self._knowledge = knowledge
        self._values = values

    def regions(self, question: Question, ranked: Sequence[Candidate]) -> Finding:
        """The regions of the activities that fit as well as the best one; its place if alone."""
        best = ranked[0]
        only_kinds = all(any(t[:1] == "#" for t in u.terms) for u in content_units(question))
        near = [
            candidate.entry
            for candidate in ranked
            if candidate.coverage >= _AS_COMPLETE * best.coverage
            and (only_kinds or candidate.coverage >= _ALL or candidate.score >= NEAR * best.score)
        ]
        beside = question.attributes[1:2]  # the slogan of "where was the slogan played"
        stating = [e for e in near if any(values_of(a, e, self._knowledge) for a in beside)]
        near = stating or near
        groups = grouped(near, lambda entry: self._knowledge.region_of(entry.place))
        if len(groups) == 1 and question.wants_many_places:  # cities of one region
            groups = grouped(near, lambda entry: entry.place)
        if len(groups) == 1:
            return self._values.place(near[0], tuple(near[1:3]))
        return Regions(groups)

    def value_by_region(self, search: Search) -> Regions | None:
        """A value for each of several regions: who released white papers in 2020.

        None where a place is named, more than a kind of activity, or only one region has it.
        """
        question, scope = search.question, search.scope
        attribute = question.attributes[0] if question.attributes else ""
        if scope.places or scope.is_national or attribute not in _BY_REGION:
            return None
        asked = _of_asked_kind(search)
        entries = [entry for entry in asked if values_of(attribute, entry, self._knowledge)]
        groups = grouped(entries, lambda entry: self._knowledge.region_of(entry.place))
        return Regions(groups, attribute=attribute) if len(groups) > 1 else None

    def years(self, search: Search) -> Regions | None:
        """ "In which years were there branch venues?", "the first year with …": years of weeks.

        None where a report is meant, which covers years of its own, or a year is named.
        """
        question = search.question
        if question.attributes[:1] != ("period",) or question.years:
            return None
        if _REPORTS.intersection(question.kinds):
            return None
        entries = _of_asked_kind(search, strictly=False)
        if search.ranked[0].entry not in entries or any(e.activity.period for e in entries):
            return None
        told = sorted(entries, key=lambda entry: -entry.week.week.year)
        groups = grouped(told, lambda entry: str(entry.week.week.year))
        return Regions(groups, years=True)


def of_extreme_year(search: Search) -> Search:
    """The same search among the activities of the first or last year, where that is asked for:
    the latest launch, the first year with branch venues.
    """
    extreme = {"earliest": min, "latest": max}
    asked = [pick for op, pick in extreme.items() if op in search.question.operators]
    entries = _of_asked_kind(search, strictly=False) if asked and search.ranked else []
    if not entries or search.question.years:
        return search
    year = asked[0](entry.week.week.year for entry in entries)
    kept = {entry.index for entry in entries if entry.week.week.year == year}
    ranked = [candidate for candidate in search.ranked if candidate.number in kept]
    return replace(search, ranked=ranked)


def _of_asked_kind(search: Search, *, strictly: bool = True) -> list[ActivityEntry]:
    """The activities of a kind that fit as well as the best one.

    `strictly`: only where the kind is all that is named of them.
    """
    question = search.question
    content = [unit for unit in content_units(question) if not unit.is_cue]
    only_kinds = all(unit.is_of("#") for unit in content)
    if not content or not question.kinds or (strictly and not only_kinds):
        return []
    kinds = [kind for kind in question.kinds if kind not in _ANY_KIND] or question.kinds
    best = search.ranked[0]
    return [
        candidate.entry
        for candidate in search.ranked
        if candidate.coverage >= _AS_COMPLETE * best.coverage
        and candidate.entry.kinds.intersection(kinds)
    ]


def activities_of_kind(search: Search, *, counted: bool) -> Activities:
    """The activities that fit as well as the best one and are of the kind asked for."""
    best, question = search.ranked[0], search.question
    near = [
        candidate.entry
        for candidate in search.ranked
        if candidate.coverage >= _AS_COMPLETE * best.coverage
        and candidate.score >= _OF_KIND * best.score
    ]
    asked = [kind for kind in question.kinds if "#" + kind in question.asked]
    kinds = asked or question.kinds
    kind = next((k for k in kinds if any(k in entry.kinds for entry in near)), "")
    entries = [entry for entry in near if not kind or kind in entry.kinds]
    return Activities(tuple(entries), search.scope, of_kind=kind, counted=counted)


def with_other_weeks(found: Finding, near: Sequence[ActivityEntry]) -> Finding:
    """Where other weeks have as good an answer, at most two of them are told too."""
    if not isinstance(found, (Values, Verdict)) or found.entry is None:
        return found
    told = {entry.week.id for entry in (found.entry, *found.others)}
    first_of_week: dict[str, ActivityEntry] = {}
    for entry in near:
        if entry.week.id not in told:
            first_of_week.setdefault(entry.week.id, entry)
    return replace(found, others=(*found.others, *tuple(first_of_week.values())[:2]))

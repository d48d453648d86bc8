"""Which regions did something, and lists of activities of one kind."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import content_units
from bot.answering.findings import Activities, Finding, Regions, Values, Verdict
from bot.answering.matching import NEAR, Candidate
from bot.answering.scopes import grouped
from bot.answering.search import Search
from bot.answering.value_answers import ValueAnswers
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase
from bot.understanding.question import Question

_AS_COMPLETE = 0.85
"""Share of the best coverage that a fact needs to stand in a list."""
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
            and (only_kinds or candidate.score >= NEAR * best.score)
        ]
        groups = grouped(near, lambda entry: self._knowledge.region_of(entry.place))
        if len(groups) == 1:
            return self._values.place(best.entry, tuple(near[1:3]))
        return Regions(groups)


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
    if not isinstance(found, (Values, Verdict)) or found.others or found.entry is None:
        return found
    first_of_week: dict[str, ActivityEntry] = {}
    for entry in near:
        if entry.week.id != found.entry.week.id:
            first_of_week.setdefault(entry.week.id, entry)
    return replace(found, others=tuple(first_of_week.values())[:2])

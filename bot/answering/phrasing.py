"""From a finding to a reply: the direct answer first, then context, then the source."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from bot.answering import findings as f
from bot.answering.activity_wording import tell_activities, tell_modality, tell_one
from bot.answering.findings import Finding
from bot.answering.ranking_wording import tell_ranking
from bot.answering.refusal_wording import (
    tell_missing,
    tell_outside,
    tell_smalltalk,
    tell_unclear,
)
from bot.answering.reply import Block, BulletList, Language, Paragraph, Reply, SourceLink, Status
from bot.answering.told import Told
from bot.answering.value_wording import (
    tell_definition,
    tell_values,
    tell_values_by_activity,
    tell_verdict,
)
from bot.answering.week_wording import (
    tell_coverage,
    tell_named_day,
    tell_provenance,
    tell_regions,
    tell_week_values,
)
from bot.answering.wording import Wording
from bot.knowledge.knowledge_base import KnowledgeBase

MOST_SUGGESTIONS = 4
MOST_SOURCES = 4
_MOST_LINES = 9
"""So many lines of an answer stand in a comparison."""


class Phraser:
    """Words findings in one language, as of one day."""

    def __init__(self, knowledge: KnowledgeBase, language: Language, today: date) -> None:
        self._words = Wording(knowledge, language, today)

    def reply(self, finding: Finding) -> Reply:
        """The reply for a finding, without what only the question knows."""
        told = tell(finding, self._words)
        answered = told.status is Status.ANSWERED
        return Reply(
            status=told.status,
            language=self._words.language,
            blocks=told.blocks,
            sources=_sources(told, self._words) if answered else (),
            suggestions=told.suggestions[:MOST_SUGGESTIONS],
            facts=told.facts,
        )


def tell(finding: Finding, words: Wording) -> Told:
    """What is told of a finding of any type."""
    return _TELLERS[type(finding)](finding, words)


def _tell_comparison(finding: f.Comparison, words: Wording) -> Told:
    """The answers for several places or years, one below the other."""
    parts = [(heading, tell(part, words)) for heading, part in finding.findings]
    agree = (Paragraph(words.say(finding.agreement), strong=True),) if finding.agreement else ()
    lists = tuple(
        BulletList(
            _shortened([line for block in told.blocks for line in _lines(block)], words),
            heading=words.where(heading) if heading and not heading.isdigit() else heading,
        )
        for heading, told in parts
    )
    return Told(
        Status.ANSWERED,
        (*agree, *lists),
        facts=tuple(fact for _, told in parts for fact in told.facts),
        weeks=tuple(dict.fromkeys(week for _, told in parts for week in told.weeks)),
        entries=tuple(entry for _, told in parts for entry in told.entries),
    )


def _shortened(lines: Sequence[str], words: Wording) -> tuple[str, ...]:
    """The first lines, and how many more there are: each place alone has them all."""
    left = len(lines) - _MOST_LINES
    more = (words.say("more_lines", n=left),) if left > 0 else ()
    return (*lines[:_MOST_LINES], *more)


def _lines(block: Block) -> tuple[str, ...]:
    if isinstance(block, Paragraph):
        return (block.text,)
    return (block.heading, *block.items) if block.heading else block.items


def _sources(told: Told, words: Wording) -> tuple[SourceLink, ...]:
    """Where the facts were published: for activities their own sources, else those of themes."""
    covered = {entry.week.id for entry in told.entries}
    of_themes = (w.source(w.week.theme_source) for w in told.weeks if w.id not in covered)
    links: dict[str, SourceLink] = {}
    for source in chain((entry.source() for entry in told.entries), of_themes):
        if len(links) == MOST_SOURCES:
            break
        if source is not None and source.url not in links:
            links[source.url] = words.source_link(source)
    return (*told.links, *links.values())[:MOST_SOURCES]


_TELLERS: dict[type, Callable[[Any, Wording], Told]] = {
    f.Activities: tell_activities,
    f.OneActivity: tell_one,
    f.Values: tell_values,
    f.ValuesByActivity: tell_values_by_activity,
    f.WeekValues: tell_week_values,
    f.Verdict: tell_verdict,
    f.Regions: tell_regions,
    f.Definition: tell_definition,
    f.ModalityOf: tell_modality,
    f.Provenance: tell_provenance,
    f.Coverage: tell_coverage,
    f.Comparison: _tell_comparison,
    f.Ranking: tell_ranking,
    f.NamedDay: tell_named_day,
    f.Missing: tell_missing,
    f.Unclear: tell_unclear,
    f.Outside: tell_outside,
    f.SmallTalk: tell_smalltalk,
}

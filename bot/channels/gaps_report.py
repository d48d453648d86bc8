"""What people asked and did not get: alike questions together, with the entry that comes nearest.

For each group a piece of YAML is proposed that can be pasted into a file: a question beside
the facts where an entry comes near, else an activity to fill in.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answering.message import IncomingMessage
from bot.channels.explanation import place_of_fact
from bot.channels.unanswered_log import SaidWrong, Unanswered

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant, Turn
    from bot.knowledge.entries import WeekEntry

_ALIKE = 0.6
"""Questions that share so much of their words are told together (0 to 1)."""
_MOST_SHOWN = 5


@dataclass(slots=True)
class Cluster:
    """Questions that are alike, the most frequent first."""

    words: frozenset[str]
    """What the first one is about."""
    questions: list[Unanswered] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How often one of them came."""
        return sum(one.count for one in self.questions)


def clusters(
    assistant: "Assistant", questions: Iterable[Unanswered], now: datetime
) -> list[Cluster]:
    """The questions in groups, the most frequent first."""
    found: list[Cluster] = []
    for question in questions:
        words = _words(_asked(assistant, question.question, now))
        near = max(found, key=lambda one: _shared(one.words, words), default=None)
        if near is None or _shared(near.words, words) < _ALIKE:
            near = Cluster(words)
            found.append(near)
        near.questions.append(question)
    return sorted(found, key=lambda one: -one.count)


def gaps(
    assistant: "Assistant", folder: Path, questions: Sequence[Unanswered],
    wrong: Sequence[SaidWrong], now: datetime,
) -> Iterator[str]:  # fmt: skip
    """The report, line by line."""
    if not questions and not wrong:
        yield "Every question was answered."
    for cluster in clusters(assistant, questions, now):
        yield from _told(assistant, folder, cluster, now)
        yield ""
    for one in wrong:
        yield f"Said to be wrong on {one.day}: {' → '.join(one.question.splitlines())}"
        yield f"  answer: {one.answer}"
        yield from (f"  fact: {fact}" for fact in one.facts)
        yield ""


def digest_lines(
    assistant: "Assistant", questions: Sequence[Unanswered], now: datetime
) -> list[str]:
    """One line for each group, for the maintainers' weekly message."""
    found = clusters(assistant, questions, now)
    return [f"{one.count}× {one.questions[0].question}" for one in found]


def _told(assistant: "Assistant", folder: Path, cluster: Cluster, now: datetime) -> Iterator[str]:
    first = cluster.questions[0]
    turn = _asked(assistant, first.question, now)
    times = "once" if cluster.count == 1 else f"{cluster.count} times"
    yield f"{times}, last on {max(one.last_day for one in cluster.questions)}: {first.question}"
    for other in cluster.questions[1:_MOST_SHOWN]:
        yield f"  also: {other.question}"
    if turn.reply.status.value == "answered":
        yield "  it is answered by now"
        return
    yield f"  status: {turn.reply.status.value}"
    yield from _proposal(assistant, folder, turn, first.question)


def _proposal(assistant: "Assistant", folder: Path, turn: "Turn", question: str) -> Iterator[str]:
    """The entry that comes nearest, and YAML to paste."""
    if turn.found.candidates:
        nearest = turn.found.candidates[0].entry
        place = place_of_fact(assistant.knowledge, folder, nearest.id)
        yield f"  nearest: {nearest.id}  {place}"
        yield f"  into {nearest.week.file}, if that is the answer:"
        yield "    questions:"
        yield f"      - ask: {_quoted(question)}"
        yield f"        facts: [{nearest.activity.id}]"
        return
    week = _week(assistant, turn)
    if week is not None:
        yield f"  nearest: the week {week.id}, which states nothing of it"
        yield f"  into {week.file}, if a source states it:"
    else:
        yield "  no entry comes near; into the file of its week, if a source states it:"
    yield "    activities:"
    yield "      - id: todo"
    yield "        title: {en: TODO, zh: TODO}"
    yield "        summary: {en: TODO, zh: TODO}"
    yield "        kinds: [todo]"
    yield "        modality: TODO"


def _week(assistant: "Assistant", turn: "Turn") -> "WeekEntry | None":
    """The week that a question is about, by its place and year."""
    question = turn.found.question
    for place in question.places:
        for week in assistant.knowledge.weeks_by_place.get(place, ()):
            if not question.years or week.week.year in question.years:
                return week
    return None


def _asked(assistant: "Assistant", question: str, now: datetime) -> "Turn":
    return assistant.reply(IncomingMessage(question, "gaps", now), None)


def _words(turn: "Turn") -> frozenset[str]:
    """What a question is about: its slots and its rarer words."""
    question = turn.question
    slots = (*question.places, *map(str, question.years), *question.kinds, *question.attributes)
    words = {unit.terms[0] for unit in question.units if unit.terms}
    return frozenset((*slots, *words)) or frozenset(
        token.text for token in question.tagging.utterance.tokens
    )


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

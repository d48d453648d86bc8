"""The questions that stand beside the facts, asked of an assistant: which are answered otherwise.

A week's file and the vocabulary may hold `questions:`, each with the facts that the answer
must rest on, or with its status. They are asked one by one, each in a dialogue of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.answering.reply import BulletList, Reply
from bot.errors import Problem
from bot.knowledge.facts import CheckedQuestion
from bot.knowledge.flaws import VOCABULARY, Flaw, Place
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.loader import KnowledgeFiles

ASKED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""When all of them are asked, so that the same knowledge always leads to the same answers."""
MOST_BROKEN = 50
"""Broken questions that are told; one wrong word in the vocabulary may break hundreds."""
_LONGEST_ANSWER = 160


@dataclass(frozen=True, slots=True)
class Examined:
    """A knowledge folder as it was found."""

    assistant: Assistant | None
    """Knows what the folder holds; None when that cannot be used."""
    files: KnowledgeFiles | None
    """What could be read."""
    problems: tuple[Problem, ...]
    """By file and line; questions that are answered otherwise than expected are among them."""

    @property
    def is_good(self) -> bool:
        """Whether nothing keeps the knowledge from being put into service."""
        return all(problem.severity != "error" for problem in self.problems)


class AskedBeside(NamedTuple):
    """A question that stands beside the facts."""

    place: Place
    week: str
    """The id of its week; none in the vocabulary."""
    question: CheckedQuestion


def questions_beside(
    knowledge: KnowledgeBase, files: Iterable[str] | None = None, others: int = 0
) -> Sequence[AskedBeside]:
    """The questions that stand beside the facts.

    Args:
        files: only those of these files, by their paths in the knowledge folder.
        others: how many of the other files' questions come beside them, spread evenly.
    """
    asked = list(_all_questions(knowledge))
    if files is not None:
        wanted = frozenset(files)
        beside = [one for one in asked if one.place.file not in wanted]
        asked = [one for one in asked if one.place.file in wanted]
        asked += beside[:: max(1, -(-len(beside) // others))] if others else []
    return asked


def broken_questions(
    assistant: Assistant, asked: Iterable[AskedBeside] | None = None
) -> Iterator[Flaw]:
    """A flaw for each question that is answered otherwise, and for each that waits no more.

    Args:
        asked: the questions; None: all.
    """
    found = 0
    for place, week, question in questions_beside(assistant.knowledge) if asked is None else asked:
        flaw = _flaw(assistant, place, week, question)
        if flaw is not None:
            found += 1
            if found > MOST_BROKEN:
                return
            yield flaw


def fact_id(week: str, id: str) -> str:
    """The whole id of a fact that a week's file names: "launch" → "fujian-2021/launch"."""
    return id if "/" in id or "#" in id else f"{week}/{id}"


def _all_questions(knowledge: KnowledgeBase) -> Iterator[AskedBeside]:
    for entry in knowledge.weeks_with_questions:
        for i, question in enumerate(entry.week.questions):
            yield AskedBeside(Place(entry.file, ("questions", i)), entry.id, question)
    for i, question in enumerate(knowledge.vocabulary.questions):
        yield AskedBeside(Place(VOCABULARY, ("questions", i)), "", question)


def _flaw(assistant: Assistant, place: Place, week: str, question: CheckedQuestion) -> Flaw | None:
    wanted = [fact_id(week, id) for id in question.facts]
    if any(_week_is_missing(id, assistant.knowledge) for id in wanted):
        return None
    reply = assistant.reply(IncomingMessage(question.ask, "check", ASKED_AT), None).reply
    # A range of facts of one week is told as "fujian-2021/launch#organiser".
    rests_on = {*reply.facts, *(fact.partition("#")[0] for fact in reply.facts)}
    missing = [id for id in wanted if id not in rests_on]
    is_right = reply.status.value == question.status and not missing
    if question.waits:
        message = f'"{question.ask}" is answered as expected by now'
        mend = "take out waits:, so that it stays so"
        return Flaw(place, message, mend, "warning") if is_right else None
    if is_right:
        return None
    message = f'"{question.ask}": {_expected(question, missing, reply)}; {_answered(reply)}'
    mend = f'see why: explain "{question.ask}"; or say under waits: why it must wait'
    return Flaw(place, message, mend)


def _week_is_missing(id: str, knowledge: KnowledgeBase) -> bool:
    """Whether a fact belongs to a week that is not there: its questions went with it."""
    return knowledge.week_with_id(id.partition("#")[0].partition("/")[0]) is None


def _expected(question: CheckedQuestion, missing: list[str], reply: Reply) -> str:
    if reply.status.value != question.status:
        return f"expected the status {question.status}"
    return f"expected an answer from {', '.join(missing)}"


def _answered(reply: Reply) -> str:
    facts = ", ".join(reply.facts[:4]) + (", …" if len(reply.facts) > 4 else "")
    rests = f" from {facts}" if facts else ""
    return f'the bot answered ({reply.status.value}){rests}: "{first_words(reply)}"'


def first_words(reply: Reply) -> str:
    """The direct answer in one line, cut where it is long."""
    for block in reply.blocks:
        if isinstance(block, BulletList):
            line = " ".join((block.heading or "; ".join(block.items)).split())
        else:
            line = " ".join(block.text.split())
        if line:
            return line if len(line) <= _LONGEST_ANSWER else f"{line[: _LONGEST_ANSWER - 1]}…"
    return ""

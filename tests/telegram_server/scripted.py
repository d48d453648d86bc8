"""An assistant with a script instead of knowledge, for tests of the channel alone.

list …       a long list           follow …   depends on what was asked before
nonsense …   out of scope          several …  a clarification with choices
long …       several messages      boom …     an error in the assistant
"""

import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.answering.message import IncomingMessage
from bot.answering.reply import BulletList, Paragraph, Reply, SourceLink, Status, Suggestion
from bot.channels.telegram_app import run
from bot.channels.telegram_wording import read_wording
from bot.errors import IpweekError
from bot.knowledge.facts import Activity, DateSpan, Source, Text, Week
from bot.knowledge.knowledge_base import KnowledgeBase, build_knowledge_base
from bot.knowledge.loader import KnowledgeFiles, WeekFile
from bot.knowledge.vocabulary import Place, Vocabulary
from bot.settings import load_settings


@dataclass(frozen=True, slots=True)
class ScriptedState:
    """What the script remembers."""

    expires_at: datetime
    topic: str


@dataclass(frozen=True, slots=True)
class ScriptedTurn:
    """A reply and what to remember, as the real assistant returns them."""

    reply: Reply
    state: ScriptedState | None


SUGGESTIONS = (
    Suggestion("21 April", "What did Fujian hold on 21 April 2021?"),
    Suggestion("<Theme> & more", "What was the theme of the Fujian week in 2021?"),
)


class ScriptedAssistant:
    """Answers by the first word of the question."""

    def reply(self, message: IncomingMessage, state: Any) -> Any:
        """The turn that the script has for the message."""
        words = message.text.split()
        key = words[0].lower() if words else ""
        language = message.reply_language or "en"
        alive = isinstance(state, ScriptedState) and state.expires_at > message.received_at
        topic = state.topic if alive else "nothing"
        text = f"Answer to: {message.text}"
        reply = Reply(Status.ANSWERED, language, (Paragraph(text, strong=True),))
        reply = replace(
            reply,
            facts=("fujian-2021/opening",),
            sources=(SourceLink("Fujian <launch> & more", "https://example.org/a?b=1&c=2"),),
            suggestions=SUGGESTIONS,
        )
        if key == "boom":
            raise ValueError(f"the script has an error in {message.text}")
        if key == "follow":
            reply = replace(reply, blocks=(Paragraph(f"After {topic}: {message.text}"),))
        elif key == "list" or (key == "more" and topic.startswith("list")):
            items = tuple(f"item {i} <of> {message.text} after {topic}" for i in range(20))
            reply = replace(reply, blocks=(*reply.blocks, BulletList(items, "All & sundry:", 5)))
        elif key == "long":
            items = tuple(f"item {i} " + "& long " * 40 for i in range(60))
            reply = replace(reply, blocks=(*reply.blocks, BulletList(items, shown=60)))
        elif key == "nonsense":
            out = Reply(Status.OUT_OF_SCOPE, language, (Paragraph("Not about the weeks."),))
            return ScriptedTurn(out, state)
        elif key == "several":
            reply = replace(reply, status=Status.CLARIFY, facts=())
        return ScriptedTurn(
            reply, ScriptedState(message.received_at + timedelta(minutes=10), message.text)
        )


def small_knowledge() -> KnowledgeBase:
    """Two weeks, one of them with dates."""
    source = Source("page", "Launch", "Office", "https://example.org/a")
    opening = Activity(
        id="opening", title=Text("opening; ceremony", "开幕式"),
        summary=Text("It opened.", "开幕。"), kinds=("ceremony",), modality="held",
        date="2021-04-20", venue=Text("Hall", "礼堂"),
    )  # fmt: skip
    lectures = Activity(
        id="lectures", title=Text("lectures"), summary=Text("Lectures are planned."),
        kinds=("lecture",), modality="planned", date="2021-04-21", until="2021-04-23",
    )  # fmt: skip
    market = Activity(
        id="market", title=Text("market"), summary=Text("If appropriate."),
        kinds=("fair",), modality="conditional", since="2021-04-24",
    )  # fmt: skip
    undated = Activity(
        id="handbook", title=Text("handbook"), summary=Text("A handbook."),
        kinds=("publication",), modality="held",
    )  # fmt: skip
    fujian = Week(
        region="fujian", year=2021, sources=(source,), modality="planned",
        dates=DateSpan("2021-04-20", "2021-04-26"),
        activities=(opening, lectures, market, undated),
    )  # fmt: skip
    qinghai = Week(
        region="qinghai", year=2020, sources=(source,), modality="held", activities=(undated,)
    )
    places = (
        Place(id="fujian", level="region", name=Text("Fujian", "福建")),
        Place(id="qinghai", level="region", name=Text("Qinghai", "青海")),
    )
    weeks = (
        WeekFile("weeks/2021/fujian.yaml", fujian),
        WeekFile("weeks/2020/qinghai.yaml", qinghai),
    )
    files = KnowledgeFiles(Path(), Vocabulary(places=places), weeks, frozenset())
    return build_knowledge_base(files, "3f2a1c")


def main() -> int:
    """Serve as `python -m bot run` does; the exit code."""
    assistant: Any = ScriptedAssistant()
    try:
        return run(load_settings(os.environ), assistant, small_knowledge(), read_wording())
    except IpweekError as error:
        print(error, file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())

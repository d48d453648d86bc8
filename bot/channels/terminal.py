"""The terminal: one answer, or a conversation.

Questions are read with line editing and history where both ends are a terminal, and
plainly, line by line, where they are not.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from bot.answering.message import IncomingMessage
from bot.answering.reply import BulletList, Language, Reply
from bot.channels.batch import Clock, json_line
from bot.channels.plain_text import COLUMNS, plain_text, without_controls, wrapped

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant
    from bot.answering.dialogue import DialogueState

Questions = Iterator[str]
"""What a person types, line by line, until they leave."""

PROMPT = "> "
MOST_OFFERS = 9
"""One digit chooses one."""
WELCOME = "Ask about China's IP Publicity Week, in English or Chinese. /help says more, /quit ends."
HELP = """\
Type a question; a follow-up need not repeat what was said before.
- a number: ask the suggestion with that number
- /explain QUESTION: show how the question is understood and answered
- /help: this, and what can be asked
- /quit: leave (so do ctrl-d and ctrl-c)"""
UNKNOWN = "There is no {command}. /help lists what there is."
NO_SUCH_NUMBER = "There is no suggestion {number} right now."
MISSING_QUESTION = "Write the question behind it: /explain What did Fujian hold on April 20?"


def ask(
    assistant: "Assistant", question: str, *, now: datetime, language: Language | None,
    as_json: bool, out: TextIO,
) -> None:  # fmt: skip
    """Answer one question."""
    reply = assistant.reply(IncomingMessage(question, "terminal", now, language)).reply
    wording = assistant.knowledge.vocabulary.wording
    if as_json:
        print(json_line(reply, None, wording), file=out)
    else:
        print(_readable(plain_text(reply, wording), out), file=out)


def chat(assistant: "Assistant", folder: Path, clock: Clock, language: Language | None) -> None:
    """Converse with whoever is at standard input until they leave.

    Args:
        folder: the knowledge folder, whose files /explain refers to.
    """
    questions = _edited() if sys.stdin is not None and _is_person() else _plain()
    conversation = Conversation(assistant, folder, clock, language)
    print(wrapped(WELCOME))
    try:
        for line in questions:
            answer = conversation.answer(line)
            if answer is None:
                return
            if answer:
                print(f"\n{answer}\n", flush=True)
    except KeyboardInterrupt:
        print()


class Conversation:
    """What was said so far, and the suggestions that can be chosen by number."""

    def __init__(
        self, assistant: "Assistant", folder: Path, clock: Clock, language: Language | None
    ) -> None:
        self._assistant = assistant
        self._folder = folder
        self._clock = clock
        self._language = language
        self._state: DialogueState | None = None
        self._offers: tuple[str, ...] = ()
        """Questions that can be asked by their number."""
        self._commands: dict[str, Callable[[str], str | None]] = {
            "/help": self._help, "/start": self._help, "/explain": self._explain,
            "/quit": _leave, "/exit": _leave,
        }  # fmt: skip

    def answer(self, line: str) -> str | None:
        """What to print for a line; "" for an empty one, None to leave."""
        line = line.strip()
        if not line:
            return ""
        if line.startswith("/"):
            name, _, rest = line.partition(" ")
            command = self._commands.get(name.lower())
            if command is None:
                return wrapped(UNKNOWN.format(command=without_controls(name)[:40]))
            return command(rest.strip())
        if line.isascii() and line.isdigit() and len(line) == 1:
            return self._chosen(int(line))
        return self._reply(line)

    def _chosen(self, number: int) -> str:
        if not 1 <= number <= len(self._offers):
            return NO_SUCH_NUMBER.format(number=number)
        question = self._offers[number - 1]
        return f"{wrapped(PROMPT + question)}\n\n{self._reply(question)}"

    def _reply(self, text: str) -> str:
        message = IncomingMessage(text, "terminal", self._clock(), self._language)
        turn = self._assistant.reply(message, self._state)
        self._state = turn.state
        told, self._offers = _with_offers(turn.reply)
        text = plain_text(told, self._assistant.knowledge.vocabulary.wording)
        numbered = [f"{number}. {offer}" for number, offer in enumerate(self._offers, start=1)]
        return wrapped("\n".join((text, "", *numbered)) if numbered else text)

    def _help(self, _: str) -> str:
        return f"{wrapped(HELP)}\n\n{self._reply('help')}"

    def _explain(self, question: str) -> str:
        if not question:
            return wrapped(MISSING_QUESTION)
        from bot.channels.explanation import explain_turn

        message = IncomingMessage(question, "terminal", self._clock(), self._language)
        turn = self._assistant.reply(message, self._state)
        return "\n".join(explain_turn(self._assistant, self._folder, turn))


def _leave(_: str) -> None:
    return None


def _with_offers(reply: Reply) -> tuple[Reply, tuple[str, ...]]:
    """What to say and the questions to offer; a list that holds them all becomes the offer."""
    offers = tuple(suggestion.question for suggestion in reply.suggestions)
    for block in reply.blocks:
        if offers and isinstance(block, BulletList) and set(offers) <= set(block.items):
            blocks = tuple(other for other in reply.blocks if other is not block)
            return replace(reply, blocks=blocks), block.items[:MOST_OFFERS]
    return reply, offers[:MOST_OFFERS]


def _readable(text: str, out: TextIO) -> str:
    """Lines broken for a person; a program gets them as they are."""
    return wrapped(text, _columns()) if out.isatty() else text


def _columns() -> int:
    try:
        return max(20, min(COLUMNS, os.get_terminal_size().columns))
    except OSError:
        return COLUMNS


def _is_person() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _plain() -> Questions:
    """Lines of standard input; bytes that are no UTF-8 are replaced."""
    if sys.stdin is None:
        return
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace")


def _edited() -> Questions:
    """Lines typed at a terminal, with editing and history."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    file = _history_file()
    history: History = FileHistory(str(file)) if file else InMemoryHistory()
    session: PromptSession[str] = PromptSession(PROMPT, history=history)
    while True:
        try:
            yield session.prompt()
        except EOFError:
            return


def _history_file() -> Path | None:
    """Where earlier questions are kept; None where nothing can be written."""
    base = Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state")
    try:
        folder = base.expanduser() / "ipweek-bot"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / "questions"
        file.touch(mode=0o600)
    except (OSError, RuntimeError):  # nothing can be written, or there is no home
        return None
    return file

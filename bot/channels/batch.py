"""Many dialogues at once: JSON Lines in, one JSON line out for each, as they come.

In:  {"id": …, "turns": ["…", …]}     turns of one dialogue, in order; other keys are left alone
Out: {"id", "status", "intent", "slots", "lang", "confidence", "text", "facts", "sources",
      "suggestions"}                  about the last turn, in the order of the input
"""

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

from bot.answering.message import IncomingMessage
from bot.answering.reply import Language, Reply
from bot.channels.plain_text import Wording, plain_text

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant, Turn

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One line of a batch."""

    id: object
    """As it came, whatever JSON value it is."""
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that is no dialogue."""

    line: int
    """Counted from 1."""
    reason: str
    """What is wrong with it and what was expected."""

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


def answer_batch(
    assistant: "Assistant", lines: Iterable[bytes], clock: Clock, language: Language | None,
    out: TextIO, complaints: TextIO,
) -> int:  # fmt: skip
    """Answer each dialogue as soon as its line is read; the number of malformed lines."""
    wording = assistant.knowledge.vocabulary.wording
    malformed = 0
    for item in read_dialogues(lines):
        if isinstance(item, Malformed):
            malformed += 1
            print(f"ipweek: {item}", file=complaints, flush=True)
            continue
        turn = last_turn(assistant, item.turns, clock, language)
        print(json_line(turn.reply, item.id, wording), file=out, flush=True)
    return malformed


def last_turn(
    assistant: "Assistant", turns: Iterable[str], clock: Clock, language: Language | None
) -> "Turn":
    """What the last message of a dialogue led to; there is at least one."""
    *before, last = turns
    state = None
    for text in before:
        state = assistant.reply(IncomingMessage(text, "batch", clock(), language), state).state
    return assistant.reply(IncomingMessage(last, "batch", clock(), language), state)


def read_dialogues(lines: Iterable[bytes]) -> Iterator[Dialogue | Malformed]:
    """The dialogues of a file, line by line; blank lines are passed over."""
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if line.strip():
            read = _read_dialogue(line)
            yield read if isinstance(read, Dialogue) else Malformed(number, read)


def _read_dialogue(line: bytes) -> Dialogue | str:
    """A dialogue, or what is wrong with the line."""
    try:
        value: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return f"is not UTF-8 text (byte {error.start + 1} is 0x{line[error.start]:02x})"
    except json.JSONDecodeError as error:
        return f"is no JSON: {error.msg} (column {error.colno})"
    except (RecursionError, ValueError):
        return "is no JSON that can be read: nested too deeply, or a number too long"
    if not isinstance(value, dict):
        return 'is no JSON object; expected {"id": "…", "turns": ["…"]}'
    missing = [key for key in ("id", "turns") if key not in value]
    if missing:
        return f'lacks {" and ".join(missing)}; expected {{"id": "…", "turns": ["…"]}}'
    turns = value["turns"]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        return '"turns" is no list of texts'
    if not turns:
        return '"turns" is empty'
    return Dialogue(value["id"], tuple(turns))


def json_line(reply: Reply, id: object, wording: Wording) -> str:
    """A reply as one line of JSON; `id` is that of the dialogue, None for a single question."""
    return json.dumps(
        {
            "id": id,
            "status": reply.status.value,
            "intent": reply.intent,
            "slots": reply.slots,
            "lang": reply.language,
            "confidence": reply.confidence,
            "text": plain_text(reply, wording),
            "facts": reply.facts,
            "sources": [{"title": s.title, "url": s.url} for s in reply.sources],
            "suggestions": [suggestion.question for suggestion in reply.suggestions],
        },
        ensure_ascii=False,
    )

"""Reads and asks the golden dialogues in `tests/golden/*.yaml`.

- about: a day in Fujian          # what the dialogue shows; its name in the tests
  turns:
    - ask: What did Fujian hold on April 20?
      status: answered
      text: |-
        the whole answer, as `ask` prints it
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.channels.plain_text import plain_text
from tests.evaluate import ASKED_AT

FOLDER = Path(__file__).parent
LEDGER = FOLDER / "known_failures.yaml"


@dataclass(frozen=True, slots=True)
class GoldenTurn:
    """A question with the answer that it must get, word for word."""

    ask: str
    status: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldenDialogue:
    """A conversation, turn by turn."""

    name: str
    """"<file>: <what it is about>"."""
    turns: tuple[GoldenTurn, ...]


def files() -> list[Path]:
    """The files with dialogues."""
    return sorted(file for file in FOLDER.glob("*.yaml") if file != LEDGER)


def read_dialogues() -> list[GoldenDialogue]:
    """All golden dialogues."""
    return [dialogue for file in files() for dialogue in _dialogues(file)]


def _dialogues(file: Path) -> Iterator[GoldenDialogue]:
    for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
        yield golden_dialogue(f"{file.stem}: {entry['about']}", entry)


def golden_dialogue(name: str, entry: Mapping[str, Any]) -> GoldenDialogue:
    """A dialogue from its form in a file."""
    turns = (GoldenTurn(t["ask"], t.get("status", ""), t.get("text", "")) for t in entry["turns"])
    return GoldenDialogue(name, tuple(turns))


def asked(assistant: Assistant, dialogue: GoldenDialogue) -> Iterator[GoldenTurn]:
    """The turns as the assistant answers them now."""
    state = None
    wording = assistant.knowledge.vocabulary.wording
    for turn in dialogue.turns:
        answer = assistant.reply(IncomingMessage(turn.ask, "golden", ASKED_AT), state)
        state = answer.state
        yield GoldenTurn(turn.ask, answer.reply.status.value, plain_text(answer.reply, wording))

"""Golden dialogues: what people are told, word for word; and the ledger of what is known wrong."""

import pytest
import yaml

from bot.answering.assistant import Assistant
from bot.channels.plain_text import plain_text
from tests.conftest import Converse
from tests.golden.dialogues import LEDGER, GoldenDialogue, asked, files, read_dialogues
from tests.golden.refresh import refreshed

DIALOGUES = read_dialogues()
KNOWN_FAILURES = yaml.safe_load(LEDGER.read_text(encoding="utf-8"))


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.name)
def test_a_dialogue_reads_as_agreed(dialogue: GoldenDialogue, assistant: Assistant) -> None:
    for expected, got in zip(dialogue.turns, asked(assistant, dialogue), strict=True):
        assert got.text == expected.text, f"asked: {expected.ask}"
        assert got.status == expected.status


def test_each_dialogue_has_a_name_of_its_own() -> None:
    names = [dialogue.name for dialogue in DIALOGUES]
    assert len(names) == len(set(names))


def test_both_languages_and_every_status_occur() -> None:
    turns = [turn for dialogue in DIALOGUES for turn in dialogue.turns]
    statuses = {turn.status for turn in turns}
    assert statuses == {"answered", "no_data", "clarify", "out_of_scope", "smalltalk"}
    assert any(not turn.ask.isascii() for turn in turns)


def test_the_files_are_written_as_refresh_writes_them(assistant: Assistant) -> None:
    for file in files():
        assert refreshed(file, assistant) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("failure", KNOWN_FAILURES, ids=[f["why"] for f in KNOWN_FAILURES])
def test_a_known_failure_still_fails(
    failure: dict[str, list[str]], converse: Converse, assistant: Assistant
) -> None:
    text = plain_text(converse(*failure["turns"]).reply, assistant.knowledge.vocabulary.wording)
    if all(wanted in text for wanted in failure["ought"]):
        pytest.fail("this is answered rightly now: move it to a file of golden dialogues")

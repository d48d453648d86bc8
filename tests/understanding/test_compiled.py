"""An assistant from a snapshot is the same as one from the files."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.answering.matching import MOST
from bot.answering.message import IncomingMessage
from bot.assembly import build_assistant
from bot.knowledge.snapshot import digests_of
from bot.knowledge.vocabulary import Vocabulary
from bot.understanding.lexicon import Phrase
from bot.understanding.phrases import phrases_of_vocabulary
from tests.benchmarks.knowledge_generator import generate
from tests.benchmarks.size_questions import hostile, questions
from tests.golden.dialogues import read_dialogues

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def replies(assistant: Assistant) -> Iterator[str]:
    """All that is answered to the golden and to generated questions."""
    asked = [turn.ask for dialogue in read_dialogues() for turn in dialogue.turns]
    for text in (*asked, *questions(assistant.knowledge, 60), *hostile(assistant.knowledge)):
        yield repr(assistant.reply(IncomingMessage(text, "test", NOW)).reply)


def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are decoded from YAML from now on."""
    from bot.knowledge import loader

    decoded: list[str] = []
    original = loader._decode

    def decode(path: Path, *rest: object) -> object:
        decoded.append(path.name)
        return original(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(loader, "_decode", decode)
    return decoded


def test_answers_are_the_same_with_and_without_a_snapshot(five_weeks: Path, tmp_path: Path) -> None:
    plain = list(replies(build_assistant(five_weeks)))
    assert list(replies(build_assistant(five_weeks, cache=tmp_path))) == plain
    assert list(replies(build_assistant(five_weeks, cache=tmp_path))) == plain


def test_only_a_changed_file_is_read_again(
    five_weeks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(five_weeks, tmp_path / "knowledge")
    build_assistant(folder, cache=tmp_path)
    week = folder / "weeks" / "2020" / "ningxia.yaml"
    week.write_text(week.read_text("utf-8").replace("lecture", "talk"), "utf-8")
    decoded = read_files(monkeypatch)
    changed = build_assistant(folder, cache=tmp_path)
    assert decoded == ["ningxia.yaml"]
    assert list(replies(changed)) == list(replies(build_assistant(folder)))


@pytest.mark.parametrize("changed", ["ningxia", "concepts"])
def test_phrases_of_the_vocabulary_are_made_anew_only_where_it_has_changed(
    five_weeks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    folder = shutil.copytree(five_weeks, tmp_path / "knowledge")
    build_assistant(folder, cache=tmp_path)
    (path,) = folder.rglob(f"{changed}.yaml")
    path.write_text(path.read_text("utf-8") + "# one line more\n", "utf-8")
    made: list[Vocabulary] = []

    def phrases(vocabulary: Vocabulary) -> Iterator[Phrase]:
        made.append(vocabulary)
        return phrases_of_vocabulary(vocabulary)

    monkeypatch.setattr("bot.understanding.week_index.phrases_of_vocabulary", phrases)
    build_assistant(folder, cache=tmp_path)
    assert len(made) == (changed == "concepts")


def truncated(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def with_a_flipped_byte(whole: bytes) -> bytes:
    return whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:]


def of_something_else(_: bytes) -> bytes:
    return b"\x80\x04\x95 this was never a snapshot"


@pytest.mark.parametrize("damaged", [truncated, with_a_flipped_byte, of_something_else])
def test_a_damaged_snapshot_is_made_anew(
    five_weeks: Path, tmp_path: Path, damaged: Callable[[bytes], bytes]
) -> None:
    build_assistant(five_weeks, cache=tmp_path)
    (kept,) = tmp_path.glob("*.snapshot")
    whole = kept.read_bytes()
    kept.write_bytes(damaged(whole))
    assert build_assistant(five_weeks, cache=tmp_path).knowledge.week_entries
    assert kept.read_bytes() == whole


def test_the_snapshot_of_another_folder_is_not_believed(five_weeks: Path, tmp_path: Path) -> None:
    other = shutil.copytree(five_weeks, tmp_path / "other")
    (other / "weeks" / "2020" / "ningxia.yaml").unlink()
    build_assistant(other, cache=tmp_path / "a")
    build_assistant(five_weeks, cache=tmp_path / "b")
    (foreign,), (own,) = ((tmp_path / name).glob("*.snapshot") for name in "ab")
    shutil.copy(foreign, own)
    assert len(build_assistant(five_weeks, cache=tmp_path / "b").knowledge.week_entries) == 5


def test_a_cache_folder_that_cannot_be_written_is_done_without(
    five_weeks: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert len(build_assistant(five_weeks, cache=blocked / "cache").knowledge.week_entries) == 5


def test_a_snapshot_that_others_may_write_is_not_believed(five_weeks: Path, tmp_path: Path) -> None:
    build_assistant(five_weeks, cache=tmp_path)
    (kept,) = tmp_path.glob("*.snapshot")
    before = kept.stat().st_ino
    kept.chmod(0o666)
    build_assistant(five_weeks, cache=tmp_path)
    assert kept.stat().st_ino != before


def test_generated_knowledge_is_the_same_every_time_and_without_errors(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate(tmp_path / name, 120)
    first, second = (digests_of(tmp_path / name, tmp_path) for name in ("a", "b"))
    assert first == second
    assistant = build_assistant(tmp_path / "a")
    assert len(assistant.knowledge.week_entries) == 120


def test_larger_knowledge_looks_at_few_activities(tmp_path: Path) -> None:
    generate(tmp_path, 150)
    assistant = build_assistant(tmp_path)
    entry = assistant.knowledge.activities[700]
    asked = IncomingMessage(f"Where was the {entry.activity.title.en}?", "test", NOW)
    turn = assistant.reply(asked)
    assert entry.id in turn.reply.facts
    assert len(turn.reply.facts) <= MOST

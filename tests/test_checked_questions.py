"""The questions beside the facts: asked, and told with file and line when answered otherwise."""

from pathlib import Path
from shutil import copytree

import pytest

from bot.assembly import PACKAGED_KNOWLEDGE
from bot.checking import find_problems
from bot.errors import Problem
from bot.examination import Examiner
from tests.conftest import copy_five_weeks

WEEK = "weeks/2020/qinghai.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five weeks that may be changed."""
    return copy_five_weeks(tmp_path / "knowledge")


def with_question(folder: Path, *lines: str) -> tuple[int, list[Problem]]:
    """Add a question to a week; its line, and the problems of the folder that speak of it."""
    path = folder / WEEK
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(text + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    line = text.count("\n") + 2
    return line, [one for one in find_problems(folder) if one.file == WEEK and one.line >= line]


def test_all_knowledge_is_shipped_without_errors_and_warnings() -> None:
    assert [str(one) for one in find_problems(PACKAGED_KNOWLEDGE)] == []


def test_a_broken_one_is_told_with_its_line_and_what_the_bot_answered(folder: Path) -> None:
    line, (problem,) = with_question(
        folder, "  - ask: What was the theme in Qinghai in 2020?", "    facts: [four-categories]"
    )
    assert (problem.line, problem.severity) == (line, "error")
    assert "expected an answer from qinghai-2020/four-categories" in problem.message
    assert "(answered) from qinghai-2020#theme" in problem.message
    assert "Healthy China" in problem.message
    assert "explain" in problem.mend


def test_another_status_than_expected_is_told(folder: Path) -> None:
    _, (problem,) = with_question(folder, "  - {ask: What is the weather in Kunming?}")
    assert "expected the status answered; the bot answered (out_of_scope)" in problem.message


def test_facts_may_be_named_as_explain_prints_them(folder: Path) -> None:
    _, problems = with_question(
        folder, "  - {ask: What was the theme in Qinghai in 2020?, facts: [qinghai-2020#theme]}"
    )
    assert problems == []


def test_one_that_waits_is_no_error_until_it_can_be_answered(folder: Path) -> None:
    _, problems = with_question(
        folder, "  - {ask: What is the weather in Kunming?, waits: not about the weeks}"
    )
    assert problems == []
    _, (problem,) = with_question(
        folder, "  - {ask: What was the theme in Qinghai in 2020?, waits: too hard}"
    )
    assert problem.severity == "warning"
    assert "take out waits" in problem.mend


def test_those_of_the_vocabulary_about_weeks_that_are_gone_are_passed_over(folder: Path) -> None:
    questions = folder / "vocabulary" / "questions.yaml"
    questions.write_text("questions:\n  - {ask: What?, facts: [tibet-1990/launch]}\n", "utf-8")
    assert [one for one in find_problems(folder) if one.file.endswith("questions.yaml")] == []


def test_one_that_is_broken_leaves_the_assistant_usable(folder: Path) -> None:
    with_question(folder, "  - {ask: What is the weather in Kunming?}")
    found = Examiner(folder).examine()
    assert not found.is_good
    assert found.assistant is not None


@pytest.mark.slow
def test_a_week_can_be_taken_out_by_deleting_its_file(tmp_path: Path) -> None:
    """No other file needs a change: the rest passes `check`. All would take over a minute."""
    folder = tmp_path / "knowledge"
    copytree(PACKAGED_KNOWLEDGE, folder)
    for path in sorted(folder.glob("weeks/*/*.yaml"))[::40]:
        text = path.read_text(encoding="utf-8")
        path.unlink()
        errors = [str(one) for one in find_problems(folder) if one.severity == "error"]
        assert errors == [], f"without {path.name}"
        path.write_text(text, encoding="utf-8")


def test_words_of_the_telegram_channel_are_checked_too(folder: Path) -> None:
    (folder / "channels").mkdir()
    (folder / "channels" / "telegram.yaml").write_text("welcome: {en: hi}\n", encoding="utf-8")
    wrong = {one.file for one in find_problems(folder) if one.severity == "error"}
    assert wrong == {"channels/telegram.yaml"}

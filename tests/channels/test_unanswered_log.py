"""Questions without an answer are kept without names, counted, and forgotten in time."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.channels.gaps_report import gaps
from bot.channels.unanswered_log import KEPT_DAYS, UnansweredLog, without_person
from bot.errors import InputProblem
from tests.conftest import NOW

DAY = date(2026, 3, 2)


@pytest.fixture
def log(tmp_path: Path) -> UnansweredLog:
    """An empty log."""
    return UnansweredLog(tmp_path / "kept" / "questions.sqlite")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Who SANG?!", "who sang"),
        ("ask @ann about it", "ask … about it"),
        ("mail ann@example.org please", "mail … please"),
        ("call +49 151 2345 6789 now", "call … now"),
        ("see https://example.org/a?b=1 there", "see … there"),
        ("２０２１年福建？", "2021年福建"),
        ("What was on 20 April 2021?", "what was on 20 april 2021"),
    ],
)
def test_what_may_tell_who_asked_is_taken_out(written: str, kept: str) -> None:
    assert without_person(written) == kept


def test_the_same_question_is_counted_however_it_is_written(log: UnansweredLog) -> None:
    log.note("Who sang in Yinchuan?", "no_data", DAY)
    log.note("who SANG in  yinchuan", "out_of_scope", DAY)
    (one,) = log.unanswered()
    assert (one.question, one.count, one.status) == ("who sang in yinchuan", 2, "out_of_scope")


def test_what_does_not_come_again_is_dropped_in_time(log: UnansweredLog) -> None:
    log.note("old question", "no_data", DAY)
    log.note_wrong(["old question"], "an answer", ["a fact"], DAY)
    log.note("new question", "no_data", DAY + timedelta(days=KEPT_DAYS + 1))
    assert [one.question for one in log.unanswered()] == ["new question"]
    assert log.said_wrong() == []


def test_the_digest_is_due_a_week_after_the_last_one(log: UnansweredLog) -> None:
    assert [log.is_due("digest", 7, DAY + timedelta(days=n)) for n in (0, 1, 7, 8, 14)] == [
        False, False, True, False, True,
    ]  # fmt: skip


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    UnansweredLog(tmp_path / "questions.sqlite")
    assert (tmp_path / "questions.sqlite").stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "questions.sqlite").write_bytes(b"no database, but long enough to be taken for one")
    with pytest.raises(InputProblem, match=r"questions\.sqlite"):
        UnansweredLog(tmp_path / "questions.sqlite")


def test_a_file_that_breaks_later_keeps_no_answer_from_being_given(
    tmp_path: Path, log: UnansweredLog
) -> None:
    (tmp_path / "kept" / "questions.sqlite").write_bytes(b"broken" * 1000)
    log.note("question", "no_data", DAY)


def test_gaps_puts_alike_questions_together_with_the_nearest_entry_and_yaml(
    log: UnansweredLog, assistant: Assistant, five_weeks: Path
) -> None:
    time = "At what time did the printing of the handbook in Chongqing begin in 2021?"
    for question in (time, time, "what time did the handbook printing begin in Chongqing 2021"):
        log.note(question, "no_data", DAY)
    log.note("Is there a parade in Lhasa?", "out_of_scope", DAY)
    lines = list(gaps(assistant, five_weeks, log.unanswered(), log.said_wrong(), NOW))
    assert lines[0].startswith("3 times")
    assert any(line.startswith("  nearest: chongqing-2021/") and ".yaml:" in line for line in lines)
    assert "    questions:" in lines
    assert "      - id: todo" in lines


def test_gaps_shows_what_was_said_to_be_wrong(
    log: UnansweredLog, assistant: Assistant, five_weeks: Path
) -> None:
    log.note_wrong(["theme in Fujian?", "and Yunnan?"], "“Theme”", ["yunnan-2020#theme  a:1"], DAY)
    lines = list(gaps(assistant, five_weeks, (), log.said_wrong(), NOW))
    assert lines[0] == "Said to be wrong on 2026-03-02: theme in fujian → and yunnan"
    assert "  fact: yunnan-2020#theme  a:1" in lines

"""A conversation in the terminal, line by line."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.channels.plain_text import display_width
from bot.channels.terminal import Conversation, ask
from tests.conftest import NOW


@pytest.fixture
def conversation(assistant: Assistant, five_weeks: Path) -> Conversation:
    return Conversation(assistant, five_weeks, lambda: NOW, None)


def said(conversation: Conversation, line: str) -> str:
    answer = conversation.answer(line)
    assert answer is not None
    return answer


def test_a_question_is_answered_with_its_source(conversation: Conversation) -> None:
    answer = said(conversation, "What did Fujian hold on April 20?")
    assert "Zhichuang Fuzhou" in answer
    assert "Source: " in answer


@pytest.mark.parametrize(
    "question", ["What did Fujian hold in 2021?", "福建2021年举办了哪些活动？", "hello", "/help"]
)
def test_answers_fit_eighty_columns(conversation: Conversation, question: str) -> None:
    for line in said(conversation, question).split("\n"):
        assert display_width(line) <= 80 or "://" in line


def test_a_follow_up_keeps_what_is_not_said_again(conversation: Conversation) -> None:
    said(conversation, "What was the theme in Qinghai in 2020?")
    assert "Fujian" in said(conversation, "and in Fujian?")


def test_a_dialogue_ends_by_itself(assistant: Assistant, five_weeks: Path) -> None:
    times = iter([NOW, NOW + timedelta(hours=2)])

    def clock() -> datetime:
        return next(times)

    conversation = Conversation(assistant, five_weeks, clock, None)
    said(conversation, "What was the theme in Qinghai in 2020?")
    late = said(conversation, "and the dates?").split("1. ")[0]
    assert "2020 week in Qinghai" not in late


def test_a_suggestion_is_asked_by_its_number(conversation: Conversation) -> None:
    first = said(conversation, "What did Fujian hold on April 20?")
    offered = next(line for line in first.split("\n") if line.startswith("1. "))
    chosen = said(conversation, "1")
    assert chosen.startswith("> " + offered.removeprefix("1. "))


def test_a_number_that_was_not_offered_says_so(conversation: Conversation) -> None:
    assert "no suggestion 7" in said(conversation, "7")
    assert "no suggestion 0" in said(conversation, "0")


def test_choices_are_listed_once(conversation: Conversation) -> None:
    answer = said(conversation, "what was held?")
    choices = [line for line in answer.split("\n") if line.startswith("1. ")]
    assert len(choices) == 1
    assert answer.count(choices[0].removeprefix("1. ")) == 1


def test_help_lists_the_commands_and_what_can_be_asked(conversation: Conversation) -> None:
    answer = said(conversation, "/help")
    assert "/explain" in answer
    assert "What did Fujian hold" in answer


@pytest.mark.parametrize("command", ["/quit", "/exit", " /QUIT "])
def test_quit_leaves(conversation: Conversation, command: str) -> None:
    assert conversation.answer(command) is None


def test_an_unknown_command_is_named_without_what_would_steer_the_terminal(
    conversation: Conversation,
) -> None:
    assert said(conversation, "/x\x1b[31m y") == "There is no /x[31m. /help lists what there is."


def test_empty_lines_are_passed_over(conversation: Conversation) -> None:
    assert said(conversation, "") == ""
    assert said(conversation, " \t ") == ""


def test_explain_shows_the_chain_in_the_dialogue_and_leaves_it_as_it_was(
    conversation: Conversation,
) -> None:
    said(conversation, "What did Fujian hold on April 20?")
    shown = said(conversation, "/explain and in Yunnan?")
    assert "yunnan" in shown
    assert "Agricultural" in said(conversation, "which banks?")


def test_explain_without_a_question_asks_for_one(conversation: Conversation) -> None:
    assert "/explain What did" in said(conversation, "/explain")


def test_a_program_gets_lines_unbroken(assistant: Assistant) -> None:
    out = io.StringIO()
    ask(
        assistant,
        "What did Fujian hold on April 20?",
        now=NOW,
        language=None,
        as_json=False,
        out=out,
    )
    assert max(map(len, out.getvalue().split("\n"))) > 100

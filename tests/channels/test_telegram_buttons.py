"""Callback data that outlives a restart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.reply import Suggestion
from bot.channels.telegram_buttons import (
    DATA_BYTES,
    Wish,
    callback_data,
    read_callback_data,
    suggestion_button,
)

QUESTIONS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1)


@given(st.lists(QUESTIONS, min_size=1, max_size=4))
def test_data_fits_and_brings_the_dialogue_back(turns: list[str]) -> None:
    wish = Wish("show_all", tuple(turns))
    data = callback_data(wish)
    if data is not None:
        assert 1 <= len(data.encode()) <= DATA_BYTES
        assert read_callback_data(data) == wish


@pytest.mark.parametrize(
    "question",
    [
        "What did Fujian hold on 20 April 2021?",
        "Which activities of the 2020 Ningxia IP Publicity Week were about small enterprises?",
        "When was the symposium on geographical indication trademark applications in Chongqing?",
        "2021年福建知识产权宣传周在4月20日举办了哪些活动?由谁主办?",
    ],
)
def test_usual_questions_fit_even_beyond_64_bytes(question: str) -> None:
    data = callback_data(Wish("ask", (question,)))
    assert data is not None
    assert read_callback_data(data) == Wish("ask", (question,))


def test_data_of_today_is_read_for_ever() -> None:
    # Written by an earlier version; if this fails, buttons in old messages have died.
    old = "q1!{uU-G6g@NgDNr;6+8pbEeCrjF)6>a1QF21_5c"
    assert read_callback_data(old) == Wish(
        "ask", ("Which activities of the 2020 Ningxia IP Publicity Week were about trademarks?",)
    )


@given(st.text(max_size=64))
def test_any_data_is_read_or_refused_but_never_an_error(data: str) -> None:
    read_callback_data(data)


def test_a_question_that_fits_in_no_way_becomes_a_button_that_copies_it() -> None:
    question = " ".join(f"zq{i}x{i * 7919}" for i in range(20))
    button = suggestion_button(Suggestion("Long one", question))
    assert button.callback_data is None
    assert button.copy_text is not None
    assert button.copy_text.text == question[:256]

"""A reply as text, and text in the width of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.reply import BulletList, Language, Paragraph, Reply, SourceLink, Status
from bot.channels.plain_text import display_width, plain_text, without_controls, wrapped
from bot.knowledge.facts import Text

SOURCE = SourceLink("Launch of the week", "https://example.org/a", "Office, 28 April 2021")


def reply(
    *blocks: Paragraph | BulletList, sources: tuple[SourceLink, ...] = (), language: Language = "en"
) -> Reply:
    return Reply(Status.ANSWERED, language, blocks, sources)


def test_sentences_follow_each_other_line_by_line() -> None:
    assert (
        plain_text(reply(Paragraph("10,000.", strong=True), Paragraph("Held.")), {})
        == "10,000.\nHeld."
    )


def test_a_list_follows_its_sentence_and_stands_apart_from_what_comes_after() -> None:
    text = plain_text(reply(Paragraph("Two:"), BulletList(("a", "b")), Paragraph("Planned.")), {})
    assert text == "Two:\n- a\n- b\n\nPlanned."


def test_a_list_with_a_heading_stands_apart() -> None:
    text = plain_text(reply(Paragraph("Hello."), BulletList(("a", "b"), heading="Also:")), {})
    assert text == "Hello.\n\nAlso:\n- a\n- b"


def test_long_lists_are_whole_since_nothing_can_be_unfolded() -> None:
    items = tuple(map(str, range(30)))
    assert plain_text(reply(BulletList(items, shown=3)), {}).count("\n") == 29


def test_the_source_comes_last() -> None:
    text = plain_text(reply(Paragraph("Yes."), sources=(SOURCE,)), {})
    assert (
        text == "Yes.\n\nSource: Launch of the week (Office, 28 April 2021) https://example.org/a"
    )


def test_each_source_has_a_line() -> None:
    other = SourceLink("Report", "https://example.org/b")
    text = plain_text(reply(Paragraph("Yes."), sources=(SOURCE, other)), {})
    assert text.endswith("https://example.org/a\nSource: Report https://example.org/b")


def test_a_source_that_the_answer_shows_itself_is_not_repeated() -> None:
    block = BulletList(("Launch – https://example.org/a",))
    assert plain_text(reply(block, sources=(SOURCE,)), {}).count("https://") == 1


def test_chinese_answers_have_chinese_punctuation() -> None:
    text = plain_text(reply(Paragraph("有。"), sources=(SOURCE,), language="zh"), {})
    expected = "来源：Launch of the week（Office, 28 April 2021） https://example.org/a"
    assert text.endswith(expected)


def test_the_word_for_source_comes_from_the_wording() -> None:
    wording = {"sources": Text("From", "出处")}
    assert "From: Launch" in plain_text(reply(Paragraph("Yes."), sources=(SOURCE,)), wording)


def test_empty_blocks_leave_no_gap() -> None:
    assert plain_text(reply(Paragraph("a"), Paragraph(""), Paragraph("b")), {}) == "a\nb"


def test_items_hang_by_their_bullet() -> None:
    assert wrapped("- one two three four", 12) == "- one two\n  three four"
    assert wrapped("1. one two three four", 12) == "1. one two\n   three\n   four"


def test_chinese_characters_count_double_and_break_anywhere() -> None:
    assert wrapped("知识产权宣传周", 10) == "知识产权宣\n传周"
    assert display_width("知识") == 4


@pytest.mark.parametrize("text", ["知识产权宣，传周", "知识产权宣》传周"])
def test_chinese_punctuation_does_not_begin_a_line(text: str) -> None:
    assert wrapped(text, 10).split("\n")[1][0] == "宣"


def test_addresses_stay_whole() -> None:
    address = "https://example.org/" + "a" * 100
    assert address in wrapped(f"Source: {address}", 40).split("\n")


def test_what_would_steer_the_terminal_is_taken_out() -> None:
    assert without_controls("a\x1b[31mb\u202ec\u200bd\ud800") == "a[31mbcd"


@given(st.text(), st.integers(20, 100))
def test_breaking_lines_loses_nothing_but_spaces(text: str, columns: int) -> None:
    kept = "".join(without_controls(line) for line in text.split("\n"))
    assert "".join(wrapped(text, columns).split()) == "".join(kept.split())


@given(st.lists(st.text("abc 知识，。“”()", max_size=15), max_size=20), st.integers(40, 80))
def test_lines_fit_the_width(words: list[str], columns: int) -> None:
    for line in wrapped("- " + " ".join(words), columns).split("\n"):
        assert display_width(line) <= columns or len(line.strip().split()) <= 1 or "，" in line

"""Replies as Telegram gets them."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.reply import Block, BulletList, Paragraph, Reply, SourceLink, Status
from bot.channels.telegram_rendering import PART_UNITS, hidden_items, render, utf16_units
from bot.channels.telegram_wording import read_wording
from tests.telegram_server.markup import parse_html

WORDING = read_wording()
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("<>&\"'😀 。.")),
    max_size=300,
)
LONG_TEXTS = st.builds(lambda text, times: text * times, TEXTS, st.integers(1, 40))
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, LONG_TEXTS, st.booleans()),
    st.builds(
        BulletList,
        st.lists(TEXTS, max_size=40).map(tuple),
        TEXTS,
        st.integers(min_value=1, max_value=9),
    ),
)
SOURCES = st.builds(SourceLink, TEXTS, st.just("https://example.org/?a=1&b='2'"), TEXTS)
REPLIES = st.builds(
    Reply,
    st.just(Status.ANSWERED),
    st.sampled_from(["en", "zh"]),
    st.lists(BLOCKS, max_size=5).map(tuple),
    st.lists(SOURCES, max_size=120).map(tuple),
)


def reply(*blocks: Block, sources: tuple[SourceLink, ...] = ()) -> Reply:
    """An answer of these blocks."""
    return Reply(Status.ANSWERED, "en", blocks, sources)


@settings(max_examples=60, deadline=None)
@given(REPLIES, st.booleans(), TEXTS)
def test_every_part_is_valid_and_fits_with_and_without_markup(
    some: Reply, whole: bool, asked: str
) -> None:
    for part in render(some, WORDING, whole=whole, asked=asked).parts:
        parsed = parse_html(part.html)
        assert parsed.text.strip()
        assert parsed.entities <= 100
        assert utf16_units(part.html) <= PART_UNITS
        assert utf16_units(part.plain) <= PART_UNITS


@settings(max_examples=60, deadline=None)
@given(st.lists(LONG_TEXTS, min_size=1, max_size=4))
def test_nothing_of_a_reply_is_lost_in_cutting(texts: list[str]) -> None:
    parts = render(reply(*(Paragraph(text) for text in texts)), WORDING).parts
    said = "".join("".join(parse_html(part.html).text.split()) for part in parts)
    wanted = "".join("".join(text.replace("\x00", "").split()) for text in texts)
    assert said == (wanted or "…")


def test_the_direct_answer_stands_out_and_sources_are_links() -> None:
    source = SourceLink("Launch <1>", "https://example.org/?a=1&b=2", "CNIPA, 28 April 2021")
    (part,) = render(reply(Paragraph("4 & more", strong=True), sources=(source,)), WORDING).parts
    assert part.html == (
        "<b>4 &amp; more</b>\n\nSource: "
        '<a href="https://example.org/?a=1&amp;b=2">Launch &lt;1&gt;</a> (CNIPA, 28 April 2021)'
    )
    assert part.plain.endswith("Launch <1> (CNIPA, 28 April 2021) https://example.org/?a=1&b=2")


def test_a_list_is_cut_only_where_the_whole_is_not_wanted() -> None:
    some = reply(BulletList(tuple(f"item {i}" for i in range(10)), shown=3))
    assert hidden_items(some) == 7
    (cut,), (whole,) = render(some, WORDING).parts, render(some, WORDING, whole=True).parts
    assert (cut.plain.count("•"), whole.plain.count("•")) == (3, 10)
    assert "and 7 more" in cut.plain
    assert "more" not in whole.plain


def test_a_cut_falls_between_blocks_where_that_is_possible() -> None:
    first, second = Paragraph("a" * 3000), BulletList(tuple("b" * 100 for _ in range(20)), shown=20)
    parts = render(reply(first, second), WORDING).parts
    assert [part.plain[0] for part in parts] == ["a", "•"]


def test_emoji_count_as_two_units() -> None:
    parts = render(reply(Paragraph("😀" * 3000)), WORDING).parts
    assert len(parts) == 2
    assert utf16_units("😀") == 2


@pytest.mark.parametrize("url", ["https://example.org/" + "x" * 5000, 'https://e.org/"><b>'])
def test_no_address_breaks_a_part(url: str) -> None:
    (part,) = render(reply(Paragraph("x"), sources=(SourceLink("title", url),)), WORDING).parts
    assert utf16_units(part.html) <= PART_UNITS
    assert html.unescape(parse_html(part.html).text).endswith("title")

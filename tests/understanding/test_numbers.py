"""Numbers in utterances."""

import pytest

from bot.understanding.numbers import find_numbers
from bot.understanding.utterance import read_utterance


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5,000 books", 5000),
        ("ten million views", 10e6),
        ("5k", 5000),
        ("10 million people", 10e6),
        ("三本", 3),
        ("3万人", 30_000),
    ],
)
def test_numbers_are_read_in_figures_and_words(text: str, number: float) -> None:
    assert list(find_numbers(read_utterance(text).tokens, frozenset())) == [number]


def test_numbers_that_a_date_has_claimed_are_left_out() -> None:
    assert list(find_numbers(read_utterance("20 April").tokens, frozenset({0}))) == []


def test_two_numbers_share_the_factor_behind_them() -> None:
    for text, numbers in (
        ("was it 4 or 5 thousand bags", [4000.0, 5000.0]),
        ("10 or 20 million", [10_000_000.0, 20_000_000.0]),
        ("4 or 5 bags", [4.0, 5.0]),
    ):
        assert list(find_numbers(read_utterance(text).tokens, frozenset())) == numbers

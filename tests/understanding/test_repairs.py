"""Which repaired words may be names of another subject."""

import pytest

from bot.understanding.repairs import doubtful_repairs, reads_far_place
from tests.understanding.conftest import Tag


@pytest.mark.parametrize("text", ["who played worf", "what is the town in Diablo", "who is evaine"])
def test_a_distant_word_or_a_name_may_be_another_one(tag: Tag, text: str) -> None:
    tagging = tag(text)
    assert tagging.repairs
    assert doubtful_repairs(tagging)


@pytest.mark.parametrize("text", ["how many handboks", "cloud intervew topic", "Handboks number"])
def test_a_single_slip_in_a_long_word_is_no_doubt(tag: Tag, text: str) -> None:
    tagging = tag(text)
    assert tagging.repairs
    assert not doubtful_repairs(tagging)


def test_a_place_is_far_where_a_quarter_of_the_word_differs(tag: Tag) -> None:
    assert reads_far_place(tag("who leads the gungans"))
    assert not reads_far_place(tag("what did Fujain hold"))

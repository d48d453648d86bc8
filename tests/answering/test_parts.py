"""Parts of a series."""

import pytest

from bot.answering.findings import Values
from tests.conftest import Converse


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Which session deals with big data?", "IP protection in big data and AI"),
        (
            "What's the name of the woodcarving talk?",
            "woodcarving culture re-innovation through IP protection",
        ),
    ],
)
def test_the_session_whose_words_are_named_is_told(
    converse: Converse, text: str, part: str
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, Values)
    assert [value.en for value in finding.values] == [part]


def test_where_no_word_tells_the_parts_apart_all_are_told(converse: Converse) -> None:
    finding = converse("What are the titles of the live streams?").found.finding
    assert isinstance(finding, Values)
    assert len(finding.values) == len(finding.entry.activity.parts) > 1

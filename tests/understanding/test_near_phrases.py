"""Phrases of two entries that lie too close to be told apart."""

import pytest

from bot.knowledge.facts import Words
from bot.knowledge.vocabulary import Operator, Vocabulary
from bot.understanding.near_phrases import near_phrases


def of(one: str, other: str) -> Vocabulary:
    """Two operators, each with a phrase."""
    operators = (Operator("list", Words(en=(one,))), Operator("count", Words(en=(other,))))
    return Vocabulary(operators=operators)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("list events", "listed event"),
        ("show the list", "show list"),
        ("tell me more", "me tell more"),
        ("more than 5 events", "more than 60 event"),
    ],
)
def test_the_same_words_in_another_form_lie_too_close(one: str, other: str) -> None:
    (flaw,) = near_phrases(of(one, other))

    assert flaw.place.path == ("operators", 1, "words", "en", 0)
    assert flaw.first is not None
    assert flaw.first.path == ("operators", 0, "words", "en", 0)
    assert f'"count" claims "{other}"' in flaw.message
    assert f'"{one}" of "list"' in flaw.message
    assert flaw.severity == "warning"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("how many", "how much"),
        ("public", "publication"),
        ("List events", "list events"),  # written alike: the audit tells of them
        ("the", "a thing"),
    ],
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert list(near_phrases(of(one, other))) == []

"""Phrases of two entries that lie too close to be told apart."""

import msgspec
import pytest

from bot.knowledge.facts import Text, Words
from bot.knowledge.vocabulary import Detail, Operator, Vocabulary
from bot.understanding.near_phrases import near_phrases


def of(one: str, other: str) -> Vocabulary:
    """Two operators, each with a phrase."""
    operators = (Operator("list", Words(en=(one,))), Operator("count", Words(en=(other,))))
    return Vocabulary(operators=operators)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("list events", "listed event"),
        ("more than 5 events", "more than 60 event"),
        ("over 1,000 events", "over 7 event"),
        ("cybersecurity week", "cyber security week"),
        ("co-organisers", "coorganiser"),
        ("几大活动", "幾大活動"),
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
        ("mediation", "medication"),
        ("which part of", "part of which"),
        ("2d", "101"),
        ("List events", "list events"),  # written alike: the audit tells of them
        ("the", "a thing"),
    ],
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert list(near_phrases(of(one, other))) == []


def test_single_words_of_a_detail_are_met_as_written() -> None:
    name = Text(en="some", zh="某")
    price, money = (
        Detail(id, name, Words(en=(word,))) for id, word in (("price", "cost"), ("money", "costs"))
    )
    assert list(near_phrases(Vocabulary(details=(price, money)))) == []


def test_a_phrase_that_is_said_to_be_ambiguous_may_stand_twice() -> None:
    vocabulary = of("list events", "listed event")
    said = msgspec.structs.replace(vocabulary, ambiguous=Words(en=("list event",)))
    assert list(near_phrases(said)) == []


def test_a_phrase_that_is_not_ambiguous_is_no_longer_to_be_called_so() -> None:
    vocabulary = of("how many", "how much")
    said = msgspec.structs.replace(vocabulary, ambiguous=Words(en=("tell me", "how many")))
    first, second = near_phrases(said)
    assert [flaw.place.path for flaw in (first, second)] == [
        ("ambiguous", "en", 0), ("ambiguous", "en", 1)
    ]  # fmt: skip
    assert 'claim "tell me"' in first.message
    assert first.mend == "take it out"

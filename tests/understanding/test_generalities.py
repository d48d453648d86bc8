"""Questions that no activity answers."""

import pytest

from bot.understanding.generalities import generalities
from tests.conftest import Converse
from tests.understanding.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "what is a white paper",
        "what does launching ceremony mean",
        "how to use douyin live",
        "what is cultural heritage",
        "what are geographical indications",
        "什么是白皮书",
    ],
)
def test_what_a_word_means_is_another_subject(converse: Converse, text: str) -> None:
    evidence = converse(text).found.evidence
    assert evidence.is_general
    assert not evidence.suffices


def test_a_meaning_that_only_the_weeks_tell_is_one_of_the_weeks(converse: Converse) -> None:
    evidence = converse("what's a good event in Fujian").found.evidence
    assert not evidence.is_general
    assert evidence.suffices


@pytest.mark.parametrize(
    "text",
    [
        "What is 182 plus 500?",
        "what may have happened after the ceremony",
        "offices of what?",
        "What did she do after receiving the award?",
    ],
)
def test_sums_and_questions_about_a_text_are_other_subjects(converse: Converse, text: str) -> None:
    assert not converse(text).found.evidence.suffices


@pytest.mark.parametrize("text", ["4,000 of what?", "what might Fujian hold on April 20"])
def test_what_the_weeks_tell_is_no_text_of_others(converse: Converse, text: str) -> None:
    assert converse(text).found.evidence.suffices


def test_what_is_quoted_or_a_number_is_no_notion(read: Read) -> None:
    for text in ("what is 'serving the people in a down-to-earth manner'", "2.85是什么意思"):
        assert "general_term" not in set(generalities(read(text), in_dialogue=False))

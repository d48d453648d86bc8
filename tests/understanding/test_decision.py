"""When the bot answers."""

import pytest

from bot.answering.assistant import Assistant
from bot.understanding.decision import CERTAIN, THRESHOLD, Evidence
from tests.conftest import Converse


def test_evidence_suffices_from_the_threshold_on() -> None:
    assert Evidence({}, THRESHOLD).suffices
    assert not Evidence({}, THRESHOLD - 0.01).suffices
    assert CERTAIN.suffices


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "how do i cook rice",
        "今天天气怎么样",
        "Who won the match?",
    ],
)
def test_foreign_questions_do_not_reach_the_threshold(converse: Converse, text: str) -> None:
    assert not converse(text).found.evidence.suffices


def test_words_of_another_subject_are_counted_as_opposing(converse: Converse) -> None:
    assert converse("What is the weather in Fujian?").found.evidence.opposing >= 1


def test_every_feature_adds_up_to_the_confidence(assistant: Assistant, converse: Converse) -> None:
    evidence = converse("What was the theme in Fujian?").found.evidence
    assert evidence.confidence > 0.9
    assert evidence.features["place_known"] == evidence.features["strong_attribute"] == 1.0
    assert assistant.facts.knows("@fujian") or assistant.knowledge.by_place.get("fujian")


def test_a_single_character_beside_a_rare_thing_is_hardly_against_it(converse: Converse) -> None:
    assert converse("银企对接会是哪边搞的？").found.evidence.suffices
    assert not converse("华为有多少件专利").found.evidence.suffices

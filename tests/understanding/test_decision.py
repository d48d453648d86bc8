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


@pytest.mark.parametrize(
    "text",
    [
        "When the train has left, the lamps are out and the snow falls, what does the old man do?",
        "What is Tracer's ultimate called?",
        "你表现得像个孩子",
    ],
)
def test_stories_close_names_and_the_bot_itself_are_other_subjects(
    converse: Converse, text: str
) -> None:
    assert not converse(text).found.evidence.suffices


def test_a_story_around_a_question_speaks_for_it_only_beside_the_week(converse: Converse) -> None:
    story = "I am on a train, my phone is nearly dead and my boss is waiting in the office: "
    assert "aside" in converse(story + "what did Fujian hold?").found.evidence.features
    assert "aside" not in converse(story + "what does the baker hold?").found.evidence.features


def test_a_year_before_the_first_world_ip_day_says_nothing(converse: Converse) -> None:
    assert "year" in converse("What was held in 2021?").found.evidence.features
    assert "year" not in converse("What was held in 1967?").found.evidence.features


def test_a_single_chinese_word_is_no_phrase(converse: Converse) -> None:
    assert "phrase_matched" not in converse("杂志有哪些主要内容").found.evidence.features
    assert "phrase_matched" in converse("reusable bags?").found.evidence.features


def test_ones_own_story_is_no_personal_question(converse: Converse) -> None:
    story = "I am riding home, my phone is nearly dead and my boss waits for me at the office: "
    assert not converse(story + "how many bags were given out?").found.evidence.is_personal
    assert converse("how many bags do I have?").found.evidence.is_personal


def test_a_chinese_place_within_an_unknown_name_says_less(converse: Converse) -> None:
    assert "place_in_name" in converse("重庆漫唐堂是什么").found.evidence.features
    assert "place_in_name" not in converse("重庆的漫唐堂是什么").found.evidence.features


def test_words_of_any_subject_speak_against_a_question_that_names_no_week(
    converse: Converse,
) -> None:
    assert "general" in converse("wood carving tools").found.evidence.features
    assert "general" not in converse("tools in Ningxia").found.evidence.features
    assert "general" not in converse("reusable bags").found.evidence.features


def test_words_of_other_subjects_in_a_story_speak_against_a_loose_question(
    converse: Converse,
) -> None:
    story = "I am on a train, my phone is nearly dead and my boss is waiting in the office: "
    asked = story + "who organised the live streams"
    assert "other_story" in converse(asked + "?").found.evidence.features
    assert "other_story" not in converse(asked + " in Fujian?").found.evidence.features


def test_which_years_i_can_ask_about_is_no_question_of_my_own(converse: Converse) -> None:
    assert not converse("which years can I ask about").found.evidence.is_personal


def test_a_long_run_of_unknown_characters_counts_as_several_words(converse: Converse) -> None:
    one = converse("福建的霉素活动").found.evidence
    more = converse("福建的霉素鲈鱼凤冠雉活动").found.evidence
    assert more.opposing == one.opposing
    assert more.confidence < one.confidence


def test_a_run_of_which_facts_hold_a_single_pair_is_not_held(converse: Converse) -> None:
    assert not converse("原产红薯藤哪里有").found.evidence.suffices


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("how long will it take me to get to the bank", True),
        ("tell me which banks sign in Fuzhou", False),
        ("list me the banks", False),
    ],
)
def test_what_is_done_to_somebody_is_personal(
    text: str, personal: bool, converse: Converse
) -> None:
    assert converse(text).found.evidence.is_personal is personal

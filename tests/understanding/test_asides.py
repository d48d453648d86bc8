"""The story around a question."""

import pytest

from bot.understanding.asides import find_asides
from tests.understanding.conftest import Tag


def test_a_short_question_has_no_asides(tag: Tag) -> None:
    assert find_asides(tag("Hello, what was the theme?")) == frozenset()


def test_the_story_around_a_question_is_set_aside(tag: Tag) -> None:
    text = "my boss went to a wedding in the mountains and came back late, what was the theme"
    words = [token.text for token in tag(text).utterance.tokens]
    aside = {words[index] for index in find_asides(tag(text))}
    assert "wedding" in aside
    assert not aside & {"what", "theme"}


def test_a_clause_that_only_asks_sets_nothing_aside(tag: Tag) -> None:
    text = "The Information Office of Yunnan held the ceremony with two other bodies; which?"
    assert find_asides(tag(text)) == frozenset()


def test_what_the_answer_is_for_is_set_aside_behind_a_comma(tag: Tag) -> None:
    tagging = tag("theme of Fujian, for banner printing")
    aside = {tagging.utterance.words[index] for index in find_asides(tagging)}
    assert aside == {"for", "banner", "printing"}
    assert find_asides(tag("theme of Fujian, for 2021")) == frozenset()


def test_so_that_begins_no_story(tag: Tag) -> None:
    text = "What did the market regulators of Yunnan do so that firms could raise money on IP?"
    assert find_asides(tag(text)) == frozenset()


def test_a_clause_without_content_leaves_the_one_before_it_the_question(tag: Tag) -> None:
    text = "For how many days does the publicity week of Fujian run, and which ones are they?"
    assert not find_asides(tag(text)) & set(range(11))


def test_what_somebody_needs_it_for_is_set_aside(tag: Tag) -> None:
    tagging = tag("programme for 20 April please, I need it for the edition of tomorrow")
    aside = {tagging.utterance.words[index] for index in find_asides(tagging)}
    assert {"need", "edition", "tomorrow"} <= aside


def test_for_my_own_use_is_set_aside_unless_it_is_another_subject(tag: Tag) -> None:
    tagging = tag("Chongqing in two sentences for my group chat")
    aside = {tagging.utterance.words[index] for index in find_asides(tagging)}
    assert aside >= {"for", "my", "chat"}
    assert find_asides(tag("give me a theme for my daughter's birthday party")) == frozenset()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("sorry to bother you all, my boss wants to know by noon which banks signed", "which"),
        ("to end a long quarrel, in which two people shout at me, was the center opened?", "was"),
    ],
)
def test_the_question_begins_behind_a_wish_or_with_its_verb(
    tag: Tag, text: str, first: str
) -> None:
    tagging = tag(text)
    told = find_asides(tagging)
    asked = [word for index, word in enumerate(tagging.utterance.words) if index not in told]
    assert asked[0] == first


def test_and_when_goes_on_with_the_question_before_it(tag: Tag) -> None:
    text = "my boss went to a wedding in the hills, who organised the launch, and on what day"
    words = tag(text).utterance.words
    kept = set(words) - {words[index] for index in find_asides(tag(text))}
    assert {"organised", "launch", "day"} <= kept
    assert "wedding" not in kept


def test_what_somebody_wants_to_know_begins_before_the_preposition(tag: Tag) -> None:
    text = "the people of our department want to know through which media they spread it then"
    words = tag(text).utterance.words
    kept = set(words) - {words[index] for index in find_asides(tag(text))}
    assert "through" in kept
    assert "department" not in kept


def test_a_wish_that_names_what_is_asked_for_is_no_reason(tag: Tag) -> None:
    assert find_asides(tag("sorry, I need the dates of Yunnan")) == frozenset()
    assert find_asides(tag("theme of Fujian, I need it for tomorrow"))


def test_a_chinese_story_before_a_place_is_set_aside_but_no_question(tag: Tag) -> None:
    assert find_asides(tag("孩子学校布置作业，要查宣传周在青海的主题")) == frozenset(range(8))
    assert find_asides(tag("同事能参加吗，宁夏的培训")) == frozenset()


def test_a_relative_clause_between_commas_asks_nothing(tag: Tag) -> None:
    text = (
        "What did the banks of Qinghai do during the week, a colleague, "
        "who works at the counter, says it was a lot"
    )
    tagging = tag(text)
    kept = set(range(len(tagging.utterance.words))) - find_asides(tagging)
    assert [tagging.utterance.words[index] for index in sorted(kept)][:4] == [
        "what", "did", "the", "banks",
    ]  # fmt: skip


def test_the_people_of_a_place_are_the_place_where_they_do_something(tag: Tag) -> None:
    for text, aside in (
        ("what did people in Baoshan organise", {"people"}),
        ("what have the folks from Sanming planned", {"folks"}),
        ("how many people in Chongqing saw the slogan", set()),
    ):
        tagging = tag(text)
        assert {tagging.utterance.words[index] for index in find_asides(tagging)} == aside


def test_who_had_somebody_ask_is_no_part_of_the_question(tag: Tag) -> None:
    for text, kept in (
        ("my boss wants a list of Fujian's events", "fujian's events"),
        ("so my old teacher asked me what theme Ningxia had", "what theme ningxia had"),
        ("my colleague needs the title of the article", "the title of the article"),
        ("for my school project I need the years of the white paper",
         "i need the years of the white paper"),
        ("Its for my homework. Theme of Ningxia", "its theme of ningxia"),
    ):  # fmt: skip
        tagging = tag(text)
        left = set(range(len(tagging.utterance.words))) - find_asides(tagging)
        assert " ".join(tagging.utterance.words[index] for index in sorted(left)) == kept


def test_what_is_for_a_party_is_asked_about_a_party(tag: Tag) -> None:
    assert not find_asides(tag("a theme for my birthday party"))

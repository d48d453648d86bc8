"""Where somebody says they are."""

import pytest

from bot.understanding.whereabouts import find_whereabouts
from tests.understanding.conftest import Read, Tag


@pytest.mark.parametrize(
    "text",
    [
        "I'm from Kunming, what did Fujian hold?",
        "my office is in Kunming; who organised the launch in Fujian?",
        "As a teacher in Kunming I wonder what Fujian held",
        "greetings from Kunming! what did Fujian hold?",
        "我在昆明工作，福建的主题是什么",
    ],
)
def test_the_place_of_the_asker_is_not_asked_about_beside_another(read: Read, text: str) -> None:
    assert read(text).places == ("fujian",)


def test_nor_where_places_are_asked_for(read: Read) -> None:
    assert read("I work in Fuzhou. Which provinces held trainings?").places == ()


def test_the_only_place_is_what_the_question_is_about(tag: Tag, read: Read) -> None:
    text = "I live in Kunming, who organised the launch?"
    assert read(text).places == ("kunming",)
    assert find_whereabouts(tag(text)).told == frozenset(range(4))


@pytest.mark.parametrize(
    "text",
    [
        "I'm interested in Fujian and Yunnan",
        "we are based in Fujian and Yunnan, what are the dates there?",
        "我们在福建和云南，两地主题是什么",
        "I missed the launch in Yunnan and the one in Fujian",
        "we held something in Fujian, and Yunnan?",
        "我想知道福建和云南的主题",
    ],
)
def test_what_somebody_asks_of_a_place_is_no_place_of_theirs(tag: Tag, text: str) -> None:
    assert find_whereabouts(tag(text)).told == frozenset()


def test_what_somebody_is_tells_a_story_however_short(tag: Tag) -> None:
    text = "Being a lawyer, what period does the white paper cover?"
    assert find_whereabouts(tag(text)).told == frozenset(range(3))
    assert find_whereabouts(tag("As a theme, which one was chosen?")).told == frozenset()

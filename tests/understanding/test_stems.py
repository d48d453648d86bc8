"""Word forms made one."""

import pytest

from bot.answering.assistant import Assistant
from bot.understanding.stems import key_of
from bot.understanding.utterance import words_of


@pytest.mark.parametrize(
    "forms",
    [
        ("launch", "launches", "launched"),
        ("plan", "planned", "planning"),
        ("city", "cities", "city's"),
    ],
)
def test_inflected_forms_are_one_word(forms: tuple[str, ...]) -> None:
    assert len({key_of(form) for form in forms}) == 1


def test_derived_words_stay_apart() -> None:
    assert len({key_of(word) for word in ("publication", "publicity", "public")}) == 3


def test_words_that_only_look_inflected_stay_whole() -> None:
    assert key_of("building") != key_of("build")


def test_numbers_lose_their_separators() -> None:
    assert key_of("5,000") == "5000"


def test_no_two_places_become_one_by_their_word_forms(assistant: Assistant) -> None:
    names = {
        (tuple(words_of(text)), place.id)
        for place in assistant.knowledge.vocabulary.places
        for text in (place.name.en, *place.aliases.en)
    }
    forms = {(" ".join(map(key_of, words)), id) for words, id in names}
    assert len({form for form, _ in forms}) == len(forms)

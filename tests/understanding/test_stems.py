"""Word forms made one."""

import pytest

from bot.understanding.stems import key_of


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

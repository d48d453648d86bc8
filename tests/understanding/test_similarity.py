"""Spelling repair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.similarity import SpellingIndex, allowed_edits, closest

NAMES = ("chongqing", "exhibition", "ningxia", "qinghai", "symposium", "trademark")
INDEX = SpellingIndex(dict.fromkeys(NAMES, 0))


@pytest.mark.parametrize(
    ("word", "edits"), [("ip", 0), ("bus", 0), ("menu", 1), ("theme", 1), ("launch", 2)]
)
def test_short_words_may_be_misspelt_less(word: str, edits: int) -> None:
    assert allowed_edits(word) == edits


@given(st.sampled_from(NAMES), st.data())
def test_a_name_with_one_edit_is_still_found(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 1))
    letter = data.draw(st.sampled_from("aeimnrst"))
    edited = data.draw(
        st.sampled_from(
            (
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
            )
        )
    )
    assert INDEX.repair(edited) == name


def test_swapped_letters_count_as_one_edit() -> None:
    assert INDEX.repair("nignxia") == "ningxia"


def test_a_word_that_is_far_from_all_known_ones_is_left_alone() -> None:
    assert INDEX.repair("parliament") is None


def test_between_equals_the_lower_rank_wins() -> None:
    assert SpellingIndex({"banks": 5, "bangs": 1}).repair("banjs") == "bangs"


def test_only_candidates_are_measured() -> None:
    index = SpellingIndex({f"word{chr(97 + n // 26)}{chr(97 + n % 26)}zz": n for n in range(500)})
    index.repair("exhibiton")
    assert index.comparisons == 0


def test_did_you_mean_offers_nothing_for_a_very_different_word() -> None:
    assert closest("them", ["theme", "dates"]) == "theme"
    assert closest("zzzzzz", ["theme", "dates"]) is None


def test_letters_that_changed_places_come_before_a_lower_rank_unless_the_word_is_empty() -> None:
    assert SpellingIndex({"suining": 1, "signing": 2}).repair("sgining") == "signing"
    assert SpellingIndex({"theme": 2, "them": 8}).repair("thme") == "theme"


def test_a_word_of_the_first_rank_is_known_by_its_beginning_if_no_other_begins_so() -> None:
    index = SpellingIndex({"yunnan": 0, "yuan": 2, "shanghai": 0, "shandong": 0, "shantou": 4})
    assert index.repair("yunn") == "yunnan"
    assert index.repair("shan") is None
    assert index.repair("shandon") == "shandong"

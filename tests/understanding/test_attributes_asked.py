"""Which attributes a question asks for."""

import pytest

from tests.understanding.conftest import Read


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("who worked with banks", "organiser"),
        ("who teamed up with CCPIT", "organiser"),
        ("who works with Qinghai", "partner"),
        ("who does Qinghai work with", "partner"),
    ],
)
def test_who_worked_with_a_body_asks_for_the_other_side(
    text: str, attribute: str, read: Read
) -> None:
    assert read(text).attributes[0] == attribute


def test_to_whom_something_is_given_is_no_question_where_it_is_said(read: Read) -> None:
    assert "audience" not in read("what support is given to companies in Yunnan").attributes
    assert "audience" in read("who were the bags given to").attributes


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("which uni was part of the compass thing", "parent"),
        ("what was handed to citizens in Chongqing", "audience"),
        ("is there a place for it in Fujian", "place"),
    ],
)
def test_what_a_question_says_itself_is_not_asked_for(
    text: str, attribute: str, read: Read
) -> None:
    assert attribute not in read(text).attributes


def test_the_whole_is_asked_for_where_the_part_is_named(read: Read) -> None:
    assert read("which platform is Zhichuang Fuzhou part of").attributes[0] == "parent"

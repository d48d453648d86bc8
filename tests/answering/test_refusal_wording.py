"""How refusals are told."""

import pytest

from tests.conftest import Converse


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("chongqing conditions", "Not reported for Chongqing 2021: condition."),
        ("重庆宣传周花了多少钱", "重庆2021年未见报道：金额。"),
    ],
)
def test_what_is_missing_is_named_with_the_place_and_the_year(
    converse: Converse, text: str, told: str
) -> None:
    assert told in str(converse(text).reply.blocks)

"""Places that a question claims of something of another place."""

import pytest

from bot.answering import findings as f
from tests.conftest import Converse


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("was the launching ceremony of Yunnan in Chengdu?", "Kunming (Yunnan)"),
        ("Is the Yinchuan event in Xi'an", "Yinchuan (Ningxia)"),
        ("did Fujian hold its training in Yunnan?", "Zhangzhou (Fujian)"),
        ("云南的启动仪式在成都举行吗", "Kunming (Yunnan)"),
    ],
)
def test_a_wrong_place_is_denied_with_the_right_one(
    text: str, where: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert [value.en for value in finding.corrected] == [where]


@pytest.mark.parametrize(
    "text",
    [
        "was the press conference in Fujian or in Yunnan",
        "did Fujian and Yunnan hold events",
        "Does Fujian hold events in Qinghai",
    ],
)
def test_places_that_are_asked_about_alike_are_told_one_by_one(
    text: str, converse: Converse
) -> None:
    assert isinstance(converse(text).found.finding, f.Comparison)

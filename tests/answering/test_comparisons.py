"""The same question asked of several places."""

import pytest

from bot.answering import findings as f
from tests.conftest import Converse


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("Was the theme of Yunnan the same as Qinghai's?", "same_yes"),
        ("Do Yunnan and Fujian share one theme", "same_no"),
        ("Do Yunnan and Ningxia differ in theme?", "differ_no"),
        ("福建和云南的主题不一样吗", "differ_yes"),
        ("Were the dates in Yunnan and Fujian the same?", "same_yes"),
        ("Do all five regions have the same theme?", "same_no"),
        ("Do Fujian and Chongqing have different themes?", ""),
        ("Compare the themes of Yunnan and Fujian", ""),
    ],
)
def test_whether_values_agree_is_said_first_where_all_are_known(
    converse: Converse, text: str, agreement: str
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Comparison)
    assert finding.agreement == agreement

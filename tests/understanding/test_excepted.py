"""What a question leaves out."""

import pytest

from bot.understanding.excepted import find_excepted
from tests.understanding.conftest import Tag

_NO_DATES: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        pytest.param(
            "Besides the launch, which events were held?", "besides the launch", id="to the comma"
        ),
        pytest.param(
            "which regions besides Qinghai held online training", "besides qinghai", id="to a verb"
        ),
        pytest.param(
            "apart from the signing ceremony what happened in Fuzhou",
            "apart from the signing ceremony",
            id="to the question",
        ),
        pytest.param(
            "which bank apart from the Agricultural Bank of China signs in Fuzhou",
            "apart from the agricultural bank of china",
            id="to the end of a name",
        ),
        pytest.param(
            "besides Chongqing Daily and China Construction Bank which names are there",
            "besides chongqing daily and china construction bank",
            id="over two names",
        ),
        pytest.param("no, not Dehong, I meant Baoshan", "not dehong", id="a correction"),
        pytest.param("not Dehong I meant Baoshan", "not dehong", id="without commas"),
        pytest.param(
            "the theme of the week in Chongqing, not of the interview?",
            "not of the interview",
            id="not of",
        ),
        pytest.param("events in Fujian outside Fuzhou", "outside fuzhou", id="outside a place"),
        pytest.param(
            "outside of Kunming what did Yunnan do", "outside of kunming", id="outside of it"
        ),
        pytest.param("Fujian events not in Fuzhou", "not in fuzhou", id="not in a place"),
        pytest.param("the events outside", "", id="outside of nothing"),
        pytest.param("what did Fujian not hold", "", id="not a place"),
    ],
)
def test_what_is_left_out_ends_where_the_question_goes_on(
    text: str, left_out: str, tag: Tag
) -> None:
    tagging = tag(text)
    found = sorted(find_excepted(tagging, _NO_DATES))
    assert " ".join(tagging.utterance.words[index] for index in found) == left_out


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("除了启动仪式还有什么", "除了启动仪式"),
        ("德宏在联席会议之外还介绍了什么", "在联席会议之外"),
        ("福建福州以外有什么活动", "福州以外"),
    ],
)
def test_what_is_left_out_in_chinese_ends_at_its_particle(
    text: str, left_out: str, tag: Tag
) -> None:
    tagging = tag(text)
    found = sorted(find_excepted(tagging, _NO_DATES))
    assert "".join(tagging.utterance.words[index] for index in found) == left_out


def test_days_behind_not_on_are_left_out(tag: Tag) -> None:
    tagging = tag("what is in Fujian but not on the 20th")
    assert find_excepted(tagging, frozenset({7, 8})) == {5, 6, 7, 8}
    assert not find_excepted(tagging, _NO_DATES)

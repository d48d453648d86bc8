"""Details that publications leave out."""

import pytest

from bot.answering import findings as f
from tests.conftest import Converse


def test_the_time_of_day_of_an_activity_is_missing_and_nothing_invented(
    converse: Converse,
) -> None:
    finding = converse("What time did the week in Fujian open?").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_detail"


def test_a_price_without_an_activity_is_another_subject(converse: Converse) -> None:
    assert isinstance(converse("How much is a ticket to Paris?").found.finding, f.Outside)


def test_the_price_of_a_thing_with_a_name_is_missing(converse: Converse) -> None:
    finding = converse("What did the Compass Program cost?").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_detail"


def test_the_very_day_is_missing_where_when_has_the_week(converse: Converse) -> None:
    assert isinstance(converse("what day is the IP summit in Fujian").found.finding, f.Missing)
    assert isinstance(converse("when is the IP summit in Fujian").found.finding, f.Values)


def test_the_cost_of_a_thing_that_only_one_activity_has_is_missing(converse: Converse) -> None:
    for text in (
        "how much money was spent on the handbooks",
        "What is the budget sanctioned for the Yinchuan event?",
        "Could I have the phone number of the mediation centre in Chongqing?",
        "how long does one douyin session of the Fujian IP office last, in minutes",
    ):
        finding = converse(text).found.finding
        assert isinstance(finding, f.Missing), text
        assert finding.reason == "no_detail", text


@pytest.mark.parametrize(
    "text",
    [
        "What phone number do I ring about the Yinchuan event?",
        "银川活动联系电话",
        "How was the weather at the launch in Kunming?",
        "Which factory made the bags for Chongqing?",
    ],
)
def test_a_detail_of_the_events_of_a_known_place_is_missing_not_another_subject(
    converse: Converse, text: str
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_detail"


@pytest.mark.parametrize(
    "text",
    [
        "what language are the livestreams in",
        "is the handbook available in english",
        "手册是中文还是英文",
    ],
)
def test_the_language_of_a_thing_is_not_reported(text: str, converse: Converse) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.detail.en == "the language"


def test_what_the_events_of_a_place_cost_is_not_reported(converse: Converse) -> None:
    assert isinstance(converse("entrance fee for Fujian events").found.finding, f.Missing)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("is there a video of the CQNEWS dialogue", "a recording or photos"),
        ("云南启动仪式有照片吗", "a recording or photos"),
        ("which leaders attended the opening in Fujian", "a person’s name"),
        ("did any minister attend the Kunming launch", "a person’s name"),
    ],
)
def test_recordings_and_leaders_are_not_reported(
    text: str, detail: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.detail.en == detail


@pytest.mark.parametrize(
    ("text", "holds"),
    [("did ICBC sign up in Fuzhou?", False), ("did ABC sign up in Fuzhou?", True)],
)
def test_a_body_that_signed_up_signed_and_asks_for_no_registration(
    text: str, holds: bool, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds is holds

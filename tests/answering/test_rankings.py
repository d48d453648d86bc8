"""What stands out among regions, cities and days."""

import pytest

from bot.answering import findings as f
from bot.answering.reply import Status
from tests.conftest import Converse


def first_line(text: str, converse: Converse) -> str:
    """The line that answers."""
    turn = converse(text)
    assert isinstance(turn.found.finding, f.Ranking), turn.reply
    block = turn.reply.blocks[0]
    return getattr(block, "text", "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("which region held the most events", "Fujian 2021: 18 activities"),
        ("which province had the fewest activities", "Ningxia 2020, Qinghai 2020: 10 activities"),
        ("who organised the most activities in 2020", "Yunnan 2020: 12 activities"),
        ("which city of Yunnan did the most", "Dehong (Yunnan): 3 activities"),
        ("which day had the most activities", "20 April: 5 activities"),
        ("which week is the longest", "Yunnan 2020, Fujian 2021, 7 days"),
        ("which region started first in 2021", "Fujian 2021, 20 April"),
        ("哪个省的活动最多", "福建2021年：18项活动"),
        ("哪个省最先启动", "4月20日"),
    ],
)
def test_what_stands_out_most_is_named_with_its_number(
    text: str, line: str, converse: Converse
) -> None:
    assert line in first_line(text, converse)


def test_the_number_of_a_week_is_the_one_that_its_list_tells(converse: Converse) -> None:
    finding = converse("which region held the most events").found.finding
    assert isinstance(finding, f.Ranking)
    best = finding.rows[0].number
    assert converse(f"were it {best} activities in Fujian?").reply.status is Status.ANSWERED
    counted = converse("how many activities did Fujian hold").reply.blocks[0]
    assert f": {best} activities" in getattr(counted, "text", "")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("did Fujian hold more events than Qinghai", "Yes"),
        ("did Qinghai hold more events than Fujian", "No"),
        ("did Fujian hold the most events", "Yes"),
        ("is it Yunnan that had the most activities", "No"),
        ("福建的活动比青海多吗", "是的"),
    ],
)
def test_a_claim_about_more_or_most_gets_a_yes_or_no(
    text: str, verdict: str, converse: Converse
) -> None:
    assert first_line(text, converse).startswith(verdict)


@pytest.mark.parametrize(
    "text",
    [
        "which country has the most people",
        "who won the most medals",
        "which team has the most titles",
        "when did he first start helping out in causes he feels strongly about",
        "which movie was the longest",
    ],
)
def test_what_stands_out_among_other_things_is_refused(text: str, converse: Converse) -> None:
    assert converse(text).reply.status is Status.OUT_OF_SCOPE


def test_the_first_press_conference_is_an_activity_and_no_ranking(converse: Converse) -> None:
    finding = converse("when was the first press conference in Yunnan").found.finding
    assert not isinstance(finding, f.Ranking)


def test_a_ranking_names_its_sources_and_facts(converse: Converse) -> None:
    for text in ("which region held the most events", "which city held the most activities"):
        reply = converse(text).reply
        assert reply.sources
        assert reply.facts


@pytest.mark.parametrize(
    "text", ["Did Qinghai have at least 10 events?", "at most 20 events in Fujian?"]
)
def test_at_least_and_at_most_compare_nothing(text: str, converse: Converse) -> None:
    assert not isinstance(converse(text).found.finding, f.Ranking)


def test_as_many_is_not_more(converse: Converse) -> None:
    assert first_line("did Ningxia hold more events than Qinghai", converse).startswith("No")
    assert first_line("did Ningxia have the fewest activities?", converse).startswith("Yes")


@pytest.mark.parametrize(
    "text",
    [
        "did Fujian hold more events than Gansu",
        "did Gansu hold the most events",
        "does Fujian have more exhibitions than Qinghai",
    ],
)
def test_nothing_known_is_neither_more_nor_less(text: str, converse: Converse) -> None:
    assert not isinstance(converse(text).found.finding, f.Ranking)


def test_a_superlative_of_named_regions_counts_only_these(converse: Converse) -> None:
    finding = converse("which of Qinghai and Yunnan held the most events").found.finding
    assert isinstance(finding, f.Ranking)
    assert len(finding.rows) == 2

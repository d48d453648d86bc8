"""What questions want."""

import pytest

from bot.answering import asking
from tests.conftest import Converse


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Which provinces do you know?", True),
        ("Which regions and years do you know?", True),
        ("Which provinces held exhibitions?", False),
        ("What was the theme in Fujian?", False),
        ("Do you know Fujian?", True),
        ("Do you know the theme of Fujian?", False),
    ],
)
def test_questions_about_the_knowledge_itself_are_told_apart(
    converse: Converse, text: str, wanted: bool
) -> None:
    assert asking.asks_coverage(converse(text).question) is wanted


def test_which_regions_is_not_asked_where_one_is_named(converse: Converse) -> None:
    assert asking.asks_regions(converse("Where were exhibitions held?").question)
    assert not asking.asks_regions(converse("Where in Fujian were exhibitions held?").question)


def test_pronouns_and_attributes_are_no_content(converse: Converse) -> None:
    assert asking.content_units(converse("What was it in Fujian?").question) == ()


def test_how_many_of_a_kind_counts_the_kind(converse: Converse) -> None:
    assert asking.counts_kind(converse("How many exhibitions in Yunnan?").question)
    assert not asking.counts_kind(converse("Who visited the exhibition?").question)


def test_a_kind_is_a_known_thing_behind_a_place_but_a_verb_behind_did(converse: Converse) -> None:
    assert asking.speaks_of_known(converse("was Qinghai training for enterprises?").question)
    assert not asking.speaks_of_known(converse("Did Fujian print 10,000 handbooks").question)


def test_which_weeks_asks_for_regions(converse: Converse) -> None:
    assert asking.asks_regions(converse("which weeks had an exhibition?").question)
    assert not asking.asks_regions(converse("in which week of April was it in Yunnan?").question)


@pytest.mark.parametrize("text", ["do you have a brother", "how much money do you have", "你有爱"])
def test_what_else_the_bot_may_have_is_no_question_for_its_weeks(
    converse: Converse, text: str
) -> None:
    assert not asking.asks_coverage(converse(text).question)


def test_who_says_something_in_quotes_is_no_question_for_the_source(converse: Converse) -> None:
    assert asking.asks_source_of_all(converse("Who says so?").question)
    assert not asking.asks_source_of_all(converse('Who says "nice walls"?').question)


def test_who_published_a_report_asks_of_the_report(converse: Converse) -> None:
    assert asking.asks_of_report(converse("who published the article on Yunnan?").question)
    assert not asking.asks_of_report(converse("which article is there in Chongqing?").question)


@pytest.mark.parametrize(
    "text",
    ["how many years had passed", "what is 4 years plus 7 years", "can you have it both ways"],
)
def test_years_and_ways_that_are_none_of_the_weeks_ask_for_no_weeks(
    converse: Converse, text: str
) -> None:
    assert not asking.asks_coverage(converse(text).found.question)


def test_how_often_asks_for_a_detail_and_not_for_a_number(converse: Converse) -> None:
    question = converse("how often was the slogan played").found.question
    assert question.details[:1] == ("frequency",)


@pytest.mark.parametrize(
    ("text", "geography"),
    [
        ("how many cities does Yunnan have", True),
        ("how many cities in Yunnan province", True),
        ("云南有多少个市？", True),
        ("how many cities in Fujian have events", False),
        ("how many cities does the Fujian programme have", False),
        ("how many cities took part in Yunnan's week", False),
        ("福建有几个城市有活动", False),
    ],
)
def test_what_a_place_consists_of_is_geography(
    text: str, geography: bool, converse: Converse
) -> None:
    assert asking.counts_what_place_has(converse(text).question) is geography

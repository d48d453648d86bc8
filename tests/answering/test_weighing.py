"""Words of other subjects that a fact holds, and those that none holds."""

import pytest

from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.answering.reply import Status
from tests.conftest import NOW, Converse


@pytest.mark.parametrize(
    "text",
    [
        "What did Germany hold on World IP Day?",
        "what did the united states hold on World IP Day",
        "publicity week United Kingdom theme",
        "what is the theme in australia 2021",
        "did the british print handbooks",
        "日本4月20日举办了什么",
        "澳大利亚的主题是什么",
        "美国的宣传周主题是什么",
    ],
)
def test_what_other_countries_did_is_no_question_for_the_weeks(
    converse: Converse, assistant_of_all_weeks: Assistant, text: str
) -> None:
    assert converse(text).reply.status is Status.OUT_OF_SCOPE
    of_all = assistant_of_all_weeks.reply(IncomingMessage(text, "test", NOW)).reply
    assert of_all.status is not Status.ANSWERED


@pytest.mark.parametrize(
    "text",
    [
        "Did Japan take part in an exchange in 2018?",
        "which week mentions Japan?",
        "2018年与日本有什么交流",
        "2019年非洲国家参加了什么",
    ],
)
def test_a_country_that_a_fact_holds_is_a_word_of_the_fact(
    assistant_of_all_weeks: Assistant, text: str
) -> None:
    turn = assistant_of_all_weeks.reply(IncomingMessage(text, "test", NOW))
    assert turn.reply.status is Status.ANSWERED
    assert turn.found.candidates[0].entry.week.place == "china"


def test_that_the_answer_is_wanted_in_english_asks_for_nothing(converse: Converse) -> None:
    plain = converse("what did Fujian hold on April 20?").reply
    assert converse("In English please, what did Fujian hold on April 20?").reply == plain


def test_a_common_word_of_a_phrase_of_another_subject_is_held_in_passing_only(
    converse: Converse,
) -> None:
    reply = converse("Chongqing metro line 3 last train at night?").reply
    assert reply.status is Status.OUT_OF_SCOPE

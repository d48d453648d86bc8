"""Which of several activities comes first."""

from bot.answering.assistant import Assistant
from bot.answering.findings import Values
from bot.answering.message import IncomingMessage
from tests.conftest import NOW, Converse


def test_the_very_word_of_a_title_comes_before_another_of_its_kind(converse: Converse) -> None:
    for asked, id in (
        ("Symposium in Fujian, subject?", "gi-trademark-symposium"),
        ("Seminar in Fujian, subject?", "ip-seminar"),
    ):
        finding = converse(asked).found.finding
        assert isinstance(finding, Values)
        assert finding.entry.activity.id == id


def test_the_launch_of_the_week_comes_before_that_of_a_contest_on_its_stage(
    assistant_of_all_weeks: Assistant,
) -> None:
    text = "2023年山东知识产权宣传周在哪里启动？"
    finding = assistant_of_all_weeks.reply(IncomingMessage(text, "test", NOW), None).found.finding
    assert isinstance(finding, Values)
    assert finding.entry.activity.id == "launch"


def test_events_in_general_are_answered_by_what_is_said_of_all(converse: Converse) -> None:
    reply = converse("are Qinghai's events held online?").reply
    assert reply.facts[0] == "qinghai-2020/four-categories"

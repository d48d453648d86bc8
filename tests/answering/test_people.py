"""Persons: by their names and by their roles."""

import pytest

from bot.answering.assistant import Assistant
from bot.answering.findings import Values
from bot.answering.message import IncomingMessage
from tests.conftest import NOW


@pytest.mark.parametrize(
    "text", ["Who is Shen Changyu?", "who's shen changyu", "who is Shen Chagnyu", "申长雨是谁？"]
)
def test_a_person_is_told_with_the_office_that_some_source_names(
    assistant_of_all_weeks: Assistant, text: str
) -> None:
    found = assistant_of_all_weeks.reply(IncomingMessage(text, "test", NOW)).found.finding
    assert isinstance(found, Values)
    assert "Commissioner" in found.values[0].en
    assert all(other.week is not found.entry.week for other in found.others)


def test_what_a_person_did_is_told_from_the_activities(assistant_of_all_weeks: Assistant) -> None:
    reply = assistant_of_all_weeks.reply(IncomingMessage("What did Ma Ji do?", "test", NOW)).reply
    assert reply.facts[0].startswith("qinghai-2019/")

"""What a named thing is, and when a question that names one asks for something else."""

import pytest

from bot.answering import findings as f
from bot.answering.assistant import Assistant
from tests.conftest import Converse


@pytest.mark.parametrize(
    "text", ["what's the article in Chongqing Daily called", "ABC + CCB agreement, whats it called"]
)
def test_what_something_is_called_does_not_ask_what_a_body_is(
    converse: Converse, text: str
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "title"


@pytest.mark.parametrize(
    "text",
    [
        "What did Yun Ling Xian Feng report?",
        "Tell me what the Fujian IP Office did to reach people on short-video apps",
        "What kind of matchmaking is held for IP pledge loans?",
        "What sort of ceremony does the Zhichuang Sanming sub-platform get?",
    ],
)
def test_what_somebody_did_is_told_by_the_activity_not_by_a_definition(
    converse: Converse, text: str
) -> None:
    assert isinstance(converse(text).found.finding, (f.OneActivity, f.Values))


def test_who_runs_a_platform_is_told_by_what_it_belongs_to(converse: Converse) -> None:
    finding = converse("who runs the micro lecturing platform").found.finding
    assert isinstance(finding, f.Definition)
    finding = converse("who is behind the Compass Program").found.finding
    assert not isinstance(finding, f.Definition)


@pytest.mark.parametrize("frame", ["what is {en}", "tell me what {en} did", "{zh}是什么"])
def test_every_name_of_the_weeks_is_told_of_by_its_name(
    assistant: Assistant, converse: Converse, frame: str
) -> None:
    names = assistant.knowledge.names
    named = {id for entry in assistant.knowledge.activities for id in entry.names}
    assert named
    for id in sorted(named):
        name = names[id].name
        turn = converse(frame.format(en=name.en, zh=name.zh or name.en))
        of_it = {entry.id for entry in assistant.knowledge.by_name.get(id, ())}
        assert of_it.intersection(turn.reply.facts), name.en


def test_what_a_body_does_with_another_is_no_definition(converse: Converse) -> None:
    text = "tell me what Fujian's IP office plans to do with the Agricultural Bank"
    assert converse(text).reply.facts[0] == "fujian-2021/ip-pledge-loan-signing"

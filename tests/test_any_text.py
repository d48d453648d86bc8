"""No text whatsoever raises an exception, and every reply is one."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answering.assistant import Assistant
from bot.answering.dialogue import DialogueState
from bot.answering.message import IncomingMessage
from bot.answering.reply import BulletList, Paragraph, Reply, Status
from bot.channels.batch import json_line
from bot.channels.plain_text import plain_text, wrapped
from tests.conftest import NOW

WORDS = st.sampled_from(
    "what did fujian hold on april 20 20th 4/20 2021-04-20 first last day which regions who "
    "organised theme how many handbooks banks yunnan qinghai kunming 2020 2021 福建 主题 4月20日 "
    "哪些 活动 昆明 多少 最多 次日 31 29 february after before most fewest longest more than same "
    "per 10,000 only planned held third in total "
    "and or not compare really , ? ! ' \" @bot /ask - – 二十 廿 &lt; {0} "
    "{where} %s \\n \u202e \u200b 🎉 १२ ½ ①".split(" ")
)
"""Pieces that the bot knows, and pieces that have broken other programs."""
QUESTIONS = st.lists(WORDS, max_size=14).map(" ".join)
ODD = st.text(st.characters(categories=["Cs", "Lo", "Nd"]), max_size=60)
FOLLOW_UPS = st.sampled_from([
    "the day after", "the day before?", "third?", "the last", "same as yunnan?", "and in 2020?",
    "how many does it list", "per 1,000, right?", "no i meant yunnan", "in chinese please",
    "次日呢", "第二个",
])  # fmt: skip
"""What only means something after another message."""
TEXTS = st.one_of(QUESTIONS, FOLLOW_UPS, st.text(max_size=200), ODD)


def check_reply(reply: Reply, assistant: Assistant) -> None:
    assert reply.status in Status
    assert reply.language in ("en", "zh")
    assert reply.intent
    assert 0 <= reply.confidence <= 1
    assert reply.blocks
    for block in reply.blocks:
        if isinstance(block, Paragraph):
            assert block.text.strip()
        else:
            assert isinstance(block, BulletList)
            assert block.items
    assert reply.facts or reply.status is not Status.ANSWERED
    text = plain_text(reply, assistant.knowledge.vocabulary.wording)
    assert "{" not in text
    assert wrapped(text).strip()
    assert json_line(reply, 1, assistant.knowledge.vocabulary.wording)


@settings(max_examples=400, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_any_dialogue_is_answered(assistant: Assistant, texts: list[str]) -> None:
    state = None
    for text in texts:
        turn = assistant.reply(IncomingMessage(text, "any", NOW), state)
        check_reply(turn.reply, assistant)
        assert turn.state is None or isinstance(turn.state, DialogueState)
        state = turn.state


@settings(max_examples=200, deadline=None)
@example("20th 4/20 yunnan 福建", "20th")
@given(QUESTIONS, QUESTIONS)
def test_the_same_words_in_the_same_state_get_the_same_answer(
    assistant: Assistant, first: str, second: str
) -> None:
    state = assistant.reply(IncomingMessage(first, "any", NOW)).state
    again = assistant.reply(IncomingMessage(first, "any", NOW)).state
    assert again == state
    one = assistant.reply(IncomingMessage(second, "one", NOW), state)
    other = assistant.reply(IncomingMessage(second, "other", NOW), again)
    assert one.reply == other.reply
    assert one.state == other.state


def test_very_long_and_very_odd_texts_are_answered(assistant: Assistant) -> None:
    for text in (
        "", " ", "\n\t", "\0", "?" * 100_000, "a" * 100_000, "福" * 100_000, "fujian " * 15_000,
        "🎉🎊", "\u202e\u2066\u200f", "\ud800", "2021-99-99", "0" * 5_000, "1e999", "四月三十一日",
        "April 31", "99/99", "²⁰", "ⅷ", "９９９９年", "{", "{0}", "%s", "\u0301" * 1_000,
    ):  # fmt: skip
        check_reply(assistant.reply(IncomingMessage(text, "odd", NOW)).reply, assistant)

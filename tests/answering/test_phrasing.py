"""Findings as replies."""

from typing import get_args

from bot.answering.findings import Finding
from bot.answering.phrasing import _TELLERS, MOST_SOURCES, MOST_SUGGESTIONS
from bot.answering.reply import BulletList, Paragraph, Status
from tests.conftest import Converse


def test_every_type_of_finding_has_its_words() -> None:
    assert set(_TELLERS) == set(get_args(Finding))


def test_the_direct_answer_comes_first(converse: Converse) -> None:
    first = converse("When did the week in Fujian start?").reply.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.strong
    assert first.text.startswith("20 April 2021")


def test_answers_name_their_source_and_refusals_none(converse: Converse) -> None:
    answered, refused = (
        converse("theme in Fujian?").reply,
        converse("What was the theme of the IP Publicity Week in Gansu?").reply,
    )
    assert answered.sources
    assert (refused.status, refused.sources) == (Status.NO_DATA, ())


def test_suggestions_and_sources_stay_few(converse: Converse) -> None:
    reply = converse("Which provinces held exhibitions?").reply
    assert len(reply.suggestions) <= MOST_SUGGESTIONS
    assert len(reply.sources) <= MOST_SOURCES


def test_a_comparison_has_one_list_for_each_place(converse: Converse) -> None:
    blocks = converse("Compare the themes of Fujian and Yunnan").reply.blocks
    assert [b.heading for b in blocks if isinstance(b, BulletList)] == ["Fujian", "Yunnan"]


def test_the_reply_is_in_the_language_of_the_question(converse: Converse) -> None:
    assert converse("福建的主题是什么").reply.language == "zh"

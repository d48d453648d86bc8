"""A draft from an article holds what stands in the article, and nothing else."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.article_draft import draft
from bot.answering.assistant import Assistant
from bot.knowledge.plain_yaml import read_plain
from bot.knowledge.week_template import to_do_lines

ENGLISH = """Fujian Launches the 2026 IP Publicity Week
https://example.org/fujian
The week of Fujian runs from April 20 to 26 under the theme “Strong IP, Strong Fujian”.
On April 22 a seminar on patents was held in Xiamen, attended by more than 300 guests.
"""
CHINESE = """福建省2026年知识产权宣传周启动。
4月22日，厦门举办专利研讨会，300余名代表参加，发放《知识产权手册》1.5万册。
"""


@pytest.mark.parametrize("article", [ENGLISH, CHINESE])
def test_it_finds_region_year_kind_day_place_and_figures(
    assistant: Assistant, article: str
) -> None:
    text, head = draft(assistant, article)
    values = read_plain(text)
    seminar = next(one for one in values["activities"] if one["kinds"][0] == "seminar")
    assert head is not None
    assert head.file == "weeks/2026/fujian.yaml"
    assert (seminar["date"], seminar["place"]) == ("2026-04-22", "xiamen")
    assert (seminar["figures"][0]["value"], seminar["figures"][0]["bound"]) == ("300", "more than")


def test_what_is_unsure_is_marked(assistant: Assistant) -> None:
    text, _ = draft(assistant, ENGLISH)
    marked = " ".join(line for _, line in to_do_lines(text))
    assert "modality: TODO" in marked
    assert 'theme: {en: "Strong IP, Strong Fujian"' in marked
    assert '"2026-04-20", to: "2026-04-26"' in marked
    assert "publisher: TODO" in marked


def test_without_year_or_region_nothing_is_made_up(assistant: Assistant) -> None:
    text, head = draft(assistant, "A seminar was held on April 22.")
    assert head is None
    assert "year: TODO" in text
    assert not re.search(r"20\d\d-04-22", text)


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_file_that_can_be_read(assistant: Assistant, article: str) -> None:
    text, _ = draft(assistant, article)
    assert read_plain(text)["sources"]

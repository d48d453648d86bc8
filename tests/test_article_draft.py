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


@pytest.mark.parametrize(
    "report",
    [
        "GUIYANG, April 21, 2026 -- The week of Guizhou was launched in Guiyang on April 20.",
        "Guiyang, April 21, 2026 (Xinhua) — A launching ceremony was held on April 20.",
        "新华社贵阳2026年4月21日电（记者张三）4月20日，贵州省在贵阳举行启动仪式。",
    ],
)
def test_the_day_of_the_report_is_not_that_of_what_it_reports(
    assistant: Assistant, report: str
) -> None:
    text, _ = draft(assistant, f"贵州 2026\n{report}\n", region="guizhou", year=2026)
    assert [one["date"] for one in read_plain(text)["activities"]] == ["2026-04-20"]
    assert 'published: "2026-04-21"' in text


def test_of_two_days_in_a_sentence_none_is_chosen(assistant: Assistant) -> None:
    article = "The week\nThe ceremony in Fuzhou on April 20 followed a seminar on April 18, 2026."
    text, _ = draft(assistant, article, region="fujian")
    assert "date" not in read_plain(text)["activities"][0]
    assert "TODO: which day? April 20 or April 18, 2026" in text


def test_what_belongs_to_no_activity_is_not_lost(assistant: Assistant) -> None:
    article = ENGLISH + "More than 1,200 people from 35 universities came.\nIt was sunny."
    text, _ = draft(assistant, article)
    assert "TODO: to which activity does this belong? More than 1,200 people" in text
    assert "sunny" not in text


def test_a_number_counts_nothing_that_only_follows_it(assistant: Assistant) -> None:
    article = f"{ENGLISH}At a seminar it was said that patents rose by 12.5% to 23,400.\n"
    text, _ = draft(assistant, article)
    told = [one for one in read_plain(text)["activities"] if len(one.get("figures", ())) == 2]
    assert [one["value"] for one in told[0]["figures"]] == ["12.5", "23400"]

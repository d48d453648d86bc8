"""Words for facts."""

from datetime import date

import pytest

from bot.answering.activity_wording import status_line
from bot.answering.assistant import Assistant
from bot.answering.value_texts import number_text, ordinal, span_text
from bot.answering.wording import Wording, capital
from bot.understanding.dates import DateConstraint
from tests.conftest import Converse

LONG_AFTER = date(2026, 3, 2)


def test_a_span_within_a_month_names_the_month_once() -> None:
    assert span_text("2021-04-20", "2021-04-26").en == "20–26 April 2021"
    assert span_text("2021-04-20", "2021-04-20").zh == "2021年4月20日"


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [(5000, "5,000", "5000"), (10_000_000, "10 million", "1000万"), (1.5, "1.5", "1.5")],
)
def test_numbers_are_written_as_people_do(value: float, en: str, zh: str) -> None:
    assert (number_text(value).en, number_text(value).zh) == (en, zh)


def test_ordinals_know_their_exceptions() -> None:
    assert [ordinal(n) for n in (1, 2, 11, 21, 113)] == ["1st", "2nd", "11th", "21st", "113th"]


def test_capital_letters_leave_the_rest_alone() -> None:
    assert capital("iP week") == "IP week"


def test_a_day_that_no_calendar_has_is_told_in_figures(assistant: Assistant) -> None:
    words = Wording(assistant.knowledge, "en", LONG_AFTER)
    assert words.when(DateConstraint(431, 431), ()) == "4/31"


def test_a_missing_template_shows_its_key_and_does_not_fail(assistant: Assistant) -> None:
    assert Wording(assistant.knowledge, "en", LONG_AFTER).say("no such key") == "no such key"


def test_a_plan_that_lies_ahead_is_not_said_to_be_unreported(assistant: Assistant) -> None:
    planned = next(
        e for e in assistant.knowledge.activities
        if e.activity.modality == "planned" and e.activity.date
    )  # fmt: skip
    before = Wording(assistant.knowledge, "en", date(2011, 1, 1))
    after = Wording(assistant.knowledge, "en", LONG_AFTER)
    assert "not reported" not in status_line(planned, before)
    assert "not reported" in status_line(planned, after)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("4 categories of events", "Four categories of events"),
        ("10 days", "Ten days"),
        ("10,000 copies", "10,000 copies"),
        ("2.85 patents", "2.85 patents"),
        ("20–26 April", "20–26 April"),
        ("3 × seminars", "3 × seminars"),
        ("the week", "The week"),
    ],
)
def test_a_sentence_begins_with_a_capital_or_a_small_number_as_a_word(
    text: str, sentence: str
) -> None:
    assert capital(text) == sentence


def test_quotes_within_quotes_are_single(converse: Converse) -> None:
    text = str(converse("was the Sanming award only planned").reply.blocks)
    assert "“awarding ceremony of the ‘Zhichuang Sanming’ sub-platform”" in text
    text = str(converse("is the training in Baoshan planned or held").reply.blocks)
    assert "“Training Course on Geographical Indication" in text

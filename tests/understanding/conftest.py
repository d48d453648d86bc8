"""What tests of understanding need: the gazetteer and recognizer of the five weeks."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.answering.assistant import Assistant
from bot.understanding.dates import DateMentions, find_dates
from bot.understanding.gazetteer import Gazetteer, Tagging
from bot.understanding.question import Question
from bot.understanding.utterance import read_utterance

TODAY = date(2026, 3, 2)

Read = Callable[[str], Question]
Dates = Callable[[str], DateMentions]
Tag = Callable[[str], Tagging]


@pytest.fixture(scope="session")
def gazetteer(assistant: Assistant) -> Gazetteer:
    """All phrases of the vocabulary and the five weeks."""
    return assistant.gazetteer


@pytest.fixture(scope="session")
def tag(gazetteer: Gazetteer) -> Tag:
    """Tags a text."""
    return lambda text: gazetteer.tag(read_utterance(text))


@pytest.fixture(scope="session")
def dates(tag: Tag) -> Dates:
    """Finds the dates of a text."""
    return lambda text: find_dates(tag(text), TODAY)


@pytest.fixture(scope="session")
def read(assistant: Assistant) -> Read:
    """Reads a text as a question."""
    return lambda text: assistant.recognizer.read(text, TODAY)

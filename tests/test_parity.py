"""English and Chinese are of the same quality: the same question leads to the same facts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
import yaml
from msgspec import Struct

from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.answering.reply import Reply
from bot.knowledge.facts import Text, ThemeVariant
from bot.knowledge.loader import PACKAGED_KNOWLEDGE, WeekFile, read_knowledge
from tests.evaluate import ASKED_AT, OF_ALL_WEEKS, QUESTIONS, read_set
from tests.golden.dialogues import read_dialogues

FOLDER = Path(__file__).with_name("parity")
KNOWN_FAILURES: dict[str, str] = yaml.safe_load(
    (FOLDER / "known_failures.yaml").read_text(encoding="utf-8")
)
HAN = re.compile(r"[\u4e00-\u9fff]")
WEEKS = read_knowledge(PACKAGED_KNOWLEDGE).weeks


@dataclass(frozen=True, slots=True)
class Twins:
    """A dialogue in both languages, turn by turn."""

    name: str
    """The pair's id, or the English turns."""
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    of_all_weeks: bool
    """Whether they are asked of the whole knowledge, or of the five weeks."""


def golden_twins() -> Iterator[Twins]:
    """The golden dialogues with their twins."""
    for entry in yaml.safe_load((FOLDER / "twins.yaml").read_text(encoding="utf-8")):
        yield Twins(" | ".join(entry["en"]), tuple(entry["en"]), tuple(entry["zh"]), False)


def pairs() -> Iterator[Twins]:
    """The pairs of the question sets; a question without its twin has no turns for it."""
    for name in sorted(OF_ALL_WEEKS):
        found = sorted(read_set(QUESTIONS / f"{name}.jsonl"), key=lambda one: one.pair)
        for pair, ones in groupby(found, key=lambda one: one.pair):
            turns = {one.language: one.turns for one in ones}
            yield Twins(pair, turns.get("en", ()), turns.get("zh", ()), True)


TWINS = [*golden_twins(), *pairs()]


@pytest.fixture
def differences(assistant: Assistant, assistant_of_all_weeks: Assistant) -> "Differences":
    return Differences(assistant, assistant_of_all_weeks)


@dataclass(frozen=True, slots=True)
class Differences:
    """Asks twins, and tells what differs between their answers."""

    of_five_weeks: Assistant
    of_all_weeks: Assistant

    def of(self, twins: Twins) -> list[str]:
        """A line for each turn whose answers have another status or other facts."""
        assistant = self.of_all_weeks if twins.of_all_weeks else self.of_five_weeks
        told = zip(
            zip(twins.english, replies(assistant, twins.english), strict=True),
            zip(twins.chinese, replies(assistant, twins.chinese), strict=True),
            strict=True,
        )
        return [
            f"{english_turn} → {summary(english)}; {chinese_turn} → {summary(chinese)}"
            for (english_turn, english), (chinese_turn, chinese) in told
            if summary(english) != summary(chinese)
        ]


def replies(assistant: Assistant, turns: Sequence[str]) -> Iterator[Reply]:
    """What each turn of a dialogue is answered."""
    state = None
    for text in turns:
        turn = assistant.reply(IncomingMessage(text, "parity", ASKED_AT), state)
        state = turn.state
        yield turn.reply


def summary(reply: Reply) -> str:
    """The status and the facts of a reply, in any order."""
    return f"{reply.status.value} {sorted(reply.facts)}"


def texts(value: object, path: str) -> Iterator[tuple[str, Text]]:
    """All texts of a week in both languages, each with where it stands.

    Left out are other wordings of a theme: each is quoted in the language of its source.
    """
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, ThemeVariant):
        return
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from texts(getattr(value, field), f"{path}.{field}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}.{key}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from texts(inner, f"{path}[{getattr(inner, 'id', number)}]")


def test_every_golden_dialogue_has_a_twin() -> None:
    known = {turns for twins in golden_twins() for turns in (twins.english, twins.chinese)}
    lonely = [
        dialogue.name for dialogue in read_dialogues()
        if tuple(turn.ask for turn in dialogue.turns) not in known
    ]  # fmt: skip
    assert lonely == [], "add them to tests/parity/twins.yaml"


def test_every_question_over_all_weeks_has_a_twin_with_as_many_turns() -> None:
    assert [one.name for one in pairs() if len(one.english) != len(one.chinese)] == []


def test_each_twin_is_in_its_own_language() -> None:
    for twins in TWINS:
        assert not any(map(HAN.search, twins.english)), twins.name
        wordless = not any(map(str.isalpha, "".join(twins.english)))
        assert wordless or all(map(HAN.search, twins.chinese)), twins.name


@pytest.mark.parametrize(
    "twins", [one for one in TWINS if one.name not in KNOWN_FAILURES], ids=lambda one: one.name
)
def test_twins_lead_to_the_same_facts(twins: Twins, differences: Differences) -> None:
    assert differences.of(twins) == []


@pytest.mark.parametrize("name", KNOWN_FAILURES)
def test_a_known_difference_still_differs(name: str, differences: Differences) -> None:
    (twins,) = [one for one in TWINS if one.name == name]
    assert differences.of(twins), "they agree now: take the entry out of the ledger"


@pytest.mark.parametrize("file", WEEKS, ids=lambda file: file.path)
def test_every_text_of_a_week_has_its_twin(file: WeekFile) -> None:
    lonely = [
        place for place, text in texts(file.week, file.path)
        if not text.en.strip() or not HAN.search(text.zh)
    ]  # fmt: skip
    assert lonely == []

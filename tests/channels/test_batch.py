"""JSON Lines in, JSON Lines out: the contract that programs rely on."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.answering.assistant import Assistant
from bot.answering.reply import Language
from bot.channels.batch import Dialogue, Malformed, answer_batch, read_dialogues
from tests.conftest import NOW

KEYS = [
    "id", "status", "intent", "slots", "lang", "confidence", "text", "facts", "sources",
    "suggestions",
]  # fmt: skip


def line(id: object, *turns: str) -> bytes:
    return json.dumps({"id": id, "turns": turns}).encode() + b"\n"


def run(
    assistant: Assistant, *lines: bytes, language: Language | None = None
) -> tuple[list[dict[str, Any]], str, int]:
    """The answers, the complaints and the number of malformed lines."""
    out, complaints = io.StringIO(), io.StringIO()
    malformed = answer_batch(assistant, lines, lambda: NOW, language, out, complaints)
    answers = [json.loads(answer) for answer in out.getvalue().splitlines()]
    return answers, complaints.getvalue(), malformed


def test_an_answer_has_the_keys_of_the_contract_in_their_order(
    assistant: Assistant,
) -> None:
    (answer,), _, _ = run(assistant, line("a", "What did Fujian hold on April 20?"))
    assert list(answer) == KEYS
    assert answer["id"] == "a"
    assert answer["status"] == "answered"
    assert answer["lang"] == "en"
    assert 0 < answer["confidence"] <= 1
    assert answer["slots"]["place"] == "fujian"
    assert "fujian-2021/zhichuang-fuzhou-inauguration" in answer["facts"]
    assert set(answer["sources"][0]) == {"title", "url"}
    assert all(isinstance(suggestion, str) for suggestion in answer["suggestions"])


def test_the_text_is_the_whole_answer_with_its_source(assistant: Assistant) -> None:
    (answer,), _, _ = run(assistant, line("a", "What did Fujian hold on April 20?"))
    assert "Zhichuang Fuzhou" in answer["text"]
    assert answer["sources"][0]["url"] in answer["text"]


def test_a_dialogue_is_answered_about_its_last_turn(assistant: Assistant) -> None:
    turns = ("What was the theme in Qinghai in 2020?", "and in Fujian?")
    (answer,), _, _ = run(assistant, line("a", *turns))
    assert answer["slots"]["place"] == "fujian"
    assert answer["status"] == "answered"


def test_dialogues_know_nothing_of_each_other(assistant: Assistant) -> None:
    alone, _, _ = run(assistant, line(1, "and the theme?"))
    after, _, _ = run(
        assistant, line(0, "What did Fujian hold in 2021?"), line(1, "and the theme?")
    )
    assert after[1] == alone[0]


def test_answers_come_in_the_order_of_the_input(assistant: Assistant) -> None:
    ids = ["b", 7, None, {"x": [1]}, "a"]
    answers, _, _ = run(assistant, *(line(id, "hello") for id in ids))
    assert [answer["id"] for answer in answers] == ids


def test_the_language_can_be_forced(assistant: Assistant) -> None:
    (answer,), _, _ = run(assistant, line(1, "theme in Qinghai 2020"), language="zh")
    assert answer["lang"] == "zh"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b'{"id": 1, "turns": ["a"}\n', "is no JSON"),
        (b"[1]\n", "is no JSON object"),
        (b'{"id": 1}\n', "lacks turns"),
        (b"{}\n", "lacks id and turns"),
        (b'{"id": 1, "turns": []}\n', '"turns" is empty'),
        (b'{"id": 1, "turns": "a"}\n', '"turns" is no list of texts'),
        (b'{"id": 1, "turns": ["a", 2]}\n', '"turns" is no list of texts'),
        (b'{"id": 1, "turns": ["\xff"]}\n', "is not UTF-8 text (byte 22 is 0xff)"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
        (b'{"id": ' + b"1" * 5_000 + b', "turns": ["a"]}\n', "a number too long"),
    ],
)  # fmt: skip
def test_a_malformed_line_is_named_and_the_others_are_answered(
    assistant: Assistant, broken: bytes, reason: str
) -> None:
    answers, complaints, malformed = run(assistant, line(1, "hi"), broken, line(3, "hi"))
    assert [answer["id"] for answer in answers] == [1, 3]
    assert complaints.startswith("ipweek: line 2: ")
    assert reason in complaints
    assert malformed == 1


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_are_no_problem() -> None:
    lines = [b"\xef\xbb\xbf" + line(1, "a"), b"\n", b"  \r\n", line(2, "b").replace(b"\n", b"\r\n")]
    assert list(read_dialogues(lines)) == [Dialogue(1, ("a",)), Dialogue(2, ("b",))]


def test_a_line_separator_inside_a_text_ends_no_line() -> None:
    raw = '{"id": 1, "turns": ["a\u2028b"]}\n'.encode()
    assert list(read_dialogues(io.BytesIO(raw))) == [Dialogue(1, ("a\u2028b",))]


def test_each_line_is_answered_before_the_next_is_read(assistant: Assistant) -> None:
    out = io.StringIO()

    def lines() -> Iterator[bytes]:
        yield line(1, "hi")
        assert out.getvalue().count("\n") == 1
        yield line(2, "hi")

    answer_batch(assistant, lines(), lambda: NOW, None, out, io.StringIO())
    assert out.getvalue().count("\n") == 2


def test_line_numbers_count_blank_lines_too() -> None:
    found = list(read_dialogues([b"\n", b"\n", b"x\n"]))
    assert isinstance(found[0], Malformed)
    assert found[0].line == 3

"""The whole chain of a question, as `explain` prints it."""

from pathlib import Path

from bot.answering.assistant import Assistant
from bot.channels.explanation import explain
from tests.conftest import NOW


def shown(assistant: Assistant, folder: Path, *turns: str) -> str:
    return "\n".join(explain(assistant, folder, turns, NOW, None))


def test_every_step_of_the_journey_is_shown(assistant: Assistant, five_weeks: Path) -> None:
    text = shown(assistant, five_weeks, "how many handbooks did Chongqing print?")
    starts = [line.split()[0] for line in text.split("\n") if line and not line.startswith(" ")]
    assert starts == ["normalize", "tag", "recognize", "rank", "decide", "find", "phrase"]


def test_repaired_words_are_named(assistant: Assistant, five_weeks: Path) -> None:
    assert "fujain → fujian" in shown(assistant, five_weeks, "what did Fujain hold on April 20?")


def test_a_fact_is_shown_with_the_line_that_it_stands_in(
    assistant: Assistant, five_weeks: Path
) -> None:
    text = shown(assistant, five_weeks, "how many handbooks did Chongqing print?")
    place = next(line for line in text.split("\n") if "chongqing.yaml:" in line).split()[-1]
    file, _, number = place.rpartition(":")
    id = next(part for part in text.split() if part.startswith("chongqing-2021/")).partition("/")[2]
    line = Path(file).read_text(encoding="utf-8").split("\n")[int(number) - 1]
    assert line.strip().endswith("id: " + line.partition("id: ")[2])
    assert line.partition("id: ")[2] in text
    assert id in text


def test_a_fact_about_the_week_is_shown_with_the_line_of_its_key(
    assistant: Assistant, five_weeks: Path
) -> None:
    text = shown(assistant, five_weeks, "theme in Fujian 2021?")
    place = next(part for part in text.split() if "fujian.yaml:" in part)
    file, _, number = place.rpartition(":")
    assert Path(file).read_text(encoding="utf-8").split("\n")[int(number) - 1].startswith("theme:")


def test_confidence_is_shown_beside_its_threshold(assistant: Assistant, five_weeks: Path) -> None:
    text = shown(assistant, five_weeks, "how do I register a trademark?")
    assert "confidence" in text
    assert "threshold" in text
    assert "refuse" in text


def test_turns_follow_each_other_as_a_dialogue(assistant: Assistant, five_weeks: Path) -> None:
    text = shown(assistant, five_weeks, "What did Fujian hold on April 20?", "which banks?")
    assert "=== turn 2 ===" in text
    assert "with what the dialogue adds: place fujian" in text


def test_any_text_can_be_explained(assistant: Assistant, five_weeks: Path) -> None:
    for text in ("", " ", "\x1b[31m\u202e", "🎉", "a" * 100_000, "\ud800", "福建" * 5000):
        assert "\x1b" not in shown(assistant, five_weeks, text)

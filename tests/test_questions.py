"""The answers do not get worse: each question set keeps above its floor."""

import pytest
import yaml

from bot.answering.assistant import Assistant
from tests.evaluate import OF_ALL_WEEKS, QUESTIONS, grade, rates, read_set

FLOORS: dict[str, dict[str, float]] = yaml.safe_load(
    (QUESTIONS / "floors.yaml").read_text(encoding="utf-8")
)
SETS = sorted(file.stem for file in QUESTIONS.glob("*.jsonl"))


def test_every_set_has_a_floor_and_every_floor_a_set() -> None:
    assert sorted(FLOORS) == SETS


@pytest.mark.parametrize("name", SETS)
def test_the_answers_keep_above_the_floor(
    name: str, assistant: Assistant, assistant_of_all_weeks: Assistant
) -> None:
    asked_of = assistant_of_all_weeks if name in OF_ALL_WEEKS else assistant
    graded = list(grade(asked_of, read_set(QUESTIONS / f"{name}.jsonl")))
    found = rates(graded)
    wrong = "\n".join(f"{one.expected.id}: {one.fault}" for one in graded if one.fault)
    for questions, floor in FLOORS[name].items():
        right, asked = found[questions]
        assert right / asked >= floor, f"{questions}: {right} of {asked}\n{wrong}"


def test_ids_are_given_once() -> None:
    ids = [expected.id for name in SETS for expected in read_set(QUESTIONS / f"{name}.jsonl")]
    assert len(ids) == len(set(ids))

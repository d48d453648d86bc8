"""The direct answer comes first: what a narrow question asks for stands where the eye falls."""

import pytest

from bot.answering.assistant import Assistant
from tests.evaluate import OF_ALL_WEEKS, QUESTIONS, Graded, grade, read_set

AT_ONCE = 200
"""The characters of an answer that are read at a glance."""
NARROW_KINDS = frozenset(
    """
    bank banks count dates edition figures howmany metro names number own-theme place speakers
    theme title when where who world-ip-day year yes-no yesno
    """.split()
)
"""Ends of the kinds of questions for a number, a day, a place, a name, a theme or a yes."""
FLOORS = {"all_weeks": 0.8, "chinese": 0.98, "english": 0.865}
"""Least share of the narrow questions of a set whose answer stands at the beginning."""


def is_narrow(kind: str) -> bool:
    """Whether questions of a kind, such as "fujian-theme" or "own-theme", have a short answer."""
    return kind in NARROW_KINDS or kind.rpartition("-")[2] in NARROW_KINDS


def is_at_once(one: Graded) -> bool:
    """Whether the first thing that an answer must hold stands at its beginning."""
    beginning = one.text[:AT_ONCE].casefold()
    return any(wanted.casefold() in beginning for wanted in one.expected.groups[0])


@pytest.mark.parametrize("name", FLOORS)
def test_the_answer_stands_at_the_beginning(
    name: str, assistant: Assistant, assistant_of_all_weeks: Assistant
) -> None:
    narrow = [
        one for one in read_set(QUESTIONS / f"{name}.jsonl")
        if is_narrow(one.kind) and one.statuses[0] == "answered" and one.groups
    ]  # fmt: skip
    asked_of = assistant_of_all_weeks if name in OF_ALL_WEEKS else assistant
    late = [one for one in grade(asked_of, narrow) if not is_at_once(one)]
    share = 1 - len(late) / len(narrow)
    told = "\n".join(f"{one.expected.id} {one.expected.turns}: {one.text[:80]!r}" for one in late)
    assert share >= FLOORS[name], f"{share:.3f} of {len(narrow)}\n{told}"

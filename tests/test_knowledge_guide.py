"""knowledge/README.md tells the truth: whoever follows it word by word gets what it shows."""

import re
from collections.abc import Iterator

import pytest

from bot.assembly import build_assistant
from bot.checking import find_problems
from bot.knowledge.week_table import BEGIN, END, week_table
from tests.conftest import ROOT
from tests.knowledge_guide import GUIDE, WEEK, Walk, followed, said_of, slips
from tests.readme import agrees

TEXT = GUIDE.read_text(encoding="utf-8")
ANEW = "run: python -m tests.knowledge_guide"


@pytest.fixture(scope="module")
def walk() -> Iterator[Walk]:
    """The guide, followed from its first to its last command."""
    with followed(TEXT) as walk:
        yield walk


def test_every_command_prints_what_the_guide_says(walk: Walk) -> None:
    assert len(walk.printed) >= 8
    wrong = [(example.command, printed) for example, printed in walk.printed
             if not agrees(example, printed)]  # fmt: skip
    assert wrong == [], ANEW


def test_whoever_follows_it_has_a_week_without_problems_whose_questions_are_answered(
    walk: Walk,
) -> None:
    problems = find_problems(walk.knowledge)
    assert [str(one) for one in problems if one.severity == "error" or one.file == WEEK] == []


def test_following_it_changes_nothing_but_the_week_and_the_table(walk: Walk) -> None:
    def content(folder: str) -> dict[str, bytes]:
        root = walk.folder / folder
        files = (path for path in root.rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}

    before, after = content("before"), content("knowledge")
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert changed - {"README.md"} == {WEEK}


@pytest.mark.parametrize(("written", "instead", "said"), slips(TEXT))
def test_check_says_of_a_slip_what_the_guide_says(written: str, instead: str, said: str) -> None:
    assert said_of(written, instead, TEXT) == said, ANEW


def test_the_table_of_weeks_is_fresh() -> None:
    shown = TEXT.partition(BEGIN)[2].partition(END)[0].strip()
    made = week_table(build_assistant().knowledge)
    assert shown == made.strip(), "run: python -m bot weeks --write"


def test_the_table_names_every_week_once() -> None:
    files = re.findall(r"\]\((weeks/[^)]+)\)", TEXT.partition(BEGIN)[2])
    there = sorted(path.relative_to(ROOT / "knowledge").as_posix()
                   for path in (ROOT / "knowledge" / "weeks").glob("*/*.yaml"))  # fmt: skip
    assert sorted(files) == there

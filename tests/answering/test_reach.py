"""Facts that no question can reach."""

from pathlib import Path

import pytest

from bot.answering.reach import unreached_facts
from bot.assembly import build_assistant
from bot.errors import Problem
from bot.examination import find_problems
from tests.conftest import copy_five_weeks

WEEK = "weeks/2021/fujian.yaml"
KINDS = "    kinds: [matchmaking]\n"
TWIN = """\
  - id: fuzhou-again
    title: {en: the week in Fujian, zh: 福建}
    summary: {en: The week in Fujian is planned., zh: 福建计划举办。}
    kinds: [award]
    modality: planned

"""


def changed(folder: Path, old: str, new: str) -> tuple[int, list[Problem]]:
    """Change the five weeks; the line of the change, and what is said of it."""
    path = copy_five_weeks(folder / "knowledge") / WEEK
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    problems = find_problems(folder / "knowledge")
    return line, [one for one in problems if one.file == WEEK and "no question" in one.message]


@pytest.mark.parametrize("detail", ["organiser", "dates"])
def test_a_detail_that_no_attribute_tells_is_a_warning(tmp_path: Path, detail: str) -> None:
    new = f"{KINDS}    details:\n      {detail}: [{{en: some, zh: 某些}}]\n"
    line, (problem,) = changed(tmp_path, KINDS, new)

    assert (problem.line, problem.column, problem.severity) == (line + 2, 7, "warning")
    assert f'under "{detail}"' in problem.message


@pytest.mark.parametrize("detail", ["form", "field", "means"])
def test_a_detail_that_one_tells_is_reached(tmp_path: Path, detail: str) -> None:
    new = f"{KINDS}    details:\n      {detail}: [{{en: some, zh: 某些}}]\n"
    assert changed(tmp_path, KINDS, new)[1] == []


def test_an_activity_whose_title_says_nothing_of_its_own_is_a_warning(tmp_path: Path) -> None:
    awards = "  - id: fuzhou-awards\n"
    line, (problem,) = changed(tmp_path, awards, TWIN + awards)

    assert (problem.line, problem.severity) == (line + 1, "warning")
    assert '"fuzhou-again"' in problem.message


def test_every_fact_of_the_project_is_reached() -> None:
    assert list(unreached_facts(build_assistant())) == []

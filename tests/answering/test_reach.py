"""Facts that no question can reach."""

import re
from pathlib import Path

import pytest

from bot.answering.reach import unreached_facts
from bot.assembly import PACKAGED_KNOWLEDGE, build_assistant
from bot.checking import find_problems
from bot.errors import Problem
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


def test_an_activity_that_is_alone_in_its_week_is_reached(tmp_path: Path) -> None:
    week = "weeks/2015/shaanxi.yaml"
    path = copy_five_weeks(tmp_path / "knowledge") / week
    path.parent.mkdir()
    text = (PACKAGED_KNOWLEDGE / week).read_text(encoding="utf-8")
    assert text.count("    kinds:") == 1
    title = "title: {en: the week, zh: 宣传周}"
    path.write_text(re.sub("title: {.*", title, text), encoding="utf-8")
    assert [str(one) for one in find_problems(tmp_path / "knowledge") if one.file == week] == []


def test_what_an_attribute_without_words_tells_is_lost(tmp_path: Path) -> None:
    path = copy_five_weeks(tmp_path / "knowledge") / "vocabulary/attributes.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: slogan\n")
    entry = text[start : text.index("\n  - id:", start)]
    bare = re.sub(r"\n    (cues|asks):.*(\n      .*)*", "", entry)
    path.write_text(text.replace(entry, bare), encoding="utf-8")

    told = [one for one in find_problems(tmp_path / "knowledge") if "no words ask" in one.message]

    assert [(one.file, one.line) for one in told] == [
        ("vocabulary/attributes.yaml", text[:start].count("\n") + 1)
    ]
    assert '"slogan"' in told[0].message


def test_a_name_that_is_too_long_to_be_met_is_a_warning(tmp_path: Path) -> None:
    path = copy_five_weeks(tmp_path / "knowledge") / WEEK
    text = path.read_text(encoding="utf-8")
    name = f"names:\n  - {{id: long-one, name: {{en: long one, zh: {'长' * 33}}}, kind: body}}\n"
    path.write_text(text.replace("names:\n", name, 1), encoding="utf-8")

    (problem,) = [one for one in find_problems(tmp_path / "knowledge") if one.file == WEEK]

    assert '"long-one" has a phrase that is too long' in problem.message
    assert problem.severity == "warning"


def test_every_fact_of_the_project_is_reached() -> None:
    assert list(unreached_facts(build_assistant())) == []

"""README tells the truth: its commands exist, and print what it says."""

import re
import tomllib

import pytest

from bot.settings import SETTINGS
from tests.benchmarks.size import ROWS, SIZES
from tests.conftest import ROOT
from tests.golden.dialogues import read_dialogues
from tests.readme import README, Example, agrees, can_run, examples, run

TEXT = README.read_text(encoding="utf-8")
EXAMPLES = [example for example in examples(TEXT) if can_run(example.command)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.command)
def test_a_command_prints_what_readme_says(example: Example) -> None:
    printed = run(example)
    assert agrees(example, printed), printed


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", TEXT)) | set(
        re.findall(r"^\$ make ([a-z-]+)", TEXT, re.MULTILINE)
    )
    assert named - targets == set()
    assert {"chat", "test", "bench", "evaluate"} <= named


def test_every_file_that_is_named_exists() -> None:
    named = set(re.findall(r"`((?:bot|tests|knowledge|\.ci)/[\w./-]+)`", TEXT))
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_module_has_its_place_in_the_chapter_on_how_it_works() -> None:
    modules = {file.stem for file in (ROOT / "bot").rglob("*.py") if file.name != "__init__.py"}
    assert sorted(module for module in modules if f"`{module}`" not in TEXT) == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [re.split(r"[><=\[;]", line)[0] for line in project["dependencies"]]
    rows = [line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| ")]
    missing = [name for name in named if not any(f"`{name}`" in row for row in rows)]
    assert missing == []


def test_every_setting_is_explained() -> None:
    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in TEXT] == []


def test_the_table_of_sizes_has_the_rows_that_bench_large_prints() -> None:
    table = TEXT.partition("\n| weeks | ")[2].partition("\n\n")[0].splitlines()
    sizes = [int(size.replace(",", "")) for size in table[0].rstrip(" |").split(" | ")]
    assert sizes == list(SIZES)
    assert [line.split(" | ")[0].removeprefix("| ") for line in table[2:]] == list(ROWS)


def test_the_plot_of_sizes_is_shown_and_is_a_picture() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", TEXT)
    assert shown == ["tests/benchmarks/size.png"]
    assert (ROOT / shown[0]).read_bytes().startswith(b"\x89PNG")


def test_the_benchmark_asks_as_many_questions_of_as_many_weeks_as_stated() -> None:
    questions = sum(len(dialogue.turns) for dialogue in read_dialogues())
    weeks = len(list((ROOT / "knowledge").glob("weeks/*/*.yaml")))
    assert f"| {questions} questions | knowledge |" in TEXT
    assert f"| | {weeks} weeks |" in TEXT

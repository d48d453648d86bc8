"""What changed between two states of the knowledge is told in words."""

import subprocess
from pathlib import Path

import pytest

from bot.channels.revisions import changes_between
from bot.errors import InputProblem, KnowledgeProblems
from bot.knowledge.changes import changes
from bot.knowledge.loader import read_knowledge
from tests.knowledge.small_knowledge import WEEK, replace, write_small_knowledge


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The same knowledge again, to be changed."""
    return write_small_knowledge(tmp_path / "other")


def told(old: Path, new: Path) -> list[str]:
    """The changes from one folder to the other."""
    return changes(read_knowledge(old), read_knowledge(new))


def test_nothing_is_told_of_equal_folders(folder: Path, other: Path) -> None:
    assert told(folder, other) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('date: "2021-04-20"', 'date: "2021-04-24"',
         "Fujian 2021, activities, opening, date was “2021-04-20”, is “2021-04-24”."),
        ("world_ip_day: 21\n", "", "Fujian 2021, world_ip_day is gone: 21."),
        ("en: [kick-off, start]", "en: [kick-off, begin, start]",
         "Fujian 2021, activities, opening, words, en: “begin” is new."),
        ("- value: 300", "- value: 301",
         "Fujian 2021, activities, seminar, figures, guests, value was 300, is 301."),
        ("of: {en: guests", "of: {en: visitors",
         "Fujian 2021, activities, seminar, figures: “more than 300 visitors” is new."),
        ("world_ip_day: 21\n", "world_ip_day: 21\neditions: [{number: 13, source: cnipa}]\n",
         "Fujian 2021, editions: number 13, source “cnipa” is new."),
        ("    part_of: opening\n", "", "Fujian 2021, activities, seminar, part_of is gone"),
    ],
)  # fmt: skip
def test_a_changed_value_is_told_with_its_place(
    folder: Path, other: Path, old: str, new: str, said: str
) -> None:
    replace(other, WEEK, old, new)
    assert any(line.startswith(said) for line in told(folder, other)), told(folder, other)


def test_a_week_comes_and_goes_with_its_file(folder: Path, other: Path) -> None:
    text = (other / WEEK).read_text(encoding="utf-8")
    later = other / "weeks" / "2022" / "fujian.yaml"
    later.parent.mkdir()
    later.write_text(text.replace("2021", "2022"), encoding="utf-8")
    assert told(folder, other) == ["Fujian 2022 is new: weeks/2022/fujian.yaml, 2 activities."]
    assert told(other, folder) == ["Fujian 2022 is gone: weeks/2022/fujian.yaml was taken out."]


def test_a_new_alias_is_told(folder: Path, other: Path) -> None:
    replace(other, "vocabulary/words.yaml", "en: [Fujian IPO]", "en: [Fujian IPO, FJIPO]")
    assert told(folder, other) == [
        "Vocabulary, names, fujian-ip-office, aliases, en: “FJIPO” is new."
    ]


def test_what_is_neither_folder_nor_revision_is_named(folder: Path) -> None:
    with pytest.raises(InputProblem, match="nowhere: neither a folder nor a git revision"):
        changes_between("nowhere", str(folder), folder)
    with pytest.raises(InputProblem, match="--help"):
        changes_between("--help", str(folder), folder)


def test_a_folder_that_cannot_be_read_is_told_with_its_problems(folder: Path, other: Path) -> None:
    replace(other, WEEK, "year: 2021", "yaer: 2021")
    with pytest.raises(KnowledgeProblems, match="yaer"):
        changes_between(str(folder), str(other), folder)


def test_a_git_revision_is_compared_like_a_folder(folder: Path) -> None:
    def git(*words: str) -> None:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    replace(folder, WEEK, "world_ip_day: 21", "world_ip_day: 22")
    assert changes_between("HEAD", str(folder), folder) == [
        "Fujian 2021, world_ip_day was 21, is 22."
    ]

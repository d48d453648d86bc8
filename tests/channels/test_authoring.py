"""Files that the bot begins for maintainers: refused where no week can be."""

import shutil
from pathlib import Path

import pytest

from bot.channels.authoring import assistant_for_drafts, drafted, start_week
from bot.errors import InputProblem, KnowledgeProblems

ARTICLE = "The week of Fujian\nA seminar on patents was held in Xiamen on April 22, 2026.\n"


@pytest.fixture
def folder(five_weeks: Path, tmp_path: Path) -> Path:
    """A knowledge folder of five weeks that may be changed."""
    return shutil.copytree(five_weeks, tmp_path / "knowledge")


@pytest.mark.parametrize(
    ("region", "year", "place", "said"),
    [
        ("Fujain", 2026, "", "did you mean fujian?"),
        ("Fujian", 2126, "", "give one from 2000 to 2100"),
        ("Guizhou", 2026, "Xiamen", 'no city or district of guizhou is called "Xiamen"'),
        ("Fujian", 2026, "Xiamne", "did you mean xiamen?"),
    ],
)
def test_no_week_is_begun_where_none_can_be(
    folder: Path, region: str, year: int, place: str, said: str
) -> None:
    with pytest.raises(InputProblem, match=said.replace("?", r"\?")):
        start_week(folder, region, year, place)
    assert not (folder / "weeks" / str(year)).exists()


def test_a_place_of_the_region_has_its_own_file(folder: Path) -> None:
    assert start_week(folder, "福建", 2026, "厦门").name == "fujian-xiamen.yaml"


def test_a_week_that_is_not_finished_keeps_nobody_from_drafting_another(folder: Path) -> None:
    start_week(folder, "fujian", 2026)
    article = folder.parent / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    text, head = drafted(assistant_for_drafts(folder), article, "", 0, "")
    assert head is not None
    assert (head.region, head.year) == ("fujian", 2026)
    assert "place: xiamen" in text


def test_a_broken_vocabulary_does(folder: Path) -> None:
    (folder / "vocabulary" / "more.yaml").write_text("concept: []\n")
    with pytest.raises(KnowledgeProblems, match=r"more\.yaml"):
        assistant_for_drafts(folder)

"""The file that `new week` writes: every field is there, with its help."""

from pathlib import Path

import msgspec
import pytest

from bot.channels.authoring import start_week
from bot.errors import InputProblem
from bot.knowledge import facts
from bot.knowledge.audit import check_folder
from bot.knowledge.editor_schemas import WEEK_HEADER, field_helps
from bot.knowledge.plain_yaml import read_plain
from bot.knowledge.week_template import WeekHead, new_week, to_do_lines

TEXT = new_week(WeekHead("fujian", 2026, "fuzhou"))


@pytest.mark.parametrize("kind", [facts.Week, facts.Source, facts.Activity, facts.Name])
def test_every_field_is_there_with_its_help(kind: type) -> None:
    plain = " ".join(TEXT.replace("#", " ").split())
    for field in msgspec.structs.fields(kind):
        assert f"{field.encode_name}:" in plain
        help_ = field_helps()[kind.__name__].get(field.encode_name, "")
        assert help_, f"{kind.__name__}.{field.encode_name} has no docstring"
        assert " ".join(help_.replace("#", " ").split()) in plain


def test_it_is_yaml_and_begins_with_its_schema() -> None:
    assert TEXT.startswith(WEEK_HEADER + "\n")
    values = read_plain(TEXT)
    assert (values["region"], values["year"], values["place"]) == ("fujian", "2026", "fuzhou")


def test_what_must_be_written_is_marked() -> None:
    marked = [line for _, line in to_do_lines(TEXT)]
    assert "modality: TODO" in marked
    assert "publisher: TODO" in marked
    assert "- id: todo" in marked


@pytest.mark.parametrize("region", ["fujian", "Fujian", "福建"])
def test_it_stands_where_the_bot_looks_for_it(folder: Path, region: str) -> None:
    path = start_week(folder, region, 2026, "Fuzhou")
    assert path == folder / "weeks" / "2026" / "fujian-fuzhou.yaml"
    assert {problem.file for problem in check_folder(folder)} == {"weeks/2026/fujian-fuzhou.yaml"}


def test_a_file_that_is_there_is_left_alone(folder: Path) -> None:
    before = (folder / "weeks" / "2021" / "fujian.yaml").read_bytes()
    with pytest.raises(InputProblem, match="exists already; nothing was written"):
        start_week(folder, "Fujian", 2021)
    assert (folder / "weeks" / "2021" / "fujian.yaml").read_bytes() == before


def test_a_region_that_is_unknown_is_told_with_the_likely_one(folder: Path) -> None:
    with pytest.raises(InputProblem, match="did you mean fujian"):
        start_week(folder, "fujien", 2026)

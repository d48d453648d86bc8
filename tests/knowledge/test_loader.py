"""Reading a knowledge folder: what is read as it stands, what is refused, that nothing hangs."""

from pathlib import Path

import pytest

from bot.errors import KnowledgeProblems, Problem
from bot.knowledge.loader import PACKAGED_KNOWLEDGE, read_knowledge, read_parts
from bot.knowledge.plain_yaml import read_plain
from tests.knowledge.small_knowledge import WEEK, replace


def problems(folder: Path) -> list[Problem]:
    """What reading the folder complains about."""
    with pytest.raises(KnowledgeProblems) as caught:
        read_knowledge(folder)
    return list(caught.value.problems)


def test_the_knowledge_that_comes_with_the_bot_is_read_without_a_problem() -> None:
    files = read_knowledge(PACKAGED_KNOWLEDGE)

    assert len(files.weeks) >= 5
    assert files.vocabulary.places


def test_the_small_knowledge_is_read_without_a_problem(folder: Path) -> None:
    assert read_knowledge(folder).weeks[0].path == WEEK


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: no", {"a": "no"}),
        ("a: 2021-04-20", {"a": "2021-04-20"}),
        ("a: 010", {"a": "010"}),
        ("a: 1e3", {"a": "1e3"}),
        ("a: 20:30", {"a": "20:30"}),
        ("a: null", {"a": "null"}),
        ("a: ~", {"a": "~"}),
        ("a:", {"a": None}),
        ('a: ""', {"a": ""}),
        ("a: [yes, on, 3.10]", {"a": ["yes", "on", "3.10"]}),
        ("<<: b", {"<<": "b"}),
        ("a: R&D * 100% & more!", {"a": "R&D * 100% & more!"}),
        ("---\na: b\n", {"a": "b"}),
        ("\ufeffa: b\n", {"a": "b"}),
        ("", None),
    ],
)
def test_every_value_is_the_text_that_stands_there(text: str, values: object) -> None:
    assert read_plain(text) == values


def test_a_key_that_stands_twice_is_an_error_although_the_file_would_fit(folder: Path) -> None:
    line = replace(folder, WEEK, "    place: fuzhou\n", "    place: fuzhou\n    place: fujian\n")

    (problem,) = problems(folder)

    assert (problem.file, problem.line, problem.column) == (WEEK, line + 1, 5)
    assert "place" in problem.message
    assert f"line {line}" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("publisher: CNIPA", "publisher: &CNIPA Beijing", "&CNIPA"),
        ("theme_source: cnipa", "theme_source: *cnipa", "*cnipa"),
        ("publisher: CNIPA", "publisher: !CNIPA Beijing", "!CNIPA"),
        ("publisher: CNIPA", "publisher: !!str CNIPA", "!!str"),
        ("questions:", "---\nquestions:", "second document"),
        ("# The week of Fujian in 2021.", "%YAML 1.1\n---", "%"),
    ],
)
def test_what_yaml_can_do_beyond_plain_values_is_refused(
    folder: Path, old: str, new: str, said: str
) -> None:
    line = replace(folder, WEEK, old, new)

    (problem,) = problems(folder)

    assert problem.file == WEEK
    assert problem.line == line
    assert said in problem.message


def test_a_bomb_of_references_is_refused_and_not_unfolded(folder: Path) -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    (folder / WEEK).write_text("\n".join(bomb), encoding="utf-8")

    found = problems(folder)

    assert found[0].line == 1


@pytest.mark.parametrize("text", ["[" * 300_000, "{a: " * 300_000, "- " * 300_000, "? " * 300_000])
def test_nesting_without_end_is_refused(folder: Path, text: str) -> None:
    (folder / WEEK).write_text(f"region: fujian\nscope: {text}", encoding="utf-8")

    (problem,) = problems(folder)

    assert problem.line == 2
    assert "too deeply" in problem.message


def test_lines_indented_ever_further_do_not_break_the_bot(folder: Path) -> None:
    stairs = "\n".join(f"{' ' * depth}a:" for depth in range(2500))
    (folder / WEEK).write_text(stairs, encoding="utf-8")

    assert problems(folder)[0].file == WEEK


def test_a_file_that_is_far_too_long_is_refused(folder: Path) -> None:
    (folder / WEEK).write_text("# x\n" * 1_000_001, encoding="utf-8")

    (problem,) = problems(folder)

    assert "too long" in problem.message


def test_a_broken_byte_is_reported_where_it_stands_together_with_the_other_slips(
    folder: Path,
) -> None:
    path = folder / WEEK
    content = path.read_bytes().replace(b"publisher:", b"publischer:")
    place = content.index("福州将".encode())
    path.write_bytes(content[:place] + b"\xff" + content[place + 1 :])
    line = content[:place].count(b"\n") + 1

    found = problems(folder)

    assert [(p.line, "UTF-8" in p.message) for p in found] == [(line, True), (14, False)]
    assert found[0].column == len("      zh: ") + 1


def test_a_file_in_another_encoding_is_one_problem(folder: Path) -> None:
    path = folder / WEEK
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))

    (problem,) = problems(folder)

    assert "UTF-8" in problem.message
    assert "UTF-8" in problem.mend


def test_a_text_that_another_program_has_broken_is_reported(folder: Path) -> None:
    line = replace(folder, WEEK, "zh: 视情}", "zh: 视\ufffd}")

    (problem,) = problems(folder)

    assert problem.line == line


def test_an_invisible_line_separator_is_reported_at_its_place(folder: Path) -> None:
    line = replace(folder, WEEK, "title: Fujian Launches", "title: Fujian\u2028Launches")

    (problem,) = problems(folder)

    assert (problem.line, problem.column) == (line, len("    title: Fujian") + 1)
    assert "U+2028" in problem.message


def test_windows_line_ends_change_nothing(folder: Path) -> None:
    before = read_knowledge(folder)
    path = folder / WEEK
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_knowledge(folder).weeks == before.weeks


def test_problems_of_all_files_come_in_one_run(folder: Path) -> None:
    replace(folder, WEEK, "year: 2021", "year: soon")
    replace(folder, "vocabulary/kinds.yaml", "name_kinds:", "nam_kinds:")
    replace(folder, "vocabulary/places.yaml", "level: nation", "level: planet")

    files = {problem.file for problem in problems(folder)}

    assert files == {WEEK, "vocabulary/kinds.yaml", "vocabulary/places.yaml"}


def test_what_can_be_read_is_there_although_other_files_are_broken(folder: Path) -> None:
    replace(folder, "vocabulary/kinds.yaml", "name_kinds:", "nam_kinds:")

    files, found = read_parts(folder)

    assert len(found) == 1
    assert files.weeks
    assert files.vocabulary.places
    assert not files.vocabulary.kinds


def test_a_section_of_words_in_two_files_is_an_error(folder: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (folder / "vocabulary" / name).write_text("filler: {en: [a], zh: []}", encoding="utf-8")

    (problem,) = problems(folder)

    assert problem.file == "vocabulary/b.yaml"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "nowhere")

    assert "nowhere" in problem.file


def test_a_folder_without_weeks_is_told_so(folder: Path) -> None:
    (folder / WEEK).unlink()

    (problem,) = problems(folder)

    assert "no week file" in problem.message


def test_hidden_files_of_editors_are_not_read(folder: Path) -> None:
    (folder / "weeks/2021/.#fujian.yaml").symlink_to("nowhere")
    (folder / "vocabulary/._places.yaml").write_bytes(b"\x00\x05")

    assert len(read_knowledge(folder).weeks) == 1


def test_an_empty_file_is_told_so(folder: Path) -> None:
    (folder / WEEK).write_text("# nothing yet\n", encoding="utf-8")

    (problem,) = problems(folder)

    assert problem.line == 1
    assert "empty" in problem.message


def test_an_item_that_goes_on_with_the_text_above_it_is_told(folder: Path) -> None:
    domain = folder / "vocabulary" / "domain.yaml"
    domain.write_text("domain:\n  en:\n    - ip week\n      - ip event\n  zh: []\n", "utf-8")

    (problem,) = problems(folder)

    assert (problem.file, problem.line) == ("vocabulary/domain.yaml", 4)
    assert "in the line above" in problem.message


def test_words_of_one_language_alone_are_not_left_out_unnoticed(folder: Path) -> None:
    (folder / "vocabulary" / "filler.yaml").write_text("filler:\n  en: [a]\n", "utf-8")

    (problem,) = problems(folder)

    assert problem.file == "vocabulary/filler.yaml"
    assert '"zh" is missing' in problem.message

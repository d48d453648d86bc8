"""What fits the schema and still cannot be right: found at the very value, with its mend."""

from pathlib import Path

import pytest

from bot.errors import Problem
from bot.knowledge.audit import audit, check_folder
from bot.knowledge.loader import PACKAGED_KNOWLEDGE, read_knowledge
from tests.knowledge.small_knowledge import WEEK, replace

PLACES = "vocabulary/places.yaml"
KINDS = "vocabulary/kinds.yaml"
WORDS = "vocabulary/words.yaml"


def test_the_knowledge_that_comes_with_the_bot_has_no_errors() -> None:
    problems = audit(read_knowledge(PACKAGED_KNOWLEDGE))

    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_the_small_knowledge_has_no_problems(folder: Path) -> None:
    assert check_folder(folder) == []


def after(folder: Path, file: str, old: str, new: str) -> tuple[int, list[Problem]]:
    """The line of a change, and the problems of the changed folder."""
    line = replace(folder, file, old, new)
    return line, check_folder(folder)


@pytest.mark.parametrize(
    ("old", "new", "message", "mend"),
    [
        # ids that are not there
        ("region: fujian", "region: fujan", 'no region "fujan"', "fujian"),
        ("kinds: [launch]", "kinds: [lunch]", 'no kind "lunch"', "launch"),
        ("    place: fuzhou", "    place: fuzhuo", 'no place "fuzhuo"', "fuzhou"),
        ("    place: fuzhou", "    place: null", 'no place "null"', "leave the line out"),
        ("organisers: [fujian-ip-office]\n\n", "organisers: [fujian-ip-ofice]\n\n",
         'no name "fujian-ip-ofice"', "fujian-ip-office"),
        ("organisers: [fujian-ip-office]\n    d", "organisers: [Fujian IPO]\n    d",
         'no name "Fujian IPO"', "write fujian-ip-office"),
        ("organisers: [fujian-ip-office]\n    d", "organisers: [A Bank]\n    d",
         'no name "A Bank"', "{en: …, zh: …}"),
        ("      form:", "      forn:", 'no attribute "forn"', "form"),
        ("theme_source: cnipa", "theme_source: cnpa", 'no source "cnpa"', "cnipa"),
        ("part_of: opening", "part_of: openin", 'no activity "openin"', "opening"),
        ("part_of: opening", "part_of: seminar", "part of itself", "take the line out"),
        ("facts: [opening]", "facts: [opning]", 'no activity "opning"', "opening"),
        # ids that stand twice
        ("  - id: seminar", "  - id: opening", '"opening" stands twice', "another id"),
        # days
        ('date: "2021-04-20"', 'date: "2021-04-31"', "no day 2021-04-31", "2021-04-20"),
        ('date: "2021-04-20"', 'date: "2020-04-20"', "not in 2021", "2021-04-20"),
        ('until: "2021-04-21"', 'until: "2021-04-19"', "before it begins", "exchange"),
        ('to: "2021-04-26"', 'to: "2021-04-16"', "before it begins", "exchange"),
        ('from: "2021-04-20"', 'from: "2020-04-20"', "not in 2021", "2021-04-20"),
        ("{from: 2019, to: 2020}", "{from: 2021, to: 2020}", "before they begin", "exchange"),
        # what is missing
        ("kinds: [launch]", "kinds: []", '"opening" has no kind', "at least one"),
        ("{en: guests, zh: 位来宾}", "{}", "what 300 counts", "of: {en:"),
        ("value: 300", "value: nan", "nan is no published number", "digits"),
        ("{en: opening ceremony, zh: 开幕式}", "{}", 'text of "title" is empty', "{en:"),
        # file and content
        ("year: 2021", "year: 2020", "folder 2021", "year: 2021"),
        ("region: fujian", "region: jiangxi", "called fujian.yaml", "jiangxi.yaml"),
    ],
)  # fmt: skip
def test_an_error_is_shown_at_the_very_line(
    folder: Path, old: str, new: str, message: str, mend: str
) -> None:
    line, problems = after(folder, WEEK, old, new)

    at_line = [p for p in problems if p.line == line and message in p.message]
    assert len(at_line) == 1, problems
    assert at_line[0].severity == "error"
    assert mend in at_line[0].mend
    assert at_line[0].column > 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('date: "2021-04-20"', 'date: "2021-04-18"', "outside the week"),
        ('until: "2021-04-21"', 'until: "2021-04-27"', "outside the week"),
        ("world_ip_day: 21", "world_ip_day: 12", "World IP Day 12 was not in 2021"),
        ('published: "2021-04-28"', 'published: "2020-04-28"', "before the year"),
        ("{en: if appropriate, zh: 视情}", "{en: if appropriate}", "no Chinese text"),
        ("{en: if appropriate, zh: 视情}", "{zh: 视情}", "no English text"),
        ("{en: seminar on IP, zh: 知", "{en: 研讨会, zh: 知", "English text is Chinese"),
        ("    place: fuzhou", "    place: fuzhou-jiangxi", "does not lie in fujian"),
        ("        ceremony is planned.", "          ceremony is planned.", "line break"),
        ("      form:", "      occasion:", "nobody can ask"),
        ('    date: "2021-04-20"\n', '    outside: true\n    date: "2021-04-20"\n', "within"),
    ],
)
def test_what_may_be_right_after_all_is_a_warning(
    folder: Path, old: str, new: str, message: str
) -> None:
    line, problems = after(folder, WEEK, old, new)

    assert [(p.line, p.severity) for p in problems] == [(line, "warning")], problems
    assert message in problems[0].message


def test_days_outside_the_week_may_be_meant(folder: Path) -> None:
    said = 'date: "2021-04-18"\n    outside: true'
    assert after(folder, WEEK, 'date: "2021-04-20"', said)[1] == []


def test_another_wording_of_the_theme_stands_in_the_language_of_its_source(folder: Path) -> None:
    theme = "theme_source: cnipa\n"
    variant = "theme_variants:\n  - {text: {en: Another one}, source: cnipa}\n"
    assert after(folder, WEEK, theme, theme + variant)[1] == []
    (problem,) = after(folder, WEEK, "en: Another one", "en: ''")[1]
    assert 'text of "text" is empty' in problem.message


def test_a_day_that_no_week_has_is_noticed_where_the_dates_of_the_week_are_unknown(
    folder: Path,
) -> None:
    replace(folder, WEEK, 'dates: {from: "2021-04-20", to: "2021-04-26"}\n', "")
    replace(folder, WEEK, 'until: "2021-04-21"', 'until: "2021-06-21"')

    (problem,) = check_folder(folder)

    assert problem.severity == "warning"
    assert "2021-06-21" in problem.message


def test_a_last_day_without_a_first_one_is_an_error(folder: Path) -> None:
    line, problems = after(folder, WEEK, '    date: "2021-04-20"\n', "")

    assert [(p.line, p.severity) for p in problems] == [(line, "error")]


def test_a_conditional_activity_needs_a_condition_and_only_such_a_one_has_it(folder: Path) -> None:
    replace(folder, WEEK, "    condition: {en: if appropriate, zh: 视情}\n", "")

    assert [problem.severity for problem in check_folder(folder)] == ["error"]

    condition = "modality: planned\n    condition: {en: x, zh: 某}"
    replace(folder, WEEK, "modality: conditional", condition)

    assert [problem.severity for problem in check_folder(folder)] == ["warning"]


def test_a_week_without_a_source_is_an_error(folder: Path) -> None:
    text = (folder / WEEK).read_text(encoding="utf-8")
    start, end = text.index("sources:"), text.index("activities:")
    (folder / WEEK).write_text(f"{text[:start]}sources: []\n{text[end:]}", encoding="utf-8")

    assert "the week has no source" in [problem.message for problem in check_folder(folder)]


def test_two_files_about_the_same_week_are_an_error_that_names_both(folder: Path) -> None:
    text = (folder / WEEK).read_text(encoding="utf-8")
    (folder / "weeks/2021/fujian-again.yaml").write_text(text, encoding="utf-8")

    problems = check_folder(folder)

    assert any("the same week" in p.message and "fujian-again.yaml" in p.message for p in problems)
    assert all(problem.severity == "error" for problem in problems)


def test_the_week_of_a_body_is_another_week_than_that_of_its_region(folder: Path) -> None:
    text = (folder / WEEK).read_text(encoding="utf-8")
    own = text.replace("year: 2021\n", "year: 2021\nbody: {en: schools, zh: 学校}\n", 1)
    (folder / "weeks/2021/fujian-schools.yaml").write_text(own, encoding="utf-8")

    assert check_folder(folder) == []


@pytest.mark.parametrize("name", ["fujian-fuzhou", "fuzhou"])
def test_the_week_of_a_place_is_called_after_region_and_place(folder: Path, name: str) -> None:
    text = (folder / WEEK).read_text(encoding="utf-8")
    own = text.replace("year: 2021\n", "year: 2021\nplace: fuzhou\n", 1)
    (folder / f"weeks/2021/{name}.yaml").write_text(own, encoding="utf-8")

    called = [problem.mend for problem in check_folder(folder)]

    assert bool(called) == (name == "fuzhou")
    assert all("fujian-fuzhou.yaml" in mend for mend in called)


@pytest.mark.parametrize(
    ("file", "old", "new", "severity", "message"),
    [
        (PLACES, "id: fuzhou-jiangxi", "id: fuzhou", "error", '"fuzhou" stands twice'),
        (PLACES, "zh: 抚州", "zh: 福州", "error", 'claims "福州", which "fuzhou" has already'),
        (PLACES, "{en: Fuzhou in Jiangxi", "{en: FUZHOU", "error", 'claims "FUZHOU"'),
        (PLACES, "abbr_zh: 赣", "abbr_zh: 闽", "error", "claims 闽"),
        (PLACES, "city, parent: jiangxi", "city, parent: jiangsi", "error", "jiangsi"),
        (PLACES, "level: city, parent: jiangxi", "level: city", "error", "in which place"),
        (PLACES, "parent: jiangxi", "parent: fuzhou-jiangxi", "error", "would lie in itself"),
        (PLACES, "zh: 抚州}", "}", "warning", "no Chinese text"),
        (KINDS, "broader: [ceremony]", "broader: [ceremonies]", "error", "ceremonies"),
        (KINDS, "id: ceremony", "id: launch", "error", '"launch" stands twice'),
        (KINDS, "{en: launch,", "{en: Workshop,", "warning", 'claims "Workshop"'),
        (WORDS, "kind: office", "kind: ofice", "error", 'no kind of name "ofice"'),
        (WORDS, "place: fujian", "place: fujin", "error", 'no place "fujin"'),
        (WORDS, "place: fujian", "part_of: nobody", "error", 'no name "nobody"'),
        (WORDS, "zh: [谢谢]", "zh: [帮助]", "error", 'claims "帮助"'),
        (WORDS, "thank you]", "Example 22]", "error", 'claims "example 1"'),
        (WORDS, "in what form", "Theme!", "warning", 'claims "Theme!"'),
    ],
)
def test_flaws_of_the_vocabulary_are_shown_in_the_file_that_has_them(
    folder: Path, file: str, old: str, new: str, severity: str, message: str
) -> None:
    line, problems = after(folder, file, old, new)

    found = [p for p in problems if p.file == file and message in p.message]
    assert len(found) == 1, problems
    assert found[0].severity == severity
    assert abs(found[0].line - line) <= 3


def test_a_name_that_stands_twice_names_the_other_file_and_line(folder: Path) -> None:
    own = "names:\n  - {id: fujian-ip-office, name: {en: Office, zh: 知产办}, kind: office}\n"
    replace(folder, WEEK, "questions:", f"{own}questions:")

    (problem,) = check_folder(folder)

    assert problem.file == WEEK
    assert f"first in {WORDS}:8" in problem.message


def test_ids_that_may_stand_in_a_broken_file_are_not_called_unknown(folder: Path) -> None:
    replace(folder, KINDS, "name_kinds:", "nam_kinds:")

    assert {problem.file for problem in check_folder(folder)} == {KINDS}


def test_other_flaws_are_found_although_a_file_is_broken(folder: Path) -> None:
    replace(folder, KINDS, "name_kinds:", "nam_kinds:")
    replace(folder, WEEK, 'until: "2021-04-21"', 'until: "2021-04-19"')

    assert {problem.file for problem in check_folder(folder)} == {KINDS, WEEK}


@pytest.mark.parametrize(
    "name",
    ["weeks/fujian.yaml", "weeks/2021/a.yml", "weeks/2021/a/b.yaml", "vocabulary/a/b.yaml"],
)
def test_a_file_that_the_bot_does_not_read_is_a_warning(folder: Path, name: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("region: fujian", encoding="utf-8")

    (problem,) = check_folder(folder)

    assert (problem.file, problem.severity) == (name, "warning")


def test_thousands_of_problems_are_cut_to_a_readable_number(folder: Path) -> None:
    (folder / PLACES).write_text("places: []", encoding="utf-8")
    people = "".join(f"  - {{en: person {n}}}\n" for n in range(400))
    replace(folder, WEEK, "questions:", f"people:\n{people}\nquestions:")

    problems = check_folder(folder)

    assert len(problems) <= 201
    assert "more problems" in problems[-1].message


def test_a_folder_of_weeks_alone_is_checked_against_the_vocabulary_of_the_bot(
    folder: Path,
) -> None:
    for path in (folder / "vocabulary").iterdir():
        path.unlink()
    (folder / "vocabulary").rmdir()
    line = replace(folder, WEEK, "    place: fuzhou", "    place: fuzhuo")

    errors = [problem for problem in check_folder(folder) if problem.severity == "error"]

    assert [(problem.file, problem.line) for problem in errors] == [(WEEK, line)]

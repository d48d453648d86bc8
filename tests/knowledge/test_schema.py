"""Slips within one file: each is found at its place, in plain words, with its mend."""

from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Problem
from bot.knowledge.facts import Week
from bot.knowledge.loader import PACKAGED_KNOWLEDGE
from bot.knowledge.mends import mended_day, mended_number, mended_slug, mended_truth
from bot.knowledge.plain_yaml import NotPlain, PlainLoader, read_plain
from bot.knowledge.schema import problems_of
from bot.knowledge.vocabulary import Vocabulary
from tests.knowledge.small_knowledge import FILES, WEEK, replace


def found(folder: Path, old: str, new: str, file: str = WEEK) -> tuple[int, list[Problem]]:
    """The line of a change, and the problems of the changed file."""
    line = replace(folder, file, old, new)
    text = (folder / file).read_text(encoding="utf-8")
    return line, problems_of(text, file, Week if file == WEEK else Vocabulary)


@pytest.mark.parametrize(
    ("old", "new", "column", "message", "mend"),
    [
        ("world_ip_day", "world_ipday", 1, "world_ipday", "world_ip_day"),
        ("    kinds: [launch]", "    kind: [launch]", 5, '"kind" in an activity', '"kinds"'),
        ("kinds: [launch]", "kinds: launch", 12, "expected a list", "[launch]"),
        ("kinds: [launch]", "kinds: [Big Launch]", 13, "Big Launch", "big-launch"),
        ("year: 2021", "year: 2021年", 7, "2021年", "write 2021"),
        ("year: 2021", "year: 1921", 7, "1921", ""),
        ("world_ip_day: 21", "world_ip_day: 21st", 15, "21st", "write 21"),
        ("value: 300", "value: more than 300", 16, "more than 300", "write 300"),
        ("value: 300", "value: 1,300", 16, "1,300", "write 1300"),
        ("value: 300", "value: 10万", 16, "10万", "write 100000"),
        ('date: "2021-04-20"', "date: 20.4.2021", 11, "20.4.2021", "2021-04-20"),
        ('date: "2021-04-20"', "date: April 20 2021", 11, "April 20 2021", "2021-04-20"),
        ('date: "2021-04-20"', 'date: "2021-4-20"', 11, "2021-4-20", "2021-04-20"),
        ("modality: conditional", "modality: conditionel", 15, "conditionel", '"conditional"'),
        ("bound: more than", "bound: over", 16, "over", "more than"),
        ("url: https:", "url: www:", 10, "web address", "https://"),
        ("{en: opening ceremony, zh: 开幕式}", "开幕式", 12, "开幕式", "{zh: 开幕式}"),
        ("{en: opening cer", "{en: opening, at nine cer", 26, "at nine", "quotation"),
        ("organisers: [fujian-ip-office]\n    d", "organisers:\n    d", 5, "nothing", "out"),
        ("    part_of: opening", "    part_of:", 0, "", ""),
        ("modality: planned\n    date", "modality:\n    date", 5, "nothing", "one of these words"),
        ("facts: [opening]", "facts: [[opening]]", 46, "a list", "brackets"),
        ("details:\n      form", "details:\n      The Form", 7, "The Form", "the-form"),
        ("zh: 视情}", "zh: 视情, ours: [fr]}", 52, '"fr"', "en or zh"),
    ],
)
def test_a_value_that_does_not_fit_is_found_at_its_place_with_its_mend(
    folder: Path, old: str, new: str, column: int, message: str, mend: str
) -> None:
    line, problems = found(folder, old, new)

    if not column:
        assert not problems  # an empty value is one that is left out
        return
    line += new[: new.find("The Form") + 1].count("\n")
    assert [(p.line, p.column) for p in problems] == [(line, column)]
    assert message in problems[0].message
    assert mend in problems[0].mend


@pytest.mark.parametrize(
    ("old", "new", "down", "mend"),
    [
        ("    place: fuzhou", "   place: fuzhou", 0, "put 4 spaces"),
        ("    place: fuzhou", "      place: fuzhou", 0, "put 4 spaces"),
        ("    place: fuzhou", "\tplace: fuzhou", 0, "spaces"),
        ("      en: >-", "       en: >-", 0, "put 6 spaces"),
        ("      en: >-", "    en: >-", 0, "put 6 spaces"),
        ("place: fuzhou", "place：fuzhou", 0, "colon and a space"),
        ("place: fuzhou", "place:fuzhou", 0, "space after the colon"),
        ("place: fuzhou", "place fuzhou", 0, '"place:"'),
        ("activities:", "activities", 0, '"activities:"'),
        ("activities:", " activities:", 0, "put 0 spaces"),
        ("kinds: [launch]", "kinds: [launch", 0, "]"),
        ("facts: [opening]}", "facts: [opening]", 0, "}"),
        ('date: "2021-04-20"', 'date: "2021-04-20', 0, "quotation mark"),
        ('{from: "2021-04-20", to', '{from: "2021-04-20, to', 0, "quotation mark"),
        ("title: Fujian Launches the Week", "title: Fujian: the Week", 0, "quotation marks"),
        ("title: Fujian Launches the Week", "title: @Fujian", 0, "quotation marks"),
        ("title: {en: opening ceremony", "title: {en: opening: ceremony", 0, "quotation marks"),
        ("  - id: seminar\n", "  -id: seminar\n", 0, "space after the hyphen"),
        ("    place: fuzhou\n    organisers", "    place: fuzhou    organisers", 0, "new line"),
        ("  - id: seminar\n", "", 0, "begin a new entry here"),
        ("  - id: opening\n", "", 0, '"- id: …"'),
    ],
)
def test_what_is_no_yaml_is_found_where_the_slip_is_with_the_change_that_mends_it(
    folder: Path, old: str, new: str, down: int, mend: str
) -> None:
    line, problems = found(folder, old, new)

    assert {p.line for p in problems} == {line + down}, problems
    assert mend in problems[0].mend


def test_all_slips_of_a_file_are_found_in_one_run(folder: Path) -> None:
    lines = [
        replace(folder, WEEK, "theme_source:", "theme_sorce:"),
        replace(folder, WEEK, "    publisher: CNIPA", "   publisher: CNIPA"),
        replace(folder, WEEK, "kinds: [launch]", "kinds: [launch"),
        replace(folder, WEEK, "value: 300", "value: many"),
        replace(folder, WEEK, "{ask: What", "{aks: What"),
    ]

    problems = problems_of((folder / WEEK).read_text(encoding="utf-8"), WEEK, Week)

    assert [problem.line for problem in problems] == lines


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("    kinds: [launch]\n", "", "kinds"),
        ("    modality: conditional\n", "", "modality"),
        ("region: fujian\n", "", "region"),
        ("year: 2021\n", "", "year"),
        ("modality: planned\ndates", "dates", "modality"),
        ("    publisher: CNIPA\n", "", "publisher"),
        ("        of: {en: guests, zh: 位来宾}\n", "", "of"),
    ],
)
def test_a_missing_key_is_named_where_it_belongs(
    folder: Path, old: str, new: str, missing: str
) -> None:
    line, problems = found(folder, old, new)

    assert len(problems) == 1
    assert abs(problems[0].line - line) <= 1
    assert f'"{missing}" is missing' in problems[0].message
    assert f'add "{missing}:"' in problems[0].mend


def test_a_misspelt_key_is_not_reported_as_missing_too(folder: Path) -> None:
    _, problems = found(folder, "    summary:\n", "    sumary:\n")

    assert len(problems) == 1


def test_a_line_that_belongs_elsewhere_is_told_where(folder: Path) -> None:
    _, problems = found(folder, "    part_of: opening", "    world_ip_day: 21")

    assert "a week" in problems[0].mend


def test_vocabulary_files_are_checked_in_the_same_way(folder: Path) -> None:
    line, problems = found(
        folder, "level: city, parent: fujian", "level: town", "vocabulary/places.yaml"
    )

    assert [problem.line for problem in problems] == [line]
    assert "city" in problems[0].message


def test_a_good_file_has_no_problems() -> None:
    assert problems_of(FILES[WEEK], WEEK, Week) == []


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("20.4.2021", "2021-04-20"), ("2021/4/20", "2021-04-20"), ("2021年4月20日", "2021-04-20"),
        ("4/20/2021", "2021-04-20"), ("20 April 2021", "2021-04-20"), ("20210420", "2021-04-20"),
        ("２０２１-０４-２０", "2021-04-20"), ("soon", "year-month-day"),
        ("31.4.2021", "year-month-day"), ("", "year-month-day"), ("9" * 5000, "year-month-day"),
    ],
)  # fmt: skip
def test_a_day_in_another_form_is_offered_in_the_right_one(text: str, mend: str) -> None:
    assert mend in mended_day(text)


def test_numbers_ids_and_truth_values_are_offered_in_the_right_form() -> None:
    assert mended_number("约1.2亿人次").startswith("write 120000000")
    assert mended_number("several") == "write digits: 12, 3.5"
    assert mended_slug("Xi'an City") == "write xian-city"
    assert "small letters" in mended_slug("西安")
    assert mended_truth("yes") == "write true"
    assert mended_truth("否") == "write false"


@given(st.text(max_size=60))
def test_no_text_makes_the_mends_fail(text: str) -> None:
    assert mended_day(text)
    assert mended_number(text)
    assert mended_slug(text)
    assert mended_truth(text)


_YAMLISH = st.text(alphabet="ab:-[]{},&*!|>'\"#?% \n", max_size=40)


@given(_YAMLISH)
def test_no_text_makes_the_search_for_slips_fail(text: str) -> None:
    try:
        msgspec.convert(read_plain(text), Week, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError):
        assert problems_of(text, "x.yaml", Week)


@given(_YAMLISH)
def test_no_anchor_reference_or_tag_passes_unseen(text: str) -> None:
    try:
        events = list(yaml.parse(text, Loader=PlainLoader))
    except yaml.YAMLError:
        return
    marked = any(
        isinstance(event, yaml.AliasEvent)
        or getattr(event, "anchor", None)
        or getattr(event, "tag", None)
        for event in events
    )
    if marked:
        with pytest.raises(yaml.YAMLError):
            read_plain(text)


def test_the_quick_reading_gives_what_yaml_gives() -> None:
    for path in sorted(PACKAGED_KNOWLEDGE.glob("*/**/*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert read_plain(text) == yaml.load(text, Loader=PlainLoader), path  # noqa: S506


def test_a_refused_text_is_an_error_of_yaml_so_that_callers_need_one_except() -> None:
    assert issubclass(NotPlain, yaml.YAMLError)


@pytest.mark.parametrize(
    ("old", "new", "message", "mend"),
    [
        ("publisher: CNIPA", "publisher: CNIPA #1", '"#1" is lost', "quotation marks"),
        ("{en: opening", "{en: 'opening'", "goes on behind the quotation mark", "other sort"),
        ("publisher: CNIPA", 'publisher: "CNIPA" of', "goes on behind the", "other sort"),
        ("kinds: [launch]", "kinds: [launch，seminar]", "launch，seminar", "ordinary comma"),
        ("kinds: [launch]", "kinds: [启动仪式]", "启动仪式", "vocabulary/kinds.yaml"),
        ("place: fuzhou", "place: 福州", "福州", "vocabulary/places.yaml"),
        ("url: https://english.cnipa", "url: https://english. cnipa", "web address", "the space"),
        ("url: https://english", "url: english", "web address", "https://english"),
        (
            "year: 2021\n",
            "<<<<<<< HEAD\nyear: 2021\n=======\nyear: 2020\n>>>>>>> other\n",
            "git has left two versions",
            "keep one",
        ),
    ],
)
def test_what_people_write_by_habit_is_told_with_its_mend(
    folder: Path, old: str, new: str, message: str, mend: str
) -> None:
    line, (problem,) = found(folder, old, new)
    assert problem.line == line
    assert message in problem.message
    assert mend in problem.mend


def test_a_hash_in_quotation_marks_or_before_a_remark_cuts_nothing(folder: Path) -> None:
    for new in ('"CNIPA #1"', "CNIPA  # as on the page", "C#1"):
        assert found(folder, "publisher: CNIPA", f"publisher: {new}")[1] == []
        replace(folder, WEEK, f"publisher: {new}", "publisher: CNIPA")


def test_a_list_whose_heading_is_gone_is_told_once(folder: Path) -> None:
    line, (problem,) = found(folder, "\nactivities:\n", "\n")
    assert abs(problem.line - line) <= 2
    assert '"activities:" is missing' in problem.message

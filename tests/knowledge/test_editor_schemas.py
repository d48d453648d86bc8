"""The JSON Schemas for editors: fresh, true to the files, and helpful."""

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.knowledge.editor_schemas import (
    SCHEMAS,
    VOCABULARY_HEADER,
    WEEK_HEADER,
    editor_schema,
    rendered,
    write_editor_schemas,
)
from bot.knowledge.facts import Week
from bot.knowledge.loader import PACKAGED_KNOWLEDGE
from bot.knowledge.vocabulary import Vocabulary

FILES = [
    *((path, Week, WEEK_HEADER) for path in sorted(PACKAGED_KNOWLEDGE.glob("weeks/*/*.yaml"))),
    *(
        (path, Vocabulary, VOCABULARY_HEADER)
        for path in sorted(PACKAGED_KNOWLEDGE.glob("vocabulary/*.yaml"))
    ),
]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_in_the_folder_are_those_of_the_types(name: str) -> None:
    text = (PACKAGED_KNOWLEDGE / "schemas" / name).read_text(encoding="utf-8")

    assert text == rendered(SCHEMAS[name]), "run: python -m bot.knowledge.editor_schemas"


def test_every_knowledge_file_names_its_schema_in_its_first_line() -> None:
    without = [
        f"{path.relative_to(PACKAGED_KNOWLEDGE)}: {header}"
        for path, _, header in FILES
        if path.read_text(encoding="utf-8").split("\n", 1)[0] != header
    ]

    assert without == []


def test_the_schema_that_a_file_names_is_there() -> None:
    for path, _, header in FILES:
        assert (path.parent / header.split("$schema=")[1]).is_file()


def test_an_editor_underlines_nothing_in_the_files_that_the_bot_accepts() -> None:
    validators: dict[type, Draft7Validator] = {
        kind: Draft7Validator(editor_schema(kind)) for kind in (Week, Vocabulary)
    }
    for path, kind, _ in FILES:
        errors = validators[kind].iter_errors(_as_editors_read(path))
        assert [f"{path.name}: {error.json_path}: {error.message}" for error in errors] == []


def _as_editors_read(path: Path) -> object:
    """The values as an editor takes them: numbers and truth values, but no dates."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_EditorLoader)  # noqa: S506


class _EditorLoader(yaml.CSafeLoader):
    """YAML without its dates, as editors read it today."""


_EditorLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
    for letter, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("kind", [Week, Vocabulary])
def test_the_schemas_are_valid_json_schema(kind: type) -> None:
    Draft7Validator.check_schema(editor_schema(kind))


def test_an_editor_underlines_a_misspelt_key_and_a_wrong_word() -> None:
    validator = Draft7Validator(editor_schema(Week))
    week = {"region": "fujian", "year": 2021, "modality": "plan", "sources": [], "tehme": {}}

    assert len(list(validator.iter_errors(week))) == 2


def test_the_help_is_what_stands_below_the_field_and_its_type() -> None:
    schema = editor_schema(Week)
    activity = schema["$defs"]["Activity"]["properties"]

    assert activity["kinds"]["description"].startswith("Ids from vocabulary/kinds.yaml")
    assert "announced" in activity["modality"]["description"]
    assert activity["until"]["description"].endswith("Form: a day, written 2021-04-20.")


def test_completion_never_writes_an_empty_value(tmp_path: Path) -> None:
    for path in write_editor_schemas(tmp_path / "schemas"):
        text = path.read_text(encoding="utf-8")
        assert '"default"' not in text
        assert '"null"' not in text

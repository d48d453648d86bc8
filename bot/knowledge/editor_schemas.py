"""JSON Schemas for editors: completion, help and red underlines while a file is written.

Made from the types in `facts` and `vocabulary`; the help is what stands below each field
there. `python -m bot.knowledge.editor_schemas` writes them to knowledge/schemas/; the
first line of each knowledge file names its schema.
"""

import ast
import inspect
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bot.knowledge import facts, vocabulary
from bot.knowledge.facts import Week
from bot.knowledge.loader import PACKAGED_KNOWLEDGE
from bot.knowledge.vocabulary import Vocabulary

SCHEMAS: dict[str, type] = {
    "week.schema.json": Week,
    "vocabulary.schema.json": Vocabulary,
}
"""File in knowledge/schemas/ → the type that it describes."""
WEEK_HEADER = "# yaml-language-server: $schema=../../schemas/week.schema.json"
"""The first line of a week's file; editors find the schema by it."""
VOCABULARY_HEADER = "# yaml-language-server: $schema=../schemas/vocabulary.schema.json"
"""The first line of a vocabulary file."""
_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The one that the YAML extension of VS Code knows best."""


def editor_schema(kind: type) -> dict[str, Any]:
    """The JSON Schema of a type, with help for each key."""
    definitions: dict[str, Any] = _simplified(msgspec.json.schema(kind)["$defs"])
    helps = field_helps()
    for name, definition in definitions.items():
        _add_helps(definition, helps.get(name, {}))
    own = definitions.pop(kind.__name__)
    return {"$schema": _DIALECT, **own, "$defs": definitions}


def rendered(kind: type) -> str:
    """The schema of a type as the text of its file."""
    return json.dumps(editor_schema(kind), indent=2, ensure_ascii=False) + "\n"


def write_editor_schemas(folder: Path) -> list[Path]:
    """Write all schemas into knowledge/schemas; the files that are written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, kind in SCHEMAS.items():
        path = folder / name
        path.write_text(rendered(kind), encoding="utf-8")
        paths.append(path)
    return paths


def _add_helps(definition: dict[str, Any], helps: dict[str, str]) -> None:
    """Put the help of each field above the form of its value, which msgspec knows."""
    for key, property_ in definition.get("properties", {}).items():
        form = property_.get("description", "")
        help_ = helps.get(key, "")
        if help_:
            property_["description"] = f"{help_} Form: {form}." if form else help_


def _simplified(schema: Any) -> Any:
    """The schema as editors should see it.

    Without empty values and defaults, which completion would write into the file. Free
    texts may be what editors take for numbers or truth values, `[88, true]`: the bot
    reads every value as text.
    """
    if isinstance(schema, list):
        return [_simplified(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _simplified(value) for key, value in schema.items() if key != "default"}
    if found.get("type") == "string" and "pattern" not in found:
        found["type"] = ["string", "number", "boolean"]
    alternatives = [one for one in found.get("anyOf", ()) if one.get("type") != "null"]
    if len(alternatives) == 1:
        return {**{key: value for key, value in found.items() if key != "anyOf"}, **alternatives[0]}
    return found


def field_helps() -> dict[str, dict[str, str]]:
    """Class → key in the file → what stands below its field, or below the type of the field."""
    helps: dict[str, dict[str, str]] = {}
    meanings: dict[str, str] = {}
    for module in (facts, vocabulary):
        body = ast.parse(inspect.getsource(module)).body
        meanings.update((name, text) for name, text, _ in _docstrings(body))
        for node in body:
            if isinstance(node, ast.ClassDef):
                keys = {
                    f.name: f.encode_name for f in msgspec.structs.fields(vars(module)[node.name])
                }
                helps[node.name] = {
                    keys[name]: " ".join(filter(None, (text, *_meanings(annotation, meanings))))
                    for name, text, annotation in _docstrings(node.body)
                    if name in keys
                }
    return helps


def _docstrings(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str, ast.expr | None]]:
    """Name, text below it and type of each assignment."""
    for statement, below in zip(body, [*body[1:], None], strict=True):
        text = ""
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            text = " ".join(str(below.value.value).split())
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, text, statement.annotation
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield statement.targets[0].id, text, None


def _meanings(annotation: ast.expr | None, meanings: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(annotation) if annotation is not None else ():
        if isinstance(node, ast.Name) and meanings.get(node.id):
            yield meanings[node.id]


if __name__ == "__main__":
    for written in write_editor_schemas(PACKAGED_KNOWLEDGE / "schemas"):
        print(written)

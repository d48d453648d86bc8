"""Finds every problem of one file, with line and column, in words for maintainers.

Only called when a file could not be read or does not fit its type. The types themselves
are the schema: msgspec makes a JSON Schema of them, the library jsonschema compares,
and here each difference is put into words: what was found, what was expected, the
likely mend.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from yaml.nodes import Node

from bot.errors import Problem
from bot.knowledge.mends import (
    mended_address,
    mended_day,
    mended_number,
    mended_slug,
    mended_truth,
    short,
)
from bot.knowledge.plain_yaml import (
    MAX_CHARACTERS,
    ValuePath,
    node_at,
    oddities,
    too_deep,
    values_of,
)
from bot.knowledge.syntax import Shape, recover

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

Schema = Mapping[str, Any]
MAX_ROUNDS = 5
"""How often what stands below a slip is read anew for anchors, tags and further slips."""


def problems_of(text: str, shown: str, kind: type) -> list[Problem]:
    """All problems of a file that does not fit its type, by line.

    Args:
        text: the file's content.
        shown: the file's name as maintainers know it.
        kind: the msgspec type that the file should fit: Week or Vocabulary.

    """
    deep = too_deep(text)
    if deep is not None:
        return [_too_deep(text, deep, shown)]
    try:
        found = list(_findings(text, kind))
    except RecursionError:
        return [_too_deep(text, 0, shown)]
    unique = {(finding.line, finding.column, finding.message): finding for finding in found}
    ordered = sorted(unique.values(), key=lambda finding: (finding.line, finding.column))
    return [Problem(shown, f.line + 1, f.column + 1, f.message, f.mend) for f in ordered]


@dataclass(frozen=True, slots=True)
class _Finding:
    """One thing that is wrong, at a line and column counted from 0."""

    line: int
    column: int
    message: str
    mend: str = ""


def _too_deep(text: str, index: int, shown: str) -> Problem:
    if len(text) > MAX_CHARACTERS:
        message = f"the file is too long to be a knowledge file ({len(text):,} characters)"
        return Problem(shown, 1, 0, message, "split it into several files")
    line = text.count("\n", 0, index) + 1
    message = "brackets or lists stand within one another, far too deeply"
    return Problem(shown, line, 0, message, "close the brackets that were opened")


def _findings(text: str, kind: type) -> Iterator[_Finding]:
    shape = Shape(frozenset(_field_types(kind)), lambda values: _fits(values, kind))
    text, conflicts = _without_conflicts(text)
    yield from conflicts
    touched: set[int] = set()
    left_out = False
    for _ in range(MAX_ROUNDS):
        text, odd = _without_oddities(text)
        yield from odd
        touched.update(finding.line for finding in odd)
        recovered = recover(text, shape)
        for slip in recovered.slips:
            yield _Finding(slip.line, slip.column, slip.message, slip.mend)
        left_out = left_out or recovered.left_out
        text = recovered.text
        if not recovered.slips:
            break
    doubled: list[_Finding] = []
    values = values_of(
        recovered.tree, lambda at, message, mend: doubled.append(_finding_at(at, message, mend))
    )
    yield from doubled
    for finding in _misfits(values, recovered.tree, kind, complete=not left_out):
        if finding.line not in touched:
            yield finding


_CONFLICT = re.compile(r"(?ms)^<{7}(?: [^\n]*)?\n(.*?)^={7}\n(.*?)^>{7}[^\n]*$")


def _without_conflicts(text: str) -> tuple[str, list[_Finding]]:
    """The text with the first of two versions where git has left both, and where that is."""
    found: list[_Finding] = []

    def first_version(match: "re.Match[str]") -> str:
        message = "git has left two versions of these lines, since two people changed them"
        mend = "keep one, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"
        found.append(_Finding(text.count("\n", 0, match.start()), 0, message, mend))
        return f"\n{match[1]}\n" + "\n" * match[2].count("\n")

    return _CONFLICT.sub(first_version, text), found


def _without_oddities(text: str) -> tuple[str, list[_Finding]]:
    """The text with anchors, tags and the like blanked out, and what they were."""
    found: list[_Finding] = []
    pieces = list(text)
    for oddity in oddities(text):
        line = text.count("\n", 0, oddity.index)
        column = oddity.index - (text.rfind("\n", 0, oddity.index) + 1)
        found.append(_Finding(line, column, oddity.message, oddity.mend))
        filler = "x" if text.startswith("*", oddity.index) else " "
        pieces[oddity.index : oddity.end] = filler * (oddity.end - oddity.index)
    return "".join(pieces), found


def _finding_at(node: Node | None, message: str, mend: str = "") -> _Finding:
    if node is None:
        return _Finding(0, 0, message, mend)
    return _Finding(node.start_mark.line, node.start_mark.column, message, mend)


# --- which values do not fit their types -----------------------------------------------


def _field_types(kind: type) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}


def _fits(values: Any, kind: type) -> bool:
    """Whether sections of a file fit; that some are missing or empty does not matter."""
    if not isinstance(values, dict):
        return values is None
    types = _field_types(kind)
    return all(
        key in types and (value is None or _converts(value, types[key]))
        for key, value in values.items()
    )


def _converts(value: Any, type_: Any) -> bool:
    try:
        msgspec.convert(value, type_, strict=False)
        return True
    except msgspec.ValidationError:
        return False


def _misfits(values: Any, node: Node | None, kind: type, *, complete: bool) -> Iterator[_Finding]:
    described = _described(kind)
    if values is None:
        if complete:
            yield _Finding(
                0, 0, "the file is empty", f"it should hold {described.called(kind.__name__)}"
            )
        return
    found = 0
    for misfit in _compare(values, kind, described, complete=complete):
        found += 1
        at = node_at(node, misfit.path, key=misfit.at_key)
        yield _finding_at(at, misfit.message, misfit.mend)
    if not found and complete:
        yield from _last_resort(values, node, kind)


def _last_resort(values: Any, node: Node | None, kind: type) -> Iterator[_Finding]:
    """What msgspec itself says, where jsonschema finds nothing."""
    try:
        msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$")
        steps = tuple(
            int(index) if index else key for key, index in re.findall(r"\.([\w-]+)|\[(\d+)\]", path)
        )
        yield _finding_at(node_at(node, steps), f"this value does not fit: {said}")


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A value that does not fit, by its path."""

    path: ValuePath
    message: str
    mend: str = ""
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class _Described:
    """A type as JSON Schema."""

    root: Schema
    validator: "Draft202012Validator"

    def resolved(self, schema: Schema) -> Schema:
        """The schema that a reference stands for; the schema itself when it is none."""
        reference = schema.get("$ref")
        if reference is None:
            return schema
        target: Schema = self.root["$defs"][reference.rsplit("/", 1)[-1]]
        return target

    def called(self, title: str) -> str:
        """How maintainers call a type."""
        return _CALLED.get(title, title.lower())

    def homes(self, key: str) -> list[str]:
        """The types that have a key."""
        return [
            name
            for name, schema in self.root["$defs"].items()
            if key in schema.get("properties", ())
        ]


_CALLED = {
    "Week": "a week", "Vocabulary": "vocabulary", "Text": "a text {en: …, zh: …}",
    "Words": "words {en: […], zh: […]}", "BilingualWords": "words {en: […], zh: […]}",
    "Source": "a source", "Figure": "a figure",
    "DateSpan": "days {from: …, to: …}", "YearSpan": "years {from: …, to: …}",
    "Part": "a part", "Activity": "an activity", "Name": "a name", "Place": "a place",
    "Kind": "a kind", "NameKind": "a kind of name", "Attribute": "an attribute",
    "CheckedQuestion": "a question", "ThemeVariant": "another wording of the theme",
    "Edition": "a count of editions",
    "SmallTalk": "small talk", "Operator": "an operator", "Subject": "a subject",
    "Detail": "a detail", "Concept": "a concept",
    "TelegramWording": "the wording of the channel", "CommandText": "a command",
    "Questions": "the questions of commands", "Examples": "the examples",
}  # fmt: skip


@lru_cache(maxsize=8)
def _described(kind: type) -> _Described:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    schema = msgspec.json.schema(kind)
    keywords = Draft202012Validator.VALIDATORS
    changed = {name: _lenient(keywords[name]) for name in ("type", "minimum", "maximum")}
    lenient = extend(Draft202012Validator, changed)  # type: ignore[no-untyped-call]
    return _Described(schema, lenient(schema))


_SHAPES: dict[type, str] = {str: "string", dict: "object", list: "array"}
_SCALARS: dict[str, type] = {"integer": int, "number": float, "boolean": bool}


def _lenient(keyword: Any) -> Any:
    """A keyword of jsonschema that takes numbers and truth values from texts, as msgspec does."""

    def check(validator: Any, value: Any, instance: Any, schema: Schema) -> Iterator[Any]:
        wanted = _SCALARS.get(schema.get("type", ""))
        if wanted is not None and isinstance(instance, str):
            with suppress(msgspec.ValidationError):
                instance = msgspec.convert(instance, wanted, strict=False)
        yield from keyword(validator, value, instance, schema) or ()

    return check


def _compare(
    values: Any, kind: type, described: _Described, *, complete: bool
) -> Iterator[_Misfit]:
    """Compare section by section, entry by entry; what fits its type is not looked at again."""
    root = described.resolved(described.root)
    if not isinstance(values, dict):
        yield from _wrong_type((), values, root, described)
        return
    types = _field_types(kind)
    lost = dict(_lost_heads(values, types))
    known = {**values, **{name: [] for name, _ in lost.values()}}
    yield from _unknown_and_missing((), known, root, described, complete=complete)
    for key, value in values.items():
        if key not in types or _converts(value, types[key]):
            continue
        schema = root["properties"][key]
        if isinstance(value, list) and schema.get("type") == "array":
            name, end = lost.get(key, ("", len(value)))
            if name:
                message = f'from here on these are {name}, but the line "{name}:" is missing'
                yield _Misfit((key, end), message, f'write "{name}:" above this line')
            for index, item in enumerate(value[:end]):
                if not _converts([item], types[key]):
                    yield from _compare_with(item, schema["items"], (key, index), described)
        else:
            yield from _compare_with(value, schema, (key,), described)


def _lost_heads(
    values: Mapping[str, Any], types: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, int]]]:
    """Lists that go on with entries of a section whose own line is gone.

    For each the name of that section, and the number of its first entry.
    """
    absent = [name for name in types if name not in values]
    for key, value in values.items():
        if key not in types or not isinstance(value, list):
            continue
        for index, item in enumerate(value):
            if not isinstance(item, dict) or _converts([item], types[key]):
                continue
            name = next((name for name in absent if _converts([item], types[name])), "")
            if name:
                yield key, (name, index)
            break


def _compare_with(
    value: Any, schema: Schema, path: ValuePath, described: _Described
) -> Iterator[_Misfit]:
    for error in described.validator.descend(value, schema):
        yield from _in_words(error, path, described)


# --- in words --------------------------------------------------------------------------


def _in_words(
    error: "ValidationError", path: ValuePath, described: _Described
) -> Iterator[_Misfit]:
    where: ValuePath = (*path, *error.relative_path)
    value = error.instance
    schema: Schema = error.schema if isinstance(error.schema, Mapping) else {}
    match error.validator:
        case "anyOf":
            yield from _no_alternative(error, where, schema, described)
        case "additionalProperties" | "required":
            yield from _unknown_and_missing(where, value, schema, described, complete=True)
        case "type":
            yield from _wrong_type(where, value, schema, described)
        case "enum":
            yield _not_allowed(where, value, schema["enum"])
        case "pattern" | "minimum" | "maximum":
            at_key = "propertyNames" in error.schema_path
            place = (*where, str(value)) if at_key else where
            yield _wrong_form(place, value, schema, at_key=at_key)
        case "maxLength":
            found = f'found "{short(str(value))}"'
            yield _Misfit(where, f"{found}, expected no more characters than {schema['maxLength']}")
        case _:
            yield _Misfit(where, f"this value does not fit: {error.message}")


def _no_alternative(
    error: "ValidationError", where: ValuePath, schema: Schema, described: _Described
) -> Iterator[_Misfit]:
    """None of several types fits: the one that has the value's shape is spoken of."""
    wanted = _SHAPES.get(type(error.instance), "null")
    for index, branch in enumerate(schema["anyOf"]):
        own = described.resolved(branch)
        shape = own.get("type", "string" if "enum" in own else "")
        if shape == wanted or (wanted == "string" and shape in _SCALARS):
            for inner in error.context or ():
                if inner.schema_path[0] == index:
                    yield from _in_words(inner, where, described)
            return
    yield from _wrong_type(where, error.instance, schema, described)


def _unknown_and_missing(
    path: ValuePath, value: Any, schema: Schema, described: _Described, *, complete: bool
) -> Iterator[_Misfit]:
    if not isinstance(value, dict):
        return
    known = list(schema.get("properties", ()))
    meant: set[str] = set()
    for key in value:
        if key not in known:
            guess = _likely(key, [name for name in known if name not in value] or known)
            meant.add(guess)
            misfit = _unknown_key(key, guess, value[key] is None, schema, described)
            yield replace(misfit, path=(*path, key))
    if not complete:
        return
    for name in schema.get("required", ()):
        if name not in value and name not in meant:
            yield _missing_key(path, name, value, schema, described)


def _likely(word: str, choices: Sequence[str]) -> str:
    close = get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return close[0] if close else ""


def _unknown_key(
    key: str, guess: str, empty: bool, schema: Schema, described: _Described
) -> _Misfit:
    owner = described.called(schema.get("title", "this entry"))
    message = f'there is no key "{short(key)}" in {owner}'
    if guess:
        mend = f'did you mean "{guess}"?'
    elif empty:
        mend = "if it belongs to the text before it, put that text in quotation marks"
    elif homes := described.homes(key):
        places = " or ".join(described.called(home) for home in homes[:2])
        mend = f"it belongs to {places}: check the spaces in front of the line"
    else:
        mend = f"keys here are: {', '.join(schema.get('properties', ()))}"
    return _Misfit((key,), message, mend, at_key=True)


def _missing_key(
    path: ValuePath, name: str, value: Mapping[str, Any], schema: Schema, described: _Described
) -> _Misfit:
    """Reported at the line above which the missing key usually stands."""
    owner = described.called(schema.get("title", "this entry"))
    known = list(schema["properties"])
    wanted = schema["properties"][name]
    before = [key for key in known[: known.index(name)] if key in value]
    if not path and described.resolved(wanted).get("type") not in ("array", "object"):
        before = [key for key in before if isinstance(value[key], str)]
    present = list(value)
    last = max((present.index(key) for key in before), default=-1)
    of = f' "{value["id"]}"' if isinstance(value.get("id"), str) else ""
    message = f'"{name}" is missing in {owner}{of}'
    mend = f'add "{name}:" with {_expected(wanted, described)}'
    if last + 1 < len(present):
        return _Misfit((*path, present[last + 1]), message, f"{mend} above this line", at_key=True)
    return _Misfit((*path, present[-1]) if present else path, message, mend, at_key=True)


def _not_allowed(path: ValuePath, value: Any, allowed: Sequence[str]) -> _Misfit:
    choices = f"{', '.join(allowed[:-1])} or {allowed[-1]}"
    if not isinstance(value, str):
        return _Misfit(
            path, f"found {_found(value)}, expected {choices}", "write one of these words"
        )
    guess = _likely(value, allowed)
    mend = f'did you mean "{guess}"?' if guess else f"write {choices}"
    return _Misfit(path, f'"{short(value)}" is not allowed here, expected {choices}', mend)


def _wrong_form(path: ValuePath, value: Any, schema: Schema, *, at_key: bool) -> _Misfit:
    """A text or number that is not of the form that its field needs."""
    expected = schema.get("description", "another form")
    text = str(value)
    if schema.get("type") == "integer":
        mend = ""
    elif r"\d{4}" in schema["pattern"]:
        mend = mended_day(text)
    elif "http" in schema["pattern"]:
        mend = mended_address(text)
    else:
        mend = mended_slug(text)
        where = _LISTED.get(_last_key(path))
        if where and re.search("[\u4e00-\u9fff]", text):
            mend = f"write the id that stands beside this name in {where}"
    if expected == _ID:
        expected = f"an id in {_ID}"
    return _Misfit(path, f'found "{short(text)}", expected {expected}', mend, at_key)


_LISTED = {
    "region": "vocabulary/places.yaml", "place": "vocabulary/places.yaml",
    "parent": "vocabulary/places.yaml", "capital": "vocabulary/places.yaml",
    "kinds": "vocabulary/kinds.yaml", "broader": "vocabulary/kinds.yaml",
    "kind": "vocabulary/name_kinds.yaml", "details": "vocabulary/attributes.yaml",
}  # fmt: skip
"""Keys of ids, and the files in which these stand."""


def _last_key(path: ValuePath) -> str:
    steps = [step for step in path if isinstance(step, str)]
    return "details" if "details" in steps else steps[-1] if steps else ""


def _wrong_type(
    path: ValuePath, value: Any, schema: Schema, described: _Described
) -> Iterator[_Misfit]:
    schema = described.resolved(schema)
    message = f"found {_found(value)}, expected {_expected(schema, described)}"
    yield _Misfit(path, message, _mend_type(value, schema))


_ID = "lower-case-words-with-hyphens"
_PLAIN_TYPES = {
    "string": "a text", "number": "a number", "integer": "a whole number",
    "boolean": "true or false",
}  # fmt: skip


def _expected(schema: Schema, described: _Described) -> str:
    schema = described.resolved(schema)
    if "anyOf" in schema:
        alternatives = [s for s in schema["anyOf"] if s.get("type") != "null"]
        return " or ".join(_expected(s, described) for s in alternatives)
    if "enum" in schema:
        return f"{', '.join(schema['enum'][:-1])} or {schema['enum'][-1]}"
    if schema.get("type") == "object" and "title" in schema:
        return described.called(schema["title"])
    if schema.get("type") == "array":
        return f"a list [{_expected(schema['items'], described)}, …]"
    if schema.get("description") == _ID:
        return "an id"
    name: str = schema.get("description") or _PLAIN_TYPES.get(schema.get("type", ""), "keys")
    return name


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'the text "{short(value)}"'
    if isinstance(value, list):
        return "a list"
    return f"the keys {short(', '.join(value))}"


def _mend_type(value: Any, schema: Schema) -> str:
    wanted = schema.get("type", "")
    if "anyOf" in schema:
        return "begin a new line and check the spaces in front" if value is None else ""
    if value is None:
        return "write the value, or take the line out"
    if isinstance(value, str):
        if wanted == "array":
            return f"write it in brackets: [{short(value.strip('[]'))}]"
        if schema.get("title") in ("Text", "Words"):
            language = "zh" if re.search("[\u4e00-\u9fff]", value) else "en"
            inner = short(value) if schema["title"] == "Text" else f"[{short(value)}]"
            return f"write {{{language}: {inner}}}"
        if wanted in ("integer", "number"):
            return mended_number(value)
        return mended_truth(value) if wanted == "boolean" else ""
    if isinstance(value, list):
        return "take the brackets or the hyphens off" if wanted != "array" else ""
    if wanted == "array":
        return "begin each entry with a hyphen and a space"
    return "if it is one text, put the whole text in quotation marks" if wanted == "string" else ""

"""The problems of a knowledge folder, written for a person, a program or a code review."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bot.errors import Problem

Format = Literal["text", "json", "github"]


def report(problems: Sequence[Problem], format: Format, folder: Path) -> str:
    """All problems, one a line, and how many there are; "json" is a single object."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if format == "json":
        return json.dumps(
            {"errors": errors, "warnings": warnings, "problems": [_fields(p) for p in problems]},
            ensure_ascii=False, indent=2,
        )  # fmt: skip
    write = _github if format == "github" else _text
    lines = [write(problem, folder) for problem in problems]
    return "\n".join([*lines, _closing(errors, warnings)])


def _closing(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return "The knowledge is in order."
    return f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _text(problem: Problem, _: Path) -> str:
    return f"{problem.severity}: {problem}"


def _fields(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file, "line": problem.line, "column": problem.column,
        "severity": problem.severity, "message": problem.message, "mend": problem.mend,
    }  # fmt: skip


def _github(problem: Problem, folder: Path) -> str:
    """A workflow command, which GitHub shows at the line in a review."""
    path = folder / problem.file
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    place = f"file={_property(path.as_posix())}"
    if problem.line:
        place += f",line={problem.line}"
        if problem.column:
            place += f",col={problem.column}"
    text = f"{problem.message} – {problem.mend}" if problem.mend else problem.message
    return f"::{problem.severity} {place}::{_escaped(text)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")

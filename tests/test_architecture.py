"""The shape of the code: layers, names, lengths. README's chapter on it holds."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import errors
from tests.conftest import ROOT

CODE = sorted((ROOT / "bot").rglob("*.py"))
MOST_LINES = 40
LONG_FUNCTIONS: dict[str, int] = {}
"""Functions that are longer all the same: "file:name" → lines. A debt; it may only shrink."""
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "misc"}
"""Words that name no thing of the subject; neither a module nor a function may be called so."""
SAY_NOTHING_OF_A_FUNCTION = SAY_NOTHING | {"process", "do", "info", "data", "handle_all"}


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a file, methods too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_imports_keep_to_the_layers() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_is_named_after_what_it_is_about(file: Path) -> None:
    words = {
        word for part in file.relative_to(ROOT).with_suffix("").parts for word in part.split("_")
    }
    assert words & (SAY_NOTHING - {"base"}) == set()
    assert file.parent.name != "telegram"


def test_functions_fit_on_a_screen() -> None:
    long = {
        f"{file.relative_to(ROOT).as_posix()}:{function.name}": length
        for file in CODE
        for function in functions(file)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES
    }
    assert long == LONG_FUNCTIONS


def test_functions_are_named_after_what_they_give_or_do() -> None:
    for file in CODE:
        for function in functions(file):
            assert function.name.strip("_") not in SAY_NOTHING_OF_A_FUNCTION, (
                f"{file}: {function.name}"
            )


@pytest.mark.parametrize("file", CODE, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not text or ast.get_docstring(ast.parse(text))


def test_the_family_of_errors_is_drawn_at_its_top() -> None:
    family = [
        name for name, it in vars(errors).items()
        if isinstance(it, type) and issubclass(it, errors.IpweekError)
    ]  # fmt: skip
    drawn = errors.__doc__ or ""
    assert [name for name in family if name not in drawn] == []


def test_nothing_is_done_at_import() -> None:
    """Importing every module neither prints, nor opens a connection, nor needs a setting."""
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in CODE
        if file.name not in {"__main__.py", "__init__.py"}
    ]
    code = "import importlib\nfor name in " + repr(modules) + ": importlib.import_module(name)"
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, timeout=60,
        env={"PATH": ""}, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")

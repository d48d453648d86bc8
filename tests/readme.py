"""README's examples: runs its ```console blocks, and writes what comes out anew.

    python -m tests.readme        rewrites README.md; read the difference before it is shared

In a block, "$ " begins a command and "> " a line typed into the conversation; all else is
what is printed. A line "[…]" stands for lines that are left out. How lines are broken does
not count. `make chat` and `make ask` are run without making the environment first.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
LEFT_OUT = "[…]"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BOT = (sys.executable, "-m", "bot")


@dataclass(frozen=True, slots=True)
class Example:
    """A command of README with what it says to be printed."""

    command: str
    printed: str
    """With the lines that are typed, each after "> "."""

    @property
    def typed(self) -> str:
        """What is typed into the conversation."""
        lines = [line[2:] for line in self.printed.splitlines() if line.startswith("> ")]
        return "".join(line + "\n" for line in lines)


def examples(text: str) -> Iterator[Example]:
    """All commands of all blocks."""
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield Example(command, printed.strip("\n"))


def can_run(command: str) -> bool:
    """Whether a command is run; those that set up or serve are not."""
    return _arguments(command) is not None


def run(example: Example) -> str:
    """What the command prints, with what is typed before each answer."""
    arguments = _arguments(example.command)
    assert arguments is not None
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        arguments, cwd=ROOT, env=environment, input=example.typed, timeout=60, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    if process.returncode not in {0, 1} or "Traceback" in process.stdout:
        raise RuntimeError(f"{example.command}: {process.stdout}")
    return process.stdout.strip("\n")


def _arguments(command: str) -> list[str] | None:
    words = shlex.split(command)
    if words[:2] == ["make", "chat"]:
        return [*_BOT, "chat"]
    if words[0] == ".venv/bin/ipweek" and words[1] != "run":
        return [*_BOT, *words[1:]]
    return None


def agrees(example: Example, printed: str) -> bool:
    """Whether a command printed what README says."""
    said = "\n".join(line for line in example.printed.split("\n") if not line.startswith("> "))
    pattern = ".*".join(re.escape(_unbroken(part)) for part in said.split(LEFT_OUT))
    return re.fullmatch(pattern, _unbroken(printed), re.DOTALL) is not None


def _unbroken(text: str) -> str:
    return "".join(text.split())


def rewritten(text: str) -> str:
    """README with every example's output as it is now; those with lines left out stay."""
    return _BLOCK.sub(lambda block: f"```console\n{_block_anew(block.group())}```", text)


def _block_anew(block: str) -> str:
    parts: list[str] = []
    for example in examples(block):
        shown = example.printed
        if can_run(example.command) and LEFT_OUT not in shown:
            shown = _with_typed(example) if example.typed else _folded(run(example))
        parts.append(f"$ {example.command}\n{shown}\n")
    return "\n".join(parts)


def _with_typed(example: Example) -> str:
    """The conversation, each answer after its question."""
    typed = example.typed.splitlines()
    parts: list[str] = []
    for count in range(len(typed) + 1):
        so_far = Example(example.command, "\n".join("> " + line for line in typed[:count]))
        printed = run(so_far)
        before = "".join(_unbroken(part) for part in parts)
        parts.append(_after(printed, before))
    shown = [parts[0]]
    for line, answer in zip(typed, parts[1:], strict=True):
        shown.extend([f"> {line}", answer])
    return "\n\n".join(part for part in shown if part)


def _after(printed: str, before: str) -> str:
    """What comes after a beginning, spaces aside."""
    seen, index = 0, 0
    while seen < len(before):
        seen += not printed[index].isspace()
        index += 1
    return printed[index:].strip("\n")


def _folded(text: str) -> str:
    from bot.channels.plain_text import wrapped

    return wrapped(text, 100)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")

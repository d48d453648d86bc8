"""knowledge/README.md, followed word by word, in a copy without the week of its example.

python -m tests.knowledge_guide     writes the outputs and the table of weeks anew
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.assembly import build_assistant
from bot.channels.unanswered_log import UnansweredLog
from bot.checking import find_problems
from bot.knowledge.week_table import week_table, with_table
from tests.readme import LEFT_OUT, ROOT, Example, examples

GUIDE = ROOT / "knowledge" / "README.md"
WEEK = "weeks/2023/ningxia-yinchuan.yaml"
_BLOCK = re.compile(r"^```(console|text|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `(.+?)` \| `(.+?)` \|(.*)\|$", re.MULTILINE)


@dataclass
class Walk:
    """A maintainer's folder, and what was printed there so far."""

    folder: Path
    printed: list[tuple[Example, str]] = field(default_factory=list)

    @property
    def knowledge(self) -> Path:
        """The copy of the knowledge."""
        return self.folder / "knowledge"

    def does(self, kind: str, block: str) -> None:
        """What a block of the guide says."""
        if kind == "text":
            (self.folder / "article.txt").write_text(block, encoding="utf-8")
        elif kind == "yaml":
            (self.knowledge / WEEK).write_text(block, encoding="utf-8")
        else:
            for example in examples(f"```console\n{block}```"):
                if not example.command.startswith("make "):
                    self.printed.append((example, self._run(example.command)))
                if example.command.startswith(".venv/bin/ipweek new week"):
                    self._throw_away_when_seen_twice()

    def _run(self, command: str) -> str:
        words = shlex.split(command)
        assert words[0] == ".venv/bin/ipweek"
        # The copy is no checkout; what git would keep stands in a folder beside it.
        words = ["before" if word == "HEAD" else word for word in words]
        process = subprocess.run(
            [sys.executable, "-m", "bot", *words[1:], "--knowledge", "knowledge"],
            cwd=self.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        assert process.returncode in {0, 1}, process.stdout
        assert "Traceback" not in process.stdout, process.stdout
        return process.stdout.strip("\n")

    def _throw_away_when_seen_twice(self) -> None:
        commands = [example.command for example, _ in self.printed]
        if sum(command.startswith(".venv/bin/ipweek new") for command in commands) == 2:
            shutil.rmtree(self.knowledge / "weeks" / "2026")


@contextmanager
def followed(text: str) -> Iterator[Walk]:
    """A folder in which everything was done that the guide says."""
    with tempfile.TemporaryDirectory() as made:
        walk = Walk(Path(made))
        shutil.copytree(ROOT / "knowledge", walk.knowledge)
        (walk.knowledge / WEEK).unlink()
        shutil.copytree(walk.knowledge, walk.folder / "before")
        _leave_questions(walk.folder / "unanswered.sqlite")
        for kind, block in _BLOCK.findall(text):
            walk.does(kind, block)
        yield walk


def _leave_questions(path: Path) -> None:
    log = UnansweredLog(path)
    day = date(2026, 3, 2)
    for question in (
        "At what time did the IP publicity meeting in Yinchuan start in 2023?",
        "what time did the publicity meeting in Yinchuan start in 2023",
        "Was there a parade in Lhasa?",
    ):
        log.note(question, "no_data", day)


def slips(text: str) -> list[tuple[str, str, str]]:
    """What is written, instead of what, and the message, for each row of the chapter on `check`."""
    chapter = text.partition("## What `check` says")[2].partition("\n## ")[0]
    return [(new, old, said.strip()) for new, old, said in _ROW.findall(chapter)]


def said_of(written: str, instead: str, text: str) -> str:
    """What `check` says of the guide's week with a slip in it; only of the first problem."""
    week = next(block for kind, block in _BLOCK.findall(text) if kind == "yaml")
    assert instead in week, instead
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(ROOT / "knowledge" / "vocabulary", folder / "vocabulary")
        path = folder / WEEK
        path.parent.mkdir(parents=True)
        path.write_text(week.replace(instead, written, 1), encoding="utf-8")
        found = [one for one in find_problems(folder) if one.file == WEEK]
    assert found, f"{written}: nothing is said"
    problem = found[0]
    mend = f" – {problem.mend}" if problem.mend else ""
    return f"{problem.line}: {problem.message}{mend}".replace("|", "\\|")


def rewritten(text: str) -> str:
    """The guide with every output, message and the table as they are now."""
    for written, instead, _ in slips(text):
        start = f"| `{written}` | `{instead}` |"
        row = next(line for line in text.split("\n") if line.startswith(start))
        text = text.replace(row, f"{start} {said_of(written, instead, text)} |")
    with followed(text) as walk:
        printed = iter(walk.printed)

        def anew(match: "re.Match[str]") -> str:
            kind, block = match.groups()
            if kind != "console" or block.startswith("$ make"):
                return match.group()
            example, output = next(printed)
            shown = example.printed if LEFT_OUT in example.printed else _folded(output)
            return f"```console\n$ {example.command}\n{shown}\n```"

        text = _BLOCK.sub(anew, text)
    return with_table(text, week_table(build_assistant().knowledge))


def _folded(text: str) -> str:
    from bot.channels.plain_text import wrapped

    return wrapped(text, 100)


if __name__ == "__main__":
    GUIDE.write_text(rewritten(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")

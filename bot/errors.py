"""Everything that can go wrong for a person, as one family.

    IpweekError
    ├── KnowledgeProblems   the knowledge folder is broken; lists every problem with file and line
    ├── InputProblem        the input of a command cannot be read
    └── SettingsProblem     a setting is missing or malformed

"Not understood", "ambiguous" and "not published" are answers, not errors: they
are values of `bot.understanding.decision` and `bot.answering.findings`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


class IpweekError(Exception):
    """Base of all errors that are shown to a person; its text is the whole message."""

    exit_code: int = 1
    """What the process returns when this error ends a command."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in the knowledge folder, in words for a maintainer."""

    file: str
    """Path of the file, relative to the knowledge folder where possible."""
    line: int
    """Line, counted from 1; 0 when the problem is the file or folder as a whole."""
    column: int
    """Column, counted from 1; 0 when unknown."""
    message: str
    """What was found and what was expected."""
    mend: str = ""
    """The likely mend, as an instruction; empty when none is known."""
    severity: Literal["error", "warning"] = "error"
    """Errors keep the knowledge from being used; warnings do not."""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        mend = f" – {self.mend}" if self.mend else ""
        return f"{place}: {self.message}{mend}"


class KnowledgeProblems(IpweekError):
    """The knowledge cannot be used; `problems` holds all that was found in one run."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputProblem(IpweekError):
    """The input of a command (a file, standard input) cannot be read as asked."""


class SettingsProblem(IpweekError):
    """A setting is missing or malformed; the text names it in one line."""

    exit_code = 2

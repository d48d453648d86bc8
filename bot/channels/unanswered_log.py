"""Questions that got no answer, and answers that were said to be wrong, in SQLite.

No names and no ids of people are kept: the words alone, in normal form and without
addresses, account names and long numbers, how often they came and on which day last. What
has not come again for 90 days is dropped. The file can be deleted at any time.
"""

import logging
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.errors import InputProblem
from bot.understanding.utterance import normalize

log = logging.getLogger(__name__)

KEPT_DAYS = 90
"""Days after which a question that has not come again is dropped."""
_LONGEST = 300
_MOST_QUESTIONS = 20_000
"""More are not kept: a flood of nonsense must not fill the disk."""
_PERSONAL = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+|\+?\d[\d\s().-]{7,}\d|\d{6,}"
)
"""Addresses of pages and of mail, account names, telephone and other long numbers."""
_TABLES = """
CREATE TABLE IF NOT EXISTS unanswered (
    question TEXT PRIMARY KEY, status TEXT NOT NULL, count INTEGER NOT NULL,
    first_day TEXT NOT NULL, last_day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS wrong (
    question TEXT NOT NULL, answer TEXT NOT NULL, facts TEXT NOT NULL, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS told (what TEXT PRIMARY KEY, day TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer."""

    question: str
    """In normal form."""
    status: str
    """What kind of refusal it met last: no_data, clarify, out_of_scope."""
    count: int
    last_day: str


@dataclass(frozen=True, slots=True)
class SaidWrong:
    """An answer that somebody said to be wrong."""

    question: str
    """The turns of the dialogue, one a line."""
    answer: str
    facts: tuple[str, ...]
    """Each with its file and line."""
    day: str


def without_person(question: str) -> str:
    """The question in normal form, without what may tell who asked."""
    text = _PERSONAL.sub("…", normalize(question)[0])
    return " ".join(text.split())[:_LONGEST].strip(" ?!.，。？！")


class UnansweredLog:
    """The file; nothing that goes wrong with it keeps an answer from being given."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it, for its owner alone.

        Raises InputProblem when that cannot be.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600, exist_ok=True)
            with closing(sqlite3.connect(path)) as file:
                file.execute("PRAGMA journal_mode=WAL")
                file.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise InputProblem(f"{path}: cannot keep questions ({error})") from None
        self._path = path

    def note(self, question: str, status: str, today: date) -> None:
        """One more time this question was not answered."""
        words = without_person(question)
        day = today.isoformat()

        def count(file: sqlite3.Connection) -> None:
            (kept,) = file.execute("SELECT count(*) FROM unanswered").fetchone()
            known = file.execute("SELECT 1 FROM unanswered WHERE question = ?", (words,)).fetchone()
            if known or kept < _MOST_QUESTIONS:
                file.execute(
                    "INSERT INTO unanswered VALUES (?, ?, 1, ?, ?) ON CONFLICT(question) DO UPDATE"
                    " SET count = count + 1, status = excluded.status,"
                    " last_day = excluded.last_day",
                    (words, status, day, day),
                )

        if words:
            self._write(count, today)

    def note_wrong(
        self, turns: Sequence[str], answer: str, facts: Sequence[str], today: date
    ) -> None:
        """Somebody says that the answer to the last of these questions is wrong."""
        question = "\n".join(map(without_person, turns))
        row = (question, answer[:_LONGEST], "\n".join(facts), today.isoformat())
        self._write(lambda file: file.execute("INSERT INTO wrong VALUES (?, ?, ?, ?)", row), today)

    def unanswered(self, since: date | None = None) -> list[Unanswered]:
        """The questions without an answer, the most frequent first."""
        with self._read() as file:
            rows = file.execute(
                "SELECT question, status, count, last_day FROM unanswered WHERE last_day >= ?"
                " ORDER BY count DESC, last_day DESC, question", (str(since or ""),),
            ).fetchall()  # fmt: skip
        return [Unanswered(*row) for row in rows]

    def said_wrong(self) -> list[SaidWrong]:
        """The answers that were said to be wrong, the latest first."""
        with self._read() as file:
            rows = file.execute("SELECT * FROM wrong ORDER BY day DESC, rowid DESC").fetchall()
        return [SaidWrong(row[0], row[1], tuple(row[2].splitlines()), row[3]) for row in rows]

    def is_due(self, what: str, days: int, today: date) -> bool:
        """Whether so many days have gone by since this was last told; then it counts as told.

        The first time it counts as told without being due.
        """
        day = today.isoformat()

        def look(file: sqlite3.Connection) -> bool:
            row = file.execute("SELECT day FROM told WHERE what = ?", (what,)).fetchone()
            due = row is not None and date.fromisoformat(row[0]) + timedelta(days) <= today
            if row is None or due:
                file.execute("INSERT OR REPLACE INTO told VALUES (?, ?)", (what, day))
            return due

        return bool(self._write(look, today))

    def _write(self, change: Callable[[sqlite3.Connection], object], today: date) -> object:
        """Make a change and drop what is old; a failure is logged and otherwise ignored."""
        limit = (today - timedelta(days=KEPT_DAYS)).isoformat()
        try:
            with closing(sqlite3.connect(self._path, timeout=1)) as file, file:
                file.execute("PRAGMA synchronous=OFF")
                file.execute("DELETE FROM unanswered WHERE last_day < ?", (limit,))
                file.execute("DELETE FROM wrong WHERE day < ?", (limit,))
                return change(file)
        except sqlite3.Error as error:
            # Not the error's text: it may quote the question.
            log.error("the log of questions cannot be written (%s)", type(error).__name__)  # noqa: TRY400
            return None

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=1)) as file:
                yield file
        except sqlite3.Error as error:
            raise InputProblem(f"{self._path}: cannot be read ({error})") from None

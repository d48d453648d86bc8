"""How good the answers are: scores the question sets in `tests/questions`.

    python -m tests.evaluate [FILE.jsonl|FILE.txt …] [--knowledge DIR] [-v]

Each line of a set is a dialogue with what its last answer must look like: `status` (the
acceptable ones), `all` (groups of texts; one of each group must occur, case aside), `none`
(texts that must not occur). They are asked of the five weeks that they were written for;
`all_weeks` is asked of the whole knowledge, and its `pair` links a question to its twin in
the other language. A FILE.txt holds questions about other subjects, one a line: they are to
be refused, and how many were answered with facts is told apart.
"""

import argparse
import functools
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.answering.reply import Reply
from bot.assembly import build_assistant
from bot.channels.batch import last_turn
from bot.channels.plain_text import plain_text
from bot.understanding.utterance import read_utterance

QUESTIONS = Path(__file__).with_name("questions")
ASKED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""The time of all questions; "last year" is 2025."""
OF_ALL_WEEKS = frozenset({"all_weeks"})
"""The sets that are asked of the whole knowledge; the others of the five weeks."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A dialogue with what its last answer must look like."""

    id: str
    kind: str
    """What is asked for, such as "fujian-theme"."""
    pair: str
    """What it shares with its twin in the other language; empty when it has none."""
    language: str
    turns: tuple[str, ...]
    statuses: tuple[str, ...]
    """The acceptable ones; the first is the one that it is counted under."""
    groups: tuple[tuple[str, ...], ...]
    """One text of each group must occur."""
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer with what is wrong with it."""

    expected: Expectation
    text: str
    fault: str
    """Empty when nothing is."""


def read_set(file: Path) -> list[Expectation]:
    """The dialogues of a set, or the questions of a list about other subjects."""
    if file.suffix == ".txt":
        lines = filter(None, map(str.strip, file.read_text("utf-8").splitlines()))
        return [_foreign(f"{file.stem}:{n}", line) for n, line in enumerate(lines, 1)]
    return [_expectation(json.loads(line)) for line in file.read_text("utf-8").splitlines() if line]


def _expectation(line: Mapping[str, Sequence[object]]) -> Expectation:
    return Expectation(
        id=str(line["id"]),
        kind=str(line["kind"]),
        pair=str(line.get("pair", "")),
        language=str(line["lang"]),
        turns=tuple(map(str, line["turns"])),
        statuses=tuple(map(str, line["status"])),
        groups=tuple(tuple(group) for group in line["all"] if isinstance(group, list)),
        forbidden=tuple(map(str, line["none"])),
    )


def _foreign(id: str, text: str) -> Expectation:
    language = "zh" if read_utterance(text).has_chinese else "en"
    refused = ("out_of_scope", "smalltalk")
    return Expectation(id, "other", "", language, (text,), refused, (), ())


def grade(assistant: Assistant, expectations: Iterable[Expectation]) -> Iterator[Graded]:
    """Ask each dialogue and look at the last answer."""
    wording = assistant.knowledge.vocabulary.wording
    for expected in expectations:
        reply = last_turn(assistant, expected.turns, lambda: ASKED_AT, None).reply
        text = plain_text(reply, wording)
        yield Graded(expected, text, _fault(expected, reply, text.casefold()))


def _fault(expected: Expectation, reply: Reply, text: str) -> str:
    if reply.status.value not in expected.statuses:
        return f"status {reply.status.value} instead of {' or '.join(expected.statuses)}"
    for group in expected.groups:
        if not any(wanted.casefold() in text for wanted in group):
            return f"lacks {' or '.join(group)}"
    found = [word for word in expected.forbidden if word.casefold() in text]
    return f"holds {found[0]}" if found else ""


def rates(graded: Iterable[Graded]) -> dict[str, tuple[int, int]]:
    """How many are right, of how many: in all, by language, by status, of dialogues."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for one in graded:
        expected = one.expected
        keys = ["all", expected.language, f"{expected.language} {expected.statuses[0]}"]
        if len(expected.turns) > 1:
            keys.append(f"{expected.language} dialogues")
        asked.update(keys)
        if not one.fault:
            right.update(keys)
    return {key: (right[key], asked[key]) for key in sorted(asked)}


def main() -> int:
    """Print a table for each set; exit code 1 when there is none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--knowledge", type=Path, metavar="DIR", help="ask all sets of this")
    parser.add_argument("-v", action="store_true", help="show every wrong answer")
    options = parser.parse_args()
    files = options.files or sorted(QUESTIONS.glob("*.jsonl"))
    if not files:
        print(f"There are no question sets in {QUESTIONS}.", file=sys.stderr)
        return 1
    print(f"{'set':<16} {'questions':<18} {'right':>5} {'of':>5} {'share':>7}")
    for file in files:
        assistant = _assistant(options.knowledge, all_weeks=file.stem in OF_ALL_WEEKS)
        graded = list(grade(assistant, read_set(file)))
        for name, (right, asked) in rates(graded).items():
            print(f"{file.stem:<16} {name:<18} {right:>5} {asked:>5} {right / asked:>7.1%}")
        if file.suffix == ".txt":
            told = sum(one.fault.startswith("status answered") for one in graded)
            share = told / (len(graded) or 1)
            name = "told facts"
            print(f"{file.stem:<16} {name:<18} {told:>5} {len(graded):>5} {share:>7.1%}")
        if options.v:
            _show_faults(graded)
    return 0


@functools.cache
def _assistant(knowledge: Path | None, *, all_weeks: bool) -> Assistant:
    if knowledge is not None:
        return build_assistant(knowledge)
    if all_weeks:
        return build_assistant()
    from tests.conftest import copy_five_weeks

    with tempfile.TemporaryDirectory() as folder:
        return build_assistant(copy_five_weeks(Path(folder, "knowledge")))


def _show_faults(graded: Sequence[Graded]) -> None:
    faults: dict[str, list[Graded]] = defaultdict(list)
    for one in graded:
        if one.fault:
            faults[one.expected.statuses[0]].append(one)
    for found in faults.values():
        for one in found:
            said = one.text.replace("\n", " / ")[:140]
            print(f"  {one.expected.id} {' | '.join(one.expected.turns)}\n    {one.fault}: {said}")


if __name__ == "__main__":
    sys.exit(main())

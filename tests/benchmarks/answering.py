"""How fast an answer is made, from raw text to finished text, and how fast `ask` starts.

    python -m tests.benchmarks.answering [--rounds 50] [--knowledge DIR ...]

Without --knowledge it measures five weeks alone, then all that come with the bot.

Beside it, in the same run and on the same questions, two usual ways to look up an answer
that scan all fact texts: rapidfuzz's `process.extract` with `token_set_ratio`, and BM25
(bm25s). Both only find a text; neither reads dates, keeps a dialogue or refuses. Rounds
alternate, so a busy machine slows all alike; of each question the least time counts, since
whatever else the machine does only adds to it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import bm25s
from rapidfuzz import fuzz, process

from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.assembly import PACKAGED_KNOWLEDGE, build_assistant
from bot.channels.plain_text import plain_text
from tests.benchmarks.knowledge_generator import FIVE, generate
from tests.golden.dialogues import read_dialogues

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
QUESTION = "What did Fujian hold on April 20?"
STARTS = 9
"""How often each process is started; its least time counts."""
FOUND = 5
"""So many texts the scanning ways return."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one way showed; times in seconds for each question."""

    name: str
    times: tuple[float, ...]

    def row(self) -> str:
        """One line of the table."""
        ordered = sorted(self.times)
        median, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
        rate = len(ordered) / sum(ordered)
        return f"{self.name:<44} {rate:>11,.0f} {median * 1e6:>10,.0f} {p99 * 1e6:>10,.0f}"


def timed(way: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """The seconds that each question takes."""
    found = []
    for question in questions:
        began = time.perf_counter()
        way(question)
        found.append(time.perf_counter() - began)
    return found


def fact_texts(assistant: Assistant) -> list[str]:
    """What the scanning ways search: titles and summaries of all activities, and the themes."""
    activities = [entry.activity for entry in assistant.knowledge.activities]
    themes = [week.theme.en for week in assistant.knowledge.weeks if week.theme]
    return [f"{activity.title.en} {activity.summary.en}" for activity in activities] + themes


def ways(assistant: Assistant) -> dict[str, Callable[[str], object]]:
    """The ways that are compared, by their names in the table."""
    texts = fact_texts(assistant)
    lowered = [text.lower() for text in texts]
    ranking = bm25s.BM25()
    ranking.index(bm25s.tokenize(lowered, show_progress=False), show_progress=False)
    wording = assistant.knowledge.vocabulary.wording

    def bot(question: str) -> object:
        return plain_text(assistant.reply(IncomingMessage(question, "b", NOW)).reply, wording)

    def scan(question: str) -> object:
        return process.extract(question.lower(), lowered, scorer=fuzz.token_set_ratio, limit=FOUND)

    def rank(question: str) -> object:
        tokens = bm25s.tokenize([question.lower()], show_progress=False)
        return ranking.retrieve(tokens, k=min(FOUND, len(texts)), show_progress=False)

    return {
        "this bot: text to finished answer": bot,
        f"rapidfuzz extract over {len(texts)} texts: candidates": scan,
        f"BM25 over {len(texts)} texts: candidates": rank,
    }


def seconds_to_run(arguments: Sequence[str], cache: str) -> float:
    """How long a Python process takes from its start to its end."""
    environment = {**os.environ, "IPWEEK_CACHE": cache}
    command = [sys.executable, *arguments]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - began


def starts(knowledge: Path, cache: str) -> None:
    """Print how long `ask` takes as a process, beside importing telegram alone."""
    ask = ("-m", "bot", "ask", QUESTION, "--knowledge", str(knowledge))
    first = seconds_to_run(ask, cache)
    processes = {
        "python -m bot ask QUESTION, whole process": ask,
        'python -c "import telegram"': ("-c", "import telegram"),
        'python -c "pass"': ("-c", "pass"),
    }
    found: dict[str, list[float]] = {name: [] for name in processes}
    for _ in range(STARTS):
        for name, arguments in processes.items():
            found[name].append(seconds_to_run(arguments, cache))
    print(f"{'start and end of a process':<44} {'ms':>11}")
    for name, times in found.items():
        print(f"{name:<44} {min(times) * 1e3:>11.0f}")
    print(f"{'the very first ask, which keeps a snapshot':<44} {first * 1e3:>11.0f}")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--knowledge", type=Path, metavar="DIR", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folders: Sequence[Path] = options.knowledge or ()
        if not folders:
            generate(Path(temporary, "five"), len(FIVE))
            folders = (Path(temporary, "five"), PACKAGED_KNOWLEDGE)
        for folder in folders:
            measure(folder, options.rounds, Path(temporary, "cache"))
        starts(folders[-1], f"{temporary}/starts")
    return 0


def measure(folder: Path, rounds: int, cache: Path) -> None:
    """Print how fast answers from one knowledge folder are, beside the scanning ways."""
    began = time.perf_counter()
    assistant = build_assistant(folder, cache=cache)
    built = time.perf_counter() - began
    questions = [turn.ask for dialogue in read_dialogues() for turn in dialogue.turns]
    compared = ways(assistant)
    for way in compared.values():
        timed(way, questions)
    times: dict[str, list[list[float]]] = {name: [] for name in compared}
    for _ in range(rounds):
        for name, way in compared.items():
            times[name].append(timed(way, questions))
    knowledge = assistant.knowledge
    print(
        f"{len(knowledge.week_entries)} weeks, {len(knowledge.activities)} activities, read and"
        f" indexed in {built * 1e3:.0f} ms; {len(questions)} questions, {rounds} rounds\n"
    )
    print(f"{'way':<44} {'questions/s':>11} {'median µs':>10} {'p99 µs':>10}")
    for name, found in times.items():
        print(Figures(name, tuple(map(min, zip(*found, strict=True)))).row())
    print()


if __name__ == "__main__":
    sys.exit(main())

"""How the cost of an answer grows with the knowledge: 5, 100, 1,000 and 10,000 weeks.

    python -m tests.benchmarks.size [--weeks 5 100 1000 10000] [--folder DIR] [--plot FILE]

At each size, in a process of its own: loading cold (no snapshot) and warm, memory, answers
from raw text to finished text, string comparisons, hostile texts, and taking up a changed file
while questions are answered; beside them, on the same knowledge and questions in the same run, a
rapidfuzz scan over all texts, BM25 (bm25s) and TF-IDF (scikit-learn), which only find a text.
Of each question the least time of a few rounds counts: whatever else the machine does only adds
to it. "first time" is what the very first round took, when facts are still to be decoded.
"""

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.answering.message import IncomingMessage
from bot.assembly import build_assistant
from bot.channels.plain_text import plain_text
from bot.examination import Examiner
from tests.benchmarks.knowledge_generator import generate
from tests.benchmarks.size_questions import hostile, questions

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SIZES = (5, 100, 1000, 10000)
"""Weeks of the knowledge that is made up."""
QUESTIONS = 600
RELOADS = 5
BETWEEN_QUESTIONS = 0.01
"""Seconds without a question while a file is reloaded."""
ROUNDS = 3
FOUND = 5
"""So many texts the other ways return."""
SCANNED = 20
"""Questions that the scan is asked: it is slow."""
Measured = dict[str, float]


def resident_megabytes() -> float:
    """The memory of this process that is in use now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def timed(way: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """The seconds that each question takes."""
    found = []
    for question in asked:
        began = time.perf_counter()
        way(question)
        found.append(time.perf_counter() - began)
    return found


def least(way: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """For each question the least of the seconds that it takes in some rounds."""
    rounds = [timed(way, asked) for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def figures(name: str, times: Sequence[float]) -> Measured:
    """Median and 99th percentile in microseconds, and questions per second."""
    ordered = sorted(times)
    return {
        f"{name} median": statistics.median(ordered) * 1e6,
        f"{name} p99": ordered[int(len(ordered) * 0.99)] * 1e6,
        f"{name} q/s": len(ordered) / sum(ordered),
    }


def loaded(folder: Path, cache: Path) -> Measured:
    """How long loading takes; it is cold where there is no snapshot."""
    began = time.perf_counter()
    build_assistant(folder, cache=cache)
    return {"load s": time.perf_counter() - began}


def measure(folder: Path, cache: Path) -> Measured:
    """Everything about one size, with a snapshot, but for reloads."""
    began = time.perf_counter()
    assistant = build_assistant(folder, cache=cache)
    found: Measured = {"load s": time.perf_counter() - began, "memory MB": resident_megabytes()}
    knowledge, spelling = assistant.knowledge, assistant.gazetteer.spelling
    asked = questions(knowledge, QUESTIONS)
    wording = knowledge.vocabulary.wording

    def bot(question: str) -> object:
        return plain_text(assistant.reply(IncomingMessage(question, "b", NOW)).reply, wording)

    first = timed(bot, asked)
    found["comparisons"] = spelling.comparisons / len(asked)
    found.update(figures("first time", first))
    found.update(figures("bot", least(bot, asked)))
    found["hostile ms"] = max(least(bot, list(hostile(knowledge)))) * 1e3
    found["memory after MB"] = resident_megabytes()
    texts = [f"{e.activity.title.en} {e.activity.summary.en}".lower() for e in knowledge.activities]
    found["texts"] = len(texts)
    for name, way in other_ways(texts).items():
        few = asked[:: len(asked) // SCANNED] if name == "rapidfuzz" else asked
        found.update(figures(name, least(way, few)))
    return found


def reloaded(folder: Path, cache: Path) -> Measured:
    """How long a changed file takes until it is known, and questions meanwhile at most.

    As in service: the folder is looked at in a thread, questions are answered beside it.
    """
    examiner = Examiner(folder, cache)
    assistant = examiner.examine().assistant
    if assistant is None:
        raise SystemExit(f"{folder}: the knowledge has errors")
    asked = questions(assistant.knowledge, QUESTIONS)

    def ask(question: str) -> object:
        return assistant.reply(IncomingMessage(question, "b", NOW))

    assistant.gazetteer.warm_up()
    timed(ask, asked)
    examiner.version()
    gc.collect()
    gc.freeze()
    paths = sorted(folder.glob("weeks/*/*.yaml"))
    file = paths[len(paths) // 2]
    before = file.read_text("utf-8")
    took: list[float] = []
    waited: list[float] = []
    try:
        for turn in range(RELOADS):
            file.write_text(f"{before}# changed {turn}\n", "utf-8")
            began = time.perf_counter()
            thread = threading.Thread(target=examiner.examine)
            thread.start()
            while thread.is_alive():
                waited.extend(timed(ask, [asked[len(waited) % len(asked)]]))
                time.sleep(BETWEEN_QUESTIONS)
            took.append(time.perf_counter() - began)
    finally:
        file.write_text(before, "utf-8")
    return {"reload s": min(took), "wait while reloading ms": max(waited) * 1e3}


def other_ways(texts: Sequence[str]) -> dict[str, Callable[[str], object]]:
    """Three usual ways to find a text."""
    import bm25s
    from rapidfuzz import fuzz, process
    from sklearn.feature_extraction.text import TfidfVectorizer

    ranking = bm25s.BM25()
    ranking.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)
    vectors = TfidfVectorizer()
    matrix = vectors.fit_transform(texts).T.tocsr()
    most = min(FOUND, len(texts))

    def scan(question: str) -> object:
        return process.extract(question.lower(), texts, scorer=fuzz.token_set_ratio, limit=most)

    def bm25(question: str) -> object:
        tokens = bm25s.tokenize([question.lower()], show_progress=False)
        return ranking.retrieve(tokens, k=most, show_progress=False)

    def tfidf(question: str) -> object:
        scores = (vectors.transform([question.lower()]) @ matrix).toarray()[0]
        return scores.argpartition(-most)[-most:]

    return {"rapidfuzz": scan, "bm25s": bm25, "tf-idf": tfidf}


def in_own_process(what: str, folder: Path, cache: Path) -> Measured:
    """The figures of one run, in a process of its own so that its memory is its own."""
    command = [sys.executable, "-m", "tests.benchmarks.size", what, str(folder), str(cache)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


ROWS = {
    "this bot, median": ("bot median", 1e-3, "ms"),
    "99th percentile": ("bot p99", 1e-3, "ms"),
    "questions per second": ("bot q/s", 1, ""),
    "strings compared for a question": ("comparisons", 1, ""),
    "the slowest hostile text": ("hostile ms", 1, "ms"),
    "first time, median": ("first time median", 1e-3, "ms"),
    "first time, 99th percentile": ("first time p99", 1e-3, "ms"),
    "rapidfuzz scan, median": ("rapidfuzz median", 1e-3, "ms"),
    "BM25 (bm25s), median": ("bm25s median", 1e-3, "ms"),
    "TF-IDF (scikit-learn), median": ("tf-idf median", 1e-3, "ms"),
    "start with a snapshot": ("load s", 1, "s"),
    "start without one": ("load cold s", 1, "s"),
    "memory at the start": ("memory MB", 1, "MB"),
    "memory after all questions": ("memory after MB", 1, "MB"),
    "a changed file is known after": ("reload s", 1, "s"),
    "longest wait meanwhile": ("wait while reloading ms", 1, "ms"),
}
"""Row of the table → what it shows, the factor to its unit, and the unit."""


def table(sizes: Sequence[int], found: Sequence[Measured]) -> str:
    """The figures as the Markdown table that README shows."""
    lines = [f"| weeks | {' | '.join(f'{size:,}' for size in sizes)} |"]
    lines.append("|---|" + "---:|" * len(sizes))
    for row, (name, factor, unit) in ROWS.items():
        cells = (f"{_short(factor * one[name])} {unit}".strip() for one in found)
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _short(value: float) -> str:
    """A figure with as many digits as it deserves."""
    return f"{value:,.2f}" if value < 10 else f"{value:,.0f}"


def plot(sizes: Sequence[int], found: Sequence[Measured], file: Path) -> None:
    """Median times against the number of activities, both axes logarithmic, as PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.2), dpi=160)
    for name, label in (
        ("rapidfuzz", "rapidfuzz scan"), ("tf-idf", "TF-IDF"), ("bm25s", "BM25 (bm25s)"),
        ("bot", "this bot, whole answer"),
    ):  # fmt: skip
        axes.plot(
            [one["texts"] for one in found], [one[f"{name} median"] / 1e3 for one in found],
            marker="o", label=label, linewidth=2.5 if name == "bot" else 1.3,
        )  # fmt: skip
    axes.set(
        xscale="log", yscale="log", xlabel="activities known", ylabel="median, ms per question"
    )
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    axes.set_title(f"{sizes[0]:,} to {sizes[-1]:,} weeks")
    figure.tight_layout()
    figure.savefig(file)


def main() -> int:
    """Measure all sizes; print the table, draw the plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--weeks", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, help="keep the made-up knowledge here")
    parser.add_argument("--plot", type=Path, help="write the plot to this PNG file")
    for way in ("--load", "--measure", "--reload"):
        parser.add_argument(way, type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    for measured, folders in (
        (loaded, options.load), (measure, options.measure), (reloaded, options.reload),
    ):  # fmt: skip
        if folders:
            print(json.dumps(measured(*folders)))
            return 0
    with tempfile.TemporaryDirectory() as temporary:
        base: Path = options.folder or Path(temporary)
        found: list[Measured] = []
        for weeks in options.weeks:
            folder, cache = base / f"weeks-{weeks}", base / f"cache-{weeks}"
            if not folder.is_dir():
                generate(folder, weeks)
            cold = in_own_process("--load", folder, cache)
            warm = in_own_process("--measure", folder, cache)
            reload = in_own_process("--reload", folder, cache)
            found.append({**warm, **reload, "load cold s": cold["load s"]})
            print(json.dumps({"weeks": weeks, **found[-1]}), file=sys.stderr)
    print(table(options.weeks, found))
    if options.plot:
        plot(options.weeks, found, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())

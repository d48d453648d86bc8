"""Updates per second and end-to-end p99 of the bot beside a minimal echo bot.

    python -m tests.benchmarks.telegram_throughput [--updates 1000] [--rounds 3]

Each round gives both bots, as processes against the same kind of test server, the same
burst of real questions from 200 chats; the rounds alternate, so a busy machine slows both.
The time of an update is from its delivery to the queue to Telegram's receipt of the answer.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from bot.channels.telegram_wording import read_wording
from tests.telegram_server.people import Person
from tests.telegram_server.process import RUN, BotProcess, temporary_folder
from tests.telegram_server.server import TelegramServer

CHATS = 200
ECHO = (sys.executable, "-m", "tests.benchmarks.telegram_echo")
_PROBE = "What was the theme in Qinghai in 2020?"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one burst showed."""

    per_second: float
    p99_seconds: float
    violations: int


def measure(
    command: Sequence[str], questions: Sequence[str], updates: int, **settings: str
) -> Figures:
    """Start the bot, wait until it answers, then send the burst and wait for all answers."""
    with TelegramServer() as server:
        folder = temporary_folder()
        limit = {"QUESTIONS_PER_MINUTE": "999999"}
        with BotProcess(server, folder, tuple(command), **limit, **settings):
            probe = Person(server)
            probe.writes(_PROBE)
            server.wait_until(lambda: server.said_in(probe.id), 30)
            people = [Person(server) for _ in range(CHATS)]
            wait_for = len(server.accepted("sendMessage")) + updates
            began = time.monotonic()
            for person, question in zip(
                islice(cycle(people), updates), cycle(questions), strict=False
            ):
                person.writes(question)
            # Not wait_until, which looks at every call and so would slow the server down.
            while len(server.calls) < wait_for or len(server.accepted("sendMessage")) < wait_for:
                time.sleep(0.05)
        sent = [call.at - began for call in server.accepted("sendMessage")][-updates:]
        return Figures(
            updates / max(sent), sorted(sent)[int(updates * 0.99)], len(server.violations)
        )


def main() -> int:
    """Print the figures; exit code 1 when the bot is below 0.9 of the echo bot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bot", nargs=argparse.REMAINDER, default=RUN, help="another command")
    options = parser.parse_args()
    wording = read_wording()
    questions = [*wording.examples.en, *wording.examples.zh]
    ours, echo, many = [], [], []
    for _ in range(options.rounds):
        echo.append(measure(ECHO, questions, options.updates))
        ours.append(measure(options.bot, questions, options.updates))
        many.append(measure(ECHO, questions, options.updates, ECHO_CONCURRENT="1"))
    for name, found in (("echo bot", echo), ("echo bot, concurrent", many), ("this bot", ours)):
        rate = statistics.median(one.per_second for one in found)
        p99 = statistics.median(one.p99_seconds for one in found)
        broken = sum(one.violations for one in found)
        print(f"{name:>22}: {rate:6.0f} updates/s   p99 {p99:5.2f} s   rules broken {broken}")
    ratio = statistics.median(a.per_second / b.per_second for a, b in zip(ours, echo, strict=True))
    print(f"{'this bot / echo bot':>22}: {ratio:6.2f}")
    return 0 if ratio >= 0.9 else 1


if __name__ == "__main__":
    sys.exit(main())

"""The command line: arguments in, exit code out.

Exit codes: 0 done; 1 the knowledge or the input has problems, all of them listed; 2 usage.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from bot import __version__
from bot.assembly import PACKAGED_KNOWLEDGE, build_assistant, default_cache
from bot.errors import InputProblem, IpweekError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Run = Callable[[argparse.Namespace], int]
EXAMPLE = "What did Fujian hold on April 20?"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    _write_utf8()
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 2
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except IpweekError as error:
        print(f"ipweek: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read the answers has had enough. What is still to be written goes nowhere,
        # or the interpreter would complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"ipweek: {error.filename or 'output'}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def entry() -> NoReturn:
    """Run a command and end the process with its exit code.

    Taking thousands of facts apart at the end would take longer than the answer, so
    commands that only print end at once; what they printed has been written by then.
    """
    code = main()
    if sys.argv[1:2] in (["ask"], ["explain"]):
        os._exit(code)
    sys.exit(code)


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


# --- arguments ----------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ipweek", description="Answers questions about China's IP Publicity Week."
    )
    parser.set_defaults(command=None)
    parser.add_argument("--version", action="version", version=f"ipweek-bot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_ask(commands)
    _add_explain(commands)
    add = _adder(commands)
    chat = add("chat", _chat, "talk with the bot in the terminal")
    _add_language(chat)
    check = add("check", _check, "check the knowledge: every problem with file and line")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    add("run", _run, "serve in Telegram; needs TELEGRAM_BOT_TOKEN")
    add("version", _version, "the versions of the bot and of its knowledge")
    return parser


def _adder(commands: "Commands") -> Callable[[str, Run, str], argparse.ArgumentParser]:
    def add(name: str, run: Run, purpose: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.set_defaults(command=name, run=run, usage_error=command.error)
        command.add_argument(
            "--knowledge", metavar="DIR", type=Path, default=PACKAGED_KNOWLEDGE,
            help="another knowledge folder",
        )  # fmt: skip
        command.add_argument("--now", type=_moment, help=argparse.SUPPRESS)
        return command

    return add


def _add_ask(commands: "Commands") -> None:
    ask = _adder(commands)("ask", _ask, "answer one question, or many with --batch")
    ask.add_argument(
        "question", nargs="*", metavar="QUESTION", type=_as_written, help=f'such as "{EXAMPLE}"'
    )
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument(
        "--batch", metavar="FILE",
        help='answer JSON Lines {"id", "turns": [...]}; "-" is standard input',
    )  # fmt: skip
    _add_language(ask)


def _add_explain(commands: "Commands") -> None:
    explain = _adder(commands)("explain", _explain, "show how an answer comes about")
    explain.add_argument(
        "question", nargs="+", metavar="QUESTION", type=_as_written,
        help="several are the turns of one dialogue",
    )  # fmt: skip
    _add_language(explain)


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang", choices=("en", "zh"), help="language of the answer; else that of the question"
    )


def _as_written(argument: str) -> str:
    """The argument as UTF-8, whatever the locale made of it; other bytes become half characters."""
    return os.fsencode(argument).decode("utf-8", errors="surrogateescape")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- commands -----------------------------------------------------------------------------


def _ask(options: argparse.Namespace) -> int:
    if (options.batch is None) == (not options.question):
        options.usage_error("give a QUESTION, or --batch FILE")
    if len(options.question) > 1:
        options.usage_error("put the question in quotation marks")
    if options.batch is not None:
        return _batch(options)
    from bot.channels.terminal import ask

    ask(
        build_assistant(options.knowledge, cache=default_cache()), options.question[0],
        now=_clock(options)(), language=options.lang, as_json=options.json, out=sys.stdout,
    )  # fmt: skip
    return 0


def _batch(options: argparse.Namespace) -> int:
    from bot.channels.batch import answer_batch

    assistant = build_assistant(options.knowledge, cache=default_cache())
    with _opened(options.batch) as lines:
        malformed = answer_batch(
            assistant, lines, _clock(options), options.lang, sys.stdout, sys.stderr
        )
    return 1 if malformed else 0


def _chat(options: argparse.Namespace) -> int:
    from bot.channels.terminal import chat

    assistant = build_assistant(options.knowledge, cache=default_cache())
    chat(assistant, options.knowledge, _clock(options), options.lang)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from bot.channels.explanation import explain

    assistant = build_assistant(options.knowledge, cache=default_cache())
    now = _clock(options)()
    for line in explain(assistant, options.knowledge, options.question, now, options.lang):
        print(line)
    return 0


def _check(options: argparse.Namespace) -> int:
    from bot.assembly import find_problems
    from bot.channels.check_report import report

    problems = find_problems(options.knowledge, cache=default_cache())
    print(report(problems, options.format, options.knowledge))
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def _run(options: argparse.Namespace) -> int:
    from bot.settings import load_settings

    settings = load_settings(os.environ, Path(".env"))
    assistant = build_assistant(options.knowledge)
    from bot.channels.telegram_app import run
    from bot.channels.telegram_wording import read_wording

    return run(settings, assistant, assistant.knowledge, read_wording(options.knowledge))


def _version(options: argparse.Namespace) -> int:
    from bot.assembly import knowledge_version

    python = ".".join(map(str, sys.version_info[:3]))
    version = knowledge_version(options.knowledge)
    print(f"ipweek-bot {__version__}, knowledge {version}, Python {python}")
    return 0


def _clock(options: argparse.Namespace) -> Callable[[], datetime]:
    if options.now is not None:
        return lambda: options.now
    return lambda: datetime.now().astimezone()


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        if sys.stdin is None:
            raise InputProblem("standard input is closed")
        yield sys.stdin.buffer
        return
    try:
        opened = Path(file).open("rb")  # noqa: SIM115 - closed below, but errors are ours here only
    except OSError as error:
        raise InputProblem(f"{file}: {error.strerror}") from None
    with opened:
        yield opened


if __name__ == "__main__":
    entry()

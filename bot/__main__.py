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
from bot.channels.loading_progress import LoadingProgress
from bot.errors import InputProblem, IpweekError, KnowledgeProblems

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant

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
    if sys.argv[1:2] in (["ask"], ["explain"], ["check"]):
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
    _add_authoring(commands)
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


def _add_authoring(commands: "Commands") -> None:
    add = _adder(commands)
    new = add("new", _new, "start a week's file, to be filled in")
    new.add_argument("what", choices=("week",))
    new.add_argument("region", metavar="REGION", type=_as_written, help="id or name of a region")
    new.add_argument("year", metavar="YEAR", type=int)
    new.add_argument("--place", type=_as_written, default="", help="the city whose week it is")
    draft = add("draft", _draft, "propose a week's file from the text of an article")
    draft.add_argument("article", metavar="ARTICLE.txt", type=Path)
    draft.add_argument("--region", type=_as_written, default="", help="else the one named most")
    draft.add_argument("--year", type=int, default=0, help="else the one named most")
    draft.add_argument("--place", type=_as_written, default="", help="the city whose week it is")
    draft.add_argument("--write", action="store_true", help="put it into the knowledge folder")
    preview = add("preview", _preview, "answer typical questions from one week's file alone")
    preview.add_argument("file", metavar="FILE", type=Path)
    diff = add("diff", _diff, "what changed between two knowledge folders or git revisions")
    diff.add_argument("old", metavar="OLD", type=_as_written)
    diff.add_argument("new", metavar="NEW", type=_as_written)
    gaps = add("gaps", _gaps, "what people asked and did not get, with YAML to paste")
    gaps.add_argument("--log", metavar="FILE", type=Path, help="else that of UNANSWERED_LOG")
    weeks = add("weeks", _weeks, "print the table of all weeks as Markdown")
    weeks.add_argument("--write", action="store_true", help="put it into the folder's README.md")


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


def _assistant(options: argparse.Namespace) -> "Assistant":
    with LoadingProgress(sys.stderr) as progress:
        return build_assistant(options.knowledge, cache=default_cache(), progress=progress)


def _ask(options: argparse.Namespace) -> int:
    if (options.batch is None) == (not options.question):
        options.usage_error("give a QUESTION, or --batch FILE")
    if len(options.question) > 1:
        options.usage_error("put the question in quotation marks")
    if options.batch is not None:
        return _batch(options)
    from bot.channels.terminal import ask

    ask(
        _assistant(options), options.question[0],
        now=_clock(options)(), language=options.lang, as_json=options.json, out=sys.stdout,
    )  # fmt: skip
    return 0


def _batch(options: argparse.Namespace) -> int:
    from bot.channels.batch import answer_batch

    assistant = _assistant(options)
    with _opened(options.batch) as lines:
        malformed = answer_batch(
            assistant, lines, _clock(options), options.lang, sys.stdout, sys.stderr
        )
    return 1 if malformed else 0


def _chat(options: argparse.Namespace) -> int:
    from bot.channels.terminal import chat

    assistant = _assistant(options)
    chat(assistant, options.knowledge, _clock(options), options.lang)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from bot.channels.explanation import explain

    assistant = _assistant(options)
    now = _clock(options)()
    for line in explain(assistant, options.knowledge, options.question, now, options.lang):
        print(line)
    return 0


def _check(options: argparse.Namespace) -> int:
    from bot.channels.check_report import report
    from bot.checking import find_problems

    with LoadingProgress(sys.stderr) as progress:
        problems = find_problems(options.knowledge, cache=default_cache(), progress=progress)
    print(report(problems, options.format, options.knowledge))
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def _new(options: argparse.Namespace) -> int:
    from bot.channels.authoring import start_week

    path = start_week(options.knowledge, options.region, options.year, options.place)
    print(f"{path} is there: fill in what stands at TODO, then run check")
    return 0


def _draft(options: argparse.Namespace) -> int:
    from bot.channels.authoring import assistant_for_drafts, drafted, left_to_do, write_draft

    try:
        assistant = _assistant(options)
    except KnowledgeProblems:
        assistant = assistant_for_drafts(options.knowledge)
    text, head = drafted(assistant, options.article, options.region, options.year, options.place)
    if options.write:
        path = write_draft(text, head, options.knowledge)
        print(f"{path} is there: fill in what stands at TODO, then run check")
    else:
        print(text, end="")
    print("\n".join(left_to_do(text)), file=sys.stderr)
    return 0


def _preview(options: argparse.Namespace) -> int:
    from bot.channels.authoring import preview

    for line in preview(options.file, options.knowledge, _clock(options)()):
        print(line)
    return 0


def _diff(options: argparse.Namespace) -> int:
    from bot.channels.revisions import changes_between

    found = changes_between(options.old, options.new, options.knowledge)
    print("\n".join(found) or "Nothing changed.")
    return 0


def _gaps(options: argparse.Namespace) -> int:
    from bot.channels.gaps_report import gaps
    from bot.channels.unanswered_log import UnansweredLog

    path = options.log or Path(os.environ.get("UNANSWERED_LOG") or "unanswered.sqlite")
    if not path.is_file():
        raise InputProblem(f"{path}: there is no such log; set UNANSWERED_LOG, or give --log FILE")
    log = UnansweredLog(path)
    assistant = _assistant(options)
    now = _clock(options)()
    for line in gaps(assistant, options.knowledge, log.unanswered(), log.said_wrong(), now):
        print(line)
    return 0


def _weeks(options: argparse.Namespace) -> int:
    from bot.knowledge.week_table import week_table, with_table

    table = week_table(_assistant(options).knowledge)
    if not options.write:
        print(table, end="")
        return 0
    path = options.knowledge / "README.md"
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(with_table(before, table), encoding="utf-8")
    print(f"{path}: the table is written")
    return 0


def _run(options: argparse.Namespace) -> int:
    from bot.examination import Examiner
    from bot.settings import load_settings

    settings = load_settings(os.environ, Path(".env"))
    folder = options.knowledge
    examiner = Examiner(folder, default_cache())
    with LoadingProgress(sys.stderr) as progress:
        found = examiner.examine(progress)
    if found.assistant is None or found.files is None:
        raise KnowledgeProblems([one for one in found.problems if one.severity == "error"])
    from bot.channels.telegram_app import run
    from bot.channels.telegram_knowledge import KnowledgeSource
    from bot.channels.telegram_wording import read_wording

    assistant = found.assistant
    for problem in found.problems:
        if problem.severity == "error":  # a question beside the facts; the knowledge can be used
            print(f"ipweek: {problem}", file=sys.stderr)
    source = KnowledgeSource(folder, found.files, examiner.examine, examiner.version)
    return run(settings, assistant, assistant.knowledge, read_wording(folder), source)


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

"""The command line as people and programs meet it: real processes, real exit codes."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest

from bot import __version__
from tests.conftest import ROOT
from tests.golden.dialogues import read_dialogues

QUESTION = "What did Fujian hold on April 20?"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left behind."""

    code: int
    out: str
    err: str


def ipweek(
    *arguments: str | bytes, stdin: bytes = b"", cwd: Path = ROOT, **environment: str
) -> Ended:
    """Run `python -m bot` to its end; a traceback is never acceptable."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    settings.pop("TELEGRAM_BOT_TOKEN", None)
    process = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], input=stdin, capture_output=True, cwd=cwd,
        env=settings, timeout=60, check=False,
    )  # fmt: skip
    ended = Ended(
        process.returncode, process.stdout.decode("utf-8"), process.stderr.decode("utf-8")
    )
    assert "Traceback" not in ended.err, ended.err
    return ended


def lines(*dialogues: Sequence[str]) -> bytes:
    """Dialogues as a batch."""
    return b"".join(
        json.dumps({"id": number, "turns": turns}).encode() + b"\n"
        for number, turns in enumerate(dialogues)
    )


# --- what works ----------------------------------------------------------------------------


def test_ask_prints_the_answer_as_a_person_reads_it() -> None:
    ended = ipweek("ask", QUESTION)
    assert ended.code == 0
    assert ended.err == ""
    assert ended.out.startswith("Fujian, 20 April")
    assert "https://" in ended.out.rstrip().split("\n")[-1]


def test_ask_with_json_prints_one_object() -> None:
    ended = ipweek("ask", "--json", QUESTION)
    answer = json.loads(ended.out)
    assert answer["status"] == "answered"
    assert answer["id"] is None


def test_ask_answers_chinese_and_can_be_told_the_language() -> None:
    assert "来源" in ipweek("ask", "福建4月20日举办了什么？").out
    assert "来源" in ipweek("ask", QUESTION, "--lang", "zh").out


def test_chinese_is_printed_as_utf_8_whatever_the_locale() -> None:
    ended = ipweek("ask", "福建的主题", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "来源" in ended.out


def test_a_refusal_is_an_answer_and_no_error() -> None:
    ended = ipweek("ask", "--json", "how is the weather in Paris?")
    assert ended.code == 0
    assert json.loads(ended.out)["status"] == "out_of_scope"


def test_batch_reads_a_file_and_standard_input_alike(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(lines([QUESTION], ["hello"], [QUESTION, "which banks?"]))
    from_file = ipweek("ask", "--batch", str(file))
    assert ipweek("ask", "--batch", "-", stdin=file.read_bytes()) == from_file
    answers = [json.loads(answer) for answer in from_file.out.splitlines()]
    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert from_file.code == 0


def test_batch_answers_while_its_input_is_still_open() -> None:
    command = [sys.executable, "-m", "bot", "ask", "--batch", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(lines([QUESTION]))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["status"] == "answered", number
        process.stdin.close()
        assert process.wait(10) == 0


def test_explain_names_file_and_line() -> None:
    assert "knowledge/weeks/2021/fujian.yaml:" in ipweek("explain", QUESTION).out


def test_check_finds_no_error_in_the_knowledge_that_comes_with_the_bot() -> None:
    assert ipweek("check").code == 0


def test_check_speaks_json(five_weeks: Path) -> None:
    found = json.loads(ipweek("check", "--format", "json", "--knowledge", str(five_weeks)).out)
    assert found["errors"] == 0
    assert found["warnings"] == len(found["problems"])


def test_version_names_bot_and_knowledge() -> None:
    assert f"ipweek-bot {__version__}, knowledge " in ipweek("version").out
    assert __version__ in ipweek("--version").out


def test_a_kept_assistant_answers_the_same(tmp_path: Path) -> None:
    cache = str(tmp_path / "c")
    batch = lines(*([turn.ask for turn in dialogue.turns] for dialogue in read_dialogues()))
    first, second = (
        ipweek("ask", "--batch", "-", stdin=batch, IPWEEK_CACHE=cache) for _ in range(2)
    )
    assert len(list(Path(cache).glob("*.snapshot"))) == 1
    assert first == second == ipweek("ask", "--batch", "-", stdin=batch, IPWEEK_CACHE="")


def test_a_broken_cache_is_no_problem(five_weeks: Path, tmp_path: Path) -> None:
    cache = tmp_path / "c"
    asked = ("ask", QUESTION, "--knowledge", str(five_weeks))
    ipweek(*asked, IPWEEK_CACHE=str(cache))
    (kept,) = cache.glob("*.snapshot")
    kept.write_bytes(b"broken")
    assert ipweek(*asked, IPWEEK_CACHE=str(cache)).code == 0
    assert ipweek(*asked, IPWEEK_CACHE="/dev/null/nowhere").code == 0


def test_a_changed_file_changes_the_answer(five_weeks: Path, tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(five_weeks, folder)
    question = ("ask", "Which regions and years do you know?", "--knowledge", str(folder))
    assert "Yunnan" in ipweek(*question).out
    (folder / "weeks" / "2020" / "yunnan.yaml").unlink()
    assert "Yunnan" not in ipweek(*question).out


def test_ask_imports_no_telegram() -> None:
    ipweek("ask", QUESTION)  # so that a snapshot is kept
    ended = ipweek("ask", QUESTION, PYTHONPROFILEIMPORTTIME="1")
    imported = {line.rpartition("|")[2].strip() for line in ended.err.splitlines()}
    assert "bot.channels.terminal" in imported
    slow = {"telegram", "httpx", "tornado", "asyncio", "jsonschema", "prompt_toolkit", "opencc"}
    assert imported & slow == set()


# --- usage ---------------------------------------------------------------------------------


def test_without_a_command_the_help_is_shown() -> None:
    ended = ipweek()
    assert ended.code == 2
    for command in ("ask", "chat", "explain", "check", "run", "version"):
        assert command in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",), ("ask", "what", "did", "Fujian", "hold"), ("ask", QUESTION, "--batch", "-"),
        ("nonsense",), ("ask", QUESTION, "--lang", "fr"), ("check", "--format", "xml"),
        ("explain",), ("ask", QUESTION, "--now", "yesterday"),
    ],
)  # fmt: skip
def test_wrong_usage_is_explained(arguments: tuple[str, ...]) -> None:
    ended = ipweek(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("usage: ipweek")


def test_run_without_a_token_says_how_to_get_one_in_two_lines(tmp_path: Path) -> None:
    ended = ipweek("run", cwd=tmp_path)
    assert ended.code == 2
    assert ended.out == ""
    first, second = ended.err.strip().split("\n")
    assert "TELEGRAM_BOT_TOKEN" in first
    assert "@BotFather" in first
    assert "make chat" in second


# --- bad input -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "", "   ", "\t\n", "🎉🎊🇨🇳", "\x01\x07\x1b[31m", "\u202eabc\u2066\u200f", "{0}%s",
        b"\xff\xfe\x80",
    ],
)  # fmt: skip
def test_odd_questions_get_an_answer(question: str | bytes) -> None:
    ended = ipweek("ask", question)
    assert ended.code == 0
    assert ended.out.strip()
    assert "\x1b" not in ended.out


def test_a_question_of_a_hundred_thousand_characters_gets_an_answer() -> None:
    long = "fujian " * 15_000
    (answer,) = ipweek("ask", "--batch", "-", stdin=lines([long])).out.splitlines()
    assert json.loads(answer)["id"] == 0
    assert ipweek("ask", "a" * 100_000).code == 0


def test_malformed_lines_are_named_and_the_others_answered() -> None:
    stdin = lines(["hello"]) + b'{"id": 1\n\xff\xfe\n' + lines([QUESTION])
    ended = ipweek("ask", "--batch", "-", stdin=stdin)
    assert ended.code == 1
    assert len(ended.out.splitlines()) == 2
    assert [line.split(":")[1] for line in ended.err.splitlines()] == [" line 2", " line 3"]


def test_ids_with_half_a_character_come_back_as_json() -> None:
    ended = ipweek("ask", "--batch", "-", stdin=b'{"id": "\\ud800", "turns": ["hi \\ud800"]}\n')
    assert json.loads(ended.out)["id"] == "\ud800"


def test_an_empty_batch_is_no_problem() -> None:
    assert ipweek("ask", "--batch", "-") == Ended(0, "", "")


@pytest.mark.parametrize("file", ["missing.jsonl", "."])
def test_a_batch_that_cannot_be_read_is_named(file: str, tmp_path: Path) -> None:
    ended = ipweek("ask", "--batch", file, cwd=tmp_path)
    assert ended.code == 1
    assert ended.err.startswith(f"ipweek: {file}: ")


@pytest.mark.parametrize("command", ["ask", "check", "explain"])
def test_a_missing_knowledge_folder_is_named(command: str, tmp_path: Path) -> None:
    question = [] if command == "check" else [QUESTION]
    ended = ipweek(command, *question, "--knowledge", str(tmp_path / "nowhere"))
    assert ended.code == 1
    assert "nowhere" in ended.out + ended.err
    assert "give the folder that holds weeks/ and vocabulary/" in ended.out + ended.err


def test_all_problems_of_a_broken_folder_are_listed_with_file_and_line(
    five_weeks: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(five_weeks, folder)
    for name, old, new in (
        ("2021/fujian", "year: 2021", "year: twenty"),
        ("2020/qinghai", "region: qinghai", "regoin: qinghai"),
    ):  # fmt: skip
        file = folder / "weeks" / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    (folder / "weeks" / "2020" / "yunnan.yaml").write_bytes(b"region: \xff\n")
    for arguments in (("check",), ("ask", QUESTION)):
        ended = ipweek(*arguments, "--knowledge", str(folder))
        told = ended.out + ended.err
        assert ended.code == 1
        for week in ("2021/fujian.yaml:", "2020/qinghai.yaml:", "2020/yunnan.yaml:1"):
            assert f"weeks/{week}" in told
    review = ipweek("check", "--format", "github", "--knowledge", str(folder)).out
    assert f"::error file={folder}/weeks/2020/yunnan.yaml,line=1" in review


def test_a_reader_who_leaves_early_is_no_problem() -> None:
    stdin = lines(*[[QUESTION]] * 2_000)
    command = f'"{sys.executable}" -m bot ask --batch - | head -n 1; echo "${{PIPESTATUS[0]}}"'
    process = subprocess.run(
        ["bash", "-c", command], input=stdin, capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    answer, code = process.stdout.decode().splitlines()
    assert json.loads(answer)["id"] == 0
    assert code == "0"
    assert process.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_named() -> None:
    command = f'"{sys.executable}" -m bot ask hello > /dev/full'
    process = subprocess.run(
        ["bash", "-c", command], capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert process.returncode == 1
    assert process.stderr.decode().startswith("ipweek: ")
    assert b"Traceback" not in process.stderr
    assert process.stderr.count(b"\n") == 1


def test_closed_standard_input_is_no_crash() -> None:
    for arguments in ("chat", "ask --batch -"):
        command = f'"{sys.executable}" -m bot {arguments} <&-'
        process = subprocess.run(
            ["bash", "-c", command], capture_output=True, cwd=ROOT, timeout=60, check=False
        )
        assert process.returncode in {0, 1}
        assert b"Traceback" not in process.stderr


# --- the conversation ----------------------------------------------------------------------


def test_chat_reads_lines_from_a_pipe_and_ends_with_them() -> None:
    ended = ipweek(
        "chat", stdin=b"theme in Qinghai 2020?\nand in \xff Fujian?\n\n1\n/quit\nhello\n"
    )
    assert ended.code == 0
    assert "Healthy China" in ended.out
    assert "Fujian" in ended.out
    assert "Hello!" not in ended.out


def test_chat_at_a_terminal_has_a_prompt_and_leaves_with_ctrl_d_and_ctrl_c() -> None:
    for leave in (b"\x04", b"\x03", b"/quit\r"):
        with Terminal("chat") as terminal:
            terminal.wait_for("\x1b[?25h")  # the cursor, once the prompt is drawn
            terminal.types(b"theme in Qinghai 2020?\r")
            terminal.wait_for("Healthy China")
            terminal.types(leave)
            assert terminal.exit_code() == 0
            assert "Traceback" not in terminal.shown


class Terminal:
    """The bot at a terminal of its own."""

    def __init__(self, *arguments: str) -> None:
        self.shown = ""
        self._screen, inner = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments], stdin=inner, stdout=inner, stderr=inner,
            cwd=ROOT, env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
            start_new_session=True,
        )  # fmt: skip
        os.close(inner)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._screen)

    def types(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._screen, keys)

    def wait_for(self, text: str, seconds: float = 15) -> None:
        """Read the screen until it shows a text and nothing more comes."""
        until = time.monotonic() + seconds
        while text not in self.shown:
            self._read(until - time.monotonic())
            assert time.monotonic() < until, self.shown
        while self._read(0.5):
            pass

    def exit_code(self, seconds: float = 15) -> int:
        """Read the screen until the process ends."""
        until = time.monotonic() + seconds
        while self._process.poll() is None and time.monotonic() < until:
            self._read(0.1)
        return self._process.wait(1)

    def _read(self, seconds: float) -> bool:
        """Whether something came within some seconds."""
        if not select.select([self._screen], [], [], max(0.0, seconds))[0]:
            return False
        try:
            self.shown += os.read(self._screen, 65536).decode("utf-8", errors="replace")
        except OSError:  # the process has ended
            time.sleep(0.05)
            return False
        return True

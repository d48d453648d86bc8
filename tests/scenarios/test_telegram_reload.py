"""Knowledge changes while the bot runs: taken up when it is good, refused when it is not."""

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from bot.channels.unanswered_log import UnansweredLog
from tests.conftest import copy_five_weeks
from tests.scenarios.conftest import Start
from tests.telegram_server.people import Person
from tests.telegram_server.process import RUN
from tests.telegram_server.server import Json, TelegramServer

THEME = "What was the theme of the IP Publicity Week in Qinghai in 2020?"
ON_20_APRIL = "What did Fujian hold on April 20, 2021?"
QINGHAI, FUJIAN = "weeks/2020/qinghai.yaml", "weeks/2021/fujian.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder of five weeks that may be changed."""
    return copy_five_weeks(tmp_path / "knowledge")


@pytest.fixture
def serve(start: Start, folder: Path) -> Callable[..., object]:
    """Start the bot with this folder."""
    return lambda **settings: start(*RUN, "--knowledge", str(folder), **settings)


def asked(server: TelegramServer, person: Person, text: str) -> str:
    """The answer to a message."""
    message = person.writes(text)
    server.wait_until(lambda: server.pending == 0)
    answer: Json = server.wait_until(lambda: server.said_in(person.id))[-1]
    assert message["message_id"] < answer["message_id"]
    return str(answer["text"])


def told(server: TelegramServer, person: Person, words: str) -> str:
    """Wait until somebody is told something with these words; the whole of it."""

    def found() -> str:
        said = (str(one["text"]) for one in server.said_in(person.id))
        return next((text for text in said if words in text), "")

    return str(server.wait_until(found))


def change(folder: Path, file: str, pattern: str, new: str) -> None:
    """Change every place of a file that fits."""
    path = folder / file
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"))
    assert count
    path.write_text(text, encoding="utf-8")


def test_a_good_change_is_served_and_told_to_maintainers(
    server: TelegramServer, serve: Start, folder: Path
) -> None:
    ann, bob = Person(server), Person(server, "Bob")
    serve(MAINTAINER_IDS=str(ann.id))
    assert "Healthy China" in asked(server, bob, THEME)
    assert "Nothing has changed" in asked(server, ann, "/changes")
    change(folder, QINGHAI, "Healthy China", "Happy China")
    news = told(server, ann, "is in service. Changes: ")
    assert "Happy China" in news
    assert "Happy China" in asked(server, bob, THEME)
    assert "Happy China" in asked(server, ann, "/changes")
    assert "I do not know this command" in asked(server, bob, "/reload")
    assert "which is in service" in asked(server, ann, "/reload")


def test_a_broken_change_is_refused_with_file_line_and_reason(
    server: TelegramServer, serve: Start, folder: Path
) -> None:
    ann, bob = Person(server), Person(server, "Bob")
    bot = serve(MAINTAINER_IDS=str(ann.id))
    assert "Healthy China" in asked(server, bob, THEME)
    good = (folder / QINGHAI).read_text(encoding="utf-8")
    change(folder, QINGHAI, "\nyear: 2020", "\nyaer: 2020")
    news = told(server, ann, "was refused")
    line = good.split("\n").index("year: 2020") + 1
    assert f"{QINGHAI}:{line}" in news
    assert "Healthy China" in asked(server, bob, THEME)
    assert f"{QINGHAI}:{line}" in bot.printed()
    (folder / QINGHAI).write_text(good, encoding="utf-8")
    assert told(server, ann, "The folder holds knowledge")


def test_a_change_that_breaks_a_question_is_refused(
    server: TelegramServer, serve: Start, folder: Path
) -> None:
    ann = Person(server)
    serve(MAINTAINER_IDS=str(ann.id))
    assert "4 activities" in asked(server, ann, ON_20_APRIL)
    change(folder, FUJIAN, 'date: "2021-04-20"', 'date: "2021-04-21"')
    news = told(server, ann, "was refused")
    assert "What did Fujian hold on April 20?" in news
    assert "4 activities" in asked(server, ann, ON_20_APRIL)


def test_a_week_goes_with_its_file_and_comes_with_it(
    server: TelegramServer, serve: Start, folder: Path
) -> None:
    ann = Person(server)
    serve(MAINTAINER_IDS=str(ann.id))
    assert "4 weeks" not in asked(server, ann, "/status")
    good = (folder / QINGHAI).read_text(encoding="utf-8")
    (folder / QINGHAI).unlink()
    assert "Qinghai 2020 is gone" in told(server, ann, "Qinghai 2020 is gone")
    assert "Healthy China" not in asked(server, ann, THEME)
    assert "4 weeks" in asked(server, ann, "/status")
    (folder / QINGHAI).write_text(good, encoding="utf-8")
    assert "Qinghai 2020 is new" in told(server, ann, "Qinghai 2020 is new")
    assert "Healthy China" in asked(server, ann, THEME)


def test_under_load_no_answer_fails_and_none_mixes_old_and_new(
    server: TelegramServer, serve: Start, folder: Path
) -> None:
    ann, people = Person(server), [Person(server, f"P{number}") for number in range(8)]
    original = (folder / FUJIAN).read_text(encoding="utf-8")

    def state(mark: str) -> None:
        """Put a mark into every summary of the week."""
        text = re.sub(r"(summary:\n      en: >-\n        )", rf"\1{mark} ", original)
        text = re.sub(r"(summary:\n      en: )(?!>)", rf"\1{mark} ", text)
        (folder / FUJIAN).write_text(text, encoding="utf-8")

    state("Oldmark")
    serve(MAINTAINER_IDS=str(ann.id), QUESTIONS_PER_MINUTE="999999")
    assert "Oldmark" in asked(server, ann, ON_20_APRIL)
    count = 0
    for mark in ("Newmark", "Oldmark", "Newmark"):
        state(mark)
        heard, deadline = len(server.said_in(ann.id)), monotonic() + 60
        while len(server.said_in(ann.id)) == heard:
            assert monotonic() < deadline, f"the change to {mark} was not taken up"
            for person in people:
                person.writes(ON_20_APRIL)
                count += 1
            server.wait_until(lambda: server.pending < 100)
    server.wait_until(lambda: server.pending == 0, 60)
    answers = [one["text"] for person in people for one in server.said_in(person.id)]
    marks = [frozenset(re.findall("Oldmark|Newmark", text)) for text in answers]
    assert len(answers) == count
    assert {len(found) for found in marks} == {1}, "an answer mixes old and new, or failed"
    assert len(set(marks)) == 2


def test_a_broken_file_at_the_start_ends_it_with_one_clear_message(
    server: TelegramServer, serve: Start, folder: Path
) -> None:
    ann = Person(server)
    bot = serve()
    assert "Healthy China" in asked(server, ann, THEME)
    assert bot.stop() == 0
    change(folder, QINGHAI, "\nyear: 2020", "\nyaer: 2020")
    broken = (folder / QINGHAI).read_bytes()
    bot.start()
    assert bot.exit_code() == 1
    assert f"ipweek: {QINGHAI}:" in bot.printed()
    assert "Traceback" not in bot.printed()
    assert (folder / QINGHAI).read_bytes() == broken


def test_a_press_on_this_is_wrong_tells_maintainers_question_facts_and_lines(
    server: TelegramServer, serve: Start, folder: Path, tmp_path: Path
) -> None:
    ann, bob = Person(server), Person(server, "Bob")
    serve(MAINTAINER_IDS=str(ann.id), UNANSWERED_LOG=str(tmp_path / "questions.sqlite"))
    assert "Healthy China" in asked(server, bob, THEME)
    bob.presses(server.said_in(bob.id)[-1], "⚠ This is wrong")
    news = told(server, ann, "Somebody says that an answer is wrong")
    assert THEME in news
    assert re.search(r"qinghai-2020#theme\s+\S*2020/qinghai\.yaml:\d+", news)
    assert "Bob" not in news
    assert str(bob.id) not in news
    assert told(server, bob, "the maintainers are told")
    (kept,) = UnansweredLog(tmp_path / "questions.sqlite").said_wrong()
    assert kept.facts


def test_questions_without_an_answer_are_kept_and_the_privacy_text_says_so(
    server: TelegramServer, serve: Start, tmp_path: Path
) -> None:
    ann = Person(server)
    serve(MAINTAINER_IDS=str(ann.id), UNANSWERED_LOG=str(tmp_path / "questions.sqlite"))
    asked(server, ann, "What did Qinghai hold in 1999?")
    asked(server, ann, "thank you")
    assert "1 refused" not in asked(server, ann, "/status")
    assert "50% refused" in asked(server, ann, "/status")
    assert "90 days" in asked(server, ann, "/privacy")
    (kept,) = UnansweredLog(tmp_path / "questions.sqlite").unanswered()
    assert kept.question == "what did qinghai hold in 1999"
    assert ann.user["first_name"].encode() not in (tmp_path / "questions.sqlite").read_bytes()

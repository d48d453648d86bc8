"""What the channel keeps: ledger, dialogues, limits, settings, secrets, calendar, wording."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from telegram import Bot
from telegram.error import InvalidToken

from bot.channels.telegram_calendar import week_calendar
from bot.channels.telegram_commands import menus
from bot.channels.telegram_dialogues import Dialogue, Dialogues
from bot.channels.telegram_fairness import Fairness, Turn
from bot.channels.telegram_lanes import Lanes
from bot.channels.telegram_ledger import Ledger
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_reading import Asker, Origin
from bot.channels.telegram_secrets import RedactingFormatter, Redaction
from bot.channels.telegram_wording import FILE, read_wording
from bot.errors import KnowledgeProblems, SettingsProblem
from bot.knowledge.loader import PACKAGED_KNOWLEDGE
from bot.settings import SETTINGS, load_settings
from tests.telegram_server.scripted import small_knowledge

TOKEN = "123456:ABC-secret_part"  # noqa: S105 - of no bot
NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
ANN = Origin(-100, 7, 1, Asker("user7", 7, "en"), private=False)


def update(number: int, **content: Any) -> dict[str, Any]:
    """A raw update."""
    chat = {"id": 9, "type": "private"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, **content},
    }


def test_the_ledger_recognises_after_a_crash_what_was_answered(tmp_path: Path) -> None:
    Ledger(tmp_path / "x").record(update(5, text="secret words"))
    again = Ledger(tmp_path / "x")
    assert again.holds(update(5, text="secret words"))
    assert not again.holds(update(6))
    assert not again.holds(update(5, date=2)), "another update with the same number is another"
    assert "secret" not in (tmp_path / "x").read_text()


def test_the_ledger_forgets_what_telegram_has_confirmed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "x")
    for number in (5, 6):
        ledger.record(update(number))
    ledger.confirmed_below(6)
    assert not ledger.holds(update(5))
    assert ledger.holds(update(6))
    ledger.confirmed_below(7)
    assert (tmp_path / "x").read_bytes() == b""


def test_a_broken_ledger_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\n12\nabc:1\n5:message:5:1:9")
    ledger = Ledger(tmp_path / "x")
    assert not ledger.holds(update(7))


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """The time."""
        return self.now


def test_a_dialogue_ends_with_its_state_and_nothing_of_it_is_kept() -> None:
    clock = Clock()
    dialogues = Dialogues(clock)
    dialogues.advance(ANN, Dialogue(), "secret", None)
    assert dialogues.running(ANN).turns == ("secret",)
    clock.now += timedelta(minutes=31)
    dialogues.expire()
    assert dialogues.running(ANN) == Dialogue()
    assert "secret" not in repr(vars(dialogues))


def test_forgetting_one_person_leaves_the_others() -> None:
    dialogues, bob = Dialogues(Clock()), replace(ANN, asker=Asker("user8", 8, "en"))
    for origin in (ANN, bob):
        dialogues.advance(origin, Dialogue(), "words", None)
        dialogues.choose_language(origin.asker.key, "zh")
    dialogues.forget("user7")
    assert dialogues.running(ANN) == Dialogue()
    assert dialogues.language_of("user7") is None
    assert dialogues.running(bob).turns == ("words",)


def test_the_limit_is_per_person_told_once_and_recovers() -> None:
    time = [0.0]
    fairness = Fairness(3, lambda: time[0])
    turns = [fairness.turn_of("ann") for _ in range(5)]
    assert turns == [Turn.ALLOWED] * 3 + [Turn.TOLD_TO_WAIT, Turn.IGNORED]
    assert fairness.turn_of("bob") is Turn.ALLOWED
    time[0] += 20
    assert fairness.turn_of("ann") is Turn.ALLOWED


def test_work_is_in_order_in_a_lane_and_lanes_do_not_wait() -> None:
    async def run() -> list[str]:
        done, gate, lanes = [], asyncio.Event(), Lanes()

        async def work(name: str, waits: bool) -> None:
            if waits:
                await gate.wait()
            done.append(name)

        lanes.put(1, lambda: work("a", waits=True))
        lanes.put(1, lambda: work("b", waits=False))
        await lanes.put(2, lambda: work("c", waits=False))
        gate.set()
        assert await lanes.finish(5)
        return done

    assert asyncio.run(run()) == ["c", "a", "b"]


def test_a_pace_lets_the_next_begin_when_one_hangs() -> None:
    async def run() -> int:
        pace, begun = Pace(1, 0.01), []

        async def hang() -> None:
            async with pace.turn():
                begun.append(1)
                await asyncio.sleep(3600)

        tasks = [asyncio.create_task(hang()) for _ in range(3)]
        await asyncio.wait(tasks, timeout=0.5)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with pace.turn():
            return len(begun)

    assert asyncio.run(asyncio.wait_for(run(), 10)) == 3


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": "abc"}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "api"}, "TELEGRAM_API_URL"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "MAINTAINER_IDS": "1,x"}, "MAINTAINER_IDS"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "QUESTIONS_PER_MINUTE": "0"}, "QUESTIONS_PER_MINUTE"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_PORT": "70000"}, "TELEGRAM_WEBHOOK_PORT"),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "a b"},
            "TELEGRAM_WEBHOOK_SECRET",
        ),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "https://e.org"},
            "TELEGRAM_WEBHOOK_SECRET",
        ),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "http://e.org"},
            "TELEGRAM_WEBHOOK_URL",
        ),
        (
            {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_URL": "https://e.org:9"},
            "TELEGRAM_WEBHOOK_URL",
        ),
    ],
)
def test_a_missing_or_malformed_setting_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsProblem, match=named) as caught:
        load_settings(environment)
    assert caught.value.exit_code == 2
    assert TOKEN not in str(caught.value)
    assert len(str(caught.value).splitlines()) == (1 if environment else 2)


def test_without_a_token_two_lines_say_how_to_get_one_and_what_works_without() -> None:
    with pytest.raises(SettingsProblem) as caught:
        load_settings({})
    first, second = str(caught.value).splitlines()
    assert "@BotFather" in first
    assert "make chat" in second


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nMAINTAINER_IDS=1, 2\nQUESTIONS_PER_MINUTE=9\n")
    settings = load_settings({"QUESTIONS_PER_MINUTE": "5"}, file)
    assert settings.token == TOKEN
    assert settings.maintainer_ids == {1, 2}
    assert settings.questions_per_minute == 5
    assert TOKEN not in repr(settings)


def test_no_setting_is_listed_twice() -> None:
    names = [setting.name for setting in SETTINGS]
    assert len(set(names)) == len(names)


def shown(error: Exception) -> str:
    """An error as it stands in the log, traceback and all."""
    try:
        raise error
    except type(error) as caught:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, f"calling /bot{TOKEN}/getMe", None,
            (type(caught), caught, caught.__traceback__),
        )  # fmt: skip
    return RedactingFormatter(Redaction(TOKEN)).format(record)


def test_the_token_is_hidden_in_messages_tracebacks_and_the_librarys_own_errors() -> None:
    library = InvalidToken(f"The token `{TOKEN}` was rejected by the server.")
    for error in (library, ValueError(repr(Bot(TOKEN))), ValueError("a/123456%3AABC-secret_part")):
        text = shown(error)
        assert "Traceback" in text
        assert "ABC-secret_part" not in text


def test_a_calendar_has_only_dated_activities_with_stable_ids_and_true_status() -> None:
    knowledge, wording = small_knowledge(), read_wording()
    entry = knowledge.week_with_id("fujian-2021")
    assert entry is not None
    first, second = (
        week_calendar(entry, knowledge, wording, "en", NOON + timedelta(days=i)) for i in (0, 9)
    )
    events = {
        str(one["uid"]).partition("@")[0]: one
        for one in Calendar.from_ical(first.ics).walk("VEVENT")
    }
    assert events.keys() == {f"fujian-2021.{id}" for id in ("opening", "lectures", "market")}
    assert {key: str(one["status"]) for key, one in events.items()} == {
        "fujian-2021.opening": "CONFIRMED",
        "fujian-2021.lectures": "TENTATIVE",
        "fujian-2021.market": "TENTATIVE",
    }
    lectures = events["fujian-2021.lectures"]
    assert (lectures.decoded("dtstart"), lectures.decoded("dtend")) == (
        date(2021, 4, 21),
        date(2021, 4, 24),
    )
    assert "Hall" in str(events["fujian-2021.opening"]["location"])
    uids = [str(one["uid"]) for one in Calendar.from_ical(second.ics).walk("VEVENT")]
    assert sorted(uids) == sorted(str(one["uid"]) for one in events.values())


def test_every_text_is_there_in_both_languages_with_the_same_values() -> None:
    import re

    wording = read_wording()
    for name in wording.__struct_fields__:
        text = getattr(wording, name)
        if name in {"commands", "questions", "examples"}:
            continue
        assert text.en, name
        assert text.zh, name
        values = [sorted(re.findall(r"\{(\w+)\}", words)) for words in (text.en, text.zh)]
        assert values[0] == values[1], name


def test_a_mistake_in_the_wording_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "channels").mkdir()
    (tmp_path / "channels" / "telegram.yaml").write_text("welcome: {en: hi}\n")
    with pytest.raises(KnowledgeProblems, match=r"channels/telegram\.yaml"):
        read_wording(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\nwelcome:", "\nwelcom:", 'did you mean "welcome"?'),
        ("{version}", "{verison}", "did you mean version?"),
        ("{version}", "{version", "has no partner"),
        ("{version}", "", "only one of the two languages has {version}"),
    ],
)
def test_a_text_that_could_not_be_said_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = (PACKAGED_KNOWLEDGE / FILE).read_text("utf-8")
    (tmp_path / "channels").mkdir()
    (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeProblems) as raised:
        read_wording(tmp_path)
    (problem,) = raised.value.problems
    line = text[: text.index(old)].count("\n") + 1 + old.count("\n")
    assert abs(problem.line - line) <= 2
    assert problem.column > 0
    assert said in str(problem)


def test_menus_are_within_telegrams_limits() -> None:
    for _, language, commands in menus(read_wording(), frozenset({5})):
        assert 1 <= len(commands) <= 100
        assert language in {None, "zh"}
        assert all(1 <= len(command.description) <= 100 for command in commands)

"""Errors by name, and what is done about each; the library's real errors, no network."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest

from bot.channels.telegram_delivery import Delivery
from bot.channels.telegram_reading import Asker, Origin
from bot.channels.telegram_refusals import Refusal, refusal_of
from bot.channels.telegram_rendering import Part
from bot.channels.telegram_request import NoNetworkError

PART = Part("<b>x</b>", "x")


class ScriptedBot:
    """Answers calls with what is scripted, an error or an id, and notes what they were."""

    def __init__(self, *answers: TelegramError | int) -> None:
        self.answers = list(answers)
        self.calls: list[dict[str, Any]] = []

    async def do_api_request(self, _: str, api_kwargs: dict[str, Any]) -> dict[str, int]:
        """Send a message."""
        self.calls.append(api_kwargs)
        answer = self.answers.pop(0)
        if isinstance(answer, TelegramError):
            raise answer
        return {"message_id": answer}


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self) -> float:
        """The time."""
        return self.now


def origin(chat_id: int = 5, topic: int | None = None) -> Origin:
    """A place to answer at."""
    return Origin(chat_id, topic, 9, Asker("user7", 7, "en"), private=False)


def say(
    *answers: TelegramError | int, topic: int | None = None
) -> tuple[int | None, ScriptedBot, Clock]:
    """Say something to a bot with this script."""
    bot, clock = ScriptedBot(*answers), Clock()
    delivery = Delivery(bot, sleep=clock.sleep, clock=clock)  # type: ignore[arg-type]
    sent = asyncio.run(delivery.say(origin(topic=topic), PART, reply_to=9))
    return sent, bot, clock


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (BadRequest("Message is not modified: specified new message…"), Refusal.NOT_MODIFIED),
        (BadRequest("Query is too old and response timeout expired…"), Refusal.QUERY_TOO_OLD),
        (Forbidden("Forbidden: bot was blocked by the user"), Refusal.BLOCKED),
        (BadRequest("Message to be replied not found"), Refusal.REPLY_NOT_FOUND),
        (BadRequest("Message thread not found"), Refusal.TOPIC_NOT_FOUND),
        (BadRequest("Can't parse entities: unclosed start tag"), Refusal.MARKUP),
        (BadRequest("Message to edit not found"), Refusal.EDIT_NOT_POSSIBLE),
        (BadRequest("Something quite new"), Refusal.OTHER),
        (NetworkError("Bad Gateway"), None),
        (TimedOut(), None),
    ],
)
def test_refusals_have_names(error: TelegramError, refusal: Refusal | None) -> None:
    assert refusal_of(error) is refusal


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_a_limit_is_waited_for_as_long_as_telegram_says() -> None:
    sent, _, clock = say(RetryAfter(7), 1)
    assert sent == 1
    assert clock.slept == [7]


@pytest.mark.parametrize("error", [NetworkError("Bad Gateway"), TimedOut(), NoNetworkError("x")])
def test_what_may_yet_succeed_is_repeated_with_growing_pauses(error: TelegramError) -> None:
    sent, _, clock = say(error, error, error, 1)
    assert sent == 1
    assert clock.slept == sorted(clock.slept)
    assert len(clock.slept) == 3


def test_a_missing_network_is_outlasted_however_long_it_takes() -> None:
    assert say(*[NoNetworkError("x")] * 1000, 1)[0] == 1


def test_a_server_that_only_fails_is_given_up_after_a_while() -> None:
    assert say(*[NetworkError("Bad Gateway")] * 1000)[0] is None


def test_a_group_that_moved_is_written_to_at_its_new_id() -> None:
    sent, bot, _ = say(ChatMigrated(-77), 1)
    assert sent == 1
    assert [call["chat_id"] for call in bot.calls] == [5, -77]


@pytest.mark.parametrize(
    ("error", "left_out"),
    [
        (BadRequest("Message to be replied not found"), "reply_parameters"),
        (BadRequest("Can't parse entities: x"), "parse_mode"),
        (BadRequest("Message thread not found"), "message_thread_id"),
        (BadRequest("Something quite new"), "parse_mode"),
    ],
)
def test_a_refused_message_is_sent_without_what_was_refused(
    error: TelegramError, left_out: str
) -> None:
    sent, bot, _ = say(error, 1, topic=3)
    assert sent == 1
    assert left_out in bot.calls[0]
    assert left_out not in bot.calls[1]


@pytest.mark.parametrize(
    "errors",
    [
        [Forbidden("Forbidden: bot was kicked")],
        [BadRequest("Chat not found")],
        [BadRequest("odd")] * 2,
    ],
)
def test_what_is_refused_for_good_is_not_tried_for_ever(errors: Sequence[TelegramError]) -> None:
    sent, bot, _ = say(*errors)
    assert sent is None
    assert bot.answers == []


class NoRequest(BaseRequest):
    """A network that answers every request with the same status and body."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status, self.body = status, body

    read_timeout = 1.0

    async def initialize(self) -> None:
        """Nothing to get ready."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """The same answer as always."""
        return self.status, self.body


@pytest.mark.filterwarnings("ignore:Please use 'Bot.")
@pytest.mark.parametrize(
    ("status", "body", "sent"),
    [
        (200, b'{"ok": true, "result": {"message_id": 12}}', 12),
        (403, b'{"ok": false, "description": "Forbidden: bot was blocked by the user"}', None),
        (400, b'{"ok": false, "description": "Bad Request: chat not found"}', None),
    ],
)
def test_the_library_itself_raises_what_is_expected_here(
    status: int, body: bytes, sent: int | None
) -> None:
    async def through_the_library() -> int | None:
        bot = Bot("1:x", request=NoRequest(status, body))
        return await Delivery(bot).say(origin(), PART)

    assert asyncio.run(through_the_library()) == sent

"""The Telegram channel as a process: put together, started, served, brought to its end."""

import asyncio
import logging
import signal
import time
import warnings
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Bot, Update
from telegram.constants import UpdateType
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.channels.telegram_commands import Commands, menus
from bot.channels.telegram_conversation import Conversation
from bot.channels.telegram_delivery import Delivery, seconds_to_wait
from bot.channels.telegram_dialogues import Dialogues
from bot.channels.telegram_fairness import Fairness
from bot.channels.telegram_handlers import Handlers
from bot.channels.telegram_inline import Inline
from bot.channels.telegram_intake import Intake
from bot.channels.telegram_ledger import RawUpdate
from bot.channels.telegram_polling import WINDOW, Polling
from bot.channels.telegram_reading import Event, Origin, Self, read_update
from bot.channels.telegram_request import QuickRequest
from bot.channels.telegram_secrets import log_without_token
from bot.channels.telegram_state import RunState, open_state
from bot.channels.telegram_webhook import Deliveries, serve
from bot.channels.telegram_wording import TelegramWording
from bot.errors import SettingsProblem
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.settings import Settings, Webhook

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant

log = logging.getLogger(__name__)

UPDATES_WANTED = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
]
FINISH_SECONDS = 8.0
"""How long work may go on after SIGTERM; with saying goodbye it stays below ten."""
_TYPING_AFTER = 2.0
_SILENCE_SECONDS = 5.0
_UPKEEP_SECONDS = 30.0
_LONGEST_PAUSE = 5.0
_INLINE_PER_QUESTION = 4
"""Inline mode asks with every few keys, so it gets this many times the questions."""


def run(
    settings: Settings, assistant: "Assistant", knowledge: KnowledgeBase, wording: TelegramWording
) -> int:
    """Serve until SIGTERM or SIGINT; the exit code.

    Raises SettingsProblem when Telegram refuses the token, and AnotherPoller when
    another process of the same bot does not end.
    """
    log_without_token(settings.token)
    _silence_advice()
    state = open_state(settings)
    try:
        return asyncio.run(_serve(settings, assistant, knowledge, wording, state))
    except InvalidToken:
        raise SettingsProblem(
            "TELEGRAM_BOT_TOKEN was refused by Telegram: get a valid one from @BotFather"
        ) from None
    finally:
        state.close()


def _silence_advice() -> None:
    # Updates are fetched undecoded, so that those that come again cost next to nothing
    # and one that the library cannot decode stops no other; Bot.get_updates cannot do that.
    warnings.filterwarnings("ignore", "Please use 'Bot.get", PTBUserWarning)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What serves, put together."""

    handlers: Handlers
    intake: Intake
    dialogues: Dialogues


async def _serve(
    settings: Settings,
    assistant: "Assistant",
    knowledge: KnowledgeBase,
    wording: TelegramWording,
    state: RunState,
) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    request = QuickRequest()
    bot = _make_bot(settings, request)
    try:
        beginning = asyncio.create_task(_persistently(bot.initialize))
        if await _before(stop, beginning):
            await _work(settings, assistant, knowledge, wording, state, bot, stop)
    finally:
        await request.shutdown()
    return 0


async def _work(
    settings: Settings,
    assistant: "Assistant",
    knowledge: KnowledgeBase,
    wording: TelegramWording,
    state: RunState,
    bot: Bot,
    stop: asyncio.Event,
) -> None:
    """Take updates until it is time to stop."""
    me = _self(bot, wording)
    alive = _alive(settings)
    parts = _put_together(settings, assistant, knowledge, wording, bot, me, state)
    upkeep = [
        asyncio.create_task(_register_menus(bot, wording, settings.maintainer_ids)),
        asyncio.create_task(_keep_up(parts.dialogues, alive if settings.webhook else None)),
    ]
    try:
        log.info("@%s serves knowledge %s", me.username, knowledge.version)
        if settings.webhook is None:
            await _poll(bot, parts.intake, state, alive, stop)
        else:
            await _receive(settings.webhook, bot, parts.intake, state, stop)
    finally:
        for task in upkeep:
            task.cancel()


def _make_bot(settings: Settings, request: QuickRequest) -> Bot:
    return Bot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _self(bot: Bot, wording: TelegramWording) -> Self:
    in_groups = {name for name, command in wording.commands.items() if "group" in command.where}
    return Self(
        id=bot.bot.id,
        username=bot.username,
        hears_everything=bool(bot.can_read_all_group_messages),
        group_commands=frozenset(in_groups),
    )


def _put_together(
    settings: Settings,
    assistant: "Assistant",
    knowledge: KnowledgeBase,
    wording: TelegramWording,
    bot: Bot,
    me: Self,
    state: RunState,
) -> _Parts:
    dialogues = Dialogues(_now)
    delivery = Delivery(bot, moved=dialogues.move)
    limit = settings.questions_per_minute
    inline_fairness = Fairness(limit * _INLINE_PER_QUESTION, time.monotonic)
    conversation = Conversation(assistant, knowledge, wording, dialogues, delivery, _now)
    handlers = Handlers(
        me=me,
        knowledge=knowledge,
        wording=wording,
        conversation=conversation,
        commands=Commands(knowledge, wording, me.username),
        inline=Inline(
            assistant, wording, me.username, dialogues, delivery, inline_fairness, _now
        ),
        dialogues=dialogues,
        delivery=delivery,
        fairness=Fairness(limit, time.monotonic),
        maintainers=settings.maintainer_ids,
        report=lambda: report(),
    )
    reception = Reception(me, handlers, delivery)
    intake = Intake(bot, reception.answer, state.ledger)
    report = _reporter(intake, dialogues, delivery, reception)
    return _Parts(handlers, intake, dialogues)


def _reporter(
    intake: Intake, dialogues: Dialogues, delivery: Delivery, reception: "Reception"
) -> Callable[[], dict[str, object]]:
    began = _now()

    def report() -> dict[str, object]:
        return {
            "uptime": str(_now() - began).partition(".")[0],
            "answered": reception.dealt_with,
            "in_work": len(intake),
            "dialogues": len(dialogues),
            "repeated": delivery.repeated,
            "refused": delivery.refused,
        }

    return report


class Reception:
    """Reads each update and sees to it that it is dealt with, whatever happens."""

    def __init__(self, me: Self, handlers: Handlers, delivery: Delivery) -> None:
        self._me = me
        self._handlers = handlers
        self._delivery = delivery
        self.dealt_with = 0
        """Updates that came to their end."""

    async def answer(self, update: Update) -> None:
        """Deal with an update; only a refused token gets out of here."""
        event = read_update(update, self._me)
        typing = self._typing_later(event)
        try:
            await self._handlers.handle(event)
        except InvalidToken:
            raise
        except Exception as error:  # noqa: BLE001 - one update must not end the others
            log.error("update %s: %s", update.update_id, _where(error))
            with suppress(TelegramError):
                await self._handlers.apologise(event)
        finally:
            if typing is not None:
                typing.cancel()
        self.dealt_with += 1

    def _typing_later(self, event: Event) -> asyncio.TimerHandle | None:
        """Have "typing …" shown if the answer takes long."""
        origin = getattr(event, "origin", None)
        if not isinstance(origin, Origin):
            return None
        loop = asyncio.get_running_loop()
        running: set[asyncio.Task[None]] = set()

        def show() -> None:
            task = loop.create_task(self._delivery.show_typing(origin))
            running.add(task)
            task.add_done_callback(running.discard)

        return loop.call_later(_TYPING_AFTER, show)


def _where(error: Exception) -> str:
    """What went wrong and in which lines; not the error's text, which may quote a person."""
    lines, traceback = [], error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        lines.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return f"{type(error).__name__} in {' > '.join(lines)}"


async def _poll(
    bot: Bot, intake: Intake, state: RunState, alive: Callable[[], None], stop: asyncio.Event
) -> None:
    async def fetch(offset: int, wait: int) -> list[RawUpdate]:
        wanted = {
            "offset": offset,
            "timeout": wait,
            "limit": WINDOW,
            "allowed_updates": UPDATES_WANTED,
        }
        return await bot.do_api_request(
            "getUpdates", api_kwargs=wanted, read_timeout=wait + _SILENCE_SECONDS
        )

    await _before(stop, asyncio.create_task(_persistently(bot.delete_webhook)))
    polling = Polling(fetch, intake, state.ledger)
    if stop.is_set():
        return
    await _before(stop, asyncio.create_task(polling.run(alive)))
    await intake.finish(FINISH_SECONDS)
    await polling.confirm()


async def _receive(
    webhook: Webhook, bot: Bot, intake: Intake, state: RunState, stop: asyncio.Event
) -> None:
    failures: list[BaseException] = []

    def fatal(error: BaseException) -> None:
        failures.append(error)
        stop.set()

    deliveries = Deliveries(intake, state.ledger, webhook.secret, fatal)
    server = await serve(deliveries, webhook.listen, webhook.port)
    try:
        await _before(stop, asyncio.create_task(_persistently(partial(_register, bot, webhook))))
        await stop.wait()
        await intake.finish(FINISH_SECONDS)
    finally:
        await server.cleanup()
    if failures:
        raise failures[0]


async def _register(bot: Bot, webhook: Webhook) -> None:
    try:
        await bot.set_webhook(
            webhook.url, secret_token=webhook.secret, allowed_updates=UPDATES_WANTED
        )
    except BadRequest as error:
        raise SettingsProblem(
            f"TELEGRAM_WEBHOOK_URL was refused by Telegram: {error.message}"
        ) from None


async def _before(stop: asyncio.Event, work: "asyncio.Task[Any]") -> bool:
    """Wait for the work or for the signal to stop, which ends it; whether it was done.

    Raises whatever the work raises.
    """
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((stopping, work), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if work.done():
        work.result()
        return True
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work
    return False


async def _persistently(call: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Make a call of the start until it is accepted; a missing network is waited for."""
    pause = 0.2
    while True:
        try:
            await call()
        except RetryAfter as error:
            await asyncio.sleep(seconds_to_wait(error))
        except BadRequest:
            raise
        except NetworkError as error:
            log.warning("Telegram cannot be reached (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return


async def _register_menus(
    bot: Bot, wording: TelegramWording, maintainers: frozenset[int]
) -> None:
    for scope, language, commands in menus(wording, maintainers):
        try:
            await bot.set_my_commands(commands, scope, language)
        except TelegramError as error:
            # A maintainer who never wrote to the bot has no chat to show a menu in.
            log.info("a command menu was not set (%s)", type(error).__name__)


async def _keep_up(dialogues: Dialogues, alive: Callable[[], None] | None) -> None:
    """Let go of what has expired even while nobody writes.

    `alive` is given where no polling shows that the bot is at work.
    """
    while True:
        dialogues.expire()
        if alive is not None:
            alive()
        await asyncio.sleep(_UPKEEP_SECONDS)


def _alive(settings: Settings) -> Callable[[], None]:
    """Something to call while all is well, for health checks."""
    path = settings.heartbeat_file

    def touch() -> None:
        if path is not None:
            with suppress(OSError):
                path.touch()

    return touch


def _now() -> datetime:
    return datetime.now(UTC)

"""Calls to Telegram that end only when they are accepted or refused for good.

    429                    only the chat concerned waits, as long as Telegram says
    network errors, 5xx    the call is repeated, with growing pauses
    refusals               by name (`Refusal`): a milder form is tried where there is one

Without a network a call is repeated until there is one; a server that answers with
errors only for ten minutes is taken at its word.
"""

import asyncio
import itertools
import logging
import time
import warnings
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

from cachetools import LRUCache
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultsButton,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.warnings import PTBDeprecationWarning

from bot.channels.telegram_reading import Origin
from bot.channels.telegram_refusals import Refusal, refusal_of
from bot.channels.telegram_rendering import Part
from bot.channels.telegram_request import NoNetworkError

log = logging.getLogger(__name__)
T = TypeVar("T")
Keyboard = Sequence[Sequence[InlineKeyboardButton]]

_SERVER_PATIENCE = 600.0
_FIRST_BACKOFF, _LONGEST_BACKOFF = 0.2, 5.0
_CACHE_SECONDS = 300
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a part is sent; milder forms leave out what Telegram refused."""

    part: Part
    keyboard: InlineKeyboardMarkup | None
    reply_to: int | None
    topic: int | None
    marked_up: bool = True

    def milder(self, refusal: Refusal | None) -> "_Form | None":
        """The form to try after a refusal; None when there is nothing to be done."""
        plainest = _Form(self.part, None, None, self.topic, marked_up=False)
        mended = {
            Refusal.MARKUP: replace(self, marked_up=False),
            Refusal.REPLY_NOT_FOUND: replace(self, reply_to=None),
            Refusal.TOPIC_NOT_FOUND: replace(self, topic=None, reply_to=None),
            Refusal.OTHER: plainest,
        }.get(refusal or Refusal.BLOCKED)
        return mended if mended != self else None


class Delivery:
    """Sends, edits and answers on behalf of the bot."""

    def __init__(
        self,
        bot: Bot,
        moved: Callable[[int, int], None] = lambda _old, _new: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`moved` is told when a chat turns out to have a new id."""
        self._bot = bot
        self._moved = moved
        self._sleep = sleep
        self._clock = clock
        self._paused_until: LRUCache[int | str, float] = LRUCache(10_000)
        self._new_ids: LRUCache[int, int] = LRUCache(10_000)
        self.repeated = 0
        """Calls that had to be made again."""
        self.refused = 0
        """Calls that were refused for good."""

    async def say(
        self,
        origin: Origin,
        part: Part,
        keyboard: Keyboard = (),
        reply_to: int | None = None,
    ) -> int | None:
        """Send a part; the id of the new message, or None when Telegram will not have it."""
        form: _Form | None = _Form(part, _markup(keyboard), reply_to, origin.topic)
        while form is not None:
            refusal = None
            try:
                return await self._send(origin.chat_id, form)
            except (BadRequest, Forbidden) as error:
                refusal = self._note(error, "sendMessage")
            form = form.milder(refusal)
        return None

    async def rewrite(
        self, chat_id: int, message_id: int, part: Part, keyboard: Keyboard = ()
    ) -> bool:
        """Put the part in the place of a message; False when that cannot be edited."""
        form: _Form | None = _Form(part, _markup(keyboard), None, None)
        while form is not None:
            try:
                await self._edit(chat_id, message_id, form)
            except (BadRequest, Forbidden) as error:
                refusal = refusal_of(error)
                if refusal is Refusal.NOT_MODIFIED:
                    return True
                self._note(error, "editMessageText")
                form = form.milder(refusal)
            else:
                return True
        return False

    async def remove(self, chat_id: int, message_id: int) -> None:
        """Delete one of the bot's messages, if that is still possible."""
        try:
            await self._until_settled(
                chat_id, lambda: self._bot.delete_message(self._current(chat_id), message_id)
            )
        except (BadRequest, Forbidden) as error:
            self._note(error, "deleteMessage")

    async def send_file(
        self, origin: Origin, content: bytes, filename: str, caption: str, reply_to: int | None
    ) -> int | None:
        """Send a file with a caption in plain words; the id of the new message, if accepted."""
        form: _Form | None = _Form(Part("", caption), None, reply_to, origin.topic, marked_up=False)
        while form is not None:
            refusal = None
            try:
                return await self._send_document(origin.chat_id, InputFile(content, filename), form)
            except (BadRequest, Forbidden) as error:
                refusal = self._note(error, "sendDocument")
            form = form.milder(refusal)
        return None

    async def acknowledge(self, query_id: str, text: str = "") -> None:
        """Take the clock off a pressed button; too late is too late."""
        try:
            await self._until_settled(
                query_id, lambda: self._bot.answer_callback_query(query_id, text or None)
            )
        except (BadRequest, Forbidden) as error:
            self._note(error, "answerCallbackQuery")

    async def answer_inline(
        self,
        query_id: str,
        results: Sequence[InlineQueryResult],
        button: InlineQueryResultsButton,
        *,
        personal: bool,
    ) -> None:
        """Offer the results; Telegram keeps them for five minutes."""
        try:
            await self._until_settled(
                query_id,
                lambda: self._bot.answer_inline_query(
                    query_id,
                    results,
                    cache_time=_CACHE_SECONDS,
                    is_personal=personal,
                    button=button,
                ),
            )
        except (BadRequest, Forbidden) as error:
            self._note(error, "answerInlineQuery")

    async def show_typing(self, origin: Origin) -> None:
        """Show that an answer is on its way; never worth a second try."""
        if self._pause_left(origin.chat_id) > 0:
            return
        try:
            await self._bot.send_chat_action(
                self._current(origin.chat_id), ChatAction.TYPING, message_thread_id=origin.topic
            )
        except TelegramError as error:
            log.debug("typing could not be shown: %s", type(error).__name__)

    def chat_moved(self, old_id: int, new_id: int) -> None:
        """Send what was meant for the old id to the new one from now on."""
        if self._new_ids.get(old_id) != new_id:
            self._new_ids[old_id] = new_id
            self._moved(old_id, new_id)

    async def _send(self, chat_id: int, form: _Form) -> int:
        wanted = {
            "text": form.part.html if form.marked_up else form.part.plain,
            "parse_mode": ParseMode.HTML if form.marked_up else None,
            "link_preview_options": _NO_PREVIEW,
            "message_thread_id": form.topic,
            "reply_parameters": _reply_parameters(form.reply_to),
            "reply_markup": form.keyboard,
        }
        # Bot.send_message would build the whole message that comes back; its id is enough.
        given = {name: value for name, value in wanted.items() if value is not None}
        message = await self._until_settled(
            chat_id,
            lambda: self._bot.do_api_request(
                "sendMessage", api_kwargs={"chat_id": self._current(chat_id), **given}
            ),
        )
        return int(message["message_id"])

    async def _send_document(self, chat_id: int, document: InputFile, form: _Form) -> int:
        message = await self._until_settled(
            chat_id,
            lambda: self._bot.send_document(
                self._current(chat_id),
                document,
                caption=form.part.plain,
                message_thread_id=form.topic,
                reply_parameters=_reply_parameters(form.reply_to),
            ),
        )
        return message.message_id

    async def _edit(self, chat_id: int, message_id: int, form: _Form) -> None:
        await self._until_settled(
            chat_id,
            lambda: self._bot.edit_message_text(
                form.part.html if form.marked_up else form.part.plain,
                self._current(chat_id),
                message_id,
                parse_mode=ParseMode.HTML if form.marked_up else None,
                link_preview_options=_NO_PREVIEW,
                reply_markup=form.keyboard,
            ),
        )

    async def _until_settled(self, about: int | str, call: Callable[[], Awaitable[T]]) -> T:
        """Make the call until Telegram accepts it; `about` is the chat or query it concerns.

        Raises BadRequest or Forbidden when it is refused for good, and InvalidToken.
        """
        began = self._clock()
        for attempt in itertools.count():
            await self._sleep_if(self._pause_left(about))
            try:
                return await call()
            except RetryAfter as error:
                self._paused_until[about] = self._clock() + seconds_to_wait(error)
            except ChatMigrated as error:
                if isinstance(about, str):
                    raise BadRequest("a query cannot move") from error
                self.chat_moved(about, error.new_chat_id)
            except BadRequest:
                raise
            except NetworkError as error:
                if _server_spoke(error) and self._clock() - began > _SERVER_PATIENCE:
                    raise BadRequest(f"given up: {error.message}") from error
                await self._sleep(min(_FIRST_BACKOFF * 2**attempt, _LONGEST_BACKOFF))
            self.repeated += 1
        raise AssertionError("unreachable: the loop above has no end")

    async def _sleep_if(self, seconds: float) -> None:
        if seconds > 0:
            await self._sleep(seconds)

    def _pause_left(self, about: int | str) -> float:
        return self._paused_until.get(about, 0.0) - self._clock()

    def _current(self, chat_id: int) -> int:
        return self._new_ids.get(chat_id, chat_id)

    def _note(self, error: BadRequest | Forbidden, method: str) -> Refusal | None:
        refusal = refusal_of(error)
        self.refused += 1
        name = refusal.name if refusal is not None else "?"
        detail = f": {error.message}" if refusal is Refusal.OTHER else ""
        log.info("%s refused (%s)%s", method, name, detail)
        return refusal


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks to wait, whichever form the library gives it in."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _server_spoke(error: NetworkError) -> bool:
    """Whether Telegram answered at all, however badly; False for a missing network."""
    return not isinstance(error, TimedOut | NoNetworkError)


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    rows = [row for row in keyboard if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _reply_parameters(message_id: int | None) -> ReplyParameters | None:
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)

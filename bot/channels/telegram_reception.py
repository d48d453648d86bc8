"""Every update is read and dealt with, whatever happens on the way."""

import asyncio
import logging
from contextlib import suppress

from telegram import Update
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram_delivery import Delivery
from bot.channels.telegram_handlers import Handlers
from bot.channels.telegram_reading import Event, Origin, Self, read_update

log = logging.getLogger(__name__)

_TYPING_AFTER = 2.0
"""Seconds after which "typing …" is shown."""


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
            # Not log.exception: the error's text may quote what somebody wrote.
            log.error("update %s: %s", update.update_id, _where(error))  # noqa: TRY400
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

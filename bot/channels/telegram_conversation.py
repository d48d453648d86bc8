"""A question → the assistant's turn → messages in the right place.

It knows how an answer looks in a chat (parts, buttons, edits, pointers to earlier
answers) and what of the dialogue must be remembered for the next question.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton

from bot.answering.message import IncomingMessage
from bot.answering.reply import BulletList, Language, Reply, Status
from bot.channels.telegram_buttons import (
    Kind,
    Wish,
    callback_data,
    shows_all,
    suggestion_button,
)
from bot.channels.telegram_calendar import has_dates
from bot.channels.telegram_delivery import Delivery
from bot.channels.telegram_dialogues import Dialogue, Dialogues
from bot.channels.telegram_knowledge import InService
from bot.channels.telegram_reading import Origin
from bot.channels.telegram_rendering import Part, hidden_items, plain_text, render
from bot.channels.telegram_wording import TelegramWording
from bot.knowledge.entries import WeekEntry

if TYPE_CHECKING:
    from bot.answering.assistant import Turn

_SUGGESTIONS_SHOWN = 8
_WORTH_POINTING_AT = {Status.ANSWERED, Status.NO_DATA}
_LANGUAGELESS = "nobody"

Rows = Sequence[Sequence[InlineKeyboardButton]]


class Conversation:
    """Answers questions in chats."""

    def __init__(
        self,
        *,
        service: InService,
        wording: TelegramWording,
        dialogues: Dialogues,
        delivery: Delivery,
        now: Callable[[], datetime],
        noted: Callable[[str, Reply], None] = lambda _question, _reply: None,
        takes_reports: bool = False,
    ) -> None:
        """Answers from what is in service.

        Args:
            noted: told of each question that was asked, with its answer.
            takes_reports: whether somebody can be told that an answer is wrong.
        """
        self._service = service
        self._noted = noted
        self._takes_reports = takes_reports
        self._wording = wording
        self._dialogues = dialogues
        self._delivery = delivery
        self.now = now
        """The clock; its times have a time zone."""

    async def answer(self, origin: Origin, question: str) -> None:
        """Answer a question that was written."""
        dialogue = self._dialogues.running(origin)
        turn = self.think(origin, question, dialogue)
        self._dialogues.advance(origin, dialogue, question, turn.state)
        self._noted(question, turn.reply)
        rows = self.rows(origin, turn.reply, (*dialogue.turns, question), "show_all")
        await self.give(origin, turn.reply, rows)

    async def answer_edited(self, origin: Origin, question: str) -> None:
        """Answer a question that was changed, in the place of its answer if that is known."""
        running = self._dialogues.running(origin)
        start = running.before(origin.message_id)
        if start is None:
            known = self._dialogues.answer_to(origin.chat_id, origin.message_id)
            start = Dialogue() if known else running
        turn = self.think(origin, question, start)
        self._dialogues.correct(origin, start, question, turn.state)
        self._noted(question, turn.reply)
        rows = self.rows(origin, turn.reply, (*start.turns, question), "show_all")
        await self.give(origin, turn.reply, rows, edited=True)

    async def answer_press(self, origin: Origin, question: str) -> None:
        """Answer a question that a button asked, with the question above the answer."""
        pressed, origin = origin.message_id, replace(origin, message_id=None)
        dialogue = self._dialogues.running(origin)
        turn = self.think(origin, question, dialogue)
        self._dialogues.advance(origin, dialogue, question, turn.state)
        self._noted(question, turn.reply)
        rows = self.rows(origin, turn.reply, (*dialogue.turns, question), "show_all_asked")
        reply_to = None if origin.private else pressed
        await self.give(origin, turn.reply, rows, asked=question, reply_to=reply_to)

    async def show_all(self, origin: Origin, turns: Sequence[str], *, asked: bool) -> None:
        """Put the whole of an answer in the place of its beginning.

        The same questions in the same order lead to the same answer: the dialogue is
        asked again, so nothing needs to have been kept.
        """
        reply = self.replayed(origin, turns)
        if origin.message_id is not None and reply is not None:
            rows = [*self._answer_rows(reply), *self._report_rows(origin, reply, tuple(turns))]
            await self.expand(origin, reply, rows, asked=turns[-1] if asked else "")

    async def expand(
        self, origin: Origin, reply: Reply, rows: Rows = (), *, asked: str = ""
    ) -> None:
        """Write the whole reply over the message at `origin`, and after it what is too long."""
        parts = render(reply, self._wording, whole=True, asked=asked).parts
        await self._rewrite(origin, (origin.message_id or 0,), parts, rows)

    async def give(
        self,
        origin: Origin,
        reply: Reply,
        rows: Rows = (),
        *,
        edited: bool = False,
        asked: str = "",
        reply_to: int | None = None,
    ) -> None:
        """Deliver a reply: as a pointer, over an earlier answer, or as new messages."""
        if not origin.private and reply_to is None:
            reply_to = origin.message_id
        whole = hidden_items(reply) > 0 and not _has_show_all(rows)
        parts = render(reply, self._wording, whole=whole, asked=asked).parts
        answered = self._dialogues.answer_to(origin.chat_id, origin.message_id)
        if edited and answered is not None and answered.message_ids:
            ids = await self._rewrite(origin, answered.message_ids, parts, rows)
        else:
            pointer = await self._point(origin, reply, reply_to)
            ids = (pointer,) if pointer else await self._say(origin, parts, rows, reply_to)
            if ids and not pointer:
                self._remember_in_group(origin, reply, ids[0])
        self._dialogues.remember_answer(origin, ids)

    def think(self, origin: Origin, question: str, dialogue: Dialogue) -> "Turn":
        """The assistant's turn after the dialogue so far."""
        message = IncomingMessage(
            text=question,
            conversation=origin.conversation,
            received_at=self.now(),
            reply_language=self._dialogues.language_of(origin.asker.key),
        )
        return self._service.current.assistant.reply(message, dialogue.state)

    def language(self, origin: Origin) -> Language:
        """In which language to speak to this person when no question tells."""
        return self._dialogues.language_of(origin.asker.key) or origin.asker.app_language

    def weeks_of(self, reply: Reply) -> list[WeekEntry]:
        """The weeks that the facts of a reply belong to, in the order of the facts."""
        found = dict.fromkeys(fact.partition("/")[0] for fact in reply.facts)
        knowledge = self._service.current.knowledge
        weeks = (knowledge.week_with_id(id) for id in found)
        return [week for week in weeks if week is not None]

    def rows(self, origin: Origin, reply: Reply, turns: tuple[str, ...], kind: Kind) -> Rows:
        """The buttons under a reply to the last of these questions."""
        rows: list[list[InlineKeyboardButton]] = []
        hidden = hidden_items(reply)
        data = self._data_of(origin, reply, turns, kind) if hidden else None
        if data is not None:
            rows.append([self._show_all_button(reply, hidden, data)])
        return [*rows, *self._answer_rows(reply), *self._report_rows(origin, reply, turns)]

    def button_rows(self, buttons: Sequence[tuple[str, Wish]]) -> Rows:
        """Buttons of our own, one a row."""
        labelled = ((label, callback_data(wish)) for label, wish in buttons)
        return [
            [InlineKeyboardButton(label, callback_data=data)] for label, data in labelled if data
        ]

    def _show_all_button(self, reply: Reply, hidden: int, data: str) -> InlineKeyboardButton:
        shown = sum(min(len(items), n) for items, n in _lists(reply))
        text = self._wording.show_all_button.in_language(reply.language)
        return InlineKeyboardButton(text.format(count=shown + hidden), callback_data=data)

    def _data_of(
        self, origin: Origin, reply: Reply, turns: tuple[str, ...], kind: Kind
    ) -> str | None:
        """Data for the shortest end of the dialogue that leads to the same reply by itself."""
        for begin in reversed(range(len(turns))):
            data = callback_data(Wish(kind, turns[begin:]))
            if data is None:
                return None
            replayed = self.replayed(origin, turns[begin:])
            if replayed is not None and _fingerprint(replayed) == _fingerprint(reply):
                return data
        return None

    def replayed(self, origin: Origin, turns: Sequence[str]) -> Reply | None:
        """The reply to the last of these questions, asked in a dialogue of their own."""
        reader = origin if origin.private else _anybody(origin)
        reply, dialogue = None, Dialogue()
        for question in turns:
            turn = self.think(reader, question, dialogue)
            reply, dialogue = turn.reply, Dialogue(turn.state)
        return reply

    def _answer_rows(self, reply: Reply) -> list[list[InlineKeyboardButton]]:
        rows = [[suggestion_button(one)] for one in reply.suggestions[:_SUGGESTIONS_SHOWN]]
        weeks = self.weeks_of(reply)
        if len(weeks) == 1 and has_dates(weeks[0].week):
            data = callback_data(Wish("calendar", (weeks[0].id,)))
            label = self._wording.calendar_button.in_language(reply.language)
            if data is not None:
                rows.append([InlineKeyboardButton(f"📅 {label}", callback_data=data)])
        return rows

    def _report_rows(
        self, origin: Origin, reply: Reply, turns: tuple[str, ...]
    ) -> list[list[InlineKeyboardButton]]:
        """The button that says: this is wrong. In private only, where there are facts."""
        if not (self._takes_reports and origin.private and reply.facts and turns):
            return []
        data = self._data_of(origin, reply, turns, "wrong")
        label = self._wording.wrong_button.in_language(reply.language)
        return [[InlineKeyboardButton(label, callback_data=data)]] if data is not None else []

    async def _say(
        self, origin: Origin, parts: Sequence[Part], rows: Rows, reply_to: int | None
    ) -> tuple[int, ...]:
        """Send the parts, the buttons under the last; the ids of the messages."""
        ids: list[int] = []
        for i, part in enumerate(parts):
            last = i == len(parts) - 1
            sent = await self._delivery.say(
                origin, part, rows if last else (), reply_to if i == 0 else None
            )
            if sent is None:
                break
            ids.append(sent)
        return tuple(ids)

    async def _rewrite(
        self, origin: Origin, old: tuple[int, ...], parts: Sequence[Part], rows: Rows
    ) -> tuple[int, ...]:
        """Put the parts in the place of older messages; the ids of those that hold them now."""
        ids: list[int] = []
        for i, (message_id, part) in enumerate(zip(old, parts, strict=False)):
            last = i == len(parts) - 1
            if not await self._delivery.rewrite(
                origin.chat_id, message_id, part, rows if last else ()
            ):
                break
            ids.append(message_id)
        for message_id in old[len(parts) :]:
            await self._delivery.remove(origin.chat_id, message_id)
        rest = parts[len(ids) :]
        reply_to = ids[-1] if ids else origin.message_id
        return (*ids, *(await self._say(origin, rest, rows, reply_to)))

    async def _point(self, origin: Origin, reply: Reply, reply_to: int | None) -> int | None:
        """In a group, point at the same answer if it was given a moment ago."""
        if origin.private or reply.status not in _WORTH_POINTING_AT:
            return None
        earlier = self._dialogues.recent_answer(origin, _fingerprint(reply))
        if earlier is None:
            return None
        note = plain_text(self._wording.answered_before.in_language(reply.language))
        link = _link_to(origin, earlier)
        if link is None:
            return await self._delivery.say(origin, note, reply_to=earlier)
        pointer = Part(f'<a href="{link}">{note.html}</a>', f"{note.plain} {link}")
        return await self._delivery.say(origin, pointer, reply_to=reply_to)

    def _remember_in_group(self, origin: Origin, reply: Reply, message_id: int) -> None:
        if not origin.private:
            self._dialogues.remember_recent(origin, _fingerprint(reply), message_id)


def _lists(reply: Reply) -> list[tuple[tuple[str, ...], int]]:
    return [(block.items, block.shown) for block in reply.blocks if isinstance(block, BulletList)]


def _has_show_all(rows: Rows) -> bool:
    return any(shows_all(str(button.callback_data)) for row in rows for button in row)


def _fingerprint(reply: Reply) -> str:
    """Equal for replies that look the same; does not tell what they say."""
    words = repr((reply.language, reply.blocks, reply.sources)).encode()
    return hashlib.blake2b(words, digest_size=12).hexdigest()


def _anybody(origin: Origin) -> Origin:
    """The same place, without the person's choice of language."""
    return replace(origin, asker=replace(origin.asker, key=_LANGUAGELESS))


def _link_to(origin: Origin, message_id: int) -> str | None:
    """The address of a message; basic groups have none."""
    if origin.username:
        return f"https://t.me/{origin.username}/{message_id}"
    number = str(origin.chat_id)
    if origin.supergroup and number.startswith("-100"):
        return f"https://t.me/c/{number[4:]}/{message_id}"
    return None

"""Answers in any chat: what is typed after the bot's name becomes articles to send."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.answering.message import IncomingMessage
from bot.answering.reply import BulletList, Reply, Status
from bot.channels.telegram_delivery import Delivery
from bot.channels.telegram_dialogues import Dialogues
from bot.channels.telegram_fairness import Fairness, Turn
from bot.channels.telegram_knowledge import InService
from bot.channels.telegram_reading import InlineQuestion
from bot.channels.telegram_rendering import PART_UNITS, plain_text, render, utf16_units
from bot.channels.telegram_wording import TelegramWording

START_PARAMETER = "inline"
"""The payload of /start for people who come from inline mode."""
_ARTICLES = 6
_DESCRIPTION_CHARACTERS = 160
_TITLE_CHARACTERS = 80


class Inline:
    """Offers the answer and narrower ones; nothing for what is not answered."""

    def __init__(
        self,
        *,
        service: InService,
        wording: TelegramWording,
        username: str,
        dialogues: Dialogues,
        delivery: Delivery,
        fairness: Fairness,
        now: Callable[[], datetime],
    ) -> None:
        self._service = service
        self._wording = wording
        self._username = username
        self._dialogues = dialogues
        self._delivery = delivery
        self._fairness = fairness
        self._now = now

    async def answer(self, question: InlineQuestion) -> None:
        """Offer articles for what has been typed so far."""
        person = question.asker.key
        # Telegram asks with every key that is pressed; what comes too fast is overtaken anyway.
        if self._fairness.turn_of(person) is not Turn.ALLOWED:
            return
        language = self._dialogues.language_of(person) or question.asker.app_language
        label = self._wording.inline_button.in_language(language)
        articles = list(islice(self._articles(question), _ARTICLES)) if question.text else []
        await self._delivery.answer_inline(
            question.query_id,
            articles,
            InlineQueryResultsButton(label, start_parameter=START_PARAMETER),
            personal=self._dialogues.language_of(person) is not None,
        )

    def _articles(self, question: InlineQuestion) -> Iterator[InlineQueryResultArticle]:
        reply = self._reply(question, question.text)
        if reply.status is Status.ANSWERED:
            yield self._article(question.text, reply)
        if reply.status not in {Status.ANSWERED, Status.CLARIFY}:
            return
        for suggestion in reply.suggestions:
            narrower = self._reply(question, suggestion.question)
            if narrower.status is Status.ANSWERED:
                yield self._article(suggestion.question, narrower)

    def _reply(self, question: InlineQuestion, words: str) -> Reply:
        language = self._dialogues.language_of(question.asker.key)
        message = IncomingMessage(words, f"inline/{question.asker.key}", self._now(), language)
        return self._service.current.assistant.reply(message, None).reply

    def _article(self, question: str, reply: Reply) -> InlineQueryResultArticle:
        # Articles carry no buttons: they would be pressed in chats that the bot is not in.
        parts = render(reply, self._wording, asked=question).parts
        more = self._wording.inline_more.in_language(reply.language)
        note = plain_text("\n\n" + more.format(username=self._username))
        body = parts[0].html
        if len(parts) > 1 and utf16_units(body + note.html) <= PART_UNITS:
            body += note.html
        return InlineQueryResultArticle(
            id=hashlib.blake2b(question.encode(), digest_size=16).hexdigest(),
            title=_cut(question, _TITLE_CHARACTERS),
            description=_cut(_first_words(reply), _DESCRIPTION_CHARACTERS),
            input_message_content=InputTextMessageContent(
                body, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
            ),
        )


def _first_words(reply: Reply) -> str:
    for block in reply.blocks:
        if isinstance(block, BulletList):
            return block.heading or "; ".join(block.items)
        return block.text
    return ""


def _cut(text: str, characters: int) -> str:
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"

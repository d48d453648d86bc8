"""Answers that somebody says are wrong: kept, and told to the maintainers with file and line."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.answering.checked_questions import first_words
from bot.answering.reply import Reply
from bot.channels.explanation import place_of_fact
from bot.channels.telegram_knowledge import InService
from bot.channels.telegram_reload import Tell, listed
from bot.channels.telegram_wording import TelegramWording
from bot.channels.unanswered_log import UnansweredLog

_MOST_FACTS = 8


class WrongAnswers:
    """Takes reports; they say nothing of who made them."""

    def __init__(
        self, service: InService, wording: TelegramWording, log: UnansweredLog | None, tell: Tell,
        now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._service = service
        self._wording = wording
        self._log = log
        self._tell = tell
        self._now = now

    async def take(self, turns: Sequence[str], reply: Reply) -> None:
        """The answer to the last of these questions is said to be wrong."""
        facts = await asyncio.to_thread(self._places, reply)
        answer = first_words(reply)
        if self._log is not None:
            self._log.note_wrong(turns, answer, facts, self._now().date())
        lines = [" → ".join(turns), answer, *facts]
        heads = (self._wording.wrong_report.in_language(language) for language in ("en", "zh"))
        english, chinese = (listed(head, lines) for head in heads)
        await self._tell(english, chinese)

    def _places(self, reply: Reply) -> list[str]:
        """Each fact with its file and line."""
        source = self._service.source
        facts = reply.facts[:_MOST_FACTS]
        if source is None:
            return list(facts)
        knowledge = self._service.current.knowledge
        return [f"{fact}  {place_of_fact(knowledge, source.folder, fact)}" for fact in facts]

"""What the channel remembers, in memory only, and for how long.

running dialogues   state and questions; until the dialogue's own end
answers             which messages answer which question, ids only; a day
recent answers      where an answer stands in a group, by its hash; five minutes
languages           a person's choice; until the process ends
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cachetools import LRUCache, TLRUCache, TTLCache

from bot.answering.reply import Language
from bot.channels.telegram_reading import Origin

if TYPE_CHECKING:
    from bot.answering.dialogue import DialogueState

LIFETIME = timedelta(minutes=30)
"""After this without a question a dialogue is dropped, if its state did not end before."""
REPEAT_WINDOW = timedelta(minutes=5)
"""How long the same answer in a group is replaced by a pointer to the earlier one."""
_EDITS_FOLLOWED = timedelta(days=1)
_TURNS_KEPT = 6
_DIALOGUES, _ANSWERS = 20_000, 50_000


@dataclass(frozen=True, slots=True)
class Key:
    """A dialogue belongs to one person in one chat and topic."""

    chat_id: int
    topic: int | None
    person: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What was said so far, as far as it still matters."""

    state: "DialogueState | None" = None
    turns: tuple[str, ...] = ()
    """The last questions, oldest first; the same words in the same order lead to `state`."""
    past: tuple[tuple[int, "Dialogue"], ...] = ()
    """The dialogue as it was before each of the last questions, by their message ids."""

    def before(self, message_id: int | None) -> "Dialogue | None":
        """The dialogue as it was before that question; None when that is no longer known."""
        return next((past for id, past in self.past if id == message_id), None)


@dataclass(frozen=True, slots=True)
class Answered:
    """The messages that answer a question."""

    person: str
    message_ids: tuple[int, ...]
    """In order; none when the question was answered by a note that is not worth editing."""


class Dialogues:
    """The channel's memory; nothing of it outlives the process."""

    def __init__(self, now: Callable[[], datetime]) -> None:

        def clock() -> float:
            return now().timestamp()

        self._running: TLRUCache[Key, Dialogue] = TLRUCache(_DIALOGUES, _end_of, timer=clock)
        self._answers: TTLCache[tuple[int, int], Answered] = TTLCache(
            _ANSWERS, _EDITS_FOLLOWED.total_seconds(), timer=clock
        )
        self._recent: TTLCache[tuple[int, int | None, str], int] = TTLCache(
            _ANSWERS, REPEAT_WINDOW.total_seconds(), timer=clock
        )
        self._languages: LRUCache[str, Language] = LRUCache(_ANSWERS)

    def __len__(self) -> int:
        """How many dialogues are running."""
        self.expire()
        return len(self._running)

    def running(self, origin: Origin) -> Dialogue:
        """The dialogue that a new question continues; an empty one if none is running."""
        return self._running.get(_key(origin)) or Dialogue()

    def advance(
        self, origin: Origin, before: Dialogue, text: str, state: "DialogueState | None"
    ) -> None:
        """Note that `text` was asked after `before` and led to `state`."""
        past = before.past
        if origin.message_id is not None:
            past = (*past, (origin.message_id, replace(before, past=())))[-_TURNS_KEPT:]
        turns = (*before.turns, text)[-_TURNS_KEPT:]
        self._running[_key(origin)] = Dialogue(state, turns, past)

    def correct(
        self, origin: Origin, before: Dialogue, text: str, state: "DialogueState | None"
    ) -> None:
        """Note that the question was changed; one that others followed changes nothing."""
        running = self.running(origin)
        if not running.past:
            self.advance(origin, before, text, state)
        elif running.past[-1][0] == origin.message_id:
            turns = (*before.turns, text)[-_TURNS_KEPT:]
            self._running[_key(origin)] = Dialogue(state, turns, running.past)

    def answer_to(self, chat_id: int, question_id: int | None) -> Answered | None:
        """The messages that answer a question."""
        return self._answers.get((chat_id, question_id)) if question_id is not None else None

    def remember_answer(self, origin: Origin, message_ids: tuple[int, ...]) -> None:
        """Note which messages answer the question."""
        if origin.message_id is not None:
            key = (origin.chat_id, origin.message_id)
            self._answers[key] = Answered(origin.asker.key, message_ids)

    def recent_answer(self, origin: Origin, fingerprint: str) -> int | None:
        """The message in this chat and topic that said the same a few minutes ago."""
        return self._recent.get((origin.chat_id, origin.topic, fingerprint))

    def remember_recent(self, origin: Origin, fingerprint: str, message_id: int) -> None:
        """Note where this answer stands."""
        self._recent[(origin.chat_id, origin.topic, fingerprint)] = message_id

    def language_of(self, person: str) -> Language | None:
        """The language that the person chose; None for that of each question."""
        return self._languages.get(person)

    def choose_language(self, person: str, language: Language | None) -> None:
        """Remember a choice, or drop it."""
        if language is None:
            self._languages.pop(person, None)
        else:
            self._languages[person] = language

    def forget(self, person: str) -> None:
        """Drop everything that belongs to a person, in all chats."""
        for key in [key for key in self._running if key.person == person]:
            self._running.pop(key, None)
        for place in [place for place, one in self._answers.items() if one.person == person]:
            self._answers.pop(place, None)
        self._languages.pop(person, None)

    def move(self, old_id: int, new_id: int) -> None:
        """Carry the dialogues of a group over to the supergroup that it became.

        Messages have other ids there, so what was remembered by message id is dropped.
        """
        for key in [key for key in self._running if key.chat_id == old_id]:
            dialogue = self._running.pop(key)
            self._running[replace(key, chat_id=new_id)] = replace(dialogue, past=())
        self._drop_messages(old_id)

    def close(self, chat_id: int) -> None:
        """Drop everything about a chat in which the bot can say nothing any more."""
        for key in [key for key in self._running if key.chat_id == chat_id]:
            self._running.pop(key, None)
        self._drop_messages(chat_id)

    def expire(self) -> None:
        """Let go of what has come to its end; without it that waits for the next change."""
        for cache in (self._running, self._answers, self._recent):
            cache.expire()

    def _drop_messages(self, chat_id: int) -> None:
        for place in [place for place in self._answers if place[0] == chat_id]:
            self._answers.pop(place, None)
        for spot in [spot for spot in self._recent if spot[0] == chat_id]:
            self._recent.pop(spot, None)


def _key(origin: Origin) -> Key:
    return Key(origin.chat_id, origin.topic, origin.asker.key)


def _end_of(_: Key, dialogue: Dialogue, now: float) -> float:
    end = now + LIFETIME.total_seconds()
    return min(end, dialogue.state.expires_at.timestamp()) if dialogue.state is not None else end

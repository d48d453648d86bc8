"""Update → what somebody wants: the only place that knows how Telegram wraps it.

Pure: an update comes in, one of the values below comes out. Who is allowed to be
answered in a group is decided here and nowhere else: the bot stays silent unless a
message carries a command of its own, mentions it or replies to it.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, ChatMemberUpdated, InlineQuery, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.answering.reply import Language

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Self:
    """What the bot knows about its own account."""

    id: int
    username: str
    hears_everything: bool = False
    """Privacy mode is off: in groups it gets messages that are not meant for it, too."""
    group_commands: AbstractSet[str] = frozenset()
    """The commands that count as addressing the bot in a group without its name."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as Telegram shows it."""

    key: str
    """Equal for the same person; anonymous admins and channels have keys of their own."""
    user_id: int | None
    """None for somebody who speaks as a chat."""
    app_language: Language
    """The language of their Telegram app, English unless it is Chinese."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer belongs."""

    chat_id: int
    topic: int | None
    """Id of the forum topic; None outside topics and in "General"."""
    message_id: int | None
    """The message that is answered; None when there is none to reply to."""
    asker: Asker
    private: bool
    username: str | None = None
    """The group's public name, if it has one."""
    supergroup: bool = False

    @property
    def conversation(self) -> str:
        """One dialogue per person, chat and topic."""
        return f"{self.chat_id}/{self.topic or 0}/{self.asker.key}"


@dataclass(frozen=True, slots=True)
class Question:
    """Free words that are meant for the bot."""

    origin: Origin
    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is meant for the bot."""

    origin: Origin
    name: str
    """In small letters, without the slash."""
    argument: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed a button under one of the bot's messages."""

    query_id: str
    data: str
    origin: Origin | None
    """Its message is the one with the button; None when Telegram does not show which."""


@dataclass(frozen=True, slots=True)
class InlineQuestion:
    """Somebody types a question after the bot's name in some chat."""

    query_id: str
    text: str
    asker: Asker


@dataclass(frozen=True, slots=True)
class Wordless:
    """A sticker, voice message or the like in a private chat."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class AddedToGroup:
    """The bot has been added to a group."""

    chat_id: int
    app_language: Language


@dataclass(frozen=True, slots=True)
class ChatClosed:
    """The bot was blocked or removed; nothing can be said there any more."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """A group became a supergroup and has a new id."""

    old_id: int
    new_id: int


@dataclass(frozen=True, slots=True)
class NotForUs:
    """Nothing to answer: small talk of a group, service messages, channel posts."""


Event = (
    Question
    | Command
    | Press
    | InlineQuestion
    | Wordless
    | AddedToGroup
    | ChatClosed
    | ChatMoved
    | NotForUs
)


def read_update(update: Update, me: Self) -> Event:
    """What the update wants from the bot."""
    if update.message is not None:
        return _read_message(update.message, me, edited=False)
    if update.edited_message is not None:
        return _read_message(update.edited_message, me, edited=True)
    if update.callback_query is not None:
        return _read_press(update.callback_query)
    if update.inline_query is not None:
        return _read_inline(update.inline_query)
    if update.my_chat_member is not None:
        return _read_membership(update.my_chat_member)
    return NotForUs()


def lane_of(update: Update) -> int:
    """The chat whose order the update belongs to; for inline questions, the person."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


def _read_message(message: Message, me: Self, *, edited: bool) -> Event:
    moved = _move_of(message)
    if moved is not None:
        return moved
    if message.chat.type == ChatType.CHANNEL or not _is_from_somebody(message, me):
        return NotForUs()
    text = message.text or message.caption or ""
    origin = _origin(message.chat, message, _asker(message))
    if not text.strip():
        speaks = origin.private and not edited and message.effective_attachment is not None
        return Wordless(origin) if speaks else NotForUs()
    return _read_words(text, message, origin, me, edited=edited)


def _read_words(text: str, message: Message, origin: Origin, me: Self, *, edited: bool) -> Event:
    command = _COMMAND.match(text)
    if command:
        name, addressee = command.group(1).lower(), command.group(2)
        ours = addressee is not None and addressee.lower() == me.username.lower()
        understood = ours or (addressee is None and (origin.private or name in me.group_commands))
        if not understood:
            return NotForUs()
        argument = _without_mention(text[command.end() :], me)
        if name != "ask":
            return Command(origin, name, argument, edited)
        return Question(origin, argument or _quoted_words(message), edited)
    if origin.private or _mentions(text, message, me) or _replies_to(message, me):
        return Question(origin, _without_mention(text, me), edited)
    return NotForUs()


def _move_of(message: Message) -> ChatMoved | None:
    if message.migrate_to_chat_id:
        return ChatMoved(message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return ChatMoved(message.migrate_from_chat_id, message.chat.id)
    return None


def _is_from_somebody(message: Message, me: Self) -> bool:
    """Whether a person speaks: no other bot, no forwarded channel post, no answer of ours."""
    if message.is_automatic_forward or (message.via_bot and message.via_bot.id == me.id):
        return False
    if message.sender_chat is not None:
        return True
    return message.from_user is not None and not message.from_user.is_bot


def _asker(message: Message) -> Asker:
    sender = message.sender_chat
    if sender is not None:
        signature = message.author_signature or ""
        return Asker(f"chat{sender.id}{signature}", None, _language(message.from_user))
    return _person(message.from_user)


def _person(user: User | None) -> Asker:
    if user is None:
        return Asker("nobody", None, "en")
    return Asker(f"user{user.id}", user.id, _language(user))


def _language(user: User | None) -> Language:
    code = (user.language_code or "") if user is not None else ""
    return "zh" if code.lower().startswith("zh") else "en"


def _origin(chat: Chat, message: Message | None, asker: Asker) -> Origin:
    in_topic = message is not None and message.is_topic_message
    return Origin(
        chat_id=chat.id,
        topic=message.message_thread_id if message is not None and in_topic else None,
        message_id=message.message_id if message is not None else None,
        asker=asker,
        private=chat.type == ChatType.PRIVATE,
        username=chat.username,
        supergroup=chat.type == ChatType.SUPERGROUP,
    )


def _mentions(text: str, message: Message, me: Self) -> bool:
    if _mention_of(me).search(text):
        return True
    entities = message.entities or message.caption_entities
    return any(entity.user is not None and entity.user.id == me.id for entity in entities)


def _mention_of(me: Self) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@/.])@{re.escape(me.username)}(?!\w)", re.IGNORECASE)


def _without_mention(text: str, me: Self) -> str:
    return _mention_of(me).sub(" ", text).strip()


def _replies_to(message: Message, me: Self) -> bool:
    answered = message.reply_to_message
    return (
        answered is not None
        and answered.from_user is not None
        and answered.from_user.id == me.id
        and answered.forum_topic_created is None
    )


def _quoted_words(message: Message) -> str:
    """For a bare /ask: the words of the message that it replies to."""
    if message.quote is not None:
        return message.quote.text.strip()
    answered = message.reply_to_message
    return ((answered.text or answered.caption or "") if answered is not None else "").strip()


def _read_press(query: CallbackQuery) -> Press:
    asker = _person(query.from_user)
    message = query.message
    if message is None:
        return Press(query.id, query.data or "", None)
    seen = message if isinstance(message, Message) else None
    origin = _origin(message.chat, seen, asker)
    return Press(query.id, query.data or "", origin)


def _read_inline(query: InlineQuery) -> InlineQuestion:
    return InlineQuestion(query.id, query.query.strip(), _person(query.from_user))


def _read_membership(change: ChatMemberUpdated) -> Event:
    absent = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
    if change.new_chat_member.status in absent:
        return ChatClosed(change.chat.id)
    group = change.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}
    if group and change.old_chat_member.status in absent:
        return AddedToGroup(change.chat.id, _language(change.from_user))
    return NotForUs()

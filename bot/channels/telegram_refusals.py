"""What Telegram refuses for good, by name instead of by the words of its error texts."""

from enum import Enum, auto

from telegram.error import BadRequest, Forbidden, TelegramError


class Refusal(Enum):
    """Why a call will never succeed as it is."""

    NOT_MODIFIED = auto()
    """An edit would change nothing: it is as it should be."""
    QUERY_TOO_OLD = auto()
    """A button or an inline question was answered too late; there is nobody to tell."""
    BLOCKED = auto()
    """The bot was blocked, removed, or may not write there."""
    REPLY_NOT_FOUND = auto()
    """The message to reply to is gone."""
    TOPIC_NOT_FOUND = auto()
    """The topic is gone or closed."""
    EDIT_NOT_POSSIBLE = auto()
    """The message to edit is gone or too old."""
    MARKUP = auto()
    """The HTML cannot be parsed."""
    OTHER = auto()


_BY_WORDS = (
    ("message is not modified", Refusal.NOT_MODIFIED),
    ("query is too old", Refusal.QUERY_TOO_OLD),
    ("query_id_invalid", Refusal.QUERY_TOO_OLD),
    ("query id is invalid", Refusal.QUERY_TOO_OLD),
    ("message to be replied not found", Refusal.REPLY_NOT_FOUND),
    ("replied message not found", Refusal.REPLY_NOT_FOUND),
    ("message to reply not found", Refusal.REPLY_NOT_FOUND),
    ("message thread not found", Refusal.TOPIC_NOT_FOUND),
    ("topic_deleted", Refusal.TOPIC_NOT_FOUND),
    ("topic_closed", Refusal.TOPIC_NOT_FOUND),
    ("message to edit not found", Refusal.EDIT_NOT_POSSIBLE),
    ("message can't be edited", Refusal.EDIT_NOT_POSSIBLE),
    ("message_id_invalid", Refusal.EDIT_NOT_POSSIBLE),
    ("can't parse entities", Refusal.MARKUP),
    ("can't find end of", Refusal.MARKUP),
    ("unsupported start tag", Refusal.MARKUP),
    ("chat not found", Refusal.BLOCKED),
    ("not enough rights", Refusal.BLOCKED),
    ("have no rights", Refusal.BLOCKED),
    ("chat_write_forbidden", Refusal.BLOCKED),
    ("need administrator rights", Refusal.BLOCKED),
    ("group chat was deactivated", Refusal.BLOCKED),
)


def refusal_of(error: TelegramError) -> Refusal | None:
    """Why Telegram refuses; None for errors after which the same call may yet succeed."""
    if isinstance(error, Forbidden):
        return Refusal.BLOCKED
    if not isinstance(error, BadRequest):
        return None
    words = error.message.lower()
    return next((refusal for part, refusal in _BY_WORDS if part in words), Refusal.OTHER)

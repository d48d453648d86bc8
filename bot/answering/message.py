"""What arrives: one message, free of any channel's types."""

from datetime import datetime

from msgspec import Struct

from bot.answering.reply import Language


class IncomingMessage(Struct, frozen=True):
    """A message as a channel hands it to the assistant."""

    text: str
    """The words as written; nothing needs to be stripped."""
    conversation: str
    """Key of the dialogue it belongs to: one per person, chat and topic."""
    received_at: datetime
    """When it came in, with time zone; "today" and "last year" are counted from here."""
    reply_language: Language | None = None
    """The language to answer in; None for that of the message."""

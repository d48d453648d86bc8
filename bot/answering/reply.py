"""What is said: a reply in blocks that every channel can render in its own way."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

Language = Literal["en", "zh"]


class Status(StrEnum):
    """What kind of answer a reply is; refusals are kinds of answers too."""

    ANSWERED = "answered"
    NO_DATA = "no_data"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"
    SMALLTALK = "smalltalk"


class Paragraph(Struct, frozen=True):
    """One or more sentences; `strong` marks the direct answer."""

    text: str
    strong: bool = False


class BulletList(Struct, frozen=True):
    """A list of facts; channels may show the first `shown` and offer the rest."""

    items: tuple[str, ...]
    heading: str = ""
    """A line above the list; empty for none."""
    shown: int = 8
    """How many items a channel with little room shows at first."""


Block = Paragraph | BulletList


class SourceLink(Struct, frozen=True):
    """Where the facts of a reply were published."""

    title: str
    url: str
    note: str = ""
    """Publisher and day in words, such as "CNIPA, 28 April 2021"."""


class Suggestion(Struct, frozen=True):
    """A question that the person may want to ask next; it stands alone and is answered."""

    label: str
    """Short words for a button."""
    question: str
    """The whole question that the button asks."""


class Reply(Struct, frozen=True):
    """The whole answer to one message."""

    status: Status
    language: Language
    blocks: tuple[Block, ...]
    """The direct answer is the first block."""
    sources: tuple[SourceLink, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    intent: str = ""
    slots: dict[str, str] = field(default_factory=dict)
    """What was understood: slot name → value in words."""
    confidence: float = 0.0
    """0 to 1; see `bot.understanding.decision` for what it means."""
    facts: tuple[str, ...] = ()
    """Ids of the facts that the answer rests on, such as "fujian-2021/opening-ceremony"."""

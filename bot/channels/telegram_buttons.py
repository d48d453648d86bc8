"""Buttons that outlive a restart: all that a press needs is in its callback data.

Telegram allows 64 bytes there. A question goes in as it is, else compressed against a
dictionary of the field's words; one that still does not fit becomes a button that
copies the question, and a list whose dialogue does not fit is shown whole at once.

    q…  ask a question            a…  show all of the answer to a dialogue
    c…  send a week's calendar    e…  the same, for an answer with its question above it
    l…  choose the language       r   show all regions
    w…  the answer to a dialogue is wrong
"""

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import Literal

from telegram import CopyTextButton, InlineKeyboardButton

from bot.answering.reply import Suggestion

DATA_BYTES = 64
"""Callback data is 1 to 64 bytes long, by Telegram's rules."""
LABEL_CHARACTERS = 60
"""Longer labels are cut by Telegram's own apps; cut at a place of our choice instead."""
_COPY_CHARACTERS = 256

_AS_IT_IS, _COMPRESSED = "=", "1"
_DICTIONARIES = {
    # Buttons in old messages are read with the dictionary of their time: never change one,
    # add another under a new digit.
    _COMPRESSED: (
        "新闻发布会研讨会知识产权局版权商标专利地理标志保护创新企业市场监督管理局"
        "举行了什么举办了哪些活动?的主题是什么?由谁主办?全国省自治区市2020年2021年4月"
        "20日知识产权宣传周"
        "exhibition lecture training seminar symposium forum launch ceremony press conference "
        "white paper typical cases small and medium enterprises patent copyright "
        "geographical indication trademark application protection institutions were inaugurated "
        "Who organised the Where was the When was the How many Which activities of the "
        "were planned was held in took place during the Intellectual Property Publicity Week in "
        "What was the theme of the What did hold on 20 April 2020?2021?2022?"
    ).encode(),
}

Kind = Literal["ask", "show_all", "show_all_asked", "calendar", "language", "regions", "wrong"]
_SHOWING_ALL: frozenset[Kind] = frozenset({"show_all", "show_all_asked", "regions"})
_KINDS: dict[str, Kind] = {
    "q": "ask",
    "a": "show_all",
    "e": "show_all_asked",
    "c": "calendar",
    "l": "language",
    "r": "regions",
    "w": "wrong",
}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a press asks for."""

    kind: Kind
    turns: tuple[str, ...] = ()
    """For "ask" the question; for "show_all" the dialogue up to the answer; else the choice."""


def callback_data(wish: Wish) -> str | None:
    """The wish in at most 64 bytes; None when it does not fit."""
    letter = _LETTERS[wish.kind]
    words = "\n".join(wish.turns)
    data = f"{letter}{_AS_IT_IS}{words}"
    if len(data.encode()) <= DATA_BYTES:
        return data
    data = f"{letter}{_COMPRESSED}{_compressed(words, _COMPRESSED)}"
    return data if len(data.encode()) <= DATA_BYTES else None


def read_callback_data(data: str) -> Wish | None:
    """The wish behind callback data; None for data that is not, or no longer, understood."""
    kind = _KINDS.get(data[:1])
    if kind is None:
        return None
    coding, words = data[1:2], data[2:]
    if coding != _AS_IT_IS:
        expanded = _expanded(words, coding)
        if expanded is None:
            return None
        words = expanded
    return Wish(kind, tuple(words.split("\n")) if words else ())


def shows_all(data: str) -> bool:
    """Whether callback data asks for the rest of a list."""
    return _KINDS.get(data[:1]) in _SHOWING_ALL


def suggestion_button(suggestion: Suggestion) -> InlineKeyboardButton:
    """A button that asks the question, or copies it when it is too long for that."""
    label = _short(suggestion.label or suggestion.question)
    data = callback_data(Wish("ask", (suggestion.question,)))
    if data is not None:
        return InlineKeyboardButton(label, callback_data=data)
    question = suggestion.question[:_COPY_CHARACTERS]
    return InlineKeyboardButton(f"⧉ {label}", copy_text=CopyTextButton(question))


def _short(label: str) -> str:
    if len(label) <= LABEL_CHARACTERS:
        return label
    return label[: LABEL_CHARACTERS - 1].rstrip() + "…"


def _compressed(words: str, coding: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=_DICTIONARIES[coding])
    return base64.b85encode(packer.compress(words.encode()) + packer.flush()).decode()


def _expanded(packed: str, coding: str) -> str | None:
    dictionary = _DICTIONARIES.get(coding)
    if dictionary is None:
        return None
    unpacker = zlib.decompressobj(-15, zdict=dictionary)
    try:
        # The bound keeps crafted data from growing: no question is near it.
        return unpacker.decompress(base64.b85decode(packed), 4096).decode()
    except (zlib.error, ValueError, binascii.Error):
        return None

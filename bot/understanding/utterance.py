"""From raw text to an utterance: one normal form, tokens with spans into the raw text.

Normal form: Unicode compatibility forms folded, accents and tone marks off, case folded,
invisible marks (zero-width, bidi) off, one kind of apostrophe and dash, traditional
Chinese characters made simplified. Both sides of every comparison go through here once.
"""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

MAX_CHARACTERS = 4096
"""Telegram's own limit of a message; of longer texts only both ends are looked at."""
MAX_TOKENS = 240
"""Words and Chinese characters of a question that are looked at, at both of its ends."""

CJK = "\u3007\u3400-\u9fff"
_CJK_CHARACTER = re.compile(f"[{CJK}]")
_TOKEN = re.compile(
    rf"[{CJK}]"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|\d{1,2}[/.·-]\d{1,2}[/.-]\d{2,4}(?!\d)"
    r"|\d{1,2}/\d{1,2}(?!\d)"
    r"|\d+(?:[.,·]\d+)+"
    r"|(?:april|apr)(?=\d)|\d{1,2}(?=(?:april|apr)\b)"
    rf"|[^\W_{CJK}]+(?:'[^\W_{CJK}]+)*"
)
_ONLY_CJK = re.compile("[\u4e00-\u9fff]+")
_MENTION = re.compile(r"(?<![\w.])@\w{3,}")
_FOLDED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "ʼ": "'",
        "＇": "'",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "“": '"',
        "”": '"',
        "～": "~",
        "・": "·",
        "•": "·",
        "。": ".",
        "、": ",",
    }
)


class Token(Struct, frozen=True, gc=False):
    """A word, a number or a Chinese character."""

    text: str
    """In normal form."""
    start: int
    """Span in the raw text, end not included."""
    end: int
    is_cjk: bool = False
    gap: str = ""
    """What stands between the token before and this one, in normal form."""


class Utterance(Struct, frozen=True):
    """A message in normal form, cut into tokens."""

    raw: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    """The texts of the tokens."""
    has_chinese: bool

    @property
    def language(self) -> str:
        """ "zh" when the person writes Chinese, else "en"."""
        return "zh" if self.has_chinese else "en"


def normalize(raw: str) -> tuple[str, list[int] | None]:
    """The normal form, and for each of its characters the index in `raw` (None: the same)."""
    if raw.isascii():
        text = raw.lower()
        if "`" not in text:
            return text, None
        return text.replace("`", "'"), None
    folds = list(map(_fold, raw))
    if min(map(len, folds)) == 1 == max(map(len, folds)):
        return simplified("".join(folds)), None
    characters: list[str] = []
    origins: list[int] = []
    for index, fold in enumerate(folds):
        characters.extend(fold)
        origins.extend([index] * len(fold))
    return simplified("".join(characters)), origins


@lru_cache(maxsize=8192)
def _fold(character: str) -> str:
    if "\u4e00" <= character <= "\u9fff":
        return character
    if unicodedata.category(character) in ("Cf", "Mn", "Cc", "Cs"):
        return " " if character in "\n\t\r\v\f" else ""
    decomposed = unicodedata.normalize("NFKD", character).casefold().translate(_FOLDED)
    return "".join(part for part in decomposed if unicodedata.category(part) != "Mn")


def simplified(text: str) -> str:
    """Traditional characters made simplified, one for one; others stay.

    The conversion table is loaded only when a character is met that the simplified
    standard set (GB 2312) does not hold.
    """
    try:
        text.encode("gb2312")
        return text
    except UnicodeEncodeError:
        pass
    if not _CJK_CHARACTER.search(text):
        return text
    return "".join(_simplified_character(character) for character in text)


@lru_cache(maxsize=8192)
def _simplified_character(character: str) -> str:
    if not "\u3400" <= character <= "\u9fff":
        return character
    try:
        character.encode("gb2312")
        return character
    except UnicodeEncodeError:
        converted = _converter()(character)
        return converted if len(converted) == 1 else character


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s").convert


def is_character(word: str) -> bool:
    """Whether a token is a Chinese character rather than a word or number."""
    return len(word) == 1 and ("\u3400" <= word <= "\u9fff" or word == "\u3007")


def words_of(text: str) -> list[str]:
    """The texts of the tokens of a phrase of the vocabulary, the shortest way."""
    if text.isascii() and "@" not in text and "`" not in text and len(text) <= MAX_CHARACTERS:
        return _TOKEN.findall(text.lower())
    if _ONLY_CJK.fullmatch(text) and len(text) <= MAX_CHARACTERS:
        return list(simplified(text))
    return [token.text for token in read_utterance(text).tokens]


def read_utterance(raw: str, most: int | None = None) -> Utterance:
    """Normalise and tokenise a text; never fails, whatever it is.

    Args:
        most: of more tokens than this only both ends are kept.

    """
    if len(raw) > MAX_CHARACTERS:
        half = MAX_CHARACTERS // 2
        raw = f"{raw[:half]} {raw[-half:]}"
    text, origins = normalize(raw)
    if "@" in text:
        text = _MENTION.sub(lambda match: " " * len(match.group()), text)
    tokens: list[Token] = []
    before = 0
    chinese = False
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        is_cjk = end - start == 1 and word >= "\u3007" and _CJK_CHARACTER.match(word) is not None
        chinese = chinese or is_cjk
        gap = text[before:start]
        before = end
        if origins is not None:
            tokens.append(Token(word, origins[start], origins[end - 1] + 1, is_cjk, gap))
        else:
            tokens.append(Token(word, start, end, is_cjk, gap))
    if most is not None and len(tokens) > most:
        tokens = tokens[: most // 2] + tokens[-(most // 2) :]
    return Utterance(raw, tuple(tokens), tuple([token.text for token in tokens]), chinese)

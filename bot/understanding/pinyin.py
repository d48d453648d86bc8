"""Chinese written in Latin letters: "fujian zhuti shi shenme" for 福建主题是什么.

Only an utterance of which every word is pinyin that is known here is taken for Chinese,
so English never is. Loaded when a message without Chinese has words that nothing else
explains.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

SINGLE_SYLLABLES = {
    "de": "的", "le": "了", "shi": "是", "you": "有", "zai": "在", "ban": "办", "na": "哪",
    "ji": "几", "shui": "谁", "shei": "谁", "hao": "号",
    "yue": "月", "nian": "年", "ri": "日", "xian": "线",
    "ma": "吗", "ne": "呢", "he": "和", "gen": "跟", "ge": "个", "sha": "啥", "gao": "搞",
    "dou": "都", "ben": "本", "ce": "册", "jia": "家", "chang": "场", "lei": "类", "dao": "到",
}  # fmt: skip
"""Syllables that are words by themselves in questions."""
_CHINESE = re.compile("[\u3400-\u9fff]+")
_INITIAL = re.compile("[zcs]h|[bpmfdtnlgkhjqxrzcsyw]")
_MOST_LETTERS = 48
_LONGEST = 4
"""Words that one Chinese phrase may be written apart in."""


def by_pinyin(phrases: Iterable[str]) -> dict[str, str]:
    """Chinese phrases by their pinyin without tones, the first of equals."""
    found: dict[str, str] = {}
    for phrase in phrases:
        if len(phrase) > 1 and _CHINESE.fullmatch(phrase):
            found.setdefault(_pinyin(phrase), phrase)
    return found


@lru_cache(maxsize=65536)
def _pinyin(phrase: str) -> str:
    """Remembered, since every reload asks for nearly the same phrases again."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(phrase))


class PinyinIndex:
    """Known Chinese phrases by their pinyin without tones."""

    def __init__(self, by_pinyin: Mapping[str, str]) -> None:
        self._by_pinyin = by_pinyin

    def to_chinese(self, words: Sequence[str]) -> str | None:
        """The words in Chinese characters, or None when one of them is no known pinyin."""
        written: list[str] = []
        index = 0
        while index < len(words):
            for length in range(min(_LONGEST, len(words) - index), 0, -1):
                joined = "".join(words[index : index + length])
                single = SINGLE_SYLLABLES.get(joined) if length == 1 else None
                found = single or self._by_pinyin.get(joined)
                if found is None and length == 1 and joined[0].isdigit():
                    found = joined
                if found is not None:
                    written.append(found)
                    index += length
                    break
            else:
                return None
        return "".join(written)


def looks_like_pinyin(word: str) -> bool:
    """Whether a word can be cut into syllables of pinyin; the time grows with its length only."""
    if len(word) > _MOST_LETTERS:
        return False
    starts = {0}
    for start in range(len(word)):
        if start in starts:
            initial = _INITIAL.match(word, start)
            for begin in {start, initial.end() if initial else start}:
                starts.update(_ends(word, begin))
    return len(word) in starts


def _ends(word: str, begin: int) -> Iterator[int]:
    """Where a syllable can end whose vowels begin here."""
    end = begin
    while end < len(word) and end < begin + 3 and word[end] in "aeiouv":
        end += 1
        yield end
        for final in ("ng", "n", "r"):
            if word.startswith(final, end):
                yield end + len(final)

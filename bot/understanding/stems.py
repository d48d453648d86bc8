"""Word forms made one: launches, launched and launching are looked up as one word.

Only inflection is taken off. The Snowball English stemmer (Porter 2,
https://snowballstem.org/algorithms/english/stemmer.html) also takes off derivations, which
would make publication, publicity and public one word; its stem counts only where what it
took off is an ending of inflection.
"""

from functools import lru_cache

import Stemmer

_snowball = Stemmer.Stemmer("english").stemWord
_INFLECTION = frozenset({"", "s", "es", "ed", "d", "ing", "e", "ings", "n"})
_WHOLE = frozenset(
    "building buildings called calling winning scheduled reference references confirmed wording "
    "organ organs meaning meanings xianning nanning".split()
)
"""Words that only look like an inflected form of another one."""


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The form by which a word is looked up: no possessive, no apostrophes, no inflection."""
    word = word.removesuffix("'s").replace("'", "")
    if not word:
        return word
    if word[0].isdigit():
        return word.replace(",", "")
    if word in _WHOLE or not word.isascii():
        return word
    return _stem(word)


def _stem(word: str) -> str:
    stem: str = _snowball(word)
    if word.startswith(stem) and word[len(stem) :] in _INFLECTION:
        return stem
    root = stem[:-1] if stem.endswith("i") else ""
    if root and word.startswith(root) and word[len(root) :] in ("y", "ies", "ied", "ying"):
        return stem  # party, parties
    if word.startswith(stem) and word[len(stem) :] in (stem[-1:] + "ing", stem[-1:] + "ed"):
        return stem  # planning, planned
    return _singular(word)


def _singular(word: str) -> str:
    """Only plural and past endings off, as in Harman's S-stemmer (JASIS 42, 1991)."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ized", "ised", "ated", "ified"):
        if word.endswith(ending):
            return word[:-1]
    for ending in ("izing", "ising", "ating"):
        if word.endswith(ending):
            return word[:-3] + "e"
    return word

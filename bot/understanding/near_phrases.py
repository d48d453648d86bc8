"""Phrases of two entries that an utterance cannot tell apart, though they are written otherwise.

English phrases are met by their word stems, so "cost" and "costs" are one phrase; what
differs only in the order of the words, in an article or in a number lies as close.
Phrases that are written alike are found by `audit_vocabulary` already.
"""

from collections.abc import Iterable, Iterator

from bot.knowledge.audit_vocabulary import Claim, claims_by_section, plain_form
from bot.knowledge.flaws import Flaw, Place
from bot.knowledge.vocabulary import Vocabulary
from bot.understanding.stems import key_of
from bot.understanding.utterance import words_of

_ARTICLES = frozenset(("a", "an", "the"))


def near_phrases(vocabulary: Vocabulary) -> Iterator[Flaw]:
    """A warning for each English phrase whose words another entry of its section has too."""
    for called, claims in claims_by_section(vocabulary):
        yield from _near(called, claims)


def _near(called: str, claims: Iterable[Claim]) -> Iterator[Flaw]:
    owners: dict[tuple[str, ...], tuple[str, str, Place]] = {}
    for claimed, id, file, path in claims:
        if path[-1] != "en":
            continue
        single = isinstance(claimed, str)
        for i, phrase in enumerate((claimed,) if isinstance(claimed, str) else claimed):
            place = Place(file, path if single else (*path, i))
            owner, first, where = owners.setdefault(_stems(phrase), (id, phrase, place))
            if owner != id and plain_form(phrase) != plain_form(first):
                message = (
                    f'the {called} "{id}" claims "{phrase}", '
                    f'which lies too close to "{first}" of "{owner}"'
                )
                mend = "leave it to one of the two, or put it in other words"
                yield Flaw(place, message, mend, "warning", where)


def _stems(phrase: str) -> tuple[str, ...]:
    words = ("0" if word[0].isdigit() else key_of(word) for word in words_of(phrase))
    return tuple(sorted(word for word in words if word not in _ARTICLES))

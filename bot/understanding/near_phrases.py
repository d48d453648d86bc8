"""Phrases of two entries that a question cannot tell apart, though they are written otherwise.

Phrases are met by the stems of their words, so "tagline" and "taglines" are one phrase; so
are those that differ only in a number, a space or a hyphen. Words that merely look alike are
not: as they are written, "mediation" and "medication" are never taken for one another.
Phrases that are written alike are found by `audit_vocabulary` already.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.knowledge.audit_vocabulary import AMBIGUOUS, Claim, claims_by_section, plain_form
from bot.knowledge.flaws import VOCABULARY, Flaw, Place
from bot.knowledge.vocabulary import Vocabulary
from bot.understanding.stems import key_of
from bot.understanding.utterance import simplified, words_of

_MET_AS_WRITTEN = frozenset({"details", "subjects"})
"""Sections whose single words are not met in another form: "costs" is not "cost"."""
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*\b")


class _Owned(NamedTuple):
    """A phrase of an entry."""

    id: str
    phrase: str
    place: Place


def near_phrases(vocabulary: Vocabulary) -> Iterator[Flaw]:
    """A warning for each phrase that another entry of its section has in another form.

    Phrases that are said to be ambiguous are passed over; one that is not is warned of.
    """
    listed = vocabulary.ambiguous
    ambiguous = {form for phrase in (*listed.en, *listed.zh) for form in _forms(phrase)}
    shared: set[str] = set()
    for section, called, claims in claims_by_section(vocabulary):
        owners: dict[str, list[_Owned]] = {}
        for own in _owned(claims):
            for form in _forms(own.phrase, section):
                owners.setdefault(form, []).append(own)
        several = {
            form: phrases for form, phrases in owners.items()
            if len(phrases) > 1 and len({own.id for own in phrases}) > 1
        }  # fmt: skip
        shared |= several.keys()
        told: set[Place] = set()
        for form, phrases in several.items():
            if form not in ambiguous:
                yield from _near(called, phrases, told)
    yield from _not_ambiguous(vocabulary, shared)


def _owned(claims: Iterable[Claim]) -> Iterator[_Owned]:
    for claimed, id, file, path in claims:
        if isinstance(claimed, str):
            yield _Owned(id, claimed, Place(file, path))
            continue
        for i, phrase in enumerate(claimed):
            yield _Owned(id, phrase, Place(file, (*path, i)))


def _near(called: str, phrases: list[_Owned], told: set[Place]) -> Iterator[Flaw]:
    """Those that lie too close to the first one, each once."""
    first = phrases[0]
    for own in phrases[1:]:
        alike = plain_form(own.phrase) == plain_form(first.phrase)
        if own.id == first.id or alike or own.place in told:
            continue
        told.add(own.place)
        message = (
            f'the {called} "{own.id}" claims "{own.phrase}", '
            f'which lies too close to "{first.phrase}" of "{first.id}"'
        )
        mend = "leave it to one of the two, or put it in other words; "
        mend += f"if it means both, add it to {AMBIGUOUS}"
        yield Flaw(own.place, message, mend, "warning", first.place)


def _not_ambiguous(vocabulary: Vocabulary, shared: set[str]) -> Iterator[Flaw]:
    for language in ("en", "zh"):
        for i, phrase in enumerate(getattr(vocabulary.ambiguous, language)):
            if shared.isdisjoint(_forms(phrase)):
                message = f'no two entries of a section claim "{phrase}", so it is not ambiguous'
                place = Place(VOCABULARY, ("ambiguous", language, i))
                yield Flaw(place, message, "take it out", "warning")


def _forms(phrase: str, section: str = "") -> Iterator[str]:
    """In which forms a phrase is compared: without its spaces, and as its words are looked up."""
    plain = _NUMBER.sub("0", phrase) if _DIGIT.search(phrase) else phrase
    spaceless = plain.casefold().replace(" ", "").replace("-", "")
    if not plain.isascii():
        yield simplified(spaceless)
        return
    yield spaceless
    words = words_of(plain)
    if len(words) > 1 or section not in _MET_AS_WRITTEN:
        yield f"~{''.join(map(key_of, words))}"

"""What can be wrong with the vocabulary although its files fit the schema."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from bot.knowledge.audit_weeks import Known, flaws_of_texts
from bot.knowledge.facts import Name
from bot.knowledge.flaws import VOCABULARY, Flaw, Place, Severity, did_you_mean, doubled, in_circles
from bot.knowledge.plain_yaml import ValuePath
from bot.knowledge.templates import flaws_of_wording
from bot.knowledge.vocabulary import Place as PlaceEntry
from bot.knowledge.vocabulary import Vocabulary

Claim = tuple[str | tuple[str, ...], str, str, ValuePath]
"""A phrase or several, the id of the entry that claims them, the file and path where it does."""

_SECTIONS = (
    "places", "kinds", "name_kinds", "attributes", "concepts", "details", "subjects",
    "operators", "smalltalk",
)  # fmt: skip
AMBIGUOUS = "ambiguous: in vocabulary/ambiguous.yaml"
"""Where phrases stand that two entries claim on purpose."""
_PHRASES: dict[str, tuple[str, tuple[str, ...], Severity]] = {
    "kinds": ("kind", ("name", "words"), "warning"),
    "name_kinds": ("kind of name", ("name", "words"), "warning"),
    "attributes": ("attribute", ("cues", "asks"), "warning"),
    "concepts": ("concept", ("",), "error"),
    "details": ("detail", ("words",), "error"),
    "subjects": ("subject", ("words",), "error"),
    "operators": ("operator", ("words",), "warning"),
    "smalltalk": ("small talk", ("words",), "error"),
}
"""Section → what its entries are called, their fields with phrases ("": the entry itself), and
how grave it is when two claim the same one. Warnings where a phrase may well mean two things."""


def flaws_of_vocabulary(vocabulary: Vocabulary, known: Known) -> Iterator[Flaw]:
    """Everything that is wrong with the vocabulary, except for the names."""
    for section in _SECTIONS:
        ids = [entry.id for entry in getattr(vocabulary, section)]
        yield from doubled(ids, _id_of(section, "id"), f'"{{id}}" stands twice among the {section}')
    years = [str(day.year) for day in vocabulary.world_ip_days]
    message = "the World IP Day of {id} stands twice"
    yield from doubled(years, _id_of("world_ip_days", "year"), message)
    listed = vocabulary.ambiguous
    ambiguous = frozenset(plain_form(phrase) for phrase in (*listed.en, *listed.zh))
    for section, (called, fields, severity) in _PHRASES.items():
        phrases = _phrases(section, getattr(vocabulary, section), fields)
        passed = ambiguous if severity == "warning" else frozenset[str]()
        yield from shared_phrases(called, phrases, severity, mask_numbers=True, passed=passed)
        if section != "attributes":  # their values may be told with those of another one
            yield from _without_words(called, section, getattr(vocabulary, section), fields)
    places = _phrases("places", vocabulary.places, ("name", "full", "aliases"))
    yield from shared_phrases("place", places, "error", mask_numbers=False)
    yield from _flaws_of_places(vocabulary.places, known)
    yield from _flaws_of_broader(vocabulary, known)
    yield from flaws_of_texts(VOCABULARY, (), vocabulary)
    yield from flaws_of_wording(vocabulary.wording)


def claims_by_section(vocabulary: Vocabulary) -> Iterator[tuple[str, str, Iterator[Claim]]]:
    """Each section, what its entries are called, and all their phrases."""
    for section, (called, fields, _) in _PHRASES.items():
        yield section, called, _phrases(section, getattr(vocabulary, section), fields)


def phrases_of_names(names: Sequence[tuple[Name, Place]]) -> Iterator[Claim]:
    """The names and aliases of bodies and things."""
    for name, at in names:
        yield from _claims(name.name, name.id, at.file, (*at.path, "name"))
        yield from _claims(name.aliases, name.id, at.file, (*at.path, "aliases"))


def shared_phrases(
    called: str,
    claims: Iterable[Claim],
    severity: Severity,
    *,
    mask_numbers: bool,
    passed: frozenset[str] = frozenset(),
) -> Iterator[Flaw]:
    """Phrases that two entries claim, at the second of them.

    Args:
        called: what the entries are.
        mask_numbers: whether phrases that differ only in numbers count as the same.
        passed: forms of phrases that may have several owners.

    """
    owners: dict[str, tuple[str, str, ValuePath, int]] = {}
    for claimed, id, file, path in claims:
        phrases = (claimed,) if isinstance(claimed, str) else claimed
        for i, phrase in enumerate(phrases):
            own = (id, file, path, -1 if claimed is phrase else i)
            form = _form(phrase, mask_numbers)
            first = owners.setdefault(form, own) if phrase else own
            if first[0] != id and form not in passed:
                message = f'the {called} "{id}" claims "{phrase}", which "{first[0]}" has already'
                mend = "leave it to one of the two, or make it longer"
                if severity == "warning":
                    mend += f"; if it means both, add it to {AMBIGUOUS}"
                yield Flaw(_place(*own[1:]), message, mend, severity, _place(*first[1:]))


def plain_form(phrase: str) -> str:
    """A phrase as `shared_phrases` compares it, numbers masked."""
    return _form(phrase, mask_numbers=True)


def _without_words(
    called: str, section: str, entries: Sequence[object], fields: Sequence[str]
) -> Iterator[Flaw]:
    """Entries that nobody can speak of."""
    for i, entry in enumerate(entries):
        if any(True for _ in _phrases(section, [entry], fields)):
            continue
        message = f'the {called} "{getattr(entry, "id", "")}" has no words: no question reaches it'
        told = " or ".join(fields) if fields != ("",) else "en or zh"
        yield Flaw(_at(section, i, "id"), message, f"add {told}, or take it out", "warning")


def _place(file: str, path: ValuePath, index: int) -> Place:
    return Place(file, path if index < 0 else (*path, index))


_SIGNS = re.compile(r"[\s\-–—_.,!?;:'\"’“”()《》]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@lru_cache(maxsize=65536)
def _form(phrase: str, mask_numbers: bool) -> str:
    """A phrase without what people do not mind when they compare: case, signs, spacing.

    Remembered, since every reload checks nearly the same phrases again.
    """
    if not phrase.isascii():
        phrase = unicodedata.normalize("NFKC", phrase)
    phrase = phrase.casefold()
    if phrase.isalpha():
        return phrase
    if mask_numbers:
        phrase = _NUMBER.sub("0", phrase)
    return _SIGNS.sub(" ", phrase).strip() or phrase


def _id_of(section: str, key: str) -> Callable[[int], Place]:
    return lambda index: _at(section, index, key)


def _at(*path: str | int) -> Place:
    return Place(VOCABULARY, path)


def _phrases(section: str, entries: Sequence[object], fields: Sequence[str]) -> Iterator[Claim]:
    for i, entry in enumerate(entries):
        id: str = getattr(entry, "id", "")
        for name in fields:
            value = getattr(entry, name) if name else entry
            path: ValuePath = (section, i, name) if name else (section, i)
            yield from _claims(value, id, VOCABULARY, path)


def _claims(value: Any, id: str, file: str, path: ValuePath) -> Iterator[Claim]:
    if value.en:
        yield value.en, id, file, (*path, "en")
    if value.zh:
        yield value.zh, id, file, (*path, "zh")


def _flaws_of_places(places: Sequence[PlaceEntry], known: Known) -> Iterator[Flaw]:
    circles = in_circles(known.places)
    letters: dict[str, tuple[str, Place]] = {}
    for i, place in enumerate(places):
        for key in ("parent", "capital"):
            id: str | None = getattr(place, key)
            if id is not None and id not in known.places:
                mend = did_you_mean(id, known.places, "add it to vocabulary/places.yaml")
                message = f'there is no place "{id}"'
                yield Flaw(_at("places", i, key), message, mend, is_reference=True)
        if place.id in circles:
            message = f'"{place.id}" would lie in itself'
            yield Flaw(_at("places", i, "parent"), message, "correct the parent")
        elif place.parent is None and place.level != "nation":
            message = f'it is not said in which place "{place.id}" lies'
            yield Flaw(_at("places", i, "level"), message, 'add "parent: …"')
        if place.abbr_zh:
            own = _at("places", i, "abbr_zh")
            owner, first = letters.setdefault(place.abbr_zh, (place.id, own))
            if owner != place.id:
                message = f'"{place.id}" claims {place.abbr_zh}, which "{owner}" has already'
                yield Flaw(own, message, "leave it to one of the two", first=first)


def _flaws_of_broader(vocabulary: Vocabulary, known: Known) -> Iterator[Flaw]:
    for section, ids, broader in (
        ("kinds", known.kinds, [kind.broader for kind in vocabulary.kinds]),
        ("name_kinds", known.name_kinds, [kind.broader for kind in vocabulary.name_kinds]),
    ):
        for i, above in enumerate(broader):
            for j, id in enumerate(above):
                if id not in ids:
                    place = _at(section, i, "broader", j)
                    mend = did_you_mean(id, ids, "leave it out")
                    yield Flaw(place, f'there is no kind "{id}"', mend, is_reference=True)

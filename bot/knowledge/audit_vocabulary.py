"""What can be wrong with the vocabulary although its files fit the schema."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.knowledge.audit_weeks import Known, flaws_of_texts
from bot.knowledge.facts import Name
from bot.knowledge.flaws import VOCABULARY, Flaw, Place, Severity, did_you_mean, doubled, in_circles
from bot.knowledge.plain_yaml import ValuePath
from bot.knowledge.vocabulary import Place as PlaceEntry
from bot.knowledge.vocabulary import Vocabulary

Phrase = tuple[str, str, str, ValuePath]
"""A phrase, the id of the entry that claims it, and the file and path where it does."""

_SECTIONS = (
    "places", "kinds", "name_kinds", "attributes", "concepts", "details", "subjects",
    "operators", "smalltalk",
)  # fmt: skip
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
        entries = getattr(vocabulary, section)
        ids = [(entry.id, _at(section, i, "id")) for i, entry in enumerate(entries)]
        yield from doubled(ids, f'the id "{{id}}" stands twice among the {section}')
    days = [
        (str(d.year), _at("world_ip_days", i, "year"))
        for i, d in enumerate(vocabulary.world_ip_days)
    ]
    yield from doubled(days, "the World IP Day of {id} stands twice")
    for section, (called, fields, severity) in _PHRASES.items():
        phrases = _phrases(section, getattr(vocabulary, section), fields)
        yield from shared_phrases(called, phrases, severity, mask_numbers=True)
    places = _phrases("places", vocabulary.places, ("name", "full", "aliases"))
    yield from shared_phrases("place", places, "error", mask_numbers=False)
    yield from _flaws_of_places(vocabulary.places, known)
    yield from _flaws_of_broader(vocabulary, known)
    yield from flaws_of_texts(VOCABULARY, (), vocabulary)


def phrases_of_names(names: Sequence[tuple[Name, Place]]) -> Iterator[Phrase]:
    """The names and aliases of bodies and things."""
    for name, at in names:
        yield from _phrases_in(name.name, name.id, at.file, (*at.path, "name"))
        yield from _phrases_in(name.aliases, name.id, at.file, (*at.path, "aliases"))


def shared_phrases(
    called: str, phrases: Iterable[Phrase], severity: Severity, *, mask_numbers: bool
) -> Iterator[Flaw]:
    """Phrases that two entries claim, at the second of them.

    Args:
        called: what the entries are.
        mask_numbers: whether phrases that differ only in numbers count as the same.

    """
    owners: dict[str, Phrase] = {}
    for claim in phrases:
        phrase, id, file, path = claim
        if not phrase:
            continue
        first = owners.setdefault(_form(phrase, mask_numbers=mask_numbers), claim)
        owner = first[1]
        if owner != id:
            message = f'the {called} "{id}" claims "{phrase}", which "{owner}" has already'
            mend = "leave it to one of the two, or make it longer"
            yield Flaw(Place(file, path), message, mend, severity, Place(*first[2:]))


_SIGNS = re.compile(r"[\s\-–—_.,!?;:'\"’“”()《》]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _form(phrase: str, *, mask_numbers: bool) -> str:
    """A phrase without what people do not mind when they compare: case, signs, spacing."""
    if not phrase.isascii():
        phrase = unicodedata.normalize("NFKC", phrase)
    phrase = phrase.casefold()
    if phrase.isalpha():
        return phrase
    if mask_numbers:
        phrase = _NUMBER.sub("0", phrase)
    return _SIGNS.sub(" ", phrase).strip() or phrase


def _at(*path: str | int) -> Place:
    return Place(VOCABULARY, path)


def _phrases(section: str, entries: Sequence[object], fields: Sequence[str]) -> Iterator[Phrase]:
    for i, entry in enumerate(entries):
        id: str = getattr(entry, "id", "")
        for name in fields:
            value = getattr(entry, name) if name else entry
            path: ValuePath = (section, i, name) if name else (section, i)
            yield from _phrases_in(value, id, VOCABULARY, path)


def _phrases_in(value: object, id: str, file: str, path: ValuePath) -> Iterator[Phrase]:
    for language in ("en", "zh"):
        own: str | tuple[str, ...] = getattr(value, language)
        if isinstance(own, str):
            yield own, id, file, (*path, language)
        else:
            for i, phrase in enumerate(own):
                yield phrase, id, file, (*path, language, i)


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

"""What the vocabulary files can say: the types of `knowledge/vocabulary/*.yaml`.

Everything here is words: which places and kinds of activity exist, how people
call them, by which words an attribute is asked for, what does not belong to the
bot's subject. The week files use the ids.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from bot.knowledge.facts import (
    BilingualWords,
    CheckedQuestion,
    Name,
    Slug,
    Text,
    Words,
    Year,
)

NO_WORDS = Words()
NO_BILINGUAL_WORDS = BilingualWords((), ())


class Place(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A place that a week can belong to or happen in."""

    id: Slug
    level: Literal["nation", "region", "city", "district"]
    name: Text
    """The short name, as answers use it."""
    full: Text = Text()
    """The official name with its suffix."""
    parent: Slug | None = None
    capital: Slug | None = None
    aliases: Words = NO_WORDS
    abbr_zh: Annotated[str, Meta(max_length=1)] = ""
    """The one-character name, understood only where it can stand for the place."""


class Kind(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A kind of activity."""

    id: Slug
    name: Text
    plural: str = ""
    """The English plural; name.en + "s" when left out."""
    words: Words = NO_WORDS
    broader: tuple[Slug, ...] = ()
    """Kinds that include this one: a launch is a ceremony."""


class NameKind(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A kind of body or thing with a name: bank, court, newspaper."""

    id: Slug
    name: Text
    plural: str = ""
    words: Words = NO_WORDS
    broader: tuple[Slug, ...] = ()


class Attribute(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that can be asked about an activity or a week: who, where, which theme."""

    id: Slug
    name: Text
    cues: Words = NO_WORDS
    """Words that name the attribute: theme, venue, organiser."""
    asks: Words = NO_WORDS
    """Question forms that ask for it without naming it: who, where, how come."""


class Concept(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Words that mean the same to the people who ask: company, firm, enterprise."""

    id: Slug
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class Detail(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A detail that people ask for and that publications leave out."""

    id: Slug
    name: Text
    """The detail in words that follow "… is not reported": "the number of people who attended"."""
    words: Words
    elsewhere: bool = False
    """True when the words belong to another subject unless an activity is named (price, ticket)."""


class Subject(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A subject that is not the bot's, with words that give it away."""

    id: Slug
    words: Words
    names: bool = False
    """True when the words are names, as of other countries: a fact that holds one tells of it."""


class Operator(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Words that say what kind of answer is wanted: how many, which, compare, really."""

    id: Slug
    words: Words


class SmallTalk(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An utterance without a question about the weeks: a greeting, thanks, a call for help."""

    id: Slug
    words: Words
    """Phrases; an utterance that consists of them and of filler is this small talk."""


class WorldIpDay(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """World IP Day of one year: its number as counted in China, and WIPO's theme for it."""

    year: Year
    url: str
    number: int | None = None
    theme: Text | None = None
    """WIPO's theme; the publicity week of the same year has another one."""
    grade: Literal["A", "B"] = "A"
    note: Text | None = None


class Vocabulary(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """All vocabulary files together."""

    places: tuple[Place, ...] = ()
    names: tuple[Name, ...] = ()
    kinds: tuple[Kind, ...] = ()
    name_kinds: tuple[NameKind, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    concepts: tuple[Concept, ...] = ()
    details: tuple[Detail, ...] = ()
    subjects: tuple[Subject, ...] = ()
    operators: tuple[Operator, ...] = ()
    smalltalk: tuple[SmallTalk, ...] = ()
    world_ip_days: tuple[WorldIpDay, ...] = ()
    domain: BilingualWords = NO_BILINGUAL_WORDS
    """Phrases that name the publicity weeks themselves."""
    filler: BilingualWords = NO_BILINGUAL_WORDS
    """Words that carry no content of their own: articles, auxiliaries, politeness."""
    general: BilingualWords = NO_BILINGUAL_WORDS
    """Words of any subject: for finding facts, but neither for nor against an answer."""
    ambiguous: BilingualWords = NO_BILINGUAL_WORDS
    """Phrases that two entries claim on purpose, since people mean either by them."""
    wording: dict[str, Text] = {}
    """How the bot says things: key → template."""
    questions: tuple[CheckedQuestion, ...] = ()
    """Questions that belong to no single week, with what the bot must make of them."""

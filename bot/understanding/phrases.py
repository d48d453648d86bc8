"""Every phrase of the vocabulary and the weeks, with what it means."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.knowledge.facts import BilingualWords, Name, Text, Week, Words
from bot.knowledge.vocabulary import Place, Vocabulary
from bot.understanding.lexicon import Phrase, phrase_of
from bot.understanding.meanings import MONTHS, ORDINALS, EntityType, Meaning


def phrases_of_vocabulary(vocabulary: Vocabulary) -> Iterator[Phrase]:
    """All phrases of the vocabulary, each with one meaning; a phrase may come several times."""
    for place in vocabulary.places:
        yield from _all(place_texts(place), Meaning(EntityType.PLACE, place.id))
    yield from phrases_of_names(vocabulary.names)
    for kind in vocabulary.kinds:
        yield from _all((*_words(kind.words), *_text(kind.name)), Meaning(EntityType.KIND, kind.id))
    for name_kind in vocabulary.name_kinds:
        yield from _all(_words(name_kind.words), Meaning(EntityType.NAME_KIND, name_kind.id))
    for attribute in vocabulary.attributes:
        yield from _all(_words(attribute.cues), Meaning(EntityType.ATTRIBUTE, attribute.id))
        yield from _all(_words(attribute.asks), Meaning(EntityType.ATTRIBUTE, attribute.id, True))
    for concept in vocabulary.concepts:
        yield from _all((*concept.en, *concept.zh), Meaning(EntityType.CONCEPT, concept.id))
    yield from _of_other_entries(vocabulary)
    yield from _all(_words(vocabulary.domain), Meaning(EntityType.DOMAIN, "week"))
    yield from _all(_words(vocabulary.general), Meaning(EntityType.GENERAL, "general"))
    yield from _all(_words(vocabulary.filler), Meaning(EntityType.FILLER, "filler"))
    yield from _all((*MONTHS, *ORDINALS), Meaning(EntityType.MONTH, "month"))


def phrases_of_names(names: Iterable[Name]) -> Iterator[Phrase]:
    """How bodies and things are called."""
    for name in names:
        yield from _all(_name_words(name), Meaning(EntityType.NAME, name.id))


def _of_other_entries(vocabulary: Vocabulary) -> Iterator[Phrase]:
    """Entries that consist of their words alone."""
    for type, entries in (
        (EntityType.DETAIL, vocabulary.details),
        (EntityType.SUBJECT, vocabulary.subjects),
        (EntityType.OPERATOR, vocabulary.operators),
        (EntityType.SMALLTALK, vocabulary.smalltalk),
    ):
        for entry in entries:
            yield from _all(_words(entry.words), Meaning(type, entry.id))


def everyday_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Words that stand for no theme or slogan, even where they are a clause of one."""
    of_concepts = (word for concept in vocabulary.concepts for word in (*concept.en, *concept.zh))
    empty = (vocabulary.filler, vocabulary.general, vocabulary.domain)
    of_any_subject = (word for words in empty for word in _words(words))
    return frozenset(word.casefold() for word in (*of_concepts, *of_any_subject))


def phrases_of_quotes(week: Week, everyday: frozenset[str]) -> Iterator[Phrase]:
    """The themes and slogans of a week, whole and in clauses, but for everyday words."""
    for quote in dict.fromkeys(_quotes(week)):
        meaning = Meaning(EntityType.QUOTE, quote_id(quote))
        for words in _text(quote):
            parts = (words, *_telling_parts(words))
            yield from _all((p for p in parts if p.casefold() not in everyday), meaning)


def _quotes(week: Week) -> Iterator[Text]:
    yield from themes_of(week)
    for activity in week.activities:
        yield from activity.themes
        yield from activity.slogans


def phrases_of_people(week: Week) -> Iterator[Phrase]:
    """The persons whom a week and its activities name, under their full names."""
    people = chain(week.people, *(activity.people for activity in week.activities))
    for person in dict.fromkeys(people):
        id, names = _full_names(person)
        yield from _all(names, Meaning(EntityType.PERSON, id))


_LATIN_NAME = re.compile(r"[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){1,3}(?=[,(（，]|\s*\(|$)")
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff·]{2,12}(?=[，（]|$)")


def _full_names(person: Text) -> tuple[str, tuple[str, ...]]:
    """The id of a person, and the names that stand before the office and the role."""
    found = (_LATIN_NAME.match(person.en), _CHINESE_NAME.match(person.zh))
    names = tuple(match.group() for match in found if match is not None)
    return (names[0].casefold() if names else ""), names


def themes_of(week: Week) -> Iterator[Text]:
    """A week's theme in all its wordings."""
    if week.theme is not None:
        yield week.theme
    for variant in week.theme_variants:
        yield variant.text


def _telling_parts(quote: str) -> Iterator[str]:
    """The clauses of a theme or slogan that are long enough to stand for the whole."""
    for part in re.split(r"[,;:，；： ]+and should |[,;:，；：与]| and | (?=[一-鿿])", quote):
        words = part.split()
        chinese = bool(words) and words[0][0] >= "\u3400"
        named = len(words) >= 2 and all(word[0].isupper() for word in words)
        if part != quote and (len(words) >= 4 or (chinese and len(part) >= 4) or named):
            yield part


def quote_id(quote: Text) -> str:
    """The same theme or slogan has one id, whichever week it stands in."""
    return (quote.zh or quote.en).replace(" ", "").casefold()


def _all(texts: Iterable[str], meaning: Meaning) -> Iterator[Phrase]:
    for text in texts:
        phrase = phrase_of(text, meaning) if text else None
        if phrase is not None:
            yield phrase


def _words(words: Words | BilingualWords) -> tuple[str, ...]:
    return (*words.en, *words.zh)


def _text(text: Text) -> tuple[str, ...]:
    return (text.en, text.zh)


def place_texts(place: Place) -> tuple[str, ...]:
    """How a place is called."""
    return (*_text(place.name), *_text(place.full), *_words(place.aliases))


_SHORTENED = (
    ("市场监督管理局", "市场监管局"), ("市场监督管理局", "市监局"),
    ("市场监督管理厅", "市场监管厅"),
    ("市场监督管理厅", "市监厅"), ("知识产权局", "知产局"), ("高级人民法院", "高院"),
    ("中级人民法院", "中院"), ("人民检察院", "检察院"),
)  # fmt: skip
"""How long official Chinese names are shortened in speech."""


_BRACKET = re.compile("（[^）]*）")
"""What Chinese names have in brackets may be left out: 中国（武汉）知识产权保护中心."""


def _name_words(name: Name) -> tuple[str, ...]:
    written = (*_text(name.name), *_words(name.aliases))
    words = (*written, *(_BRACKET.sub("", w) for w in written if "（" in w))
    short = (w.replace(a, b) for w in words for a, b in _SHORTENED if w.endswith(a))
    offices = (w for w in words if w.endswith("局") and len(w) < 16)
    return (*words, *short, *(w.replace("省", "", 1).replace("市", "", 1) for w in offices))

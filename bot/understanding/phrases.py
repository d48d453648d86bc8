"""Every phrase of the vocabulary and the weeks, with what it means."""

import re
from collections.abc import Iterable, Iterator

from bot.knowledge.facts import Name, Text, Words
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.vocabulary import Place, Vocabulary
from bot.understanding.meanings import MONTHS, EntityType, Meaning

_MOST_QUOTES = 12
"""A clause that more themes share than this points to none of them."""


def phrases_of(knowledge: KnowledgeBase) -> Iterator[tuple[str, Meaning]]:
    """All phrases as they are written, each with one meaning; a phrase may come several times."""
    vocabulary = knowledge.vocabulary
    for place in vocabulary.places:
        yield from _all(_place_words(place), Meaning(EntityType.PLACE, place.id))
    for name in knowledge.names.values():
        yield from _all(_name_words(name), Meaning(EntityType.NAME, name.id))
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
    yield from _of_quotes(knowledge)
    yield from _all(_words(vocabulary.domain), Meaning(EntityType.DOMAIN, "week"))
    yield from _all(_words(vocabulary.general), Meaning(EntityType.GENERAL, "general"))
    yield from _all(_words(vocabulary.filler), Meaning(EntityType.FILLER, "filler"))
    yield from _all(MONTHS, Meaning(EntityType.MONTH, "month"))


def _of_other_entries(vocabulary: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    """Entries that consist of their words alone."""
    for type, entries in (
        (EntityType.DETAIL, vocabulary.details),
        (EntityType.SUBJECT, vocabulary.subjects),
        (EntityType.OPERATOR, vocabulary.operators),
        (EntityType.SMALLTALK, vocabulary.smalltalk),
    ):
        for entry in entries:
            yield from _all(_words(entry.words), Meaning(type, entry.id))


def _of_quotes(knowledge: KnowledgeBase) -> Iterator[tuple[str, Meaning]]:
    """Themes and slogans, whole and in clauses, but for everyday words."""
    concepts, filler = knowledge.vocabulary.concepts, knowledge.vocabulary.filler
    everyday = {w.casefold() for c in concepts for w in (*c.en, *c.zh)}
    everyday.update(word.casefold() for word in filler.en)
    for part, ids in _parts_of_quotes(knowledge).items():
        if part.casefold() not in everyday and len(ids) <= _MOST_QUOTES:
            yield from ((part, Meaning(EntityType.QUOTE, id)) for id in ids)


def _parts_of_quotes(knowledge: KnowledgeBase) -> dict[str, dict[str, None]]:
    """For each theme, slogan and clause of one the ids of the quotes that have it."""
    found: dict[str, dict[str, None]] = {}
    for quote in _quotes(knowledge):
        id = quote_id(quote)
        for words in _text(quote):
            for part in (words, *_telling_parts(words)):
                found.setdefault(part, {})[id] = None
    return found


def _quotes(knowledge: KnowledgeBase) -> Iterator[Text]:
    for week in knowledge.week_entries:
        if week.week.theme is not None:
            yield week.week.theme
        for variant in week.week.theme_variants:
            yield variant.text
    for entry in knowledge.activities:
        yield from entry.activity.themes
        yield from entry.activity.slogans


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


def _all(words: Iterable[str], meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    return ((word, meaning) for word in words if word)


def _words(words: Words) -> tuple[str, ...]:
    return (*words.en, *words.zh)


def _text(text: Text) -> tuple[str, ...]:
    return (text.en, text.zh)


def _place_words(place: Place) -> tuple[str, ...]:
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

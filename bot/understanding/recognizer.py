"""From tagged words to a question: which slots they fill and what kind of answer they want."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.understanding.dates import DateMentions, find_dates
from bot.understanding.fact_index import FactIndex, term_of
from bot.understanding.gazetteer import EntityType, Gazetteer, Mention, Tagging
from bot.understanding.question import Question, Unit
from bot.understanding.utterance import Token, read_utterance

_AUXILIARIES = frozenset(
    "is are was were do does did has have had will would isnt arent wasnt werent doesnt didnt wont "
    "hasnt havent can could should shall may".split()
)
_LEADING = frozenset(
    "so and but hey hi hello ok okay well oh please pls also then um hmm sorry excuse me actually".split()
)
_ASKING = frozenset("which what whats wich wat whose many name list any these two three all".split())
_ASKING_ZH = ("哪", "什么", "几", "啥", "多少", "两家")
_STRUCTURAL = (EntityType.ATTRIBUTE, EntityType.KIND, EntityType.NAME_KIND, EntityType.NAME, EntityType.CONCEPT)
_ATTRIBUTE_BONUS = {"place": -0.2, "title": -0.1, "means": -0.3, "topic": -0.1, "partner": 0.1, "number": -0.4,
                    "end": -0.2, "dates": 0.0, "start": -0.1, "content": -0.05, "purpose": -0.2, "result": -0.2,
                    "audience": 0.15, "medium": -0.1, "modality": 0.4, "source": 0.5, "part": -0.1, "line": 0.2,
                    "level": 0.2, "form": 0.2, "world-ip-day": 0.1, "people": -0.1}  # fmt: skip


class Recognizer:
    """Reads questions; holds no state between them."""

    def __init__(self, gazetteer: Gazetteer, facts: FactIndex) -> None:
        self._gazetteer = gazetteer
        self._facts = facts

    def read(self, text: str, today: date) -> Question:
        """Read an utterance; `today` resolves "today" and "last year"."""
        tagging = self._gazetteer.tag(read_utterance(text))
        dates = find_dates(tagging, today)
        return self._question(tagging, dates)

    def _question(self, tagging: Tagging, dates: DateMentions) -> Question:
        mentions = [m for m in tagging.mentions if not _within(m, dates.covered)]
        places = tuple(dict.fromkeys(_ids(mentions, EntityType.PLACE)))
        operators = frozenset(_ids(mentions, EntityType.OPERATOR))
        units = tuple(self._units(tagging, mentions, dates))
        kinds = tuple(dict.fromkeys(_ids(mentions, EntityType.KIND)))
        return Question(
            tagging=tagging,
            language=tagging.utterance.language,
            places=tuple(place for place in places if place != "china"),
            is_national="china" in places,
            years=tuple(dict.fromkeys((*dates.years, *((dates.constraint.year,) if dates.constraint and dates.constraint.year else ())))),
            date=dates.constraint,
            ordinals=dates.ordinals,
            kinds=kinds,
            names=tuple(dict.fromkeys(_ids(mentions, EntityType.NAME))),
            name_kinds=tuple(dict.fromkeys(_asked_name_kinds(tagging, mentions))),
            attributes=_ranked_attributes(mentions),
            details=tuple(dict.fromkeys(_ids(mentions, EntityType.DETAIL))),
            subjects=tuple(dict.fromkeys(_ids(mentions, EntityType.SUBJECT))),
            operators=operators,
            units=units,
            asked=_asked_terms(tagging, units),
            numbers=tuple(_numbers(tagging.utterance.tokens, dates.covered)),
            smalltalk=_smalltalk(tagging, mentions, dates),
            is_polar=_is_polar(tagging, operators),
            names_week=any(m.has(EntityType.DOMAIN) for m in mentions),
            token_count=len(tagging.utterance.tokens),
        )

    def _units(self, tagging: Tagging, mentions: Sequence[Mention], dates: DateMentions) -> Iterator[Unit]:
        tokens = tagging.utterance.tokens
        claimed = set(dates.covered)
        for mention in mentions:
            span = range(mention.first, mention.end)
            claimed.update(span)
            if all(meaning.type in (EntityType.FILLER, EntityType.DOMAIN, EntityType.PLACE, EntityType.MONTH, EntityType.SMALLTALK) for meaning in mention.meanings):
                continue
            unit = self._unit_of(tagging, mention)
            if unit is not None:
                yield unit
        index = 0
        while index < len(tokens):
            if index in claimed:
                index += 1
            elif tokens[index].is_cjk:
                end = index + 1
                while end < len(tokens) and end not in claimed and tokens[end].is_cjk and not tokens[end].gap:
                    end += 1
                yield from self._chinese_unit(tokens, index, end, tagging)
                index = end
            else:
                yield self._word_unit(tagging, index)
                index += 1

    def _unit_of(self, tagging: Tagging, mention: Mention) -> Unit | None:
        types = {meaning.type for meaning in mention.meanings}
        terms = [term for meaning in mention.meanings if (term := term_of(meaning)) and meaning.type is not EntityType.PLACE]
        if types <= {EntityType.OPERATOR, EntityType.FILLER, EntityType.SMALLTALK, EntityType.DETAIL, EntityType.DOMAIN}:
            return None
        keys = tagging.keys[mention.first : mention.end]
        terms.extend(key for key in keys if len(key) > 2 and self._facts.knows(key))
        foreign = EntityType.SUBJECT in types and not types & set(_STRUCTURAL)
        if types <= {EntityType.ATTRIBUTE, EntityType.OPERATOR, EntityType.FILLER, EntityType.DOMAIN} and not any(
            self._facts.knows(term) for term in terms
        ):
            return None
        weight = max((self._facts.rarity(term) for term in terms if self._facts.knows(term)), default=0.6)
        if EntityType.NAME not in types and EntityType.CONCEPT not in types and EntityType.KIND not in types:
            weight *= 0.4
        text = " ".join(t.text for t in tagging.utterance.tokens[mention.first : mention.end])
        return Unit(text, mention.first, mention.end, tuple(terms), weight, not foreign, foreign)

    def _word_unit(self, tagging: Tagging, index: int) -> Unit:
        token = tagging.utterance.tokens[index]
        key = tagging.keys[index]
        word = tagging.repairs.get(index, token.text)
        known = self._facts.knows(key)
        ordinary = not known and (word in self._gazetteer.common_words or len(word) < 3)
        number = word[0].isdigit()
        if number:
            value = word.replace(",", "")
            known = known or self._facts.knows(value)
            return Unit(word, index, index + 1, (key, value), 0.8 if known else 0.3, True)
        return Unit(word, index, index + 1, (key,), self._facts.rarity(key) if known else 0.9, False, False, ordinary)

    def _chinese_unit(self, tokens: Sequence[Token], first: int, end: int, tagging: Tagging) -> Iterator[Unit]:
        """A run of characters that no phrase covers: its pairs are its terms, neighbours included."""
        start = first - 1 if first and tokens[first - 1].is_cjk and not tokens[first].gap else first
        stop = end + 1 if end < len(tokens) and tokens[end].is_cjk and not tokens[end].gap else end
        pairs = [tokens[i].text + tokens[i + 1].text for i in range(start, stop - 1)]
        known = tuple(pair for pair in pairs if self._facts.knows(pair))
        text = "".join(token.text for token in tokens[first:end])
        if known:
            yield Unit(text, first, end, known, max(map(self._facts.rarity, known)) * 0.8, False)
        elif end - first > 1:
            yield Unit(text, first, end, (text,), 0.9, False, False, True)
        else:
            yield Unit(text, first, end, (text,), 0.3, False)


def _within(mention: Mention, covered: frozenset[int]) -> bool:
    return any(index in covered for index in range(mention.first, mention.end))


def _ids(mentions: Iterable[Mention], type: EntityType) -> Iterator[str]:
    return (meaning.id for mention in mentions for meaning in mention.meanings if meaning.type is type)


def _ranked_attributes(mentions: Sequence[Mention]) -> tuple[str, ...]:
    scores: dict[str, float] = {}
    for mention in mentions:
        for meaning in mention.meanings:
            if meaning.type is EntityType.ATTRIBUTE:
                own = 0.6 if meaning.asks else 1.0
                own += _ATTRIBUTE_BONUS.get(meaning.id, 0.0) + 0.1 * (mention.end - mention.first - 1)
                if mention.has(EntityType.FILLER) and not meaning.asks:
                    own -= 0.6
                scores[meaning.id] = scores.get(meaning.id, 0.0) + own
    return tuple(sorted(scores, key=lambda id: -scores[id]))


def _asked_name_kinds(tagging: Tagging, mentions: Sequence[Mention]) -> Iterator[str]:
    content = [m for m in mentions if not m.has(EntityType.FILLER)]
    for mention in mentions:
        for meaning in mention.meanings:
            if meaning.type is not EntityType.NAME_KIND:
                continue
            if _is_asked(tagging, mention.first, mention.end) or len(content) == 1:
                yield meaning.id


def _is_asked(tagging: Tagging, first: int, end: int) -> bool:
    """Whether which, what, how many or 哪, 几 … stands right before (Chinese: or behind)."""
    tokens = tagging.utterance.tokens
    before = tokens[max(0, first - 4) : first]
    if any(token.text in _ASKING for token in before):
        return True
    characters = "".join(token.text for token in before)
    if any(word in characters for word in _ASKING_ZH):
        return True
    after = "".join(token.text for token in tokens[end : end + 4])
    return any(word in after for word in ("哪", "是谁", "有谁", "是什么", "叫什么", "是啥"))


def _asked_terms(tagging: Tagging, units: Sequence[Unit]) -> tuple[str, ...]:
    terms: list[str] = []
    for unit in units:
        if _is_asked(tagging, unit.first, unit.end):
            terms.extend(unit.terms)
    return tuple(dict.fromkeys(terms))


def _numbers(tokens: Sequence[Token], covered: frozenset[int]) -> Iterator[float]:
    for index, token in enumerate(tokens):
        if index in covered or not token.text[0].isdigit():
            continue
        text = token.text.replace(",", "")
        factor = 1.0
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if text.endswith("k") and text[:-1].isdigit():
            text, factor = text[:-1], 1_000.0
        elif text.endswith("m") and text[:-1].isdigit():
            text, factor = text[:-1], 1_000_000.0
        if following in ("thousand", "千", "k"):
            factor = 1_000.0
        elif following in ("million", "mio", "mn"):
            factor = 1_000_000.0
        elif following == "万":
            factor = 10_000.0
        try:
            yield float(text) * factor
        except ValueError:
            continue


def _smalltalk(tagging: Tagging, mentions: Sequence[Mention], dates: DateMentions) -> str:
    """The small talk that covers the utterance, when nothing but filler stands beside it."""
    talk = [meaning.id for m in mentions for meaning in m.meanings if meaning.type is EntityType.SMALLTALK]
    if not talk or dates.constraint is not None or dates.years:
        return ""
    covered = {i for m in mentions for i in range(m.first, m.end)}
    if len(covered) < len(tagging.utterance.tokens):
        return ""
    easy = (EntityType.SMALLTALK, EntityType.FILLER, EntityType.OPERATOR)
    if not all(any(meaning.type in easy for meaning in m.meanings) for m in mentions):
        return ""
    order = ("help", "thanks", "goodbye", "greeting")
    return next(id for id in order if id in talk)


def _is_polar(tagging: Tagging, operators: frozenset[str]) -> bool:
    if operators & {"confirm", "polar"}:
        return True
    words = [token.text.replace("'", "") for token in tagging.utterance.tokens]
    index = 0
    while index < len(words) and words[index] in _LEADING:
        index += 1
    if index + 1 < len(words) and words[index] in ("can", "could", "would", "will") and words[index + 1] in ("you", "u", "i"):
        return False
    return index < len(words) and words[index] in _AUXILIARIES



"""From tagged words to a question: which slots they fill and what kind of answer they want."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.understanding.dates import DateMentions, find_dates
from bot.understanding.fact_index import WORLD_IP_DAY, FactIndex, term_of
from bot.understanding.gazetteer import EntityType, Gazetteer, Mention, Tagging
from bot.understanding.question import Question, Unit
from bot.understanding.utterance import MAX_TOKENS, Token, read_utterance

_AUXILIARIES = frozenset(
    "is are was were do does did has have had will would isnt arent wasnt werent doesnt didnt wont "
    "hasnt havent can could should shall may".split()
)
_CLAUSE_STARTS = frozenset("so because but though although while and".split())
_QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how list name confirm tell give number whats 什 哪 谁 几 多".split()
)
_NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "hundred": 100, "thousand": 1000,
    "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_MANY_PLACES = frozenset(
    "places cities towns prefectures provinces regions localities counties municipalities areas".split()
)
_LEADING = frozenset(
    "so and but hey hi hello ok okay well oh please pls also then um hmm sorry excuse me actually".split()
)
_ASKING = frozenset("which what whats wich wat whose many name list any these two three all".split())
_ASKING_ZH = ("哪", "什么", "几", "啥", "多少", "两家")
_STRUCTURAL = frozenset({EntityType.ATTRIBUTE, EntityType.KIND, EntityType.NAME_KIND, EntityType.NAME, EntityType.CONCEPT})
_WITHOUT_CONTENT = frozenset({
    EntityType.OPERATOR, EntityType.FILLER, EntityType.SMALLTALK, EntityType.DETAIL,
    EntityType.DOMAIN, EntityType.PLACE, EntityType.MONTH,
})  # fmt: skip
_TERM_WEIGHTS = {EntityType.NAME: 1.4, EntityType.QUOTE: 1.4, EntityType.KIND: 1.2, EntityType.NAME_KIND: 0.5}
_ONLY_ASKING = _WITHOUT_CONTENT | {EntityType.ATTRIBUTE}
_ATTRIBUTE_BONUS = {"place": -0.2, "title": -0.1, "means": -0.3, "topic": -0.1, "partner": 0.1, "number": -0.4,
                    "end": -0.2, "dates": 0.0, "start": -0.1, "content": -0.05, "purpose": -0.2, "result": -0.2,
                    "audience": 0.15, "medium": -0.1, "modality": 0.4, "source": 0.5, "part": -0.1, "line": 0.2,
                    "level": 0.2, "form": 0.2, "world-ip-day": 0.1, "people": -0.1}  # fmt: skip


class Recognizer:
    """Reads questions; holds no state between them."""

    def __init__(self, gazetteer: Gazetteer, facts: FactIndex) -> None:
        self._gazetteer = gazetteer
        self._facts = facts
        details = facts.knowledge.vocabulary.details
        self._elsewhere = frozenset(detail.id for detail in details if detail.elsewhere)

    def read(self, text: str, today: date) -> Question:
        """Read an utterance; `today` resolves "today" and "last year"."""
        utterance = read_utterance(text, MAX_TOKENS)
        chinese = None if utterance.has_chinese else self._gazetteer.chinese_of(utterance)
        if chinese is not None:
            utterance = read_utterance(chinese)
        tagging = self._gazetteer.tag(utterance)
        dates = find_dates(tagging, today)
        return self._question(tagging, dates)

    def _question(self, tagging: Tagging, dates: DateMentions) -> Question:
        aside = _asides(tagging)
        excepted = _excepted(tagging)
        mentions = [
            m for m in tagging.mentions
            if not _is_covered(m, dates.covered) and not (excepted and m.first in excepted)
        ]  # fmt: skip
        asking = [m for m in mentions if not (aside and m.first in aside and not _is_slot(m))]
        places = tuple(dict.fromkeys(_ids(mentions, EntityType.PLACE)))
        operators = frozenset(_ids(asking, EntityType.OPERATOR))
        units = tuple(u for u in self._units(tagging, mentions, dates, aside) if u.first not in excepted)
        kinds = tuple(dict.fromkeys(_ids(asking, EntityType.KIND)))
        polar = _is_polar(tagging, operators)
        attributes = _ranked_attributes(asking, tagging.utterance.has_chinese)
        if polar and not _asks_where(asking):
            attributes = tuple(attribute for attribute in attributes if attribute != "place")
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
            name_kinds=tuple(dict.fromkeys(_asked_name_kinds(tagging, asking))),
            attributes=attributes,
            details=tuple(dict.fromkeys(_ids(asking, EntityType.DETAIL))),
            subjects=tuple(dict.fromkeys(_ids(asking, EntityType.SUBJECT))),
            operators=operators,
            units=units,
            asked=_asked_terms(tagging, units),
            numbers=tuple(_numbers(tagging.utterance.tokens, dates.covered)),
            smalltalk=_smalltalk(tagging, mentions, dates),
            is_polar=polar,
            names_the_day=dates.names_the_day,
            wants_many_places=any(token.text in _MANY_PLACES for token in tagging.utterance.tokens),
            names_week=any(m.has(EntityType.DOMAIN) for m in mentions),
            token_count=len(tagging.utterance.tokens),
        )

    def _units(
        self, tagging: Tagging, mentions: Sequence[Mention], dates: DateMentions, aside: frozenset[int]
    ) -> Iterator[Unit]:
        for unit in self._all_units(tagging, mentions, dates):
            if any(term[0] == "&" for term in unit.terms) and _is_asked(tagging, unit.first, unit.end):
                kept = [(t, w) for t, w in zip(unit.terms, unit.weights, strict=True) if t[0] == "&"]
                unit = replace(unit, terms=tuple(t for t, _ in kept), weights=tuple(w for _, w in kept))
            yield replace(unit, aside=True) if unit.first in aside else unit
        if dates.names_the_day and self._facts.knows(WORLD_IP_DAY):
            weight = 0.8 * self._facts.rarity(WORLD_IP_DAY)
            yield Unit("World IP Day", -1, -1, (WORLD_IP_DAY,), (weight,), explained=True)

    def _all_units(
        self, tagging: Tagging, mentions: Sequence[Mention], dates: DateMentions
    ) -> Iterator[Unit]:
        tokens = tagging.utterance.tokens
        claimed = set(dates.covered)
        for mention in mentions:
            span = range(mention.first, mention.end)
            claimed.update(span)
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
                yield self._chinese_unit(tokens, index, end)
                index = end
            else:
                yield self._word_unit(tagging, index)
                index += 1

    def _unit_of(self, tagging: Tagging, mention: Mention) -> Unit | None:
        types = {meaning.type for meaning in mention.meanings}
        if types <= _WITHOUT_CONTENT | {EntityType.GENERAL} and EntityType.GENERAL in types:
            return self._general_unit(tagging, mention) if types == {EntityType.GENERAL} else None
        if types <= _WITHOUT_CONTENT:
            if any(m.type is EntityType.DETAIL and m.id in self._elsewhere for m in mention.meanings):
                return self._foreign_unit(tagging, mention)
            return None
        weights: dict[str, float] = {}
        is_cue = types <= _ONLY_ASKING
        for meaning in mention.meanings:
            term = term_of(meaning)
            if term is not None and meaning.type is not EntityType.PLACE:
                own = _TERM_WEIGHTS.get(meaning.type, 1.0)
                weights[term] = own * (self._facts.rarity(term) if self._facts.knows(term) else 0.6)
        keys = tagging.keys[mention.first : mention.end]
        if is_cue and len(keys) > 1:
            weights.update(self._nested(keys))
            is_cue = not weights
        solid = types & {EntityType.NAME, EntityType.CONCEPT, EntityType.KIND, EntityType.QUOTE}
        if len(keys) == 1 or not solid:
            part = 0.2 if is_cue else 0.7 if weights else 0.9
            for key in keys:
                if len(key) > 2 and self._facts.knows(key) and not self._is_filler(key):
                    weights.setdefault(key, part * self._facts.rarity(key) / len(keys))
        if is_cue and not weights:
            return None
        foreign = EntityType.SUBJECT in types and not types & _STRUCTURAL
        text = " ".join(t.text for t in tagging.utterance.tokens[mention.first : mention.end])
        return Unit(
            text, mention.first, mention.end, tuple(weights), tuple(weights.values()),
            explained=not foreign, foreign=foreign, is_name=EntityType.NAME in types, is_cue=is_cue,
        )  # fmt: skip

    def _is_filler(self, key: str) -> bool:
        meanings = self._gazetteer.phrase(key)
        return bool(meanings) and all(meaning.type is EntityType.FILLER for meaning in meanings)

    def _nested(self, keys: Sequence[str]) -> dict[str, float]:
        """The concepts and kinds of the single words of a longer phrase: metro in "metro lines"."""
        found: dict[str, float] = {}
        for key in keys:
            for meaning in self._gazetteer.phrase(key):
                term = term_of(meaning)
                if term and meaning.type in (EntityType.CONCEPT, EntityType.KIND) and self._facts.knows(term):
                    found[term] = 0.7 * self._facts.rarity(term)
        return found

    def _general_unit(self, tagging: Tagging, mention: Mention) -> Unit | None:
        """A word of any subject helps where a fact has it and is passed over where none has."""
        keys = [key for key in tagging.keys[mention.first : mention.end] if self._facts.knows(key)]
        if not keys or len(keys[0]) < 3:
            return None
        text = " ".join(t.text for t in tagging.utterance.tokens[mention.first : mention.end])
        weights = tuple(0.22 * self._facts.rarity(key) for key in keys)
        return Unit(text, mention.first, mention.end, tuple(keys), weights, explained=True)

    def _foreign_unit(self, tagging: Tagging, mention: Mention) -> Unit:
        text = " ".join(t.text for t in tagging.utterance.tokens[mention.first : mention.end])
        return Unit(text, mention.first, mention.end, (text,), (0.6,), explained=False, foreign=True)

    def _word_unit(self, tagging: Tagging, index: int) -> Unit:
        token = tagging.utterance.tokens[index]
        key = tagging.keys[index]
        word = tagging.repairs.get(index, token.text)
        if word[0].isdigit() or word in _NUMBER_WORDS:
            value = str(_NUMBER_WORDS.get(word, word)).replace(",", "")
            known = self._facts.knows(value)
            telling = known and (len(value) > 1 or "." in value)
            return Unit(word, index, index + 1, (value,), (0.8 if telling else 0.2,), explained=True)
        known = self._facts.knows(key)
        ordinary = not known and (word in self._gazetteer.common_words or len(word) < 3)
        weight = self._facts.rarity(key) if known else 0.9 if len(word) > 2 else 0.1
        return Unit(word, index, index + 1, (key,), (weight,), explained=False, ordinary=ordinary)

    def _chinese_unit(self, tokens: Sequence[Token], first: int, end: int) -> Unit:
        """A run of characters that no phrase covers: its pairs are its terms, neighbours included."""
        start = first - 1 if first and tokens[first - 1].is_cjk and not tokens[first].gap else first
        stop = end + 1 if end < len(tokens) and tokens[end].is_cjk and not tokens[end].gap else end
        pairs = [tokens[i].text + tokens[i + 1].text for i in range(start, stop - 1)]
        known = tuple(dict.fromkeys(pair for pair in pairs if self._facts.knows(pair)))
        text = "".join(token.text for token in tokens[first:end])
        if known:
            weights = tuple(0.8 * self._facts.rarity(pair) for pair in known)
            return Unit(text, first, end, known, weights, explained=False)
        longer = end - first > 1
        return Unit(text, first, end, (text,), (0.9 if longer else 0.2,), explained=False, ordinary=longer)


_EXCEPTING = frozenset("besides except excluding".split())


def _excepted(tagging: Tagging) -> frozenset[int]:
    """Tokens of "besides X and Y," and "apart from X,": what is not asked for, up to the comma."""
    tokens = tagging.utterance.tokens
    words = [token.text for token in tokens]
    found: set[int] = set()
    for index, word in enumerate(words):
        pair = word + " " + words[index + 1] if index + 1 < len(words) else ""
        chinese = word == "除" and index + 1 < len(words) and words[index + 1] in ("了", "去")
        if word not in _EXCEPTING and pair not in ("apart from", "other than", "aside from") and not chinese:
            continue
        end = index + 1
        while end < len(words) and not (tokens[end].gap.strip() or (chinese and (words[end] in "还外以之" or tokens[end].gap))):
            end += 1
        if end < len(words) or index > 2:
            found.update(range(index, end))
    return frozenset(found)


def _is_slot(mention: Mention) -> bool:
    """Places, names and the week itself count wherever they stand in an utterance."""
    return mention.has(EntityType.PLACE) or mention.has(EntityType.NAME) or mention.has(EntityType.DOMAIN)


def _asides(tagging: Tagging) -> frozenset[int]:
    """Tokens of the clauses of a long utterance that hold no question word, where others do."""
    tokens = tagging.utterance.tokens
    if len(tokens) < (36 if tagging.utterance.has_chinese else 14):
        return frozenset()
    clauses: list[list[int]] = [[]]
    for index, token in enumerate(tokens):
        starts = token.text in _CLAUSE_STARTS or any(mark in token.gap for mark in ",;.!?:()\n")
        if starts and clauses[-1]:
            clauses.append([])
        clauses[-1].append(index)
    asking = [clause for clause in clauses if any(tokens[i].text in _QUESTION_WORDS for i in clause)]
    if not asking or len(clauses) == 1:
        return frozenset()
    kept = asking[-1]
    return frozenset(index for clause in clauses if clause is not kept for index in clause)


def _is_covered(mention: Mention, covered: frozenset[int]) -> bool:
    """Whether a date claims the mention; a question form around the date stays one."""
    span = range(mention.first, mention.end)
    if mention.has(EntityType.ATTRIBUTE) and len(span) > 1:
        return all(index in covered for index in span)
    return any(index in covered for index in span)


def _ids(mentions: Iterable[Mention], type: EntityType) -> Iterator[str]:
    return (meaning.id for mention in mentions for meaning in mention.meanings if meaning.type is type)


def _asks_where(mentions: Sequence[Mention]) -> bool:
    """Whether a place is asked for by a question form, not merely spoken of ("the prefectures")."""
    return any(meaning.id == "place" and meaning.asks for m in mentions for meaning in m.meanings)


def _ranked_attributes(mentions: Sequence[Mention], in_chinese: bool) -> tuple[str, ...]:
    scores: dict[str, float] = {}
    for mention in mentions:
        for meaning in mention.meanings:
            if meaning.type is EntityType.ATTRIBUTE:
                words = mention.end - mention.first
                own = 0.6 if meaning.asks else 1.0
                own += _ATTRIBUTE_BONUS.get(meaning.id, 0.0)
                own += (0.2 if meaning.asks and not in_chinese else 0.1) * (words - 1)
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
            leads = mention is content[0] and all(m.has(EntityType.FILLER) for m in mentions if m.first < mention.first)
            if leads or len(content) == 1 or _is_asked(tagging, mention.first, mention.end):
                yield meaning.id


def _is_asked(tagging: Tagging, first: int, end: int) -> bool:
    """Whether which, what, how many or 哪, 几 … stands right before (Chinese: or behind)."""
    tokens = tagging.utterance.tokens
    before = tokens[max(0, first - 4) : first]
    for token in reversed(before):
        if token.text in _AUXILIARIES:
            break
        if token.text in _ASKING:
            return True
    characters = "".join(token.text for token in before)
    if any(word in characters for word in _ASKING_ZH):
        return True
    if end < len(tokens) and tokens[end].text in ("name", "names"):
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
        if index in covered:
            continue
        text = str(_NUMBER_WORDS.get(token.text, token.text)).replace(",", "")
        if not text[0].isdigit():
            continue
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
    easy = (EntityType.SMALLTALK, EntityType.FILLER, EntityType.OPERATOR, EntityType.GENERAL)
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



"""How many: published figures first, else the number of things that are listed."""

from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from bot.answering.asking import content_units
from bot.answering.findings import Finding, Regions, Values, Verdict, WeekValues
from bot.answering.labels import attribute_name
from bot.answering.scopes import grouped, weeks_in, weeks_of
from bot.answering.search import Search
from bot.answering.value_answers import ValueAnswers
from bot.answering.value_texts import figure_text
from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.knowledge.facts import Figure, Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.numbers import number_at
from bot.understanding.question import Question, Unit

UNCOUNTABLE = frozenset({"number", "dates", "start", "end", "source", "modality", "title"})
"""Attributes whose values are not what "how many" counts."""
_EVENTS = frozenset({"event", "activ", "活动"})
"""Terms of what a figure counts where it counts events."""
_BODIES = frozenset({"partner", "organiser"})
_ANY_BODIES = frozenset({"&organisation", "&body", "&office"})
"""Kinds of names that say no more than that bodies are counted."""
_NOTIONS = "~#&"
"""First letters of terms of what may be counted instead: pupils, exhibitions, banks."""
_MOST_OTHERS = 2
_STEP = 0.3
"""What a figure loses for each activity that ranks before its own, in units' weight."""
_BEHIND_COUNTED = frozenset("that who which at in on with from for reached".split())
"""English words behind which a figure says no more of what it counts."""


class Counting:
    """Answers with numbers."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex, values: ValueAnswers) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._values = values

    def count(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        """A published figure for what is counted, else the number of things listed."""
        return (
            self.figure(question, entries)
            or self.of_week(question, entries)
            or self._values.names(question, entries, counted=True)
            or self._of_programme(question, entries)
            or self._listed(question, entries)
        )

    def figure(self, question: Question, entries: Sequence[ActivityEntry]) -> Values | None:
        """The published figure of an activity that fits the words best."""
        units = [unit for unit in question.units if unit.terms]
        alone = len(entries) == 1 and not content_units(question)
        asks_kind = any(term[0] == "#" for term in question.asked)
        counted_terms = {*question.asked, *_numbered(question)}
        best: tuple[float, int] = (float("-inf"), 0)
        found: tuple[ActivityEntry, Figure] | None = None
        for position, entry in enumerate(entries):
            for figure in entry.activity.figures:
                terms = self.terms(figure)
                counted = self._counted(figure) if asks_kind else terms
                if question.asked and not any(term in counted for term in question.asked):
                    continue
                score = _score(units, terms, counted_terms)
                rank = (score - _STEP * position, -position)
                if (score > 0 or alone) and rank > best:
                    best, found = rank, (entry, figure)
        if found is None:
            return None
        label = attribute_name("number", self._knowledge.vocabulary)
        return Values("number", label, (figure_text(found[1]),), found[0])

    def of_week(
        self, question: Question, entries: Sequence[ActivityEntry], weeks: Sequence[WeekEntry] = ()
    ) -> WeekValues | None:
        """The figures of a whole week, when one of them is what the words ask for."""
        asked = (unit for unit in question.units if set(unit.terms) & set(question.asked))
        told = dict.fromkeys((*content_units(question), *asked))
        content = [unit for unit in told if not (unit.is_cue or unit.foreign)]
        asks_events = not content and "activity" in question.operators
        asks_number = not content and question.attributes[:1] == ("number",)
        for week in weeks_of(entries) or weeks:
            if question.places and not week.places.intersection(question.places):
                continue
            for figure in week.week.figures:
                general = asks_number or (asks_events and self._counts_events(figure))
                if general or (content and self._counts_all(figure, content)):
                    values = tuple(figure_text(own) for own in week.week.figures)
                    return WeekValues("number", ((week, values),))
        return None

    def _of_programme(self, question: Question, entries: Sequence[ActivityEntry]) -> Values | None:
        """How many events were announced in all: the figure of the activity that says so."""
        content = [unit for unit in content_units(question) if not unit.is_cue]
        if content or "activity" not in question.operators:
            return None
        found = [
            (entry, figure)
            for entry in entries
            if "series" in entry.kinds and not entry.activity.part_of
            for figure in entry.activity.figures
            if self._counts_events(figure)
        ]
        if not found:
            return None
        found.sort(key=lambda pair: (pair[0].place not in question.places, -_year(pair[0])))
        first = found[0]
        others = dict.fromkeys(entry for entry, _ in found if entry is not first[0])
        label = attribute_name("number", self._knowledge.vocabulary)
        values = (figure_text(first[1]),)
        return Values("number", label, values, first[0], others=tuple(others)[:_MOST_OTHERS])

    def whole_week(self, search: Search) -> Finding | None:
        """ "How many categories of events?", "five events, right?" of the week of a place."""
        question = search.question
        claimed = question.is_polar and bool(question.numbers)
        asks = "count" in question.operators or question.attributes[:1] == ("number",)
        scope = search.scope
        if not (scope.places or (scope.is_national and scope.years)) or not (asks or claimed):
            return None
        weeks = weeks_in(scope, self._knowledge) if not search.entries else ()
        found = self.of_week(question, search.entries, weeks)
        if found is None or not claimed:
            return found
        week, values = found.weeks[0]
        holds = any(figure.value in question.numbers for figure in week.week.figures)
        if not holds and self._is_of_others(question):
            return None
        return Verdict(holds, None, values, week, "number")

    def _is_of_others(self, question: Question) -> bool:
        """Whether a bare number ("is 2.85 Qinghai's figure?") is one of some activity anywhere."""
        content = [unit for unit in content_units(question) if not unit.is_cue]
        numbers = [unit for unit in content if unit.text[0].isdigit()]
        bare = len(numbers) == len(content) and "activity" not in question.operators
        return bare and any(self._facts.knows(term) for unit in numbers for term in unit.terms)

    def _counts_events(self, figure: Figure) -> bool:
        """Whether a figure counts events rather than people, bodies or copies."""
        return bool(_EVENTS & self._facts.terms_of_texts((figure.of,)))

    def _counts_all(self, figure: Figure, content: Sequence[Unit]) -> bool:
        terms = self.terms(figure)
        return all(u.match(terms)[0] or u.text[0].isdigit() or u.ordinary for u in content)

    def _listed(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        of_others = any(t[0] in _NOTIONS and t not in _ANY_BODIES for t in question.asked)
        for attribute in question.attributes:
            if attribute in UNCOUNTABLE or (attribute in _BODIES and of_others):
                continue
            if attribute == "place" and len(entries) > 1:
                cities = [entry for entry in entries if entry.place != entry.week.place]
                if cities:
                    return Regions(grouped(cities, lambda entry: entry.place))
            found = self._values.of(attribute, entries[:4], counted=True)
            if found is not None:
                return found
        return None

    def _counted(self, figure: Figure) -> frozenset[str]:
        """The terms of what is counted, without where: the departments that joined a conference."""
        words = figure.of.en.split()
        head = " ".join(takewhile(lambda word: word not in _BEHIND_COUNTED, words))
        head_zh = figure.of.zh.rpartition("的")[2]
        return self._facts.terms_of_texts((Text(head, head_zh), *figure.words.en, *figure.words.zh))

    def terms(self, figure: Figure) -> frozenset[str]:
        """The terms of what a figure counts, and of other words for it."""
        return self._facts.terms_of_texts((figure.of, *figure.words.en, *figure.words.zh))


def _year(entry: ActivityEntry) -> int:
    return entry.week.week.year


def _numbered(question: Question) -> Iterator[str]:
    """The terms of the nouns right behind a number: the bags of "5,000 bags", of 五千个袋子."""
    tokens = question.tagging.utterance.tokens
    ends = [i + found[1] for i in range(len(tokens)) if (found := number_at(tokens, i))]
    measured = {end + 1 for end in ends if end < len(tokens) and tokens[end].is_cjk}  # 五千个袋子
    places = measured.union(ends)
    return (term for unit in question.units if unit.first in places for term in unit.terms)


def _score(units: Sequence[Unit], terms: frozenset[str], asked: Container[str]) -> float:
    """The weight of the units that a figure's words hold; the noun behind "how many" or behind a
    number is doubled.
    """
    return sum(
        unit.weight * (2.0 if any(term in asked for term in unit.terms) else 1.0)
        for unit in units
        if any(term in terms for term in unit.terms)
    )

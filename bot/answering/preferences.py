"""Which of several activities comes first when the words fit them about equally."""

from collections.abc import Sequence

from bot.answering.asking import content_units, speaks_of_events
from bot.answering.attributes import SOFT, names_of_kind, values_of
from bot.answering.matching import Candidate
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question

ABOUT_EQUAL = 0.75
"""Share of the best score from which candidates may change places."""
NAME_BONUS, VALUE_BONUS, FIGURE_BONUS = 0.22, 0.12, 0.1
"""Shares of its score that a candidate gains by having what is asked for."""
OWN_PLACE_BONUS, LATER_BONUS = 0.06, 0.02
"""What a week of the very place that is named gains, and one of a later year."""
WORDS_BONUS = 0.12
"""What one gains that has all words in its title: a symposium, not any kind of seminar."""
UMBRELLA_MALUS = 0.15
"""Share that a series loses to its own parts."""
OPENING_BONUS = 0.12
"""What an activity gains over its own parts where the week is spoken of: its launch, not that of
a contest on the same stage."""
_NOT_VALUES = SOFT | {"source", "modality", "number"}
_OF_WHOLES = frozenset({"part", "number", "form"})
"""Attributes that the whole of a series answers better than its parts."""


def settled(
    question: Question, ranked: list[Candidate], knowledge: KnowledgeBase, facts: FactIndex
) -> list[Candidate]:
    """Between equals the one that has what is asked comes first, then the one that has the very
    words in its title, that of the place's own week and of the later year; umbrellas come last.
    """
    head = [c for c in ranked if c.score >= ABOUT_EQUAL * ranked[0].score]
    if len(head) < 2:
        return ranked
    umbrellas = {
        (c.entry.week.id, c.entry.activity.part_of) for c in head if c.entry.activity.part_of
    }
    years = sorted({c.entry.week.week.year for c in head})
    words = [{t for t in unit.terms if t[0].isalnum()} for unit in content_units(question)]
    titled = [_titled(own, head, facts) for own in words]
    whole = bool(_OF_WHOLES & set(question.attributes))
    of_all = question.is_polar and speaks_of_events(question)  # "are the events held online?"

    def preference(candidate: Candidate) -> float:
        entry = candidate.entry
        bonus = _bonus(question, candidate, knowledge)
        if words:
            in_title = sum(candidate.number in numbers for numbers in titled)
            bonus += WORDS_BONUS * in_title / len(words)
        bonus += LATER_BONUS * years.index(entry.week.week.year)
        if entry.week.place in question.places:
            bonus += OWN_PLACE_BONUS
        if (entry.week.id, entry.activity.id) in umbrellas:
            if "series" not in entry.kinds:
                bonus += OPENING_BONUS * question.names_week
            elif of_all or not whole:
                bonus += UMBRELLA_MALUS if of_all else -UMBRELLA_MALUS
        return candidate.score * (1 + bonus)

    return sorted(head, key=preference, reverse=True) + ranked[len(head) :]


def _titled(own: set[str], head: Sequence[Candidate], facts: FactIndex) -> set[int]:
    """The numbers of the candidates whose title has one of some words itself, not its sense.

    The index takes the words by which people call an activity for those of its title; so the
    titles of the few that have such words are read.
    """
    numbers = {candidate.number for candidate in head}
    found = {number for term in own for number in facts.titled(term, numbers)}
    for candidate in head:
        activity = candidate.entry.activity
        if candidate.number in found and (activity.words.en or activity.words.zh):
            in_title = facts.terms_of_texts((activity.title,))
            found.difference_update({candidate.number} if own.isdisjoint(in_title) else ())
    return found


def _bonus(question: Question, candidate: Candidate, knowledge: KnowledgeBase) -> float:
    """What a candidate gains, as a share of its score."""
    entry = candidate.entry
    bonus = 0.0
    if question.name_kinds and names_of_kind(question.name_kinds, entry, knowledge):
        bonus += NAME_BONUS
    asked: Sequence[str] = question.attributes[:2]
    if any(values_of(a, entry, knowledge) for a in asked if a not in _NOT_VALUES):
        bonus += VALUE_BONUS
    if "count" in question.operators and entry.activity.figures:
        bonus += FIGURE_BONUS
    return bonus

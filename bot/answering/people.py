"""Who did what at an activity: persons by the role that a question names."""

from collections.abc import Sequence
from operator import itemgetter

from msgspec.structs import replace

from bot.answering.asking import content_units
from bot.answering.findings import Values
from bot.answering.labels import attribute_name
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.meanings import EntityType
from bot.understanding.question import Question
from bot.understanding.week_index import terms_of

_WHO = frozenset({"organiser", "people"})
"""Attributes that "who" may ask for."""
_NO_ROLES = (
    EntityType.PLACE, EntityType.DOMAIN, EntityType.NAME, EntityType.PERSON, EntityType.FILLER,
)  # fmt: skip
"""What a person's role and a question may share without the question asking for the role."""
_OTHERS = 2
"""So many other activities at which a person was are told."""


class People:
    """Answers with persons."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def in_role(self, question: Question, entries: Sequence[ActivityEntry]) -> Values | None:
        """The persons whose role the question names: who chaired, who gave the instructions.

        None when it asks for no person, or for a role that nobody has.
        """
        if not (_WHO & set(question.attributes[:2]) or "person" in question.details):
            return None
        terms = self._role_terms(question)
        best: tuple[float, ActivityEntry | None, tuple[Text, ...]] = (0.0, None, ())
        for entry in entries:
            weights = [(self._weight(person, terms), person) for person in entry.activity.people]
            most = max((weight for weight, _ in weights), default=0.0)
            if most > best[0]:
                found = tuple(person for weight, person in weights if weight == most)
                best = most, entry, found
        return self._values(best[1], best[2])

    def named(self, question: Question, entries: Sequence[ActivityEntry]) -> Values | None:
        """ "Who is …?": what is said of the person who is named, where most is said.

        None when anything else is asked, or nobody is named.
        """
        asks = "define" in question.operators or bool(_WHO.intersection(question.attributes[:1]))
        names = {term for unit in question.units for term in unit.terms if term[0] == "^"}
        only_names = all(unit.is_cue or names & {*unit.terms} for unit in content_units(question))
        if not (asks and names and only_names) or question.is_polar:
            return None
        said = [
            (len(person.en), entry, person)
            for entry in entries
            for person in entry.activity.people
            if names & self._facts.terms_of_texts((person,))
        ]
        if not said:
            return None
        _, most, person = max(said, key=itemgetter(0))
        others = tuple(entry for _, entry, _ in said if entry.week is not most.week)
        found = self._values(most, (person,))
        return None if found is None else replace(found, others=others[:_OTHERS])

    def of(self, entries: Sequence[ActivityEntry]) -> Values | None:
        """All persons of the first activity that names any."""
        entry = next((entry for entry in entries if entry.activity.people), None)
        return self._values(entry, entry.activity.people if entry else ())

    def _values(self, entry: ActivityEntry | None, people: tuple[Text, ...]) -> Values | None:
        if entry is None:
            return None
        label = attribute_name("people", self._knowledge.vocabulary)
        return Values("people", label, people, entry)

    def _role_terms(self, question: Question) -> frozenset[str]:
        """The terms of a question but for those of places, names and the week."""
        tagging = question.tagging
        beside = {
            index
            for mention in tagging.mentions
            if any(mention.has(type) for type in _NO_ROLES)
            for index in range(mention.first, mention.end)
        }
        keys = {tagging.keys[index] for index in beside}
        keys |= {tagging.keys[n] + tagging.keys[n + 1] for n in beside if n + 1 in beside}
        return frozenset(t for t in terms_of(tagging) - keys if t[0] not in "@!^" and len(t) > 1)

    def _weight(self, person: Text, terms: frozenset[str]) -> float:
        """How much of what the question says a person's role holds."""
        own = self._facts.terms_of_texts((person,))
        return round(sum(self._facts.rarity(term) for term in own & terms), 6)

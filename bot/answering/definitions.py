"""What a named thing is, and what belongs to it."""

from bot.answering.asking import content_units
from bot.answering.findings import Definition, Values
from bot.answering.labels import attribute_name
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.question import Question, Unit

ANSWERED_OTHERWISE = frozenset({
    "theme", "slogan", "number", "dates", "place", "organiser", "partner", "audience", "period",
    "parent",
})  # fmt: skip
"""Asked for first, these want a value, not a definition."""
MANY_ENTRIES = 3
"""An office that takes part in more activities is not what a bare mention asks about."""


class Definitions:
    """Answers about names."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def belonging(self, question: Question) -> Values | None:
        """ "Which sub-platforms does it have?": the names that belong to a named thing."""
        raw = question.tagging.utterance.raw
        many = question.operators & {"list", "count"} or "哪几个" in raw
        if not (many or "platform" in question.kinds) or not question.names:
            return None
        owner = question.names[0]
        parts = self._knowledge.parts_of_names.get(owner, ())
        entries = self._knowledge.by_name.get(parts[0].id, ()) if len(parts) > 1 else ()
        if not entries:
            return None
        label = attribute_name("part", self._knowledge.vocabulary)
        values = tuple(name.name for name in parts)
        return Values("part", label, values, entries[0], "count" in question.operators)

    def definition(self, question: Question) -> Definition | None:
        """What the named thing is, when that is all that is asked."""
        if not question.names:
            return None
        kinds = {"&" + self._knowledge.names[name].kind for name in question.names}
        others = [u for u in content_units(question) if not _names(u, kinds)]
        first = question.attributes[0] if question.attributes else ""
        asks_more = bool(first or question.kinds or others)
        defining = "define" in question.operators
        does = "activity" in question.operators
        if (others and (does or first == "title")) or (does and len(question.names) > 1):
            return None  # "what did the office do with the bank", "the title of its article"
        if question.is_polar or (asks_more and not defining):
            name = question.names[0]
            owned = first == "organiser" and self._knowledge.names[name].part_of is not None
            if (first in ("title", "parent") or owned) and not others:
                return Definition(name, tuple(self._knowledge.by_name.get(name, ())))
            return None
        if first in ANSWERED_OTHERWISE or self._asks_other_kind(question):
            return None
        return self._of_known_name(question, defining=defining)

    def _of_branches(self, name: str) -> tuple[ActivityEntry, ...]:
        """The activities of what belongs to a body: of CCPIT Chongqing for CCPIT."""
        branches = self._knowledge.parts_of_names.get(name, ())
        return tuple(e for branch in branches for e in self._knowledge.by_name.get(branch.id, ()))

    def _asks_other_kind(self, question: Question) -> bool:
        """Whether it is not the named thing that is asked for: which base at the university."""
        kinds = {self._knowledge.names[name].kind for name in question.names}
        return bool(question.name_kinds) and kinds.isdisjoint(question.name_kinds)

    def _of_known_name(self, question: Question, *, defining: bool) -> Definition | None:
        by_name = self._knowledge.by_name
        known = max(question.names, key=lambda name: len(by_name.get(name, ())) > 0)
        entries = tuple(by_name.get(known, ())) or self._of_branches(known)
        if question.places:
            numbers = self._knowledge.by_place.numbers
            here = {number for place in question.places for number in numbers(place)}
            entries = tuple(entry for entry in entries if entry.index in here) or entries
        name = self._knowledge.names[known]
        if not entries or name.what is None:
            return None
        if name.kind == "office" and len(entries) > MANY_ENTRIES and not defining:
            return None
        return Definition(known, entries)


def _names(unit: Unit, kinds: set[str]) -> bool:
    """Whether a unit is a name or says of what kind the named thing is: whose platform."""
    return any(term[:1] == "!" or term in kinds for term in unit.terms)

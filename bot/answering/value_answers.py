"""What one activity says for an attribute: who, where, which bank, in which media."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.asking import telling_units
from bot.answering.attributes import SOFT, TIMES, names_of_kind, values_of
from bot.answering.findings import Finding, Missing, Regions, Values, ValuesByActivity
from bot.answering.labels import attribute_name, name_kind_label
from bot.answering.people import People
from bot.answering.scopes import grouped, weeks_of
from bot.answering.search import Search
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.question import Question

TOLD_FOR_ALL = frozenset({
    "part", "number", "form", "organiser", "medium", "audience", "slogan", "partner", "line",
    "level", "period", "people", "condition",
})  # fmt: skip
"""Attributes that the first of many activities may answer when none is named."""
_DISTINCT = TOLD_FOR_ALL - {"part", "number", "form"}
"""Those whose cues hardly mean anything else: the lack of such a value is worth telling."""
_FEW = 3
"""So few activities are told as they are, whatever they do not state."""
_MOST_ROWS = 10
"""So many activities of a week are told with their values."""
_NAMING = frozenset({"part", "title"})
"""Attributes of which the words may only name what is asked for: the sessions, the title."""
_BODIES = frozenset({"office", "body"})
"""Kinds of names that say no more than that a body is meant."""
_OTHER_BODIES = frozenset({"partner", "audience", "participant"})
"""Attributes that tell of bodies other than the one that did something."""
_AS_WELL = 0.75
"""Share of the best score from which an activity is of the sort whose places are asked for."""
_MOST_NAMES = 12
"""So many names of one kind are told."""
MOST_EQUAL = 3
"""So many further activities that fit just as well are told with their names."""


class ValueAnswers:
    """Answers with the values of attributes and with names."""

    def __init__(self, knowledge: KnowledgeBase, people: People) -> None:
        self._knowledge = knowledge
        self._people = people

    def values(self, question: Question, entries: Sequence[ActivityEntry]) -> Values | None:
        """The first entry that has a value for what is asked, the likeliest attribute first."""
        counted = "count" in question.operators
        if question.attributes[:1] == ("parent",):
            owner = self.of("parent", entries[:3])
            if owner is not None:  # not the platform itself
                return owner
        named = self._bodies(question, entries) or self.names(question, entries, counted=counted)
        named = named or self._people.in_role(question, entries)
        if named is not None:
            return named
        attributes = question.attributes
        if "theme" in attributes and any(u.first >= 0 for u in telling_units(question)):
            # of a training course that the question itself names: what it is about
            attributes = tuple(dict.fromkeys((*attributes, "topic")))
        for attribute in attributes:
            if attribute in ("source", "modality"):
                continue
            if attribute in _NAMING and attributes[0] in TIMES:
                continue  # "on which dates are the sessions" asks for no titles
            order = entries
            if attribute == "place":  # a city tells more than the region of the week
                order = sorted(entries[:3], key=lambda entry: entry.place == entry.week.place)
            found = self.of(attribute, order[: 3 if attribute in SOFT else 6], counted=counted)
            if found is not None and attribute == "place" and found.entry is not None:
                return self._medium_of_known_place(question, found.entry) or found
            if found is not None:
                return found
        return None

    def _medium_of_known_place(self, question: Question, entry: ActivityEntry) -> Values | None:
        """ "Where will Qinghai's column be?": a place that the question names is no answer."""
        known = question.names_place and entry.place in question.places
        return self.of("medium", (entry,)) if known else None

    def _bodies(self, question: Question, entries: Sequence[ActivityEntry]) -> Values | None:
        """ "Which departments did they work with?": the partners, not the office itself."""
        first = question.attributes[0] if question.attributes else ""
        if first not in _OTHER_BODIES or _BODIES.isdisjoint(question.name_kinds):
            return None
        return self.of(first, entries[:3])

    def person(self, question: Question, entries: Sequence[ActivityEntry]) -> Values | None:
        """What is said of the person whom the question names; None when it asks for more."""
        return self._people.named(question, entries)

    def names(
        self, question: Question, entries: Sequence[ActivityEntry], *, counted: bool
    ) -> Values | None:
        """ "Which banks?": the names of the kind that is asked for, of the first entry with any."""
        if not question.name_kinds:
            return None
        for entry in entries:
            found = names_of_kind(question.name_kinds, entry, self._knowledge)
            if found:
                label = name_kind_label(question.name_kinds[0], self._knowledge.vocabulary)
                return Values("name", label, tuple(found), entry, counted)
        return None

    def with_equal_names(
        self, question: Question, found: Values, equal: Sequence[ActivityEntry]
    ) -> Values:
        """The names or titles of other activities of the week that fit just as well, too; of
        any week where nothing but the kind of the names is said: "which newspapers?".
        """
        if found.attribute not in ("name", "title"):
            return found
        said = question.places or question.years or question.date or question.names
        of_any_week = not said and all(u.is_of("&") for u in telling_units(question))
        values, others = list(found.values), []
        for entry in equal:
            if len(values) >= _MOST_NAMES:
                break
            own: Sequence[Text] = (entry.activity.title,)
            if found.attribute == "name":
                own = names_of_kind(question.name_kinds, entry, self._knowledge)
            more = [name for name in own if name not in values]
            if more and (of_any_week or entry.week is found.entry.week):
                values.extend(more)
                others.append(entry)
        return replace(found, values=tuple(values), others=tuple(others)[:MOST_EQUAL])

    def of(
        self, attribute: str, entries: Sequence[ActivityEntry], *, counted: bool = False
    ) -> Values | None:
        """The values of one attribute, of the first entry that has any."""
        for entry in entries:
            if counted and attribute == "place" and entry.place == entry.week.place:
                continue  # a region is no number of its cities
            values = values_of(attribute, entry, self._knowledge)
            if values:
                label = attribute_name(attribute, self._knowledge.vocabulary)
                return Values(attribute, label, tuple(values), entry, counted)
        return None

    def place(self, entry: ActivityEntry, others: tuple[ActivityEntry, ...] = ()) -> Values:
        """Where an activity was."""
        label = attribute_name("place", self._knowledge.vocabulary)
        values = tuple(values_of("place", entry, self._knowledge))
        return Values("place", label, values, entry, others=others)

    def of_all(self, search: Search) -> Finding | None:
        """An attribute of all activities in scope, where no activity is named."""
        question, scope, entries = search.question, search.scope, search.entries
        top = question.attributes[0] if question.attributes else ""
        if top == "place" and (len(entries) > 1 or not scope.places):
            cities = self.cities(search)
            if cities is not None:
                return cities
        if scope.places and top in TOLD_FOR_ALL and _BODIES.issuperset(question.name_kinds):
            several = self._by_activity(top, entries)
            if several is not None:
                return None if top == "part" else several  # parts of parts: all activities
        if question.name_kinds or len(entries) == 1 or (top == "dates" and len(entries) <= 4):
            return self.values(question, entries)
        if top in TOLD_FOR_ALL:
            having = [entry for entry in entries if values_of(top, entry, self._knowledge)]
            only = having if len(having) == 1 else entries
            return self.values(replace(question, name_kinds=()), only)
        return None

    def lacking(self, search: Search) -> Missing | None:
        """That no activity of the week states what is asked of all of them; None when one does."""
        asked = search.question.attributes[:1]
        weeks = weeks_of(search.entries)
        named = search.scope.places and "count" not in search.question.operators
        few = len(search.entries) <= _FEW
        if few or not named or len(weeks) != 1 or _DISTINCT.isdisjoint(asked):
            return None
        if any(values_of(asked[0], entry, self._knowledge) for entry in search.entries):
            return None
        label = attribute_name(asked[0], self._knowledge.vocabulary)
        return Missing(
            "no_detail", search.scope, place=search.scope.places[0], week=weeks[0], detail=label
        )

    def taking_part(self, search: Search) -> Finding | None:
        """ "Which organisations took part in Fujian?": the bodies of each activity of its week.

        None where more is named than a place, or where bodies of some kind are meant.
        """
        question = search.question
        first = question.attributes[0] if question.attributes else "partner"
        if not search.scope.places or question.is_polar or first not in _OTHER_BODIES:
            return None
        if question.name_kinds != ("body",) or question.names or question.kinds or question.date:
            return None
        if any(not unit.is_of("&") for unit in telling_units(question)):
            return None
        if question.attributes:
            return self._by_activity(first, search.entries) or self.of(first, search.entries)
        found = self._by_activity("partner", search.entries, beside="organiser")
        label = name_kind_label("body", self._knowledge.vocabulary)
        return replace(found, label=label) if found else self.of(first, search.entries)

    def _by_activity(
        self, attribute: str, entries: Sequence[ActivityEntry], *, beside: str = ""
    ) -> ValuesByActivity | None:
        """What several activities of the latest week that states any say, after the values of the
        attribute `beside`; None for a single one.
        """
        asked = (beside, attribute) if beside else (attribute,)
        rows = [
            (entry, tuple(dict.fromkeys(values)))
            for entry in entries
            if (values := [v for a in asked for v in values_of(a, entry, self._knowledge)])
        ]
        week = max((e.week for e, _ in rows), key=lambda week: week.week.year, default=None)
        own = tuple(row for row in rows if row[0].week is week)
        if len(own) < 2:
            return None
        label = attribute_name(attribute, self._knowledge.vocabulary)
        return ValuesByActivity(attribute, label, own[:_MOST_ROWS])

    def cities(self, search: Search) -> Regions | None:
        """The places of the activities in scope that fit the words of the question, if it names
        any; but for the places that it named itself.
        """
        scope = search.scope
        named = bool(telling_units(search.question)) and search.covers()
        entries = search.near(_AS_WELL) if named else search.entries
        elsewhere = [entry for entry in entries if entry.place not in scope.places]
        if not elsewhere or not (scope.places or scope.date or scope.years):
            return None
        return Regions(grouped(elsewhere, lambda entry: entry.place))

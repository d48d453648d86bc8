"""What a dialogue remembers from one message to the next: a value, with an expiry."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.answering.asking import asks_activities, content_units, speaks_of_events
from bot.understanding.dates import DateConstraint
from bot.understanding.question import Question, Unit

_ELLIPSIS = 3
"""Words of a claim that leaves out what is claimed: "did Pu'er?"."""
LIFETIME = timedelta(minutes=30)
"""After this long without a message a dialogue starts anew."""


class DialogueState(Struct, frozen=True):
    """What was talked about last; a follow-up need not say it again."""

    expires_at: datetime
    language: str = "en"
    places: tuple[str, ...] = ()
    is_national: bool = False
    years: tuple[int, ...] = ()
    date: DateConstraint | None = None
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    name_kinds: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    operators: frozenset[str] = frozenset()
    units: tuple[Unit, ...] = ()
    asked: tuple[str, ...] = ()
    asks_activities: bool = False
    """What was done was asked, and no more."""
    focus: tuple[str, ...] = ()
    """Ids of the facts of the last answer."""

    def is_alive(self, now: datetime) -> bool:
        """Whether the dialogue still goes on at this time."""
        return now < self.expires_at


def remember(
    question: Question, focus: tuple[str, ...], places: tuple[str, ...], now: datetime
) -> DialogueState:
    """The state after a question was answered from the facts in `focus` about `places`."""
    return DialogueState(
        expires_at=now + LIFETIME,
        language=question.language,
        places=question.places or places,
        is_national=question.is_national,
        years=question.years,
        date=question.date,
        kinds=question.kinds,
        names=question.names,
        name_kinds=question.name_kinds,
        attributes=question.attributes,
        details=question.details,
        operators=question.operators,
        units=tuple(replace(unit, first=-1, end=-1) for unit in question.units),
        asked=question.asked,
        asks_activities=asks_activities(question),
        focus=focus,
    )


def renewed(state: DialogueState, now: datetime) -> DialogueState:
    """The same state, kept alive by another message."""
    return replace(state, expires_at=now + LIFETIME)


def repeated(question: Question, state: DialogueState) -> Question:
    """The question before, as a message that only asks for another language means it."""
    return replace(
        question, places=state.places, is_national=state.is_national, years=state.years,
        date=state.date, kinds=state.kinds, names=state.names, name_kinds=state.name_kinds,
        attributes=state.attributes, details=state.details, asked=state.asked,
        operators=question.operators | state.operators, units=state.units,
    )  # fmt: skip


def is_switch(question: Question) -> bool:
    """Whether it only replaces the place, date or year of the question before ("and Yunnan?")."""
    if not (question.places or question.date or question.years or question.is_national):
        return False
    if content_units(question) or question.details or question.name_kinds:
        return False
    if "else" in question.operators:
        return False  # what was not told yet, of the same place
    if set(question.attributes) - {"place", "dates"} or question.smalltalk:
        return False
    if question.operators & {"follow", "correct-me"}:
        return True
    likewise = "pronoun" in question.operators or question.token_count <= _ELLIPSIS
    if question.is_polar and question.places and likewise:
        return True  # "does Fujian bring one out as well?", "did Pu'er?"
    return question.token_count <= 6 and "activity" not in question.operators


def switched(question: Question, state: DialogueState) -> Question:
    """The question before, with the slots that this one replaces."""
    keep_date = question.date or question.years
    attributes = () if question.date else state.attributes
    if "dates" in question.attributes and not question.date:
        attributes = ("dates",)  # "when was Yunnan's?"
    named = {"kinds": (), "names": (), "name_kinds": (), "units": ()}
    if asks_activities(question):  # "and Dehong, what did they do?"
        state = replace(state, details=(), **named)
        attributes = ()
    elif state.attributes and speaks_of_events(question):  # "and the event in Yinchuan?"
        state = replace(state, **named)
    return replace(
        question,
        places=question.places or state.places,
        is_national=question.is_national or (state.is_national and not question.places),
        date=question.date or (None if question.years else state.date),
        years=question.years or (() if question.places and not keep_date else state.years),
        kinds=state.kinds,
        names=state.names if not question.places else (),
        name_kinds=state.name_kinds,
        attributes=attributes,
        details=state.details,
        operators=question.operators | state.operators,
        units=(*question.units, *(u for u in state.units if not question.date or u.weight >= 0.25)),
        asked=state.asked,
    )

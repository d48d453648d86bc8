"""Days that a message names by one that was spoken of before: "the day after?", "the third?"."""

import re
from datetime import date, timedelta

from msgspec.structs import replace

from bot.answering.dialogue import DialogueState
from bot.understanding.dates import DateConstraint
from bot.understanding.question import Question

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_ONLY_NTH = re.compile(
    r"(?:and |what about |how about )?(?:on )?(?:the )?"
    rf"(?P<word>{'|'.join(_ORDINALS)}|last)(?: day)?[?.! ]*"
)
"""Nothing but a number: "and the third?"."""
_NEXT = re.compile(
    r"\b(?:(?:the )?day after|(?:next|following) day)\b(?! \w)|次日|翌日|隔天|后一天"
)
_PREVIOUS = re.compile(r"\b(?:(?:the )?day before|previous day)\b(?! \w)|前一天")
_ANY_YEAR = 2021
"""No day of a publicity week is one that only leap years have."""


def with_named_day(question: Question, state: DialogueState) -> Question:
    """The question with the day that it names by that of the dialogue, if it names one so."""
    before = state.date
    if question.date is not None or before is None:
        return question
    said = question.tagging.utterance.raw.casefold().strip()
    nth = _ONLY_NTH.fullmatch(said)
    if nth is not None and before.anchor:
        word = nth["word"]
        anchor = "last" if word == "last" else f"day-{_ORDINALS.index(word) + 1}"
        return replace(question, date=DateConstraint(anchor=anchor))
    step = 1 if _NEXT.search(said) else -1 if _PREVIOUS.search(said) else 0
    day = _moved(before, step) if step and before.is_one_day else None
    return question if day is None else replace(question, date=day, attributes=())


def _moved(day: DateConstraint, step: int) -> DateConstraint | None:
    """The next or previous day; None where it cannot be told from the day's name."""
    if day.anchor:
        if day.anchor == "last":
            return None
        number = 1 if day.anchor == "first" else int(day.anchor.partition("-")[2])
        return DateConstraint(anchor=f"day-{number + step}")
    if day.start is None:
        return None
    moved = date(_ANY_YEAR, day.start // 100, day.start % 100) + timedelta(days=step)
    number = moved.month * 100 + moved.day
    return DateConstraint(start=number, end=number, year=day.year)

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
_ALONE = r"(?:,? (?:that|this|it))?[?.! ]*$"
"""Behind "the day after" no other day is named, as in "the day before yesterday"."""
_NEXT = re.compile(rf"\b(?:day after|(?:next|following) day){_ALONE}|次日|翌日|隔天|后一天")
_PREVIOUS = re.compile(rf"\b(?:day before|previous day){_ALONE}|前一天")
_LEAP_YEAR = 2020
"""Any year that has all days."""


def with_named_day(question: Question, state: DialogueState) -> Question:
    """The question with the day that it names by that of the dialogue, if it names one so."""
    before = state.date
    if question.date is not None or before is None:
        return question
    said = question.tagging.utterance.raw.casefold().strip()
    nth = _ONLY_NTH.fullmatch(said)
    if nth is not None and before.anchor:
        word = nth["word"]
        anchor = word if word in ("first", "last") else f"day-{_ORDINALS.index(word) + 1}"
        return replace(question, date=DateConstraint(anchor=anchor))
    step = 1 if _NEXT.search(said) else -1 if _PREVIOUS.search(said) else 0
    day = _moved(before, step) if step and before.is_one_day else None
    return question if day is None else replace(question, date=day, attributes=())


def _moved(day: DateConstraint, step: int) -> DateConstraint | None:
    """The next or previous day; None where it cannot be told from the day's name, or where there
    is no such day: 31 April.
    """
    if day.anchor == "last":
        return None
    if day.anchor:
        number = 1 if day.anchor == "first" else int(day.anchor.partition("-")[2])
        return DateConstraint(anchor=f"day-{number + step}")
    if day.start is None:
        return None
    try:
        that = date(day.year or _LEAP_YEAR, day.start // 100, day.start % 100)
        moved = that + timedelta(days=step)
    except (ValueError, OverflowError):
        return None
    number = moved.month * 100 + moved.day
    return DateConstraint(start=number, end=number, year=day.year and moved.year)

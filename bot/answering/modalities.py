"""Which of several activities or weeks were held, and which only planned."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.answering.asking import asks_modality, speaks_of_week
from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.understanding.question import Question

Said = Literal["planned", "held"]

_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned)?|announced?|intended|scheduled|tentative|upcoming)\b|计划|打算|预告|拟"
)
_HELD = re.compile(
    r"\b(?:held|hold|t(?:ook|akes?|aken) place|happen(?:s|ed)?|done|real(?:ly)?|actually"
    r"|carried out)\b|真的|真正|实际|已经|已举|了$"
)
"""Words for what has been done; 了 at the end says so."""
_WHICH = re.compile(r"\b(?:what|which)\b|哪|什么", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|without)\b|n't|没|未")


def modality_asked_for(question: Question) -> Said | None:
    """Which of both is wanted of several: "what was only planned?"; None where it is asked which
    of both something is, or neither is said.
    """
    if "modality" not in question.attributes or question.is_polar:
        return None
    said = question.tagging.utterance.raw.casefold()
    planned, held = _PLANNED.search(said), _HELD.search(said)
    if planned and held:
        return "planned" if _NOT.search(said) else None
    return "planned" if planned else "held" if held else None


def activities_so(
    question: Question, entries: Sequence[ActivityEntry]
) -> tuple[ActivityEntry, ...]:
    """Those that were held, or those that were not yet, where the question asks which; else
    none.
    """
    wanted = modality_asked_for(question)
    which = "activity" in question.operators or _WHICH.search(question.tagging.utterance.raw)
    if wanted is None or not which or speaks_of_week(question) or not asks_modality(question):
        return ()
    return tuple(e for e in entries if (e.activity.modality == "held") is (wanted == "held"))


def weeks_so(question: Question, weeks: Sequence[WeekEntry]) -> tuple[Said | None, list[WeekEntry]]:
    """Which of both is wanted of weeks, and those of them; None where neither is, or no week."""
    wanted = modality_asked_for(question)
    if wanted is None:
        return None, []
    kept = [week for week in weeks if week.week.modality == wanted]
    return (wanted, kept) if kept else (None, [])

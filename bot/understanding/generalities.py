"""Questions that no activity answers: what a word means, how a thing is done at all, what stands in
a text that was read, sums.
"""

import re
from collections.abc import Iterator

from bot.understanding.question import Question

_IN_GENERAL = re.compile(
    r"^(?:\w+ )?what(?:s| is| are| was) an? \w|\bwhat does (?:\w+ ){1,5}mean$"
    r"|\b(?:meaning|definition)(?: of\b|$)|^define\b|\bdifference (?:between|with|from) (?!the\b)"
    r"|^(?:\w+ )?how (?:to|(?:do|can|does|should|would) (?:you|i|we|one|people|someone|an?)) \w"
)
"""What a word means, or how something is done at all: "what is a white paper"."""
_IN_GENERAL_ZH = re.compile("^(?:请问)?(?:什么是|什么叫|何为|何谓|如何|怎么|怎样)|什么意思")
_WHAT_IS = re.compile(
    r"what(?:'?s| is| are) (?!(?:the|this|that|its|these|those|in|on|at|for|about|with|there)\b)"
)
"""Before a bare noun: "what is cultural heritage", not "what is the handbook"."""
_QUOTED = re.compile(r"(?<!\w)['‘\"“].+['’\"”](?!\w)")
"""What is quoted is called so by somebody, and no notion."""
_OF_A_TEXT = re.compile(
    r"\b(?:she|he|her|his|him)\b|(?<!\d )\bof what$|\bwhat (?:may|might)\b"
    r"|\b(?:would|may|might|could) have\b"
    r"|\b(?:this|the) (?:person|passage|speaker|narrator|author|paragraph|family|story)\b"
)
"""Words of questions about a text that was read, or about people in it."""


def generalities(question: Question, *, in_dialogue: bool) -> Iterator[str]:
    """The features of such a question: "general_term", "of_a_text".

    In a dialogue "what is woodcarving?" is asked of what was just told; a number alone, 2.85是
    什么意思, is asked of what it counts.
    """
    utterance = question.tagging.utterance
    if utterance.has_chinese:
        if _IN_GENERAL_ZH.search(utterance.raw) and not question.numbers:
            yield "general_term"
        return
    text = " ".join(utterance.words).replace("'", "")
    notion = not in_dialogue and _asks_what_a_notion_is(question)
    if notion or _IN_GENERAL.search(text):
        yield "general_term"
    if _OF_A_TEXT.search(text):
        yield "of_a_text"


def only_reckons(question: Question) -> bool:
    """Whether nothing but several numbers is named: "what is 182 plus 500?"."""
    named = question.places or question.date or question.years or question.attributes
    units = question.units
    return len(units) > 1 and not named and all(unit.text[0].isdigit() for unit in units)


def _asks_what_a_notion_is(question: Question) -> bool:
    """ "What is cultural heritage?": bare of any word that would make it that of some activity."""
    words = question.tagging.utterance.words
    if not _WHAT_IS.match(" ".join(words[:3])):
        return False
    if question.attributes or question.operators - {"define"}:
        return False
    if _QUOTED.search(question.tagging.utterance.raw):
        return False
    named = question.kinds or question.names or question.name_kinds or question.years
    return not named and bool(question.units) and all(unit.is_of("~") for unit in question.units)

"""The story around a question: what a message tells beside what it asks."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.understanding.gazetteer import Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.utterance import Token

LONG_ENGLISH, LONG_CHINESE = 14, 36
"""From so many tokens on an utterance may tell a story around its question."""
_ONLY_ASKING = 2
"""A clause of so many tokens asks without saying of what."""
_AFTERTHOUGHT = 2
"""A clause of up to so many tokens behind the question belongs to it: "…, in minutes"."""
_CONTINUATION = 5
"""A clause of up to so many tokens that begins with "and" goes on with the question before it:
"…, and on what day?"."""
_CLAUSE_STARTS = frozenset("so because but though although while and".split())
_CLAUSE_MARKS = frozenset(",;.!?:()\n")
_QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how whether list name confirm tell give number "
    "whats "
    "什 哪 谁 几 多".split()
)
_RELATIVE = frozenset({"who", "which", "where", "whose"})
_AUXILIARIES = frozenset("was were is are did does do has have had will would".split())
_WISHES = frozenset("know knows asks asked asking wonder wonders wondering understand".split())
"""Verbs behind which a question begins within a clause."""
_LONG_WISH = 4
"""More tokens than these before such a question tell a story: "my professor wants to know"."""
_PEOPLE = frozenset("people folks folk locals residents citizens inhabitants ones they".split())
"""Who does things at a place, where the place does them: "what did the folks in Dehong do?"."""
_SENT_BY = re.compile(
    r"(?:\w+ )?my (?:\w+ )?(?:boss|chief|editor|friend|colleague|teacher|professor|supervisor|tutor"
    r"|client|son|daughter|wife|husband|mother|father|mum|mom|dad|sister|brother|classmate|roommate"
    r"|neighbour|neighbor|uncle|aunt|grandma|grandpa) "
    r"(?:wants?|wanted|needs?|needed|asks?|asked|told|says|said|thinks|insists|believes|claims|wonders)"
    r" (?:me )?(?:to know )?(?:that )?(?:an? (?:list|summary|overview) (?:of|on) )?"
)
"""Who had somebody ask, at the beginning, and with which wish."""
_REASONS = frozenset("for because since".split())
_FOR_ONESELF = frozenset({("for", "my"), ("for", "our")})
_TASKS = frozenset("homework thesis essay paper report presentation project".split())
_NEEDS = frozenset("need needed want writing preparing".split())
"""Words with which a reason begins: "…, I need it for tomorrow"."""
_BEGIN_REASON = _REASONS | _NEEDS
_WITHOUT_CONTENT = frozenset({EntityType.FILLER, EntityType.OPERATOR, EntityType.GENERAL})
_STORY_ZH = re.compile(
    "作业|孩子|女儿|儿子|同事|领导|老板|朋友|客户|昨天|上次|刚才|写稿|稿子|报告|论文|开会|会上"
)
"""Words of a first clause that tells a story: 孩子学校布置作业，…"""
_ASKING_ZH = re.compile("[吗呢哪谁几]|什么|多少|怎么|如何|是否|有没有")
_SLOTS = frozenset({EntityType.PLACE, EntityType.ATTRIBUTE, EntityType.KIND})
_BEFORE_WHICH = frozenset("of in for at on from by with to through under during".split())
"""Words that may stand before a question word: "wants to know through which media"."""


def find_asides(tagging: Tagging) -> frozenset[int]:
    """Tokens of the clauses of a long utterance that hold no question word, where others do."""
    tokens = tagging.utterance.tokens
    if tagging.utterance.has_chinese and len(tokens) < LONG_CHINESE:
        return _opening_story_zh(tagging)
    if len(tokens) < LONG_ENGLISH:
        return _reasons(tagging) | _people(tagging) | _sent_by(tagging)
    return _story_around(tagging) | _sent_by(tagging)


def _story_around(tagging: Tagging) -> frozenset[int]:
    """The clauses of a long utterance but the last that asks, and what goes on with it."""
    tokens = tagging.utterance.tokens
    clauses = list(_clauses(tokens))
    words = tagging.utterance.words
    asking = [c for c in clauses if _asks(c, tagging) and not _is_relative(c, tagging)]
    # "…, and which?", "… and who else?"
    asking = [c for c in asking if len(c) > _ONLY_ASKING + (words[c.start] == "and")]
    asking = [clause for clause in asking if _says_something(clause, tagging)]
    if not asking or len(clauses) == 1:
        return frozenset()
    continues = words[asking[-1].start] == "and" and len(asking[-1]) <= _CONTINUATION
    first = asking[-2].start if continues and len(asking) > 1 else asking[-1].start
    behind = (c for c in clauses if c.start >= asking[-1].stop and len(c) <= _AFTERTHOUGHT)
    kept = set(range(first, asking[-1].stop)).union(*behind)
    return frozenset(range(len(tokens))) - kept


def _asks(clause: range, tagging: Tagging) -> bool:
    """Whether a question word stands in a clause, or a verb leads as in "was it held?"."""
    words = tagging.utterance.words[clause.start : clause.stop]
    return not _QUESTION_WORDS.isdisjoint(words) or words[0] in _AUXILIARIES


def _is_relative(clause: range, tagging: Tagging) -> bool:
    """Whether a clause only goes on about what was just named: "a colleague, who works there,
    says …".
    """
    tokens, end = tagging.utterance.tokens, clause.stop
    between = tokens[clause.start].gap.startswith(",") and tokens[end : end + 1] != ()
    if not between or tokens[clause.start].text not in _RELATIVE:
        return False
    return tokens[end].gap.startswith(",") and tokens[end].text not in _CLAUSE_STARTS


def _opening_story_zh(tagging: Tagging) -> frozenset[int]:
    """A first clause that only tells who wants to know, before one that names a place."""
    first, *others = _clauses(tagging.utterance.tokens)
    text = "".join(tagging.utterance.words[first.start : first.stop])
    if not others or not _STORY_ZH.search(text) or _ASKING_ZH.search(text):
        return frozenset()
    places = [m.first for m in tagging.mentions if m.has(EntityType.PLACE)]
    behind = any(at >= first.stop for at in places)
    return frozenset(first) if behind and not _holds_slots(first, tagging) else frozenset()


def _people(tagging: Tagging) -> frozenset[int]:
    """The people of a place who do something: "what did people in Baoshan organise?"."""
    words = tagging.utterance.words
    for at, word in enumerate(words):
        if word in _PEOPLE and words[at + 1 : at + 2] in (("in",), ("of",), ("from",)):
            doing = _AUXILIARIES.intersection(words[max(0, at - 2) : at])
            placed = any(m.first == at + 2 and m.has(EntityType.PLACE) for m in tagging.mentions)
            return frozenset({at} if doing and placed else ())
    return frozenset()


def _sent_by(tagging: Tagging) -> frozenset[int]:
    """Who had somebody ask: "my boss wants a summary of what Chongqing did"."""
    words = tagging.utterance.words
    sent = _SENT_BY.match(" ".join(words) + " ") if "my" in words else None
    count = len(sent[0].split()) if sent is not None else 0
    return frozenset(range(count)) if count < len(words) else frozenset()


def _reasons(tagging: Tagging) -> frozenset[int]:
    """Tokens that say what the answer is for: "theme of Fujian, for a banner", "for my report".

    Words of another subject are no aside: "a theme for my birthday party".
    """
    if _BEGIN_REASON.isdisjoint(tagging.utterance.words):
        return frozenset()
    tokens = tagging.utterance.tokens
    found: set[int] = set()
    for clause in _clauses(tokens):
        words = [tokens[index].text for index in clause]
        if any(word[:1].isdigit() for word in words):
            continue
        own = next((n for n, pair in enumerate(pairwise(words)) if pair in _FOR_ONESELF), None)
        needs = not _NEEDS.isdisjoint(words[:2])
        needs = needs and ("it" in words[:3] or not _holds_slots(clause, tagging))
        gives_reason = words[0] in _REASONS or needs
        if clause.start and gives_reason and tokens[clause.start].gap.strip():
            found.update(clause)
        elif own is not None:
            wish = next((n for n, word in enumerate(words) if n > own and word == "i"), None)
            found.update(clause[own:wish])
    subjects = (
        m.first for m in tagging.mentions
        if m.has(EntityType.SUBJECT) and tokens[m.first].text not in _TASKS
    )  # fmt: skip
    return frozenset() if found.intersection(subjects) else frozenset(found)


def _holds_slots(clause: range, tagging: Tagging) -> bool:
    """Whether a clause names a place or an attribute: "…, I want to know the theme of Qinghai"."""
    return any(m.first in clause and m.types & _SLOTS for m in tagging.mentions)


def _says_something(clause: range, tagging: Tagging) -> bool:
    """Whether a clause has more than words without content: not "and which ones are they"."""
    said = set(clause)
    for mention in tagging.mentions:
        if mention.types <= _WITHOUT_CONTENT:
            said.difference_update(range(mention.first, mention.end))
    return bool(said)


def _clauses(tokens: tuple[Token, ...]) -> Iterator[range]:
    """The token indexes of each clause."""
    first = 0
    for index, token in enumerate(tokens):
        starts = token.text in _CLAUSE_STARTS or any(mark in _CLAUSE_MARKS for mark in token.gap)
        if token.text == "so" and tokens[index + 1 : index + 2]:
            starts = starts and tokens[index + 1].text != "that"  # it says what for
        begin = index
        wants = token.text in _QUESTION_WORDS and index > first + _LONG_WISH
        if wants and not _WISHES.isdisjoint(t.text for t in tokens[first:index]):
            starts = True  # "my professor wants to know by tomorrow which …"
            begin -= tokens[index - 1].text in _BEFORE_WHICH
        if starts and begin > first:
            yield range(first, begin)
            first = begin
    yield range(first, len(tokens))

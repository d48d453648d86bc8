"""Facts that no question can reach, though their files are right.

- A detail, and whatever else only an attribute tells, is reached when people have words for
  the attribute or for another one that tells the same.
- An activity is reached when a question in the words of its own title leads to it, and not
  just to most of its week. Only those are asked for whose title says nothing that
  another activity of the week does not say too.
- A name or word is reached when it is short enough to be looked for in a question.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.answering.assistant import Assistant
from bot.answering.attributes import all_values_of
from bot.answering.checked_questions import ASKED_AT
from bot.answering.message import IncomingMessage
from bot.knowledge.audit_vocabulary import Claim, claims_by_section, phrases_of_names
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.facts import BilingualWords, Name, Text
from bot.knowledge.flaws import VOCABULARY, Flaw, Place
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.knowledge.vocabulary import Attribute, Vocabulary
from bot.understanding.lexicon import MOST_WORDS, is_too_long
from bot.understanding.phrases import place_texts
from bot.understanding.stems import key_of
from bot.understanding.utterance import is_character, words_of

_BY_TITLE = Text(en="{title} in {place} in {year}", zh="{place}{year}年{title}")


def unreached_facts(assistant: Assistant, files: Iterable[str] | None = None) -> Iterator[Flaw]:
    """A warning for each attribute, detail, activity and phrase that no question leads to.

    Args:
        files: only of weeks in these files, by their paths in the knowledge folder.

    """
    knowledge = assistant.knowledge
    known = knowledge.vocabulary.attributes
    askable = [attribute.id for attribute in known if _has_words(attribute)]
    if files is None:
        yield from _without_words(askable, knowledge)
        yield from _too_long(VOCABULARY, knowledge.vocabulary.names)
        yield from _too_long_in(knowledge.vocabulary)
    wanted = None if files is None else frozenset(files)
    words = knowledge.vocabulary
    telling_nothing = _telling_nothing((words.filler, words.general, words.domain))
    for number, file in enumerate(knowledge.files):
        if wanted is None or file in wanted:
            week = knowledge.week_entries[number]
            entries = knowledge.of_week(week)
            yield from _untold_details(entries, askable, knowledge)
            yield from _alike(assistant, entries, telling_nothing)
            yield from _too_long(file, week.week.names)


# --- attributes ------------------------------------------------------------------------------


def _has_words(attribute: Attribute) -> bool:
    words = (attribute.cues, attribute.asks)
    return any(own.en or own.zh for own in words)


def _without_words(askable: Sequence[str], knowledge: KnowledgeBase) -> Iterator[Flaw]:
    """Attributes that nobody can ask for, where they tell what no other one tells."""
    for number, attribute in enumerate(knowledge.vocabulary.attributes):
        if attribute.id in askable:
            continue
        lost = [
            entry.id
            for week in knowledge.week_entries
            for entry in knowledge.of_week(week)
            if not _is_told(
                all_values_of(attribute.id, entry, knowledge), entry, askable, knowledge
            )
        ]
        if lost:
            others = f" and of {len(lost) - 1} other activities" if len(lost) > 1 else ""
            message = f'no words ask for "{attribute.id}", so no question reaches that of {lost[0]}'
            place = Place(VOCABULARY, ("attributes", number, "id"))
            yield Flaw(place, message + others, "add cues or asks", "warning")


def _untold_details(
    entries: Sequence[ActivityEntry], askable: Sequence[str], knowledge: KnowledgeBase
) -> Iterator[Flaw]:
    """Details that stand under an attribute which is told from elsewhere."""
    ids = {attribute.id for attribute in knowledge.vocabulary.attributes}
    for number, entry in enumerate(entries):
        for detail in ids & entry.activity.details.keys():
            if not _is_told(set(entry.activity.details[detail]), entry, askable, knowledge):
                place = Place(entry.week.file, ("activities", number, "details", detail), "key")
                message = f'no question reaches what stands under "{detail}" here'
                mend = "write it into a field of the activity, or under another attribute"
                yield Flaw(place, message, mend, "warning")


def _is_told(
    values: set[Text], entry: ActivityEntry, askable: Iterable[str], knowledge: KnowledgeBase
) -> bool:
    """Whether the words that people have lead to all of these values."""
    return not values or any(
        values <= all_values_of(attribute, entry, knowledge) for attribute in askable
    )


# --- activities ------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _telling_nothing(empty: tuple[BilingualWords, ...]) -> frozenset[str]:
    """The terms of words that every question may hold."""
    return frozenset(_terms(text for words in empty for text in (*words.en, *words.zh)))


def _terms(texts: Iterable[str]) -> Iterator[str]:
    """Words by their stems, and pairs of Chinese characters."""
    for text in texts:
        before = ""
        for word in words_of(text):
            if not is_character(word):
                yield key_of(word)
            elif is_character(before):
                yield before + word
            before = word


def _alike(
    assistant: Assistant, entries: Sequence[ActivityEntry], telling_nothing: frozenset[str]
) -> Iterator[Flaw]:
    """Activities of a week whose titles do not tell them from another one."""
    if len(entries) < 2:
        return
    place = entries[0].week.place
    everywhere = {"@" + place, *_terms(place_texts(assistant.knowledge.place(place)))}
    indexed = [assistant.facts.of(entry) for entry in entries]
    for number, (entry, own) in enumerate(zip(entries, indexed, strict=True)):
        told = own.title_terms - telling_nothing - everywhere
        other = next(
            (o for o, its in zip(entries, indexed, strict=True)
             if o is not entry and told <= its.terms), None,
        )  # fmt: skip
        if other is None or _is_reached(assistant, entry, len(entries)):
            continue
        message = (
            f'no question leads to "{entry.activity.id}" alone: '
            f'all words of its title stand in "{other.activity.id}" too'
        )
        mend = "say in the title what is special about it, or make one activity of the two"
        yield Flaw(
            Place(entry.week.file, ("activities", number, "title")), message, mend, "warning"
        )


def _is_reached(assistant: Assistant, entry: ActivityEntry, size: int) -> bool:
    """Whether its title leads to it; not where the answer lists most of a week of this size."""
    week = entry.week.week
    name = week.body or assistant.knowledge.place(entry.week.place).name
    for language in ("en", "zh"):
        title, place = entry.activity.title.in_language(language), name.in_language(language)
        asked = _BY_TITLE.in_language(language).format(title=title, place=place, year=week.year)
        reply = assistant.reply(IncomingMessage(asked, "check", ASKED_AT), None).reply
        facts = {fact.partition("#")[0] for fact in reply.facts}
        if entry.id in facts and len(facts) * 2 <= size:
            return True
    return False


# --- phrases ---------------------------------------------------------------------------------


def _too_long(file: str, names: Sequence[Name]) -> Iterator[Flaw]:
    """Names that are not looked for in questions, since they have too many words."""
    placed = [(name, Place(file, ("names", i))) for i, name in enumerate(names)]
    yield from _too_long_of(phrases_of_names(placed))


def _too_long_in(vocabulary: Vocabulary) -> Iterator[Flaw]:
    for _, _, claims in claims_by_section(vocabulary):
        yield from _too_long_of(claims)


def _too_long_of(claims: Iterable[Claim]) -> Iterator[Flaw]:
    for claimed, id, file, path in claims:
        for i, phrase in enumerate((claimed,) if isinstance(claimed, str) else claimed):
            if is_too_long(phrase):
                place = Place(file, path if isinstance(claimed, str) else (*path, i))
                message = f'"{id}" has a phrase that is too long to be met in a question'
                mend = f"write {MOST_WORDS} words or Chinese characters at most"
                yield Flaw(place, message, mend, "warning")

"""How attributes and kinds of names are called in an answer."""

from bot.knowledge.facts import Text
from bot.knowledge.vocabulary import Vocabulary


def attribute_name(attribute: str, vocabulary: Vocabulary) -> Text:
    """The name of an attribute; its id when the vocabulary lacks it."""
    return next((a.name for a in vocabulary.attributes if a.id == attribute), Text(attribute))


def name_kind_label(kind: str, vocabulary: Vocabulary) -> Text:
    """The plural of a kind of name, "banks"; its id when the vocabulary lacks it."""
    entry = next((known for known in vocabulary.name_kinds if known.id == kind), None)
    if entry is None:
        return Text(kind)
    return Text(entry.plural or entry.name.en + "s", entry.name.zh)

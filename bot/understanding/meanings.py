"""What a phrase can mean: the entity types, and the words for months and days."""

from enum import StrEnum

from msgspec import Struct


class EntityType(StrEnum):
    """What a phrase stands for."""

    PLACE = "place"
    NAME = "name"
    PERSON = "person"
    KIND = "kind"
    NAME_KIND = "name_kind"
    ATTRIBUTE = "attribute"
    CONCEPT = "concept"
    OPERATOR = "operator"
    DETAIL = "detail"
    SUBJECT = "subject"
    SMALLTALK = "smalltalk"
    DOMAIN = "domain"
    MONTH = "month"
    QUOTE = "quote"
    """The words of a theme or slogan."""
    GENERAL = "general"
    """A word of any subject."""
    FILLER = "filler"


class Meaning(Struct, frozen=True, array_like=True):
    """One reading of a phrase."""

    type: EntityType
    id: str
    asks: bool = False
    """For attributes: a question form ("who") rather than a word that names it ("organiser")."""


ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "nineteenth", "twentieth",
    "thirtieth",
)  # fmt: skip
"""Words for days that may be misspelt."""
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12,
    "dec": 12,
}  # fmt: skip

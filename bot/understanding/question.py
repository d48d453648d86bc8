"""What was asked, before the knowledge is consulted."""

from enum import StrEnum

from msgspec import Struct

from bot.understanding.dates import DateConstraint
from bot.understanding.gazetteer import Tagging
from bot.understanding.meanings import EntityType

CONTENT_WEIGHT = 0.25
"""Least weight (0 to 1.5) of a unit that counts as content."""

EVENT_WORDS = frozenset({"event", "events", "activity", "activities"})
"""Words for whatever is held."""
_HELD = 0.5
"""Part of the pairs of characters in a run from which facts hold the run."""


class Intent(StrEnum):
    """What kind of answer is wanted."""

    ACTIVITIES = "activities"
    ATTRIBUTE = "attribute"
    COUNT = "count"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    REGIONS = "regions"
    COMPARISON = "comparison"
    MODALITY = "modality"
    PROVENANCE = "provenance"
    COVERAGE = "coverage"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HELP = "help"
    UNKNOWN = "unknown"


class Unit(Struct, frozen=True):
    """A piece of content in a question: a word, a phrase, or a few Chinese characters."""

    text: str
    first: int
    """Index of its first token; -1 for what this utterance only means, as World IP Day of a date
    or what was said before in the dialogue."""
    end: int
    terms: tuple[str, ...]
    """Terms that it may match in the facts; one is enough."""
    weights: tuple[float, ...]
    """For each term how much a match of it counts, 0 to 1.5: its rarity, more for names."""
    explained: bool
    """The vocabulary knows it as a word of the bot's subject, whether or not a fact has it."""
    foreign: bool = False
    """A word of another subject, such as weather."""
    ordinary: bool = False
    """A common word that no fact and no vocabulary has."""
    is_name: bool = False
    """It names a thing of its own."""
    is_cue: bool = False
    """It only says which attribute is asked for."""
    aside: bool = False
    """It stands in a part of a long utterance that does not hold the question."""

    @property
    def weight(self) -> float:
        """How much the unit counts at most."""
        weights = self.weights
        return max(weights) if weights else 0.0

    @property
    def is_strange(self) -> bool:
        """Whether it is a run of Chinese characters of which facts hold few pairs."""
        pairs = len(self.text) - 1
        run = pairs > 1 and not (self.text.isascii() or self.explained or self.foreign)
        return run and len(self.terms) < _HELD * pairs

    def is_of(self, sorts: str) -> bool:
        """Whether it stands for any of these sorts, given by the signs of their terms:
        "~" a concept, "!" a name, "#" a kind of activity, "&" a kind of body.
        """
        return any(term[0] in sorts for term in self.terms)

    def match(self, terms: frozenset[str]) -> tuple[float, str]:
        """The weight of the best of its terms among these, and that term; (0, "") for none."""
        best, found = 0.0, ""
        for term, weight in zip(self.terms, self.weights, strict=True):
            if weight > best and term in terms:
                best, found = weight, term
        return best, found


class Question(Struct, frozen=True):
    """An utterance read as a question: its slots, and how strongly it points to the weeks."""

    tagging: Tagging
    language: str
    """In which it is written."""
    places: tuple[str, ...] = ()
    is_national: bool = False
    """The country as a whole is named."""
    years: tuple[int, ...] = ()
    date: DateConstraint | None = None
    ordinals: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    name_kinds: tuple[str, ...] = ()
    """Kinds of bodies that are asked for: bank in "which banks?"."""
    attributes: tuple[str, ...] = ()
    """Attributes that are asked for, the likeliest first."""
    details: tuple[str, ...] = ()
    """Details that publications leave out: the time of day, the attendance."""
    subjects: tuple[str, ...] = ()
    """Other subjects that the words belong to."""
    operators: frozenset[str] = frozenset()
    units: tuple[Unit, ...] = ()
    excepted: tuple[Unit, ...] = ()
    """What is not asked for: the square in "besides the square"."""
    excepted_date: DateConstraint | None = None
    """Days that are not asked for: "besides 20 April"."""
    asked: tuple[str, ...] = ()
    """Terms of the noun behind which, what or how many."""
    numbers: tuple[float, ...] = ()
    smalltalk: str = ""
    """The small talk that the whole utterance is; empty when it is more."""
    is_polar: bool = False
    """A yes or no is wanted."""
    names_the_day: bool = False
    """World IP Day is named, perhaps beside another date."""
    wants_many_places: bool = False
    """Places are asked for in the plural: which cities."""
    names_week: bool = False
    """The publicity week itself is named."""
    token_count: int = 0
    reply_language: str = ""
    """In which the answer is wanted, where it says so."""
    story: frozenset[int] = frozenset()
    """Indexes of the tokens that only tell a story around the question."""

    @property
    def names_place(self) -> bool:
        """Whether it names a place itself, not only the dialogue."""
        return any(mention.has(EntityType.PLACE) for mention in self.tagging.mentions)

    @property
    def has_scope(self) -> bool:
        """Whether it says where, when or what by itself."""
        return bool(self.places or self.years or self.date or self.names or self.kinds)

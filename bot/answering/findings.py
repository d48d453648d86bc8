"""What was found for a question: one type for each kind of answer, refusals among them."""

from collections.abc import Sequence

from msgspec import Struct, field

from bot.knowledge.entries import ActivityEntry, WeekEntry
from bot.knowledge.facts import Text
from bot.knowledge.vocabulary import WorldIpDay
from bot.understanding.dates import DateConstraint


class Scope(Struct, frozen=True):
    """Where and when a question looks: the slots after the dialogue has filled them."""

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    date: DateConstraint | None = None
    is_national: bool = False


class Activities(Struct, frozen=True):
    """Several activities, as a list."""

    entries: tuple[ActivityEntry, ...]
    scope: Scope
    of_kind: str = ""
    """Id of the kind that was asked for; empty for all kinds."""
    counted: bool = False
    """The number of activities was asked."""
    other_years: tuple[int, ...] = ()
    """Years of the place of which more is known; no year was named."""


class OneActivity(Struct, frozen=True):
    """A single activity, told as a whole."""

    entry: ActivityEntry
    others: tuple[ActivityEntry, ...] = ()
    """Further ones that fit nearly as well."""


class Values(Struct, frozen=True):
    """The values of an attribute of one activity, or of several."""

    attribute: str
    label: Text
    values: tuple[Text, ...]
    entry: ActivityEntry
    counted: bool = False
    """How many there are was asked."""
    others: tuple[ActivityEntry, ...] = ()


class ValuesByActivity(Struct, frozen=True):
    """The values of an attribute of several activities of a week, where none of them is named."""

    attribute: str
    label: Text
    rows: tuple[tuple[ActivityEntry, tuple[Text, ...]], ...]


class WeekValues(Struct, frozen=True):
    """An attribute of whole weeks: their theme, dates, organisers."""

    attribute: str
    weeks: tuple[tuple[WeekEntry, tuple[Text, ...]], ...]
    instead_of: WeekEntry | None = None
    """The week that was asked for and states no value of its own."""
    unstated: tuple[WeekEntry, ...] = ()
    """Weeks of other years of the same place that do not state it; no year was named."""


class Verdict(Struct, frozen=True):
    """Yes or no to a claim, with the fact that decides."""

    holds: bool
    entry: ActivityEntry | None
    corrected: tuple[Text, ...] = ()
    """What is true instead, or the value that confirms."""
    week: WeekEntry | None = None
    attribute: str = ""
    others: tuple[ActivityEntry, ...] = ()
    """Activities of other weeks of which the same is true."""


class Regions(Struct, frozen=True):
    """Which places: facts grouped by the region they belong to."""

    groups: tuple[tuple[str, tuple[ActivityEntry | WeekEntry, ...]], ...]
    """Place id → what fits there."""
    by_week: bool = False
    attribute: str = ""
    """The attribute whose values are told of each activity; empty for the activity itself."""
    years: bool = False
    """The years were asked for, not the places."""
    counted: bool = False
    """How many places was asked."""


class Definition(Struct, frozen=True):
    """What a named thing is, and where it comes up."""

    name: str
    entries: Sequence[ActivityEntry]


class ModalityOf(Struct, frozen=True):
    """Whether something was planned or held."""

    entries: tuple[ActivityEntry, ...]
    week: WeekEntry | None = None


class Provenance(Struct, frozen=True):
    """Where facts were published."""

    weeks: tuple[WeekEntry, ...]
    entries: tuple[ActivityEntry, ...] = ()


class Coverage(Struct, frozen=True):
    """Which regions and years are known."""

    weeks: Sequence[WeekEntry]
    place: str = ""
    year: int = 0
    modality: str | None = None
    """Only weeks that were held, or only planned, were asked for."""
    activities: int = 0
    """How many activities all weeks have, where that was asked; else 0."""


class Comparison(Struct, frozen=True):
    """The same question answered for each of several places, years or things."""

    findings: tuple[tuple[str, "Finding"], ...]
    """Place id or year as text, or nothing for a thing → the answer for it."""
    agreement: str = ""
    """Wording key of whether they agree, where that is asked: same_yes, differ_no …"""


class RankingRow(Struct, frozen=True):
    """A week, a city or a day of the year, and what is counted of it."""

    number: int = 0
    """Activities or days; where first days are compared, month * 100 + day of month."""
    week: int = -1
    """Position in `KnowledgeBase.week_entries`; -1 for a city or a day."""
    place: str = ""
    day: int = 0
    """Month * 100 + day of month; 0 for a week or a city."""


class Ranking(Struct, frozen=True):
    """What stands out among weeks, cities or days."""

    measure: str
    """What was compared: activities, length or start."""
    rows: tuple[RankingRow, ...]
    """Those that stand out most, in order."""
    lowest: bool
    """The fewest, shortest or earliest was asked for."""
    of_kind: str = ""
    """Id of the kind of activities that was counted; empty for all kinds."""
    entries: tuple[ActivityEntry, ...] = ()
    """The first activities of the city or day that stands out most."""
    holds: bool | None = None
    """Whether the place that a yes/no question claims stands out; None where it claims none."""


class NamedDay(Struct, frozen=True):
    """When World IP Day is; or its theme and number in some years."""

    weeks: tuple[WeekEntry, ...] = ()
    editions: tuple[WorldIpDay, ...] = ()
    """The years that were asked for, each with its own theme and number."""
    attribute: str = ""
    """Which of these was asked: "theme" or "world-ip-day"."""


class Missing(Struct, frozen=True):
    """In the subject, but not in the knowledge."""

    reason: str
    """Wording key of what is missing: no_year, no_date, no_place, no_detail, no_kind, no_match …"""
    scope: Scope
    place: str = ""
    detail: Text = field(default_factory=Text)
    entry: ActivityEntry | None = None
    """The activity that lacks the detail."""
    week: WeekEntry | None = None
    elsewhere: ActivityEntry | None = None
    """The activity of another region that has what is missing here."""
    known_weeks: tuple[WeekEntry, ...] = ()
    nearest: tuple[ActivityEntry, ...] = ()


class Unclear(Struct, frozen=True):
    """Ambiguous: the choices are offered as questions."""

    reason: str
    choices: tuple[tuple[str, str], ...] = ()
    """(place id, year as text) pairs that the question can be meant for."""


class Outside(Struct, frozen=True):
    """Not about the publicity weeks."""


class SmallTalk(Struct, frozen=True):
    """A greeting, thanks, a goodbye or a call for help."""

    kind: str


Finding = (
    Activities | OneActivity | Values | ValuesByActivity | WeekValues | Verdict | Regions
    | Definition | ModalityOf | Provenance | Coverage | Comparison | Ranking | NamedDay | Missing
    | Unclear | Outside | SmallTalk
)  # fmt: skip

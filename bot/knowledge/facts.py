"""What a week's file can say: the types of `knowledge/weeks/<year>/<region>[-<place>].yaml`.

The same frozen structures are the schema of the files (`schema` checks them, the
editors' JSON Schemas are made from them) and the facts in memory. A comment line
under each field is shown to maintainers as help while they write.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Slug = Annotated[
    str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower-case-words-with-hyphens")
]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="a day, written 2021-04-20")]
Year = Annotated[int, Meta(ge=2000, le=2100, description="a year, written 2021")]

_FROM_TO = {"start": "from", "end": "to"}
"""How the ends of a span are called in the files; "from" is no name for a field."""

Modality = Literal["planned", "held", "running", "conditional"]
"""planned: announced; held: reported as done; running: reported as under way;
conditional: announced only for the case that something allows it."""


class Fact(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """What all of these types have in common.

    Nothing in them can refer back to what holds it, so the collector of reference cycles
    need not know them: a week is read in two thirds of the time.
    """


class Text(Fact, frozen=True):
    """A text in the languages of the bot."""

    en: str = ""
    zh: str = ""
    ours: tuple[Literal["en", "zh"], ...] = ()
    """Languages in which the text is our own rendering of an official name."""

    def in_language(self, language: str) -> str:
        """The text in `language` ("en" or "zh"), else in the other language."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


class Words(Fact, frozen=True):
    """Further words by which people call a thing, by language."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class BilingualWords(Fact, frozen=True):
    """Words that each language needs; a list may be empty, but none is left out by mistake."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


class Source(Fact, frozen=True):
    """A page on which facts were published."""

    id: Slug
    """A short id of your own, for source: elsewhere in the file."""
    title: str
    """The title as the page shows it, in its own language."""
    publisher: str
    """Who published the page."""
    url: Annotated[str, Meta(pattern=r"^https?://\S+$", description="a web address")]
    """Where the page stands."""
    published: Day | None = None
    """The day printed on the page; left out when none is shown."""
    grade: Literal["A", "B"] = "A"
    """A: a government body, court, university or news outlet on its own site;
    B: trade or regional media, a law firm, or a reprint that names its origin."""


class DateSpan(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename=_FROM_TO
):
    """Days from the first to the last, both included."""

    start: Day
    end: Day


class YearSpan(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename=_FROM_TO
):
    """Years from the first to the last, both included."""

    start: Year
    end: Year


class Figure(Fact, frozen=True):
    """A number that was published, with what it counts."""

    value: float
    """The number alone, without thousands separators."""
    of: Text
    """What is counted, with its unit, in words that follow the number: "copies of the handbook"."""
    bound: Literal["exactly", "more than", "about", "nearly", "at least"] = "exactly"
    """How the source limits the number."""
    words: Words = Words()
    """Other words for what is counted."""


class Part(Fact, frozen=True):
    """One session or item of a series."""

    id: Slug
    """A short id of your own."""
    title: Text
    """What it is, as a noun phrase."""
    topics: tuple[Text, ...] = ()
    """Fields and subjects that it deals with."""
    words: Words = Words()
    """Other words by which people may ask for it."""


Reference = str | Text
"""A body or thing: the id of a name, or a text where it has no entry of its own."""


class Activity(Fact, frozen=True, kw_only=True):
    """One thing that was planned or held during a week."""

    id: Slug
    """A short id of your own, given once in the file."""
    title: Text
    """What it is, as a noun phrase without a full stop: "symposium on GI trademark application"."""
    summary: Text
    """The whole of what is known of it, in one or two sentences in the true modality."""
    kinds: tuple[Slug, ...]
    """Ids from vocabulary/kinds.yaml, the most telling one first."""
    modality: Modality
    """What the source says: planned until it reports the activity as held."""
    condition: Text | None = None
    """For conditional activities: on what it depends."""
    date: Day | None = None
    """The day, or the first of several; left out when none is stated."""
    until: Day | None = None
    """The last day, when it lasts longer than `date`."""
    since: Day | None = None
    """The day from which it goes on, when only its start was stated."""
    outside: bool = False
    """true when its days lie outside the week's own, as those of a press conference before it."""
    place: Slug | None = None
    """Id from vocabulary/places.yaml; left out when only the week's region is known."""
    venue: Text | None = None
    """Where exactly: the hall, park or street."""
    organisers: tuple[Reference, ...] = ()
    """Who holds it: ids from vocabulary/names*.yaml or the names below, or texts."""
    partners: tuple[Reference, ...] = ()
    """Bodies that take part or sign beside the organisers."""
    people: tuple[Text, ...] = ()
    """Persons who spoke or took part, each with the role."""
    media: tuple[Reference, ...] = ()
    """Newspapers, agencies and channels in which it appeared."""
    platforms: tuple[Reference, ...] = ()
    """Platforms and accounts on which it runs or which it is about."""
    audience: tuple[Text, ...] = ()
    """Whom it is for, or who gets something."""
    topics: tuple[Text, ...] = ()
    """Fields and subjects that it deals with."""
    themes: tuple[Text, ...] = ()
    """Its own themes, where it has some."""
    slogans: tuple[Text, ...] = ()
    """Words that were broadcast or printed."""
    works: tuple[Reference, ...] = ()
    """Publications: white papers, articles, handbooks, with their titles."""
    period: YearSpan | None = None
    """The years that a report covers."""
    figures: tuple[Figure, ...] = ()
    """Numbers that were published for it."""
    parts: tuple[Part, ...] = ()
    """Sessions or items, when it is a series."""
    part_of: Slug | None = None
    """Id of the activity or category that this one belongs to."""
    details: dict[Slug, tuple[Text, ...]] = field(default_factory=dict)
    """Further attributes, by their ids from vocabulary/attributes.yaml."""
    words: Words = Words()
    """Other words by which people may ask for it."""
    source: Slug | None = None
    """Id of its source; the week's first one when left out."""


class Name(Fact, frozen=True):
    """A body or thing with a name of its own: an office, bank, platform, programme, newspaper."""

    id: Slug
    """A short id of your own, unlike that of any other name."""
    name: Text
    """The name in full, as the source has it."""
    kind: Slug
    """Id from vocabulary/name_kinds.yaml."""
    aliases: Words = Words()
    """Abbreviations, short forms and other spellings."""
    what: Text | None = None
    """What it is, as a noun phrase: "IP public service platform of Fujian"."""
    place: Slug | None = None
    """Id of the place that it belongs to."""
    part_of: Slug | None = None
    """Id of the name that it belongs to: the platform of a sub-platform."""


class CheckedQuestion(Fact, frozen=True):
    """A question kept beside the facts, with what the bot must make of it."""

    ask: str
    """The question in the words of a person."""
    facts: tuple[str, ...] = ()
    """Ids of activities of this week that the answer must rest on; other facts as `explain`
    prints them: fujian-2021#theme, fujian-2021/opening-ceremony."""
    status: Literal["answered", "no_data", "clarify", "out_of_scope", "smalltalk"] = "answered"
    """What kind of answer is right."""
    waits: str = ""
    """Why the bot cannot answer it yet; such a question is no error until it can."""


class ThemeVariant(Fact, frozen=True):
    """Another wording of the theme, by a source that differs."""

    text: Text
    """The wording, in the language of its source."""
    source: Slug


class Edition(Fact, frozen=True):
    """Which one of its kind a week is, as one source counts."""

    number: Annotated[int, Meta(ge=1, le=200, description="how many, written 13")]
    """The number that the source gives."""
    source: Slug
    """Id of the source that counts."""
    counts: Literal["this", "before", "so far"] = "this"
    """this: the week is the 13th; before: 13 were held before it; so far: 13 with it."""
    since: Year | None = None
    """The year of the first one, where the source says it."""


class Week(Fact, frozen=True, kw_only=True):
    """One publicity week: a region, or a place in it, in one year."""

    region: Slug
    """Id of the province-level region, or "china" for the national week."""
    year: Year
    """The year of the week."""
    sources: tuple[Source, ...]
    """The pages that the facts come from, the main one first."""
    modality: Modality
    """Of the week as a whole: how its source speaks of it."""
    place: Slug | None = None
    """The city, district or county, when the week is not the whole region's."""
    body: Text | None = None
    """The university or system whose own week it is, when it is not a place's."""
    dates: DateSpan | None = None
    """First and last day; left out when the source does not state them."""
    theme: Text | None = None
    """The theme as stated; left out when the week has none of its own."""
    theme_variants: tuple[ThemeVariant, ...] = ()
    """Other wordings of the theme in other sources."""
    theme_source: Slug | None = None
    """Id of the source of the theme; the first one when left out."""
    world_ip_day: int | None = None
    """Which World IP Day it marks: 21 for the 21st."""
    editions: tuple[Edition, ...] = ()
    """Which one of its kind it is itself; one entry for each source that counts differently."""
    scope: Text | None = None
    """What the week as a whole is said to aim at or cover."""
    organisers: tuple[Reference, ...] = ()
    """Who holds the week: ids from vocabulary/names*.yaml or the names below, or texts."""
    partners: tuple[Reference, ...] = ()
    """Bodies that take part beside the organisers."""
    people: tuple[Text, ...] = ()
    """Persons who spoke or took part, each with the role."""
    figures: tuple[Figure, ...] = ()
    """Numbers that were published for the week as a whole."""
    completeness: Literal["complete", "incomplete"] = "complete"
    """incomplete: the source was cut off, so there may have been more."""
    activities: tuple[Activity, ...] = ()
    """What was planned or held, one entry each."""
    names: tuple[Name, ...] = ()
    """Bodies and things that only this week speaks of."""
    questions: tuple[CheckedQuestion, ...] = ()
    """Questions that people may ask, with the facts that answer them; check asks them."""

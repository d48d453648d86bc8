"""How things are said in one language, as of one day: templates, names, days, suggestions.

All templates stand in `knowledge/vocabulary/wording.yaml`; here they are chosen and filled.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from bot.answering.reply import Language, SourceLink, Suggestion
from bot.answering.value_texts import day_text, place_text, span_text
from bot.knowledge.entries import NATION, WeekEntry
from bot.knowledge.facts import Source, Text
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.dates import DateConstraint

_ANCHORS = {"first": "first_day", "last": "last_day"}
_ANY_YEAR = 2000
"""Stands in for a year that is not told; a leap year, so that it has every day."""

_NUMBER_WORDS = "two three four five six seven eight nine ten".split()
_INNER_QUOTES = str.maketrans("“”", "‘’")
_SMALL_NUMBER = re.compile(r"(10|[2-9])(?= [a-z])")
"""A number at the beginning of a sentence that is written as a word."""


class Wording(Struct, frozen=True):
    """Words for facts; every part of the phrasing gets this one value."""

    knowledge: KnowledgeBase
    language: Language
    today: date
    """The day of the message: what is planned may lie ahead of it."""

    # --- templates and texts -------------------------------------------------------------

    def say(self, key: str, **values: object) -> str:
        """A template of the wording, filled in; the key itself where there is none."""
        template = self.knowledge.vocabulary.wording.get(key)
        if template is None:
            return key
        text = template.in_language(self.language)
        for name, value in values.items():
            if f"“{{{name}}}”" in text and "“" in str(value):
                values[name] = _to_be_quoted(str(value))
        return text.format(**values) if values else text

    def text(self, text: Text | None) -> str:
        """A text in the language of the reply; empty for None."""
        return "" if text is None else text.in_language(self.language)

    def listed(self, texts: Iterable[str]) -> str:
        """Several values in one line."""
        return self.say("join").join(dict.fromkeys(texts))

    def enumerated(self, texts: Iterable[str]) -> str:
        """Several places or years in one line."""
        return self.say("join_places").join(dict.fromkeys(texts))

    def values(self, values: Iterable[Text]) -> str:
        """Several texts in one line."""
        return self.listed(self.text(value) for value in values)

    def sentence(self, text: str) -> str:
        """A phrase as a sentence."""
        return f"{text}。" if self.language == "zh" else f"{capital(text)}."

    def bracketed(self, text: str, note: str) -> str:
        """A text with a note in brackets."""
        return f"{text}（{note}）" if self.language == "zh" else f"{text} ({note})"

    # --- places and days -----------------------------------------------------------------

    def where(self, place: str) -> str:
        """A place with its region: "Kunming (Yunnan)"."""
        if place == NATION:
            return self.say("nation")
        return self.text(place_text(place, self.knowledge))

    def week_where(self, week: WeekEntry) -> str:
        """Whose week it is."""
        where = self.where(week.place)
        if week.week.body is None:
            return where
        body = self.text(week.week.body)
        if self.text(self.knowledge.place(week.place).name) in body:
            return body
        return f"{where}{body}" if self.language == "zh" else f"{body}, {where}"

    def of_week(self, key: str, week: WeekEntry, **values: object) -> str:
        """A template that names a week by its place and year."""
        return self.say(key, where=self.week_where(week), year=week.week.year, **values)

    def day(self, day: str) -> str:
        """A day ("2021-04-20") in words."""
        return self.text(day_text(day))

    def week_span(self, week: WeekEntry) -> str:
        """From when to when a week goes; empty when that is not known."""
        dates = week.week.dates
        return self.text(span_text(dates.start, dates.end)) if dates else ""

    def when(
        self, meant: DateConstraint, weeks: Sequence[WeekEntry], years: Sequence[int] = ()
    ) -> str:
        """The days that a question named, in words; the year is that of `weeks` if only one."""
        if meant.anchor:
            return self.say(_ANCHORS.get(meant.anchor, "nth_day"))
        year = meant.year or (years[0] if years else None)
        if year is None and len({week.week.year for week in weeks}) == 1:
            year = weeks[0].week.year
        start, end = meant.start or 0, meant.end or 0
        first, last = (f"{year or _ANY_YEAR}-{n // 100:02d}-{n % 100:02d}" for n in (start, end))
        try:
            if year is not None:
                return self.text(span_text(first, last))
            days = dict.fromkeys((first, last))
            return "–".join(self.text(day_text(day, with_year=False)) for day in days)
        except ValueError:  # 31 April and the like
            return f"{start // 100}/{start % 100}"

    # --- sources and suggestions -----------------------------------------------------------

    def source_note(self, source: Source) -> str:
        """Publisher and day: "CNIPA, 28 April 2021"."""
        day = self.day(source.published) if source.published else self.say("undated_source")
        return self.say("published_on", publisher=source.publisher, day=day)

    def source_link(self, source: Source) -> SourceLink:
        """A source as a link."""
        return SourceLink(source.title, source.url, self.source_note(source))

    def ask(self, key: str, week: WeekEntry) -> Suggestion:
        """A question about a week; `key` names its template, `key`_short that of the button."""
        return Suggestion(self.of_week(f"{key}_short", week), self.of_week(key, week))

    def ask_coverage(self) -> Suggestion:
        """The question which weeks are known."""
        return Suggestion(self.say("ask_coverage_short"), self.say("ask_coverage"))

    def around(self, week: WeekEntry) -> tuple[Suggestion, ...]:
        """What else can be asked about a week."""
        keys = ("ask_all", "ask_theme") if week.week.theme else ("ask_all",)
        return tuple(self.ask(key, week) for key in keys)


def capital(text: str) -> str:
    """A text as a sentence begins: with a capital letter, and a small number as a word."""
    number = _SMALL_NUMBER.match(text)
    if number:
        text = _NUMBER_WORDS[int(number[1]) - 2] + text[number.end() :]
    return text[:1].upper() + text[1:]


def _to_be_quoted(text: str) -> str:
    """A text that quotes something, as it stands within quotation marks itself."""
    if text[0] == "“" and text[-1] == "”" and text.count("“") == 1:
        return text[1:-1]
    return text.translate(_INNER_QUOTES)

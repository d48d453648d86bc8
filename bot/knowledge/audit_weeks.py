"""What can be wrong with a week although its file fits the schema."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

import msgspec

from bot.knowledge.facts import Activity, Figure, Name, Reference, Text, Week, Words
from bot.knowledge.flaws import Flaw, Place, Severity, did_you_mean, doubled, in_circles, texts_of
from bot.knowledge.loader import WeekFile
from bot.knowledge.mends import short
from bot.knowledge.plain_yaml import ValuePath

OUTSIDE_THE_WEEK: Severity = "warning"
"""A day of the same year outside the week: press conferences and notices often precede it."""
SEASON = ((4, 10), (5, 5))
"""Between which days of the year a publicity week may lie (month, day)."""
FIRST_WORLD_IP_DAY = 2001
"""The year of the first World IP Day; the 21st was in 2021. For years of which the
vocabulary does not say the number."""
MAX_LEVELS = 10
"""More places than ever lie within one another."""
_REFERENCES = ("organisers", "partners", "media", "platforms", "works")
TODO = b"TODO"
"""What a file that is not finished holds."""
_CORRECT = "correct the day, if it is wrong"
_OUTSIDE = f"{_CORRECT}; else add outside: true"
_ONE_LANGUAGE = "theme_variants"
"""Wordings of single sources, which have them in their own language only."""
_LEAVE_OUT = "leave the line out when nothing is known"


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that week files may refer to."""

    places: Mapping[str, str | None]
    """Place → the place that it lies in."""
    regions: frozenset[str]
    """Province-level regions and the nation."""
    nation: str
    kinds: frozenset[str]
    attributes: frozenset[str]
    names: frozenset[str]
    name_kinds: frozenset[str]
    called: Mapping[str, str]
    """Names and aliases, case-folded → id of the name."""
    world_ip_days: Mapping[int, int]
    """Year → number of its World IP Day."""

    def lies_in(self, place: str, region: str) -> bool:
        """Whether a place is, or lies within, another one; True for unknown ones."""
        step: str | None = place
        for _ in range(MAX_LEVELS):
            if step == region:
                return True
            if step is None:
                return False
            step = self.places.get(step, region)
        return True


def flaws_of_week(file: WeekFile, known: Known) -> Iterator[Flaw]:
    """Everything that is wrong with one week, but for the names that it refers to."""
    check = _WeekCheck(file, known)
    yield from check.name_of_file()
    yield from check.head()
    yield from check.sources()
    yield from check.days()
    for index, activity in enumerate(file.week.activities):
        yield from check.activity(index, activity)
    yield from check.ids()
    yield from check.questions()
    yield from check.unfinished()
    yield from flaws_of_texts(file.path, (), file.week)


def references_in(file: WeekFile) -> Iterator[tuple[str, Place]]:
    """The names that a week refers to by their ids, and where."""
    roles: list[tuple[ValuePath, tuple[Reference, ...]]] = [
        ((role,), getattr(file.week, role)) for role in ("organisers", "partners")
    ]
    for index, activity in enumerate(file.week.activities):
        roles.extend((("activities", index, r), getattr(activity, r)) for r in _REFERENCES)
    for path, references in roles:
        for i, reference in enumerate(references):
            if not isinstance(reference, Text):
                yield reference, Place(file.path, (*path, i))


def unknown_name(reference: str, place: Place, known: Known) -> Flaw:
    """A reference to a name that neither the vocabulary nor any week defines."""
    id = known.called.get(reference.casefold())
    otherwise = "add it under names:, or write the text as {en: …, zh: …}"
    mend = f"write {id}" if id else did_you_mean(reference, known.names, otherwise)
    return Flaw(place, f'there is no name "{reference}"', mend, is_reference=True)


def flaws_of_texts(file: str, path: ValuePath, value: object) -> Iterator[Flaw]:
    """Texts that are empty, lack a language or hold line breaks; words that ran together."""
    for where, text, required in texts_of(value, path):
        if isinstance(text, Words):
            yield from _flaws_of_words(file, where, text)
        elif text.en.strip() or text.zh.strip():
            for language, own in (("en", text.en), ("zh", text.zh)):
                if own.strip() or where[0] != _ONE_LANGUAGE:
                    yield from _flaws_of_language(file, where, language, own)
        elif required:
            message = f'the text of "{_last_key(where)}" is empty'
            yield Flaw(Place(file, where), message, "write {en: …, zh: …}")


def _flaws_of_words(file: str, path: ValuePath, words: Words) -> Iterator[Flaw]:
    for language, phrases in (("en", words.en), ("zh", words.zh)):
        for i, phrase in enumerate(phrases):
            if " - " in phrase:
                message = f'two words stand in one entry: "{short(phrase)}"'
                mend = "put the same number of spaces in front of all hyphens of the list"
                yield Flaw(Place(file, (*path, language, i)), message, mend, "warning")


def _flaws_of_language(file: str, path: ValuePath, language: str, text: str) -> Iterator[Flaw]:
    if not text.strip():
        called = {"en": "English", "zh": "Chinese"}[language]
        missing = Place(file, path, "end" if language == "zh" else "value")
        message = f'"{_last_key(path)}" has no {called} text'
        yield Flaw(missing, message, f'add "{language}: …"', "warning")
    elif "\n" in text:
        message = "this text holds a line break"
        mend = 'begin it with ">-", and put the same number of spaces in front of all its lines'
        yield Flaw(Place(file, (*path, language), "odd line"), message, mend, "warning")
    elif language == "en" and not text.isascii() and _is_chinese(text):
        message = "this English text is Chinese"
        yield Flaw(Place(file, (*path, language)), message, "are en and zh swapped?", "warning")


def _is_chinese(text: str) -> bool:
    return len(re.findall("[\u4e00-\u9fff]", text)) * 2 > len(text)


def _last_key(path: ValuePath) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "text")


def _strings(value: Any, path: ValuePath = ()) -> Iterator[tuple[ValuePath, str]]:
    """All texts of plain values, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(item, (*path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _WeekCheck:
    """The checks of one week, each for one kind of flaw."""

    file: WeekFile
    known: Known

    @property
    def week(self) -> Week:
        """The week that is checked."""
        return self.file.week

    def at(self, *path: str | int, key: bool = False) -> Place:
        """A place in the week's file."""
        return Place(self.file.path, path, "key" if key else "value")

    def _id_of(self, section: str) -> Callable[[int], Place]:
        return lambda index: self.at(section, index, "id")

    def name_of_file(self) -> Iterator[Flaw]:
        """The path says year, region and place; so does the file."""
        _, folder, name = self.file.path.split("/")
        stem = name.removesuffix(".yaml")
        week = self.week
        if folder != str(week.year):
            message = f"the year is {week.year}, but the file stands in the folder {folder}"
            mend = f"write year: {folder}, or move the file to weeks/{week.year}/"
            yield Flaw(self.at("year"), message, mend)
        expected = _stems(week)
        if stem not in expected and not (week.body and stem.startswith(f"{expected[0]}-")):
            what = "region and place are" if week.place else "the region is"
            message = f"{what} {' and '.join(filter(None, (week.region, week.place)))}"
            mend = f"correct it, or call the file {expected[-1]}.yaml"
            key = "place" if week.place and stem.startswith(week.region) else "region"
            yield Flaw(self.at(key), f"{message}, but the file is called {name}", mend)

    def head(self) -> Iterator[Flaw]:
        """Region, place and number of the World IP Day."""
        week, known = self.week, self.known
        if week.region not in known.regions:
            mend = did_you_mean(week.region, known.regions, "regions: vocabulary/places.yaml")
            message = f'there is no region "{week.region}"'
            yield Flaw(self.at("region"), message, mend, is_reference=True)
        if week.place is not None:
            yield from self._place(week.place, ("place",), "error")
        if week.world_ip_day is not None:
            number = known.world_ip_days.get(week.year, week.year - FIRST_WORLD_IP_DAY + 1)
            if week.world_ip_day != number:
                message = f"World IP Day {week.world_ip_day} was not in {week.year}"
                mend = f"that of {week.year} is number {number}"
                yield Flaw(self.at("world_ip_day"), message, mend, "warning")
        yield from self._figures(week.figures, ("figures",))

    def sources(self) -> Iterator[Flaw]:
        """At least one source, and no reference to one that is not there."""
        week = self.week
        ids = [source.id for source in week.sources]
        if not ids:
            mend = "add one with id, title, publisher and url"
            yield Flaw(self.at("sources", key=True), "the week has no source", mend)
            return
        asked: list[tuple[str | None, Place]] = [(week.theme_source, self.at("theme_source"))]
        for i, variant in enumerate(week.theme_variants):
            asked.append((variant.source, self.at("theme_variants", i, "source")))
        for i, edition in enumerate(week.editions):
            asked.append((edition.source, self.at("editions", i, "source")))
        for i, activity in enumerate(week.activities):
            asked.append((activity.source, self.at("activities", i, "source")))
        for id, place in asked:
            if id is not None and id not in ids:
                mend = did_you_mean(id, ids, f"sources of this week: {', '.join(ids)}")
                yield Flaw(place, f'this week has no source "{id}"', mend)

    def days(self) -> Iterator[Flaw]:
        """The week's own days, and those on which its sources were published."""
        week = self.week
        for i, source in enumerate(week.sources):
            if source.published is not None:
                place = self.at("sources", i, "published")
                yield from self._real_day(source.published, place)
                if source.published < f"{week.year}":
                    message = f"{source.published} lies before the year of the week, {week.year}"
                    yield Flaw(place, message, "correct the day, or year", "warning")
        if week.dates is None:
            return
        for key, text in (("from", week.dates.start), ("to", week.dates.end)):
            place = self.at("dates", key)
            flaws = [*self._real_day(text, place), *self._in_year(text, place)]
            yield from flaws or self._in_season(text, place, _CORRECT)
        if week.dates.end < week.dates.start:
            message = f"the week ends on {week.dates.end}, before it begins ({week.dates.start})"
            yield Flaw(self.at("dates", "to"), message, "exchange the two, or correct one")

    def activity(self, index: int, activity: Activity) -> Iterator[Flaw]:
        """One activity."""
        here: ValuePath = ("activities", index)
        yield from self._kinds(activity, here)
        yield from self._activity_days(activity, here)
        if activity.place is not None:
            yield from self._place(activity.place, (*here, "place"), "warning")
        yield from self._figures(activity.figures, (*here, "figures"))
        yield from self._details(activity, here)
        yield from self._condition(activity, here)
        parts = [part.id for part in activity.parts]
        message = 'the part "{id}" stands twice in this activity'
        yield from doubled(parts, lambda i: self.at(*here, "parts", i, "id"), message)

    def ids(self) -> Iterator[Flaw]:
        """Ids of activities and sources stand once, and `part_of` names one of them."""
        week = self.week
        for section in ("activities", "sources"):
            ids = [entry.id for entry in getattr(week, section)]
            message = f'"{{id}}" stands twice among the {section} of this week'
            yield from doubled(ids, self._id_of(section), message)
        known = {activity.id for activity in week.activities}
        circles = in_circles({activity.id: activity.part_of for activity in week.activities})
        for i, activity in enumerate(week.activities):
            place = self.at("activities", i, "part_of")
            if activity.part_of is None:
                continue
            if activity.part_of not in known:
                mend = did_you_mean(activity.part_of, known, "write the id of an activity")
                yield Flaw(place, f'this week has no activity "{activity.part_of}"', mend)
            elif activity.id in circles:
                message = f'"{activity.id}" would be a part of itself'
                yield Flaw(place, message, "take the line out of one of the two activities")

    def questions(self) -> Iterator[Flaw]:
        """The questions beside the facts name activities of the week."""
        known = [activity.id for activity in self.week.activities]
        for i, question in enumerate(self.week.questions):
            if not question.ask.strip():
                yield Flaw(self.at("questions", i, "ask"), "the question is empty", _LEAVE_OUT)
            for j, id in enumerate(question.facts):
                if id not in known and not {"/", "#"} & set(id):
                    mend = did_you_mean(id, known, "write the id of an activity of this week")
                    place = self.at("questions", i, "facts", j)
                    yield Flaw(place, f'this week has no activity "{id}"', mend)

    def unfinished(self) -> Iterator[Flaw]:
        """What `new week` and `draft` left for a person to write."""
        if TODO not in msgspec.json.encode(self.week):
            return
        for path, text in _strings(msgspec.to_builtins(self.week)):
            if TODO.decode() in text:
                message = f'"{_last_key(path)}" is still to be written: "{short(text)}"'
                yield Flaw(self.at(*path), message, "write it, or leave it out")

    def _kinds(self, activity: Activity, here: ValuePath) -> Iterator[Flaw]:
        if not activity.kinds:
            message = f'"{activity.id}" has no kind'
            mend = "write at least one, as in [seminar]; they stand in vocabulary/kinds.yaml"
            yield Flaw(self.at(*here, "kinds"), message, mend)
        for i, kind in enumerate(activity.kinds):
            if kind not in self.known.kinds:
                mend = did_you_mean(kind, self.known.kinds, "kinds: vocabulary/kinds.yaml")
                place = self.at(*here, "kinds", i)
                yield Flaw(place, f'there is no kind "{kind}"', mend, is_reference=True)

    def _details(self, activity: Activity, here: ValuePath) -> Iterator[Flaw]:
        for id in activity.details:
            if id not in self.known.attributes:
                mend = did_you_mean(id, self.known.attributes)
                otherwise = f'add "{id}" to vocabulary/attributes.yaml, or use another id'
                message = f'there is no attribute "{id}", so nobody can ask for this detail'
                place = self.at(*here, "details", id, key=True)
                severity: Severity = "error" if mend else "warning"
                yield Flaw(place, message, mend or otherwise, severity, is_reference=True)

    def _condition(self, activity: Activity, here: ValuePath) -> Iterator[Flaw]:
        if activity.modality == "conditional" and activity.condition is None:
            message = f'"{activity.id}" is conditional, but no condition is given'
            mend = "add condition: {en: …, zh: …}, or write planned"
            yield Flaw(self.at(*here, "modality"), message, mend)
        if activity.condition is not None and activity.modality != "conditional":
            message = f"a condition is given, but the modality is {activity.modality}"
            place = self.at(*here, "condition", key=True)
            yield Flaw(place, message, "write modality: conditional", "warning")

    def _place(self, id: str, path: ValuePath, severity: Severity) -> Iterator[Flaw]:
        known, region = self.known, self.week.region
        if id not in known.places:
            otherwise = _LEAVE_OUT if id == "null" else "add it to vocabulary/places.yaml"
            mend = did_you_mean(id, known.places, otherwise)
            yield Flaw(self.at(*path), f'there is no place "{id}"', mend, is_reference=True)
        elif region != known.nation and not known.lies_in(id, region):
            message = f"{id} does not lie in {region}"
            others = [p for p in known.places if p.startswith(id) and known.lies_in(p, region)]
            mend = f"did you mean {others[0]}?" if others else "correct the place, if it is wrong"
            yield Flaw(self.at(*path), message, mend, severity, is_reference=True)

    def _figures(self, figures: tuple[Figure, ...], path: ValuePath) -> Iterator[Flaw]:
        for i, figure in enumerate(figures):
            if not isfinite(figure.value) or figure.value < 0:
                message = f"{figure.value} is no published number"
                yield Flaw(self.at(*path, i, "value"), message, "write the number in digits")
            if not (figure.of.en.strip() or figure.of.zh.strip()):
                message = f"it is not said what {figure.value:g} counts"
                mend = "write of: {en: copies of the handbook, zh: 册手册}"
                yield Flaw(self.at(*path, i, "of", key=True), message, mend)

    # --- days ---------------------------------------------------------------------------

    def _activity_days(self, activity: Activity, here: ValuePath) -> Iterator[Flaw]:
        days_outside: list[Flaw] = []
        for key in ("date", "until", "since"):
            text: str | None = getattr(activity, key)
            if text is not None:
                place = self.at(*here, key)
                flaws = [*self._real_day(text, place), *self._in_year(text, place)]
                yield from flaws
                days_outside += () if flaws else self._in_week(text, place)
        if not activity.outside:
            yield from days_outside
        elif not days_outside:
            message = "all its days lie within the week"
            yield Flaw(self.at(*here, "outside", key=True), message, "take the line out", "warning")
        if activity.until is not None:
            place = self.at(*here, "until")
            if activity.date is None:
                mend = "add date: with the first day"
                yield Flaw(place, "until is given, but no date", mend)
            elif activity.until < activity.date:
                message = f"it ends on {activity.until}, before it begins ({activity.date})"
                yield Flaw(place, message, "exchange the two, or correct one")
        period = activity.period
        if period is not None and period.end < period.start:
            message = f"the years end with {period.end}, before they begin ({period.start})"
            place = self.at(*here, "period", "to")
            yield Flaw(place, message, "exchange the two, or correct one")

    def _real_day(self, text: str, place: Place) -> Iterator[Flaw]:
        if _day(text) is None:
            message = f"there is no day {text.strip()} in the calendar"
            yield Flaw(place, message, "write year-month-day, as in 2021-04-20")

    def _in_year(self, text: str, place: Place) -> Iterator[Flaw]:
        year = self.week.year
        if _day(text) is not None and not text.startswith(f"{year}-"):
            message = f"{text} is not in {year}, the year of the week"
            yield Flaw(place, message, f"did you mean {year}{text[4:]}?")

    def _in_week(self, text: str, place: Place) -> Iterator[Flaw]:
        dates = self.week.dates
        if dates is None:
            yield from self._in_season(text, place, _OUTSIDE)
        elif not dates.start <= text <= dates.end:
            message = f"{text} lies outside the week, {dates.start} to {dates.end}"
            yield Flaw(place, message, _OUTSIDE, OUTSIDE_THE_WEEK)

    def _in_season(self, text: str, place: Place, mend: str) -> Iterator[Flaw]:
        day = _day(text)
        if day is not None and not SEASON[0] <= (day.month, day.day) <= SEASON[1]:
            message = f"{text} is far from the days of a publicity week, 20 to 26 April"
            yield Flaw(place, message, mend, "warning")


def _stems(week: Week) -> tuple[str, ...]:
    """How the file of a week may be called, the usual name last."""
    if week.place is None:
        return (week.region,)
    if week.place.startswith(f"{week.region}-"):
        return f"{week.region}-{week.place}", week.place
    return (f"{week.region}-{week.place}",)


def flaws_of_name(name: Name, file: str, path: ValuePath, known: Known) -> Iterator[Flaw]:
    """What a name refers to: its kind, its place, the name that it belongs to."""
    if name.kind not in known.name_kinds:
        mend = did_you_mean(name.kind, known.name_kinds, "kinds: vocabulary/name_kinds.yaml")
        message = f'there is no kind of name "{name.kind}"'
        yield Flaw(Place(file, (*path, "kind")), message, mend, is_reference=True)
    if name.place is not None and name.place not in known.places:
        mend = did_you_mean(name.place, known.places, "add it to vocabulary/places.yaml")
        message = f'there is no place "{name.place}"'
        yield Flaw(Place(file, (*path, "place")), message, mend, is_reference=True)
    if name.part_of is not None and name.part_of not in known.names:
        mend = did_you_mean(name.part_of, known.names, "write the id of a name")
        message = f'there is no name "{name.part_of}"'
        yield Flaw(Place(file, (*path, "part_of")), message, mend, is_reference=True)

"""Words for what is missing, unclear or foreign, and for small talk."""

from collections.abc import Iterator, Sequence

from bot.answering.attributes import values_of
from bot.answering.findings import Missing, Outside, SmallTalk, Unclear
from bot.answering.reply import Block, BulletList, Paragraph, Status, Suggestion
from bot.answering.told import Told
from bot.answering.wording import Wording
from bot.knowledge.entries import ActivityEntry, WeekEntry, month_day

_MIDDLE_OF_SEASON = 420
"""20 April: where the nearest activities are looked for when no calendar day was named."""
_LONGEST_TITLES = 160
"""Characters of the titles beside the nearest day."""
_OF_KNOWN_PLACE = frozenset({"no_year", "no_place", "no_match", "no_kind"})
"""What is missing where other weeks or activities of the place are known."""
_OF_ONE_ACTIVITY = frozenset({"no_detail", "no_day_of", "no_match"})
"""What is missing of an activity, or where it comes next to what was asked for."""
_MOST_PLACES = 8
_MOST_WEEKS = 3


def tell_missing(finding: Missing, words: Wording) -> Told:
    """What is missing, and what is known instead."""
    line = Paragraph(_lacking(finding, words), strong=True)
    blocks = (line, *_known_instead(finding, words))
    return Told(Status.NO_DATA, blocks, suggestions=tuple(_ask_instead(finding, words)))


def tell_unclear(finding: Unclear, words: Wording) -> Told:
    """A question back, with the choices as questions."""
    choices = [{"where": words.where(place), "year": year} for place, year in finding.choices]
    suggestions = tuple(
        Suggestion(words.say("ask_region_short", **choice), words.say("ask_region", **choice))
        for choice in choices
    )
    questions = BulletList(tuple(suggestion.question for suggestion in suggestions))
    line = Paragraph(words.say(finding.reason), strong=True)
    return Told(Status.CLARIFY, (line, questions), suggestions=suggestions)


def tell_outside(_: Outside, words: Wording) -> Told:
    """The question is about something else."""
    blocks = (Paragraph(words.say("outside"), strong=True), Paragraph(words.say("outside_hint")))
    return Told(Status.OUT_OF_SCOPE, blocks, suggestions=(words.ask_coverage(),))


def tell_smalltalk(finding: SmallTalk, words: Wording) -> Told:
    """A greeting, thanks, a goodbye or help; the first and last with example questions."""
    blocks: list[Block] = [Paragraph(words.say(finding.kind), strong=True)]
    if finding.kind in ("help", "greeting"):
        examples = tuple(dict.fromkeys(_examples(words)))
        blocks.append(BulletList(examples, heading=words.say("help_examples")))
    return Told(Status.SMALLTALK, tuple(blocks))


# --- what is missing ---------------------------------------------------------------------


def _lacking(finding: Missing, words: Wording) -> str:
    scope, week, entry, reason = finding.scope, finding.week, finding.entry, finding.reason
    year = week.week.year if week else ""
    values: dict[str, object] = {
        "where": words.where(finding.place) if finding.place else "",
        "year": scope.years[0] if scope.years else year,
        "detail": words.text(finding.detail),
    }
    if scope.date is not None and reason in ("no_date", "no_date_anywhere"):
        values["when"] = words.when(scope.date, finding.known_weeks, scope.years)
    if entry is not None:
        values["title"] = words.text(entry.activity.title)
    if reason == "no_detail" and entry is not None:
        reason = "no_detail_of"
    elif reason == "no_detail" and week is not None and finding.place:
        reason = "no_detail_in_week"
    elif reason == "no_match" and not finding.place:
        reason = "no_match_anywhere"
    return words.say(reason, **values)


def _known_instead(finding: Missing, words: Wording) -> Iterator[Block]:
    reason, week, entry = finding.reason, finding.week, finding.entry
    if finding.elsewhere is not None:
        summary = words.text(finding.elsewhere.activity.summary)
        yield Paragraph(words.of_week("known_elsewhere", finding.elsewhere.week, summary=summary))
    if reason in _OF_ONE_ACTIVITY and entry is not None:
        known = words.text(entry.activity.summary)
        yield Paragraph(words.say("known_of_it", summary=known))
        if reason == "no_day_of" and entry.week.week.dates:
            span = words.week_span(entry.week)
            yield Paragraph(words.say("week_span", year=entry.week.week.year, when=span))
    elif reason in ("no_date", "no_dates") and week is not None:
        undated = words.say("no_dated", where=words.where(week.place))
        yield Paragraph(_nearest(finding, words) if finding.nearest else undated)
    elif reason in _OF_KNOWN_PLACE and finding.known_weeks and finding.place:
        years = sorted({known.week.year for known in finding.known_weeks})
        region = finding.known_weeks[0].week.region
        where = words.where(region if reason == "no_place" else finding.place)
        listed = words.enumerated(map(str, years))
        yield Paragraph(words.say("known_years", where=where, years=listed))
    elif reason in ("no_place", "no_year_anywhere", "no_date_anywhere"):
        places = words.enumerated(_known_places(words, finding.scope.years))
        yield Paragraph(words.say("known_places", places=places))


def _known_places(words: Wording, years: Sequence[int]) -> list[str]:
    """Regions with their years: those of a year that was asked for first, then the latest."""
    knowledge = words.knowledge
    known = sorted(set(knowledge.week_years), key=lambda year: (year not in years, -year))
    shown: dict[str, None] = {}
    for year in known:
        for week in knowledge.week_entries.select(knowledge.weeks_by_year[year]):
            shown[f"{words.where(week.week.region)} {week.week.year}"] = None
            if len(shown) == _MOST_PLACES:
                return list(shown)
    return list(shown)


def _nearest(finding: Missing, words: Wording) -> str:
    """The day with known activities that lies nearest to the one asked for."""
    meant = finding.scope.date
    target = (meant.start if meant is not None else None) or _MIDDLE_OF_SEASON
    dated = sorted(finding.nearest, key=lambda entry: abs(month_day(entry.activity.date) - target))
    nearest = dated[0]
    if finding.scope.years and nearest.week.week.year not in finding.scope.years:
        return ""
    same = [entry for entry in dated if entry.first_day == nearest.first_day]
    titles = words.values(entry.activity.title for entry in same[:2])
    when = words.text(values_of("dates", nearest, words.knowledge)[0])
    return words.say("nearest_date", when=when, title=_shortened(titles))


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_TITLES:
        return text
    return text[: _LONGEST_TITLES - 3].rsplit(" ", 1)[0] + " …"


def _ask_instead(finding: Missing, words: Wording) -> Iterator[Suggestion]:
    for entry in finding.nearest[:1]:
        if entry.activity.date:
            yield Suggestion(
                words.say("ask_date_short", when=words.day(entry.activity.date)),
                _ask_date(entry, entry.activity.date, words),
            )
    weeks: tuple[WeekEntry, ...] = (finding.week,) if finding.week else finding.known_weeks
    for week in weeks[:_MOST_WEEKS]:
        yield words.ask("ask_all", week)
    yield words.ask_coverage()


def _ask_date(entry: ActivityEntry, day: str, words: Wording) -> str:
    return words.say("ask_date", where=words.where(entry.week.place), when=words.day(day))


# --- small talk --------------------------------------------------------------------------


def _examples(words: Wording) -> Iterator[str]:
    """Questions that this knowledge answers."""
    knowledge = words.knowledge
    weeks = knowledge.week_entries
    wide = weeks.select(knowledge.wide_weeks)
    dated = (
        entry
        for week in reversed(wide)
        for entry in reversed(knowledge.of_week(week))
        if entry.activity.date
    )
    last_dated = next(dated, None)
    if last_dated is not None and last_dated.activity.date:
        yield _ask_date(last_dated, last_dated.activity.date, words)
    themed = next((week for week in wide if week.week.theme), None)
    if themed is not None:
        yield words.say("ask_theme", where=words.where(themed.place), year=themed.week.year)
    if weeks:
        yield words.of_week("ask_all", weeks[-1])
    yield words.say("ask_coverage")

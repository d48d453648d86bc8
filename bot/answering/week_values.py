"""What whole weeks say for themselves: theme, dates, organisers, people, World IP Day."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.answering.attributes import TIMES
from bot.answering.findings import Finding, Missing, Scope, Values, Verdict, WeekValues
from bot.answering.labels import attribute_name
from bot.answering.matching import Matcher
from bot.answering.scopes import latest_dated
from bot.answering.search import Search
from bot.answering.value_answers import ValueAnswers
from bot.answering.value_texts import edition_text, span_text, world_ip_day_text
from bot.answering.week_claims import WeekClaims
from bot.knowledge.entries import NATION, ActivityEntry, WeekEntry
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase

LAUNCHES = frozenset({"launch", "opening-ceremony"})
"""Kinds of activities that open a week: their place and organisers stand for the week's."""
_REASONS = {"theme": "no_theme", "dates": "no_dates", "start": "no_dates", "end": "no_dates"}
_OF_ACTIVITIES_TOO = frozenset({"partner", "people", "slogan", "purpose", "basis", "extent"})
"""Attributes that an activity may answer where the week does not."""

Row = tuple[WeekEntry, tuple[Text, ...]]


def week_value(attribute: str, week: WeekEntry, knowledge: KnowledgeBase) -> tuple[Text, ...]:
    """The values of an attribute of a week; empty when it states none."""
    facts = week.week
    if attribute == "theme":
        return (facts.theme,) if facts.theme else ()
    if attribute in TIMES and facts.dates:
        first = facts.dates.end if attribute == "end" else facts.dates.start
        last = facts.dates.start if attribute == "start" else facts.dates.end
        return (span_text(first, last),)
    if attribute in ("organiser", "partner"):
        references = facts.organisers if attribute == "organiser" else facts.partners
        return tuple(map(knowledge.name_text, references))
    if attribute == "people":
        return facts.people
    if attribute in ("purpose", "basis", "extent"):
        return (facts.scope,) if facts.scope else ()
    if attribute == "world-ip-day":
        return tuple(world_ip_day_text(week))
    if attribute == "edition":
        return tuple(map(edition_text, facts.editions))
    return ()


class WeekValueAnswers:
    """Answers with an attribute of one week or of several."""

    def __init__(
        self, knowledge: KnowledgeBase, matcher: Matcher, values: ValueAnswers, claims: WeekClaims
    ) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._values = values
        self._claims = claims

    def rows(self, attribute: str, weeks: Sequence[WeekEntry]) -> tuple[Row, ...]:
        """Each week that states the attribute, with its values."""
        rows = ((week, week_value(attribute, week, self._knowledge)) for week in weeks)
        return tuple(row for row in rows if row[1])

    def answer(self, attribute: str, weeks: Sequence[WeekEntry], search: Search) -> Finding | None:
        """The values, a verdict on those that are claimed, or that the weeks state none.

        None for attributes that an activity may answer instead.
        """
        if attribute == "edition" and not search.scope.places:
            weeks = [week for week in weeks if week.place == NATION] or weeks
        if attribute == "organiser" and "partner" in search.question.attributes:
            weeks = [week for week in weeks if week.week.partners or len(week.week.organisers) > 1]
        weeks = sorted(weeks, key=lambda week: -week.week.year)
        rows = self.rows(attribute, weeks)
        if not rows:
            return self._unstated(attribute, weeks, search) if weeks else None
        if search.question.is_polar:
            verdict = self._verdict(attribute, rows, search)
            if verdict is not None:
                return verdict
        if attribute in ("theme", "organiser") and not search.scope.places:
            national = tuple(row for row in rows if row[0].place == NATION)
            several = search.scope.years or _asks_for_all(search)
            rows = (national if several else national[:1]) or rows
        return WeekValues(attribute, rows, unstated=_unstated(weeks, rows, search))

    def launch_place(self, scope: Scope) -> Finding | None:
        """Where the week was opened, when that is told more narrowly than the scope."""
        for entry in self._matcher.launches_in(replace(scope, date=None)):
            if entry.place not in scope.places:
                return self._values.place(entry)
        return None

    def launch_day(self, weeks: Sequence[WeekEntry]) -> Values | None:
        """The day on which a week was opened stands for its start."""
        opened = (
            entry
            for week in weeks
            for entry in self._knowledge.by_week.get(week.id, ())
            if entry.kinds & LAUNCHES and entry.first_day
        )
        return self._values.of("dates", list(opened)[:1])

    def _verdict(self, attribute: str, rows: Sequence[Row], search: Search) -> Verdict | None:
        check = {"theme": self._claims.on_theme, "organiser": self._claims.on_organiser}
        if attribute not in check:
            return None
        verdicts = [check[attribute](search.question, week, values) for week, values in rows]
        return next((one for one in verdicts if one and one.holds), verdicts[0])

    def _unstated(
        self, attribute: str, weeks: Sequence[WeekEntry], search: Search
    ) -> Finding | None:
        scope, own = search.scope, search.question.names_week and not search.content
        of_week = attribute == "purpose" and own and (scope.places or scope.is_national)
        if attribute in _OF_ACTIVITIES_TOO and not of_week:
            return None
        instead: Finding | None = None
        if attribute in ("theme", "edition"):
            instead = self._national(attribute, weeks)
        elif attribute == "organiser":
            instead = self._organisers_of_activities(weeks, search)
        elif attribute == "start":
            instead = self.launch_day(weeks)
        launch = self._launch(weeks) if attribute == "organiser" else None
        return instead or Missing(
            _REASONS.get(attribute, "no_detail"),
            search.scope,
            place=weeks[0].place,
            entry=launch,
            week=weeks[0],
            detail=attribute_name(attribute, self._knowledge.vocabulary),
            nearest=latest_dated(weeks, self._knowledge),
        )

    def _national(self, attribute: str, weeks: Sequence[WeekEntry]) -> WeekValues | None:
        """What the nation states for the same year, for a region that states nothing of its own;
        for an edition the number of the World IP Day that the week marks.
        """
        for week in weeks:
            for nation in self._knowledge.weeks_by_place.get(NATION, ()):
                same_year = nation.week.year == week.week.year and nation is not week
                rows = self.rows(attribute, (nation,)) if same_year else ()
                if rows:
                    return WeekValues(attribute, rows, instead_of=week)
        day = self.rows("world-ip-day", weeks) if attribute == "edition" else ()
        return WeekValues("world-ip-day", day[:1], instead_of=day[0][0]) if day else None

    def _organisers_of_activities(
        self, weeks: Sequence[WeekEntry], search: Search
    ) -> Values | None:
        question = replace(search.question, attributes=("organiser",))
        found = next(filter(None, map(self._speaking_for_the_week, weeks)), None)
        return self._values.values(question, [found]) if found is not None else None

    def _speaking_for_the_week(self, week: WeekEntry) -> ActivityEntry | None:
        """The launch with its organisers, or the only activity, where a week states none."""
        entries = self._knowledge.by_week.get(week.id, ())
        organised = [entry for entry in entries if entry.activity.organisers]
        launch = next((entry for entry in organised if entry.kinds & LAUNCHES), None)
        return launch or (organised[0] if organised and len(entries) == 1 else None)

    def _launch(self, weeks: Sequence[WeekEntry]) -> ActivityEntry | None:
        """The launch of one of some weeks, the latest first."""
        latest = sorted(weeks, key=lambda week: -week.week.year)
        entries = (entry for week in latest for entry in self._knowledge.of_week(week))
        return next((entry for entry in entries if entry.kinds & LAUNCHES), None)


def _unstated(
    weeks: Sequence[WeekEntry], rows: Sequence[Row], search: Search
) -> tuple[WeekEntry, ...]:
    """The weeks of a place that are silent where others of it are not, the latest first."""
    if search.scope.years or not search.scope.places:
        return ()
    stated = {week.week.year for week, _ in rows}
    silent = (week for week in weeks if week.week.year not in stated)
    return tuple(sorted(silent, key=lambda week: -week.week.year))


def _asks_for_all(search: Search) -> bool:
    """Whether what every year had is asked: "all themes", 历年主题."""
    plural = "themes" in search.question.tagging.utterance.words
    return plural or "list" in search.question.operators

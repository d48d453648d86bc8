"""From a question to what is known: picks the facts, or names what is missing."""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from bot.answering.asking import (
    asks_coverage,
    asks_source,
    asks_source_of_all,
    asks_whereabouts,
    content_units,
    counts_what_place_has,
    speaks_of_events,
    speaks_of_known,
    telling_units,
)
from bot.answering.claimed_places import ClaimedPlaces
from bot.answering.claims import Claims, reports_on
from bot.answering.comparisons import compare
from bot.answering.counting import Counting
from bot.answering.coverage_answers import CoverageAnswers
from bot.answering.day_answers import DayAnswers
from bot.answering.days import falls_on
from bot.answering.details import OF_ONE_FACT, Details
from bot.answering.dialogue import DialogueState
from bot.answering.entry_answers import EntryAnswers
from bot.answering.findings import Finding, Missing, Outside, Regions, Scope, SmallTalk, Values
from bot.answering.follow_ups import FollowUps
from bot.answering.found import Found
from bot.answering.joint_activities import JointActivities
from bot.answering.matching import MANY, Candidate, Matcher
from bot.answering.people import People
from bot.answering.preferences import settled
from bot.answering.rankings import Rankings
from bot.answering.refusals import PERHAPS, Refusals
from bot.answering.region_answers import RegionAnswers
from bot.answering.scopes import independent_places, weeks_in
from bot.answering.search import ENOUGH, Search
from bot.answering.several_things import SeveralThings
from bot.answering.value_answers import ValueAnswers
from bot.answering.week_answers import WeekAnswers
from bot.answering.week_claims import WeekClaims
from bot.answering.week_values import WeekValueAnswers
from bot.answering.weighing import Weighing
from bot.knowledge.entries import NATION, ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.decision import CERTAIN, STRONG_ATTRIBUTES
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question, Unit

_OF_ACTIVITIES = frozenset({"activity", "polar", "confirm"})
"""Operators of questions about what was done, not about a body itself."""
_CHANNELS = frozenset({"social-network", "platform", "website", "newspaper"})
"""Kinds of names that are nowhere but where they were used."""
_SEATED = frozenset({"newspaper", "office", "court"})
"""Kinds of bodies that act where they have their seat."""
_LIKELY = 0.22
"""Confidence (0 to 1) from which a question whose words one fact holds is answered."""
_OF_EVENTS = 0.06
"""Such a confidence where it asks for events and one fact holds every word: "events in schools"."""
_TELLING = 0.4
"""Weight from which a notion of such a question is rare enough."""
_ALL_HELD = 0.8
"""Coverage (0 to 1) from which a fact holds all words of a question."""
_CERTAINLY_HELD = 0.8
"""Coverage (0 to 1) from which a claim about another year is still about this activity."""

_OF_EVERY_WEEK = frozenset({"theme", "slogan", "organiser", "dates"})
"""Attributes that may be listed for all weeks."""


class Finder:
    """Answers questions from the knowledge; holds no state between them."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        """Put together those who answer each sort of question."""
        self._knowledge = knowledge
        self._facts = facts
        self._matcher = matcher = Matcher(knowledge, facts)
        self._weighing = weighing = Weighing(knowledge, facts)
        self._refusals = refusals = Refusals(knowledge)
        people = People(knowledge, facts)
        values = ValueAnswers(knowledge, people)
        counting = Counting(knowledge, facts, values)
        regions = RegionAnswers(knowledge, values)
        self._week_claims = week_claims = WeekClaims(knowledge, facts)
        weeks = WeekValueAnswers(knowledge, matcher, values, week_claims)
        self._claims = claims = Claims(knowledge, facts, matcher, counting, refusals)
        self._entries = EntryAnswers(
            knowledge, facts, matcher, values=values, counting=counting, regions=regions,
            claims=claims, weeks=weeks, refusals=refusals,
        )  # fmt: skip
        self._days = DayAnswers(
            knowledge, matcher, self._entries, weeks, regions, refusals, week_claims
        )
        self._weeks = WeekAnswers(knowledge, facts, matcher, weeks, week_claims, refusals)
        self._details = Details(knowledge, facts, counting, people)
        self._coverage = CoverageAnswers(knowledge, refusals)
        self._several = SeveralThings(facts, matcher)
        self._joint = JointActivities(knowledge, facts)
        self._rankings = Rankings(knowledge)
        self._claimed_places = ClaimedPlaces(knowledge)
        # Made for each message: kept here, it would keep this finder and all its knowledge alive.
        self._follow_ups = partial(
            FollowUps, knowledge=knowledge, matcher=matcher, weighing=weighing, values=values,
            counting=counting, refusals=refusals, claims=claims, details=self._details,
        )  # fmt: skip

    def find(self, question: Question, state: DialogueState | None) -> Found:
        """What is known for a question, as the dialogue so far makes it mean."""
        if question.smalltalk:
            return Found(SmallTalk(question.smalltalk), question, CERTAIN)
        if state is not None:
            return self._follow_ups(self._answer).find(question, state)
        return self._answer(question)

    def _answer(self, question: Question, *, in_dialogue: bool = False) -> Found:
        """The story of one question: where to look, what is there, how sure, what it says."""
        places = independent_places(question.places or self._seats(question), self._knowledge)
        if places != question.places:
            question = replace(question, places=places)
        if question.is_national and self._knows_no_nation(question):
            question = replace(question, is_national=False)
        ranking = self._rankings.answer(question)
        if ranking is not None:
            return ranking
        for answer in (
            self._joint.answer,
            self._claimed_places.answer,
            compare,
            self._several.answer,
        ):
            compared = answer(question, self._answer)
            if compared is not None:
                return compared
        search = self._search(question, in_dialogue=in_dialogue)
        finding = _counted(self._without_excepted(self._decide(search), question), question)
        return Found(finding, question, search.evidence, tuple(search.ranked[:5]))

    def _knows_no_nation(self, question: Question) -> bool:
        """Whether the weeks of regions are all that can be meant by that of the whole country."""
        known = NATION in self._knowledge.weeks_by_place
        return not known and all(unit.explained for unit in question.units)

    def _seats(self, question: Question) -> tuple[str, ...]:
        """Where the bodies that a question names have their seat, if it names no place."""
        if question.is_national:
            return ()
        names = (self._knowledge.names[id] for id in question.names)
        seats = (name.place for name in names if name.kind in _SEATED and name.place)
        return tuple(place for place in dict.fromkeys(seats) if place != NATION)

    def _decide(self, search: Search) -> Finding:
        """Whether to answer at all, then from what."""
        question, evidence = search.question, search.evidence
        if asks_coverage(question) and not evidence.is_personal:
            return self._coverage.coverage(question)
        of_report = self._coverage.of_report(search)
        if of_report is not None:
            return of_report
        doubtful = evidence.opposing or "repaired_word" in evidence.features
        if asks_source_of_all(question) and not (doubtful or search.content):
            return self._coverage.provenance(search)
        if self._is_about_body_itself(search) or _is_about_place_itself(search):
            return Outside()
        if not (evidence.suffices or self._is_held(search)):
            known = self._claims.of_activity(search) or self._claims.of_another_region(search)
            return known or self._refusals.refusal(search)
        return self._details.answer(search) or self._from_facts(search)

    def _is_about_body_itself(self, search: Search) -> bool:
        """ "Where is CNIPA?": no activity is asked for, but the address of a body that has its
        life outside the weeks.
        """
        question = search.question
        if question.attributes != ("place",) or not asks_whereabouts(question):
            return False
        beside = question.operators & _OF_ACTIVITIES or question.date or question.years
        known = any(map(self._knowledge.is_of_a_week, question.names))
        if any(self._knowledge.names[name].kind in _CHANNELS for name in question.names):
            return False
        only_names = all(unit.is_name for unit in search.content)
        named = bool(question.names) and only_names
        return named and not (known or beside or question.names_week)

    def _is_held(self, search: Search) -> bool:
        """Whether a doubtful question names what is known, with nothing of other subjects."""
        named = _names_a_known_year(search) or _is_all_held(search)
        named = named or _lists_all(search) or _lists_kind(search)
        return named or self._details.is_of_activity(search)

    def _from_facts(self, search: Search) -> Finding:
        """The answer of the first that the question is one for; activities answer the rest."""
        question, scope = search.question, search.scope
        if self._excepts_all(search):
            return Missing("no_more", scope, place=scope.places[0])
        if asks_source(question):
            if "place" not in question.attributes or scope.places or not question.kinds:
                return self._coverage.provenance(search)
            search = search.asking(attributes=("place",))
        return (
            self._days.named_day(search)
            or self._days.at_its_ends(search)
            or (self._absent(search) if question.is_polar else None)
            or self._weeks.answer(search)
            or self._absent(search)
            or self._days.answer(search)
            or self._entries.answer(search)
        )

    def _absent(self, search: Search) -> Finding | None:
        """Nothing is known of the place or year; None when something is, or neither is named."""
        scope = search.scope
        if search.entries or not (scope.places or scope.years or scope.is_national):
            return None
        if weeks_in(scope, self._knowledge):
            return None  # the week is known, but for itself only
        return (
            self._week_claims.on_year(search.question)
            or self._claims.elsewhere(search)
            or self._refusals.nothing_there(scope)
        )

    # --- where to look -------------------------------------------------------------------

    def _search(self, question: Question, *, in_dialogue: bool) -> Search:
        scope = Scope(question.places, question.years, question.date, question.is_national)
        entries = self._matcher.in_scope(replace(scope, date=None))
        entries = self._of_claimed_years(question, entries)
        entries = self._but_excepted(question, entries or self._beyond_scope(question, scope))
        ranked = self._matcher.rank(question, entries)
        if entries and "count" in question.operators and scope.years:
            entries, ranked = self._with_reports(question, scope, entries, ranked)
        ranked = settled(question, ranked, self._knowledge, self._facts)
        fits = bool(ranked) and ranked[0].coverage >= ENOUGH
        if entries and not fits and self._is_only_mentioned(scope, entries):
            entries, ranked = (), []
        best = ranked[0] if ranked else self._claims.best_in_region(question, scope)
        question = self._weighing.in_its_own_words(question, best)
        counted = "count" in question.operators and (scope.places or scope.is_national)
        weeks = weeks_in(scope, self._knowledge) if counted and scope.years else ()
        evidence = self._weighing.evidence(question, best, weeks, in_dialogue=in_dialogue)
        return Search(question, scope, entries, ranked, evidence)

    def _of_claimed_years(
        self, question: Question, entries: Sequence[ActivityEntry]
    ) -> Sequence[ActivityEntry]:
        """What a thing that is named is about where years are claimed of it that are not its own:
        "does the courts' white paper cover 2015 to 2018?"
        """
        if not (question.is_polar and question.years):
            return entries
        own = filter(self._knowledge.is_of_a_week, question.names)
        named = [entry for id in own for entry in self._knowledge.by_name.get(id, ())]
        here = {entry.index for entry in entries} if named else ()
        return entries if not named or any(e.index in here for e in named) else named

    def _but_excepted(
        self, question: Question, entries: Sequence[ActivityEntry]
    ) -> Sequence[ActivityEntry]:
        """The entries without those that a question leaves out by words of their titles."""
        of_values = question.name_kinds or question.attributes[:1] not in ((), ("place",))
        apart = question.excepted_date
        if not (question.excepted or apart) or len(entries) > MANY:
            return entries
        if apart is not None:
            return [entry for entry in entries if not falls_on(entry, apart)] or entries
        if of_values:  # what is left out may be one of several values of one activity
            names = _excepted_names(question)
            return [entry for entry in entries if names & entry.names] or entries
        kept = [e for e in entries if not any(self._holds(e, u) for u in question.excepted)]
        return kept or entries

    def _excepts_all(self, search: Search) -> bool:
        """Whether a question leaves out all that a place did: "Kunming, besides the launch"."""
        excepted = search.question.excepted
        if not (excepted and search.scope.places and search.entries):
            return False
        if len(search.entries) > MANY or search.question.attributes or search.question.name_kinds:
            return False
        return all(any(self._holds(e, unit) for unit in excepted) for e in search.entries)

    def _without_excepted(self, finding: Finding, question: Question) -> Finding:
        """Values without those that the question names as known, where any other is left."""
        if not (question.excepted and isinstance(finding, Values)):
            return finding
        known = {self._knowledge.names[id].name for id in _excepted_names(question)}
        others = tuple(value for value in finding.values if value not in known)
        return replace(finding, values=others or finding.values)

    def _holds(self, entry: ActivityEntry, unit: Unit) -> bool:
        """Whether an activity is of a place, or its title holds words that are left out."""
        if unit.terms and unit.terms[0][0] == "@":
            return unit.terms[0][1:] in entry.places
        title = self._facts.of(entry).title_terms
        of_body = unit.is_name and not unit.is_of("#~") and not self._names_event(unit)
        return not of_body and unit.match(title)[0] >= _TELLING

    def _names_event(self, unit: Unit) -> bool:
        """Whether a name is that of an activity rather than of a body or platform."""
        names = (self._knowledge.names[term[1:]] for term in unit.terms if term[0] == "!")
        return any(name.kind == "event" for name in names)

    def _with_reports(
        self,
        question: Question,
        scope: Scope,
        entries: Sequence[ActivityEntry],
        ranked: list[Candidate],
    ) -> tuple[Sequence[ActivityEntry], list[Candidate]]:
        """With numbers of a year that a later week published, where they fit the words better."""
        covered = ranked[0].coverage if ranked else 0.0
        if not content_units(question) or covered >= _CERTAINLY_HELD or not scope.places:
            return entries, ranked
        reports = self._reporting_on(question, scope)
        better = [c for c in self._matcher.rank(question, reports) if c.coverage > covered]
        if not better:
            return entries, ranked
        told = [candidate.entry for candidate in better]
        return [*told, *entries], [*better, *ranked]

    def _is_only_mentioned(self, scope: Scope, entries: Sequence[ActivityEntry]) -> bool:
        """A region that texts mention but that holds none of these activities."""
        return any(
            self._knowledge.place(place).level == "region" and place not in entries[0].places
            for place in scope.places
        )

    def _beyond_scope(self, question: Question, scope: Scope) -> Sequence[ActivityEntry]:
        """Facts that fit although they lie elsewhere: reports on the year, mentions of a place."""
        content = content_units(question)
        if scope.years and (content or len(scope.years) > 1):
            reports = self._reporting_on(question, scope)
            if reports:
                return reports
        if scope.places and question.date is None and (content or not scope.years):
            having = [self._facts.having("@" + place) for place in scope.places]
            mentioning = set.intersection(*({n >> 1 for n in found} for found in having))
            found = self._knowledge.activities.select(sorted(mentioning))
            return [entry for entry in found if _tells_of(entry, scope.years)]
        return ()

    def _reporting_on(self, question: Question, scope: Scope) -> list[ActivityEntry]:
        """Activities of other years that report on the year asked for: a white paper on 2020."""
        elsewhere = self._matcher.in_scope(replace(scope, years=(), date=None))
        ranked = [c for c in self._matcher.rank(question, elsewhere) if c.coverage >= ENOUGH]
        if question.is_polar and ranked and ranked[0].coverage >= _CERTAINLY_HELD:
            return [candidate.entry for candidate in ranked]
        return [c.entry for c in ranked if reports_on(c.entry, scope.years)]


def _counted(finding: Finding, question: Question) -> Finding:
    """Places with their number before them, where "how many cities" was asked."""
    counts = "count" in question.operators and "place" in question.attributes[:2]
    if counts and isinstance(finding, Regions) and not (finding.attribute or finding.years):
        return replace(finding, counted=True)
    return finding


def _is_about_place_itself(search: Search) -> bool:
    """ "Why is Kunming called the spring city?": nothing but a place is known of it, and nothing
    asks for what was held.
    """
    question = search.question
    if counts_what_place_has(question):
        return True
    asks = question.kinds or question.name_kinds or question.names or question.details
    when = question.date or question.years or question.names_week
    if not question.names_place or search.ranked or asks or when or question.is_polar:
        return False
    strangers = any(not unit.explained and unit.weight >= _TELLING for unit in question.units)
    strong = not STRONG_ATTRIBUTES.isdisjoint(question.attributes)
    return strangers and not strong and question.operators.isdisjoint(_OF_ACTIVITIES)


def _excepted_names(question: Question) -> set[str]:
    """The named things that a question leaves out."""
    return {term[1:] for unit in question.excepted for term in unit.terms if term[0] == "!"}


def _tells_of(entry: ActivityEntry, years: Sequence[int]) -> bool:
    """Whether an activity is of one of these years or speaks of it; no year: always."""
    if not years or entry.week.week.year in years or reports_on(entry, years):
        return True
    return any(str(year) in entry.activity.summary.en for year in years)


def _lists_all(search: Search) -> bool:
    """ "List all themes", "the theme of every region": nothing but what all weeks have is named."""
    question, evidence = search.question, search.evidence
    only_asks = not (evidence.opposing or question.details or telling_units(question))
    of_weeks = not _OF_EVERY_WEEK.isdisjoint(question.attributes[:1])
    return only_asks and of_weeks and "list" in question.operators and not evidence.is_personal


def _lists_kind(search: Search) -> bool:
    """ "List of white papers", "all ceremonies": nothing but activities of a kind, all of them."""
    question, evidence = search.question, search.evidence
    listed = "list" in question.operators and bool(question.kinds) and search.covers(_ALL_HELD)
    only = all(unit.is_of("#") for unit in search.content) and not question.attributes
    return listed and only and not (evidence.opposing or evidence.is_personal)


def _is_all_held(search: Search) -> bool:
    """Whether one fact holds all words of a doubtful question, of which one is rare enough:
    better told than asked back.
    """
    evidence, question = search.evidence, search.question
    if evidence.is_personal or evidence.is_general:
        return False
    if evidence.opposing or not search.covers(_ALL_HELD):
        return False
    known = speaks_of_known(question)
    notions = [unit.weight for unit in search.content if unit.is_of("~!#" if known else "~!")]
    rarest = max(notions, default=0.0)
    counts = "count" in question.operators and not question.is_national
    asks = question.attributes or "activity" in question.operators or counts
    asks = asks or (known and "define" in question.operators)
    if question.names and "define" in question.operators and _only_names(search):
        return not question.details
    events = speaks_of_events(question)
    likely = _OF_EVENTS if events and search.covers(1.0) else PERHAPS if events else _LIKELY
    asks = asks and "general" not in evidence.features
    if asks and evidence.confidence >= likely and rarest >= _TELLING:
        return True
    return evidence.confidence >= PERHAPS and rarest >= OF_ONE_FACT and not question.details


def _only_names(search: Search) -> bool:
    """ "What is CNIPA?": nothing but names that are met as they are written."""
    return all(unit.is_name for unit in search.content) and not search.question.tagging.repairs


def _names_a_known_year(search: Search) -> bool:
    """ "What happened in 2020?": a year of which weeks are known, and no other subject."""
    question = search.question
    asks = "activity" in question.operators or bool(question.attributes)
    asks = asks or question.token_count == 1
    clean = not search.evidence.opposing and not search.content
    known = bool(search.entries) or question.is_national
    return bool(question.years) and known and asks and clean

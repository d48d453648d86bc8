"""From a question to what is known: follows the dialogue, picks the facts, names what is missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answering import attributes as attribute_values
from bot.answering.attributes import SOFT, names_of_kind, values_of
from bot.answering.dialogue import DialogueState, content_units, is_switch, switched
from bot.answering.findings import (
    Activities,
    Comparison,
    Coverage,
    Definition,
    Finding,
    Missing,
    ModalityOf,
    NamedDay,
    OneActivity,
    Outside,
    Provenance,
    Regions,
    Scope,
    SmallTalk,
    Unclear,
    Values,
    Verdict,
    WeekValues,
)
from bot.answering.matching import MANY, NEAR, Candidate, Matcher
from bot.knowledge.facts import Figure, Text
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase, WeekEntry
from bot.understanding.decision import CERTAIN, Evidence, weigh
from bot.understanding.fact_index import FactIndex
from bot.understanding.question import Question, Unit

ENOUGH = 0.55
"""Coverage from which an activity is what the question means."""
WEAK = 0.3
"""Coverage below which it is not."""
WEEK_ATTRIBUTES = frozenset({"theme", "slogan", "dates", "start", "end", "organiser", "world-ip-day", "partner", "people"})


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the question that led to it and how sure it is."""

    finding: Finding
    question: Question
    """With the slots that the dialogue filled."""
    evidence: Evidence
    candidates: tuple[Candidate, ...] = ()
    """The best-ranked activities, for `explain`."""

    @property
    def is_weak(self) -> bool:
        """Whether it is a refusal, so that another reading may be better."""
        return isinstance(self.finding, (Missing, Outside, Unclear))


class Finder:
    """Answers questions from the knowledge; holds no state between them."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._matcher = Matcher(knowledge, facts)

    # --- the dialogue -----------------------------------------------------------------

    def find(self, question: Question, state: DialogueState | None) -> Found:
        """What is known for a question, as the dialogue so far makes it mean."""
        if question.smalltalk:
            return Found(SmallTalk(question.smalltalk), question, CERTAIN)
        if state is None:
            return self._answer(question)
        if "same-day" in question.operators and question.date is None:
            question = replace(question, date=state.date)
        if is_switch(question):
            return self._answer(switched(question, state), in_dialogue=True)
        for reading in self._readings(question, state):
            found = reading()
            if found is not None and not found.is_weak:
                return found
        return self._answer(self._with_context(question, state), in_dialogue=True)

    def _readings(self, question: Question, state: DialogueState) -> Iterable[Callable[[], Found | None]]:
        """Ways to understand a follow-up, the closest one first."""
        if "else" in question.operators and not question.places:
            yield lambda: self._others(question, state)
        if not (question.places or question.is_national):
            yield lambda: self._in_focus(question, state)
            yield lambda: self._fitting(self._with_context(question, state))
        yield lambda: self._answer(question)

    def _others(self, question: Question, state: DialogueState) -> Found | None:
        """ "What else do they plan?": the activities of the place that were not told yet."""
        scope = Scope(state.places, state.years)
        entries = [e for e in self._matcher.recent(self._matcher.in_scope(scope)) if e.id not in state.focus]
        if not state.places or not entries or content_units(question):
            return None
        evidence = self._evidence(question, None, in_dialogue=True)
        filled = replace(question, places=state.places, years=state.years)
        return Found(Activities(tuple(entries), scope), filled, evidence) if evidence.suffices else None

    def _with_context(self, question: Question, state: DialogueState) -> Question:
        if question.places or question.is_national or "known" in question.operators:
            return question
        return replace(
            question,
            places=state.places,
            is_national=state.is_national,
            years=question.years or (state.years if not question.date or not question.date.year else ()),
        )

    def _fitting(self, question: Question) -> Found | None:
        """The answer at the place of the dialogue, unless its words fit better elsewhere."""
        found = self._answer(question, in_dialogue=True)
        if found.is_weak or not content_units(question):
            return found
        if found.candidates and found.candidates[0].coverage < ENOUGH:
            elsewhere = self._answer(replace(question, places=(), is_national=False))
            if not elsewhere.is_weak and elsewhere.candidates and (
                elsewhere.candidates[0].coverage > found.candidates[0].coverage + 0.3
            ):
                return elsewhere
        return found

    def _in_focus(self, question: Question, state: DialogueState) -> Found | None:
        """A question about what was just answered: "which banks?", "who organised it?"."""
        known = map(self._knowledge.activity_with_id, state.focus)
        entries = [entry for entry in known if entry is not None]
        if not entries or question.date or question.years or set(question.details) - {"attendance"}:
            return None
        if question.details:
            figure = self._figure(replace(question, asked=("~citizen",)), entries)
            return Found(figure, question, CERTAIN) if figure is not None else None
        own = content_units(question)
        ranked = self._matcher.rank(question, entries)
        wanted = bool(question.attributes or question.name_kinds or question.operators & {"count", "more"})
        pronoun = bool(question.operators & {"pronoun", "more"}) or len(entries) == 1
        if own and (not ranked or ranked[0].coverage < ENOUGH):
            return None
        if not (wanted or (pronoun and question.token_count <= 9) or own):
            return None
        if not wanted and not pronoun:
            return None
        if set(question.attributes[:1]) & {"theme", "dates", "start", "end"} and len(entries) > 1 and not own:
            return None
        order = [candidate.entry for candidate in ranked] + [e for e in entries if all(c.entry is not e for c in ranked)]
        finding = self._about_entries(question, order, ranked)
        if finding is None:
            return None
        evidence = self._evidence(question, ranked[0] if ranked else Candidate(order[0], 0.0, 0.0), in_dialogue=True)
        if not evidence.suffices:
            return None
        filled = replace(
            question,
            places=state.places,
            years=state.years,
            kinds=question.kinds or state.kinds,
            names=question.names or state.names,
            units=question.units if own else (*question.units, *(u for u in state.units if not u.is_cue)),
        )
        return Found(finding, filled, evidence, tuple(ranked[:5]))

    def _about_entries(self, question: Question, entries: Sequence[ActivityEntry], ranked: Sequence[Candidate]) -> Finding | None:
        """What some activities say for what is asked, or None when they say nothing of it."""
        if question.attributes[:1] == ("source",):
            return Provenance(_weeks_of(entries), tuple(entries[:1]))
        if question.attributes[:1] == ("modality",):
            return ModalityOf(tuple(entries[:4]))
        if "count" in question.operators:
            counted = self._count(question, entries)
            if counted is not None:
                return counted
        found = self._values(question, entries)
        if found is not None:
            return found
        if question.attributes and not set(question.attributes) & SOFT:
            return None
        if question.is_polar and ranked:
            return Verdict(True, entries[0])
        if len(entries) == 1 or ranked or "more" in question.operators or "pronoun" in question.operators:
            return OneActivity(entries[0])
        return None

    # --- one question -----------------------------------------------------------------

    def _answer(self, question: Question, *, in_dialogue: bool = False) -> Found:
        independent = self._independent_places(question.places)
        question = replace(question, places=tuple(independent))
        if "compare" in question.operators and len(question.years) > 1 and len(independent) < 2:
            compared = self._compare_years(question)
            if compared is not None:
                return compared
        scope = Scope(question.places, question.years, question.date, question.is_national)
        if len(independent) > 1:
            compared = self._compare(question, independent)
            if compared is not None:
                return compared
        base = self._matcher.in_scope(replace(scope, date=None))
        if not base:
            base = self._beyond_scope(question, scope)
        ranked = self._matcher.rank(question, base)
        ranked = self._settle(question, ranked)
        if base and self._is_only_mentioned(scope, base) and not (ranked and ranked[0].coverage >= ENOUGH):
            base, ranked = (), []
        evidence = self._evidence(question, ranked[0] if ranked else None, in_dialogue=in_dialogue)
        finding = self._decide(question, scope, base, ranked, evidence)
        return Found(finding, question, evidence, tuple(ranked[:5]))

    def _decide(
        self, question: Question, scope: Scope, base: Sequence[ActivityEntry],
        ranked: Sequence[Candidate], evidence: Evidence,
    ) -> Finding:  # fmt: skip
        if self._asks_coverage(question):
            return self._coverage(question)
        if question.attributes[:1] == ("source",) and not evidence.opposing and not content_units(question):
            return self._provenance(question, base, ranked)
        best = ranked[0] if ranked else None
        if not evidence.suffices and not self._names_a_known_year(question, base, evidence):
            return self._refusal(question, evidence)
        if question.details and question.details[0] != "duration" or (question.details and question.kinds):
            detail = self._detail(question, base, ranked, evidence)
            if detail is not None:
                return detail
        if question.attributes[:1] == ("source",):
            if "place" not in question.attributes or scope.places or not question.kinds:
                return self._provenance(question, base, ranked)
            question = replace(question, attributes=("place",))
        if question.ordinals and question.names_the_day and self._asks_regions(question):
            marked = [w for w in self._weeks(replace(scope, date=None)) if w.week.world_ip_day in question.ordinals]
            if marked:
                return _regions_of(marked)
        if question.names_the_day and self._asks_the_day(question):
            return NamedDay(self._weeks(replace(scope, date=None)))
        week_level = self._week_level(question, scope, best)
        if week_level is not None:
            return week_level
        if not base and (scope.places or scope.years or scope.is_national):
            return self._elsewhere_in_region(question, scope) or self._nothing_there(question, scope)
        if question.date is not None:
            return self._on_date(question, scope, base, ranked)
        return self._in_entries(question, scope, base, ranked)

    def _is_only_mentioned(self, scope: Scope, base: Sequence[ActivityEntry]) -> bool:
        """A region that texts mention but that holds none of these activities."""
        return any(
            self._knowledge.place(place).level == "region" and place not in base[0].places
            for place in scope.places
        )

    def _beyond_scope(self, question: Question, scope: Scope) -> Sequence[ActivityEntry]:
        """Facts that fit although they lie elsewhere: reports on the year, texts that name the place."""
        if scope.years:
            found = self._reporting_on(question, scope)
            if found:
                return found
        if scope.places and question.date is None and (not scope.years or content_units(question)):
            mentioning = set.intersection(*({n >> 1 for n in self._facts.having("@" + place)} for place in scope.places))
            return self._knowledge.activities.select(sorted(mentioning))
        return ()

    def _names_a_known_year(self, question: Question, base: Sequence[ActivityEntry], evidence: Evidence) -> bool:
        """ "What happened in 2020?": a year of which weeks are known, and nothing of another subject."""
        asks = "activity" in question.operators or bool(question.attributes)
        return bool(question.years and base) and asks and not evidence.opposing and not content_units(question)

    def _refusal(self, question: Question, evidence: Evidence) -> Finding:
        """Ask back only where nothing speaks against the subject; else it is another one."""
        if evidence.opposing or question.details or question.subjects:
            return Outside()
        if "activity" in question.operators or question.attributes:
            return self._ask_back(question)
        return Outside()

    def _in_entries(
        self, question: Question, scope: Scope, entries: Sequence[ActivityEntry], ranked: Sequence[Candidate]
    ) -> Finding:
        """The answer from the activities in scope, by what is asked of them."""
        entries = self._matcher.recent(entries)
        best = ranked[0] if ranked else None
        content = content_units(question)
        if not content and not question.has_scope:
            content = question.units
        figure = self._figure_of_week(question, entries, scope)
        if figure is not None:
            return figure
        if best is None or not content:
            return self._unmatched(question, scope, entries, content)
        if question.wants_many_places and scope.places and question.attributes[:1] == ("place",):
            cities = self._attribute_of_all(question, scope, entries)
            if isinstance(cities, Regions):
                return cities
        enough = 0.4 if any("#" + kind in self._facts.of(best.entry).terms for kind in question.kinds) else ENOUGH
        if best.coverage < WEAK or (best.coverage < enough and question.is_polar):
            return self._claims_or_nothing(question, scope, entries, ranked)
        near = [candidate.entry for candidate in ranked if candidate.score >= NEAR * best.score]
        return self._by_form(question, scope, ranked, near)

    def _by_form(
        self, question: Question, scope: Scope, ranked: Sequence[Candidate], near: Sequence[ActivityEntry]
    ) -> Finding:
        """The same facts answer in different forms: places, numbers, yes or no, a text."""
        if question.attributes[:1] == ("modality",):
            return ModalityOf(tuple(near[:4]))
        if self._asks_regions(question):
            return self._regions(question, ranked)
        if "count" in question.operators:
            counted = self._count(question, [c.entry for c in ranked[:8]])
            if counted is not None:
                return self._with_other_weeks(counted, near)
            if self._counts_kind(question):
                return self._of_kind(question, scope, ranked, counted=True)
            if question.asked:
                return self._lacks("number", near[0], scope)
        definition = self._belonging(question) or self._definition(question, ranked[0])
        if definition is not None:
            return definition
        if question.is_polar:
            return self._verdict(question, ranked, near)
        return self._told(question, scope, ranked, near)

    def _unmatched(
        self, question: Question, scope: Scope, entries: Sequence[ActivityEntry], content: Sequence[Unit]
    ) -> Finding:
        """No activity in scope has any of the words."""
        if not content:
            return self._without_content(question, scope, entries)
        claims = self._name_claim(question, entries) if question.is_polar and question.names else None
        elsewhere = claims or self._elsewhere_in_region(question, scope)
        if elsewhere is not None:
            return elsewhere
        vague = all(unit.ordinary for unit in content) and not question.is_polar
        if vague and (question.names_week or "activity" in question.operators or question.attributes):
            return self._without_content(question, scope, entries)
        return self._no_match(question, scope, entries)

    def _claims_or_nothing(
        self, question: Question, scope: Scope, entries: Sequence[ActivityEntry], ranked: Sequence[Candidate]
    ) -> Finding:
        if question.is_polar and ranked:
            for check in (self._number_claim, self._name_claim):
                verdict = check(question, [c.entry for c in ranked[:4]])
                if verdict is not None:
                    return verdict
        return self._elsewhere_in_region(question, scope) or self._no_match(question, scope, entries)

    def _elsewhere_in_region(self, question: Question, scope: Scope) -> Finding | None:
        """ "Was the Square Day in Baoshan?" – it was in another city of the same region."""
        if not (question.is_polar and scope.places):
            return None
        regions = tuple(dict.fromkeys(self._knowledge.region_of(place) for place in scope.places))
        if regions == scope.places:
            return None
        ranked = self._matcher.rank(question, self._matcher.in_scope(Scope(regions, scope.years)))
        if ranked and ranked[0].coverage >= 0.6:
            entry = ranked[0].entry
            return Verdict(False, entry, tuple(values_of("place", entry, self._knowledge)), attribute="place")
        return None

    def _figure_of_week(self, question: Question, entries: Sequence[ActivityEntry], scope: Scope) -> Finding | None:
        """ "How many categories of events?", "five events, right?": figures of the week as a whole."""
        claimed = question.is_polar and question.numbers
        if not scope.places or not ("count" in question.operators or claimed or question.attributes[:1] == ("number",)):
            return None
        found = self._week_figure(question, entries)
        if not isinstance(found, WeekValues):
            return None
        week = found.weeks[0][0]
        if question.is_polar and question.numbers:
            holds = any(figure.value in question.numbers for figure in week.week.figures)
            return Verdict(holds, None, found.weeks[0][1], week, "number")
        return found

    def _told(self, question: Question, scope: Scope, ranked: Sequence[Candidate], near: Sequence[ActivityEntry]) -> Finding:
        if "list" in question.operators and self._counts_kind(question) and len(near) > 1:
            return self._of_kind(question, scope, ranked, counted=False)
        if question.attributes or question.name_kinds:
            close = [c.entry for c in ranked if c.score >= 0.7 * ranked[0].score]
            found = self._values(question, close[:6])
            if found is not None:
                return self._with_other_weeks(found, near)
            hard = [a for a in question.attributes if a not in SOFT and a not in ("number", "audience", "partner")]
            if hard and question.attributes[0] == hard[0] and hard[0] in ("dates", "start", "end", "period", "slogan", "theme"):
                return self._lacks(hard[0], near[0], scope)
        if len(near) > 1 and self._wants_list(question):
            return self._of_kind(question, scope, ranked, counted=False)
        return OneActivity(near[0], tuple(near[1:4]))

    def _with_other_weeks(self, found: Finding, near: Sequence[ActivityEntry]) -> Finding:
        """Where other weeks have as good an answer, they are told too."""
        if not isinstance(found, (Values, Verdict)) or found.others or found.entry is None:
            return found
        seen = {found.entry.week.id}
        others: list[ActivityEntry] = []
        for entry in near:
            if entry.week.id not in seen:
                seen.add(entry.week.id)
                others.append(entry)
        return replace(found, others=tuple(others[:2]))

    # --- week-level attributes ---------------------------------------------------------

    def _week_level(self, question: Question, scope: Scope, best: Candidate | None) -> Finding | None:
        attribute = next((a for a in question.attributes if a in WEEK_ATTRIBUTES), None)
        if attribute == "slogan" and not content_units(question) and (
            "theme" in question.attributes or not self._has_slogan(scope)
        ):
            attribute = "theme"
        if attribute is None and question.details[:1] == ("duration",):
            attribute = "dates"
        if attribute is None and question.attributes[:1] == ("topic",) and question.names_week and not content_units(question):
            return self._week_values("theme", self._weeks(scope), question, scope)
        if {"start", "end"} <= set(question.attributes):
            attribute = "dates"
        asks_regions = self._asks_regions(question)
        theme_weeks = self._weeks_with_theme(question, scope)
        bare = not question.attributes and not question.kinds and not question.places and not question.operators & {"activity", "count"}
        quoted = any(term[0] == "%" and unit.first >= 0 for unit in question.units for term in unit.terms)
        if theme_weeks and (attribute == "theme" or asks_regions or (question.is_polar and quoted) or bare) and not self._is_about_activity(question, best, theme=True):
            return self._theme_answer(question, scope, theme_weeks, asks_regions)
        if attribute is None:
            return None
        if question.attributes and attribute not in (question.attributes[0], "dates", "theme") and attribute not in ("theme", "start", "end", "dates"):
            return None
        if question.attributes[:1] == ("place",) and scope.places:
            launch = self._launch_place(scope) if attribute in ("start", "dates") else None
            return launch
        if attribute == "organiser" and question.attributes[0] != "organiser":
            return None
        if self._is_about_activity(question, best, theme=attribute == "theme"):
            return None
        if attribute in ("partner", "people", "slogan", "organiser") and (question.date or not scope.places):
            return None
        weeks = self._weeks(scope)
        if not weeks:
            mentioned = any(self._facts.knows("@" + place) for place in scope.places)
            return self._nothing_there(question, scope) if (scope.places or scope.years) and not mentioned else None
        if attribute == "dates" and scope.places and self._speaks_of_events(question) and not self._speaks_of_week(question):
            dated = [e for e in self._matcher.recent(self._matcher.in_scope(replace(scope, date=None))) if e.first_day]
            if dated and question.date is None:
                return Activities(tuple(dated), scope)
        if attribute in ("dates", "start", "end") and scope.places and not question.names_week and not any(
            week.place in scope.places for week in weeks
        ):
            return None
        if asks_regions and attribute in ("start", "dates", "end") and question.date is not None:
            return self._weeks_by_date(question, weeks, attribute)
        if question.date is not None and attribute in ("dates", "start", "end") and not question.date.anchor:
            return self._date_claim(question, weeks) if question.is_polar and scope.places else None
        if question.date is not None and question.date.anchor and attribute in ("dates", "start", "end"):
            attribute = "end" if question.date.anchor == "last" else "start" if question.date.anchor == "first" else "dates"
        return self._week_values(attribute, weeks, question, scope)

    def _has_slogan(self, scope: Scope) -> bool:
        return self._matcher.has_slogans(replace(scope, date=None))

    def _is_about_activity(self, question: Question, best: Candidate | None, *, theme: bool) -> bool:
        """Whether kinds, names or words of the question point to an activity, not to the week."""
        if best is None or best.coverage < WEAK:
            return False
        for unit in question.units:
            if unit.weight < 0.25 or not self._matches(unit, best.entry):
                continue
            if theme and self._facts.in_themes(unit.terms):
                continue
            if self._is_attribute_word(question, unit):
                continue
            return True
        return False

    def _is_attribute_word(self, question: Question, unit: Unit) -> bool:
        from bot.understanding.gazetteer import EntityType

        for mention in question.tagging.mentions:
            if mention.first == unit.first and mention.has(EntityType.ATTRIBUTE):
                return not (mention.has(EntityType.CONCEPT) or mention.has(EntityType.NAME))
        return False

    def _weeks_with_theme(self, question: Question, scope: Scope) -> list[WeekEntry]:
        units = [u for u in content_units(question) if not self._is_attribute_word(question, u)]
        if not units:
            return []
        weeks = map(self._knowledge.week_entries.__getitem__, self._matcher.weeks_with(units, 0.65))
        return [week for week in weeks if week.week.theme is not None]

    def _theme_answer(self, question: Question, scope: Scope, matching: list[WeekEntry], asks_regions: bool) -> Finding:
        weeks = self._weeks(scope)
        if scope.places and weeks:
            fitting = [week for week in weeks if week in matching]
            week = (fitting or [week for week in weeks if week.week.theme] or weeks)[0]
            theme = (week.week.theme,) if week.week.theme else ()
            if question.is_polar:
                if not theme:
                    return Missing("no_theme", scope, place=week.place, week=week)
                return Verdict(bool(fitting), None, theme, week, "theme")
            return self._week_values("theme", weeks, question, scope) or Outside()
        if scope.years:
            matching = [week for week in matching if week.week.year in scope.years] or matching
        return _regions_of(matching)

    def _week_values(self, attribute: str, weeks: Sequence[WeekEntry], question: Question, scope: Scope) -> Finding | None:
        rows = [(week, tuple(self._week_value(attribute, week))) for week in weeks]
        with_value = [(week, values) for week, values in rows if values]
        if not with_value and attribute in ("partner", "people", "slogan"):
            return None
        if not with_value and attribute == "theme":
            national = self._national_theme(weeks)
            if national is not None:
                return national
        if not with_value:
            if attribute == "organiser":
                launch = self._launch_organisers(weeks, question)
                if launch is not None:
                    return launch
            reason = {"theme": "no_theme", "dates": "no_dates", "start": "no_dates", "end": "no_dates"}
            return Missing(reason.get(attribute, "no_detail"), scope, place=weeks[0].place, week=weeks[0],
                           detail=self._attribute_name(attribute), nearest=self._dated(weeks))
        if attribute in ("theme", "dates", "start", "end", "organiser") and question.is_polar:
            verdict = self._week_claim(attribute, question, with_value)
            if verdict is not None:
                return verdict
        if attribute == "theme" and not scope.places:
            national = [row for row in with_value if row[0].place == "china"]
            with_value = national[-1:] if national and not scope.years else national or with_value
        return WeekValues(attribute, tuple(with_value))

    def _national_theme(self, weeks: Sequence[WeekEntry]) -> Finding | None:
        """The national theme of the same year, for a region that states none of its own."""
        for week in weeks:
            for nation in self._knowledge.weeks_by_place.get("china", ()):
                if nation.week.year == week.week.year and nation.week.theme is not None and week is not nation:
                    return WeekValues("theme", ((nation, (nation.week.theme,)),), instead_of=week)
        return None

    def _week_claim(self, attribute: str, question: Question, rows: Sequence[tuple[WeekEntry, tuple[Text, ...]]]) -> Finding | None:
        week, values = rows[0]
        units = [u for u in content_units(question) if not self._is_attribute_word(question, u)]
        if attribute == "theme" and units and question.places:
            terms = self._facts.theme_terms_of(week)
            held = sum(u.weight for u in units if any(t in terms for t in u.terms)) >= 0.6 * sum(u.weight for u in units)
            return Verdict(held, None, values, week, "theme")
        if attribute == "organiser" and question.names:
            held = any(name in week.week.organisers for name in question.names)
            return Verdict(held, None, values, week, "organiser")
        return None

    def _date_claim(self, question: Question, weeks: Sequence[WeekEntry]) -> Finding | None:
        """ "Does the week run from 21 to 27 April?" """
        week, date = weeks[0], question.date
        if week.week.dates is None or date is None or date.start is None:
            return Missing("no_dates", Scope(question.places, question.years), place=week.place, week=week, nearest=self._dated(weeks))
        start, end = (_month_day(day) for day in (week.week.dates.start, week.week.dates.end))
        attribute = next((a for a in question.attributes if a in ("start", "end")), "dates")
        holds = {"start": date.start == start, "end": date.end == end}.get(attribute, date.start == start and date.end == end)
        return Verdict(holds, None, tuple(self._week_value("dates", week)), week, "dates")

    def _week_value(self, attribute: str, week: WeekEntry) -> list[Text]:
        facts = week.week
        if attribute == "theme":
            return [facts.theme] if facts.theme else []
        if attribute in ("dates", "start", "end") and facts.dates:
            days = {"dates": (facts.dates.start, facts.dates.end), "start": (facts.dates.start,) * 2, "end": (facts.dates.end,) * 2}
            return [attribute_values.span_text(*days[attribute])]
        if attribute == "organiser":
            return [self._knowledge.name_text(reference) for reference in facts.organisers]
        if attribute == "partner":
            return [self._knowledge.name_text(reference) for reference in facts.partners]
        if attribute == "people":
            return list(facts.people)
        if attribute == "world-ip-day":
            return attribute_values.world_ip_day_text(week)
        return []

    def _launch_organisers(self, weeks: Sequence[WeekEntry], question: Question) -> Finding | None:
        for week in weeks:
            for entry in self._knowledge.by_week.get(week.id, ()):
                if entry.kinds & {"launch", "opening-ceremony"} and entry.activity.organisers:
                    return self._values(replace(question, attributes=("organiser",)), [entry])
        return None

    def _launch_place(self, scope: Scope) -> Finding | None:
        for entry in self._matcher.launches_in(replace(scope, date=None)):
            if entry.place not in scope.places:
                return Values("place", self._attribute_name("place"), tuple(values_of("place", entry, self._knowledge)), entry)
        return None

    def _weeks_by_date(self, question: Question, weeks: Sequence[WeekEntry], attribute: str) -> Finding:
        date = question.date
        assert date is not None
        groups: dict[str, list[ActivityEntry | WeekEntry]] = {}
        for week in weeks:
            if week.week.dates is None:
                continue
            start, end = _month_day(week.week.dates.start), _month_day(week.week.dates.end)
            first = date.start if date.start is not None else start
            last = date.end if date.end is not None else first
            fits = {"start": start == first, "end": end in (first, last)}.get(attribute, start <= first and last <= end)
            if fits:
                groups.setdefault(week.place, []).append(week)
        launches = self._matcher.on(self._matcher.launches_in(Scope()), date) if attribute == "start" else ()
        for entry in self._matcher.recent(launches):
            started = groups.setdefault(entry.week.place, [])
            if entry.week not in started:
                started.append(entry.week)
        if not groups:
            return Missing("no_date", Scope(date=date), nearest=())
        return Regions(tuple((place, tuple(found)) for place, found in groups.items()), by_week=True)

    # --- dates -------------------------------------------------------------------------

    def _on_date(self, question: Question, scope: Scope, base: Sequence[ActivityEntry], ranked: Sequence[Candidate]) -> Finding:
        date = question.date
        assert date is not None
        dated = self._matcher.recent(self._matcher.on(base, date))
        on_day = {entry.index for entry in dated} if ranked else set()
        content = [u for u in content_units(question) if not self._is_attribute_word(question, u)]
        best = ranked[0] if ranked else None
        if question.ordinals and scope.places and question.names_the_day:
            return self._edition_claim(question, scope)
        which = {"world-ip-day", "number"} & set(question.attributes[:2]) or "count" in question.operators
        if date.is_world_ip_day and which and scope.places:
            return self._week_values("world-ip-day", self._weeks(scope), question, scope) or Outside()
        if date.is_world_ip_day and best is not None and not dated and best.coverage >= ENOUGH:
            return self._in_entries(replace(question, date=None), scope, base, ranked)
        if date.is_world_ip_day and best is not None and content and best.coverage >= ENOUGH:
            if not any(candidate.number in on_day for candidate in ranked[:3]) and self._names_an_activity(question):
                return self._in_entries(question, scope, base, ranked)
        if "world-ip-day" in question.attributes[:2] and question.ordinals == () and scope.places:
            return self._week_values("world-ip-day", self._weeks(scope), question, scope) or Outside()
        if question.ordinals and scope.places:
            return self._edition_claim(question, scope)
        if not dated:
            if best is not None and content and best.coverage >= ENOUGH:
                return self._other_date(question, scope, best.entry)
            return self._nothing_on_date(question, scope, base)
        fitting = [c for c in ranked if c.number in on_day]
        if content and fitting and fitting[0].coverage >= WEAK:
            return self._in_entries(replace(question, date=None), scope, dated, fitting)
        if content and not fitting and best is not None and best.coverage >= ENOUGH and self._names_an_activity(question):
            return self._other_date(question, scope, best.entry)
        who = question.attributes[:1] == ("organiser",) and not scope.places and len(dated) > 1
        if who or self._asks_regions(question):
            return self._regions(question, [Candidate(e, 1.0, 1.0) for e in dated])
        return self._without_content(question, scope, dated)

    def _names_an_activity(self, question: Question) -> bool:
        return bool(question.kinds or question.names or any(u.weight > 0.5 for u in content_units(question)))

    def _other_date(self, question: Question, scope: Scope, entry: ActivityEntry) -> Finding:
        """The activity is known, but not for this day."""
        if entry.first_day:
            return Verdict(False, entry, tuple(values_of("dates", entry, self._knowledge)), attribute="dates")
        return Missing("no_day_of", scope, place=entry.place, entry=entry, week=entry.week)

    def _edition_claim(self, question: Question, scope: Scope) -> Finding:
        weeks = [week for week in self._weeks(scope) if week.week.world_ip_day]
        if not weeks:
            return self._week_values("world-ip-day", self._weeks(scope), question, scope) or Outside()
        week = weeks[0]
        values = tuple(attribute_values.world_ip_day_text(week))
        if len(question.ordinals) == 1 and question.is_polar:
            return Verdict(week.week.world_ip_day == question.ordinals[0], None, values, week, "world-ip-day")
        return WeekValues("world-ip-day", ((week, values),))

    def _nothing_on_date(self, question: Question, scope: Scope, base: Sequence[ActivityEntry]) -> Finding:
        if not scope.places and not scope.is_national:
            return Missing("no_date_anywhere", scope)
        dated = [entry for entry in self._matcher.recent(base) if entry.first_day]
        if "confirm" in question.operators and len(dated) == 1:
            return Verdict(False, dated[0], tuple(values_of("dates", dated[0], self._knowledge)), attribute="dates")
        if question.date is not None and question.date.anchor and "activity" not in question.operators:
            attribute = {"first": "start", "last": "end"}.get(question.date.anchor, "dates")
            found = self._week_values(attribute, self._weeks(scope), question, scope)
            if isinstance(found, WeekValues):
                return found
        weeks = self._weeks(scope)
        return Missing("no_date", scope, place=scope.places[0] if scope.places else "china",
                       week=weeks[0] if weeks else None, nearest=self._dated(weeks), known_weeks=tuple(weeks))

    def _dated(self, weeks: Iterable[WeekEntry]) -> tuple[ActivityEntry, ...]:
        knowledge = self._knowledge
        dated = [
            (-week.week.year, -(knowledge.days[n] >> 16), n)
            for week in weeks
            for n in knowledge.numbers_of_weeks((week.index,))
            if knowledge.days[n]
        ]
        dated.sort(key=lambda day: day[:2])
        return tuple(knowledge.activities[n] for *_, n in dated[:6])

    # --- no content --------------------------------------------------------------------

    def _without_content(self, question: Question, scope: Scope, entries: Sequence[ActivityEntry]) -> Finding:
        """Only places and times are given, perhaps with an attribute."""
        entries = self._matcher.recent(entries)
        if question.attributes[:1] == ("modality",):
            weeks = self._weeks(scope)
            if scope.date is not None or 0 < len(entries) <= 4:
                return ModalityOf(tuple(entries[:4]))
            return ModalityOf((), weeks[0]) if weeks else self._ask_back(question)
        if not (scope.places or scope.years or scope.date or scope.is_national or question.names_week):
            if "theme" in question.attributes or "dates" in question.attributes:
                return WeekValues(question.attributes[0], tuple(
                    (week, tuple(values)) for week in self._weeks(Scope())
                    if (values := self._week_value(question.attributes[0], week))
                ))
            return self._ask_back(question)
        dates_given = scope.date is not None and question.attributes[:1] == ("dates",) and not question.name_kinds
        if (question.name_kinds or question.attributes) and not dates_given:
            found = self._attribute_of_all(question, scope, entries)
            if found is not None:
                return found
        if "count" in question.operators:
            counted = self._count(question, entries) if scope.date is None else None
            return counted or Activities(tuple(entries), scope, counted=True)
        if not scope.places and not scope.date and not scope.years and not scope.is_national:
            return Coverage(self._knowledge.week_entries)
        if len(entries) == 1 and scope.date is not None and question.is_polar:
            return Verdict(True, entries[0])
        return Activities(tuple(entries), scope)

    def _attribute_of_all(self, question: Question, scope: Scope, entries: Sequence[ActivityEntry]) -> Finding | None:
        top = question.attributes[0] if question.attributes else ""
        if top == "place" and (len(entries) > 1 or not scope.places):
            cities: dict[str, list[ActivityEntry | WeekEntry]] = {}
            for entry in entries:
                if entry.place not in scope.places:
                    cities.setdefault(entry.place, []).append(entry)
            if cities and (scope.places or scope.date or scope.years):
                level = "city" if scope.places else "region"
                return Regions(tuple((p, tuple(f)) for p, f in cities.items()), level=level)
        if question.name_kinds or len(entries) == 1:
            return self._values(question, entries)
        if top in ("dates",) and len(entries) <= 4:
            return self._values(question, entries)
        if top in ("part", "number", "form", "organiser", "medium", "audience", "slogan", "partner", "line", "level", "period", "people"):
            return self._values(replace(question, name_kinds=()), entries)
        return None

    # --- values, counts, verdicts ------------------------------------------------------

    def _values(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        """The first entry that has a value for what is asked, the likeliest attribute first."""
        if question.name_kinds:
            for entry in entries:
                found = names_of_kind(question.name_kinds, entry, self._knowledge)
                if found:
                    return Values("name", self._name_kind_label(question.name_kinds[0]), tuple(found), entry, "count" in question.operators)
        for attribute in question.attributes:
            if attribute in ("source", "modality"):
                continue
            order = sorted(entries[:3], key=lambda e: e.place == e.week.place) if attribute == "place" else entries
            for entry in order[: 3 if attribute in SOFT else 6]:
                values = self._asked_values(question, attribute, entry)
                if values:
                    return Values(attribute, self._attribute_name(attribute), tuple(values), entry, "count" in question.operators)
        return None

    def _asked_values(self, question: Question, attribute: str, entry: ActivityEntry) -> list[Text]:
        values = values_of(attribute, entry, self._knowledge)
        if attribute == "place" and entry.place in question.places and not entry.activity.venue:
            return values
        return values

    def _count(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        """A published figure for what is counted, else the number of things listed."""
        figure = self._figure(question, entries)
        if figure is not None:
            return figure
        if question.name_kinds:
            for entry in entries:
                found = names_of_kind(question.name_kinds, entry, self._knowledge)
                if found:
                    return Values("name", self._name_kind_label(question.name_kinds[0]), tuple(found), entry, True)
        week = self._week_figure(question, entries)
        if week is not None:
            return week
        for attribute in question.attributes:
            if attribute in ("number", "dates", "start", "end", "source", "modality", "title"):
                continue
            if attribute == "place" and len(entries) > 1:
                cities: dict[str, list[ActivityEntry | WeekEntry]] = {}
                for entry in entries:
                    if entry.place != entry.week.place:
                        cities.setdefault(entry.place, []).append(entry)
                if cities:
                    return Regions(tuple((p, tuple(f)) for p, f in cities.items()), level="city")
            for entry in entries[:4]:
                values = values_of(attribute, entry, self._knowledge)
                if values:
                    return Values(attribute, self._attribute_name(attribute), tuple(values), entry, True)
        return None

    def _figure(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        best: tuple[float, int, ActivityEntry, Figure] | None = None
        units = [unit for unit in question.units if unit.terms]
        for position, entry in enumerate(entries):
            for figure in entry.activity.figures:
                terms = self._figure_terms(figure)
                score = sum(u.weight * (2.0 if set(u.terms) & set(question.asked) else 1.0) for u in units if any(t in terms for t in u.terms))
                if question.asked and not any(t in terms for t in question.asked):
                    continue
                if score <= 0 and not (len(entries) == 1 and not content_units(question)):
                    continue
                key = (score - 0.3 * position, -position, entry, figure)
                if best is None or key[:2] > best[:2]:
                    best = key
        if best is None:
            return None
        value = attribute_values.figure_text(best[3])
        return Values("number", self._attribute_name("number"), (value,), best[2])

    def _week_figure(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        for week in _weeks_of(entries):
            for figure in week.week.figures:
                terms = self._figure_terms(figure)
                content = [u for u in content_units(question) if not u.is_cue]
                wanted = content and all(u.match(terms)[0] or u.text[0].isdigit() or u.ordinary for u in content)
                general = not content and (
                    "activity" in question.operators or question.attributes[:1] == ("number",)
                )
                if wanted or general:
                    return WeekValues("number", ((week, tuple(attribute_values.figure_text(f) for f in week.week.figures)),))
        return None

    def _figure_terms(self, figure: Figure) -> frozenset[str]:
        return self._facts.terms_of_texts((figure.of, *figure.words.en, *figure.words.zh))

    def _verdict(self, question: Question, ranked: Sequence[Candidate], near: Sequence[ActivityEntry]) -> Finding:
        best = ranked[0]
        entry = best.entry
        if question.years and not self._of_years(entry, question.years):
            period = values_of("period", entry, self._knowledge)
            when = period or [Text(str(entry.week.week.year), f"{entry.week.week.year}年")]
            return Verdict(False, entry, tuple(when), attribute="period")
        for check in (self._number_claim, self._name_claim):
            verdict = check(question, [c.entry for c in ranked[:4]])
            if verdict is not None:
                return verdict
        if best.coverage < ENOUGH:
            return self._no_match(question, Scope(question.places, question.years), near)
        attribute = next((a for a in question.attributes if a in ("dates", "start", "end")), None)
        if attribute and not entry.first_day and question.date is not None:
            return Missing("no_day_of", Scope(question.places), place=entry.place, entry=entry, week=entry.week)
        return self._with_other_weeks(Verdict(True, entry), near)

    def _of_years(self, entry: ActivityEntry, years: Sequence[int]) -> bool:
        period = entry.activity.period
        return entry.week.week.year in years or (
            period is not None and any(period.start <= year <= period.end for year in years)
        )

    def _number_claim(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        if not question.numbers:
            return None
        claimed = set(question.numbers)
        for entry in entries[:2]:
            lines = entry.activity.details.get("line", ())
            if lines and "line" in question.attributes:
                numbers = {float(w) for text in lines for w in text.en.split() if w.isdigit()}
                return Verdict(claimed <= numbers, entry, tuple(lines), attribute="line")
        found = self._figure(replace(question, asked=()), entries)
        if not isinstance(found, Values):
            return None
        own = {figure.value for figure in found.entry.activity.figures}
        exact = [f for f in found.entry.activity.figures if f.value in claimed]
        if exact:
            return Verdict(True, found.entry, (attribute_values.figure_text(exact[0]),), attribute="number")
        return Verdict(not own, found.entry, found.values, attribute="number")

    def _name_claim(self, question: Question, entries: Sequence[ActivityEntry]) -> Finding | None:
        """A body was named that does not take part where others of its kind do."""
        names = self._knowledge.names
        for name in question.names:
            if any(self._takes_part(name, entry) for entry in entries):
                continue
            kind = names[name].kind
            if kind in ("event", "work", "project", "programme", "base", "alliance", "platform", "centre"):
                continue
            if names[name].place and names[name].place in question.places:
                continue
            for entry in entries:
                same = names_of_kind((kind,), entry, self._knowledge)
                if same:
                    return Verdict(False, entry, tuple(same), attribute="name")
        return None

    def _takes_part(self, name: str, entry: ActivityEntry) -> bool:
        names = self._knowledge.names
        if name in entry.names or name in entry.week.week.organisers:
            return True
        return any(names[other].part_of == name or names[name].part_of == other for other in entry.names)

    # --- regions, definitions, lists -----------------------------------------------------

    def _asks_regions(self, question: Question) -> bool:
        return "place" in question.attributes[:2] and not question.places

    def _regions(self, question: Question, ranked: Sequence[Candidate]) -> Finding:
        best = ranked[0]
        only_kinds = all(any(t.startswith("#") for t in u.terms) for u in content_units(question))
        near = [
            c for c in ranked
            if c.coverage >= 0.85 * best.coverage and (only_kinds or c.score >= NEAR * best.score)
        ]
        groups: dict[str, list[ActivityEntry | WeekEntry]] = {}
        for candidate in near:
            groups.setdefault(self._knowledge.region_of(candidate.entry.place), []).append(candidate.entry)
        if len(groups) == 1:
            entry = best.entry
            return Values("place", self._attribute_name("place"), tuple(values_of("place", entry, self._knowledge)), entry,
                          others=tuple(c.entry for c in near[1:3]))
        return Regions(tuple((place, tuple(found)) for place, found in groups.items()))

    def _belonging(self, question: Question) -> Finding | None:
        """ "Which sub-platforms does it have?": the names that belong to a named thing."""
        many = question.operators & {"list", "count"} or "哪几个" in question.tagging.utterance.raw
        if not (many or "platform" in question.kinds) or not question.names:
            return None
        owner = question.names[0]
        parts = self._knowledge.parts_of_names.get(owner, ())
        entries = self._knowledge.by_name.get(parts[0].id, ()) if len(parts) > 1 else ()
        if not entries:
            return None
        values = tuple(name.name for name in parts)
        return Values("part", self._attribute_name("part"), values, entries[0], "count" in question.operators)

    def _definition(self, question: Question, best: Candidate) -> Finding | None:
        others = [u for u in content_units(question) if not any(t.startswith("!") for t in u.terms)]
        bare = not question.attributes and not question.kinds and not question.is_polar and not others
        defining = "define" in question.operators and not question.is_polar
        if not question.names or not (bare or defining):
            if question.names and question.attributes[:1] in (("title",), ("parent",)) and not others:
                return Definition(question.names[0], self._knowledge.by_name.get(question.names[0], ()))
            return None
        if set(question.attributes[:1]) & {"theme", "slogan", "number", "dates", "place", "organiser", "partner", "audience", "period", "parent"}:
            return None
        name = max(question.names, key=lambda id: len(self._knowledge.by_name.get(id, ())) > 0)
        entries = self._knowledge.by_name.get(name, ())
        if question.places:
            at = {n for place in question.places for n in self._knowledge.by_place.numbers(place)}
            entries = [e for e in entries if e.index in at] or entries
        if not entries or self._knowledge.names[name].what is None:
            return None
        if self._knowledge.names[name].kind in ("office",) and len(entries) > 3 and not defining:
            return None
        return Definition(name, entries)

    def _of_kind(self, question: Question, scope: Scope, ranked: Sequence[Candidate], *, counted: bool) -> Finding:
        best = ranked[0]
        near = [c.entry for c in ranked if c.coverage >= 0.85 * best.coverage and c.score >= 0.6 * best.score]
        asked = [kind for kind in question.kinds if "#" + kind in question.asked] or list(question.kinds)
        kind = next((kind for kind in asked if any(kind in entry.kinds for entry in near)), "")
        entries = [entry for entry in near if not kind or kind in entry.kinds]
        return Activities(tuple(entries), scope, of_kind=kind, counted=counted)

    def _counts_kind(self, question: Question) -> bool:
        return any("#" + kind in question.asked for kind in question.kinds)

    def _wants_list(self, question: Question) -> bool:
        if question.operators & {"list"}:
            return True
        only_kinds = all(any(t[0] in "#&" for t in u.terms) for u in content_units(question))
        return only_kinds and bool(question.kinds) and not question.attributes

    def _settle(self, question: Question, ranked: list[Candidate]) -> list[Candidate]:
        """Between equals the one that has what is asked comes first; umbrellas come last."""
        if len(ranked) < 2:
            return ranked
        top = ranked[0].score
        head = [c for c in ranked if c.score >= 0.75 * top]
        parents = {(c.entry.week.id, c.entry.activity.part_of) for c in head if c.entry.activity.part_of}

        def preference(candidate: Candidate) -> float:
            entry = candidate.entry
            bonus = 0.0
            if question.name_kinds and names_of_kind(question.name_kinds, entry, self._knowledge):
                bonus += 0.22
            asked = [a for a in question.attributes[:2] if a not in ("source", "modality", "number")]
            if any(values_of(a, entry, self._knowledge) for a in asked if a not in SOFT):
                bonus += 0.12
            if "count" in question.operators and entry.activity.figures:
                bonus += 0.1
            if (entry.week.id, entry.activity.id) in parents and not set(question.attributes) & {"part", "number", "form"}:
                bonus -= 0.15
            return candidate.score * (1 + bonus)

        return sorted(head, key=lambda c: -preference(c)) + ranked[len(head):]

    # --- refusals ------------------------------------------------------------------------

    def _detail(self, question: Question, base: Sequence[ActivityEntry], ranked: Sequence[Candidate], evidence: Evidence) -> Finding | None:
        """A detail that publications leave out; answered only if a figure or person is there."""
        detail = next(d for d in self._knowledge.vocabulary.details if d.id == question.details[0])
        best = ranked[0] if ranked else None
        near = [c.entry for c in ranked if c.score >= 0.7 * ranked[0].score] if ranked else []
        named = question.names_week or (best is not None and (best.coverage >= ENOUGH or self._names_an_activity(question)))
        if detail.elsewhere and not (question.names_week or (best and question.kinds)):
            return Outside()
        if not named and not question.date:
            return Outside() if not question.places or question.subjects else Missing("no_detail", Scope(question.places), detail=detail.name, place=question.places[0])
        if detail.id == "attendance" and near:
            found = self._figure(replace(question, asked=("~citizen",)), near)
            if found is not None:
                return found
        if detail.id == "person" and near:
            for entry in [e for e in near if ranked[0].coverage >= ENOUGH]:
                if entry.activity.people:
                    return Values("people", self._attribute_name("people"), entry.activity.people, entry)
        if detail.id == "money" and near:
            found = self._figure(replace(question, asked=("~money",)), near)
            if found is not None:
                return found
        entry = near[0] if near else None
        week = entry.week if entry else next(iter(self._weeks(Scope(question.places, question.years))), None)
        if entry is None and question.date is not None:
            dated = self._matcher.on(base, question.date)
            entry = dated[0] if len(dated) == 1 else None
        return Missing("no_detail", Scope(question.places, question.years), detail=detail.name, entry=entry, week=week,
                       place=question.places[0] if question.places else (entry.place if entry else ""))

    def _lacks(self, attribute: str, entry: ActivityEntry, scope: Scope) -> Finding:
        if attribute in ("dates", "start", "end"):
            period = values_of("period", entry, self._knowledge)
            if period:
                return Values("period", self._attribute_name("period"), tuple(period), entry)
            return Missing("no_day_of", scope, place=entry.place, entry=entry, week=entry.week)
        return Missing("no_detail", scope, place=entry.place, entry=entry, week=entry.week, detail=self._attribute_name(attribute))

    def _no_match(self, question: Question, scope: Scope, entries: Sequence[ActivityEntry]) -> Finding:
        weeks = self._weeks(scope) if scope.places or scope.years else []
        return Missing("no_match", scope, place=scope.places[0] if scope.places else "", week=weeks[0] if weeks else None, known_weeks=tuple(weeks))

    def _nothing_there(self, question: Question, scope: Scope) -> Finding:
        if scope.places:
            known = [w for place in scope.places for w in self._knowledge.weeks_by_place.get(place, ())]
            if known or any(self._knowledge.by_place.get(place) for place in scope.places):
                known = known or [e.week for e in self._knowledge.by_place.get(scope.places[0], ())][:1]
                return Missing("no_year", scope, place=scope.places[0], known_weeks=tuple(dict.fromkeys(known)))
            region = self._knowledge.region_of(scope.places[0])
            return Missing("no_place", scope, place=scope.places[0], known_weeks=tuple(self._knowledge.weeks_by_place.get(region, ())))
        if scope.is_national and not scope.years:
            return Missing("no_place", scope, place="china")
        return Missing("no_year_anywhere", scope)

    def _ask_back(self, question: Question) -> Finding:
        knowledge = self._knowledge
        seen: dict[str, WeekEntry] = {}
        for number in sorted(knowledge.wide_weeks, key=lambda n: -knowledge.size_of_week(n)):
            week = knowledge.week_entries[number]
            if week.week.body is None:
                seen.setdefault(week.place, week)
            if len(seen) == 5:
                break
        return Unclear("which_region", tuple((place, str(week.week.year)) for place, week in list(seen.items())[:5]))

    # --- small pieces ----------------------------------------------------------------------

    def _asks_coverage(self, question: Question) -> bool:
        if content_units(question) or question.date or question.kinds or question.names:
            return False
        attributes = set(question.attributes[:2])
        if "known" in question.operators:
            wants = attributes & {"place", "period", "dates", "number"} or question.operators & {"count", "list"}
            return bool(wants or question.places or question.years)
        if question.places:
            return question.attributes[:1] == ("period",) and not question.years
        return bool(question.attributes[:1] and question.attributes[0] in ("place", "period")) and (
            question.wants_many_places or bool(question.years) or question.attributes[0] == "period"
        )

    def _coverage(self, question: Question) -> Finding:
        weeks: Sequence[WeekEntry] = self._knowledge.week_entries
        if question.places:
            weeks = [w for place in question.places for w in self._knowledge.weeks_by_place.get(place, ())]
            if not weeks:
                return self._nothing_there(question, Scope(question.places, question.years))
        if question.years:
            if question.places:
                weeks = [week for week in weeks if week.week.year in question.years]
            else:
                by_year = self._knowledge.weeks_by_year
                numbers = sorted(n for year in question.years for n in by_year.get(year, ()))
                weeks = self._knowledge.week_entries.select(numbers)
            if not weeks:
                return self._nothing_there(question, Scope(question.places, question.years))
        return Coverage(weeks, question.places[0] if question.places else "", question.years[0] if question.years else 0, "count" in question.operators)

    def _compare_years(self, question: Question) -> Found | None:
        """ "Compare Fujian 2021 and 2022": the same question for each year."""
        parts = [
            (str(year), self._answer(replace(question, years=(year,), operators=question.operators - {"compare"})))
            for year in question.years[:4]
        ]
        if all(found.is_weak for _, found in parts):
            return None
        best = max((found for _, found in parts), key=lambda found: found.evidence.confidence)
        finding = Comparison(tuple((year, found.finding) for year, found in parts))
        return Found(finding, question, best.evidence, best.candidates)

    def _compare(self, question: Question, places: Sequence[str]) -> Found | None:
        parts: list[tuple[str, Found]] = []
        for place in places[:6]:
            parts.append((place, self._answer(replace(question, places=(place,), operators=question.operators - {"compare"}))))
        if all(isinstance(found.finding, Outside) for _, found in parts):
            return parts[0][1]
        if question.is_polar and any(isinstance(f.finding, Verdict) for _, f in parts) and "compare" not in question.operators and len(parts) == 2:
            pass
        best = max((found for _, found in parts), key=lambda found: found.evidence.confidence)
        finding = Comparison(tuple((place, found.finding) for place, found in parts))
        if all(found.is_weak for _, found in parts):
            return replace(parts[0][1], question=question)
        return Found(finding, question, best.evidence, best.candidates)

    def _independent_places(self, places: Sequence[str]) -> list[str]:
        """Places that do not lie in one another: a city named with its province is one place."""
        outer = {around for place in places for around in self._knowledge.within(place) if around != place}
        return [place for place in places if place not in outer]

    def _weeks(self, scope: Scope) -> list[WeekEntry]:
        """The weeks of a scope: of the places themselves, else those that the places take part in."""
        knowledge = self._knowledge
        numbers: list[int] = []
        if scope.places:
            for place in scope.places:
                own = [n for n in knowledge.weeks_by_place.numbers(place) if knowledge.week_places[n] == place]
                own = [n for n in own if knowledge.week_entries[n].week.body is None] or own
                inside = dict.fromkeys(knowledge.weeks_of_activities[n] for n in knowledge.by_place.numbers(place)) if not own else ()
                numbers.extend(own or [n for n in inside if n not in numbers])
        elif scope.is_national:
            numbers = list(knowledge.weeks_by_place.numbers("china"))
        else:
            numbers = list(range(len(knowledge.week_entries)))
        if scope.years:
            numbers = [n for n in numbers if knowledge.week_years[n] in scope.years]
        if len(numbers) > MANY:
            wide = set(knowledge.wide_weeks)
            numbers = ([n for n in numbers if n in wide] or numbers)[-MANY:]
        return list(knowledge.week_entries.select(numbers))

    def _reporting_on(self, question: Question, scope: Scope) -> list[ActivityEntry]:
        """Activities of other years that report on the year asked for: a white paper on 2020."""
        if not content_units(question):
            return []
        entries = self._matcher.in_scope(replace(scope, years=(), date=None))
        ranked = [c for c in self._matcher.rank(question, entries) if c.coverage >= ENOUGH]
        if question.is_polar and ranked and ranked[0].coverage >= 0.8:
            return [c.entry for c in ranked]
        return [
            c.entry for c in ranked
            if (p := c.entry.activity.period) and any(p.start <= y <= p.end for y in scope.years)
        ]

    def _provenance(self, question: Question, base: Sequence[ActivityEntry], ranked: Sequence[Candidate]) -> Finding:
        if ranked and ranked[0].coverage >= ENOUGH:
            return Provenance((ranked[0].entry.week,), (ranked[0].entry,))
        weeks = self._weeks(Scope(question.places, question.years, None, question.is_national))
        if not weeks:
            return self._nothing_there(question, Scope(question.places, question.years))
        return Provenance(tuple(weeks))

    def _speaks_of_events(self, question: Question) -> bool:
        utterance = question.tagging.utterance
        words = {token.text for token in utterance.tokens}
        return bool(words & {"event", "events", "activity", "activities"}) or "活动" in utterance.raw

    def _speaks_of_week(self, question: Question) -> bool:
        words = {token.text for token in question.tagging.utterance.tokens}
        return question.names_week or bool(words & {"week", "weeks", "wk", "周"})

    def _asks_the_day(self, question: Question) -> bool:
        """The date of World IP Day itself is asked, or claimed to be another one."""
        content = [u for u in content_units(question) if u.first >= 0]
        if question.places or content or question.ordinals or question.kinds:
            return False
        claimed = question.is_polar and question.date is not None and not question.date.is_world_ip_day
        wants = bool(set(question.attributes[:1]) & {"dates"}) or "define" in question.operators
        return claimed or wants or (not question.attributes and "activity" not in question.operators)

    def _evidence(self, question: Question, best: Candidate | None, *, in_dialogue: bool) -> Evidence:
        terms = self._facts.of(best.entry).terms if best is not None else frozenset()

        def matched(unit: Unit) -> float:
            weight = unit.match(terms)[0]
            if not weight and self._facts.in_themes(unit.terms):
                weight = 0.6 * unit.weight
            return weight

        return weigh(
            question, matched,
            self._knows_place,
            lambda unit: not unit.is_cue and self._facts.in_themes(unit.terms),
            self._knowledge.is_of_a_week,
            best.coverage if best is not None else 0.0,
            in_dialogue=in_dialogue,
        )  # fmt: skip

    def _knows_place(self, place: str) -> bool:
        known = self._knowledge.by_place
        return bool(known.get(place) or known.get(self._knowledge.region_of(place))) or self._facts.knows("@" + place)

    def _matches(self, unit: Unit, entry: ActivityEntry) -> bool:
        return unit.match(self._facts.of(entry).terms)[0] > 0.0

    def _attribute_name(self, attribute: str) -> Text:
        return next((a.name for a in self._knowledge.vocabulary.attributes if a.id == attribute), Text(attribute))

    def _name_kind_label(self, kind: str) -> Text:
        entry = next((k for k in self._knowledge.vocabulary.name_kinds if k.id == kind), None)
        if entry is None:
            return Text(kind)
        return Text(entry.plural or entry.name.en + "s", entry.name.zh)


def _regions_of(weeks: Iterable[WeekEntry]) -> Regions:
    """Weeks grouped by the place that they belong to."""
    groups: dict[str, list[ActivityEntry | WeekEntry]] = {}
    for week in weeks:
        groups.setdefault(week.place, []).append(week)
    return Regions(tuple((place, tuple(found)) for place, found in groups.items()), by_week=True)


def _weeks_of(entries: Iterable[ActivityEntry]) -> tuple[WeekEntry, ...]:
    return tuple(dict.fromkeys(entry.week for entry in entries))


def _month_day(day: str) -> int:
    return int(day[5:7]) * 100 + int(day[8:10])

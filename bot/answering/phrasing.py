"""From a finding to a reply: the direct answer first, then context, then the source.

All wording stands in `knowledge/vocabulary/wording.yaml`; here it is only chosen and filled.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answering import findings as f
from bot.answering.attributes import children_of, day_text, place_text, span_text, values_of, world_ip_day_text
from bot.answering.findings import Finding
from bot.answering.matching import MANY
from bot.answering.reply import Block, BulletList, Language, Paragraph, Reply, SourceLink, Status, Suggestion
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import ActivityEntry, KnowledgeBase, WeekEntry
from bot.knowledge.vocabulary import Kind
from bot.understanding.dates import DateConstraint

SHORT_LIST = 5
"""Up to this many activities are told by their summaries, more by their titles."""


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a reply that depend on the finding."""

    status: Status
    blocks: tuple[Block, ...]
    facts: tuple[str, ...] = ()
    weeks: tuple[WeekEntry, ...] = ()
    """Weeks that the facts belong to; their sources are shown."""
    entries: tuple[ActivityEntry, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Phraser:
    """Words findings in one language, as of one day."""

    def __init__(self, knowledge: KnowledgeBase, language: Language, today: date) -> None:
        self._knowledge = knowledge
        self._language = language
        self._today = today
        self._wording = knowledge.vocabulary.wording

    def reply(self, finding: Finding) -> Reply:
        """The reply for a finding, without what only the question knows."""
        told = self._tellers[type(finding)](self, finding)
        return Reply(
            status=told.status,
            language=self._language,
            blocks=told.blocks,
            sources=self._sources(told) if told.status is Status.ANSWERED else (),
            suggestions=told.suggestions[:4],
            facts=told.facts,
        )

    # --- words -------------------------------------------------------------------------

    def say(self, key: str, **values: object) -> str:
        """A template of the wording, filled in."""
        template = self._wording.get(key)
        if template is None:
            return key
        return template.in_language(self._language).format(**values)

    def text(self, text: Text) -> str:
        """A text in the language of the reply."""
        return text.in_language(self._language)

    def where(self, id: str) -> str:
        """A place with its region: "Kunming (Yunnan)"."""
        if id == "china":
            return self.say("nation")
        return self.text(place_text(id, self._knowledge))

    def week_where(self, week: WeekEntry) -> str:
        """Whose week it is."""
        where = self.where(week.place)
        if week.week.body is not None:
            body = self.text(week.week.body)
            return f"{body}, {where}" if self._language == "en" else f"{where}{body}"
        return where

    def listed(self, texts: Iterable[str]) -> str:
        """Several values in one line."""
        return self.say("join").join(dict.fromkeys(texts))

    def when(self, scope_date: DateConstraint, weeks: Sequence[WeekEntry], years: Sequence[int] = ()) -> str:
        """The days that a question named, in words."""
        year = scope_date.year or (years[0] if years else None)
        if scope_date.anchor:
            return self.say({"first": "first_day", "last": "last_day"}.get(scope_date.anchor, "nth_day"))
        if year is None and len({week.week.year for week in weeks}) == 1:
            year = weeks[0].week.year
        start, end = scope_date.start or 0, scope_date.end or 0
        days = [f"{year or 2000}-{n // 100:02d}-{n % 100:02d}" for n in (start, end)]
        try:
            if year is None:
                texts = [self.text(day_text(day, with_year=False)) for day in dict.fromkeys(days)]
                return "–".join(texts)
            return self.text(span_text(days[0], days[1]))
        except ValueError:
            return f"{start // 100}/{start % 100}"

    # --- activities --------------------------------------------------------------------

    def status_line(self, entry: ActivityEntry) -> str:
        """When, where, and whether it was planned or held."""
        activity, week = entry.activity, entry.week
        modality = activity.modality
        values: dict[str, Any] = {"where": self.where(entry.place), "year": week.week.year}
        if activity.condition is not None:
            values["condition"] = self.text(activity.condition)
        dates = values_of("dates", entry, self._knowledge)
        if modality == "conditional" and activity.condition is None:
            modality = "planned"
        if not dates:
            line = self.say(f"status_{modality}_week", **values)
        else:
            values["when"] = self.text(dates[0])
            key = f"status_{modality}"
            if modality == "planned" and entry.last_day >= self._today.toordinal():
                key = "status_planned_ahead"
            elif modality == "held" and activity.since and not activity.date:
                key = "status_held_since"
            elif modality == "held" and activity.until:
                key = "status_held_span"
            line = self.say(key, **values)
        if entry.week.week.completeness == "incomplete":
            return line
        return line

    def summary(self, entry: ActivityEntry) -> str:
        """The whole of what is known of an activity."""
        return self.text(entry.activity.summary)

    def _title(self, entry: ActivityEntry) -> str:
        title = self.text(entry.activity.title)
        return title[:1].upper() + title[1:] if self._language == "en" else title

    def _item(self, entry: ActivityEntry, *, brief: bool, date_known: bool, mark: bool) -> str:
        """An activity as a line of a list."""
        text = self._title(entry) if brief else self.summary(entry)
        notes = []
        if not date_known:
            dates = values_of("dates", entry, self._knowledge)
            if dates:
                notes.append(self.text(dates[0]))
        if brief and entry.place != entry.week.place:
            notes.append(self.text(self._knowledge.place(entry.place).name))
        if mark:
            notes.append(self.say(f"mark_{entry.activity.modality}"))
        if not notes:
            return text
        text = text.rstrip(".。")
        inside = self.say("join_places").join(notes)
        return f"{text} ({inside})" if self._language == "en" else f"{text}（{inside}）"

    def _activities(self, finding: f.Activities) -> Told:
        entries = self._without_umbrellas(finding.entries)
        weeks = tuple(dict.fromkeys(entry.week for entry in entries))
        if len(entries) == 1 and not finding.counted:
            return self._one(f.OneActivity(entries[0]))
        modalities = {entry.activity.modality for entry in entries}
        mark = len(modalities) > 1
        blocks: list[Block] = []
        heading = self._heading(finding, entries, weeks)
        brief = len(entries) > SHORT_LIST
        if len(weeks) == 1:
            blocks.append(Paragraph(heading, strong=True))
            blocks.append(self._list(entries, brief=brief, date_known=finding.scope.date is not None, mark=mark))
        else:
            blocks.append(Paragraph(heading, strong=True))
            for week in weeks:
                own = [entry for entry in entries if entry.week is week]
                title = self.say("ask_region_short", where=self.week_where(week), year=week.week.year)
                items = self._list(own, brief=len(own) > SHORT_LIST, date_known=False, mark=mark)
                blocks.append(BulletList(items.items, heading=title, shown=max(2, 8 // len(weeks))))
        blocks.append(Paragraph(self._modality_note(modalities)))
        if any(week.week.completeness == "incomplete" for week in weeks):
            blocks.append(Paragraph(self.say("known_so_far")))
        return Told(Status.ANSWERED, tuple(blocks), _ids(entries), weeks, tuple(entries), self._around(weeks[0], finding.scope.date is not None))

    def _modality_note(self, modalities: set[str]) -> str:
        if modalities == {"planned"}:
            return self.say("list_modality_planned")
        if modalities == {"held"}:
            return self.say("list_modality_held")
        return self.say("list_modality_mixed")

    def _list(self, entries: Sequence[ActivityEntry], *, brief: bool, date_known: bool, mark: bool) -> BulletList:
        return BulletList(tuple(self._item(e, brief=brief, date_known=date_known, mark=mark) for e in entries))

    def _heading(self, finding: f.Activities, entries: Sequence[ActivityEntry], weeks: Sequence[WeekEntry]) -> str:
        number = len(entries)
        kind = self._knowledge.kinds.get(finding.of_kind)
        if kind is not None:
            count = self.say("count_kind", n=number, kind=self._kind_name(kind, number))
        elif number == 1:
            count = self.say("count_one_activity")
        else:
            count = self.say("count_activities", n=number)
        scope = finding.scope
        years = sorted({week.week.year for week in weeks})
        place = scope.places[0] if scope.places else weeks[0].place if len(weeks) == 1 else ""
        where = self.where(place) if place else self.say("join_places").join(dict.fromkeys(self.week_where(w) for w in weeks))
        if scope.date is not None:
            dates = {(e.activity.date, e.activity.until) for e in entries}
            if len(dates) == 1 and (only := dates.pop())[0]:
                when = self.text(span_text(only[0], only[1] or only[0]))
            else:
                when = self.when(scope.date, weeks, scope.years)
            return self.say("list_day", where=where, when=when, count=count)
        return self.say("list_week", where=where, year="–".join(map(str, dict.fromkeys((years[0], years[-1])))), count=count)

    def _kind_name(self, kind: Kind, number: int) -> str:
        if self._language == "zh" or number == 1:
            return self.text(kind.name)
        return kind.plural or kind.name.en + "s"

    def _without_umbrellas(self, entries: Sequence[ActivityEntry]) -> tuple[ActivityEntry, ...]:
        """Leave out activities whose parts are listed themselves."""
        parents = {(e.week.id, e.activity.part_of) for e in entries if e.activity.part_of}
        kept = tuple(e for e in entries if (e.week.id, e.activity.id) not in parents)
        return kept or tuple(entries)

    def _one(self, finding: f.OneActivity) -> Told:
        entry = finding.entry
        blocks: list[Block] = [Paragraph(self.summary(entry), strong=True)]
        children = children_of(entry, self._knowledge)
        if entry.activity.parts:
            blocks.append(BulletList(tuple(self.text(part.title) for part in entry.activity.parts)))
        elif children:
            blocks.append(self._list(children, brief=True, date_known=True, mark=False))
        blocks.append(Paragraph(self.status_line(entry)))
        entries = (entry, *finding.others)
        if finding.others:
            blocks.append(self._more(entry, finding.others))
        return Told(Status.ANSWERED, tuple(blocks), _ids(entries), _weeks(entries), entries, self._around(entry.week))

    def _more(self, entry: ActivityEntry, others: Sequence[ActivityEntry]) -> BulletList:
        items = []
        for other in others:
            line = self.summary(other)
            if other.week is not entry.week:
                line = f"{self.say('ask_region_short', where=self.week_where(other.week), year=other.week.week.year)}: {line}"
            items.append(line)
        return BulletList(tuple(items), heading=self.say("more_activities"))

    # --- values ------------------------------------------------------------------------

    def _values(self, finding: f.Values) -> Told:
        entry = finding.entry
        values = [self.text(value) for value in finding.values]
        if finding.counted and finding.attribute != "number":
            line = self.say("attribute_count", n=len(values), values=self.listed(values))
        elif finding.attribute == "number":
            line = self._sentence(self.listed(values))
        else:
            label = self.text(finding.label)
            label = label[:1].upper() + label[1:]
            line = self.say("attribute_line", label=label, values=self.listed(values))
        blocks: list[Block] = [Paragraph(line, strong=True), Paragraph(self.summary(entry))]
        if entry.activity.parts and finding.attribute not in ("part",):
            blocks.append(BulletList(tuple(self.text(part.title) for part in entry.activity.parts)))
        blocks.append(Paragraph(self.status_line(entry)))
        entries = (entry, *finding.others)
        if finding.others:
            blocks.append(self._more(entry, finding.others))
        return Told(Status.ANSWERED, tuple(blocks), _ids(entries), _weeks(entries), entries, self._around(entry.week))

    def _sentence(self, text: str) -> str:
        if self._language == "zh":
            return f"{text}。"
        return f"{text[:1].upper()}{text[1:]}."

    def _week_values(self, finding: f.WeekValues) -> Told:
        rows = finding.weeks
        lines = []
        for week, values in rows:
            joined = self.listed(self.text(value) for value in values)
            key = f"week_{finding.attribute}"
            if finding.attribute == "theme" and week.place == "china":
                key = "week_theme_national"
            lines.append(self.say(key, value=joined, where=self.week_where(week), year=week.week.year))
        weeks = tuple(week for week, _ in rows)
        blocks: list[Block] = []
        if finding.instead_of is not None:
            own = finding.instead_of
            lead = self.say("no_own_theme", where=self.week_where(own), year=own.week.year)
            blocks.append(Paragraph(f"{lead} {lines[0]}", strong=True))
        elif len(lines) == 1:
            blocks.append(Paragraph(self._capital(lines[0]), strong=True))
        else:
            first = self._capital(lines[0])
            blocks.append(BulletList((first, *map(self._capital, lines[1:]))))
        if len(rows) == 1 and finding.attribute in ("dates", "start", "end") and weeks[0].week.dates:
            dates = weeks[0].week.dates
            if finding.attribute != "dates":
                blocks.append(Paragraph(self.say("week_dates", value=self.text(span_text(dates.start, dates.end)), where=self.week_where(weeks[0]))))
            world = world_ip_day_text(weeks[0])
            if world:
                blocks.append(Paragraph(self.say("week_world-ip-day", value=self.text(world[0]), where=self.week_where(weeks[0]), year=weeks[0].week.year)))
        if finding.attribute == "theme" and len(rows) == 1:
            blocks.extend(self._about_theme(weeks[0]))
        facts = tuple(f"{week.id}#{finding.attribute}" for week in weeks)
        return Told(Status.ANSWERED, tuple(blocks), facts, weeks, (), self._around(weeks[0]))

    def _about_theme(self, week: WeekEntry) -> Iterable[Block]:
        """Other wordings of a theme by other sources, and the theme of World IP Day beside a national one."""
        for variant in week.week.theme_variants:
            source = week.source(variant.source)
            publisher = source.publisher if source else variant.source
            yield Paragraph(self.say("theme_variant", value=self.text(variant.text), publisher=publisher))
        if week.place != "china":
            return
        for day in self._knowledge.vocabulary.world_ip_days:
            if day.year == week.week.year and day.theme is not None:
                yield Paragraph(self.say("world_ip_day_theme", year=day.year, value=self.text(day.theme)))

    def _capital(self, text: str) -> str:
        return text[:1].upper() + text[1:]

    def _verdict(self, finding: f.Verdict) -> Told:
        entry, week = finding.entry, finding.week or (finding.entry.week if finding.entry else None)
        value = self.listed(self.text(text) for text in finding.corrected)
        head = self._yes_or_no(finding)
        blocks: list[Block] = []
        if finding.attribute == "name" and not finding.holds:
            blocks.append(Paragraph(self._sentence(self.say("verdict_names_no", value=value)), strong=True))
        elif value and week is not None and entry is None:
            key = f"week_{finding.attribute}" if finding.attribute != "dates" else "week_dates"
            if finding.attribute == "theme" and week.place == "china":
                key = "week_theme_national"
            line = self.say(key, value=value, where=self.week_where(week), year=week.week.year)
            blocks.append(Paragraph(self.say("verdict", verdict=head, value=line), strong=True))
        elif value:
            blocks.append(Paragraph(self._sentence(self.say("verdict", verdict=head, value=value)), strong=True))
        elif entry is not None:
            blocks.append(Paragraph(self.say("verdict", verdict=head, value=self.summary(entry)), strong=True))
        if entry is not None:
            if value:
                blocks.append(Paragraph(self.summary(entry)))
            if entry.activity.parts:
                blocks.append(BulletList(tuple(self.text(part.title) for part in entry.activity.parts)))
            blocks.append(Paragraph(self.status_line(entry)))
            if finding.others:
                blocks.append(self._more(entry, finding.others))
        entries = (entry, *finding.others) if entry else ()
        facts = _ids(entries) or ((f"{week.id}#{finding.attribute}",) if week else ())
        weeks = (week,) if week else ()
        return Told(Status.ANSWERED, tuple(blocks), facts, weeks, entries, self._around(week) if week else ())

    def _yes_or_no(self, finding: f.Verdict) -> str:
        if not finding.holds:
            return self.say("no")
        if finding.entry is not None and finding.entry.activity.modality == "planned":
            return self.say("yes_planned")
        if finding.entry is not None and finding.entry.activity.modality == "conditional" and finding.entry.activity.condition:
            return self.say("yes_conditional", condition=self.text(finding.entry.activity.condition))
        return self.say("yes")

    # --- regions, definitions, sources ---------------------------------------------------

    def _regions(self, finding: f.Regions) -> Told:
        items: list[str] = []
        facts: list[str] = []
        weeks: list[WeekEntry] = []
        for place, found in finding.groups:
            details = []
            for fact in found[:3]:
                week = fact if isinstance(fact, WeekEntry) else fact.week
                weeks.append(week)
                if isinstance(fact, WeekEntry):
                    theme = self.text(fact.week.theme) if fact.week.theme else ""
                    facts.append(f"{fact.id}#week")
                    dates = fact.week.dates
                    when = self.text(span_text(dates.start, dates.end)) if dates else str(week.week.year)
                    details.append(f"{when} – “{theme}”" if theme else when)
                else:
                    facts.append(fact.id)
                    details.append(self._item(fact, brief=True, date_known=False, mark=False))
            year = weeks[-1].week.year
            items.append(f"{self.where(place)} ({year}): {self.listed(details)}" if self._language == "en" else f"{self.where(place)}（{year}年）：{self.listed(details)}")
        names = self.say("join_places").join(self.where(place) for place, _ in finding.groups)
        blocks: tuple[Block, ...] = (Paragraph(self._sentence(names), strong=True), BulletList(tuple(items)))
        return Told(Status.ANSWERED, blocks, tuple(facts), tuple(dict.fromkeys(weeks)), (), self._around(weeks[0]) if weeks else ())

    def _definition(self, finding: f.Definition) -> Told:
        name = self._knowledge.names[finding.name]
        what = self.text(name.what) if name.what else ""
        title = self.text(name.name)
        lines = [self.say("definition", name=title, what=what.rstrip(".。"))]
        if name.part_of:
            lines.append(self.say("definition_part_of", owner=self.text(self._knowledge.name_text(name.part_of))))
        blocks: list[Block] = [Paragraph(" ".join(lines), strong=True)]
        entries = finding.entries[:3]
        for entry in entries[:1]:
            blocks.append(Paragraph(self.summary(entry)))
            blocks.append(Paragraph(self.status_line(entry)))
        if len(entries) > 1:
            blocks.append(self._more(entries[0], entries[1:]))
        return Told(Status.ANSWERED, tuple(blocks), _ids(entries), _weeks(entries), tuple(entries), self._around(entries[0].week) if entries else ())

    def _modality(self, finding: f.ModalityOf) -> Told:
        if not finding.entries and finding.week is not None:
            week = finding.week
            modality = "planned" if week.week.modality == "conditional" else week.week.modality
            line = self.say(f"week_modality_{modality}", where=self.week_where(week), year=week.week.year)
            return Told(Status.ANSWERED, (Paragraph(line, strong=True),), (f"{week.id}#modality",), (week,), (), self._around(week))
        entry = finding.entries[0]
        condition = self.text(entry.activity.condition) if entry.activity.condition else ""
        modality = entry.activity.modality if condition or entry.activity.modality != "conditional" else "planned"
        line = self.say(f"modality_{modality}", title=self.text(entry.activity.title), condition=condition)
        blocks: list[Block] = [Paragraph(line, strong=True), Paragraph(self.status_line(entry))]
        if len(finding.entries) > 1:
            blocks.append(self._list(finding.entries[1:], brief=True, date_known=False, mark=True))
        return Told(Status.ANSWERED, tuple(blocks), _ids(finding.entries), _weeks(finding.entries), finding.entries, self._around(entry.week))

    def _provenance(self, finding: f.Provenance) -> Told:
        items = []
        for week in finding.weeks[:8]:
            sources = [e.source() for e in finding.entries if e.week is week] or list(week.week.sources)
            for source in sources:
                if source is None:
                    continue
                day = self.text(day_text(source.published)) if source.published else self.say("undated_source")
                by = self.say("published_on", publisher=source.publisher, day=day)
                items.append(f"{self.week_where(week)} {week.week.year}: {source.title} – {by} – {source.url}")
        blocks: tuple[Block, ...] = (BulletList(tuple(items), heading=self.say("provenance", sources="")),)
        facts = _ids(finding.entries) or tuple(f"{week.id}#source" for week in finding.weeks)
        return Told(Status.ANSWERED, blocks, facts, finding.weeks, finding.entries)

    def _coverage(self, finding: f.Coverage) -> Told:
        weeks = finding.weeks
        if len(weeks) > MANY:
            return self._coverage_of_many(finding)
        groups: dict[str, list[str]] = {}
        for week in sorted(weeks, key=lambda week: week.week.year):
            groups.setdefault(self.week_where(week), []).append(str(week.week.year))
        items = [self.say("coverage_place", where=where, years=self.say("join_places").join(dict.fromkeys(years))) for where, years in groups.items()]
        years = sorted({week.week.year for week in weeks})
        if finding.year:
            head = self.say("coverage_year", n=len(weeks), year=finding.year)
        else:
            head = self.say("coverage", n=len(weeks), places=len(groups), first=years[0], last=years[-1])
        if finding.place:
            blocks: tuple[Block, ...] = (Paragraph(" ".join(items), strong=True),)
        else:
            blocks = (Paragraph(head, strong=True), BulletList(tuple(items), shown=12))
        return Told(Status.ANSWERED, blocks, tuple(f"{week.id}#week" for week in weeks), tuple(weeks[:3]), (), self._around(weeks[0]))

    def _coverage_of_many(self, finding: f.Coverage) -> Told:
        """Where the weeks are too many to be told one by one, they are told by region."""
        regions = self._knowledge.years_by_region
        if finding.year:
            regions = {region: [finding.year] for region, years in regions.items() if finding.year in years}
            head = self.say("coverage_year", n=len(finding.weeks), year=finding.year)
        else:
            years = self._knowledge.years
            head = self.say("coverage", n=len(finding.weeks), places=len(regions), first=years[0], last=years[-1])
        join = self.say("join_places").join
        items = (
            self.say("coverage_place", where=self.where(region), years=join(map(str, known)))
            for region, known in regions.items()
        )
        told = tuple(finding.weeks[-3:])
        facts = tuple(f"{week.id}#week" for week in told)
        blocks = (Paragraph(head, strong=True), BulletList(tuple(items), shown=12))
        return Told(Status.ANSWERED, blocks, facts, told, (), self._around(told[0]))

    def _comparison(self, finding: f.Comparison) -> Told:
        blocks: list[Block] = []
        facts: list[str] = []
        weeks: list[WeekEntry] = []
        entries: list[ActivityEntry] = []
        for place, part in finding.findings:
            told = self._tellers[type(part)](self, part)
            heading = place if place.isdigit() else self.where(place)
            lines = [heading_line for block in told.blocks for heading_line in _lines(block)]
            blocks.append(BulletList(tuple(lines[:9]), heading=heading))
            facts.extend(told.facts)
            weeks.extend(told.weeks)
            entries.extend(told.entries)
        return Told(Status.ANSWERED, tuple(blocks), tuple(facts), tuple(dict.fromkeys(weeks)), tuple(entries))

    def _named_day(self, finding: f.NamedDay) -> Told:
        lines = [self.say("world_ip_day")]
        rows = [week for week in finding.weeks if week.week.world_ip_day]
        items = [self.say("week_world-ip-day", value=self.text(world_ip_day_text(week)[0]), where=self.week_where(week), year=week.week.year) for week in rows]
        blocks: list[Block] = [Paragraph(" ".join(lines), strong=True)]
        if items:
            blocks.append(BulletList(tuple(self._capital(item) for item in items[:4])))
        return Told(Status.ANSWERED, tuple(blocks), tuple(f"{week.id}#world-ip-day" for week in rows[:4]), tuple(rows[:2]))

    # --- refusals ------------------------------------------------------------------------

    def _missing(self, finding: f.Missing) -> Told:
        return Told(Status.NO_DATA, tuple(self._missing_blocks(finding)), (), (), (), self._instead(finding))

    def _missing_blocks(self, finding: f.Missing) -> Iterable[Block]:
        scope, week, entry = finding.scope, finding.week, finding.entry
        where = self.where(finding.place) if finding.place else ""
        values: dict[str, Any] = {"where": where, "year": scope.years[0] if scope.years else (week.week.year if week else "")}
        reason = finding.reason
        if scope.date is not None and reason in ("no_date", "no_date_anywhere"):
            values["when"] = self.when(scope.date, finding.known_weeks, scope.years)
        if entry is not None:
            values["title"] = self.text(entry.activity.title)
        if reason == "no_detail":
            values["detail"] = self.text(finding.detail)
            reason = "no_detail_of" if entry is not None else "no_detail"
        if reason == "no_match" and not where:
            reason = "no_match_anywhere"
        yield Paragraph(self.say(reason, **values), strong=True)
        yield from self._known_instead(finding)

    def _known_instead(self, finding: f.Missing) -> Iterable[Block]:
        reason, week, entry = finding.reason, finding.week, finding.entry
        if reason in ("no_detail", "no_day_of") and entry is not None:
            yield Paragraph(f"{self.say('known_of_it')} {self.summary(entry)}")
            if reason == "no_day_of" and entry.week.week.dates:
                dates = entry.week.week.dates
                yield Paragraph(self.say("week_span", year=entry.week.week.year, when=self.text(span_text(dates.start, dates.end))))
        elif reason in ("no_date", "no_dates") and week is not None:
            if finding.nearest:
                yield Paragraph(self._nearest(finding))
            else:
                yield Paragraph(self.say("no_dated", where=self.where(week.place)))
        elif reason in ("no_year", "no_place") and finding.known_weeks:
            known = finding.known_weeks
            years = self.say("join_places").join(str(y) for y in sorted({w.week.year for w in known}))
            place = known[0].week.region if reason == "no_place" else finding.place
            yield Paragraph(self.say("known_years", where=self.where(place), years=years))
        elif reason in ("no_place", "no_year_anywhere", "no_date_anywhere"):
            shown: dict[str, None] = {}
            for w in self._knowledge.week_entries:
                shown[f"{self.where(w.week.region)} {w.week.year}"] = None
                if len(shown) == 8:
                    break
            yield Paragraph(self.say("known_places", places=self.say("join_places").join(shown)))

    def _nearest(self, finding: f.Missing) -> str:
        day = finding.scope.date
        target = (day.start or 420) if day is not None else 420
        dated = sorted(finding.nearest, key=lambda e: abs(_month_day(e) - target))
        when = self.text(values_of("dates", dated[0], self._knowledge)[0])
        same = [e for e in dated if e.first_day == dated[0].first_day]
        titles = self.listed(self.text(entry.activity.title) for entry in same[:2])
        if finding.scope.years and dated[0].week.week.year not in finding.scope.years:
            return ""
        return self.say("nearest_date", when=when, title=self._short(titles))

    def _short(self, text: str) -> str:
        return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " …"

    def _instead(self, finding: f.Missing) -> tuple[Suggestion, ...]:
        weeks = (finding.week,) if finding.week else finding.known_weeks
        found: list[Suggestion] = []
        for entry in finding.nearest[:1]:
            if entry.activity.date:
                when = self.text(day_text(entry.activity.date))
                found.append(Suggestion(self.say("ask_date_short", when=when), self.say("ask_date", where=self.where(entry.week.place), when=when)))
        for week in weeks[:3]:
            found.append(self._ask("ask_all", week))
        found.append(Suggestion(self.say("ask_coverage_short"), self.say("ask_coverage")))
        return tuple(found)

    def _unclear(self, finding: f.Unclear) -> Told:
        questions = []
        suggestions = []
        for place, year in finding.choices:
            question = self.say("ask_region", where=self.where(place), year=year)
            questions.append(question)
            suggestions.append(Suggestion(self.say("ask_region_short", where=self.where(place), year=year), question))
        blocks: tuple[Block, ...] = (Paragraph(self.say(finding.reason), strong=True), BulletList(tuple(questions)))
        return Told(Status.CLARIFY, blocks, suggestions=tuple(suggestions))

    def _outside(self, finding: f.Outside) -> Told:
        blocks = (Paragraph(self.say("outside"), strong=True), Paragraph(self.say("outside_hint")))
        return Told(Status.OUT_OF_SCOPE, blocks, suggestions=(Suggestion(self.say("ask_coverage_short"), self.say("ask_coverage")),))

    def _smalltalk(self, finding: f.SmallTalk) -> Told:
        blocks: list[Block] = [Paragraph(self.say(finding.kind), strong=True)]
        if finding.kind in ("help", "greeting"):
            blocks.append(BulletList(self._examples(), heading=self.say("help_examples")))
        return Told(Status.SMALLTALK, tuple(blocks))

    def _examples(self) -> tuple[str, ...]:
        """Questions that this knowledge answers, in the language of the reply."""
        knowledge = self._knowledge
        wide = knowledge.week_entries.select(knowledge.wide_weeks)
        dated = (e for week in reversed(wide) for e in reversed(knowledge.of_week(week)) if e.activity.date)
        examples: list[str] = []
        entry = next(dated, None)
        if entry is not None:
            examples.append(self.say("ask_date", where=self.where(entry.week.place), when=self.text(day_text(entry.activity.date or ""))))
        themed = next((week for week in wide if week.week.theme), None)
        if themed is not None:
            examples.append(self.say("ask_theme", where=self.where(themed.place), year=themed.week.year))
        if self._knowledge.week_entries:
            week = self._knowledge.week_entries[-1]
            examples.append(self.say("ask_all", where=self.week_where(week), year=week.week.year))
        examples.append(self.say("ask_coverage"))
        return tuple(dict.fromkeys(examples))

    # --- sources and suggestions -----------------------------------------------------------

    def _around(self, week: WeekEntry, dated: bool = False) -> tuple[Suggestion, ...]:
        """What else can be asked about a week."""
        keys = ["ask_all"]
        if week.week.theme:
            keys.append("ask_theme")
        return tuple(self._ask(key, week) for key in keys)

    def _ask(self, key: str, week: WeekEntry) -> Suggestion:
        values = {"where": self.week_where(week), "year": week.week.year}
        return Suggestion(self.say(f"{key}_short", **values), self.say(key, **values))

    def _sources(self, told: Told) -> tuple[SourceLink, ...]:
        found: dict[str, SourceLink] = {}
        sources = [entry.source() for entry in told.entries]
        covered = {entry.week.id for entry in told.entries}
        sources.extend(week.source(week.week.theme_source) for week in told.weeks if week.id not in covered)
        for source in sources:
            if source is not None and source.url not in found:
                day = self.text(day_text(source.published)) if source.published else self.say("undated_source")
                found[source.url] = SourceLink(source.title, source.url, self.say("published_on", publisher=source.publisher, day=day))
        return tuple(found.values())[:4]

    _tellers: dict[type, Callable[["Phraser", Any], Told]] = {
        f.Activities: _activities,
        f.OneActivity: _one,
        f.Values: _values,
        f.WeekValues: _week_values,
        f.Verdict: _verdict,
        f.Regions: _regions,
        f.Definition: _definition,
        f.ModalityOf: _modality,
        f.Provenance: _provenance,
        f.Coverage: _coverage,
        f.Comparison: _comparison,
        f.NamedDay: _named_day,
        f.Missing: _missing,
        f.Unclear: _unclear,
        f.Outside: _outside,
        f.SmallTalk: _smalltalk,
    }


def _ids(entries: Iterable[ActivityEntry]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)


def _weeks(entries: Iterable[ActivityEntry]) -> tuple[WeekEntry, ...]:
    return tuple(dict.fromkeys(entry.week for entry in entries))


def _lines(block: Block) -> tuple[str, ...]:
    if isinstance(block, Paragraph):
        return (block.text,)
    return ((block.heading,) if block.heading else ()) + block.items


def _month_day(entry: ActivityEntry) -> int:
    day = date.fromordinal(entry.first_day)
    return day.month * 100 + day.day



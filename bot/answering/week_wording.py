"""Words for whole weeks: their values, World IP Day, regions, and what the bot knows."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.answering.activity_wording import count_text, item
from bot.answering.attributes import TIMES, values_of
from bot.answering.findings import Coverage, NamedDay, Provenance, Regions, WeekValues
from bot.answering.matching import MANY
from bot.answering.reply import Block, BulletList, Paragraph, SourceLink, Status
from bot.answering.scopes import weeks_of
from bot.answering.told import Told, ids_of, week_facts
from bot.answering.value_texts import world_ip_day_name, world_ip_day_text
from bot.answering.wording import Wording, capital
from bot.knowledge.entries import NATION, ActivityEntry, WeekEntry
from bot.knowledge.vocabulary import WorldIpDay

_PER_REGION = 3
"""So many facts of a region are told where several regions are."""
_MOST_DAYS = 4
_MOST_PROVENANCES = 8
_COVERAGE_SHOWN = 12
"""So many regions a channel with little room shows at first."""


def week_line(attribute: str, week: WeekEntry, value: str, words: Wording) -> str:
    """A value of a week as a sentence."""
    national = attribute == "theme" and week.place == NATION
    key = "week_theme_national" if national else f"week_{attribute}"
    return words.of_week(key, week, value=value)


def tell_week_values(finding: WeekValues, words: Wording) -> Told:
    """An attribute of one week, or of several as a list."""
    rows, attribute = finding.weeks, finding.attribute
    lines = [week_line(attribute, week, words.values(values), words) for week, values in rows]
    weeks = tuple(week for week, _ in rows)
    blocks: list[Block] = []
    if attribute == "edition":
        return _tell_week_editions(finding, words)
    if finding.instead_of is not None:
        missing = "theme" if attribute == "theme" else "edition"
        lead = words.of_week(f"no_own_{missing}", finding.instead_of)
        blocks.append(Paragraph(f"{lead} {lines[0]}", strong=True))
    elif len(lines) == 1:
        blocks.append(Paragraph(capital(lines[0]), strong=True))
    else:
        blocks.append(BulletList(tuple(map(capital, lines))))
    if len(rows) == 1:
        blocks.extend(_beside(attribute, weeks[0], words))
    if finding.unstated:
        years = words.enumerated(str(week.week.year) for week in finding.unstated)
        blocks.append(Paragraph(words.say("unstated_years", years=years)))
    facts = week_facts(weeks, attribute)
    return Told(Status.ANSWERED, tuple(blocks), facts, weeks, (), words.around(weeks[0]))


def _tell_week_editions(finding: WeekValues, words: Wording) -> Told:
    """Which one of its kind each week was; sources that count differently are all named."""
    lines: list[str] = []
    links: list[SourceLink] = []
    for week, values in finding.weeks:
        sources = [week.source(edition.source) for edition in week.week.editions]
        links.extend(words.source_link(source) for source in sources if source is not None)
        texts = [words.text(value) for value in values]
        if len(texts) > 1:
            texts = [
                words.say("week_edition_by", value=text, publisher=source.publisher)
                for text, source in zip(texts, sources, strict=True)
                if source is not None
            ]
        lines.append(capital(words.of_week("week_edition", week, value=words.listed(texts))))
    weeks = tuple(week for week, _ in finding.weeks)
    blocks: list[Block] = [Paragraph(lines[0], strong=True)]
    if finding.instead_of is not None:
        lead = words.of_week("no_own_edition", finding.instead_of)
        blocks.insert(0, Paragraph(lead, strong=True))
    if len(lines) > 1:
        blocks = [BulletList(tuple(lines))]
    around, facts = words.around(weeks[0]), week_facts(weeks, "edition")
    return Told(Status.ANSWERED, tuple(blocks), facts, (), (), around, tuple(links))


def tell_named_day(finding: NamedDay, words: Wording) -> Told:
    """When World IP Day is, and which one the weeks in scope marked."""
    if finding.editions:
        return _tell_editions(finding, words)
    weeks = [week for week in finding.weeks if week.week.world_ip_day][:_MOST_DAYS]
    blocks: list[Block] = [Paragraph(words.say("world_ip_day"), strong=True)]
    if weeks:
        blocks.append(BulletList(tuple(capital(_world_ip_day(week, words)) for week in weeks)))
    facts = week_facts(weeks, "world-ip-day")
    return Told(Status.ANSWERED, tuple(blocks), facts, tuple(weeks[:2]))


def _tell_editions(finding: NamedDay, words: Wording) -> Told:
    """The number and theme of World IP Day in some years, what was asked for first."""
    lines: list[Block] = []
    for day in finding.editions:
        theme, number = _edition_theme(day, words), _edition_number(day, words)
        both = (theme, number) if finding.attribute == "theme" else (number, theme)
        lines.extend(Paragraph(line) for line in both if line)
    for week in finding.weeks:
        own = week_line("theme", week, words.text(week.week.theme), words)
        lines.append(Paragraph(capital(own)))
    titles = {day.url: words.say("world_ip_day_source", year=day.year) for day in finding.editions}
    links = tuple(SourceLink(title, url) for url, title in titles.items())
    facts = week_facts(finding.weeks, "theme")
    return Told(Status.ANSWERED, tuple(lines), facts, finding.weeks, links=links)


def _edition_theme(day: WorldIpDay, words: Wording) -> str:
    if day.theme is None:
        return ""
    return words.say("world_ip_day_own_theme", year=day.year, value=words.text(day.theme))


def _edition_number(day: WorldIpDay, words: Wording) -> str:
    if day.number is None:
        return ""
    value = words.text(world_ip_day_name(day.number))
    return words.say("world_ip_day_number", year=day.year, value=value)


def tell_regions(finding: Regions, words: Wording) -> Told:
    """Which regions, each with what fits there."""
    if finding.years:
        return _tell_years(finding, words)
    items: list[str] = []
    facts: list[str] = []
    weeks: list[WeekEntry] = []
    for place, found in finding.groups:
        shown = found[:_PER_REGION]
        for fact in shown:
            weeks.append(fact if isinstance(fact, WeekEntry) else fact.week)
            facts.append(f"{fact.id}#week" if isinstance(fact, WeekEntry) else fact.id)
        items.append(_region_line(place, shown, words, finding.attribute))
    names = words.enumerated(words.where(place) for place, _ in finding.groups)
    if finding.counted:
        names = words.say("places_counted", n=len(finding.groups), values=names)
    head = Paragraph(words.sentence(names), strong=True)
    around = words.around(weeks[0]) if weeks else ()
    return Told(
        Status.ANSWERED,
        (head, BulletList(tuple(items))),
        tuple(facts),
        tuple(dict.fromkeys(weeks)),
        (),
        around,
    )


def tell_provenance(finding: Provenance, words: Wording) -> Told:
    """Where facts were published."""
    items = []
    for week in finding.weeks[:_MOST_PROVENANCES]:
        own = [entry.source() for entry in finding.entries if entry.week is week]
        for source in own or week.week.sources:
            if source is not None:
                whose = f"{words.week_where(week)} {week.week.year}"
                note = words.source_note(source)
                items.append(f"{whose}: {source.title} – {note} – {source.url}")
    blocks = (BulletList(tuple(items), heading=words.say("provenance", sources="")),)
    facts = ids_of(finding.entries) or week_facts(finding.weeks, "source")
    return Told(Status.ANSWERED, blocks, facts, finding.weeks, finding.entries)


def tell_coverage(finding: Coverage, words: Wording) -> Told:
    """Which regions and years are known."""
    weeks = finding.weeks
    if len(weeks) > MANY and finding.modality is None:
        return _coverage_of_many(finding, words)
    years_of: dict[str, list[str]] = {}
    for week in sorted(weeks, key=lambda week: (week.place != NATION, week.week.year)):
        years_of.setdefault(words.week_where(week), []).append(str(week.week.year))
    one_year = bool(finding.year)
    items = tuple(
        capital(where)
        if one_year
        else words.say("coverage_place", where=capital(where), years=words.enumerated(years))
        for where, years in years_of.items()
    )
    blocks: tuple[Block, ...]
    if finding.place:
        lines = (
            words.say("coverage_place", where=capital(where), years=words.enumerated(years))
            for where, years in years_of.items()
        )
        blocks = (Paragraph(" ".join(lines), strong=True),)
    else:
        regions = {words.knowledge.region_of(week.place) for week in weeks}
        years = sorted({week.week.year for week in weeks})
        head = _coverage_head(finding, regions, years, words)
        blocks = (Paragraph(head, strong=True), BulletList(items, shown=_COVERAGE_SHOWN))
    facts, around = week_facts(weeks, "week"), words.around(weeks[0])
    return Told(Status.ANSWERED, blocks, facts, tuple(weeks[:3]), (), around)


def _coverage_of_many(finding: Coverage, words: Wording) -> Told:
    """Where the weeks are too many to be told one by one, they are told by region."""
    regions = words.knowledge.years_by_region
    if finding.year:
        regions = {
            place: [finding.year] for place, known in regions.items() if finding.year in known
        }
    head = _coverage_head(finding, regions.keys(), words.knowledge.years, words)
    items = tuple(
        words.say(
            "coverage_place", where=words.where(place), years=words.enumerated(map(str, known))
        )
        for place, known in regions.items()
    )
    told = tuple(finding.weeks[-3:])
    blocks = (Paragraph(head, strong=True), BulletList(items, shown=_COVERAGE_SHOWN))
    facts, around = week_facts(told, "week"), words.around(told[0])
    return Told(Status.ANSWERED, blocks, facts, told, (), around)


def _beside(attribute: str, week: WeekEntry, words: Wording) -> Iterator[Block]:
    """What belongs beside a value: other wordings of a theme, the whole span of a week."""
    if attribute == "theme":
        yield from _beside_theme(week, words)
    elif attribute == "organiser" and week.week.partners:
        partners = words.values(map(words.knowledge.name_text, week.week.partners))
        yield Paragraph(capital(week_line("partner", week, partners, words)))
    elif attribute in TIMES and week.week.dates:
        if attribute != "dates":
            yield Paragraph(week_line("dates", week, words.week_span(week), words))
        if week.week.world_ip_day is not None:
            yield Paragraph(_world_ip_day(week, words))


def _beside_theme(week: WeekEntry, words: Wording) -> Iterator[Block]:
    """Other wordings by other sources, and the theme of World IP Day beside a national one."""
    for variant in week.week.theme_variants:
        source = week.source(variant.source)
        publisher = source.publisher if source else variant.source
        value = words.text(variant.text)
        yield Paragraph(words.say("theme_variant", value=value, publisher=publisher))
    if week.week.body is not None:
        yield from _national_theme(week, words)
    if week.place != NATION:
        return
    for day in words.knowledge.vocabulary.world_ip_days:
        if day.year == week.week.year and day.theme is not None:
            value = words.text(day.theme)
            yield Paragraph(words.say("world_ip_day_theme", year=day.year, value=value))


def _national_theme(week: WeekEntry, words: Wording) -> Iterator[Block]:
    """The national theme of the year beside a theme that is only a university's or system's."""
    for nation in words.knowledge.weeks_by_place.get(NATION, ()):
        theme, own = nation.week.theme, week.week.theme
        if nation.week.year != week.week.year or theme is None or own is None:
            continue
        if _same(theme.zh, own.zh) or _same(theme.en, own.en):
            return
        yield Paragraph(capital(week_line("theme", nation, words.text(theme), words)))


def _same(one: str, other: str) -> bool:
    """Whether two wordings are the same but for spaces, stops and capitals."""
    kept = ("".join(filter(str.isalnum, text)).casefold() for text in (one, other))
    first, second = kept
    return bool(first) and first == second


def _world_ip_day(week: WeekEntry, words: Wording) -> str:
    value = words.values(world_ip_day_text(week))
    return week_line("world-ip-day", week, value, words)


def _region_line(
    place: str, facts: Sequence[ActivityEntry | WeekEntry], words: Wording, attribute: str = ""
) -> str:
    """What one region did, year by year."""
    of_year: dict[int, list[str]] = {}
    for fact in facts:
        if isinstance(fact, WeekEntry):
            of_year.setdefault(fact.week.year, []).append(_week_note(fact, words))
        else:
            told = _with_values(attribute, fact, words)
            of_year.setdefault(fact.week.week.year, []).append(told)
    years = (
        words.say("year_of_region", year=year, told=words.listed(told))
        for year, told in of_year.items()
    )
    return words.say("region_line", where=words.where(place), years=words.listed(years))


def _with_values(attribute: str, entry: ActivityEntry, words: Wording) -> str:
    """An activity in brief, behind the values of an attribute that was asked for."""
    if not attribute:
        return item(entry, words, brief=True)
    values = words.values(values_of(attribute, entry, words.knowledge))
    title = item(entry, words, brief=True, dated=attribute != "dates", marked=True)
    return f"{values} – {title}"


def _tell_years(finding: Regions, words: Wording) -> Told:
    """In which years something was, each with what it was."""
    items: list[str] = []
    entries: list[ActivityEntry] = []
    for year, found in finding.groups:
        shown = [fact for fact in found if isinstance(fact, ActivityEntry)][:_PER_REGION]
        entries.extend(shown)
        lines = (
            words.bracketed(item(entry, words, brief=True), words.week_where(entry.week))
            for entry in shown
        )
        items.append(f"{year}{'：' if words.language == 'zh' else ': '}{words.listed(lines)}")
    years = words.enumerated(year for year, _ in finding.groups)
    head = Paragraph(words.sentence(words.say("years_of", years=years)), strong=True)
    weeks = weeks_of(entries)
    around = words.around(entries[0].week)
    blocks = (head, BulletList(tuple(items), shown=_COVERAGE_SHOWN))
    return Told(Status.ANSWERED, blocks, ids_of(entries), weeks, tuple(entries), around)


def _week_note(week: WeekEntry, words: Wording) -> str:
    """The days of a week, else its year, and its theme."""
    when = words.week_span(week) or str(week.week.year)
    theme = words.text(week.week.theme)
    return f"{when} – “{theme}”" if theme else when


def _coverage_head(
    finding: Coverage, regions: AbstractSet[str], years: Sequence[int], words: Wording
) -> str:
    """How many weeks of how many regions, perhaps with how many activities; the nation is no
    region.
    """
    number, others = len(finding.weeks), len(regions - {NATION})
    key = "of_regions_and_nation" if NATION in regions else "of_regions"
    whose = words.say("of_region" if regions != {NATION} and len(regions) == 1 else key, n=others)
    weeks = words.say("weeks_one" if number == 1 else "weeks_many", n=number)
    if finding.modality:
        return words.say(f"coverage_{finding.modality}", weeks=weeks, whose=whose)
    if finding.year:
        return words.say("coverage_year", weeks=weeks, year=finding.year, whose=whose)
    head = words.say("coverage", weeks=weeks, whose=whose, first=years[0], last=years[-1])
    if not finding.activities:
        return head
    counted = count_text("", finding.activities, words)
    return words.say("coverage_activities", count=counted, weeks=head)

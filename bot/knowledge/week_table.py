"""The table of all weeks at the end of knowledge/README.md: what is known, and how well.

python -m bot weeks            prints it
python -m bot weeks --write    puts it into the folder's README.md
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.knowledge.entries import NATION, WeekEntry
from bot.knowledge.facts import Week
from bot.knowledge.knowledge_base import KnowledgeBase

BEGIN = "<!-- the table of weeks: written by `python -m bot weeks --write` -->"
END = "<!-- end of the table of weeks -->"
_LEVELS = {"nation": "nation", "region": "province", "city": "city", "district": "district"}
_HEAD = "| region | place | year | level | completeness | facts | sources |"


def week_table(knowledge: KnowledgeBase) -> str:
    """All weeks by region and year, as Markdown, with a summary above."""
    entries = sorted(knowledge.week_entries, key=lambda entry: _order(entry, knowledge))
    lines = [*_summary(entries), "", _HEAD, "|---|---|---|---|---|---:|---|"]
    for region, found in groupby(entries, key=lambda entry: entry.week.region):
        name = knowledge.place(region).name.en
        for entry in found:
            lines.append(_row(entry, name, knowledge))
            name = ""
    return "\n".join(lines) + "\n"


def with_table(text: str, table: str) -> str:
    """A README with the table put between its two marks, or after it where it has none."""
    before, begin, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if begin else "\n"
    return f"{before.rstrip()}\n\n{BEGIN}\n\n{table}\n{END}{after}"


def fact_count(week: Week) -> int:
    """How many facts a week holds.

    They are its activities with their parts and figures, and what is stated of the week
    itself: theme, dates, number of World IP Day, scope, organisers as a whole, figures.
    """
    own = (week.theme, week.dates, week.world_ip_day, week.scope, week.organisers or None)
    stated = sum(value is not None for value in own) + len(week.figures)
    return stated + sum(1 + len(one.parts) + len(one.figures) for one in week.activities)


def level_of(week: Week, knowledge: KnowledgeBase) -> str:
    """Whose week it is: nation, province, city, district, or that of a body."""
    if week.body is not None:
        return "body"
    return _LEVELS[knowledge.place(week.place or week.region).level]


def _order(entry: WeekEntry, knowledge: KnowledgeBase) -> tuple[bool, str, int, str]:
    week = entry.week
    return week.region != NATION, knowledge.place(week.region).name.en, week.year, entry.id


def _summary(entries: Sequence[WeekEntry]) -> Iterator[str]:
    weeks = [entry.week for entry in entries]
    grades = Counter(source.grade for week in weeks for source in week.sources)
    incomplete = sum(week.completeness == "incomplete" for week in weeks)
    years = [week.year for week in weeks]
    yield (
        f"{len(weeks)} weeks of {len({week.region for week in weeks})} regions (the nation among"
        f" them), {min(years, default='–')} to {max(years, default='–')}; {incomplete} of them"
        f" incomplete: their sources were cut off. {sum(map(fact_count, weeks))} facts from"
        f" {grades.total()} sources, {grades['A']} of grade A and {grades['B']} of grade B."
    )


def _row(entry: WeekEntry, region: str, knowledge: KnowledgeBase) -> str:
    week = entry.week
    place = knowledge.place(week.place).name.en if week.place else ""
    if week.body is not None:
        place = ", ".join(filter(None, (week.body.in_language("en"), place)))
    sources = Counter(source.grade for source in week.sources)
    graded = ", ".join(f"{count} {grade}" for grade, count in sorted(sources.items()))
    cells = (
        region, place, f"[{week.year}]({entry.file})", level_of(week, knowledge),
        week.completeness, str(fact_count(week)), graded,
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"

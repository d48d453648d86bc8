"""Words for what stands out among weeks, cities and days."""

from bot.answering.activity_wording import count_text
from bot.answering.findings import Ranking, RankingRow
from bot.answering.reply import BulletList, Paragraph, Status
from bot.answering.told import Told, ids_of, week_facts
from bot.answering.value_texts import day_text
from bot.answering.wording import Wording, capital
from bot.knowledge.entries import WeekEntry

_NAMED = 3
"""So many that are alike are named in the first line."""
_LEAP_YEAR = 2020
"""Any year that has all days."""


def tell_ranking(finding: Ranking, words: Wording) -> Told:
    """What stands out most, then the next ones, and what was counted."""
    rows, best = finding.rows, finding.rows[0]
    first = [_name(row, words) for row in rows if row.number == best.number]
    names = words.enumerated(first[:_NAMED])
    if len(first) > _NAMED:
        names = words.say("ranking_among_others", names=names)
    key = f"ranking_{finding.measure}_{'lowest' if finding.lowest else 'highest'}"
    head = words.say(key, names=names, value=_value(finding, best, words))
    if finding.holds is not None:
        verdict = words.say("yes" if finding.holds else "no")
        head = words.say("verdict", verdict=verdict, value=head)
    lines = (
        words.say(
            "ranking_line", name=capital(_name(row, words)), value=_value(finding, row, words)
        )
        for row in rows
    )
    weeks = tuple(_week(row, words) for row in rows if row.week >= 0)
    blocks = (
        Paragraph(capital(head), strong=True),
        *((BulletList(tuple(lines)),) if len(rows) > 1 else ()),
        Paragraph(words.say(_note(finding))),
    )
    facts = week_facts(weeks, "week") or ids_of(finding.entries)
    entries = () if weeks else finding.entries
    around = words.around(weeks[0] if weeks else entries[0].week)
    return Told(Status.ANSWERED, blocks, facts, weeks[:_NAMED], entries, around)


def _note(finding: Ranking) -> str:
    """Wording key of what was compared."""
    if finding.measure != "activities":
        return "ranking_note_weeks"
    return "ranking_note_days" if finding.rows[0].day else "ranking_note"


def _week(row: RankingRow, words: Wording) -> WeekEntry:
    return words.knowledge.week_entries[row.week]


def _name(row: RankingRow, words: Wording) -> str:
    """What a row is of: "Fujian 2021", "Kunming (Yunnan)", "20 April"."""
    if row.week >= 0:
        return words.of_week("ask_region_short", _week(row, words))
    return words.where(row.place) if row.place else _day(row.day, words)


def _day(day: int, words: Wording) -> str:
    written = f"{_LEAP_YEAR}-{day // 100:02d}-{day % 100:02d}"
    return words.text(day_text(written, with_year=False))


def _value(finding: Ranking, row: RankingRow, words: Wording) -> str:
    """What was counted, in words: "18 activities", "7 days", "20 April"."""
    if finding.measure == "activities":
        return count_text(finding.of_kind, row.number, words)
    if finding.measure == "length":
        return words.say("ranking_days", n=row.number)
    return _day(row.number, words)

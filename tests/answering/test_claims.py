"""Verdicts."""

from bot.answering import findings as f
from bot.answering.assistant import Assistant
from bot.answering.claims import reports_on
from tests.conftest import Converse


def test_another_place_than_the_true_one_is_corrected(converse: Converse) -> None:
    finding = converse("Did Yunnan sign an agreement with Barcelona?").found.finding
    assert not (isinstance(finding, f.Verdict) and finding.holds)


def test_what_was_only_planned_is_never_a_plain_yes(converse: Converse) -> None:
    turn = converse("Did Fujian hold Zhichuang Fuzhou?")
    assert isinstance(turn.found.finding, f.Verdict)
    assert "Yes" not in str(turn.reply.blocks[0]) or "Yes, planned" in str(turn.reply.blocks[0])


def test_a_report_covers_the_years_of_its_period(assistant: Assistant) -> None:
    report = next(entry for entry in assistant.knowledge.activities if entry.activity.period)
    period = report.activity.period
    assert period is not None
    assert reports_on(report, (period.start,))
    assert not reports_on(report, (period.end + 1,))

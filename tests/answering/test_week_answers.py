"""Questions about whole weeks."""

from bot.answering import findings as f
from tests.conftest import Converse


def test_the_theme_is_that_of_the_region(converse: Converse) -> None:
    finding = converse("theme in Fujian 2021?").found.finding
    assert isinstance(finding, f.WeekValues)
    assert [week.id for week, _ in finding.weeks] == ["fujian-2021"]


def test_start_and_end_together_are_the_dates(converse: Converse) -> None:
    finding = converse("When does the week in Fujian start and end?").found.finding
    assert isinstance(finding, f.WeekValues)
    assert finding.attribute == "dates"


def test_a_wrong_span_is_denied_with_the_true_one(converse: Converse) -> None:
    finding = converse("Did the week in Fujian run from 1 to 5 April?").found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert "20–26 April" in finding.corrected[0].en


def test_the_right_span_is_confirmed(converse: Converse) -> None:
    finding = converse("Did the week in Fujian run from 20 to 26 April?").found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds


def test_which_world_ip_day_a_week_marked_is_known(converse: Converse) -> None:
    assert "21st World IP Day" in str(converse("Which World IP Day did Fujian mark?").reply.blocks)


def test_the_topic_of_a_week_that_is_not_known_is_a_refusal(converse: Converse) -> None:
    turn = converse("What is the topic of the publicity week in Gansu?")
    assert turn.found.is_weak

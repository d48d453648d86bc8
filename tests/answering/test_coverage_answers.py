"""What the bot says about its own knowledge."""

import pytest

from bot.answering import findings as f
from tests.conftest import Converse


@pytest.mark.parametrize(
    "text",
    [
        "how many events do you know in total",
        "how many activities are recorded altogether",
        "一共收录了多少项活动",
    ],
)
def test_all_activities_are_counted_as_their_weeks_list_them(text: str, converse: Converse) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Coverage)
    ranking = converse("which region held the most events").found.finding
    assert isinstance(ranking, f.Ranking)
    assert finding.activities == sum(row.number for row in ranking.rows)


def test_a_bare_how_many_events_is_asked_back(converse: Converse) -> None:
    assert isinstance(converse("how many events").found.finding, f.Unclear)

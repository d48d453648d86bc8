"""Which of several activities comes first."""

from bot.answering.findings import Values
from tests.conftest import Converse


def test_the_very_word_of_a_title_comes_before_another_of_its_kind(converse: Converse) -> None:
    for asked, id in (
        ("Symposium in Fujian, subject?", "gi-trademark-symposium"),
        ("Seminar in Fujian, subject?", "ip-seminar"),
    ):
        finding = converse(asked).found.finding
        assert isinstance(finding, Values)
        assert finding.entry.activity.id == id

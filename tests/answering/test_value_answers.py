"""Values of the attributes that a question asks for, and names of the kind that it asks for."""

from bot.answering import findings as f
from tests.conftest import Converse


def test_bodies_that_something_was_for_are_not_those_that_hold_it(converse: Converse) -> None:
    finding = converse("青海的线上培训喊了哪些单位来学").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "audience"


def test_names_of_a_kind_are_those_of_all_weeks_where_nothing_else_is_said(
    converse: Converse,
) -> None:
    finding = converse("which newspapers are mentioned").found.finding
    assert isinstance(finding, f.Values)
    assert {"Chongqing Daily", "Puer Daily"} <= {value.en for value in finding.values}
    finding = converse("which newspapers are mentioned in Yunnan").found.finding
    assert isinstance(finding, f.Values)
    assert [value.en for value in finding.values] == ["Puer Daily"]


def test_the_day_of_the_only_event_in_a_city_is_told_first(converse: Converse) -> None:
    finding = converse("Yinchuan event date").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "dates"

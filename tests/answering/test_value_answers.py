"""Values of the attributes that a question asks for, and names of the kind that it asks for."""

from bot.answering import findings as f
from tests.conftest import Converse


def test_bodies_that_something_was_for_are_not_those_that_hold_it(converse: Converse) -> None:
    finding = converse("青海的线上培训喊了哪些单位来学").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "audience"

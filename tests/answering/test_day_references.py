"""Days that a message names by one that was spoken of before."""

import pytest

from bot.answering.reply import Status
from tests.conftest import Converse


@pytest.mark.parametrize(
    ("turns", "day"),
    [
        (("What did Fujian hold on April 20?", "and the day after?"), 421),
        (("What did Fujian hold on April 20?", "the day before?"), 419),
        (("福建4月20日有什么", "次日呢"), 421),
        (("fujian 30 april", "the next day?"), 501),
    ],
)
def test_the_next_and_previous_day_are_counted_from_the_one_before(
    turns: tuple[str, ...], day: int, converse: Converse
) -> None:
    state = converse(*turns).state
    assert state is not None
    assert state.date is not None
    assert state.date.start == state.date.end == day


def test_the_day_before_an_empty_day_has_what_was_on_it(converse: Converse) -> None:
    reply = converse("fujian 21 april", "the day before?").reply
    assert reply.facts == converse("fujian 20 april").reply.facts


def test_days_of_the_week_are_counted_on_too(converse: Converse) -> None:
    turn = converse("Fujian's first day", "the next day?")
    assert turn.state is not None
    assert turn.state.date is not None
    assert turn.state.date.anchor == "day-2"


def test_nothing_is_known_for_the_day_before_the_first_one(converse: Converse) -> None:
    assert converse("Fujian's first day", "the day before?").reply.status is Status.NO_DATA


@pytest.mark.parametrize("first", ["fujian 31 april", "what happened on February 29"])
def test_the_day_after_a_day_that_not_every_year_has_breaks_nothing(
    first: str, converse: Converse
) -> None:
    assert converse(first, "the day after").reply.blocks


def test_the_day_after_that_is_the_day_after(converse: Converse) -> None:
    state = converse("fujian april 20", "and the day after that?").state
    assert state is not None
    assert state.date is not None
    assert state.date.start == 421

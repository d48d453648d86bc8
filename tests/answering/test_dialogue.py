"""What a dialogue remembers."""

from datetime import timedelta

from bot.answering.dialogue import LIFETIME, is_switch, renewed
from tests.conftest import NOW, Converse


def test_a_dialogue_ends_after_its_lifetime(converse: Converse) -> None:
    state = converse("theme in Fujian?").state
    assert state is not None
    assert state.is_alive(NOW + LIFETIME - timedelta(seconds=1))
    assert not state.is_alive(NOW + LIFETIME)
    assert renewed(state, NOW + LIFETIME).is_alive(NOW + LIFETIME)


def test_only_a_bare_place_or_time_is_a_switch(converse: Converse) -> None:
    assert is_switch(converse("and Yunnan?").question)
    assert not is_switch(converse("What exhibitions were there in Yunnan?").question)

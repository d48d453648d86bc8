"""How a question speaks of places."""

import pytest

from bot.understanding.places_asked import wants_many_places
from tests.understanding.conftest import Tag


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("which cities held activities", True),
        ("list the places", True),
        ("哪些城市有活动", True),
        ("what did its cities do", False),
        ("what did Fujian do in the cities of Fujian", False),
    ],
)
def test_places_in_the_plural_are_wanted_unless_they_belong_to_another(
    text: str, many: bool, tag: Tag
) -> None:
    assert wants_many_places(tag(text)) is many

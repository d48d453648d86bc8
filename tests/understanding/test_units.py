"""The pieces of content in questions."""

from bot.understanding.question import Unit
from tests.understanding.conftest import Read


def _unit(read: Read, text: str, word: str) -> Unit:
    return next(unit for unit in read(text).units if word in unit.text)


def test_the_best_matching_term_gives_the_weight() -> None:
    unit = Unit("metro lines", 0, 2, ("~metro", "line"), (0.9, 0.4), explained=True)
    assert unit.match(frozenset({"line", "~metro"})) == (0.9, "~metro")
    assert unit.match(frozenset({"line"})) == (0.4, "line")
    assert unit.match(frozenset()) == (0.0, "")


def test_a_word_that_nothing_knows_is_neither_explained_nor_ordinary(read: Read) -> None:
    unit = _unit(read, "the theme of zzyzxville", "zzyzxville")
    assert not (unit.explained)
    assert not (unit.ordinary)


def test_a_common_word_that_no_fact_has_is_ordinary(read: Read) -> None:
    assert _unit(read, "did they bring a spoon", "spoon").ordinary


def test_a_word_that_only_asks_for_an_attribute_is_a_cue(read: Read) -> None:
    units = read("Who organised it in Fujian?").units
    assert all(unit.is_cue or unit.weight < 1 for unit in units)


def test_a_named_thing_counts_more_than_a_word(read: Read) -> None:
    name = _unit(read, "What is Zhichuang Fuzhou?", "zhichuang")
    assert name.is_name
    assert name.weight > 0.9


def test_how_to_is_no_other_subject_where_something_known_teaches_it(read: Read) -> None:
    for text, foreign in (
        ("Which Fujian course teaches firms how to avoid risks?", False),
        ("how to avoid risks of a patent", True),
    ):
        assert any(unit.foreign for unit in read(text).units) is foreign, text

"""Rows that are made when they are looked at, and sets of numbers as bits."""

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.rows import (
    Index,
    Rows,
    between,
    bits_of,
    group,
    last_in,
    numbers_in,
    pack,
    pack_bits,
    pack_halves,
    unpack,
)

numbers = st.sets(st.integers(0, 500)).map(sorted)


@given(numbers)
def test_packed_numbers_come_back(found: list[int]) -> None:
    assert list(unpack(pack(found))) == found


@given(numbers)
def test_packed_bits_come_back(found: list[int]) -> None:
    assert numbers_in(bits_of(pack_bits(found, 501))) == found


@given(numbers)
def test_halves_are_packed_with_the_odd_ones_apart(found: list[int]) -> None:
    whole, odd = pack_halves(found, 251)
    assert numbers_in(bits_of(whole)) == sorted({number // 2 for number in found})
    assert numbers_in(bits_of(odd)) == [number // 2 for number in found if number % 2]


@given(numbers, st.integers(0, 500), st.integers(0, 500))
def test_numbers_in_a_span_are_found(found: list[int], start: int, stop: int) -> None:
    span = range(start, stop)
    assert list(between(found, span)) == [number for number in found if number in span]


@given(numbers, st.integers(1, 20))
def test_only_the_highest_bits_are_kept(found: list[int], most: int) -> None:
    assert last_in(bits_of(pack_bits(found, 501)), most) == found[-most:]


def test_a_row_is_made_only_when_it_is_looked_at() -> None:
    made: list[int] = []

    def row(number: int) -> str:
        made.append(number)
        return f"row {number}"

    rows = Rows(row, range(1000))
    assert (len(rows), rows[7], rows[-1]) == (1000, "row 7", "row 999")
    assert list(rows[3:5]) == ["row 3", "row 4"]
    assert made == [7, 999, 3, 4]


def test_an_index_gives_the_rows_of_a_key() -> None:
    words = ("one", "two", "three")
    index = Index(words.__getitem__, group(words, set))
    assert list(index.get("t")) == ["two", "three"]
    assert list(index.get("x")) == []
    assert (index.count("e"), list(index.numbers("o"))) == (2, [0, 1])

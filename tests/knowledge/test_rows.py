"""Rows that are made when they are looked at, and sets of numbers as bits."""

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.rows import (
    Index,
    Replacement,
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
    with_bits,
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


@given(numbers, st.integers(0, 500), st.integers(0, 20), st.integers(0, 20), st.data())
def test_rows_that_go_and_come_leave_the_others_in_their_order(
    found: list[int], first: int, goes: int, comes: int, data: st.DataObject
) -> None:
    new = sorted(data.draw(st.sets(st.integers(first, first + max(comes, 1) - 1)))) if comes else []
    rows = Replacement(range(first, first + goes), comes)
    before, behind = ([n for n in found if n < first], [n for n in found if n >= first + goes])
    expected = [*before, *new, *(number + comes - goes for number in behind)]
    assert list(unpack(rows.in_numbers(pack(found), pack(new)))) == expected
    index = rows.in_index({"a": pack(found)} if found else {}, {"a": pack(new)} if new else {})
    assert index == ({"a": pack(expected)} if expected else {})


def test_what_is_kept_for_each_row_goes_and_comes_with_it() -> None:
    rows = Replacement(range(1, 3), 1)
    assert rows.in_rows(["a", "b", "c", "d"], ["x"]) == ("a", "x", "d")
    assert list(unpack(rows.in_column(pack([5, 6, 7, 8]), pack([9])))) == [5, 9, 8]


@given(numbers, st.integers(0, 480), numbers)
def test_bits_of_a_span_are_put_in_the_place_of_others(
    found: list[int], first: int, new: list[int]
) -> None:
    span = range(first, first + 20)
    own = [number for number in new if number < len(span)]
    changed = with_bits(pack_bits(found, 501), span, pack_bits(own, len(span)))
    expected = {number for number in found if number not in span} | {first + n for n in own}
    assert numbers_in(bits_of(changed)) == sorted(expected)

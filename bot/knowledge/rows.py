"""Facts as rows that are made when they are first looked at, and indexes of such rows.

A question looks at a few facts of perhaps 100,000. So an index holds row numbers only,
4 bytes each, and the fact behind a number is made on its first use.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar, overload

T = TypeVar("T")
K = TypeVar("K")
Numbers = Sequence[int]
"""Row numbers, ascending."""


class Rows(Sequence[T]):
    """Some rows of a table, in the order of their numbers."""

    __slots__ = ("_row", "numbers")

    def __init__(self, row: Callable[[int], T], numbers: Numbers) -> None:
        self._row = row
        self.numbers = numbers

    def select(self, numbers: Numbers) -> "Rows[T]":
        """The rows with these numbers."""
        return Rows(self._row, numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[T]:
        return map(self._row, self.numbers)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows[T]": ...
    def __getitem__(self, index: int | slice) -> "T | Rows[T]":
        if isinstance(index, slice):
            return Rows(self._row, self.numbers[index])
        return self._row(self.numbers[index])


class Index(Generic[K, T]):
    """For each key the rows that have it."""

    __slots__ = ("_packed", "_row")

    def __init__(self, row: Callable[[int], T], packed: Mapping[K, bytes]) -> None:
        """`packed`: for each key its row numbers, as `pack` makes them."""
        self._row = row
        self._packed = packed

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def __getitem__(self, key: K) -> Rows[T]:
        return Rows(self._row, unpack(self._packed[key]))

    def __iter__(self) -> Iterator[K]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def get(self, key: K, default: Sequence[T] = ()) -> Sequence[T]:
        """The rows of a key; `default` when there are none."""
        packed = self._packed.get(key)
        return default if packed is None else Rows(self._row, unpack(packed))

    def keys(self) -> KeysView[K]:
        """All keys that have rows."""
        return self._packed.keys()

    def numbers(self, key: K) -> Numbers:
        """The row numbers of a key, ascending; empty when there are none."""
        packed = self._packed.get(key)
        return () if packed is None else unpack(packed)

    def count(self, key: K) -> int:
        """How many rows a key has."""
        packed = self._packed.get(key)
        return 0 if packed is None else len(packed) // 4


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers from 0 to 2³²−1 in 4 bytes each, in the byte order of this machine."""
    return array("I", numbers).tobytes()


def unpack(packed: bytes | memoryview) -> memoryview:
    """The numbers that `pack` packed, without a copy."""
    return memoryview(packed).cast("I")


def group(rows: Iterable[T], keys_of: Callable[[T], Iterable[K]], first: int = 0) -> dict[K, bytes]:
    """For each key the packed numbers of the rows that have it; `first` is that of the first."""
    grouped: defaultdict[K, list[int]] = defaultdict(list)
    for number, row in enumerate(rows, first):
        for key in keys_of(row):
            grouped[key].append(number)
    return {key: pack(numbers) for key, numbers in grouped.items()}


class Replacement(NamedTuple):
    """Rows that go out of a table and rows that come in their place.

    The rows behind them get other numbers where not as many come as go.
    """

    going: range
    """The numbers of the rows that go; empty where rows only come in, at its start."""
    coming: int
    """How many rows come."""

    @property
    def shift(self) -> int:
        """What is added to the numbers of the rows behind."""
        return self.coming - len(self.going)

    def in_numbers(self, packed: bytes | memoryview, new: bytes = b"") -> bytes | memoryview:
        """Row numbers as they are afterwards; those of rows that go are left out.

        Args:
            packed: numbers of some rows, ascending.
            new: those of rows that come, likewise.

        """
        numbers = unpack(packed)
        goes = bisect_left(numbers, self.going.start)
        stays = bisect_left(numbers, self.going.stop, goes)
        shift, behind = self.shift, numbers[stays:]
        if not (new or goes < stays or (shift and behind)):
            return packed
        moved = pack([number + shift for number in behind]) if shift else behind.tobytes()
        return numbers[:goes].tobytes() + new + moved

    def in_index(self, index: Mapping[K, bytes], new: Mapping[K, bytes]) -> dict[K, bytes]:
        """For each key its rows as they are afterwards; `new` holds those that come."""
        found = dict(index)
        start, stop, shift = self.going.start, self.going.stop, self.shift
        for key, packed in index.items():
            numbers = unpack(packed)
            if numbers[-1] >= start and (shift or numbers[0] < stop):
                found[key] = bytes(self.in_numbers(packed))
        for key, packed in new.items():
            found[key] = bytes(self.in_numbers(index.get(key, b""), packed))
        return {key: packed for key, packed in found.items() if packed}

    def in_column(self, packed: bytes | memoryview, new: bytes) -> bytes:
        """What is packed for each row, as it is afterwards."""
        going = self.going
        return b"".join((packed[: 4 * going.start], new, packed[4 * going.stop :]))

    def in_rows(self, rows: Sequence[T], new: Iterable[T]) -> tuple[T, ...]:
        """The rows themselves."""
        return (*rows[: self.going.start], *new, *rows[self.going.stop :])


class Marks(NamedTuple):
    """Some numbers below a total, as a bit for each, in two forms."""

    packed: bytes
    """To look up a number: its bit is `packed[number >> 3] >> (number & 7) & 1`."""
    bits: int
    """To meet and join sets by & and |; made of 12,500 bytes it takes longer than the meeting."""


def marks_of(packed: bytes) -> Marks:
    """Numbers that `pack_bits` packed, in both forms."""
    return Marks(packed, bits_of(packed))


def pack_bits(numbers: Iterable[int], total: int) -> bytes:
    """A bit for each number below `total`, set for these."""
    digits = bytearray(b"0") * total
    for number in numbers:
        digits[number] = _ONE
    return _packed(digits[::-1], total)


def pack_halves(numbers: Iterable[int], total: int) -> tuple[bytes, bytes]:
    """`pack_bits` of half of each number: of all of them, and of the odd ones alone."""
    digits = bytearray(b"0") * (2 * total)
    for number in numbers:
        digits[number] = _ONE
    odd = _packed(digits[::-2], total)
    even = _packed(digits[-2::-2], total)
    return (bits_of(even) | bits_of(odd)).to_bytes(len(odd), "little"), odd


def with_bits(packed: bytes, span: range, new: bytes) -> bytes:
    """Packed bits with others, packed likewise, in the place of those of a span."""
    bits = bits_of(packed)
    kept = bits & ~(((1 << len(span)) - 1) << span.start)
    return (kept | bits_of(new) << span.start).to_bytes(len(packed), "little")


def _packed(digits: bytearray, total: int) -> bytes:
    return int(digits or b"0", 2).to_bytes(total // 8 + 1, "little")


def between(ascending: Sequence[int], span: range) -> Sequence[int]:
    """Those of some ascending numbers that lie in a span."""
    if not ascending or (ascending[0] >= span.start and ascending[-1] < span.stop):
        return ascending
    return ascending[bisect_left(ascending, span.start) : bisect_left(ascending, span.stop)]


def bits_of(packed: bytes | memoryview) -> int:
    """The bits of `pack_bits` as one number, so that sets are met and joined by & and |."""
    return int.from_bytes(packed, "little")


def numbers_in(bits: int) -> list[int]:
    """The numbers whose bits are set, ascending."""
    packed = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    return [
        8 * match.start() + bit for match in _MARKED.finditer(packed) for bit in _BITS[match[0][0]]
    ]


def last_in(bits: int, most: int) -> list[int]:
    """The `most` highest of the numbers whose bits are set, ascending."""
    width = _WIDE * most
    while True:
        first = max(0, bits.bit_length() - width)
        highest = bits >> first
        if not first or highest.bit_count() >= most:
            return [first + number for number in numbers_in(highest)[-most:]]
        width *= 4


_WIDE = 16
"""Among so many bits for each number that is looked for the highest ones are looked for first."""
_ONE = ord("1")
_MARKED = re.compile(rb"[^\0]", re.DOTALL)
_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))

"""The tables of a fact index, and how weeks come in and go out of them."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from bot.knowledge.rows import Replacement, pack, unpack
from bot.understanding.week_index import WeekIndex


class FactTables(Struct, frozen=True):
    """A fact index in the form in which it can be kept in a file and read at once.

    Terms and activities are numbers in it; lists of numbers are packed. A term may have no
    postings any more.
    """

    terms: list[str]
    bounds: bytes
    """For each term where its postings begin, then where the last ones end."""
    postings: memoryview
    """For each term the activities that have it: twice the number, plus 1 for a title."""
    own_bounds: bytes
    """For each activity where its terms begin, then where the last ones end."""
    own_terms: memoryview
    """For each activity its terms, those of the title first."""
    title_counts: bytes
    """For each activity how many of its terms are in the title."""
    theme_terms: dict[str, bytes]
    """For each term the weeks whose theme has it."""


EMPTY = FactTables([], pack((0,)), memoryview(b""), pack((0,)), memoryview(b""), b"", {})


def replaced(
    tables: FactTables, weeks: range, activities: range, new: Sequence[WeekIndex]
) -> FactTables:
    """The tables with other weeks in the place of some; those behind get other numbers.

    Args:
        weeks: the numbers of the weeks that go; empty where weeks are only put in.
        activities: the numbers of their activities.
        new: what the weeks that come instead add, in their order.

    """
    numbers = {term: number for number, term in enumerate(tables.terms)}
    coming = _Coming(numbers, activities.start, weeks.start, new)
    rows = Replacement(activities, len(coming.term_counts))
    of_weeks = Replacement(weeks, len(new))
    own_bounds = unpack(tables.own_bounds)
    own_terms = range(own_bounds[activities.start], own_bounds[activities.stop])
    going = unpack(tables.own_terms)[own_terms.start : own_terms.stop]
    bounds, postings = _postings(tables, rows, coming, len(numbers), frozenset(going))
    return FactTables(
        terms=list(numbers),
        bounds=bounds,
        postings=postings,
        own_bounds=_bounds(own_bounds, activities, coming.term_counts),
        own_terms=memoryview(
            Replacement(own_terms, len(coming.own_terms)).in_column(
                tables.own_terms, coming.own_terms.tobytes()
            )
        ),
        title_counts=rows.in_column(tables.title_counts, coming.title_counts.tobytes()),
        theme_terms=of_weeks.in_index(
            tables.theme_terms, {term: pack(own) for term, own in coming.theme_terms.items()}
        ),
    )


class _Coming:
    """What weeks add, with terms and activities numbered as in the tables they come into."""

    def __init__(
        self, numbers: dict[str, int], activity: int, week: int, weeks: Iterable[WeekIndex]
    ) -> None:
        """Take up the weeks; new terms get `numbers`, too."""
        self.own_terms, self.title_counts = array("I"), array("I")
        self.term_counts: list[int] = []
        self.postings: dict[int, list[int]] = {}
        self.theme_terms: dict[str, list[int]] = {}
        for number, index in enumerate(weeks, week):
            own = self._numbered(index, numbers)
            self._add_postings(index, own, 2 * (activity + len(self.term_counts)))
            self.own_terms.extend(own)
            self.term_counts.extend(unpack(index.term_counts))
            self.title_counts.extend(unpack(index.title_counts))
            for term in index.theme_terms:
                self.theme_terms.setdefault(term, []).append(number)

    def _numbered(self, index: WeekIndex, numbers: dict[str, int]) -> list[int]:
        """The terms of the week's activities, one after the other."""
        in_all = [numbers.setdefault(term, len(numbers)) for term in index.terms]
        for number in in_all:
            if number not in self.postings:
                self.postings[number] = []
        return [in_all[term] for term in unpack(index.own_terms)]

    def _add_postings(self, index: WeekIndex, own: Sequence[int], posting: int) -> None:
        postings = self.postings
        first = 0
        counts, titles = unpack(index.term_counts), unpack(index.title_counts)
        for count, in_title in zip(counts, titles, strict=True):
            for term in own[first : first + in_title]:
                postings[term].append(posting + 1)
            for term in own[first + in_title : first + count]:
                postings[term].append(posting)
            first += count
            posting += 2


def _bounds(bounds: memoryview, rows: range, sizes: Sequence[int]) -> bytes:
    """Where what is kept for each row begins and the last one ends, with other rows instead of
    some; `sizes`: how much is kept for each of these.
    """
    begin, end = bounds[rows.start], bounds[rows.stop]
    shift = sum(sizes) - (end - begin)
    new = pack(accumulate(sizes[:-1], initial=begin)) if sizes else b""
    behind = bounds[rows.stop :]
    moved = pack([bound + shift for bound in behind]) if shift else behind.tobytes()
    return bounds[: rows.start].tobytes() + new + moved


def _postings(
    tables: FactTables, rows: Replacement, coming: _Coming, count: int, going: frozenset[int]
) -> tuple[bytes, memoryview]:
    """For each of so many terms its postings, and where they begin; `going`: the terms of the
    activities that go.
    """
    bounds, packed, known = unpack(tables.bounds), tables.postings, len(tables.terms)
    postings = Replacement(range(2 * rows.going.start, 2 * rows.going.stop), 2 * rows.coming)
    sizes = [end - start for start, end in pairwise(bounds)] + [0] * (count - known)
    changed = range(count) if rows.shift else sorted(going | coming.postings.keys())
    pieces: list[bytes | memoryview] = []
    taken = 0
    for term in changed:
        start, end = bounds[min(term, known)], bounds[min(term + 1, known)]
        new = pack(coming.postings.get(term, ()))
        own = postings.in_numbers(packed[4 * start : 4 * end], new)
        pieces += (packed[4 * taken : 4 * start], own)
        sizes[term], taken = len(own) // 4, end
    pieces.append(packed[4 * taken :])
    return pack((0, *accumulate(sizes))), memoryview(b"".join(pieces))

"""The tables of a fact index, and how weeks come in and go out of them."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from bot.knowledge.rows import pack, unpack
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
    bounds, own_terms = unpack(tables.own_bounds), unpack(tables.own_terms)
    first, end = bounds[activities.start], bounds[activities.stop]
    counts = [b - a for a, b in pairwise(bounds)]
    counts[activities.start : activities.stop] = coming.term_counts
    titles = unpack(tables.title_counts)
    postings = tuple(_postings(tables, activities, coming, len(numbers)))
    return FactTables(
        terms=list(numbers),
        bounds=pack((0, *accumulate(len(found) // 4 for found in postings))),
        postings=memoryview(b"".join(postings)),
        own_bounds=pack((0, *accumulate(counts))),
        own_terms=_spliced(own_terms, first, end, coming.own_terms),
        title_counts=_spliced(
            titles, activities.start, activities.stop, coming.title_counts
        ).tobytes(),
        theme_terms=_themes(tables.theme_terms, weeks, len(new), coming.theme_terms),
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


def _postings(
    tables: FactTables, activities: range, coming: _Coming, count: int
) -> Iterator[bytes]:
    """For each of so many terms its postings, packed."""
    bounds, postings = unpack(tables.bounds), unpack(tables.postings)
    first, end = 2 * activities.start, 2 * activities.stop
    shift = 2 * (len(coming.term_counts) - len(activities))
    for term in range(count):
        new = coming.postings.get(term, ())
        if term >= len(tables.terms):
            yield pack(new)
            continue
        own = postings[bounds[term] : bounds[term + 1]]
        goes, stays = bisect_left(own, first), bisect_left(own, end)
        behind = own[stays:]
        if shift and behind:
            yield own[:goes].tobytes() + pack(new) + pack([one + shift for one in behind])
        elif new or goes < stays:
            yield own[:goes].tobytes() + pack(new) + behind.tobytes()
        else:
            yield own.tobytes()


def _spliced(packed: memoryview, first: int, end: int, new: "array[int]") -> memoryview:
    return memoryview(packed[:first].tobytes() + new.tobytes() + packed[end:].tobytes())


def _themes(
    known: Mapping[str, bytes], weeks: range, count: int, coming: Mapping[str, list[int]]
) -> dict[str, bytes]:
    """For each term the weeks whose theme has it; weeks behind those that go are renumbered."""
    shift = count - len(weeks)
    found: dict[str, bytes] = {}
    for term in dict.fromkeys((*known, *coming)):
        numbers = unpack(known.get(term, b""))
        before = [number for number in numbers if number < weeks.start]
        behind = [number + shift for number in numbers if number >= weeks.stop]
        if before or behind or term in coming:
            found[term] = pack((*before, *coming.get(term, ()), *behind))
    return found

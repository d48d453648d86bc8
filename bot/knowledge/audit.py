"""Checks a whole knowledge folder across its files: what fits the schema and still cannot be right.

Errors keep the knowledge from being used, warnings do not. Every problem is shown at the
very value that is wrong; the files are read again for that only when there is a problem.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.errors import Problem
from bot.knowledge.audit_vocabulary import flaws_of_vocabulary, phrases_of_names, shared_phrases
from bot.knowledge.audit_weeks import (
    Known,
    flaws_of_name,
    flaws_of_week,
    references_in,
    unknown_name,
)
from bot.knowledge.facts import Name, Week
from bot.knowledge.flaws import VOCABULARY, Flaw, Place, Positions, doubled, in_circles
from bot.knowledge.listing import yaml_files
from bot.knowledge.loader import KnowledgeFiles, read_parts, vocabulary_folder
from bot.knowledge.vocabulary import Vocabulary

MAX_PROBLEMS = 200
"""Problems that are reported in one run; a missing vocabulary file alone would give thousands."""


def check_folder(folder: Path) -> list[Problem]:
    """Everything that is wrong with a knowledge folder: reading it, then across its files."""
    files, problems = read_parts(folder)
    return [*problems, *audit(files, complete=not problems)]


def audit(files: KnowledgeFiles, *, complete: bool = True) -> list[Problem]:
    """What is wrong across the files of a knowledge folder, by file and line.

    Args:
        complete: False when some files could not be read: ids that are not found
            are passed over then, since they may stand in those files.

    """
    return Audit().problems(files, complete=complete)


class Audit:
    """Checks states of a knowledge folder, one after the other.

    What has not changed since the last one is not checked again: the vocabulary, and each
    week, but for what it says of others.
    """

    def __init__(self) -> None:
        self._vocabulary: Vocabulary | None = None
        self._parts: dict[str, _Part] = {}
        self._names: _Names | None = None

    def problems(self, files: KnowledgeFiles, *, complete: bool = True) -> list[Problem]:
        """As `audit`."""
        names = self._unchanged_or_checked_names(files)
        known = names.known
        parts = [*self._unchanged_or_checked(files, known)]
        parts.append(_Part(None, [*_unknown_names(parts, known), *names.flaws]))
        parts.append(_Part(None, [*_doubled_weeks(files)]))
        found = [
            (part, flaw) for part in parts for flaw in part.flaws
            if complete or not flaw.is_reference
        ]  # fmt: skip
        positions = Positions(files)
        problems = [part.problem(flaw, positions) for part, flaw in found[:MAX_PROBLEMS]]
        problems.extend(_unread_files(files))
        problems.sort(key=lambda problem: (problem.file, problem.line, problem.column))
        if len(found) > MAX_PROBLEMS:
            message = f"{len(found) - MAX_PROBLEMS} more problems are not shown"
            problems.append(Problem(str(files.folder), 0, 0, message, "mend the others first"))
        return problems

    def _unchanged_or_checked_names(self, files: KnowledgeFiles) -> "_Names":
        before = self._names
        if before is None or not self._has_same_names(files):
            found = _all_names(files)
            known = _known(files, found)
            self._names = before = _Names(known, [*_flaws_of_names(found, known)])
        return before

    def _has_same_names(self, files: KnowledgeFiles) -> bool:
        """Whether each file defines the names that it defined at the last look."""
        if files.vocabulary is not self._vocabulary or len(files.weeks) + 1 != len(self._parts):
            return False
        before = (self._parts.get(file.path) for file in files.weeks)
        return all(
            part and part.week and (part.week is file.week or part.week.names == file.week.names)
            for part, file in zip(before, files.weeks, strict=True)
        )

    def _unchanged_or_checked(self, files: KnowledgeFiles, known: Known) -> "Iterator[_Part]":
        if files.vocabulary is not self._vocabulary:
            self._vocabulary, self._parts = files.vocabulary, {}
            found = flaws_of_vocabulary(files.vocabulary, known)
            self._parts[VOCABULARY] = _Part(None, [*found])
        parts = {VOCABULARY: self._parts[VOCABULARY]}
        for file in files.weeks:
            part = self._parts.get(file.path)
            if part is None or part.week is not file.week:
                found = flaws_of_week(file, known)
                part = _Part(file.week, [*found], [*references_in(file)])
            parts[file.path] = part
        self._parts = parts
        return iter(parts.values())


class _Part:
    """What is wrong with the vocabulary or a week by itself."""

    def __init__(
        self, week: Week | None, flaws: list[Flaw], references: Sequence[tuple[str, Place]] = ()
    ) -> None:
        self.week = week
        self.flaws = flaws
        self.references = references
        """The names that it refers to."""
        self.referred = frozenset(reference for reference, _ in references)
        self._problems: dict[Flaw, Problem] = {}

    def problem(self, flaw: Flaw, positions: Positions) -> Problem:
        """A flaw at its place, which is looked for once."""
        found = self._problems.get(flaw)
        if found is None:
            found = self._problems[flaw] = positions.problem(flaw)
        return found


class _Names(NamedTuple):
    """What all names of a folder come to, and what is wrong between them."""

    known: Known
    flaws: list[Flaw]


def _unknown_names(parts: Iterable[_Part], known: Known) -> Iterator[Flaw]:
    for part in parts:
        if part.referred <= known.names:
            continue
        for reference, place in part.references:
            if reference not in known.names:
                yield unknown_name(reference, place, known)


def _flaws_of_names(names: list[tuple[Name, Place]], known: Known) -> Iterator[Flaw]:
    for name, place in names:
        yield from flaws_of_name(name, place.file, place.path, known)
    places = [place for _, place in names]
    yield from doubled(
        [name.id for name, _ in names],
        lambda index: Place(places[index].file, (*places[index].path, "id")),
        'the name "{id}" stands twice',
    )
    circles = in_circles({name.id: name.part_of for name, _ in names})
    for name, at in names:
        if name.id in circles:
            message = f'"{name.id}" would be a part of itself'
            yield Flaw(Place(at.file, (*at.path, "part_of")), message, "take the line out")
    yield from shared_phrases("name", phrases_of_names(names), "error", mask_numbers=False)


def _all_names(files: KnowledgeFiles) -> list[tuple[Name, Place]]:
    names = [
        (name, Place(VOCABULARY, ("names", i))) for i, name in enumerate(files.vocabulary.names)
    ]
    for file in files.weeks:
        names.extend((n, Place(file.path, ("names", i))) for i, n in enumerate(file.week.names))
    return names


def _known(files: KnowledgeFiles, names: Sequence[tuple[Name, Place]]) -> Known:
    vocabulary = files.vocabulary
    places = vocabulary.places
    called: dict[str, str] = {}
    for name, _ in names:
        for phrase in (name.name.en, name.name.zh, *name.aliases.en, *name.aliases.zh):
            called.setdefault(phrase.casefold(), name.id)
    return Known(
        places={place.id: place.parent for place in places},
        regions=frozenset(place.id for place in places if place.level in ("region", "nation")),
        nation=next((place.id for place in places if place.level == "nation"), ""),
        kinds=frozenset(kind.id for kind in vocabulary.kinds),
        attributes=frozenset(attribute.id for attribute in vocabulary.attributes),
        names=frozenset(name.id for name, _ in names),
        name_kinds=frozenset(kind.id for kind in vocabulary.name_kinds),
        called=called,
        world_ip_days={d.year: d.number for d in vocabulary.world_ip_days if d.number is not None},
    )


def _doubled_weeks(files: KnowledgeFiles) -> Iterator[Flaw]:
    """Two files about the same week."""
    seen: dict[tuple[str, str, str, int], str] = {}
    for file in files.weeks:
        week = file.week
        body = (week.body.zh or week.body.en).casefold() if week.body else ""
        first = seen.setdefault((week.region, week.place or "", body, week.year), file.path)
        if first != file.path:
            message = f"another file is about the same week, {week.region} {week.year}"
            mend = "put both into one file, or add place: or body:"
            yield Flaw(_region_in(file.path), message, mend, first=_region_in(first))


def _region_in(path: str) -> Place:
    return Place(path, ("region",))


def _unread_files(files: KnowledgeFiles) -> Iterator[Problem]:
    """YAML files that stand or are named so that the bot does not read them."""
    read = {f"{files.folder}/{file.path}" for file in files.weeks}
    words = vocabulary_folder(files.folder)
    for folder, where in (
        (files.folder / "weeks", "weeks/<year>/<region>.yaml"),
        (words, "vocabulary/<name>.yaml"),
    ):
        for path in map(Path, sorted(frozenset(yaml_files(folder)) - read)):
            is_read = path.parent == words and path.suffix == ".yaml"
            is_week = len(path.relative_to(folder).parts) == 2 and path.suffix == ".yaml"
            if is_read or path.name.startswith(".") or (folder != words and is_week):
                continue
            shown = path.relative_to(folder.parent).as_posix()
            message = "this file is not read"
            yield Problem(shown, 0, 0, message, f"move or rename it to {where}", "warning")

"""Help while a week's file is written: a file to fill in, a draft from an article, a preview."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from yaml import YAMLError

from bot.answering.message import IncomingMessage
from bot.channels.plain_text import plain_text, wrapped
from bot.errors import InputProblem, KnowledgeProblems
from bot.knowledge.entries import NATION
from bot.knowledge.facts import Text, Week
from bot.knowledge.flaws import did_you_mean
from bot.knowledge.loader import KnowledgeFiles, read_parts, read_text, vocabulary_folder
from bot.knowledge.plain_yaml import read_plain
from bot.knowledge.vocabulary import Place, Vocabulary
from bot.knowledge.week_template import WeekHead, new_week, to_do_lines

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant
    from bot.knowledge.entries import WeekEntry

YEARS = range(2000, 2101)
"""Years that a week may have."""
_WIDTH = 88
_TYPICAL = (
    Text(en="What did {place} hold in {year}?", zh="{place}{year}年宣传周有哪些活动？"),
    Text(
        en="What was the theme of {place}'s IP Publicity Week in {year}?",
        zh="{place}{year}年宣传周的主题是什么？",
    ),
    Text(
        en="When was the IP Publicity Week of {place} in {year}?",
        zh="{place}{year}年宣传周是什么时候？",
    ),
    Text(
        en="Who organised the IP Publicity Week of {place} in {year}?",
        zh="{place}{year}年宣传周由谁主办？",
    ),
)


# --- new ----------------------------------------------------------------------------------


def start_week(folder: Path, region: str, year: int, place: str = "") -> Path:
    """Write a week's file to fill in; where it stands.

    Args:
        region: id or name of a region, in either language.
        place: id or name of the city or district whose week it is; empty for the region's own.

    Raises:
        InputProblem: there is such a file, or the vocabulary has no such place there.
    """
    if year not in YEARS:
        raise InputProblem(f"{year} is no year of a week: give one from {YEARS[0]} to {YEARS[-1]}")
    vocabulary = read_parts(folder)[0].vocabulary
    where = place_id(vocabulary, region, regions=True)
    within = place_id(vocabulary, place, within=where) if place else ""
    head = WeekHead(where, year, within)
    return _write_new(folder / head.file, new_week(head))


def _write_new(path: Path, text: str) -> Path:
    """Write a file that must not be there yet; its path from here, where that is shorter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InputProblem(f"{_shown(path)} exists already; nothing was written") from None
    return _shown(path)


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def place_id(
    vocabulary: Vocabulary, called: str, *, regions: bool = False, within: str = ""
) -> str:
    """The id of the place that is called so.

    Args:
        called: its id or name, in either language.
        regions: whether it is a region or the nation, not a city or district.
        within: the region that it must lie in; empty for any.

    Raises InputProblem when there is none, or several.
    """
    levels = ("region", "nation") if regions else ("city", "district")
    places = [place for place in vocabulary.places if place.level in levels]
    if within and within != NATION:
        places = [place for place in places if _lies_in(place, within, vocabulary)]
    wanted = called.strip().casefold()
    found = [place.id for place in places if place.id == wanted] or [
        place.id for place in places if wanted in _names_of(place)
    ]
    if len(found) == 1:
        return found[0]
    what = "region" if regions else "city or district"
    what += f" of {within}" if within else ""
    if found:
        raise InputProblem(f'"{called}" may be {" or ".join(found)}: give one of these ids')
    mend = did_you_mean(called, [place.id for place in places])
    mend = mend or f"add it to vocabulary/places.yaml, if there is a {what} of this name"
    raise InputProblem(f'no {what} is called "{called}" – {mend}')


def _lies_in(place: Place, region: str, vocabulary: Vocabulary) -> bool:
    parents = {one.id: one.parent for one in vocabulary.places}
    step: str | None = place.id
    seen: set[str] = set()
    while step is not None and step not in seen:
        if step == region:
            return True
        seen.add(step)
        step = parents.get(step)
    return False


def _names_of(place: Place) -> set[str]:
    words = (place.name, place.full)
    names = {text for one in words for text in (one.en, one.zh)}
    return {name.casefold() for name in (*names, *place.aliases.en, *place.aliases.zh) if name}


# --- draft --------------------------------------------------------------------------------


def drafted(
    assistant: "Assistant", article: Path, region: str, year: int, place: str
) -> tuple[str, WeekHead | None]:
    """A week's file proposed from an article, and which week it is about, where that is known.

    Args:
        region: id or name; empty: the one that the article names most.
        year: 0: the one that the article names most.
        place: id or name of the city or district whose week it is; empty for the region's own.

    Raises InputProblem when the article cannot be read, or there is no such place.
    """
    from bot.answering.article_draft import draft

    vocabulary = assistant.knowledge.vocabulary
    where = place_id(vocabulary, region, regions=True) if region else ""
    within = place_id(vocabulary, place, within=where) if place else ""
    text, found = draft(assistant, article_text(article), region=where, year=year, place=within)
    return text, found


def assistant_for_drafts(folder: Path) -> "Assistant":
    """An assistant for a folder in which other weeks may be unfinished; they are left out.

    Raises KnowledgeProblems when something else is wrong.
    """
    from bot.answering.assistant import Assistant
    from bot.knowledge.audit import audit
    from bot.knowledge.knowledge_base import build_knowledge_base

    files, problems = read_parts(folder)
    errors = [*problems, *audit(files, complete=not problems)]
    wrong = {one.file for one in errors if one.severity == "error"}
    weeks = tuple(file for file in files.weeks if file.path not in wrong)
    if not weeks or any(not file.startswith("weeks/") for file in wrong):
        raise KnowledgeProblems([one for one in errors if one.severity == "error"])
    return Assistant(build_knowledge_base(replace(files, weeks=weeks)))


def write_draft(text: str, head: WeekHead | None, folder: Path) -> Path:
    """Put a draft where its week belongs; where it stands then.

    Raises InputProblem when there is such a file, or it is not known which week it is.
    """
    if head is None:
        raise InputProblem("the article names no region or no year: give --region and --year")
    return _write_new(folder / head.file, text)


def left_to_do(text: str) -> list[str]:
    """What a draft leaves to do, for the person who asked for it."""
    left = to_do_lines(text)
    lines = [f"{len(left)} lines are left to decide or to write:"]
    return [*lines, *(f"  line {number}: {line[:100]}" for number, line in left)]


def article_text(path: Path) -> str:
    """The text of an article.

    Raises InputProblem when the file cannot be read as text.
    """
    try:
        return read_text(path)
    except OSError as error:
        raise InputProblem(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputProblem(f"{path}: is not UTF-8 text; save it with this encoding") from None


# --- preview ------------------------------------------------------------------------------


def preview(file: Path, folder: Path, now: datetime) -> Iterator[str]:
    """Typical questions, and those of the file, answered from this week alone.

    Args:
        folder: a knowledge folder; its vocabulary is used.

    Raises:
        KnowledgeProblems: the file has problems; all of them.
        InputProblem: it cannot be read.
    """
    from bot.answering.assistant import Assistant
    from bot.knowledge.knowledge_base import build_knowledge_base

    assistant = Assistant(build_knowledge_base(_alone(file, folder)))
    for entry in assistant.knowledge.week_entries:
        for question in _typical_questions(assistant, entry):
            yield f"? {question}"
            yield from _answer(assistant, question, now)
            yield ""
        yield from _own_questions(assistant, entry.week)


def _alone(file: Path, folder: Path) -> KnowledgeFiles:
    from bot.knowledge.audit import audit

    text = article_text(file)
    with TemporaryDirectory(prefix="ipweek-") as made:
        own = Path(made)
        shutil.copytree(vocabulary_folder(folder), own / "vocabulary")
        path = own / _place_in_folder(file, text)
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        files, problems = read_parts(own)
        problems += audit(files, complete=not problems)
    errors = [one for one in problems if one.severity == "error"]
    if errors:
        raise KnowledgeProblems(errors)
    return files


def _place_in_folder(file: Path, text: str) -> str:
    """Where the file would stand in a knowledge folder: by its name, else by what it says."""
    if file.parent.parent.name == "weeks":
        return f"weeks/{file.parent.name}/{file.name}"
    try:
        values = read_plain(text) or {}
        head = WeekHead(values["region"], int(values["year"]), values.get("place") or "")
    except (YAMLError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return f"weeks/2000/{file.stem}.yaml"
    return head.file


def _typical_questions(assistant: "Assistant", entry: "WeekEntry") -> Iterator[str]:
    week = entry.week
    name = week.body or assistant.knowledge.place(entry.place).name
    for question in _TYPICAL:
        for language in ("en", "zh"):
            place = name.in_language(language)
            yield question.in_language(language).format(place=place, year=week.year)


def _answer(assistant: "Assistant", question: str, now: datetime) -> Iterator[str]:
    reply = assistant.reply(IncomingMessage(question, "preview", now), None).reply
    wording = assistant.knowledge.vocabulary.wording
    yield from wrapped(plain_text(reply, wording), _WIDTH).split("\n")


def _own_questions(assistant: "Assistant", week: Week) -> Iterator[str]:
    from bot.answering.checked_questions import broken_questions

    broken = {flaw.place.path: flaw for flaw in broken_questions(assistant)}
    yield f"The file's own questions: {len(week.questions)}."
    for number, question in enumerate(week.questions):
        flaw = broken.get(("questions", number))
        yield f"- {flaw.message}" if flaw else f"- as expected: {question.ask}"

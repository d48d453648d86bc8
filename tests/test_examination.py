"""Looking at a folder again: the same answers as of a folder that is read for the first time."""

import gc
import re
import shutil
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.assembly import build_assistant, knowledge_version
from bot.examination import Examiner
from bot.knowledge.entries import WeekEntry
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.lexicon import OF_FACTS
from bot.understanding.week_index import WeekIndex, WeekReader
from tests.benchmarks.knowledge_generator import generate
from tests.benchmarks.size_questions import hostile, questions
from tests.conftest import NOW
from tests.evaluate import QUESTIONS, read_set

WEEK = "weeks/2020/qinghai.yaml"
FUJIAN = "weeks/2021/fujian.yaml"


@pytest.fixture
def folder(five_weeks: Path, tmp_path: Path) -> Path:
    """A knowledge folder of five weeks that may be changed."""
    return shutil.copytree(five_weeks, tmp_path / "knowledge")


def replies(assistant: Assistant) -> Iterator[str]:
    """What is answered to every seventh question of the sets, and to some that are made up."""
    sets = [read_set(QUESTIONS / f"{name}.jsonl") for name in ("english", "chinese")]
    asked = [text for questions in sets for one in questions[::7] for text in one.turns]
    for text in (*asked, *questions(assistant.knowledge, 60), *hostile(assistant.knowledge)):
        yield repr(assistant.reply(IncomingMessage(text, "test", NOW)).reply)


_FIRST_LOOKS: dict[str, list[str]] = {}


def first_look(folder: Path) -> list[str]:
    """What a folder that is read for the first time answers; asked once for the same content."""
    version = knowledge_version(folder)
    if version not in _FIRST_LOOKS:
        _FIRST_LOOKS[version] = list(replies(build_assistant(folder)))
    return _FIRST_LOOKS[version]


def examined(examiner: Examiner) -> Assistant:
    """The assistant of a folder that is good."""
    found = examiner.examine()
    assert found.assistant is not None, found.problems
    return found.assistant


def edit(path: Path, old: str, new: str) -> None:
    """Write something else in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def a_word_changed(folder: Path) -> None:
    """A text says something else."""
    edit(folder / WEEK, "urban ", "seminar ")


def a_word_less(folder: Path) -> None:
    """Misspelt words are no longer taken for it."""
    edit(folder / WEEK, " panels", "")


def an_activity_more(folder: Path) -> None:
    """All activities behind it are counted differently."""
    added = (
        "\nactivities:\n  - id: robot-race\n    title: {en: a robot race, zh: 机器人赛跑}\n"
        "    summary: {en: A robot race for patents is planned., zh: 计划举行机器人专利赛跑。}\n"
        "    kinds: [seminar]\n    modality: planned\n    date: 2020-04-23\n"
    )
    edit(folder / WEEK, "\nactivities:\n", added)


def a_theme_changed(folder: Path) -> None:
    """Its words mean something to every question."""
    edit(folder / FUJIAN, "Comprehensively, Striving", "Thoroughly, Aspiring")


def a_name_changed(folder: Path) -> None:
    """It is called otherwise in every question."""
    edit(folder / FUJIAN, "Zhichuang Fujian", "Zhiyuan Fujian")


def a_week_less(folder: Path) -> None:
    """Its questions go with it."""
    (folder / "weeks/2020/yunnan.yaml").unlink()


def a_week_more(folder: Path) -> None:
    """A week comes in between; it has names and a theme of its own."""
    generate(folder.parent / "more", 40)
    made = sorted((folder.parent / "more" / "weeks").glob("*/*.yaml"))
    for path in made[7:9]:
        (folder / "weeks" / path.parent.name).mkdir(exist_ok=True)
        shutil.copy(path, folder / "weeks" / path.parent.name)


def another_vocabulary(folder: Path) -> None:
    """A concept more."""
    concepts = folder / "vocabulary" / "more_concepts.yaml"
    concepts.write_text("concepts:\n  - id: robot\n    en: [robot, android]\n    zh: [机器人]\n")


CHANGES = (
    a_word_changed, a_word_less, an_activity_more, a_theme_changed, a_name_changed,
    a_week_less, a_week_more, another_vocabulary,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_answers_after_a_change_are_those_of_a_first_look(
    folder: Path, change: Callable[[Path], None]
) -> None:
    examiner = Examiner(folder)
    before = examined(examiner)
    change(folder)
    after = examined(examiner)
    assert after.knowledge.version != before.knowledge.version
    assert list(replies(after)) == first_look(folder)


def test_many_changes_one_after_the_other_lead_to_the_answers_of_a_first_look(folder: Path) -> None:
    examiner = Examiner(folder)
    for change in CHANGES:
        examined(examiner)
        change(folder)
    assert list(replies(examined(examiner))) == first_look(folder)


@pytest.mark.parametrize("change", [a_word_changed, an_activity_more])
def test_marks_of_common_terms_follow_a_change(
    folder: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.understanding.fact_index.MANY", 0)
    examiner = Examiner(folder)
    before = examined(examiner).facts
    for term in before.tables.terms:
        before.marks(term)
    change(folder)
    after, first = examined(examiner).facts, build_assistant(folder).facts
    marked = [term for term in first.tables.terms if first.marks(term) is not None]
    assert len(marked) > 100
    assert [after.marks(term) for term in marked] == [first.marks(term) for term in marked]


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_word_of_facts_is_known_as_long_as_any_week_has_it(folder: Path, elsewhere: bool) -> None:
    examiner = Examiner(folder)
    surfaces = examined(examiner).gazetteer.lexicon.surfaces
    own = (folder / WEEK).read_text("utf-8")
    weeks = folder.glob("weeks/*/*.yaml")
    others = " ".join(path.read_text("utf-8") for path in weeks if path != folder / WEEK)
    in_others = {*re.findall(r"\w+", others.casefold())}
    in_own = {word for word in re.findall(r"\w+", own) if surfaces.get(word) == OF_FACTS}
    words = {word for word in in_own if (word in in_others) is elsewhere}
    assert words
    (folder / WEEK).write_text(re.sub(rf"\b(?:{'|'.join(words)})\b", "and", own), "utf-8")
    after = examined(examiner).gazetteer.lexicon.surfaces
    assert after == build_assistant(folder).gazetteer.lexicon.surfaces
    assert (words & after.keys()) == (words if elsewhere else set())


def test_the_questions_of_a_changed_week_are_asked(folder: Path) -> None:
    examiner = Examiner(folder)
    examined(examiner)
    edit(folder / WEEK, "\nquestions:\n", "\nquestions:\n  - {ask: hello, status: no_data}\n")
    problems = examiner.examine().problems
    assert [problem.file for problem in problems if "hello" in problem.message] == [WEEK]


def a_borrowed_name(folder: Path) -> None:
    """One week refers to a name that another one defines."""
    name = "  - {id: robot-house, kind: platform, name: {en: Robot House, zh: 机器人之家}}\n"
    edit(folder / FUJIAN, "\nnames:\n", "\nnames:\n" + name)
    an_activity_more(folder)
    edit(folder / WEEK, "    date: 2020-04-23\n", "    platforms: [robot-house]\n")


def test_a_name_that_is_gone_is_missed_by_weeks_that_have_not_changed(folder: Path) -> None:
    own = (folder / FUJIAN).read_text("utf-8")
    a_borrowed_name(folder)
    examiner = Examiner(folder)
    examined(examiner)
    (folder / FUJIAN).write_text(own, "utf-8")
    problems = examiner.examine().problems
    assert [problem.file for problem in problems if "robot-house" in problem.message] == [WEEK]


def test_what_a_name_stands_for_reaches_the_weeks_that_refer_to_it(folder: Path) -> None:
    a_borrowed_name(folder)
    examiner = Examiner(folder)
    examined(examiner)
    edit(folder / FUJIAN, "id: robot-house, kind: platform", "id: robot-house, kind: university")
    facts = examined(examiner).facts
    entry = facts.knowledge.activity_with_id("qinghai-2020/robot-race")
    assert entry is not None
    assert "&university" in facts.of(entry).terms


def test_only_a_changed_week_is_indexed_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = Examiner(folder)
    examined(examiner)
    indexed: list[str] = []
    original = WeekReader.index

    def index(self: WeekReader, week: WeekEntry, knowledge: KnowledgeBase) -> WeekIndex:
        indexed.append(week.file)
        return original(self, week, knowledge)

    monkeypatch.setattr(WeekReader, "index", index)
    an_activity_more(folder)
    examined(examiner)
    assert indexed == [WEEK]


@pytest.mark.parametrize(
    ("change", "needless"),
    [
        (an_activity_more, "bot.knowledge.knowledge_base.no_weeks"),
        (an_activity_more, "bot.understanding.indexing.phrases_in"),
        (a_theme_changed, "bot.understanding.indexing.unpacked_index"),
    ],
)
def test_what_has_not_changed_is_not_put_together_again(
    folder: Path, change: Callable[[Path], None], needless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner = Examiner(folder)
    examined(examiner)
    change(folder)
    monkeypatch.setattr(needless, None)  # what making everything anew would begin with
    examined(examiner)


def test_a_folder_that_is_broken_for_a_while_is_taken_up_when_it_is_mended(folder: Path) -> None:
    examiner = Examiner(folder)
    examined(examiner)
    good = (folder / WEEK).read_text("utf-8")
    (folder / WEEK).write_text("region: nowhere\n", "utf-8")
    assert examiner.examine().assistant is None
    (folder / WEEK).write_text(good, "utf-8")
    assert list(replies(examined(examiner))) == first_look(folder)


def test_what_is_wrong_is_told_at_the_second_look_as_at_the_first(folder: Path) -> None:
    examiner = Examiner(folder)
    a_word_changed(folder)
    examiner.examine()
    (folder / "vocabulary" / "notes.txt").write_text("in the way")
    an_activity_more(folder)
    assert examiner.examine().problems == Examiner(folder).examine().problems


def test_knowledge_that_nobody_uses_any_more_goes_without_the_collector(folder: Path) -> None:
    examiner = Examiner(folder)
    old = examined(examiner)
    for _ in replies(old):
        pass
    gone = weakref.ref(old.knowledge)
    a_word_changed(folder)
    gc.disable()
    try:
        old = examined(examiner)
        assert gone() is None
    finally:
        gc.enable()


def test_the_version_follows_the_content(folder: Path) -> None:
    examiner = Examiner(folder)
    versions = [examiner.version() for _ in range(3)]
    a_word_changed(folder)
    assert len({*versions}) == 1
    assert examiner.version() == Examiner(folder).version() not in versions


def test_a_look_keeps_what_it_read_for_the_next_process(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = examined(Examiner(folder, cache))
    monkeypatch.setattr(WeekReader, "index", None)
    second = examined(Examiner(folder, cache))
    assert second.knowledge.version == first.knowledge.version
    assert list(replies(second)) == list(replies(first))


def test_after_a_start_from_a_snapshot_changes_are_taken_up_as_ever(
    folder: Path, tmp_path: Path
) -> None:
    examined(Examiner(folder, tmp_path / "cache"))
    examiner = Examiner(folder, tmp_path / "cache")
    examined(examiner)
    an_activity_more(folder)
    assert list(replies(examined(examiner))) == first_look(folder)


def test_a_folder_that_broke_since_the_snapshot_is_refused(folder: Path, tmp_path: Path) -> None:
    examined(Examiner(folder, tmp_path / "cache"))
    (folder / WEEK).write_text("region: nowhere\n", "utf-8")
    looked = Examiner(folder, tmp_path / "cache").examine()
    assert looked.assistant is None
    assert WEEK in {problem.file for problem in looked.problems if problem.severity == "error"}

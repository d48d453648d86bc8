"""A week's file proposed from an article: what the bot's own gazetteer and date reader find in it.

Nothing is invented: a value stands in the article or is the id of an entry that it names.
Whatever a person must decide or write is marked TODO: the role of a body, the theme, every
summary, the other language. `check` reports each TODO that is left.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.assistant import Assistant
from bot.knowledge.editor_schemas import WEEK_HEADER
from bot.knowledge.week_template import TODO, WeekHead
from bot.understanding.dates import DateConstraint, DateMentions, find_dates
from bot.understanding.gazetteer import Tagging
from bot.understanding.meanings import EntityType
from bot.understanding.utterance import read_utterance

_SENTENCE = re.compile(
    r"(?<=[。！？；!?])\s*"
    r"|(?<=[a-z0-9)\]”\"'])[.;]\s+(?=[A-Z“\"'(\u4e00-\u9fff])"
    r"|\n+"
)
_QUOTED = re.compile(
    r"“([^“”]{2,120})”|\"([^\"\n]{2,120})\"|《([^《》]{2,120})》|「([^「」]{2,120})」"
)
_DATELINE = re.compile(
    r"^(?:[A-Z][\w .'-]*, )?(?P<en>[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)"
    r"(?: ?\([^()]*\))? ?(?:--|[—–:])\s*"
    r"|^(?:[\u4e00-\u9fff]{2,12}?)?(?P<zh>(?:\d{4}年)?\d{1,2}月\d{1,2}日)[电讯]"
    r"[^，。]*?[ ：:）)]+"
)
"""Place and day of the report at the beginning of an article; not those of what is reported."""
_NAMES_A_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'）)，。]+")
_BOUNDS = {
    "more than": "more than", "over": "more than", "超过": "more than", "逾": "more than",
    "余": "more than", "多": "more than", "about": "about", "around": "about", "约": "about",
    "nearly": "nearly", "近": "nearly", "at least": "at least", "至少": "at least",
}  # fmt: skip
_EN_FIGURE = re.compile(
    r"(?:\b(more than|over|about|around|nearly|at least)\s+)?(?<![\w.,/-])"
    r"(\d[\d,]*(?:\.\d+)?)(?<!,)(?![\w/-])\s*(%|million|billion)?"
    r"\s*((?:(?!(?:to|by|from|in|on|at|and|or|as|with|was|were|is|are)\b)[a-z][a-z'-]*\s?){0,4})",
    re.IGNORECASE,
)
_ZH_FIGURE = re.compile(
    r"(超过|逾|约|近|至少)?(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(万|亿|%|％)?(余|多)?\s*([\u4e00-\u9fff]{0,6})"
)
_TIMES = {"万": 10_000, "亿": 100_000_000, "million": 1_000_000, "billion": 1_000_000_000}
_MOST_ACTIVITIES = 80


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the article with all that was recognised in it."""

    text: str
    tagging: Tagging
    dates: DateMentions
    reported: DateMentions | None
    """What the dateline in front of it says."""

    @property
    def days(self) -> list[str]:
        """The days that it names, in its own words."""
        tokens = self.tagging.utterance.tokens
        groups: list[list[int]] = []
        for index in sorted(self.dates.covered):
            if groups and index == groups[-1][-1] + 1:
                groups[-1].append(index)
            else:
                groups.append([index])
        texts = [self.text[tokens[group[0]].start : tokens[group[-1]].end] for group in groups]
        return [text for text in texts if _NAMES_A_DAY.search(text)]

    def ids(self, type: EntityType) -> list[tuple[str, ...]]:
        """For each mention of this type the ids that it may mean."""
        found = (
            tuple(m.id for m in mention.meanings if m.type is type)
            for mention in self.tagging.mentions
            if mention.has(type)
        )
        return list(dict.fromkeys(found))

    def quoted(self) -> list[str]:
        """The texts in quotation marks."""
        return [next(filter(None, match.groups())) for match in _QUOTED.finditer(self.text)]


def draft(
    assistant: Assistant, article: str, *, region: str = "", year: int = 0, place: str = ""
) -> tuple[str, WeekHead | None]:
    """The text of a week's file for an article, and which week it is; None where that is open.

    Args:
        region: id of the region, where it is known; else the one that the article names most.
        year: the same for the year; 0 where it is not known.
        place: id of the city or district whose week it is; empty for the region's own.
    """
    made = _Draft(assistant, article, region, year, place)
    known = made.region and made.year
    return made.text(), WeekHead(made.region, made.year, place) if known else None


class _Draft:
    def __init__(
        self, assistant: Assistant, article: str, region: str, year: int, place: str
    ) -> None:
        self._place = place
        self._knowledge = assistant.knowledge
        self._sentences = [_read(assistant, sentence, year) for sentence in _sentences(article)]
        self._language = "zh" if sum("\u4e00" <= c <= "\u9fff" for c in article) > 40 else "en"
        self._address = next(iter(_ADDRESS.findall(article)), "")
        self._given = region, year
        self.region = region or self._commonest(self._regions())
        self.year = year or int(self._commonest(str(y) for y in self._years()) or 0)

    def text(self) -> str:
        """The file."""
        lines = [
            WEEK_HEADER,
            f"# A draft from an article. Every {TODO} is for you to decide or to write;",
            "# compare all else with the article, then delete the comments. `check` reports what",
            "# is left.",
            *self._head(), "", *self._sources(), "", "activities:",
        ]  # fmt: skip
        used: Counter[str] = Counter()
        found = [
            one for n, one in enumerate(self._sentences)
            if one.ids(EntityType.KIND) and (n or one.dates.constraint)
        ]  # fmt: skip
        left = [one for one in self._sentences[1:] if one not in found and _tells(one)]
        for sentence in found[:_MOST_ACTIVITIES]:
            lines += [*self._activity(sentence, used), ""]
        if not found:
            lines[-1] = f"# {TODO}: no kind of activity was recognised; write activities: by hand."
        for sentence in left[:_MOST_ACTIVITIES]:
            lines += [f"  # {TODO}: to which activity does this belong? {_one_line(sentence.text)}"]
        lines += [""] if left else []
        return "\n".join((*lines, *self._questions(found))).rstrip() + "\n"

    def _head(self) -> Iterator[str]:
        sure = "" if self._given[0] else f"  # {TODO}: the region that the article names most"
        yield f"region: {self.region}{sure}" if self.region else f"region: {TODO.lower()}"
        if self._place:
            yield f"place: {self._place}"
        sure = "" if self._given[1] else f"  # {TODO}: the year that the article names most"
        yield f"year: {self.year}{sure}" if self.year else f"year: {TODO}"
        yield f"modality: {TODO}  # planned, held, running or conditional"
        for start, end in self._spans():
            span = f'{{from: "{start}", to: "{end}"}}'
            yield f"# {TODO}: are these the days of the week? dates: {span}"
        for number in dict.fromkeys(n for one in self._sentences for n in one.dates.ordinals):
            yield f"# {TODO}: is it the number of World IP Day? world_ip_day: {number}"
        for quoted in self._themes():
            yield f"# {TODO}: is it the theme of the week? theme: {self._text(quoted)}"

    def _sources(self) -> Iterator[str]:
        title = next((one.text for one in self._sentences), TODO)
        yield "sources:"
        yield "  - id: main"
        yield f"    title: {_quoted(title)}  # {TODO}: the title as the page shows it?"
        yield f"    publisher: {TODO}"
        yield f"    url: {_quoted(self._address)}" if self._address else f"    url: https://{TODO}"
        day = self._reported() or "2021-04-20"
        yield f'    # {TODO}: the day printed on the page, if there is one. published: "{day}"'

    def _reported(self) -> str:
        """The day of the dateline."""
        for sentence in self._sentences:
            days = sentence.reported.constraint if sentence.reported is not None else None
            if days is not None and days.start is not None:
                return self._day(days.start, days)
        return ""

    def _activity(self, sentence: _Sentence, used: Counter[str]) -> Iterator[str]:
        kinds = [ids[0] for ids in sentence.ids(EntityType.KIND)]
        used[kinds[0]] += 1
        number = f"-{used[kinds[0]]}" if used[kinds[0]] > 1 else ""
        yield f"  # {_one_line(sentence.text)}"
        yield f"  - id: {kinds[0]}{number}"
        yield f"    title: {self._text(f'{TODO} a noun phrase')}"
        yield f"    summary: {self._text(f'{TODO} in your own words')}"
        yield f"    kinds: [{', '.join(kinds)}]"
        yield f"    modality: {TODO}"
        yield from self._days(sentence)
        yield from self._places(sentence)
        for ids in sentence.ids(EntityType.NAME):
            told = " or ".join(filter(self._may_be_meant, ids))
            if not told:
                continue
            yield f"    # {TODO}: organiser, partner, medium, platform? organisers: [{told}]"
        for quoted in sentence.quoted():
            yield f"    # {TODO}: title, work, topic, slogan? works: [{self._text(quoted)}]"
        yield from self._figures(sentence)

    def _days(self, sentence: _Sentence) -> Iterator[str]:
        days = sentence.dates.constraint
        if days is None or days.start is None or days.is_world_ip_day:
            return
        start, end = self._day(days.start, days), self._day(days.end or days.start, days)
        if not start or not end:
            day = f"{days.start // 100}-{days.start % 100}"
            yield f"    # {TODO}: the year is not known. date: {day}"
        elif len(sentence.days) > 1 and start == end:
            yield f'    # {TODO}: which day? {" or ".join(sentence.days)}. date: "{start}"'
        elif days.open_ended:
            yield f'    # {TODO}: from or until when? date: "{start}"'
        else:
            yield f'    date: "{start}"'
            if end != start:
                yield f'    until: "{end}"'

    def _places(self, sentence: _Sentence) -> Iterator[str]:
        found: list[str] = []
        for ids in sentence.ids(EntityType.PLACE):
            inside = [id for id in ids if id != self.region and self._lies_in_region(id)]
            found += inside if len(inside) == 1 else []
            if len(inside) > 1:
                yield f"    # {TODO}: which one? place: {' or '.join(inside)}"
        within = self._knowledge.within
        narrow = [id for id in found if not any(_holds(within(o), id, o) for o in found)]
        if len(narrow) == 1:
            yield f"    place: {narrow[0]}"
        elif narrow:
            yield f"    # {TODO}: which one? place: {' or '.join(narrow)}"

    def _figures(self, sentence: _Sentence) -> Iterator[str]:
        found = list(_figures(sentence))
        if found:
            yield "    figures:"
        for value, bound, of in found:
            yield f"      - value: {value:.15g}"
            yield f"        of: {self._text(f'{TODO} {of}'.rstrip())}"
            if bound:
                yield f"        bound: {bound}"

    def _questions(self, found: Sequence[_Sentence]) -> Iterator[str]:
        yield "questions:"
        yield f"  - ask: {TODO} a question that people may ask"
        if found:
            yield f"    facts: [{found[0].ids(EntityType.KIND)[0][0]}]"

    def _text(self, text: str) -> str:
        own = _quoted(text)
        other = "en" if self._language == "zh" else "zh"
        return f"{{{self._language}: {own}, {other}: {TODO}}}"

    def _themes(self) -> Iterator[str]:
        for sentence in self._sentences:
            if any("theme" in ids for ids in sentence.ids(EntityType.ATTRIBUTE)):
                yield from sentence.quoted()

    def _spans(self) -> Iterator[tuple[str, str]]:
        seen = set()
        for sentence in self._sentences:
            days = sentence.dates.constraint
            if days and days.start and days.end and days.start != days.end and not days.open_ended:
                span = self._day(days.start, days), self._day(days.end, days)
                if all(span) and span not in seen:
                    seen.add(span)
                    yield span

    def _day(self, number: int, days: DateConstraint) -> str:
        try:
            return date(days.year or self.year, number // 100, number % 100).isoformat()
        except ValueError:
            return ""

    def _lies_in_region(self, id: str) -> bool:
        return not self.region or self._knowledge.region_of(id) == self.region

    def _may_be_meant(self, name: str) -> bool:
        """Whether a body belongs to the region, or to the whole country."""
        place = self._knowledge.names[name].place if name in self._knowledge.names else None
        return place in (None, "china") or self._lies_in_region(place or "")

    def _regions(self) -> Iterator[str]:
        for sentence in self._sentences:
            for ids in sentence.ids(EntityType.PLACE):
                yield from {self._knowledge.region_of(id) for id in ids} - {"china"}

    def _years(self) -> Iterator[int]:
        for sentence in self._sentences:
            yield from sentence.dates.years

    @staticmethod
    def _commonest(found: Iterable[str]) -> str:
        counted = Counter(found).most_common(1)
        return counted[0][0] if counted else ""


def _read(assistant: Assistant, sentence: str, year: int) -> _Sentence:
    def dates_in(tagging: Tagging) -> DateMentions:
        return find_dates(tagging, date(year or 2000, 1, 1))

    def tagged(text: str) -> Tagging:
        return assistant.gazetteer.tag(read_utterance(text), repair=False)

    dateline = _DATELINE.match(sentence)
    text = sentence[dateline.end() :] if dateline else sentence
    reported = dates_in(tagged(dateline["en"] or dateline["zh"])) if dateline else None
    tagging = tagged(text)
    return _Sentence(text, tagging, dates_in(tagging), reported)


def _tells(sentence: _Sentence) -> bool:
    """Whether something was recognised that a file may hold."""
    return bool(
        sentence.quoted()
        or sentence.dates.constraint
        or sentence.ids(EntityType.NAME)
        or any(_figures(sentence))
    )


def _sentences(article: str) -> Iterator[str]:
    plain = "".join(c for c in article if c.isprintable() or c == "\n")
    for piece in _SENTENCE.split(plain):
        text = " ".join((piece or "").split())
        if len(text) > 3 and not _ADDRESS.fullmatch(text):
            yield text


def _figures(sentence: _Sentence) -> Iterator[tuple[float, str, str]]:
    """Value, bound and what is counted, for each number that is no date."""
    tokens = sentence.tagging.utterance.tokens
    dated = [(tokens[i].start, tokens[i].end) for i in sentence.dates.covered]
    pattern = _ZH_FIGURE if sentence.tagging.utterance.has_chinese else _EN_FIGURE
    for match in pattern.finditer(sentence.text):
        if any(start < match.end(2) and match.start(2) < end for start, end in dated):
            continue
        groups = [group or "" for group in match.groups()]
        before, digits, times, of = groups[0], groups[1], groups[2], groups[-1]
        more = groups[3] if len(groups) == 5 else ""
        value = float(digits.replace(",", "")) * _TIMES.get(times.casefold(), 1)
        if times in {"%", "％"}:
            of = f"% {of}"
        if of.strip()[:1] not in {"年", "月", "日", "号", "届"}:
            yield value, _BOUNDS.get(before.casefold() or more, ""), of.strip()


def _holds(within: frozenset[str], place: str, other: str) -> bool:
    return place != other and place in within


def _quoted(text: str) -> str:
    return json.dumps(_one_line(text), ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())

"""Dates and years in an utterance, in any usual written form, English or Chinese.

A written date seldom names its year, and "first day" or "today" mean a day only against
the week or the time of the message; so a date is kept as it was meant and resolved later.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.understanding.date_patterns import (
    AFTER,
    BACK,
    BEFORE,
    CHINESE,
    ENGLISH,
    JOINING,
    ONWARDS,
    ORDINAL_WORDS,
)
from bot.understanding.gazetteer import Tagging
from bot.understanding.meanings import MONTHS, EntityType

APRIL = 4
LAST_OF_MONTH = 30


class DateConstraint(Struct, frozen=True):
    """The days that a question is about."""

    start: int | None = None
    """First day as month * 100 + day of month; None with an anchor."""
    end: int | None = None
    """Last day, included; the same as `start` for one day."""
    year: int | None = None
    anchor: str = ""
    """"first" or "last" day of the week, or "day-2" … for the n-th; empty for calendar days."""
    open_ended: bool = False
    """After, since, before or until a day, rather than on it."""
    is_world_ip_day: bool = False
    """Named as World IP Day, which may be a topic as well as a day."""

    @property
    def is_one_day(self) -> bool:
        """Whether exactly one day is meant."""
        return bool(self.anchor) or (self.start is not None and self.start == self.end)


class DateMentions(Struct, frozen=True):
    """All that an utterance says of time."""

    constraint: DateConstraint | None
    years: tuple[int, ...]
    covered: frozenset[int]
    """Indexes of the tokens that were used up."""
    ordinals: tuple[int, ...] = ()
    """Numbers of an edition: 21 in "the 21st World IP Day"."""
    names_the_day: bool = False
    """World IP Day is named, perhaps beside another date."""


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


_DAYS_FROM_TODAY = {
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "day after tomorrow": 2, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1,
    "明日": 1, "后天": 2,
}  # fmt: skip
_YEARS_FROM_NOW = (
    (("大前年",), -3), (("year before last", "前年"), -2),
    (("last ", "previous ", "past ", "去年", "上"), -1), (("this ", "current ", "今年", "本"), 0),
    (("next ", "coming ", "明年"), 1), (("year after next", "后年"), 2),
)  # fmt: skip
"""Beginnings of phrases, and how many years they lie ahead."""
_SMALL_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "两": 2,
}  # fmt: skip


def find_dates(tagging: Tagging, today: date, aside: frozenset[int] = frozenset()) -> DateMentions:
    """All dates and years of an utterance.

    Args:
        today: the day the message came in.
        aside: tokens of a story around the question; "next year" is no slot there.

    """
    if not _may_hold_date(tagging):
        return DateMentions(None, (), frozenset())
    text, owner = _canonical(tagging)
    pattern = CHINESE if tagging.utterance.has_chinese else ENGLISH
    reading = _Reading(text, owner, today, aside, _titles(tagging))
    for match in pattern.finditer(text):
        reading.take(match)
    if pattern is CHINESE and reading.constraint is None and _LATIN.search(text):
        for match in ENGLISH.finditer(text):
            reading.take(match)
    return DateMentions(
        reading.constraint,
        tuple(dict.fromkeys(reading.years)),
        frozenset(reading.covered),
        tuple(reading.ordinals),
        reading.names_the_day,
    )


_TRIGGERS = frozenset(
    "first second third opening last final closing day days one two kickoff today tonight "
    "yesterday tomorrow wipd twentieth nineteenth eighteenth twenty thirtieth year year's years "
    "yr yrs when".split()
) | set(MONTHS)
_TITLE = 5
"""A name of so many words or Chinese characters is a title."""
_TITLED = frozenset({EntityType.NAME, EntityType.QUOTE})
_DONE_WHEN = re.compile(
    r"\b(?:what|whats|what's|which|who|how|where|anything|something|events?|activities|will|did)\b"
    r"(?!.*\b(?:know|me|say|says|tell|wonder|sure|and|or|about|on|of|day|date)[,:]? $)"
)
"""Words of a question that asks for more than the time, before "when the week starts"."""
_DIGIT, _LATIN = re.compile(r"\d"), re.compile("[a-z]")


def _may_hold_date(tagging: Tagging) -> bool:
    utterance = tagging.utterance
    return (
        utterance.has_chinese
        or not _TRIGGERS.isdisjoint(utterance.words)
        or not _TRIGGERS.isdisjoint(tagging.repairs.values())
        or _DIGIT.search(utterance.raw) is not None
    )


def _titles(tagging: Tagging) -> frozenset[int]:
    """Tokens of titles: a year in one is none that is asked about."""
    return frozenset(
        index
        for mention in tagging.mentions
        if mention.end - mention.first >= _TITLE and not _TITLED.isdisjoint(mention.types)
        for index in range(mention.first, mention.end)
    )


def _canonical(tagging: Tagging) -> tuple[str, list[int]]:
    """The utterance with one space or hyphen between words, and each character's token."""
    parts: list[str] = []
    owner: list[int] = []
    previous_cjk = True
    for index, token in enumerate(tagging.utterance.tokens):
        word = tagging.repairs.get(index, token.text).replace("'", "")
        gap = ""
        if index:
            if "-" in token.gap or "~" in token.gap:
                gap = "-"
            elif not (token.is_cjk or previous_cjk) or (
                token.gap and not (token.is_cjk and previous_cjk)
            ):
                gap = "&" if "&" in token.gap else " "
            elif token.gap.strip():
                gap = token.gap.strip()[0]
        parts.append(gap + word)
        owner.extend([index] * (len(gap) + len(word)))
        previous_cjk = token.is_cjk
    return "".join(parts), owner


class _Reading:
    """Collects what the matches of one utterance mean."""

    def __init__(
        self,
        text: str,
        owner: Sequence[int],
        today: date,
        aside: frozenset[int],
        titles: frozenset[int],
    ) -> None:
        self.text, self.owner, self.today = text, owner, today
        self.aside, self.titles = aside, titles
        self.constraint: DateConstraint | None = None
        self.years: list[int] = []
        self.ordinals: list[int] = []
        self.covered: set[int] = set()
        self.names_the_day = False
        self._end_of_last = -1

    def take(self, match: re.Match[str]) -> None:
        group = match.groupdict()
        start, end = match.span()
        tokens = {self.owner[i] for i in range(start, end) if self.text[i] != " "}
        if tokens <= self.titles or (group.get("relative") and max(tokens) in self.aside):
            return
        if group.get("at_the_time") and not _DONE_WHEN.search(self.text[:start]):
            return  # "tell me when the week starts"
        found, year = self._read(group)
        if found is None and year is None and not group.get("edition"):
            return
        if group.get("edition"):
            number = _number(group["edition"] or "")
            if number:
                self.ordinals.append(number)
        if year:
            self.years.append(year)
        self.covered.update(tokens)
        if found is not None:
            self._add(self._open(found, start, end), start)
            self._end_of_last = end

    def _read(self, group: dict[str, str | None]) -> tuple[DateConstraint | None, int | None]:
        for name in ("iso", "dmy", "dm", "dot"):
            if text := group.get(name):
                return _literal(text)
        if group.get("wipd"):
            self.names_the_day = True
            return DateConstraint(426, 426, is_world_ip_day=True), None
        if text := group.get("anchor") or group.get("at_the_time"):
            return DateConstraint(anchor=_anchor(text)), None
        if text := group.get("relative"):
            return self._relative(text)
        if text := group.get("year"):
            return None, _year(text)
        return _spelled(group)

    def _relative(self, text: str) -> tuple[DateConstraint | None, int | None]:
        if text in _DAYS_FROM_TODAY:
            day = self.today + timedelta(days=_DAYS_FROM_TODAY[text])
            number = day.month * 100 + day.day
            return DateConstraint(number, number, day.year), day.year
        return None, self.today.year + _years_from_now(text)

    def _open(self, found: DateConstraint, start: int, end: int) -> DateConstraint:
        """Widen "after the 24th", "since 20 April", "before the 22nd", "24号之后"."""
        if found.start is None or found.start != found.end:
            return found
        before, after = self.text[max(0, start - 14) : start], self.text[end : end + 14]
        month = found.start // 100 * 100
        if AFTER.search(before) or ONWARDS.match(after):
            strict = bool(re.search(r"after|following|later than|beyond|post", before)) or bool(
                re.match(r" ?(?:之后|以后|后)", after)
            )
            first = found.start + (1 if strict else 0)
            return replace(found, start=first, end=month + LAST_OF_MONTH, open_ended=True)
        if BEFORE.search(before) or BACK.match(after):
            last = found.start - (0 if re.search(r"until|till|by|up to", before) else 1)
            return replace(found, start=month + 1, end=last, open_ended=True)
        return found

    def _add(self, found: DateConstraint, start: int) -> None:
        known = self.constraint
        names_day = known is not None and known.anchor and found.start is not None
        if known is None or names_day or (known.is_world_ip_day and not found.is_world_ip_day):
            self.constraint = found
            return
        if found.is_world_ip_day:
            return
        between = self.text[self._end_of_last : start] if self._end_of_last >= 0 else ""
        goes_on = known.start is not None and found.end is not None and found.end >= known.start
        if goes_on and JOINING.fullmatch(between):
            self.constraint = replace(
                known, end=found.end, year=known.year or found.year, open_ended=False
            )


def _years_from_now(text: str) -> int:
    """How many years a phrase lies ahead: -1 for "last year", -3 for "three years ago"."""
    ago = re.fullmatch(r"(.+?) ?(?:(?:years?|yrs?) ago|年前)", text)
    if ago:
        return -(_SMALL_NUMBERS.get(ago[1]) or _number(ago[1]) or 0)
    return next(years for words, years in _YEARS_FROM_NOW if text.startswith(words))


def _literal(text: str) -> tuple[DateConstraint | None, int | None]:
    if text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"  # 20210420
    numbers = [int(part) for part in re.split(r"[-/.·]", text)]
    year: int | None = None
    if len(numbers) == 3:
        if numbers[0] > 999:
            year, month, day = numbers
            if month > 12:
                month, day = day, month
            return _day(month, day, year), year
        year = numbers.pop()
        year += 2000 if year < 100 else 0
    first, second = numbers
    if first == APRIL or second > 12:
        month, day = first, second
    else:
        month, day = second, first
    return _day(month, day, year), year


def _day(month: int, day: int, year: int | None) -> DateConstraint | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateConstraint(month * 100 + day, month * 100 + day, year)


def _spelled(group: dict[str, str | None]) -> tuple[DateConstraint | None, int | None]:
    for first, last, month_name, year_name in (
        ("a", "b", "mon1", "y1"), ("c", "d", "mon3", "y3"), ("e", "", "mon2", "y2"),
        ("a", "b", "m", "y"), ("c", "d", "m3", ""), ("e", "f", "", ""), ("o1", "o2", "", ""),
        ("o3", "o4", "", ""), ("day", "", "", ""),
    ):  # fmt: skip
        if not group.get(first) or (month_name and not group.get(month_name)):
            continue
        month = _month(group.get(month_name) or "") if month_name else APRIL
        start = _number(group[first] or "")
        end = _number(group.get(last) or "") if last else None
        year = _year(group.get(year_name) or "") if year_name else None
        if not start or not 1 <= start <= 31 or not month:
            return None, None
        if not month_name and start < 10 and first in ("day", "o1", "o3"):
            return None, None
        stop = end if end and start <= end <= 31 else start
        return DateConstraint(month * 100 + start, month * 100 + stop, year), year
    return None, None


def _month(text: str) -> int | None:
    return MONTHS.get(text) or _number(text)


def _year(text: str) -> int | None:
    text = text.strip().removesuffix("年").strip()
    if not text:
        return None
    if not text.isdigit():
        digits = "".join(str(_DIGITS.get(c, "")) if c != "十" else "10" for c in text)
        if not digits.isdigit():
            return None
        text = digits if len(digits) == 4 else ""
        if not text:
            return None
    number = int(text)
    return number + 2000 if number < 100 else number


def _number(text: str) -> int | None:
    """A day or month from digits, English number words or Chinese numerals."""
    text = text.strip().removesuffix("日").removesuffix("号").strip()
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    word = text.replace("-", " ")
    if word in ORDINAL_WORDS:
        return ORDINAL_WORDS[word]
    text = text.replace("廿", "二十")
    if not text or any(c not in _DIGITS and c != "十" for c in text):
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS[text] if len(text) == 1 else None


_ENDS = re.compile(
    r" (?:end(?:s|ed)?|close[sd]?|finish(?:es|ed)?|conclude[sd]?|wrap(?:s|ped)? up)$"
)


def _anchor(text: str) -> str:
    if re.match(r"last|final|closing|最后|末|闭幕|收官|结束", text) or _ENDS.search(text):
        return "last"
    order = re.match(r"(second|third|2nd|3rd)|day (two|three|2|3)|第([二三])", text)
    if order:
        word = next(group for group in order.groups() if group)
        return "day-2" if word in ("second", "2nd", "two", "2", "二") else "day-3"
    if re.match(r"(?:fourth|4th)", text):
        return "day-4"
    if re.match(r"(?:fifth|5th)", text):
        return "day-5"
    if re.match(r"(?:sixth|6th)", text):
        return "day-6"
    if re.match(r"(?:seventh|7th)", text):
        return "day-7"
    return "first"

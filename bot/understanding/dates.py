"""Dates and years in an utterance, in any usual written form, English or Chinese.

A written date seldom names its year, and "first day" or "today" mean a day only against
the week or the time of the message; so a date is kept as it was meant and resolved later.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.understanding.gazetteer import MONTHS, Tagging

APRIL = 4
LAST_OF_MONTH = 30


@dataclass(frozen=True, slots=True)
class DateConstraint:
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


@dataclass(frozen=True, slots=True)
class DateMentions:
    """All that an utterance says of time."""

    constraint: DateConstraint | None
    years: tuple[int, ...]
    covered: frozenset[int]
    """Indexes of the tokens that were used up."""
    ordinals: tuple[int, ...] = ()
    """Numbers of an edition: 21 in "the 21st World IP Day"."""
    names_the_day: bool = False
    """World IP Day is named, perhaps beside another date."""


_MON = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "twenty first": 21, "twenty second": 22, "twenty third": 23,
    "twenty fourth": 24, "twenty fifth": 25, "twenty sixth": 26, "twenty seventh": 27,
    "twenty eighth": 28, "twenty ninth": 29, "thirtieth": 30, "twenty one": 21, "twenty two": 22,
    "twenty three": 23, "twenty four": 24, "twenty five": 25, "twenty six": 26, "twenty": 20,
}  # fmt: skip
_BIG_WORD = "|".join(
    w.replace(" ", r"[\ -]")
    for w in sorted((w for w, n in _ORDINAL_WORDS.items() if n > 7), key=len, reverse=True)
)
_NUM = r"(?<![\d.,])\d{1,2}(?![\d,.]\d|\d)"
_ORD = rf"(?:(?<![\d.,])\d{{1,2}}\ ?(?:st|nd|rd|th)\b|(?:{_BIG_WORD})\b)"
_D = rf"(?:{_ORD}|{_NUM})"
_TO = r"\ ?(?:-|to|until|till|til|through|thru|and|&)\ ?"
_DAY_ORD = r"(?:first|second|third|fourth|fifth|sixth|seventh|1st|2nd|3rd|4th|5th|6th|7th)"
_EDITION = (
    r"(?:\ (?:or|and)\ (?:the\ )?\d\d?(?:st|nd|rd|th))?\ (?:world|wipd|edition|ip\ day|intellectual)"
)
_EN = re.compile(
    rf"""
    (?P<iso>\b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b)
  | (?P<dmy>\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b)
  | (?P<dm>\b\d{{1,2}}/\d{{1,2}}\b)
  | (?P<dot>\b0?4\.(?:[12]\d|30)\b)
  | \b(?P<mon1>{_MON})\ (?:the\ )?(?P<a>{_D})(?:{_TO}(?:(?:{_MON})\ )?(?:the\ )?(?P<b>{_D}))?(?:\ ?(?:of\ |in\ )?(?P<y1>20\d\d))?
  | \b(?P<c>{_D})(?:(?:\ of)?\ (?:{_MON}))?(?:{_TO}(?:the\ )?(?P<d>{_D}))(?:\ of)?\ ?(?P<mon3>{_MON})\b(?:\ ?(?:of\ |in\ )?(?P<y3>20\d\d))?
  | \b(?P<e>{_D})(?:\ day)?(?:\ of)?\ ?(?P<mon2>{_MON})\b(?:\ ?(?:of\ |in\ )?(?P<y2>20\d\d))?
  | (?P<edition>(?:\b\d{{1,2}}\ ?(?:st|nd|rd|th)|\b(?:{_BIG_WORD}))(?={_EDITION}))
  | (?P<anchor>\b(?:{_DAY_ORD}|opening|last|final|closing)\ (?:[a-z]+\ )?day\b|\bday\ (?:one|two|three|1|2|3)\b|\bkick\ ?off\ day\b)
  | (?:\b(?:the|on|and|about|to|for)\ )(?P<o1>{_ORD})(?!{_EDITION})(?:{_TO}(?:the\ )?(?P<o2>{_ORD}))?
  | (?P<o3>\b\d{{1,2}}\ ?(?:st|nd|rd|th)\b)(?!{_EDITION})(?:{_TO}(?:the\ )?(?P<o4>{_ORD}))?
  | (?P<wipd>\bworld\ (?:ip|intellectual\ property|ipr)\ (?:day|days)\b|\bwipd\b|\bwipo\ day\b|\bip\ day\b)
  | (?P<relative>\b(?:today|tonight|yesterday|tomorrow|this\ year|last\ year|next\ year|year\ before\ last|previous\ year)\b)
  | (?P<year>(?<![\d.,/])(?:19|20)\d\d\b(?![.,]\d))
    """,
    re.VERBOSE,
)
_ZN = "0-9〇零一二三四五六七八九十廿"
_ZH = re.compile(
    rf"""
    (?P<iso>\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}})
  | (?P<ymd>(?P<y>(?:19|20)?\d\d|[二][〇零][〇零一二三四五六七八九十]{{1,2}})\ ?年\ ?(?:的)?\ ?(?P<m>[{_ZN}]{{1,3}})\ ?月(?:份)?\ ?(?P<a>[{_ZN}]{{1,3}})\ ?[日号]?(?:\ ?(?:-|~|至|到|和|、)\ ?(?:(?P<m2>[{_ZN}]{{1,3}})\ ?月\ ?)?(?P<b>[{_ZN}]{{1,3}})\ ?[日号])?)
  | (?P<md>(?P<m3>[{_ZN}]{{1,3}})\ ?月(?:份)?\ ?(?:的\ ?)?(?P<c>[{_ZN}]{{1,3}})\ ?[日号]?(?:\ ?(?:-|~|至|到|和|、)\ ?(?:(?P<m4>[{_ZN}]{{1,3}})\ ?月\ ?)?(?P<d>[{_ZN}]{{1,3}})\ ?[日号])?)
  | (?P<range>(?P<e>[{_ZN}]{{1,3}})\ ?[日号]?\ ?(?:-|~|至|到)\ ?(?P<f>[{_ZN}]{{1,3}})\ ?[日号])
  | (?P<dmy>(?<![\d])\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}(?!\d))
  | (?P<dm>(?<![\d])\d{{1,2}}/\d{{1,2}}(?!\d))
  | (?P<dot>(?<![\d])0?4[.·](?:[12]\d|30)(?!\d))
  | 第\ ?(?P<edition>[{_ZN}]{{1,3}})\ ?[个届](?=.{{0,3}}(?:世界|知识产权日|日))
  | (?P<day>(?<![{_ZN}几])[{_ZN}]{{1,3}}\ ?[日号](?!线|文件|院|楼))
  | (?P<anchor>首日|第一天|头一天|首天|开幕那天|启动那天|开幕当天|开幕日|启动当天|启动日|开始那天|第1天|打头第一天|最后一天|末日|最后那天|闭幕日|收官日|第二天|第三天)
  | (?P<wipd>世界知识产权日|知识产权日|世界知产日|知产日)
  | (?P<relative>今天|昨天|明天|今日|昨日|明日|今年|去年|前年|明年|上一年)
  | (?P<year>(?<!\d)(?:19|20)\d\d(?!\d)|[二][〇零][〇零一二三四五六七八九十]{{1,2}}(?=年)|(?<!\d)\d\d(?=\ ?年))\ ?年?
    """,
    re.VERBOSE,
)
_AFTER_EN = re.compile(r"\b(?:after|since|from|following|starting|post|later than|beyond|onwards from)(?: the)? ?$")
_BEFORE_EN = re.compile(r"\b(?:before|until|till|prior to|by|up to|ahead of|earlier than)(?: the)? ?$")
_ONWARDS = re.compile(r"^ ?(?:onwards?|on wards|or later|and later|and after|afterwards|之后|以后|后|起|开始)")
_BACK = re.compile(r"^ ?(?:or earlier|and before|之前|以前|前(?!年))")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


def find_dates(tagging: Tagging, today: date) -> DateMentions:
    """All dates and years of an utterance; `today` is the day the message came in."""
    tokens = tagging.utterance.tokens
    if not _may_hold_date(tagging):
        return DateMentions(None, (), frozenset())
    text, owner = _canonical(tagging)
    pattern = _ZH if tagging.utterance.has_chinese else _EN
    reading = _Reading(text, owner, today)
    for match in pattern.finditer(text):
        reading.take(match)
    if tagging.utterance.has_chinese and reading.constraint is None and not text.isascii():
        for match in _EN.finditer(text):
            reading.take(match)
    del tokens
    return DateMentions(
        reading.constraint,
        tuple(dict.fromkeys(reading.years)),
        frozenset(reading.covered),
        tuple(reading.ordinals),
        reading.names_the_day,
    )


_TRIGGERS = frozenset(
    "first second third opening last final closing day one two kickoff today tonight yesterday tomorrow "
    "world wipd wipo ip twentieth nineteenth eighteenth twenty thirtieth year".split()
) | set(MONTHS)


def _may_hold_date(tagging: Tagging) -> bool:
    for index, token in enumerate(tagging.utterance.tokens):
        word = tagging.repairs.get(index, token.text)
        if word in _TRIGGERS or word[0].isdigit() or token.is_cjk:
            return True
    return False


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
            elif not (token.is_cjk or previous_cjk) or (token.gap and not (token.is_cjk and previous_cjk)):
                gap = "&" if "&" in token.gap else " "
            elif token.gap.strip():
                gap = token.gap.strip()[0]
        parts.append(gap + word)
        owner.extend([index] * (len(gap) + len(word)))
        previous_cjk = token.is_cjk
    return "".join(parts), owner


class _Reading:
    """Collects what the matches of one utterance mean."""

    def __init__(self, text: str, owner: Sequence[int], today: date) -> None:
        self.text, self.owner, self.today = text, owner, today
        self.constraint: DateConstraint | None = None
        self.years: list[int] = []
        self.ordinals: list[int] = []
        self.covered: set[int] = set()
        self.names_the_day = False
        self._end_of_last = -1

    def take(self, match: re.Match[str]) -> None:
        group = match.groupdict()
        found, year = self._read(group)
        if found is None and year is None and not group.get("edition"):
            return
        if group.get("edition"):
            number = _number(group["edition"] or "")
            if number:
                self.ordinals.append(number)
        if year:
            self.years.append(year)
        start, end = match.span()
        self.covered.update(self.owner[i] for i in range(start, end) if self.text[i] != " ")
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
        if text := group.get("anchor"):
            return DateConstraint(anchor=_anchor(text)), None
        if text := group.get("relative"):
            return self._relative(text)
        if text := group.get("year"):
            return None, _year(text)
        return _spelled(group)

    def _relative(self, text: str) -> tuple[DateConstraint | None, int | None]:
        days = {"today": 0, "tonight": 0, "今天": 0, "今日": 0, "yesterday": -1, "昨天": -1,
                "昨日": -1, "tomorrow": 1, "明天": 1, "明日": 1}  # fmt: skip
        if text in days:
            day = self.today + timedelta(days=days[text])
            number = day.month * 100 + day.day
            return DateConstraint(number, number, day.year), day.year
        years = {"this year": 0, "今年": 0, "last year": -1, "previous year": -1, "去年": -1,
                 "上一年": -1, "year before last": -2, "前年": -2, "next year": 1, "明年": 1}  # fmt: skip
        return None, self.today.year + years[text]

    def _open(self, found: DateConstraint, start: int, end: int) -> DateConstraint:
        """Widen "after the 24th", "since 20 April", "before the 22nd", "24号之后"."""
        if found.start is None or found.start != found.end:
            return found
        before, after = self.text[max(0, start - 14) : start], self.text[end : end + 14]
        month = found.start // 100 * 100
        if _AFTER_EN.search(before) or _ONWARDS.match(after):
            strict = bool(re.search(r"after|following|later than|beyond|post", before)) or bool(
                re.match(r" ?(?:之后|以后|后)", after)
            )
            first = found.start + (1 if strict else 0)
            return replace(found, start=first, end=month + LAST_OF_MONTH, open_ended=True)
        if _BEFORE_EN.search(before) or _BACK.match(after):
            last = found.start - (0 if re.search(r"until|till|by|up to", before) else 1)
            return replace(found, start=month + 1, end=last, open_ended=True)
        return found

    def _add(self, found: DateConstraint, start: int) -> None:
        known = self.constraint
        if known is None or (known.is_world_ip_day and not found.is_world_ip_day):
            self.constraint = found
            return
        if found.is_world_ip_day:
            return
        between = self.text[self._end_of_last : start] if self._end_of_last >= 0 else ""
        joined = re.fullmatch(r" ?(?:-|to|until|till|through|and|&|至|到|和|、)? ?(?:the )?", between)
        if known.start is not None and found.end is not None and joined and found.end >= known.start:
            self.constraint = replace(
                known, end=found.end, year=known.year or found.year, open_ended=False
            )


def _literal(text: str) -> tuple[DateConstraint | None, int | None]:
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
    if word in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[word]
    text = text.replace("廿", "二十")
    if not text or any(c not in _DIGITS and c != "十" for c in text):
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS[text] if len(text) == 1 else None


def _anchor(text: str) -> str:
    if re.match(r"last|final|closing|最后|末|闭幕|收官", text):
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

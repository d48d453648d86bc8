"""A week's file to fill in: every field with its help, required ones marked TODO."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import msgspec

from bot.knowledge import facts
from bot.knowledge.editor_schemas import WEEK_HEADER, field_helps

TODO = "TODO"
"""Stands for what a person must still write; `check` reports every one that is left."""
_WIDTH = 96
_OPEN = re.compile(r"TODO|\btodo(?:-\d+)?\b(?=[\]\s]|$)")
_TEXT = f"{{en: {TODO}, zh: {TODO}}}"
_TEXT_SHOWN = "{en: …, zh: …}"


@dataclass(frozen=True, slots=True)
class WeekHead:
    """Which week a file is about."""

    region: str
    """Id of a region, or "china"."""
    year: int
    place: str = ""
    """Id of the city or district whose week it is; empty for the region's own."""

    @property
    def file(self) -> str:
        """Where it stands in the knowledge folder: weeks/2021/fujian-fuzhou.yaml."""
        name = self.region
        if self.place:
            own = self.place.removeprefix(f"{self.region}-")
            name = f"{self.region}-{own}"
        return f"weeks/{self.year}/{name}.yaml"


_LINES: Mapping[tuple[type, str], str] = {
    (facts.Source, "id"): "main",
    (facts.Source, "title"): TODO,
    (facts.Source, "publisher"): TODO,
    (facts.Source, "url"): f"https://{TODO}",
    (facts.Activity, "id"): TODO.lower(),
    (facts.Activity, "title"): _TEXT,
    (facts.Activity, "summary"): _TEXT,
    (facts.Activity, "kinds"): f"[{TODO.lower()}]",
    (facts.Activity, "modality"): TODO,
    (facts.Week, "modality"): TODO,
    (facts.Week, "dates"): '{from: "2021-04-20", to: "2021-04-26"}',
    (facts.Week, "theme_variants"): f"[{{text: {_TEXT_SHOWN}, source: …}}]",
    (facts.Week, "world_ip_day"): "21",
    (facts.Week, "editions"): "[{number: 13, source: …}]",
    (facts.Week, "completeness"): "incomplete",
    (facts.Activity, "period"): "{from: 2016, to: 2020}",
    (facts.Activity, "parts"): f"[{{id: …, title: {_TEXT_SHOWN}}}]",
    (facts.Activity, "details"): f"{{…: [{_TEXT_SHOWN}]}}",
    (facts.CheckedQuestion, "ask"): f"{TODO} a question that people may ask",
    (facts.CheckedQuestion, "facts"): f"[{TODO.lower()}]",
    (facts.CheckedQuestion, "status"): "no_data",
    (facts.CheckedQuestion, "waits"): "…",
}
"""What stands after a key; for the others it follows from the type."""
_LISTED: Mapping[str, type] = {
    "sources": facts.Source, "activities": facts.Activity, "questions": facts.CheckedQuestion,
}  # fmt: skip
"""Keys of a week whose entries are written out field by field."""
_DAYS = ("published", "date", "until", "since")


def new_week(head: WeekHead) -> str:
    """The file: what must be filled in is marked TODO, what may be is commented out."""
    lines = [
        WEEK_HEADER,
        f"# Fill in what the source says, where {TODO} stands. Take the # from a line to use it;",
        "# delete what you do not know. A text with a colon or # in it needs quotation marks.",
        "",
    ]
    known = {"region": head.region, "year": str(head.year), "place": head.place}
    for key, form in _keys(facts.Week):
        if key in _LISTED:
            lines += ["", *_help(facts.Week, key, ""), f"{key}:", *_entry(_LISTED[key])]
        elif key == "names":
            lines += ["", *_help(facts.Week, key, ""), "# names:", *_entry(facts.Name, "# ")]
        else:
            value = known.get(key) or _value(facts.Week, key, form)
            required = form.required or bool(known.get(key))
            lines += [*_help(facts.Week, key, ""), f"{'' if required else '# '}{key}: {value}"]
    return "\n".join(lines) + "\n"


def to_do_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a file on which something must still be written, numbered from 1."""
    return [
        (number, line.strip())
        for number, line in enumerate(text.split("\n"), start=1)
        if _OPEN.search(line) and not line.startswith(("# Fill in", "# A draft"))
    ]


def _entry(kind: type, hidden: str = "") -> Iterator[str]:
    """One entry of a list, each field with its help."""
    for number, (key, form) in enumerate(_keys(kind)):
        start = "  - " if number == 0 else "    "
        yield from _help(kind, key, f"{hidden}  " if number == 0 else f"{hidden}    ")
        off = "" if form.required or key == "facts" or hidden else "# "
        yield f"{hidden}{start if not off else '    '}{off}{key}: {_value(kind, key, form)}"


def _help(kind: type, key: str, indent: str) -> Iterator[str]:
    for line in wrap(field_helps()[kind.__name__].get(key, ""), _WIDTH - len(indent)):
        yield f"{indent}# {line}"


def _value(kind: type, key: str, form: msgspec.structs.FieldInfo) -> str:
    if key in _DAYS:
        return '"2021-04-20"'
    found = _LINES.get((kind, key))
    return found if found is not None else _form_of(form.type)


def _form_of(type_: Any) -> str:
    """How a value of a type looks."""
    name = str(type_)
    if "Figure" in name:
        return f"[{{value: 100, of: {_TEXT_SHOWN}}}]"
    if "tuple" in name and "Text" in name:
        return f"[{_TEXT_SHOWN}]"
    if "Words" in name:
        return "{en: [word, another], zh: [词, 另一词]}"
    if "Text" in name:
        return _TEXT_SHOWN
    return "B" if "Literal" in name else "…"


def _keys(kind: type) -> Iterator[tuple[str, msgspec.structs.FieldInfo]]:
    """The keys of a type in the order of a file: lists last."""
    fields = msgspec.structs.fields(kind)
    first = [one for one in fields if one.encode_name not in (*_LISTED, "names")]
    last = [one for one in fields if one.encode_name in (*_LISTED, "names")]
    for one in (*first, *last) if kind is facts.Week else fields:
        yield one.encode_name, one

"""Shows the whole chain from a question to its answer, with the evidence of every step.

For maintainers: which words were taken for what, which activities were weighed, why it was
answered or refused, and in which line of which file each fact stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.answering.message import IncomingMessage
from bot.answering.reply import Language
from bot.channels.plain_text import plain_text, wrapped
from bot.understanding.decision import THRESHOLD, WEIGHTS
from bot.understanding.utterance import normalize

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant, Turn
    from bot.answering.findings import Finding
    from bot.knowledge.knowledge_base import KnowledgeBase
    from bot.understanding.question import Question, Unit

MOST_CANDIDATES = 5
_STEPS = "recognize"
"""The longest name of a step; the others are padded to its length."""
_WIDTH = 88
_MOST_LINES = 60
_MOST_TOKENS = 200


def explain(
    assistant: "Assistant", folder: Path, turns: Sequence[str], now: datetime,
    language: Language | None,
) -> Iterator[str]:  # fmt: skip
    """Lines that explain each turn of a dialogue in order.

    Args:
        folder: the knowledge folder that the assistant was built from.
    """
    state = None
    for number, text in enumerate(turns, start=1):
        turn = assistant.reply(IncomingMessage(text, "explain", now, language), state)
        if number > 1:
            yield ""
        if len(turns) > 1:
            yield f"=== turn {number} ==="
        yield from explain_turn(assistant, folder, turn)
        state = turn.state


def explain_turn(assistant: "Assistant", folder: Path, turn: "Turn") -> Iterator[str]:
    """Lines that explain one turn, step by step as in README's table of the journey."""
    yield from _section("normalize", _normal_form(turn.question))
    yield from _section("tag", _tags(turn.question))
    yield from _section("recognize", _recognised(turn.question))
    yield from _section("rank", _candidates(turn))
    yield from _section("decide", _decision(turn))
    yield from _section("find", _found(assistant, folder, turn))
    wording = assistant.knowledge.vocabulary.wording
    yield from _section("phrase", plain_text(turn.reply, wording).split("\n"))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines of a step, broken to fit, with its name before the first one."""
    indent = " " * (len(_STEPS) + 2)
    for index, line in enumerate(lines):
        for part in wrapped(line, _WIDTH).split("\n"):
            start = f"{title:<{len(indent)}}" if title else indent
            yield f"{start}{part}".rstrip()
            title = ""
        if index > _MOST_LINES:
            yield f"{indent}…"
            return


def _normal_form(question: "Question") -> Iterator[str]:
    utterance, keys = question.tagging.utterance, question.tagging.keys
    yield ascii_safe(normalize(utterance.raw)[0][:400])
    shown = []
    for index, token in enumerate(utterance.tokens[:_MOST_TOKENS]):
        key = keys[index] if keys[index] != token.text else ""
        shown.append(f"{token.text}[{token.start}:{token.end}]" + (f"→{key}" if key else ""))
    yield "tokens: " + (" ".join(shown) or "none")
    for index, repaired in question.tagging.repairs.items():
        yield f"repaired: {utterance.tokens[index].text} → {repaired}"


def _tags(question: "Question") -> Iterator[str]:
    tokens = question.tagging.utterance.tokens
    if not question.tagging.mentions:
        yield "no known phrase"
    for mention in question.tagging.mentions:
        text = _between(question, tokens[mention.first].start, tokens[mention.end - 1].end)
        meanings = ", ".join(
            f"{m.type.value} {m.id}{' (asks)' if m.asks else ''}" for m in mention.meanings
        )
        repaired = f"  taken for: {mention.repaired}" if mention.repaired else ""
        yield f"{text} = {meanings}{repaired}"


def _recognised(question: "Question") -> Iterator[str]:
    slots = {
        "places": question.places, "years": question.years, "kinds": question.kinds,
        "names": question.names, "kinds of names": question.name_kinds,
        "attributes, likeliest first": question.attributes, "details": question.details,
        "other subjects": question.subjects, "operators": sorted(question.operators),
        "numbers": question.numbers, "asked": question.asked,
    }  # fmt: skip
    yield f"language {question.language}"
    for name, values in slots.items():
        if values:
            yield f"{name}: {', '.join(map(str, values))}"
    if question.date is not None:
        yield f"date: {_told(question.date)}"
    flags = {
        "the whole country": question.is_national, "a yes or no is wanted": question.is_polar,
        "names the publicity week": question.names_week,
        f"small talk: {question.smalltalk}": bool(question.smalltalk),
    }  # fmt: skip
    yield from (name for name, holds in flags.items() if holds)
    yield from map(_unit, question.units)


def _unit(unit: "Unit") -> str:
    terms = ", ".join(
        f"{term} {weight:.2f}" for term, weight in zip(unit.terms, unit.weights, strict=True)
    )
    said = ", ".join(name for name in unit.__struct_fields__ if getattr(unit, name) is True)
    return f"unit {ascii_safe(unit.text)}: {terms or 'no term'}" + (f" ({said})" if said else "")


def _told(value: Struct) -> str:
    """The fields of a value that say anything."""
    held = {name: getattr(value, name) for name in value.__struct_fields__}
    said = {name: it for name, it in held.items() if it not in (None, "", False)}
    return ", ".join(name if it is True else f"{name} {it}" for name, it in said.items())


def _candidates(turn: "Turn") -> Iterator[str]:
    if not turn.found.candidates:
        yield "no activity was ranked by words"
    for candidate in turn.found.candidates[:MOST_CANDIDATES]:
        yield f"{candidate.score:5.2f}  covers {candidate.coverage:4.0%}  {candidate.entry.id}"


def _decision(turn: "Turn") -> Iterator[str]:
    evidence = turn.found.evidence
    shares = {name: WEIGHTS.get(name, 0.0) * value for name, value in evidence.features.items()}
    for sign, said in ((1, "for"), (-1, "against")):
        found = sorted((s for s in shares.items() if s[1] * sign > 0), key=lambda s: -abs(s[1]))
        yield f"{said}: {', '.join(f'{name} {share:+.2f}' for name, share in found) or 'nothing'}"
    verdict = "answer from the facts" if evidence.suffices else "refuse, or ask back"
    yield f"confidence {evidence.confidence:.3f}, threshold {THRESHOLD}: {verdict}"


def _found(assistant: "Assistant", folder: Path, turn: "Turn") -> Iterator[str]:
    finding: Finding = turn.found.finding
    asked, meant = turn.question, turn.found.question
    if (asked.places, asked.years, asked.date) != (meant.places, meant.years, meant.date):
        slots = ", ".join(f"{name} {value}" for name, value in turn.reply.slots.items())
        yield f"with what the dialogue adds: {slots}"
    reason = getattr(finding, "reason", "")
    yield type(finding).__name__ + (f": {reason}" if reason else "")
    for fact in turn.reply.facts:
        yield f"{fact}  {place_of_fact(assistant.knowledge, folder, fact)}".rstrip()


def place_of_fact(knowledge: "KnowledgeBase", folder: Path, fact: str) -> str:
    """File and line of a fact, such as knowledge/weeks/2021/fujian.yaml:12; empty if unknown.

    Args:
        folder: the knowledge folder that the knowledge was read from.
        fact: as replies have it: fujian-2021/opening-ceremony, fujian-2021#theme.
    """
    week_id, _, rest = fact.replace("#", "/#", 1).partition("/")
    week = knowledge.week_with_id(week_id)
    if week is None:
        return ""
    path = folder / week.file
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return str(_shown(path))
    line = _lines_of(path, changed).get(rest.removeprefix("#").partition("/#")[0], 1)
    return f"{_shown(path)}:{line}"


def _shown(path: Path) -> Path:
    """The path from here, where that is shorter."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


_WEEK_KEYS = {"start": "dates", "end": "dates", "world-ip-day": "world_ip_day",
              "organiser": "organisers", "partner": "partners", "source": "sources"}  # fmt: skip


@lru_cache(maxsize=256)
def _lines_of(file: Path, _changed: int) -> dict[str, int]:
    """In which line each activity (by id) and each key of a week's file begins, from 1."""
    import yaml

    from bot.knowledge.plain_yaml import compose_plain

    try:
        root = compose_plain(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    lines: dict[str, int] = {}
    if not isinstance(root, yaml.MappingNode):
        return lines
    for key, value in root.value:
        lines[key.value] = key.start_mark.line + 1
        if key.value == "activities" and isinstance(value, yaml.SequenceNode):
            lines |= {id: line for node in value.value for id, line in _id_and_line(node)}
    for fact, key in _WEEK_KEYS.items():
        if key in lines:
            lines.setdefault(fact, lines[key])
    return lines


def _id_and_line(node: object) -> Iterator[tuple[str, int]]:
    import yaml

    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id":
                yield value.value, node.start_mark.line + 1


def _between(question: "Question", start: int, end: int) -> str:
    return ascii_safe(question.tagging.utterance.raw[start:end])


def ascii_safe(text: str) -> str:
    """The text with characters that steer a terminal made visible."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)

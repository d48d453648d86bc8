"""What changed between two states of the knowledge, in words. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from bot.knowledge.facts import Week
from bot.knowledge.loader import KnowledgeFiles
from bot.knowledge.mends import short
from bot.knowledge.vocabulary import Vocabulary

_LONGEST = 80


def changes(old: KnowledgeFiles, new: KnowledgeFiles) -> list[str]:
    """One sentence for each thing that is new, gone or different; none when nothing is."""
    return [*_weeks(old, new), *_vocabulary(old.vocabulary, new.vocabulary)]


def _weeks(old: KnowledgeFiles, new: KnowledgeFiles) -> Iterator[str]:
    before = {file.path: file.week for file in old.weeks}
    after = {file.path: file.week for file in new.weeks}
    places = {place.id: place.name.en for place in (*old.vocabulary.places, *new.vocabulary.places)}
    for path in sorted(before.keys() | after.keys()):
        week, was = after.get(path), before.get(path)
        if week is not None and was is not None:
            if week is not was and week != was:
                called = _called(week, places)
                for told in _values(msgspec.to_builtins(was), msgspec.to_builtins(week), ()):
                    yield f"{called}{told}"
        elif week is not None:
            count = len(week.activities)
            counted = f"{count} activit{'y' if count == 1 else 'ies'}"
            yield f"{_called(week, places)} is new: {path}, {counted}."
        elif was is not None:
            yield f"{_called(was, places)} is gone: {path} was taken out."


def _called(week: Week, places: Mapping[str, str]) -> str:
    place = week.place or week.region
    body = f", {week.body.in_language('en')}" if week.body else ""
    return f"{places.get(place, place)}{body} {week.year}"


def _vocabulary(old: Vocabulary, new: Vocabulary) -> Iterator[str]:
    if old is new:
        return
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    for section in sorted(before.keys() | after.keys()):
        if before.get(section) != after.get(section):
            told = _values({section: before.get(section)}, {section: after.get(section)}, ())
            yield from (f"Vocabulary{one}" for one in told)


def _values(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[str]:
    """What is different between two values that stand at the same place."""
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _values(old.get(key), new.get(key), (*path, str(key)))
    elif _is_list(old) and _is_list(new):
        yield from _lists(old or (), new or (), path)
    else:
        yield _told(old, new, path)


def _is_list(value: Any) -> bool:
    return value is None or isinstance(value, list | tuple)


def _lists(old: Sequence[Any], new: Sequence[Any], path: tuple[str, ...]) -> Iterator[str]:
    """Entries are compared by their ids, figures by what they count; all else by what it is."""
    before, after = _by_key(old), _by_key(new)
    where = f", {', '.join(path)}" if path else ""
    for key in dict.fromkeys((*before, *after)):
        if key not in after:
            yield f"{where}: {_shown(before[key])} is gone."
        elif key not in before:
            yield f"{where}: {_shown(after[key])} is new."
        else:
            yield from _values(before[key], after[key], (*path, key))
    if before == after and old != new:
        yield f"{where}: the order is another."


def _by_key(values: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for value in values:
        own = None
        if isinstance(value, Mapping):
            own = value.get("id") or value.get("ask") or _words_of(value.get("of"))
        found[str(value if not own or own in found else own)] = value
    return found


def _words_of(text: Any) -> str:
    """The text in the language that it has."""
    own = text.get("en") or text.get("zh") if isinstance(text, Mapping) else ""
    return own if isinstance(own, str) else ""


def _told(old: Any, new: Any, path: tuple[str, ...]) -> str:
    where = f", {', '.join(path)}" if path else ""
    if old is None:
        return f"{where} is new: {_shown(new)}."
    if new is None:
        return f"{where} is gone: {_shown(old)}."
    return f"{where} was {_shown(old)}, is {_shown(new)}."


def _shown(value: Any) -> str:
    """A value in a few words: the title or id of an entry, a text in quotation marks."""
    if isinstance(value, Mapping):
        title = value.get("title") or value.get("name") or {}
        words = _words_of(title) if isinstance(title, Mapping) else title
        own = value.get("id") or value.get("ask")
        if own:
            told = f" (“{short(words, _LONGEST)}”)" if words else ""
            return f"{short(str(own), _LONGEST)}{told}"
        if "value" in value and "of" in value:
            number = f"{value.get('bound', '')} {_shown(value['value'])} {_words_of(value['of'])}"
            return f"“{short(number.strip(), _LONGEST)}”"
        text = _words_of(value)
        if text:
            return f"“{short(text, _LONGEST)}”"
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return f"[{', '.join(_shown(one) for one in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return f"“{short(value, _LONGEST)}”" if isinstance(value, str) else str(value)

"""What the bot says in Telegram beside its answers: `knowledge/channels/telegram.yaml`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import yaml
from msgspec import Meta, Struct

from bot.errors import KnowledgeProblems, Problem
from bot.knowledge.facts import Text
from bot.knowledge.flaws import did_you_mean, texts_of
from bot.knowledge.loader import PACKAGED_KNOWLEDGE, read_text
from bot.knowledge.plain_yaml import ValuePath, compose_plain, node_at, read_plain

FILE = Path("channels", "telegram.yaml")
"""Where the wording stands in a knowledge folder."""

FILLED_IN = frozenset(
    "answered count dated date days dialogues example first in_work last minutes name place "
    "questions refused refused_share region repeated title uptime username version weeks "
    "year".split()
)
"""What stands in curly brackets in the texts and is filled in when they are said."""
_HELD = re.compile(r"\{([^{}]*)\}")

Audience = Literal["private", "group", "maintainer"]
"""In which kind of chat, or to whom, a command is offered."""

CommandName = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,32}$")]


class CommandText(Struct, frozen=True, forbid_unknown_fields=True):
    """How a command stands in the menus."""

    where: tuple[Audience, ...]
    text: Text


class Questions(Struct, frozen=True, forbid_unknown_fields=True):
    """The questions that commands stand for; {region}, {year} and {date} are filled in."""

    week: Text
    week_in_year: Text
    date: Text


class Examples(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions that /help offers; each of them is answered."""

    en: tuple[str, ...]
    zh: tuple[str, ...]

    def in_language(self, language: str) -> tuple[str, ...]:
        """The examples for people who read `language` ("en" or "zh")."""
        return self.zh if language == "zh" else self.en


class TelegramWording(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every text of the file, by the name that it has there."""

    commands: dict[CommandName, CommandText]
    questions: Questions
    examples: Examples
    welcome: Text
    welcome_more: Text
    help_heading: Text
    help_commands: Text
    help_more: Text
    group_how_to_ask: Text
    group_privacy_on: Text
    group_privacy_off: Text
    ask_usage: Text
    answered_before: Text
    regions_heading: Text
    regions_first: Text
    week_usage: Text
    date_usage: Text
    language_now: Text
    language_set: Text
    language_automatic: Text
    language_automatic_button: Text
    privacy: Text
    privacy_with_log: Text
    forgotten: Text
    version: Text
    status: Text
    reload_done: Text
    reload_refused: Text
    reload_unchanged: Text
    changes_none: Text
    changes_heading: Text
    wrong_button: Text
    wrong_noted: Text
    wrong_report: Text
    digest_heading: Text
    calendar_usage: Text
    calendar_caption: Text
    calendar_empty: Text
    calendar_unknown: Text
    calendar_from_then_on: Text
    calendar_tentative: Text
    calendar_conditional: Text
    calendar_choose: Text
    week_name: Text
    show_all_button: Text
    calendar_button: Text
    more_hidden: Text
    source: Text
    sources: Text
    words_only: Text
    unknown_command: Text
    slow_down: Text
    stale_button: Text
    something_went_wrong: Text
    inline_button: Text
    inline_more: Text


def read_wording(knowledge_folder: Path = PACKAGED_KNOWLEDGE) -> TelegramWording:
    """The wording of a knowledge folder; that which comes with the bot where it has none.

    Raises KnowledgeProblems when the file is no YAML or a text is missing or misspelt.
    """
    path = knowledge_folder / FILE
    if not path.is_file():
        path = PACKAGED_KNOWLEDGE / FILE
    try:
        text = read_text(path)
    except (UnicodeDecodeError, OSError) as error:
        raise KnowledgeProblems([Problem(FILE.as_posix(), 0, 0, str(error))]) from None
    try:
        wording = msgspec.convert(read_plain(text), TelegramWording, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError, RecursionError):
        from bot.knowledge.schema import problems_of

        raise KnowledgeProblems(problems_of(text, FILE.as_posix(), TelegramWording)) from None
    problems = list(_misfilled(wording, text))
    if problems:
        raise KnowledgeProblems(problems)
    return wording


def _misfilled(wording: TelegramWording, text: str) -> Iterator[Problem]:
    """Texts with a {value} that nothing fills in, or that only one of the languages has."""
    for path, own, _ in texts_of(wording):
        if not isinstance(own, Text) or not {"{", "}"} & {*own.en, *own.zh}:
            continue
        loose = [
            language for language in ("en", "zh")
            if {"{", "}"} & {*_HELD.sub("", getattr(own, language))}
        ]  # fmt: skip
        if loose:
            message = "a curly bracket in this text has no partner"
            yield _problem_at((*path, loose[0]), text, message, "close it, or take it out")
            continue
        held = {language: set(_HELD.findall(getattr(own, language))) for language in ("en", "zh")}
        for language, names in held.items():
            for name in sorted(names - FILLED_IN):
                mend = did_you_mean(name, FILLED_IN, "take it out")
                message = f"nothing is filled in for {{{name}}}"
                yield _problem_at((*path, language), text, message, mend)
        if held["en"] != held["zh"] and held["en"] | held["zh"] <= FILLED_IN:
            odd = ", ".join(f"{{{name}}}" for name in sorted(held["en"] ^ held["zh"]))
            message = f"only one of the two languages has {odd}"
            yield _problem_at(path, text, message, "write it in both, or in none")


def _problem_at(path: ValuePath, text: str, message: str, mend: str) -> Problem:
    mark = getattr(node_at(compose_plain(text), path), "start_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
    return Problem(FILE.as_posix(), line, column, message, mend)

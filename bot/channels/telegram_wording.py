"""What the bot says in Telegram beside its answers: `knowledge/channels/telegram.yaml`."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
import yaml
from msgspec import Meta, Struct

from bot.errors import KnowledgeProblems, Problem
from bot.knowledge.facts import Text
from bot.knowledge.loader import PACKAGED_KNOWLEDGE, PlainLoader

FILE = Path("channels", "telegram.yaml")
"""Where the wording stands in a knowledge folder."""

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
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 - a safe loader
        return msgspec.convert(raw, TelegramWording, strict=False)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise KnowledgeProblems([Problem(FILE.as_posix(), line, 0, str(error.problem))]) from None
    except (msgspec.ValidationError, UnicodeDecodeError, OSError) as error:
        raise KnowledgeProblems([Problem(FILE.as_posix(), 0, 0, str(error))]) from None

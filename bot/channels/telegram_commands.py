"""Command → what it stands for: a question to the assistant, or words of our own. Pure."""

import re
from dataclasses import dataclass
from itertools import groupby

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.answering.reply import (
    Block,
    BulletList,
    Language,
    Paragraph,
    Reply,
    Status,
    Suggestion,
)
from bot.channels.telegram_buttons import Wish
from bot.channels.telegram_calendar import week_name
from bot.channels.telegram_dialogues import LIFETIME
from bot.channels.telegram_knowledge import InService
from bot.channels.telegram_rendering import hidden_items
from bot.channels.telegram_wording import Audience, TelegramWording
from bot.channels.unanswered_log import KEPT_DAYS
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LANGUAGES: dict[str, Language] = {
    "en": "en",
    "english": "en",
    "英文": "en",
    "英语": "en",
    "zh": "zh",
    "chinese": "zh",
    "中文": "zh",
    "汉语": "zh",
}
_AROUND_REGION = " ,,年"
"""What may stand between a region and a year."""
AUTOMATIC = "auto"
"""The choice of no language: that of each question."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The command stands for a question."""

    question: str


@dataclass(frozen=True, slots=True)
class Say:
    """The command is answered with words of our own."""

    reply: Reply
    buttons: tuple[tuple[str, Wish], ...] = ()
    """Labels and what a press asks for."""


@dataclass(frozen=True, slots=True)
class MakeCalendar:
    """A calendar of the week that the question is about."""

    question: str


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Answer this person in this language from now on; None: in that of each question."""

    language: Language | None


@dataclass(frozen=True, slots=True)
class Forget:
    """Drop what is remembered of this person."""


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """Tell a maintainer how the bot is doing."""


@dataclass(frozen=True, slots=True)
class Reload:
    """Take up what the knowledge folder holds now."""


@dataclass(frozen=True, slots=True)
class TellChanges:
    """Tell a maintainer what the last change of the knowledge brought."""


ForMaintainers = ReportStatus | Reload | TellChanges
_FOR_MAINTAINERS: dict[str, ForMaintainers] = {
    "status": ReportStatus(),
    "reload": Reload(),
    "changes": TellChanges(),
}
Outcome = Ask | Say | MakeCalendar | ChooseLanguage | Forget | ForMaintainers


class Commands:
    """What the commands mean, given what is known and how it is worded."""

    def __init__(
        self, service: InService, wording: TelegramWording, username: str, *,
        keeps_questions: bool = False,
    ) -> None:  # fmt: skip
        """`keeps_questions`: whether those without an answer are kept, as /privacy must say."""
        self._service = service
        self._wording = wording
        self._username = username
        self._keeps_questions = keeps_questions
        self._regions: dict[tuple[str, Language], Reply] = {}

    @property
    def _knowledge(self) -> KnowledgeBase:
        return self._service.current.knowledge

    def meaning(self, name: str, argument: str, language: Language) -> Outcome | None:
        """What the command stands for; None for one that does not exist."""
        match name:
            case "start":
                return self._start(argument, language)
            case "help":
                return self.help(language)
            case "regions":
                return self._regions_with_button(language)
            case "week":
                return self._about_week(argument, language, self._wording.week_usage)
            case "date":
                return self._about_date(argument, language)
            case "calendar":
                asked = self._about_week(argument, language, self._wording.calendar_usage)
                return MakeCalendar(asked.question) if isinstance(asked, Ask) else asked
            case "language":
                return self._language(argument, language)
            case "privacy":
                minutes = int(LIFETIME.total_seconds() // 60)
                kept = self._keeps_questions
                words = self._wording.privacy_with_log if kept else self._wording.privacy
                return self.note(words, language, minutes=minutes, days=KEPT_DAYS)
            case "version":
                return self._version(language)
            case "forget":
                return Forget()
        return _FOR_MAINTAINERS.get(name)

    def note(self, text: Text, language: Language, **values: object) -> Say:
        """A sentence of the wording, with its values filled in."""
        return Say(own_words(language, Paragraph(text.in_language(language).format(**values))))

    def help(self, language: Language) -> Say:
        """How to ask, with examples that a tap asks."""
        wording = self._wording
        examples = wording.examples.in_language(language)
        commands = (
            f"/{name} – {command.text.in_language(language)}"
            for name, command in wording.commands.items()
            if "private" in command.where or "group" in command.where
        )
        blocks = (
            Paragraph(wording.welcome.in_language(language)),
            BulletList(examples, wording.help_heading.in_language(language), len(examples)),
            BulletList(tuple(commands), wording.help_commands.in_language(language), 20),
            Paragraph(wording.help_more.in_language(language).format(username=self._username)),
        )
        return Say(own_words(language, *blocks, suggestions=_as_suggestions(examples)))

    def regions(self, language: Language) -> Reply:
        """What is known, by year, the latest first."""
        key = (self._knowledge.version, language)
        if key not in self._regions:
            self._regions = {one: said for one, said in self._regions.items() if one[0] == key[0]}
            self._regions[key] = self._known(language)
        return self._regions[key]

    def _regions_with_button(self, language: Language) -> Say:
        reply = self.regions(language)
        if not hidden_items(reply):
            return Say(reply)
        label = self._wording.show_all_button.in_language(language)
        count = len(self._knowledge.week_entries)
        return Say(reply, ((label.format(count=count), Wish("regions", (language,))),))

    def group_greeting(self, language: Language, *, hears_everything: bool) -> Reply:
        """Two lines for a group: how to ask here, and what privacy mode means for it."""
        wording = self._wording
        mode = wording.group_privacy_off if hears_everything else wording.group_privacy_on
        lines = (wording.group_how_to_ask, mode)
        text = "\n".join(
            line.in_language(language).format(username=self._username) for line in lines
        )
        return own_words(language, Paragraph(text))

    def _start(self, payload: str, language: Language) -> Outcome:
        """A welcome, or, for a link such as ?start=fujian-2021, that region's week."""
        words = payload.strip().lower().replace("_", "-")
        year = _YEAR.search(words)
        region = words.replace(year.group(), "").strip("-") if year else words
        place = self._knowledge.places.get(region)
        if place is not None:
            asked = f"{place.name.in_language(language)} {year.group() if year else ''}".strip()
            return self._about_week(asked, language, self._wording.week_usage)
        wording = self._wording
        examples = wording.examples.in_language(language)
        blocks = (
            Paragraph(wording.welcome.in_language(language)),
            Paragraph(wording.welcome_more.in_language(language)),
        )
        return Say(own_words(language, *blocks, suggestions=_as_suggestions(examples)))

    def _about_week(self, argument: str, language: Language, usage: Text) -> Ask | Say:
        year = _YEAR.search(argument)
        region = (argument.replace(year.group(), " ") if year else argument).strip(_AROUND_REGION)
        if not region:
            return self.note(usage, language)
        spoken: Language = "zh" if _CHINESE.search(region) else "en"
        questions = self._wording.questions
        text = questions.week_in_year if year else questions.week
        values = {"region": region, "year": year.group() if year else ""}
        return Ask(text.in_language(spoken).format(**values))

    def _about_date(self, argument: str, language: Language) -> Ask | Say:
        if not argument:
            return self.note(self._wording.date_usage, language)
        spoken: Language = "zh" if _CHINESE.search(argument) else "en"
        return Ask(self._wording.questions.date.in_language(spoken).format(date=argument))

    def _language(self, argument: str, language: Language) -> Outcome:
        chosen = _LANGUAGES.get(argument.strip().lower())
        if chosen is not None:
            return ChooseLanguage(chosen)
        if argument.strip().lower() == AUTOMATIC:
            return ChooseLanguage(None)
        automatic = self._wording.language_automatic_button.in_language(language)
        buttons = (
            ("English", Wish("language", ("en",))),
            ("中文", Wish("language", ("zh",))),
            (automatic, Wish("language", (AUTOMATIC,))),
        )
        return Say(self.note(self._wording.language_now, language).reply, buttons)

    def _version(self, language: Language) -> Say:
        years = [week.year for week in self._knowledge.weeks]
        return self.note(
            self._wording.version,
            language,
            version=self._knowledge.version,
            count=len(years),
            first=min(years, default="–"),
            last=max(years, default="–"),
        )

    def _known(self, language: Language) -> Reply:
        wording = self._wording
        entries = sorted(self._knowledge.week_entries, key=lambda entry: -entry.week.year)
        blocks: list[Block] = []
        for year, found in groupby(entries, key=lambda entry: entry.week.year):
            names = tuple(week_name(entry, self._knowledge, wording, language) for entry in found)
            heading = wording.regions_heading.in_language(language)
            blocks.append(BulletList(names, heading.format(year=year, count=len(names))))
        years = [entry.week.year for entry in entries]
        first = wording.regions_first.in_language(language).format(
            count=len(entries), first=min(years, default="–"), last=max(years, default="–")
        )
        return own_words(language, Paragraph(first, strong=True), *blocks)


def own_words(
    language: Language, *blocks: Block, suggestions: tuple[Suggestion, ...] = ()
) -> Reply:
    """A reply that holds no facts."""
    return Reply(Status.SMALLTALK, language, blocks, suggestions=suggestions)


def _as_suggestions(questions: tuple[str, ...]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(question, question) for question in questions)


Menu = tuple[BotCommandScope, Language | None, tuple[BotCommand, ...]]
"""To whom, in which app language (None: all others), which commands."""


def menus(wording: TelegramWording, maintainers: frozenset[int]) -> tuple[Menu, ...]:
    """The command menus to register: for private chats, groups and each maintainer."""
    scopes: list[tuple[BotCommandScope, set[Audience]]] = [
        (BotCommandScopeAllPrivateChats(), {"private"}),
        (BotCommandScopeAllGroupChats(), {"group"}),
    ]
    scopes += [
        (BotCommandScopeChat(person), {"private", "maintainer"}) for person in sorted(maintainers)
    ]
    languages: tuple[tuple[Language | None, Language], ...] = ((None, "en"), ("zh", "zh"))
    return tuple(
        (scope, code, tuple(_menu(wording, audience, language)))
        for scope, audience in scopes
        for code, language in languages
    )


def _menu(
    wording: TelegramWording, audience: set[Audience], language: Language
) -> list[BotCommand]:
    return [
        BotCommand(name, command.text.in_language(language))
        for name, command in wording.commands.items()
        if audience & set(command.where)
    ]

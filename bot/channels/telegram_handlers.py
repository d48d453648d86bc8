"""What the bot does about each kind of event; all kinds are on this page."""

from collections.abc import Callable, Sequence
from typing import assert_never

from bot.answering.reply import Language
from bot.channels.telegram_buttons import Wish, read_callback_data
from bot.channels.telegram_calendar import week_calendar, week_name
from bot.channels.telegram_commands import (
    Ask,
    ChooseLanguage,
    Commands,
    Forget,
    ForMaintainers,
    MakeCalendar,
    Outcome,
    Reload,
    ReportStatus,
    Say,
    TellChanges,
)
from bot.channels.telegram_conversation import Conversation, Rows
from bot.channels.telegram_delivery import Delivery
from bot.channels.telegram_dialogues import Dialogue, Dialogues
from bot.channels.telegram_fairness import Fairness, Turn
from bot.channels.telegram_inline import Inline
from bot.channels.telegram_knowledge import InService
from bot.channels.telegram_reading import (
    AddedToGroup,
    Asker,
    ChatClosed,
    ChatMoved,
    Command,
    Event,
    InlineQuestion,
    NotForUs,
    Origin,
    Press,
    Question,
    Self,
    Wordless,
)
from bot.channels.telegram_reload import listed, note, told
from bot.channels.telegram_rendering import plain_text
from bot.channels.telegram_wording import TelegramWording
from bot.channels.telegram_wrong_answers import WrongAnswers
from bot.knowledge.entries import WeekEntry
from bot.knowledge.facts import Text
from bot.knowledge.knowledge_base import KnowledgeBase

Report = Callable[[], dict[str, object]]
"""The values of the maintainers' status text."""
_WEEKS_OFFERED = 10


class Handlers:
    """Deals with events; each call returns when Telegram has the answer or refused it."""

    def __init__(
        self,
        *,
        me: Self,
        service: InService,
        wording: TelegramWording,
        conversation: Conversation,
        commands: Commands,
        inline: Inline,
        dialogues: Dialogues,
        delivery: Delivery,
        fairness: Fairness,
        maintainers: frozenset[int],
        report: Report,
        wrong: WrongAnswers,
    ) -> None:
        self._me = me
        self._service = service
        self._wording = wording
        self._conversation = conversation
        self._commands = commands
        self._inline = inline
        self._dialogues = dialogues
        self._delivery = delivery
        self._fairness = fairness
        self._maintainers = maintainers
        self._report = report
        self._wrong = wrong

    @property
    def _knowledge(self) -> KnowledgeBase:
        return self._service.current.knowledge

    async def handle(self, event: Event) -> None:
        """Do what the event asks for."""
        match event:
            case Question():
                await self._question(event)
            case Command():
                await self._command(event)
            case Press():
                await self._press(event)
            case InlineQuestion():
                await self._inline.answer(event)
            case Wordless():
                await self._note(event.origin, self._wording.words_only)
            case AddedToGroup():
                await self._greet(event)
            case ChatMoved():
                self._delivery.chat_moved(event.old_id, event.new_id)
            case ChatClosed():
                self._dialogues.close(event.chat_id)
            case NotForUs():
                pass
            case _:
                assert_never(event)

    async def apologise(self, event: Event) -> None:
        """Say in one calm line that something went wrong, where there is somebody to tell."""
        origin = getattr(event, "origin", None)
        if isinstance(origin, Origin):
            await self._say(origin, self._wording.something_went_wrong)

    async def _question(self, question: Question) -> None:
        origin = question.origin
        if not await self._may_ask(origin):
            return
        if not question.text:
            examples = self._wording.examples.in_language(self._language(origin))
            await self._say(origin, self._wording.ask_usage, example=examples[0])
        elif question.edited:
            await self._conversation.answer_edited(origin, question.text)
        else:
            await self._conversation.answer(origin, question.text)

    async def _command(self, command: Command) -> None:
        origin = command.origin
        if not await self._may_ask(origin):
            return
        meaning = self._commands.meaning(command.name, command.argument, self._language(origin))
        if isinstance(meaning, ForMaintainers) and not self._is_maintainer(origin):
            meaning = None
        if meaning is None:
            await self._say(origin, self._wording.unknown_command)
        else:
            await self._carry_out(meaning, command)

    async def _carry_out(self, meaning: Outcome, command: Command) -> None:
        origin = command.origin
        match meaning:
            case Ask():
                edited = command.edited
                speak = self._conversation.answer_edited if edited else self._conversation.answer
                await speak(origin, meaning.question)
            case Say():
                await self._conversation.give(
                    origin, meaning.reply, self._rows(origin, meaning), edited=command.edited
                )
            case MakeCalendar():
                await self._calendar(origin, meaning.question)
            case ChooseLanguage():
                await self._choose_language(origin, meaning)
            case Forget():
                self._dialogues.forget(origin.asker.key)
                await self._say(origin, self._wording.forgotten)
            case ReportStatus() | Reload() | TellChanges():
                await self._maintain(meaning, origin)
            case _:
                assert_never(meaning)

    async def _maintain(self, meaning: ForMaintainers, origin: Origin) -> None:
        """What maintainers may do; who asks is known to be one."""
        match meaning:
            case ReportStatus():
                await self._say(origin, self._wording.status, **self._report())
            case Reload():
                outcome = await self._service.reload(thoroughly=True)
                note(outcome)
                text = told(outcome, self._wording, self._language(origin))
                await self._delivery.say(origin, plain_text(text))
            case TellChanges():
                version = self._service.current.knowledge.version
                changes = self._service.changes
                words = self._wording.changes_heading if changes else self._wording.changes_none
                head = words.in_language(self._language(origin)).format(version=version)
                await self._delivery.say(origin, plain_text(listed(head, changes)))
            case _:
                assert_never(meaning)

    async def _press(self, press: Press) -> None:
        origin = press.origin
        wish = read_callback_data(press.data)
        language = self._language(origin) if origin is not None else "en"
        turn = self._fairness.turn_of(origin.asker.key) if origin is not None else Turn.ALLOWED
        if turn is not Turn.ALLOWED:
            note = self._wording.slow_down.in_language(language)
            await self._delivery.acknowledge(press.query_id, note)
        elif wish is None or origin is None:
            note = self._wording.stale_button.in_language(language)
            await self._delivery.acknowledge(press.query_id, note)
        else:
            await self._delivery.acknowledge(press.query_id)
            await self._fulfil(wish, origin)

    async def _fulfil(self, wish: Wish, origin: Origin) -> None:
        match wish.kind, wish.turns:
            case "ask", (question, *_):
                await self._conversation.answer_press(origin, question)
            case "show_all" | "show_all_asked", turns:
                asked = wish.kind == "show_all_asked"
                await self._conversation.show_all(origin, turns, asked=asked)
            case "calendar", (week_id, *_):
                week = self._knowledge.week_with_id(week_id)
                await self._send_calendar(origin, [week] if week is not None else [])
            case "language", (choice, *_):
                meaning = self._commands.meaning("language", choice, self._language(origin))
                if isinstance(meaning, ChooseLanguage):
                    await self._choose_language(origin, meaning)
            case "wrong", turns if turns:
                reply = self._conversation.replayed(origin, turns)
                if reply is not None:
                    await self._wrong.take(turns, reply)
                    await self._say(origin, self._wording.wrong_noted)
            case "regions", (language, *_):
                reply = self._commands.regions("zh" if language == "zh" else "en")
                await self._conversation.expand(origin, reply)

    async def _greet(self, event: AddedToGroup) -> None:
        hears_everything = self._me.hears_everything
        greeting = self._commands.group_greeting(
            event.app_language, hears_everything=hears_everything
        )
        nobody = Asker("nobody", None, event.app_language)
        origin = Origin(event.chat_id, None, None, nobody, private=False)
        await self._conversation.give(origin, greeting)

    async def _calendar(self, origin: Origin, question: str) -> None:
        turn = self._conversation.think(origin, question, Dialogue())
        await self._send_calendar(origin, self._conversation.weeks_of(turn.reply))

    async def _send_calendar(self, origin: Origin, weeks: Sequence[WeekEntry]) -> None:
        language = self._language(origin)
        if len(weeks) != 1:
            await self._offer_calendars(origin, weeks)
            return
        name = week_name(weeks[0], self._knowledge, self._wording, language)
        made = week_calendar(
            weeks[0], self._knowledge, self._wording, language, self._conversation.now()
        )
        if not made.dated:
            await self._say(origin, self._wording.calendar_empty, name=name)
            return
        caption = self._wording.calendar_caption.in_language(language).format(
            name=name, dated=made.dated, count=made.count
        )
        reply_to = None if origin.private else origin.message_id
        await self._delivery.send_file(origin, made.ics, made.filename, caption, reply_to)

    async def _offer_calendars(self, origin: Origin, weeks: Sequence[WeekEntry]) -> None:
        if not weeks:
            await self._say(origin, self._wording.calendar_unknown)
            return
        language = self._language(origin)
        buttons = tuple(
            (week_name(one, self._knowledge, self._wording, language), Wish("calendar", (one.id,)))
            for one in weeks[:_WEEKS_OFFERED]
        )
        note = self._commands.note(self._wording.calendar_choose, language)
        await self._conversation.give(origin, note.reply, self._conversation.button_rows(buttons))

    async def _choose_language(self, origin: Origin, choice: ChooseLanguage) -> None:
        self._dialogues.choose_language(origin.asker.key, choice.language)
        chosen = choice.language is not None
        words = self._wording.language_set if chosen else self._wording.language_automatic
        await self._say(origin, words)

    async def _may_ask(self, origin: Origin) -> bool:
        turn = self._fairness.turn_of(origin.asker.key)
        if turn is Turn.TOLD_TO_WAIT:
            await self._say(origin, self._wording.slow_down)
        return turn is Turn.ALLOWED

    async def _note(self, origin: Origin, words: Text) -> None:
        if await self._may_ask(origin):
            await self._say(origin, words)

    async def _say(self, origin: Origin, words: Text, **values: object) -> None:
        text = words.in_language(self._language(origin)).format(**values)
        reply_to = None if origin.private else origin.message_id
        await self._delivery.say(origin, plain_text(text), reply_to=reply_to)

    def _rows(self, origin: Origin, say: Say) -> Rows:
        if say.buttons:
            return self._conversation.button_rows(say.buttons)
        return self._conversation.rows(origin, say.reply, (), "show_all")

    def _language(self, origin: Origin) -> Language:
        return self._conversation.language(origin)

    def _is_maintainer(self, origin: Origin) -> bool:
        """By the own id, in private only: in groups anybody may speak as an admin."""
        return origin.private and origin.asker.user_id in self._maintainers

"""The Telegram channel as a process: put together, started, served, brought to its end."""

import asyncio
import gc
import logging
import signal
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.answering.message import IncomingMessage
from bot.answering.reply import Reply
from bot.channels.gaps_report import digest_lines
from bot.channels.telegram_commands import Commands, menus
from bot.channels.telegram_conversation import Conversation
from bot.channels.telegram_delivery import Delivery
from bot.channels.telegram_dialogues import Dialogues
from bot.channels.telegram_fairness import Fairness
from bot.channels.telegram_handlers import Handlers
from bot.channels.telegram_inline import Inline
from bot.channels.telegram_intake import Intake
from bot.channels.telegram_knowledge import InService, KnowledgeSource, Served
from bot.channels.telegram_ledger import Ledger
from bot.channels.telegram_reading import Asker, Origin, Self
from bot.channels.telegram_reception import Reception
from bot.channels.telegram_reload import listed, watch
from bot.channels.telegram_rendering import plain_text
from bot.channels.telegram_request import QuickRequest
from bot.channels.telegram_secrets import log_without_token
from bot.channels.telegram_serving import done_before, persistently, poll, receive
from bot.channels.telegram_state import RunState, open_state
from bot.channels.telegram_tally import REFUSALS, Tally
from bot.channels.telegram_wording import TelegramWording
from bot.channels.telegram_wrong_answers import WrongAnswers
from bot.channels.unanswered_log import UnansweredLog
from bot.errors import SettingsProblem
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant

log = logging.getLogger(__name__)

_UPKEEP_SECONDS = 30.0
_DIGEST_DAYS = 7
_DIGEST_LOOK_SECONDS = 1800.0
_INLINE_PER_QUESTION = 4
"""Inline mode asks with every few keys, so it gets this many times the questions."""


def run(
    settings: Settings, assistant: "Assistant", knowledge: KnowledgeBase,
    wording: TelegramWording, source: KnowledgeSource | None = None,
) -> int:  # fmt: skip
    """Serve until SIGTERM or SIGINT; the exit code.

    `source`: where changed knowledge is taken from while the bot runs; None: from nowhere.

    Raises SettingsProblem when Telegram refuses the token, and AnotherPollerError when
    another process of the same bot does not end.
    """
    log_without_token(settings.token)
    _silence_advice()
    _warm_up(assistant, wording)
    questions = UnansweredLog(settings.unanswered_log) if settings.unanswered_log else None
    state = open_state(settings)
    served = Served(assistant, knowledge)
    try:
        return asyncio.run(_serve(_Given(settings, served, wording, source, questions), state))
    except InvalidToken:
        raise SettingsProblem(
            "TELEGRAM_BOT_TOKEN was refused by Telegram: get a valid one from @BotFather"
        ) from None
    finally:
        state.close()


def _silence_advice() -> None:
    # Updates are fetched undecoded, so that those that come again cost next to nothing
    # and one that the library cannot decode stops no other; Bot.get_updates cannot do that.
    warnings.filterwarnings("ignore", "Please use 'Bot.", PTBUserWarning)
    # `seconds_to_wait` takes both the old and the new form that this is about.
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)


def _warm_up(assistant: "Assistant", wording: TelegramWording) -> None:
    """Have everything loaded that is loaded on first use, so that nobody waits for it."""
    for question in (*wording.examples.en, *wording.examples.zh):
        assistant.reply(IncomingMessage(question, "warming up", _now()), None)
    # What is there now stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()


@dataclass(frozen=True, slots=True)
class _Given:
    """What the channel is started with."""

    settings: Settings
    served: Served
    wording: TelegramWording
    source: KnowledgeSource | None
    questions: UnansweredLog | None
    """Keeps questions without an answer."""


async def _serve(given: _Given, state: RunState) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    request = QuickRequest(given.settings.api_url)
    bot = _make_bot(given.settings, request)
    try:
        beginning = asyncio.create_task(persistently(bot.initialize))
        if await done_before(stop, beginning):
            await _work(given, state, bot, stop)
    finally:
        await request.shutdown()
    return 0


async def _work(given: _Given, state: RunState, bot: Bot, stop: asyncio.Event) -> None:
    """Take updates until it is time to stop."""
    settings, alive = given.settings, _alive(given.settings)
    dialogues = Dialogues(_now)
    delivery = Delivery(bot, moved=dialogues.move)
    service = InService(given.served, given.source)
    tools = _Tools(given, bot, _self(bot, given.wording), dialogues, delivery, service, Tally(_now))
    intake = _put_together(tools, state.ledger)
    upkeep = [
        asyncio.create_task(_register_menus(bot, given.wording, settings.maintainer_ids)),
        asyncio.create_task(_keep_up(dialogues, alive if settings.webhook else None)),
        asyncio.create_task(watch(service, given.wording, tools.tell_maintainers)),
        asyncio.create_task(_digest_weekly(tools)),
    ]
    try:
        log.info("@%s serves knowledge %s", tools.me.username, given.served.knowledge.version)
        if settings.webhook is None:
            await poll(bot, intake, state, alive, stop)
        else:
            await receive(settings.webhook, bot, intake, state, stop)
    finally:
        for task in upkeep:
            task.cancel()


def _make_bot(settings: Settings, request: QuickRequest) -> Bot:
    return Bot(
        settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _self(bot: Bot, wording: TelegramWording) -> Self:
    in_groups = {name for name, command in wording.commands.items() if "group" in command.where}
    return Self(
        id=bot.bot.id,
        username=bot.username,
        hears_everything=bool(bot.can_read_all_group_messages),
        group_commands=frozenset(in_groups),
    )


@dataclass(frozen=True, slots=True)
class _Tools:
    """What several parts of the channel work with."""

    given: _Given
    bot: Bot
    me: Self
    dialogues: Dialogues
    delivery: Delivery
    service: InService
    tally: Tally

    @property
    def takes_reports(self) -> bool:
        """Whether somebody is told that an answer is wrong."""
        return bool(self.given.settings.maintainer_ids) or self.given.questions is not None

    async def tell_maintainers(self, english: str, chinese: str) -> None:
        """Tell each maintainer in private, in the language they chose; nobody waits for another."""
        people = sorted(self.given.settings.maintainer_ids)
        await asyncio.gather(*(self._tell(person, english, chinese) for person in people))

    async def _tell(self, person: int, english: str, chinese: str) -> None:
        key = str(person)
        language = self.dialogues.language_of(key) or "en"
        origin = Origin(person, None, None, Asker(key, person, language), private=True)
        text = chinese if language == "zh" else english
        try:
            await self.delivery.say(origin, plain_text(text))
        except TelegramError as error:
            log.warning("a maintainer could not be told (%s)", type(error).__name__)

    def noted(self, question: str, reply: Reply) -> None:
        """Count a question, and keep it if it got no answer."""
        self.tally.count(reply.status)
        if self.given.questions is not None and reply.status in REFUSALS:
            self.given.questions.note(question, reply.status.value, _now().date())


def _put_together(tools: _Tools, ledger: Ledger) -> Intake:
    """The way of an update through the channel."""
    counts: list[Callable[[], dict[str, object]]] = []
    handlers = Handlers(
        me=tools.me,
        service=tools.service,
        wording=tools.given.wording,
        conversation=_conversation(tools),
        commands=Commands(
            tools.service,
            tools.given.wording,
            tools.me.username,
            keeps_questions=tools.given.questions is not None,
        ),
        inline=_inline(tools),
        dialogues=tools.dialogues,
        delivery=tools.delivery,
        fairness=Fairness(tools.given.settings.questions_per_minute, time.monotonic),
        maintainers=tools.given.settings.maintainer_ids,
        report=lambda: counts[0](),
        wrong=WrongAnswers(
            tools.service, tools.given.wording, tools.given.questions, tools.tell_maintainers, _now
        ),
    )
    reception = Reception(tools.me, handlers, tools.delivery)
    intake = Intake(tools.bot, reception.answer, ledger)
    counts.append(_reporter(tools, intake, reception))
    return intake


def _conversation(tools: _Tools) -> Conversation:
    return Conversation(
        service=tools.service,
        wording=tools.given.wording,
        dialogues=tools.dialogues,
        delivery=tools.delivery,
        now=_now,
        noted=tools.noted,
        takes_reports=tools.takes_reports,
    )


def _inline(tools: _Tools) -> Inline:
    limit = tools.given.settings.questions_per_minute * _INLINE_PER_QUESTION
    return Inline(
        service=tools.service,
        wording=tools.given.wording,
        username=tools.me.username,
        dialogues=tools.dialogues,
        delivery=tools.delivery,
        fairness=Fairness(limit, time.monotonic),
        now=_now,
    )


def _reporter(
    tools: _Tools, intake: Intake, reception: Reception
) -> Callable[[], dict[str, object]]:
    began = _now()

    def report() -> dict[str, object]:
        knowledge = tools.service.current.knowledge
        questions, refused = tools.tally.today()
        return {
            "version": knowledge.version,
            "weeks": len(knowledge.week_entries),
            "questions": questions,
            "refused_share": f"{refused / questions:.0%}" if questions else "–",
            "uptime": str(_now() - began).partition(".")[0],
            "answered": reception.dealt_with,
            "in_work": len(intake),
            "dialogues": len(tools.dialogues),
            "repeated": tools.delivery.repeated,
            "refused": tools.delivery.refused,
        }

    return report


async def _register_menus(bot: Bot, wording: TelegramWording, maintainers: frozenset[int]) -> None:
    for scope, language, commands in menus(wording, maintainers):
        try:
            await bot.set_my_commands(commands, scope, language)
        except TelegramError as error:
            # A maintainer who never wrote to the bot has no chat to show a menu in.
            log.info("a command menu was not set (%s)", type(error).__name__)


async def _digest_weekly(tools: _Tools) -> None:
    """Once a week tell the maintainers what was asked and not answered."""
    questions = tools.given.questions
    while questions is not None:
        today = _now().date()
        if questions.is_due("digest", _DIGEST_DAYS, today):
            asked = questions.unanswered(since=today - timedelta(days=_DIGEST_DAYS))
            assistant = tools.service.current.assistant
            lines = await asyncio.to_thread(digest_lines, assistant, asked, _now())
            words = tools.given.wording.digest_heading
            heads = (words.in_language(one).format(count=len(asked)) for one in ("en", "zh"))
            english, chinese = (listed(head, lines) for head in heads)
            await tools.tell_maintainers(english, chinese)
        await asyncio.sleep(_DIGEST_LOOK_SECONDS)


async def _keep_up(dialogues: Dialogues, alive: Callable[[], None] | None) -> None:
    """Let go of what has expired even while nobody writes.

    `alive` is given where no polling shows that the bot is at work.
    """
    while True:
        dialogues.expire()
        if alive is not None:
            alive()
        await asyncio.sleep(_UPKEEP_SECONDS)


def _alive(settings: Settings) -> Callable[[], None]:
    """Something to call while all is well, for health checks."""
    path = settings.heartbeat_file

    def touch() -> None:
        if path is not None:
            with suppress(OSError):
                path.touch()

    return touch


def _now() -> datetime:
    return datetime.now(UTC)

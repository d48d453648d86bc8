"""Watches the knowledge folder; tells maintainers what became of a change."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from watchfiles import Change, awatch

from bot.channels.telegram_knowledge import InService, Outcome, Refused, Swapped, Unchanged
from bot.channels.telegram_wording import TelegramWording

log = logging.getLogger(__name__)

Tell = Callable[[str, str], Awaitable[None]]
"""Tells all maintainers something: in English, in Chinese."""
_QUIET_MS, _LONGEST_MS = 300, 3000
"""A change is taken up when nothing else has changed for so long, or after so long."""
_LOOK_ANYWAY_MS = 5_000
"""Events are lost while a watch begins, and on some mounted folders always: look this often."""
_TRY_AGAIN_SECONDS = 5.0
_MOST_LINES = 12


async def watch(service: InService, wording: TelegramWording, tell: Tell) -> None:
    """Take up every change of the folder until cancelled."""
    source = service.source
    if source is None:
        return
    last: Outcome = Unchanged(service.current.knowledge.version)
    while True:
        try:
            # What changed while nobody watched is taken up first.
            last = await _take_up(service, wording, tell, last)
            changes = awatch(
                source.folder,
                watch_filter=_counts,
                step=_QUIET_MS,
                debounce=_LONGEST_MS,
                rust_timeout=_LOOK_ANYWAY_MS,
                yield_on_timeout=True,
            )
            async for _ in changes:
                last = await _take_up(service, wording, tell, last)
        except (OSError, RuntimeError) as error:
            log.warning("the knowledge folder cannot be watched (%s)", type(error).__name__)
        await asyncio.sleep(_TRY_AGAIN_SECONDS)


async def _take_up(
    service: InService, wording: TelegramWording, tell: Tell, last: Outcome
) -> Outcome:
    outcome = await service.reload()
    note(outcome)
    is_news = outcome != last and not (
        isinstance(outcome, Unchanged) and not isinstance(last, Refused)
    )
    if is_news:
        english, chinese = (told(outcome, wording, language) for language in ("en", "zh"))
        await tell(english, chinese)
    return outcome


def note(outcome: Outcome) -> None:
    """Write into the log what became of a change."""
    match outcome:
        case Swapped():
            count = len(outcome.changes)
            log.info("knowledge %s is in service, %d changes", outcome.version, count)
        case Refused():
            log.error("new knowledge was refused; %s stays in service", outcome.version)
            for problem in outcome.problems:
                log.error("%s", problem)


def told(outcome: Outcome, wording: TelegramWording, language: str) -> str:
    """What became of a change, for maintainers."""
    match outcome:
        case Swapped():
            head = wording.reload_done.in_language(language)
            head = head.format(version=outcome.version, count=len(outcome.changes))
            return listed(head, outcome.changes)
        case Refused():
            head = wording.reload_refused.in_language(language)
            head = head.format(version=outcome.version, count=len(outcome.problems))
            return listed(head, [str(problem) for problem in outcome.problems])
        case Unchanged():
            return wording.reload_unchanged.in_language(language).format(version=outcome.version)


def listed(head: str, lines: "tuple[str, ...] | list[str]") -> str:
    """A heading with the first lines below it."""
    more = [f"… +{len(lines) - _MOST_LINES}"] if len(lines) > _MOST_LINES else []
    return "\n".join((head, *(f"• {line[:300]}" for line in lines[:_MOST_LINES]), *more))


def _counts(_: Change, path: str) -> bool:
    """Whether a changed file is one of the knowledge, rather than an editor's own."""
    name = path.rpartition("/")[2]
    return name.endswith((".yaml", ".yml", ".txt")) and not name.startswith(".")

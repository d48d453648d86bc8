"""The knowledge in service: what all answers come from, and what takes its place.

Everything that answers reads `current` once per answer, in one go without waiting in
between; a swap is one assignment on the event loop. So no answer mixes old and new.
"""

import asyncio
import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Problem

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant
    from bot.answering.checked_questions import Examined
    from bot.knowledge.knowledge_base import KnowledgeBase
    from bot.knowledge.loader import KnowledgeFiles

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """An assistant with the knowledge that it answers from."""

    assistant: "Assistant"
    knowledge: "KnowledgeBase"


@dataclass(frozen=True, slots=True)
class KnowledgeSource:
    """Where knowledge comes from, and how it is looked at."""

    folder: Path
    files: "KnowledgeFiles"
    """What was read at the start."""
    examine: "Callable[[], Examined]"
    """Reads, checks and indexes the folder; runs in a thread."""
    version: Callable[[], str]
    """The version of what the folder holds now, without reading it closely."""


@dataclass(frozen=True, slots=True)
class Swapped:
    """New knowledge is in service."""

    version: str
    changes: tuple[str, ...]
    """What is different now, in words."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The folder holds what is in service already."""

    version: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What the folder holds is not good enough; the knowledge in service stays."""

    version: str
    """Of the knowledge that stays."""
    problems: tuple[Problem, ...]


Outcome = Swapped | Unchanged | Refused


class InService:
    """The one reference to the knowledge that is in service, and its replacement."""

    def __init__(self, served: Served, source: KnowledgeSource | None = None) -> None:
        """`source`: where new knowledge comes from; None: what is served stays."""
        self.current = served
        self.source = source
        self.changes: tuple[str, ...] = ()
        """What the last swap changed, in words."""
        self._files = source.files if source is not None else None
        self._lock = asyncio.Lock()

    async def reload(self, *, thoroughly: bool = False) -> Outcome:
        """Put what the folder holds into service, if it is good; never raises.

        Args:
            thoroughly: look at the folder even if its version is the one in service.
        """
        async with self._lock:
            version = self.current.knowledge.version
            source = self.source
            if source is None:
                return Unchanged(version)
            try:
                held = await asyncio.to_thread(source.version)
                if held == version and not thoroughly:
                    return Unchanged(version)
                return self._taken(*await asyncio.to_thread(self._examined, source))
            except Exception as error:  # whatever it is, the bot goes on with what it has
                log.exception("the knowledge could not be loaded")
                told = f"could not be loaded ({type(error).__name__})"
                return Refused(version, (Problem(str(source.folder), 0, 0, told),))

    def _examined(self, source: KnowledgeSource) -> "tuple[Examined, tuple[str, ...]]":
        """What the folder holds now, and what is different, in words; runs in a thread."""
        from bot.knowledge.changes import changes

        examined = source.examine()
        if self._files is None or examined.files is None or not examined.is_good:
            return examined, ()
        return examined, tuple(changes(self._files, examined.files))

    def _taken(self, examined: "Examined", told: tuple[str, ...]) -> Outcome:
        version = self.current.knowledge.version
        assistant, files = examined.assistant, examined.files
        if assistant is None or files is None or not examined.is_good:
            errors = (one for one in examined.problems if one.severity == "error")
            return Refused(version, tuple(errors))
        if assistant.knowledge.version == version:
            return Unchanged(version)
        self.changes, self._files = told, files
        self.current = Served(assistant, assistant.knowledge)
        # The old knowledge goes at once, since nothing in it refers to itself in a circle. The
        # new one stays: if the collector looked through it, questions would have to wait.
        gc.freeze()
        return Swapped(assistant.knowledge.version, self.changes)

"""Puts the bot together: knowledge folder → knowledge base → assistant.

Putting it together takes longer than answering. So an assistant is kept in the user's
cache folder, under a name made from all that it depends on: every knowledge file, the
code, the installed libraries. A change to any of them leads to another name.
"""

import gc
import hashlib
import importlib
import importlib.util
import io
import os
import pickle  # noqa: S403 - only files that this module wrote for the same user are read
import sys
from collections.abc import Callable, Iterable, Iterator, KeysView
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant
    from bot.errors import Problem
    from bot.knowledge.loader import KnowledgeFiles

CODE = Path(__file__).resolve().parent
PACKAGED_KNOWLEDGE = CODE.parent / "knowledge"
"""The knowledge that comes with the bot: beside the code, in a checkout as when installed."""
_KEPT = 4
"""So many assistants are kept in the cache folder, the latest used."""


def build_assistant(folder: Path = PACKAGED_KNOWLEDGE, *, cache: Path | None = None) -> "Assistant":
    """The assistant for a knowledge folder.

    Args:
        folder: holds weeks/ and perhaps vocabulary/.
        cache: where assistants are kept between processes; None keeps none.

    Raises:
        KnowledgeProblems: the folder cannot be used; lists all problems.
    """
    kept = cache / f"{_fingerprint(folder)}.pickle" if cache is not None else None
    if kept is not None:
        assistant = _load(kept)
        if assistant is not None:
            return assistant
    assistant = _build(folder)
    if kept is not None:
        _keep(assistant, kept)
    return assistant


def _build(folder: Path) -> "Assistant":
    from bot.answering.assistant import Assistant
    from bot.errors import KnowledgeProblems
    from bot.knowledge.knowledge_base import build_knowledge_base
    from bot.knowledge.loader import read_knowledge

    files = read_knowledge(folder)
    errors = [problem for problem in _audited(files) if problem.severity == "error"]
    if errors:
        raise KnowledgeProblems(errors)
    return Assistant(build_knowledge_base(files, knowledge_version(folder)))


def find_problems(folder: Path) -> "tuple[Problem, ...]":
    """All that is wrong or doubtful in a knowledge folder, as far as it can be read."""
    from bot.errors import KnowledgeProblems
    from bot.knowledge.loader import read_knowledge

    try:
        return tuple(_audited(read_knowledge(folder)))
    except KnowledgeProblems as error:
        return error.problems


def _audited(files: "KnowledgeFiles") -> "Iterable[Problem]":
    if importlib.util.find_spec("bot.knowledge.audit") is None:
        return ()
    return importlib.import_module("bot.knowledge.audit").audit(files)


def knowledge_version(folder: Path) -> str:
    """Eight hexadecimal digits that stand for the content of all its YAML files."""
    digest = hashlib.sha256()
    for path in _yaml_files(folder):
        with suppress(OSError):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:8]


def _yaml_files(folder: Path) -> Iterator[Path]:
    return iter(sorted((*folder.glob("vocabulary/*.yaml"), *folder.glob("weeks/*/*.yaml"))))


# --- the cache ---------------------------------------------------------------------------


def default_cache() -> Path | None:
    """The user's cache folder for this bot; None when it is switched off or there is none."""
    chosen = os.environ.get("IPWEEK_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base and os.path.isabs(base):
        return Path(base, "ipweek-bot")
    home = os.path.expanduser("~")
    return Path(home, ".cache", "ipweek-bot") if os.path.isabs(home) else None


def _fingerprint(folder: Path) -> str:
    """A name for all that an assistant is made from."""
    digest = hashlib.sha256(f"{sys.version} {_libraries_changed()}".encode())
    digest.update(knowledge_version(folder).encode())
    if not (folder / "vocabulary").is_dir():
        digest.update(knowledge_version(PACKAGED_KNOWLEDGE).encode())
    words = (folder / "vocabulary", PACKAGED_KNOWLEDGE / "vocabulary")
    for path in (*(place / "common_english.txt" for place in words), *sorted(CODE.rglob("*.py"))):
        with suppress(OSError):
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:24]


def _libraries_changed() -> int:
    """When a library was last installed or removed."""
    import Stemmer

    return Path(Stemmer.__file__).parent.stat().st_mtime_ns


def _load(kept: Path) -> "Assistant | None":
    try:
        state = kept.stat()
        if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
            return None  # somebody else may have written it
        content = kept.read_bytes()
        # Nothing of what is loaded is garbage; looking for some would take half of the time.
        gc.disable()
        assistant: Assistant = pickle.loads(content)  # noqa: S301 - written by `_keep`, see above
    except Exception:  # noqa: BLE001 - whatever is wrong with a kept assistant, it is built anew
        return None
    finally:
        gc.enable()
    return assistant


def _keep(assistant: "Assistant", kept: Path) -> None:
    """Write it under another name first, so that nobody reads half a file."""
    with suppress(OSError):
        content = _pickled(assistant)
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = kept.with_suffix(f".{os.getpid()}")
        written.write_bytes(content)
        written.chmod(0o600)
        written.replace(kept)
        older = sorted(kept.parent.glob("*.pickle"), key=lambda path: path.stat().st_mtime)
        for path in older[:-_KEPT]:
            path.unlink(missing_ok=True)


def _pickled(assistant: "Assistant") -> bytes:
    content = io.BytesIO()
    pickler = pickle.Pickler(content, protocol=5)
    pickler.dispatch_table = {type({}.keys()): _reduced_keys}
    pickler.dump(assistant)
    return content.getvalue()


def _reduced_keys(keys: KeysView[Any]) -> tuple[Callable[..., object], tuple[object, ...]]:
    """Views of keys, which pickle does not know, become the view of a dict of their own."""
    return _view_of, (tuple(keys),)


def _view_of(keys: tuple[Any, ...]) -> KeysView[Any]:
    return dict.fromkeys(keys).keys()

"""A file that keeps what was made from a knowledge folder, so that the next start is fast.

It holds values of declared types as MessagePack, never code: whatever stands in such a
file, reading it only makes values of these types or fails. It is written under another
name first and then renamed, so nobody reads half a file, and it begins with a checksum, so
a damaged one is noticed. A snapshot that cannot be used is no error: it is made anew.
"""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from msgspec import DecodeError, msgpack

T = TypeVar("T")
_MAGIC = b"ipweek snapshot\n"
_DIGEST = 32
_HEAD = len(_MAGIC) + _DIGEST


def content_digest(content: bytes) -> bytes:
    """16 bytes that stand for the content of a file."""
    return blake2b(content, digest_size=16).digest()


def write_snapshot(path: Path, value: object) -> bool:
    """Keep a value; False where that cannot be, which is no error."""
    from tempfile import NamedTemporaryFile

    content = msgpack.encode(value)
    written = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=path.stem, delete=False) as file:
            written = Path(file.name)
            file.write(_MAGIC + blake2b(content, digest_size=_DIGEST).digest())
            file.write(content)
        written.replace(path)
        return True
    except OSError:
        if written is not None:
            with suppress(OSError):
                written.unlink(missing_ok=True)
        return False


def read_snapshot(path: Path, type_: type[T]) -> T | None:
    """The value that a file keeps; None where there is none, or it is damaged."""
    try:
        whole = memoryview(path.read_bytes())
    except OSError:
        return None
    checksum, content = whole[len(_MAGIC) : _HEAD], whole[_HEAD:]
    if whole[: len(_MAGIC)] != _MAGIC or blake2b(content, digest_size=_DIGEST).digest() != checksum:
        return None
    try:
        return msgpack.decode(content, type=type_)
    except (DecodeError, RecursionError):
        return None


def digests_of(folder: Path, packaged: Path) -> dict[str, bytes]:
    """For each file that is read for a knowledge folder, by its path, a digest of its content.

    Args:
        packaged: the knowledge that comes with the bot; its vocabulary serves folders
            without one.

    """
    words = folder / "vocabulary" if (folder / "vocabulary").is_dir() else packaged / "vocabulary"
    common = words / "common_english.txt"
    if not common.is_file():
        common = packaged / "vocabulary" / "common_english.txt"
    found: dict[str, bytes] = {}
    for path in (*sorted(words.glob("[!.]*.yaml")), common):
        with suppress(OSError):
            found[f"vocabulary/{path.name}"] = content_digest(path.read_bytes())
    for path in sorted(folder.glob("weeks/*/[!.]*.yaml")):
        with suppress(OSError):
            shown = f"weeks/{path.parent.name}/{path.name}"
            found[shown] = content_digest(path.read_bytes())
    return found

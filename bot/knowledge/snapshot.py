"""A file that keeps what was made from a knowledge folder, so that the next start is fast.

It holds values of declared types as MessagePack, never code: whatever stands in such a
file, reading it only makes values of these types or fails. It is written under another
name first and then renamed, so nobody reads half a file, and it begins with a checksum, so
a damaged one is noticed. A snapshot that cannot be used is no error: it is made anew.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec import DecodeError, msgpack

from bot.knowledge.listing import Looks, looks_of, week_files

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
    return FolderDigests(folder, packaged).read()


def version_of(digests: Mapping[str, bytes]) -> str:
    """Eight hexadecimal digits that stand for the content of all files."""
    digest = blake2b(digest_size=4)
    for path, own in sorted(digests.items()):
        digest.update(path.encode() + b"\0" + own)
    return digest.hexdigest()


class FolderDigests:
    """Digests of the files of a folder that is looked at again and again."""

    def __init__(self, folder: Path, packaged: Path) -> None:
        """As `digests_of`."""
        self._folder, self._packaged = folder, packaged
        self._seen: dict[str, _Seen] = {}

    def read(self) -> dict[str, bytes]:
        """As `digests_of`; files that look as they did the last two times are not read again.

        Once would not be enough: what is written within the same tick of the file system's
        clock looks the same.
        """
        found: dict[str, bytes] = {}
        seen: dict[str, _Seen] = {}
        for shown, path in _files_of(self._folder, self._packaged):
            known = self._seen_at(path)
            if known is not None:
                seen[path] = known
                found[shown] = known.digest
        self._seen = seen
        return found

    def _seen_at(self, path: str) -> "_Seen | None":
        """A file as it is now; None where it is gone."""
        known = self._seen.get(path)
        try:
            looks = looks_of(path)
            if known is None or known.looks != looks:
                return _Seen(looks, content_digest(Path(path).read_bytes()))
            if not known.is_settled:
                return _Seen(looks, content_digest(Path(path).read_bytes()), is_settled=True)
        except OSError:
            return None
        return known


class _Seen(NamedTuple):
    """A file as it was seen."""

    looks: Looks
    digest: bytes
    is_settled: bool = False


def _files_of(folder: Path, packaged: Path) -> Iterator[tuple[str, str]]:
    """The files that are read for a knowledge folder: their paths in it and on the disk."""
    words = folder / "vocabulary" if (folder / "vocabulary").is_dir() else packaged / "vocabulary"
    common = words / "common_english.txt"
    if not common.is_file():
        common = packaged / "vocabulary" / "common_english.txt"
    for path in (*sorted(words.glob("[!.]*.yaml")), common):
        yield f"vocabulary/{path.name}", str(path)
    yield from week_files(folder)

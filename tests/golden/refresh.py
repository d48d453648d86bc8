"""Writes the answers of all golden dialogues anew: python -m tests.golden.refresh

Read the difference line by line before it is shared: it is what people will be told.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from bot.answering.assistant import Assistant
from bot.assembly import build_assistant
from tests.conftest import copy_five_weeks
from tests.golden.dialogues import asked, files, golden_dialogue


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they read."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    )


_Dumper.add_representer(str, _text)


def refreshed(file: Path, assistant: Assistant) -> str:
    """A file's text with the answers of now; its comments at the top stay."""
    text = file.read_text(encoding="utf-8")
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    for entry in entries:
        turns = asked(assistant, golden_dialogue(file.stem, entry))
        entry["turns"] = [{"ask": t.ask, "status": t.status, "text": t.text} for t in turns]
    parts = (
        yaml.dump([entry], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
        for entry in entries
    )
    return head + "\n" + "\n".join(parts)


def main() -> int:
    """Rewrite the files and say which ones changed."""
    with tempfile.TemporaryDirectory() as folder:
        assistant = build_assistant(copy_five_weeks(Path(folder, "knowledge")))
    for file in files():
        text = refreshed(file, assistant)
        changed = text != file.read_text(encoding="utf-8")
        if changed:
            file.write_text(text, encoding="utf-8")
        print(f"{file.name}: {'changed' if changed else 'as before'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

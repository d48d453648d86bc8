"""Makes bot/understanding/syllables.py anew, from the library pypinyin.

python -m tests.understanding.syllables
"""

from collections import defaultdict
from textwrap import wrap

from bot.understanding import syllables
from bot.understanding.syllables import sound_by_pypinyin
from tests.conftest import ROOT

PATH = ROOT / "bot" / "understanding" / "syllables.py"
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
"""Where GB 2312 has its 6,763 characters."""
_WIDTH = 46
"""Characters in a line; each is as wide as two letters."""


def usual_characters() -> list[str]:
    """The characters of GB 2312."""
    found = (bytes((row, cell)).decode("gb2312", "ignore") for row in _ROWS for cell in _CELLS)
    return [character for character in found if character]


def rewritten(module: str) -> str:
    """The module with its table made anew."""
    by_sound: defaultdict[str, list[str]] = defaultdict(list)
    for character in usual_characters():
        by_sound[sound_by_pypinyin(character)].append(character)
    lines = [
        f"{sound} {part}"
        for sound, characters in sorted(by_sound.items())
        for part in wrap("".join(sorted(characters)), _WIDTH)
    ]
    head, _, rest = module.partition('_TABLE = """\n')
    return "\n".join([f'{head}_TABLE = """', *lines, '"""' + rest.partition('"""')[2]])


if __name__ == "__main__":
    PATH.write_text(rewritten(PATH.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PATH.name}: {len(syllables.table())} characters before")

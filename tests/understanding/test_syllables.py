"""The sounds of Chinese characters."""

from bot.understanding.syllables import sound_by_pypinyin, sound_of
from tests.understanding.syllables import PATH, rewritten, usual_characters


def test_the_table_says_what_the_library_says() -> None:
    module = PATH.read_text(encoding="utf-8")
    assert rewritten(module) == module, "run: python -m tests.understanding.syllables"


def test_every_usual_character_has_its_sound() -> None:
    wrong = [c for c in usual_characters() if sound_of(c) != sound_by_pypinyin(c)]
    assert wrong == []


def test_sounds_that_are_confused_are_one() -> None:
    assert sound_of("知") == sound_of("资")
    assert sound_of("宁") == sound_of("林")


def test_a_rare_character_has_a_sound_too() -> None:
    assert sound_of("堃") == sound_of("昆")

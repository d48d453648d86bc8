"""Chinese typing errors."""

from bot.understanding.homophones import HomophoneIndex, by_sound
from bot.understanding.utterance import read_utterance

INDEX = HomophoneIndex(by_sound(["福建", "启动仪式", "重庆", "宁夏"]))


def test_a_wrong_character_with_the_right_sound_is_understood() -> None:
    assert list(INDEX.find(read_utterance("福健有什么").tokens, set())) == [(0, 2, "福建")]


def test_a_phrase_that_is_written_right_is_no_error() -> None:
    assert list(INDEX.find(read_utterance("福建").tokens, set())) == []


def test_characters_of_other_phrases_are_left_alone() -> None:
    assert list(INDEX.find(read_utterance("福健").tokens, {1})) == []


def test_a_character_is_looked_for_by_each_of_its_sounds() -> None:
    for written, meant in (("虫庆", "重庆"), ("众庆", "重庆"), ("宁厦", "宁夏")):
        assert list(INDEX.find(read_utterance(written).tokens, set())) == [(0, 2, meant)]


def test_most_characters_must_be_the_ones_that_were_meant() -> None:
    index = HomophoneIndex(by_sound(["汕头市"]))
    assert list(index.find(read_utterance("上头是哪个").tokens, set())) == []


def test_the_characters_of_a_date_are_never_taken_for_others() -> None:
    index = HomophoneIndex(by_sound(["日期"]))
    assert list(index.find(read_utterance("4月20日起云南有哪些报道").tokens, set())) == []
    assert list(index.find(read_utterance("宣传周的日起").tokens, set())) == [(4, 6, "日期")]

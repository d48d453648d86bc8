"""Chinese written in Latin letters."""

from bot.understanding.pinyin import PinyinIndex, by_pinyin, looks_like_pinyin

INDEX = PinyinIndex(by_pinyin(["福建", "主题", "什么"]))


def test_known_pinyin_is_written_in_characters() -> None:
    assert INDEX.to_chinese("fujian zhuti shi shenme".split()) == "福建主题是什么"


def test_words_may_be_written_apart() -> None:
    assert INDEX.to_chinese("fu jian zhu ti".split()) == "福建主题"


def test_one_unknown_word_makes_it_no_chinese() -> None:
    assert INDEX.to_chinese("fujian theme".split()) is None


def test_english_words_are_no_syllables() -> None:
    assert looks_like_pinyin("zhuti")
    assert not looks_like_pinyin("street")

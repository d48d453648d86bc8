"""Normal form and tokens."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.utterance import MAX_CHARACTERS, normalize, read_utterance, words_of


def test_case_accents_and_invisible_marks_do_not_matter() -> None:
    assert normalize("Fújiàn\u200b")[0] == normalize("FUJIAN")[0] == "fujian"


def test_traditional_characters_are_made_simplified() -> None:
    assert normalize("知識產權")[0] == "知识产权"


def test_full_width_letters_and_curly_apostrophes_are_folded() -> None:
    assert words_of("Ｆｕｊｉａｎ’s") == ["fujian's"]


def test_a_mention_of_the_bot_is_no_word() -> None:
    assert [token.text for token in read_utterance("@ipweek_bot theme?").tokens] == ["theme"]


def test_chinese_is_cut_into_characters_and_latin_into_words() -> None:
    utterance = read_utterance("福建 theme")
    assert [token.text for token in utterance.tokens] == ["福", "建", "theme"]
    assert utterance.language == "zh"


def test_a_day_and_its_month_written_together_are_two_tokens() -> None:
    assert words_of("20april") == ["20", "april"]


def test_of_a_text_that_is_too_long_both_ends_are_read() -> None:
    utterance = read_utterance("first " + "x" * 3 * MAX_CHARACTERS + " last")
    assert (utterance.tokens[0].text, utterance.tokens[-1].text) == ("first", "last")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80))
def test_spans_always_point_into_the_raw_text_in_order(text: str) -> None:
    utterance = read_utterance(text)
    start = 0
    for token in utterance.tokens:
        assert 0 <= token.start < token.end <= len(utterance.raw)
        assert start <= token.start
        assert normalize(utterance.raw[token.start : token.end])[0].find(token.text) >= 0
        start = token.start

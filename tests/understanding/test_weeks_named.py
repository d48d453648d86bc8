"""Which week a question speaks of."""

from tests.understanding.conftest import Read


def test_a_week_of_something_else_is_not_the_publicity_week(read: Read) -> None:
    for text, named in (
        ("禁毒宣传周主题", False),
        ("福建无偿献血宣传周什么时候", False),
        ("福建宣传周主题", True),
        ("哪个省把峰会排进宣传周", True),
    ):
        assert read(text).names_week is named, text


def test_the_words_before_another_week_are_of_another_subject(read: Read) -> None:
    assert any(unit.foreign for unit in read("福建无偿献血宣传周什么时候").units)
    assert not any(unit.foreign for unit in read("福建知识产权宣传周什么时候").units)


def test_an_english_week_of_something_else_is_not_the_publicity_week(read: Read) -> None:
    assert not read("drug abuse awareness week theme").names_week
    assert read("ip awareness week theme").names_week

"""Texts read as questions."""

import pytest

from tests.conftest import Converse
from tests.understanding.conftest import Read


def test_place_year_and_attribute_fill_their_slots(read: Read) -> None:
    question = read("What was the theme in Fujian in 2021?")
    assert (question.places, question.years) == (("fujian",), (2021,))
    assert question.attributes[0] == "theme"


def test_the_same_question_in_chinese_fills_the_same_slots(read: Read) -> None:
    english = read("How many exhibitions in Yunnan in 2020?")
    chinese = read("云南2020年有多少展览？")
    assert (english.places, english.years, english.kinds) == (
        chinese.places, chinese.years, chinese.kinds,
    )  # fmt: skip
    assert "count" in english.operators & chinese.operators


def test_pinyin_is_read_as_chinese(read: Read) -> None:
    assert read("fujian zhuti shi shenme").language == "zh"


@pytest.mark.parametrize(
    ("text", "talk"),
    [("hi!", "greeting"), ("Thank you", "thanks"), ("谢谢", "thanks"), ("help", "help")],
)
def test_small_talk_is_told_apart(read: Read, text: str, talk: str) -> None:
    assert read(text).smalltalk == talk


def test_a_question_after_a_greeting_is_no_small_talk(read: Read) -> None:
    assert read("hi, what was the theme in Fujian?").smalltalk == ""


def test_words_of_other_subjects_are_foreign_units(read: Read) -> None:
    assert any(unit.foreign for unit in read("What is the weather in Fujian?").units)


def test_what_is_excepted_fills_no_slot(read: Read) -> None:
    assert read("Apart from Fujian, which provinces held exhibitions?").places == ()


def test_the_country_is_no_place_among_others(read: Read) -> None:
    question = read("the theme of China")
    assert question.is_national
    assert question.places == ()


@pytest.mark.parametrize("text", ["Yunnan's week", "the Yunnan week", "the week in Yunnan"])
def test_the_week_of_a_place_is_the_publicity_week(read: Read, text: str) -> None:
    assert read(f"how long was {text}").names_week


@pytest.mark.parametrize("text", ["next week in Yunnan", "this week, Yunnan"])
def test_a_week_of_the_calendar_is_not(read: Read, text: str) -> None:
    assert not read(f"what is on {text}").names_week


def test_places_that_belong_to_another_one_are_not_asked_for(read: Read) -> None:
    assert not read("what did Qinghai's prefectures do").wants_many_places
    assert read("which prefectures of Yunnan took part").wants_many_places
    assert "place" not in read("what has the province of Fujian arranged").attributes


def test_what_is_left_out_is_kept_apart_with_its_places(read: Read) -> None:
    question = read("which regions besides Qinghai held online training")
    assert question.places == ()
    assert [unit.terms for unit in question.excepted] == [("@qinghai",)]
    assert read("besides the live streams Fujian holds what").places == ("fujian",)


def test_a_small_number_alone_says_nothing_of_the_subject(converse: Converse) -> None:
    evidence = converse("can you subtract 36 from 5").found.evidence
    assert "number_matched" not in evidence.features


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Is Fujian putting out some kind of report on its IP, and under what title?", "report"),
        ("Is there more than one white paper, and if so where do they come from?", "white paper"),
    ],
)
def test_what_only_asks_at_the_end_asks_of_what_came_before(
    read: Read, text: str, named: str
) -> None:
    content = [unit for unit in read(text).units if named in unit.text]
    assert content
    assert not any(unit.aside for unit in content)


def test_the_bodies_behind_a_kick_off_are_asked_for_not_its_day(read: Read) -> None:
    question = read("name the 3 government bodies at the yunnan kick off")
    assert question.name_kinds == ("office",)
    assert "start" not in question.attributes
    assert "start" in read("when did the bodies kick off the week").attributes


@pytest.mark.parametrize(
    "text", ["Which Fujian city teamed up with ABC?", "which province collaborated with a court"]
)
def test_the_place_behind_which_is_asked_for_before_what_a_verb_may_ask(
    read: Read, text: str
) -> None:
    assert read(text).attributes == ("place", "partner")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Who did the Qinghai office hold the press conference with?", "partner"),
        ("which firms is the matchmaking for", "audience"),
        ("what does the Dehong conference deal with", "topic"),
    ],
)
def test_a_preposition_at_the_end_says_what_its_question_word_asks_for(
    read: Read, text: str, asked: str
) -> None:
    assert read(text).attributes[0] == asked


def test_when_asks_for_the_day_whatever_form_is_spoken_of(read: Read) -> None:
    assert read("When did the virtual open day take place?").attributes[0] == "dates"
    assert read("When did the week end?").attributes[0] == "end"


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("did any province hold a contest", ("place",)),
        ("was a seminar held in any other city", ("place",)),
        ("did the province hold a contest", ()),
    ],
)
def test_any_province_asks_which_one(read: Read, text: str, attributes: tuple[str, ...]) -> None:
    assert read(text).attributes == attributes


def test_behind_where_a_slogan_is_spoken_of(read: Read) -> None:
    assert read("where was the ip slogan broadcast").attributes[0] == "place"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What does Fujian celebrate with its week", True),
        ("which day does it mark", True),
        ("which activities celebrate the day", False),
    ],
)
def test_what_is_celebrated_is_the_occasion(read: Read, text: str, asks: bool) -> None:
    assert ("occasion" in read(text).attributes) is asks


def test_who_did_it_is_not_asked_for_where_it_is_said(read: Read) -> None:
    assert "organiser" not in read("which activities were held by Fujian on 20 April").attributes
    assert "organiser" in read("who was the press conference in Yunnan held by").attributes


def test_what_something_says_asks_for_its_words(read: Read) -> None:
    assert read("what do the bags say").attributes[:2] == ("slogan", "content")


def test_a_word_at_the_end_asks_together_with_any_question_word_before_it(read: Read) -> None:
    assert read("what event did Qinghai plan in Xining and who with").attributes[0] == "partner"


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("who does Qinghai train", "audience"),
        ("who do they give the bags to in Chongqing", "audience"),
        ("who does the Qinghai office train", "audience"),
        ("who will Fujian sign with", "partner"),
        ("who did the handbook in Chongqing", "organiser"),
        ("who does the training in Qinghai", "organiser"),
        ("who do you think organised the Kunming launch", "organiser"),
    ],
)
def test_who_before_a_subject_asks_for_whom_something_was_done(
    text: str, attribute: str, read: Read
) -> None:
    assert read(text).attributes[0] == attribute


def test_how_many_counts_only_the_nouns_right_behind_it(read: Read) -> None:
    asked = read("how many companies join the matchmaking in Fuzhou").asked
    assert "~company" in asked
    assert "#matchmaking" not in asked


def test_a_day_that_is_left_out_is_no_day_that_is_asked_for(read: Read) -> None:
    for text in (
        "are there things in Fujian besides April 20",
        "which events in Fujian are not on 20 April",
        "福建除了4月20日还有什么活动",
    ):
        question = read(text)
        assert question.date is None
        assert question.excepted_date is not None
        assert question.excepted_date.start == 420


def test_no_within_a_question_does_not_ask_for_a_yes(read: Read) -> None:
    assert not read("which Fujian activities have no theme").is_polar
    assert read("Fujian has a summit, no?").is_polar

"""How questions are put."""

import pytest

from bot.understanding.question_forms import is_asked, is_polar, ranked_attributes
from tests.understanding.conftest import Read, Tag


@pytest.mark.parametrize(
    "text", ["Did Fujian hold it?", "ok so was there a launch", "isn't it in May"]
)
def test_a_leading_auxiliary_wants_a_yes_or_no(tag: Tag, text: str) -> None:
    assert is_polar(tag(text), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "Could you list the events",
        "What did it do",
        "福建",
        "do you know who held it",
        "你知道是谁办的吗",
    ],
)
def test_requests_and_open_questions_do_not(tag: Tag, text: str) -> None:
    assert not is_polar(tag(text), frozenset())


def test_the_noun_behind_which_is_asked_for_and_the_one_behind_the_verb_is_not(tag: Tag) -> None:
    tagging = tag("which banks did companies sign with")
    assert is_asked(tagging, 1, 2)
    assert not is_asked(tagging, 3, 4)


def test_the_attribute_that_is_named_comes_before_the_form_that_may_ask_for_several(
    tag: Tag,
) -> None:
    mentions = tag("what theme and when").mentions
    assert ranked_attributes(mentions, in_chinese=False, named=False)[0] == "theme"


def test_which_banks_asks_for_names_of_that_kind(read: Read) -> None:
    assert "bank" in read("Which banks took part in Fujian?").name_kinds


def test_a_statement_with_a_hedge_wants_to_be_confirmed(tag: Tag) -> None:
    hedged = frozenset({"hedge"})
    assert is_polar(tag("The launch was in Dali, I was told"), hedged)
    assert not is_polar(tag("Where was the launch, I think in Dali"), hedged)


def test_a_kind_of_names_behind_when_is_what_it_is_about_not_what_is_asked(read: Read) -> None:
    assert read("when do the platforms get their awards").name_kinds == ()
    assert read("platforms of Fujian").name_kinds == ("platform",)


def test_a_status_that_is_reported_on_asks_for_no_modality(read: Read) -> None:
    assert read("who gave a status report in Dehong").attributes[0] == "organiser"
    assert read("status of the alliance meeting").attributes[0] == "modality"


def test_who_was_there_wants_no_yes(read: Read) -> None:
    assert not read("who else was there for the inauguration ceremonies").is_polar
    assert read("so was there a contest in Qinghai").is_polar


def test_behind_how_many_only_the_noun_itself_is_counted(read: Read) -> None:
    assert read("how many lines in the metro carried the slogan").asked == ("line",)
    assert "~metro" in read("how many metro lines").asked


def test_levels_behind_a_preposition_are_asked_for_not_a_yes(read: Read) -> None:
    assert not read("At what levels are there open days in Fujian?").is_polar
    assert read("in Fujian are there open days?").is_polar


def test_one_of_two_is_asked_for_not_a_yes(read: Read) -> None:
    question = read("is the exhibition in Ningxia online or in person")
    assert not question.is_polar
    assert question.attributes == ("form",)
    assert read("is the exhibition in Ningxia online").is_polar


def test_a_chinese_question_asks_what_stands_at_its_end_of_the_rest(read: Read) -> None:
    question = read("重庆轨道交通1号线、3号线播放标语的主办单位")
    assert question.attributes[0] == "organiser"
    assert read("门户网站专题网页的主办单位").name_kinds == ()
    assert read("在哪个网站").name_kinds == ("website",)
    assert "place" not in read("专栏在哪个网站").attributes


def test_what_day_asks_for_no_noun_before_it(read: Read) -> None:
    assert read("质押贷款项目签约是哪天").name_kinds == ()
    assert read("银行是哪几家").name_kinds == ("bank",)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("what is the training platform of Ningxia called", ("platform",)),
        ("what is the bank agreement in Fuzhou called", ()),
    ],
)
def test_what_the_thing_is_called_asks_for_its_name(
    read: Read, text: str, kinds: tuple[str, ...]
) -> None:
    assert read(text).name_kinds == kinds


@pytest.mark.parametrize(
    "text",
    [
        "which banks are there in the Fuzhou deal",
        "what events are there in Sanming",
        "what trainings were there in Ningxia",
    ],
)
def test_which_there_are_wants_no_yes(text: str, read: Read) -> None:
    assert not read(text).is_polar


@pytest.mark.parametrize(
    "text", ["any events in Sanming?", "what about Sanming, are there events?"]
)
def test_whether_there_are_any_wants_a_yes(text: str, read: Read) -> None:
    assert read(text).is_polar


@pytest.mark.parametrize(
    "text", ["names of both newspapers in Chongqing", "the names of the two newspapers"]
)
def test_names_of_things_of_a_kind_are_asked_for(text: str, read: Read) -> None:
    assert read(text).name_kinds == ("newspaper",)

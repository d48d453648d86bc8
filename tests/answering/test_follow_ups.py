"""Messages in a running dialogue."""

import pytest

from bot.answering import findings as f
from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from tests.conftest import NOW, Converse


def test_a_bare_place_asks_the_same_of_another_region(converse: Converse) -> None:
    finding = converse("What was the theme in Fujian?", "and Yunnan?").found.finding
    assert isinstance(finding, f.WeekValues)
    assert finding.attribute == "theme"
    assert finding.weeks[0][0].id == "yunnan-2020"


def test_a_question_without_a_place_is_about_that_of_the_dialogue(converse: Converse) -> None:
    turn = converse("What did Fujian hold?", "What was the theme?")
    assert turn.found.question.places == ("fujian",)


def test_which_banks_is_about_the_activity_just_told(converse: Converse) -> None:
    finding = converse("What was Zhichuang Fuzhou?", "who took part in it?").found.finding
    assert getattr(finding, "entry", None) is not None
    assert finding.entry.week.id == "fujian-2021"  # type: ignore[union-attr]


def test_a_foreign_question_leaves_the_dialogue_where_it_was(converse: Converse) -> None:
    before = converse("What was the theme in Fujian?")
    after = converse("What was the theme in Fujian?", "What is the capital of France?")
    assert before.state is not None
    assert after.state is not None
    assert after.state.places == before.state.places


def test_without_a_dialogue_it_asks_back(converse: Converse) -> None:
    assert isinstance(converse("What was held?").found.finding, (f.Unclear, f.Coverage))


def test_the_day_of_what_was_just_told_is_missing_not_that_of_other_weeks(
    converse: Converse,
) -> None:
    finding = converse("what's the compass programme", "who launched it", "when").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_day_of"


def test_a_number_is_claimed_of_what_was_just_told(converse: Converse) -> None:
    for text, holds in (("5,000 copies, right?", False), ("10,000 copies, right?", True)):
        finding = converse("Chongqing handbooks?", text).found.finding
        assert isinstance(finding, f.Verdict)
        assert finding.holds is holds


def test_how_many_is_asked_of_the_day_that_was_told(converse: Converse) -> None:
    finding = converse("What did Fujian hold on April 20?", "how many").found.finding
    assert isinstance(finding, f.Activities)
    assert {entry.activity.date for entry in finding.entries} == {"2021-04-20"}


def test_one_of_the_same_is_asked_of_another_region(converse: Converse) -> None:
    asked = ("Is there a white paper in Qinghai?", "Does Fujian bring one out as well?")
    assert converse(*asked).reply.facts == ("fujian-2021/white-paper-2020",)


def test_its_theme_is_that_of_what_was_told_not_of_the_week(converse: Converse) -> None:
    turn = converse("Tell me about the cloud interview in Chongqing.", "What was its theme?")
    finding = turn.found.finding
    assert isinstance(finding, f.Values)
    assert finding.entry.activity.id == "cqnews-dialogue"


def test_their_paper_is_that_of_the_place_even_without_a_day(converse: Converse) -> None:
    finding = converse("What does Qinghai plan?", "their white paper, when is it released").found
    assert isinstance(finding.finding, f.Missing)
    assert finding.finding.entry is not None
    assert finding.finding.entry.week.id == "qinghai-2020"


@pytest.mark.parametrize(
    ("asked", "then", "place"),
    [
        ("Which training course did Baoshan run?", "And Dehong, what did they do?", "dehong"),
        ("普洱在报纸上做了什么", "那曲靖呢？", "qujing"),
    ],
    ids=["it is asked anew", "nothing of the kind is known there"],
)
def test_another_city_tells_what_it_did_itself(
    asked: str, then: str, place: str, converse: Converse
) -> None:
    finding = converse(asked, then).found.finding
    assert isinstance(finding, f.Activities)
    assert {entry.place for entry in finding.entries} == {place}


def test_whether_another_city_has_a_thing_is_not_answered_with_others(converse: Converse) -> None:
    assert converse("普洱有没有专栏？", "那曲靖呢？").found.is_weak


def test_its_theme_is_that_of_the_activity_told_also_where_the_region_has_many_weeks(
    assistant_of_all_weeks: Assistant,
) -> None:
    state = None
    for text in ("Tell me about the cloud interview in Chongqing.", "What was its theme?"):
        turn = assistant_of_all_weeks.reply(IncomingMessage(text, "test", NOW), state)
        state = turn.state
    finding = turn.found.finding
    assert isinstance(finding, f.Values)
    assert finding.entry.activity.id == "cqnews-dialogue"


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Which provinces had training?", "who is the one in Ningxia for?"), "managers"),
        (("哪里有发布会", "重庆的是和谁开的"), "重庆市法院"),
        (("What is Zhichuang Fujian?", "which sub-platforms does it have?"), "Zhichuang Sanming"),
        (("重庆的发布会", "有几个部门"), "4个"),
        (("What was on in Yunnan on April 20?", "who organised it?", "and Dehong?"), "joint"),
    ],
)
def test_what_was_named_before_is_meant_by_what_points_back(
    converse: Converse, turns: tuple[str, ...], told: str
) -> None:
    assert told in str(converse(*turns).reply.blocks[:2])


def test_whether_it_was_held_is_asked_of_the_week_where_a_week_was_told(
    converse: Converse,
) -> None:
    assert "The 2020 week in Yunnan was held" in str(
        converse("yunnan", "was it held or only planned").reply.blocks
    )
    of_one = converse("Yunnan launch", "was it held or only planned").reply.blocks
    assert "launching ceremony" in str(of_one[:1])


def test_the_platform_a_sub_platform_belongs_to_is_not_itself(converse: Converse) -> None:
    blocks = converse("What is Zhichuang Sanming?", "which platform does it belong to").reply.blocks
    assert "Zhichuang Fujian" in str(blocks[:1])


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Fujian april 20", "the second one"), "is to sign"),
        (("Fujian april 20", "and the last?"), "awarding ceremony"),
        (("Fujian april 20", "who signs the 2nd one?"), "Municipal Administration"),
        (("福建4月20日", "第二个是什么"), "签署"),
        (("Which regions held contests?", "the second one"), "Qinghai"),
        (("white papers?", "the Qinghai one covers what years"), "2017"),
    ],
)
def test_one_of_a_list_is_meant_by_its_place_in_it(
    converse: Converse, turns: tuple[str, ...], told: str
) -> None:
    assert told in str(converse(*turns).reply.blocks[:2])


def test_the_last_day_is_no_place_in_a_list(converse: Converse) -> None:
    assert "26 April 2021" in str(converse("Fujian", "and the last day?").reply.blocks[:1])


def test_a_thing_of_one_city_is_not_looked_for_in_the_next(converse: Converse) -> None:
    turn = converse("what is Zhichuang Sanming?", "and Zhangzhou?")
    assert isinstance(turn.found.finding, f.Activities)


def test_what_the_week_of_the_dialogue_does_not_state_is_not_told_of_others(
    converse: Converse,
) -> None:
    for turns in (("Chongqing", "theme"), ("重庆", "主题")):
        finding = converse(*turns).found.finding
        assert isinstance(finding, f.Missing)
        assert finding.place == "chongqing"


def test_when_asks_for_the_dates_of_the_other_place(converse: Converse) -> None:
    finding = converse("Which regions had launch ceremonies?", "when was Yunnan's").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "dates"


def test_what_is_asked_of_it_and_not_known_gets_no_yes(converse: Converse) -> None:
    finding = converse("what is the Compass Program", "is it for students?").found.finding
    assert isinstance(finding, f.OneActivity)


def test_what_lacks_a_detail_is_still_spoken_of(converse: Converse) -> None:
    finding = converse("how much did the bags cost", "how many were there").found.finding
    assert isinstance(finding, f.Values)
    assert "4,000" in finding.values[0].en


@pytest.mark.parametrize(
    "turns", [("what did Fujian hold on April 20?", "and the banks?"), ("福建4月20日", "那银行呢")]
)
def test_and_the_banks_asks_which_ones(converse: Converse, turns: tuple[str, str]) -> None:
    finding = converse(*turns).found.finding
    assert isinstance(finding, f.Values)
    assert len(finding.values) == 2


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Did Yunnan hold a Square Day?", "what else did that city do"), ["qujing-publicity"]),
        (("Did Yunnan hold a Square Day?", "what else happened there"), ["qujing-publicity"]),
        (("曲靖广场日", "那里还办了什么"), ["qujing-publicity"]),
    ],
)
def test_that_city_is_the_one_of_what_was_just_told(
    turns: tuple[str, ...], told: list[str], converse: Converse
) -> None:
    assert [fact.split("/")[1] for fact in converse(*turns).reply.facts] == told


@pytest.mark.parametrize(
    "turns",
    [
        ("launching ceremony yunnan", "what else happened in Kunming"),
        ("puer column", "anything else in pu'er"),
        ("普洱做了什么", "还做了啥"),
    ],
)
def test_where_all_has_been_told_nothing_else_is_recorded(
    turns: tuple[str, ...], converse: Converse
) -> None:
    finding = converse(*turns).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_more"


def test_what_else_another_place_did_is_all_that_it_did(converse: Converse) -> None:
    finding = converse("Fujian April 20", "anything else in Yunnan").found.finding
    assert isinstance(finding, f.Activities)
    assert {entry.week.place for entry in finding.entries} == {"yunnan"}


@pytest.mark.parametrize("text", ["how is it done", "how will it be carried out", "how is it held"])
def test_how_a_thing_is_done_asks_for_its_form(text: str, converse: Converse) -> None:
    finding = converse("Ningxia teacher training", text).found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "form"


@pytest.mark.parametrize(
    ("turns", "detail"),
    [
        (("Chongqing handbook", "was it free"), "a price or fee"),
        (("Zhangzhou training", "can I register"), "how to register or take part"),
        (("CQNEWS dialogue", "any video of it"), "a recording or photos"),
    ],
)
def test_a_detail_of_what_was_just_told_is_not_reported(
    turns: tuple[str, ...], detail: str, converse: Converse
) -> None:
    finding = converse(*turns).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.entry is not None
    assert finding.detail.en == detail


@pytest.mark.parametrize("text", ["how much is a coffee", "what's the weather in Paris"])
def test_a_detail_of_something_else_is_another_subject(text: str, converse: Converse) -> None:
    assert isinstance(converse("Chongqing handbook", text).found.finding, f.Outside)


@pytest.mark.parametrize(
    ("turns", "language", "told"),
    [
        (("Fujian theme", "in Chinese please"), "zh", "全面加强知识产权保护"),
        (("福建主题", "in English please"), "en", "Enhancing Intellectual Property"),
        (("福建主题", "用英文说"), "en", "Enhancing Intellectual Property"),
        (("What did Fujian hold on April 20?", "which banks?", "用中文"), "zh", "中国农业银行"),
        (("the theme of Fujian, in Chinese please",), "zh", "全面加强知识产权保护"),
    ],
)
def test_the_answer_comes_in_the_language_that_is_asked_for(
    turns: tuple[str, ...], language: str, told: str, converse: Converse
) -> None:
    reply = converse(*turns).reply
    assert reply.language == language
    assert told in str(reply.blocks[0])


def test_a_language_alone_asks_for_nothing_where_nothing_was_said(converse: Converse) -> None:
    assert isinstance(converse("in English please").found.finding, f.Outside)


@pytest.mark.parametrize(
    "turns",
    [
        ("Did Dehong hold a conference?", "did Pu'er?"),
        ("did Chongqing make bags", "did Yunnan?"),
    ],
)
def test_a_claim_that_leaves_out_what_is_claimed_means_what_was_asked_before(
    turns: tuple[str, ...], converse: Converse
) -> None:
    finding = converse(*turns).found.finding
    assert isinstance(finding, f.Missing) or (isinstance(finding, f.Verdict) and not finding.holds)


def test_the_event_at_another_place_is_not_of_the_kind_that_was_asked_for(
    converse: Converse,
) -> None:
    finding = converse("Who organised Kunming's launch?", "and the event in Yinchuan?")
    assert finding.reply.facts[0] == "ningxia-2020/yinchuan-event"


def test_a_person_whom_the_fact_names_is_told_when_what_was_just_told_is_asked_for_them(
    assistant_of_all_weeks: Assistant,
) -> None:
    first = assistant_of_all_weeks.reply(
        IncomingMessage("launch of the national IP Publicity Week 2018 in Beijing", "c", NOW)
    )
    assert first.state is not None
    turn = assistant_of_all_weeks.reply(
        IncomingMessage("who was the speaker", "c", NOW), first.state
    )
    assert isinstance(turn.found.finding, f.Values)
    assert turn.found.finding.attribute == "people"


def test_a_language_that_the_fact_tells_of_is_not_missing(
    assistant_of_all_weeks: Assistant,
) -> None:
    first = assistant_of_all_weeks.reply(IncomingMessage("short films in Garzê", "c", NOW))
    turn = assistant_of_all_weeks.reply(
        IncomingMessage("in which languages", "c", NOW), first.state
    )
    assert isinstance(turn.found.finding, f.OneActivity)


def test_a_bare_number_after_a_day_of_the_week_is_the_next_day(converse: Converse) -> None:
    turn = converse("Fujian's first day", "second day?", "third?")
    assert turn.question.date is None
    assert turn.state is not None
    assert turn.state.date is not None
    assert turn.state.date.anchor == "day-3"


def test_a_number_after_a_list_is_still_one_of_the_list(converse: Converse) -> None:
    reply = converse("What did Fujian hold on April 20?", "the second one").reply
    assert len(reply.facts) == 1


@pytest.mark.parametrize(
    "text",
    [
        "How many judgments does it list?",
        "how many verdicts are in it?",
        "how many maps does it show",
    ],
)
def test_a_number_that_nothing_states_of_what_was_told_is_not_reported(
    text: str, converse: Converse
) -> None:
    finding = converse("Tell me about the white paper of the Qinghai courts", text).found.finding
    assert isinstance(finding, f.Missing)


@pytest.mark.parametrize(
    ("turns", "agreement"),
    [
        (("ningxia theme", "same as yunnan?"), "same_yes"),
        (("fujian theme", "is it the same as Yunnan's?"), "same_no"),
        (("宁夏的主题", "和云南一样吗"), "same_yes"),
    ],
)
def test_the_same_as_elsewhere_compares_with_the_place_before(
    turns: tuple[str, ...], agreement: str, converse: Converse
) -> None:
    finding = converse(*turns).found.finding
    assert isinstance(finding, f.Comparison)
    assert finding.agreement == agreement


def test_a_correction_that_begins_with_no_wants_no_yes(converse: Converse) -> None:
    assert not converse("fujian april 20", "no i meant yunnan").question.is_polar

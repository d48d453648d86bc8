"""From questions to findings: one kind of finding for each kind of question."""

import pytest

from bot.answering import findings as f
from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.answering.reply import Paragraph, Status
from tests.conftest import NOW, Converse


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("What did Fujian hold on April 20?", f.Activities),
        ("What was the theme in Fujian?", f.WeekValues),
        ("When did the week in Yunnan start?", f.WeekValues),
        ("Who were the organisers in Chongqing?", f.WeekValues),
        ("What is Zhichuang Fuzhou?", f.Definition),
        ("Which regions and years do you know?", f.Coverage),
        ("Where does the information on Fujian come from?", f.Provenance),
        ("When is World IP Day?", f.NamedDay),
        ("Compare Fujian and Yunnan", f.Comparison),
        ("What did Gansu hold for the IP Publicity Week in 2021?", f.Missing),
        ("What is the capital of France?", f.Outside),
        ("hello", f.SmallTalk),
    ],
)
def test_each_kind_of_question_has_its_kind_of_finding(
    converse: Converse, text: str, finding: type
) -> None:
    assert isinstance(converse(text).found.finding, finding)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("which events were in schools", f.OneActivity),
        ("what is CNIPA", f.Definition),
        ("2021?", f.Activities),
        ("anything about trademarks in Yunnan?", f.Missing),
        ("second day of the Yunnan week", f.Missing),
        ("which province had a theme about building a new development paradigm", f.Regions),
        ("which regions involve schools", f.Regions),
        ("What did they do in Yunnan to mark the week?", f.Activities),
        ("I'm interested in Fujian and Yunnan, give me their dates", f.Comparison),
        ("I need the theme of Fujian", f.WeekValues),
        ("有竞赛吗", f.Verdict),
        ("was the training in Qinghai free", f.Missing),
        ("how is your health?", f.Outside),
        ("do I need an umbrella tomorrow", f.Outside),
    ],
)
def test_what_is_said_in_few_or_other_words_has_its_finding_too(
    converse: Converse, text: str, finding: type
) -> None:
    assert isinstance(converse(text).found.finding, finding)


def test_a_weak_answer_is_a_refusal(converse: Converse) -> None:
    assert converse("What did Gansu hold for the IP Publicity Week?").found.is_weak
    assert not converse("What did Fujian hold?").found.is_weak


def test_a_week_that_no_year_knows_is_missing_with_the_years_that_are(converse: Converse) -> None:
    finding = converse("What did Fujian hold in 2015?").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_year"
    assert [week.id for week in finding.known_weeks] == ["fujian-2021"]


def test_what_is_left_out_is_not_told(converse: Converse) -> None:
    asked = "Besides the square, where did Qujing take its publicity?"
    assert "yunnan-2020/qujing-publicity" in converse(asked).reply.facts
    assert "yunnan-2020/qujing-square-day" not in converse(asked).reply.facts


def test_the_partners_of_a_place_are_told_of_all_its_activities(converse: Converse) -> None:
    finding = converse("Which departments did Qinghai work with?").found.finding
    assert isinstance(finding, f.ValuesByActivity)
    assert len(finding.rows) > 2


def test_a_claim_that_nothing_bears_out_is_no_yes(converse: Converse) -> None:
    finding = converse("Did Fujian hold a lecture on blockchain?").found.finding
    assert isinstance(finding, f.OneActivity)


def test_what_is_left_out_is_not_told_again(converse: Converse) -> None:
    for text, rest in (
        ("Besides the Agricultural Bank, which bank signs in Fuzhou?", "China Construction Bank"),
        ("Apart from Xinhua, who was reporting on Yunnan?", "Yun Ling Xian Feng"),
        ("除了农行还有哪家银行签约", "China Construction Bank"),
    ):
        finding = converse(text).found.finding
        assert isinstance(finding, f.Values), text
        assert [value.en for value in finding.values] == [rest], text


def test_two_rare_notions_of_one_activity_are_enough_without_a_place(converse: Converse) -> None:
    for text in (
        "what sort of meeting is held for the integrated circuit people",
        "有没有一场直播是聊非遗的",
    ):
        assert not converse(text).found.is_weak, text


def test_the_seat_of_an_office_says_where_it_acts(converse: Converse) -> None:
    found = converse("What does the Qinghai IP office plan together with the court?").found
    assert {candidate.entry.week.id for candidate in found.candidates} == {"qinghai-2020"}


def test_where_a_national_body_has_its_seat_is_another_subject(converse: Converse) -> None:
    for text in ("Where is CNIPA?", "国家知识产权局的地址在哪里"):
        assert isinstance(converse(text).found.finding, f.Outside), text
    assert not converse("which region used Douyin").found.is_weak


def test_a_body_is_explained_though_only_its_branch_takes_part(converse: Converse) -> None:
    finding = converse("what does CCPIT stand for").found.finding
    assert isinstance(finding, f.Definition)
    assert finding.name == "ccpit"
    assert finding.entries


def test_years_claimed_of_a_thing_by_its_name_are_held_against_its_own(
    assistant_of_all_weeks: Assistant,
) -> None:
    text = "Does Qinghai's courts' white paper run from 2015 to 2018?"
    message = IncomingMessage(text, "test", NOW)
    finding = assistant_of_all_weeks.reply(message, None).found.finding
    assert isinstance(finding, f.Verdict)
    assert [value.en for value in finding.corrected] == ["2017–2019"]


def test_the_one_condition_of_a_week_is_told_whichever_activity_has_it(
    converse: Converse,
) -> None:
    finding = converse("宁夏安排活动时考虑了什么形势").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "condition"


def test_which_bodies_were_trained_are_not_those_that_train(converse: Converse) -> None:
    finding = converse("青海的基本知识培训有哪些单位来学").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "audience"


@pytest.mark.parametrize(
    "text",
    [
        "Which regions worked with a court?",
        "which activities are for schoolchildren",
        "what is the IP summit",
        "Which session looks at heritage, and what exactly is it called?",
    ],
)
def test_a_doubtful_question_whose_words_one_fact_holds_is_answered(
    converse: Converse, text: str
) -> None:
    found = converse(text).found
    assert not found.is_weak
    assert not isinstance(found.finding, f.Unclear)


@pytest.mark.parametrize("text", ["what is an IP exhibition", "What is a geographical indication?"])
def test_a_notion_that_is_not_spoken_of_as_known_is_another_subject(
    converse: Converse, text: str
) -> None:
    assert isinstance(converse(text).found.finding, f.Outside)


@pytest.mark.parametrize("text", ["昆明为什么叫春城", "which languages are spoken in Ningxia"])
def test_a_place_beside_unknown_words_is_another_subject(converse: Converse, text: str) -> None:
    assert isinstance(converse(text).found.finding, f.Outside)


def test_bodies_that_are_counted_are_those_that_held_it(converse: Converse) -> None:
    finding = converse("how many organisations jointly held the launch in Yunnan").found.finding
    assert isinstance(finding, f.Values)
    assert len(finding.values) == 3


def test_how_many_of_a_kind_is_no_figure_of_what_joined_one(converse: Converse) -> None:
    finding = converse("how many press conferences altogether").found.finding
    assert isinstance(finding, f.Activities)
    for text in ("how many departments joined the press conference", "重庆的发布会几个部门"):
        finding = converse(text).found.finding
        assert isinstance(finding, f.Values)
        assert finding.attribute == "number"


def test_a_channel_is_where_it_was_used(converse: Converse) -> None:
    assert not isinstance(converse("wechat used where").found.finding, f.Outside)
    assert isinstance(converse("where is CNIPA").found.finding, f.Outside)


def test_more_details_of_nothing_are_asked_back(converse: Converse) -> None:
    assert isinstance(converse("more details").found.finding, f.Unclear)


@pytest.mark.parametrize(
    "text", ["Which sorts of activities will Ningxia host", "what kinds of events in Yunnan"]
)
def test_kinds_of_activities_are_all_where_there_are_no_categories(
    converse: Converse, text: str
) -> None:
    assert isinstance(converse(text).found.finding, f.Activities)


def test_a_number_of_bodies_or_activities_is_counted_in_chinese_too(converse: Converse) -> None:
    finding = converse("福建有几个分平台").found.finding
    assert isinstance(finding, f.Activities)
    assert finding.counted
    assert not isinstance(converse("重庆发布会公布了什么数字").found.finding, f.Missing)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("how many cities of Yunnan held activities", "Recorded: 5 – Kunming"),
        ("how many cities have a sub-platform", "Recorded: 3 – Fuzhou"),
        ("how many provinces issued white papers", "Recorded: 2 – Fujian"),
        ("几个城市有分平台", "有记录的共3个：福建福州"),
    ],
)
def test_places_that_are_counted_come_with_the_number_that_is_recorded(
    text: str, head: str, converse: Converse
) -> None:
    block = converse(text).reply.blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text.startswith(head)


@pytest.mark.parametrize(
    "text", ["how many places in Ningxia have a launching ceremony", "宁夏有多少个城市办启动"]
)
def test_a_region_is_never_counted_as_one_of_its_cities(text: str, converse: Converse) -> None:
    block = converse(text).reply.blocks[0]
    assert isinstance(block, Paragraph)
    assert not block.text.startswith("1")


@pytest.mark.parametrize(
    "text",
    [
        "did Kunming do anything apart from the launching ceremony?",
        "Baoshan, other than the training",
        "did Pu'er do anything but the column",
        "昆明除了启动仪式还办了什么",
    ],
)
def test_where_all_that_a_place_did_is_left_out_nothing_else_is_recorded(
    text: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_more"


def test_an_activity_with_a_name_of_its_own_can_be_left_out(converse: Converse) -> None:
    reply = converse("what did Qujing do apart from the Square Day").reply
    assert [fact.split("/")[1] for fact in reply.facts] == ["qujing-publicity"]


@pytest.mark.parametrize(
    "text",
    [
        "which Fujian activities have no date",
        "are there things in Fujian besides april 20",
        "Fujian events not in Fuzhou",
        "福建哪些活动没有日期",
        "福建福州以外有什么活动",
    ],
)
def test_what_is_without_a_day_or_elsewhere_is_all_but_the_events_of_the_first_day(
    text: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Activities)
    assert len(finding.entries) > 10
    assert not any(entry.first_day for entry in finding.entries)


def test_whether_a_thing_has_no_date_is_answered_with_that(converse: Converse) -> None:
    finding = converse("is there no date for the IP summit in Fujian").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_day_of"


def test_a_common_noun_that_is_asked_for_picks_the_few_activities_that_hold_it(
    assistant_of_all_weeks: Assistant,
) -> None:
    message = IncomingMessage("what packs were given in Furong", "test", NOW)
    reply = assistant_of_all_weeks.reply(message).reply
    assert [id.split("/")[1] for id in reply.facts] == ["policy-packs"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("list of white papers", "white-paper"),
        ("list all ceremonies", "ceremony"),
        ("列出所有培训", "training"),
    ],
)
def test_a_list_of_a_kind_needs_no_region(text: str, kind: str, converse: Converse) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Activities)
    assert len({entry.week.id for entry in finding.entries}) > 1
    assert all(kind in entry.kinds for entry in finding.entries)


@pytest.mark.parametrize("text", ["list of presidents", "list all trophies", "list of cars"])
def test_lists_of_other_things_are_refused(text: str, converse: Converse) -> None:
    assert converse(text).reply.status is Status.OUT_OF_SCOPE

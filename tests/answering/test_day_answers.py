"""Questions with dates."""

import pytest

from bot.answering import findings as f
from bot.answering.assistant import Assistant
from bot.answering.message import IncomingMessage
from bot.answering.reply import Paragraph
from tests.conftest import NOW, Converse


def test_all_activities_of_the_day_are_told(converse: Converse) -> None:
    finding = converse("What did Fujian hold on April 20?").found.finding
    assert isinstance(finding, f.Activities)
    assert len(finding.entries) > 3
    assert {entry.activity.date for entry in finding.entries} == {"2021-04-20"}


def test_the_first_day_is_that_of_the_week(converse: Converse) -> None:
    anchored = converse("What did Fujian hold on the first day?").found.finding
    dated = converse("What did Fujian hold on April 20?").found.finding
    assert isinstance(anchored, f.Activities)
    assert isinstance(dated, f.Activities)
    assert anchored.entries == dated.entries


def test_an_empty_day_names_the_nearest_activities(converse: Converse) -> None:
    finding = converse("What did Fujian hold on April 2?").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_date"
    assert finding.nearest


def test_a_wrong_number_of_world_ip_day_is_denied(converse: Converse) -> None:
    finding = converse("Did Fujian mark the 19th World IP Day?").found.finding
    assert isinstance(finding, f.Verdict)
    assert (finding.holds, finding.attribute) == (False, "world-ip-day")


def test_world_ip_day_itself_has_a_theme_of_its_own(converse: Converse) -> None:
    finding = converse("What was the theme of World IP Day 2020?").found.finding
    assert isinstance(finding, f.NamedDay)
    assert [(day.year, day.number) for day in finding.editions] == [(2020, 20)]


def test_the_number_of_world_ip_day_comes_first_where_it_is_asked(converse: Converse) -> None:
    reply = converse("2024年是第几个世界知识产权日？").reply
    assert isinstance(reply.blocks[0], Paragraph)
    assert "第24个" in reply.blocks[0].text
    assert reply.sources


def test_all_world_ip_days_that_a_place_has_marked_are_told(
    assistant_of_all_weeks: Assistant,
) -> None:
    asked = "Which number World IP Day is marked in Yinchuan?"
    finding = assistant_of_all_weeks.reply(IncomingMessage(asked, "test", NOW)).found.finding
    assert isinstance(finding, f.WeekValues)
    assert [week.week.world_ip_day for week, _ in finding.weeks] == [23, 20]


def test_one_of_several_that_were_marked_is_confirmed(assistant_of_all_weeks: Assistant) -> None:
    asked = "The Yinchuan event is for the 20th World IP Day, right?"
    finding = assistant_of_all_weeks.reply(IncomingMessage(asked, "test", NOW)).found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds


def test_where_the_event_of_world_ip_day_is_asks_of_the_event(converse: Converse) -> None:
    finding = converse("where is the 20th World IP Day event in Ningxia").found.finding
    assert isinstance(finding, f.Values)
    assert finding.attribute == "place"


def test_anything_on_a_day_outside_the_week_is_no_claim_about_the_week(
    converse: Converse,
) -> None:
    finding = converse("Was there any IP publicity in Fujian on the 1st of May?").found.finding
    assert isinstance(finding, f.Missing)


def test_who_marks_a_world_ip_day_are_the_regions_of_that_one(converse: Converse) -> None:
    for text in ("who celebrates the 21st World IP Day", "谁庆祝第21个世界知识产权日"):
        finding = converse(text).found.finding
        assert isinstance(finding, f.Regions), text
        assert [place for place, _ in finding.groups] == ["fujian"], text


def test_the_day_of_an_event_is_told_beside_the_number_of_world_ip_day(converse: Converse) -> None:
    reply = converse("date of the large-scale event of the 20th World IP Day in Ningxia").reply
    assert "26 April 2020" in str(reply.blocks[:1])
    assert "20th" in str(converse("which World IP Day is marked in Ningxia").reply.blocks[:1])


@pytest.mark.parametrize(
    "text",
    [
        "when will the large-scale publicity event of the 20th World IP Day be in Ningxia",
        "where is the large-scale publicity event of the 20th World IP Day",
        "第20个世界知识产权日大型宣传活动在哪里举办",
    ],
)
def test_an_event_of_the_day_is_not_the_day_itself(converse: Converse, text: str) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Values)
    assert finding.entry.id == "ningxia-2020/yinchuan-event"


@pytest.mark.parametrize(
    "text", ["which regions celebrated the 20th World IP Day", "哪些地区庆祝第20个世界知识产权日"]
)
def test_who_celebrated_the_day_are_the_regions(converse: Converse, text: str) -> None:
    assert isinstance(converse(text).found.finding, f.Regions)


def test_what_has_no_day_may_fall_after_one(converse: Converse) -> None:
    finding = converse("which newspapers wrote about Yunnan after April 20?").found.finding
    assert isinstance(finding, f.Values)
    assert [text.en for text in finding.values] == ["Puer Daily"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("whats the last day of the fujian campaign", "26 April 2021"),
        ("what is the opening day of the Fujian event?", "20 April 2021"),
        ("what was the final day of Fujian's activities", "26 April 2021"),
    ],
)
def test_which_day_it_was_is_told_though_events_are_spoken_of(
    text: str, day: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.WeekValues)
    assert day in str(converse(text).reply.blocks[0])


def test_what_was_on_the_last_day_does_not_ask_which_day_it_was(converse: Converse) -> None:
    finding = converse("what happens on what is the last day of the week in Fujian").found.finding
    assert isinstance(finding, f.Missing)


@pytest.mark.parametrize(
    "text",
    [
        "Is the patent pledge loan launch in Fujian on April 20?",
        "is the IP summit in Fujian on 20 April",
        "did Chongqing hand out bags on April 20",
    ],
)
def test_a_claim_about_something_without_a_day_is_not_answered_with_what_was_on_it(
    text: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Missing)
    assert finding.reason == "no_day_of"


def test_what_the_day_was_marked_with_is_told_though_another_event_was_on_it(
    converse: Converse,
) -> None:
    finding = converse("who celebrates World IP Day with open days").found.finding
    assert isinstance(finding, f.Values)
    assert finding.entry is not None
    assert finding.entry.activity.id == "world-ip-day-open-days"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("how did Yunnan kick off its week", "launching-ceremony"),
        ("Fujian kicks off its week how?", "zhichuang-fuzhou-inauguration"),
        ("云南宣传周是怎么开始的", "launching-ceremony"),
    ],
)
def test_how_a_week_began_is_told_by_what_was_on_its_first_day(
    text: str, fact: str, converse: Converse
) -> None:
    assert fact in {id.split("/")[-1] for id in converse(text).reply.facts}


def test_when_a_week_began_is_still_told_by_its_day(converse: Converse) -> None:
    assert converse("when did Yunnan kick off its week").reply.facts == ("yunnan-2020#start",)

"""Verdicts."""

import pytest

from bot.answering import findings as f
from bot.answering.assistant import Assistant
from bot.answering.claims import reports_on
from bot.answering.reply import Status
from tests.conftest import Converse


def test_another_place_than_the_true_one_is_corrected(converse: Converse) -> None:
    finding = converse("Did Yunnan sign an agreement with Barcelona?").found.finding
    assert not (isinstance(finding, f.Verdict) and finding.holds)


def test_what_was_only_planned_is_never_a_plain_yes(converse: Converse) -> None:
    turn = converse("Did Fujian hold Zhichuang Fuzhou?")
    assert isinstance(turn.found.finding, f.Verdict)
    assert "Yes" not in str(turn.reply.blocks[0]) or "Yes, planned" in str(turn.reply.blocks[0])


def test_a_report_covers_the_years_of_its_period(assistant: Assistant) -> None:
    report = next(entry for entry in assistant.knowledge.activities if entry.activity.period)
    period = report.activity.period
    assert period is not None
    assert reports_on(report, (period.start,))
    assert not reports_on(report, (period.end + 1,))


def test_another_subject_of_a_training_that_was_held_is_told_not_denied(
    converse: Converse,
) -> None:
    for text in ("Was Baoshan's course on copyright?", "保山的培训是关于版权的吗？"):
        finding = converse(text).found.finding
        assert isinstance(finding, f.OneActivity | f.Verdict), text
        assert "baoshan" in str(finding.entry and finding.entry.activity.id)


def test_years_that_are_claimed_of_a_report_must_be_its_own(converse: Converse) -> None:
    for years, holds in (("2017 to 2019", True), ("2015 to 2018", False)):
        finding = converse(f"Does the white paper of Qinghai's courts cover {years}?").found.finding
        assert isinstance(finding, f.Verdict)
        assert finding.holds is holds


def test_a_university_that_takes_no_part_is_denied(converse: Converse) -> None:
    text = "Was the Compass Program launched together with Tsinghua University?"
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert [value.en for value in finding.corrected] == ["Chongqing University"]


def test_a_number_with_a_question_mark_is_a_claim(converse: Converse) -> None:
    finding = converse("Qinghai promised twenty events?").found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds


def test_what_is_described_is_told_on_a_claim_about_another_subject(converse: Converse) -> None:
    finding = converse("西宁专利检查主要是查汽车配件吗").found.finding
    assert isinstance(finding, f.OneActivity)
    assert finding.entry.activity.id == "xining-patent-enforcement"


def test_what_contents_are_not_told_to_hold_gets_no_yes(converse: Converse) -> None:
    assert isinstance(converse("Does the white paper mention designs").found.finding, f.OneActivity)
    finding = converse("does Qinghai's white paper cover 2018").found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds


def test_a_city_of_the_region_is_not_denied_where_only_the_region_is_known(
    converse: Converse,
) -> None:
    assert isinstance(converse("is the ip summit in fuzhou?").found.finding, f.Missing)
    finding = converse("was the square day in Baoshan?").found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds


@pytest.mark.parametrize("text", ["Is the exhibition in Ningxia offline?", "宁夏的展览是线下的吗"])
def test_what_was_online_was_not_offline(converse: Converse, text: str) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert finding.corrected[0].en == "online"


@pytest.mark.parametrize(
    "text",
    ["Is the lecture in Fujian for judges?", "did Qujing launch the Square Day in schools?"],
)
def test_a_notion_that_is_not_told_of_a_fact_gets_no_plain_yes(
    converse: Converse, text: str
) -> None:
    assert isinstance(converse(text).found.finding, f.OneActivity)


def test_a_bare_number_of_another_region_is_not_held_against_figures_of_the_week(
    converse: Converse,
) -> None:
    finding = converse("Is 2.85 Qinghai's figure?").found.finding
    assert isinstance(finding, f.Missing)
    assert finding.elsewhere is not None
    assert finding.elsewhere.week.place == "yunnan"


def test_a_number_of_people_is_not_held_against_patents_by_heads(converse: Converse) -> None:
    reply = converse("Is it true that over 20 million people were reached in Yunnan?").reply
    assert reply.status is Status.NO_DATA


@pytest.mark.parametrize(
    "text",
    [
        "重庆印了5000个袋子，对吗",
        "我记得重庆印了五千个袋子，对吧",
        "I remember Chongqing printed 5,000 bags, right?",
    ],
)
def test_what_is_counted_stands_right_behind_the_number(text: str, converse: Converse) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert finding.entry is not None
    assert finding.entry.activity.id == "reusable-bags"


@pytest.mark.parametrize("text", ["was the column in Yunnan Daily", "普洱专栏在云南日报上吗"])
def test_another_newspaper_of_the_region_is_not_the_one_of_the_column(
    text: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert [value.en for value in finding.corrected] == ["Puer Daily"]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("the slogan was on the Wuhan metro, right?", "chongqing"),
        ("was it Guizhou that printed 10,000 handbooks?", "chongqing"),
        ("China Construction Bank signs with Xiamen's IP office, right?", "fujian"),
    ],
)
def test_a_claim_about_an_unknown_place_is_denied_with_the_region_that_did_it(
    text: str, region: str, converse: Converse
) -> None:
    finding = converse(text).found.finding
    assert isinstance(finding, f.Verdict)
    assert not finding.holds
    assert finding.entry is not None
    assert finding.entry.week.week.region == region


@pytest.mark.parametrize(
    ("claim", "holds"),
    [("that's per 1,000 people, I take it?", False), ("per 10,000 heads, right?", True)],
)
def test_what_a_figure_is_taken_per_can_be_claimed(
    claim: str, holds: bool, converse: Converse
) -> None:
    finding = converse("invention patents per 10,000 in Yunnan", claim).found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds is holds
    assert finding.corrected[0].en.startswith("2.85 ")


def test_media_that_are_told_of_without_names_bear_out_no_name(converse: Converse) -> None:
    assert isinstance(converse("Did People's Daily report on Yunnan?").found.finding, f.OneActivity)
    named = converse("did Xinhua report on Yunnan").found.finding
    assert isinstance(named, f.Verdict)
    assert named.holds


def test_registration_of_trademarks_is_what_the_handbook_holds(converse: Converse) -> None:
    finding = converse("does the handbook include trademark registration?").found.finding
    assert isinstance(finding, f.Verdict)
    assert finding.holds


def test_how_many_per_so_many_is_no_claim(converse: Converse) -> None:
    finding = converse("yunnan invention patents", "how many per 10,000 people").found.finding
    assert isinstance(finding, f.Values)

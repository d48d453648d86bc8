"""The bot itself, `python -m bot run`, with its own knowledge."""

from collections.abc import Iterator
from functools import partial

import pytest

from bot.channels.telegram_wording import read_wording
from tests.scenarios.conftest import Start
from tests.telegram_server.people import Group, Person
from tests.telegram_server.server import TelegramServer

EXAMPLES = read_wording().examples
FUJIAN = "What did Fujian hold on April 20, 2021?"


@pytest.fixture
def ann(real: TelegramServer) -> Iterator[Person]:
    """Somebody new, with nothing left to be answered at the end."""
    yield Person(real)
    real.wait_until(lambda: real.pending == 0)


def said(server: TelegramServer, person: Person, number: int = 0) -> str:
    """The text of the bot's message of that number, once it is there."""
    message = server.wait_until(lambda: server.said_in(person.id)[number:])[0]
    return str(message["text"])


def test_fujians_20_april_brings_its_activities(real: TelegramServer, ann: Person) -> None:
    ann.writes(FUJIAN)
    text = said(real, ann)
    assert "20 April 2021" in text.splitlines()[0]
    assert "Zhichuang Fuzhou" in text
    assert "Source" in text
    assert real.said_in(ann.id)[0]["links"]


@pytest.mark.parametrize("question", [*EXAMPLES.en, *EXAMPLES.zh])
def test_every_example_of_help_is_answered(
    real: TelegramServer, ann: Person, question: str
) -> None:
    ann.writes(question)
    said(real, ann)
    assert real.said_in(ann.id)[0]["links"], "an answer with facts names its source"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/start", "Publicity Week"),
        ("/start fujian", "Fujian"),
        ("/start fujian-2021", "Fujian"),
        ("/week Fujian 2021", "Fujian"),
        ("/week 福建 2021", "福建"),
        ("/date 20 April 2021", "Fujian"),
        ("/date 2021年4月20日", "福建"),
        ("/regions", "2021"),
        ("/help", EXAMPLES.en[0]),
        ("/version", "Knowledge"),
    ],
)
def test_commands_lead_to_answers(
    real: TelegramServer, ann: Person, command: str, expected: str
) -> None:
    ann.writes(command)
    assert expected in said(real, ann)


def test_every_suggestion_and_every_rest_of_a_list_can_be_pressed(
    real: TelegramServer, ann: Person
) -> None:
    for number, question in enumerate((FUJIAN, "What was held in Chongqing in 2021?")):
        ann.writes(question)
        said(real, ann, number)
    pressed = 0
    for message in real.said_in(ann.id):
        for row in message["reply_markup"]["inline_keyboard"]:
            query = ann.presses_data(message, row[0]["callback_data"])
            real.wait_until(partial(real.query_answers, query))
            pressed += 1
    assert pressed >= 4


def test_a_follow_up_in_a_group_is_understood(real: TelegramServer, ann: Person) -> None:
    group = Group(real)
    first = ann.writes(f"/ask {FUJIAN}", group)
    answer = real.wait_until(lambda: real.answers_to(first))[0]
    second = ann.writes("and on April 25?", group, reply_to=answer)
    assert "25 April" in real.wait_until(lambda: real.answers_to(second))[0]["text"]


def test_inline_questions_are_answered_and_nonsense_is_not(
    real: TelegramServer, ann: Person
) -> None:
    for words, wanted in (("fujian april 20", True), ("how do I bake bread", False)):
        query = ann.types_inline(words)
        real.wait_until(partial(real.query_answers, query))
        results = real.accepted("answerInlineQuery")[-1].parameters["results"]
        assert bool(results) is wanted


def test_a_calendar_is_made_of_the_knowledge(real: TelegramServer, ann: Person) -> None:
    ann.writes("/calendar Fujian 2021")
    (call,) = real.wait_until(lambda: real.accepted("sendDocument", ann.id))
    content = real.files[ann.id, call.result["message_id"]].decode()
    assert "DTSTART;VALUE=DATE:20210420" in content


def test_a_week_without_dates_gets_no_invented_ones(real: TelegramServer, ann: Person) -> None:
    ann.writes("/calendar Qinghai 2020")
    assert "no activity has a stated date" in said(real, ann)


def test_a_thousand_questions_from_200_chats_are_all_answered_in_order(
    server: TelegramServer, start: Start
) -> None:
    start()
    people = [Person(server) for _ in range(200)]
    regions = ("Fujian", "Qinghai", "Ningxia", "Chongqing", "Yunnan")
    for region in regions:
        for person in people:
            person.writes(f"What was the theme in {region}?")
    server.wait_until(lambda: len(server.accepted("sendMessage")) >= 1000, 60)
    for person in people:
        first_lines = [message["text"].splitlines()[0] for message in server.said_in(person.id)]
        assert [region in line for region, line in zip(regions, first_lines, strict=True)] == [
            True
        ] * len(regions)


def test_a_refused_token_ends_the_run_with_one_line(start: Start) -> None:
    bot = start(TELEGRAM_BOT_TOKEN="99:another-Secret_token")  # noqa: S106 - of no bot
    assert bot.exit_code() == 2
    (line,) = bot.printed().strip().splitlines()
    assert "TELEGRAM_BOT_TOKEN" in line
    assert "another-Secret_token" not in line


def test_without_a_token_it_says_in_two_lines_what_to_do(start: Start) -> None:
    bot = start(TELEGRAM_BOT_TOKEN="")
    assert bot.exit_code() == 2
    assert len(bot.printed().strip().splitlines()) == 2
    assert "make chat" in bot.printed()


def test_a_malformed_setting_is_named_in_one_line(start: Start) -> None:
    bot = start(TELEGRAM_API_URL="nowhere")
    assert bot.exit_code() == 2
    assert len(bot.printed().strip().splitlines()) == 1
    assert "TELEGRAM_API_URL" in bot.printed()

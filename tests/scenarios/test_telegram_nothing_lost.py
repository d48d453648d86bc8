"""Nothing is lost: through kills, stops, outages, limits and errors of the server."""

import os
import time
from collections import Counter
from functools import partial
from itertools import islice

import pytest

from tests.scenarios.conftest import SCRIPTED, Start
from tests.telegram_server.people import Group, Person
from tests.telegram_server.server import Fault, Json, TelegramServer

KILLS = int(os.environ.get("KILLS", "5"))
"""How often it is killed; `make thorough` does so twenty times, which takes a minute."""


def answered(server: TelegramServer, asked: list[Json]) -> Counter[int]:
    """How many messages of the bot reply to each of these, by message id."""
    ids = {message["message_id"] for message in asked}
    replies = (
        call.parameters["reply_parameters"]["message_id"]
        for call in server.accepted("sendMessage")
        if "reply_parameters" in call.parameters
    )
    return Counter(one for one in replies if one in ids)


def at_least(server: TelegramServer, asked: list[Json], number: int) -> bool:
    """Whether so many of these are answered."""
    return len(answered(server, asked)) >= number


def ask_everywhere(server: TelegramServer, groups: list[Group], number: int) -> list[Json]:
    """One question in each of these groups, by new people."""
    return [
        Person(server).writes(f"/ask number {number} in {i}", group)
        for i, group in enumerate(groups)
    ]


def test_no_question_is_lost_over_many_kills_under_load(
    server: TelegramServer, start: Start
) -> None:
    bot = start(*SCRIPTED)
    groups = [Group(server) for _ in range(20)]
    asked: list[Json] = []
    at_work_when_killed = 0
    for kill in range(KILLS):
        for number in range(5):
            asked += ask_everywhere(server, groups, 5 * kill + number)
        goal = len(answered(server, asked)) + 10 + kill
        server.wait_until(partial(at_least, server, asked, goal), 30)
        at_work_when_killed += server.pending > 0
        bot.kill()
        bot.start()
    server.wait_until(lambda: len(answered(server, asked)) == len(asked), 60)
    server.wait_until(lambda: server.pending == 0)
    doubled = sum(times - 1 for times in answered(server, asked).values())
    assert at_work_when_killed == KILLS, "each kill must meet work"
    assert doubled <= KILLS, "at most the one in flight is answered twice"


def test_a_kill_between_the_answer_and_its_confirmation_doubles_nothing(
    server: TelegramServer, start: Start
) -> None:
    bot = start(*SCRIPTED)
    slow, quick = Person(server), [Person(server) for _ in range(30)]
    server.goes_wrong(Fault("sendMessage", chat_id=slow.id, seconds=30, times=1))
    slow.writes("slow")
    for person in quick:
        person.writes("quick")
    server.wait_until(lambda: all(server.said_in(person.id) for person in quick))
    assert server.pending > 30, "all stand behind the slow one and are not confirmed"
    (ledger,) = (bot.folder / "state").glob("*.answered")
    server.wait_until(lambda: len(ledger.read_text().splitlines()) == len(quick))
    bot.kill()
    bot.start()
    server.wait_until(lambda: server.said_in(slow.id))
    server.wait_until(lambda: server.pending == 0)
    assert [len(server.said_in(person.id)) for person in quick] == [1] * len(quick)


def test_on_sigterm_what_is_in_flight_is_finished(server: TelegramServer, start: Start) -> None:
    bot = start(*SCRIPTED)
    people = [Person(server) for _ in range(10)]
    for person in people:
        server.goes_wrong(Fault("sendMessage", chat_id=person.id, seconds=1.2))
    for person in people:
        person.writes("one")
    server.wait_until(lambda: server.begun["sendMessage"] == len(people))
    assert bot.stop(seconds=10) == 0, "within the ten seconds that are promised"
    assert all(len(server.said_in(person.id)) == 1 for person in people)
    assert server.pending == 0, "and confirmed"


def test_what_sigterm_cuts_off_is_answered_by_the_next_run(
    server: TelegramServer, start: Start
) -> None:
    bot = start(*SCRIPTED)
    ann = Person(server)
    server.refuses(
        "sendMessage", 429, "Too Many Requests: retry after 60", chat_id=ann.id,
        parameters={"retry_after": 60},
    )  # fmt: skip
    ann.writes("one")
    server.wait_until(lambda: any(not call.accepted for call in server.calls))
    assert bot.stop() == 0
    assert server.said_in(ann.id) == []
    bot.start()
    server.wait_until(lambda: len(server.said_in(ann.id)) == 1)


@pytest.mark.parametrize(
    "seconds", [2, pytest.param(30, marks=pytest.mark.slow)], ids=["short", "half-a-minute"]
)
def test_it_recovers_when_the_network_comes_back(
    server: TelegramServer, start: Start, seconds: float
) -> None:
    start(*SCRIPTED)
    ann, bob = Person(server), Person(server)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id))
    ann.writes("two")
    with server.offline():
        bob.writes("asked while nobody could hear")
        time.sleep(seconds)
    server.wait_until(lambda: server.said_in(bob.id) and len(server.said_in(ann.id)) >= 2, 30)


def test_it_waits_for_a_network_that_is_missing_at_the_start(
    server: TelegramServer, start: Start
) -> None:
    ann = Person(server)
    with server.offline():
        start(*SCRIPTED)
        time.sleep(1)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id), 30)


@pytest.mark.parametrize("code", [500, 502, 503])
def test_server_errors_are_outlasted(server: TelegramServer, start: Start, code: int) -> None:
    start(*SCRIPTED)
    ann = Person(server)
    for method in ("getMe", "getUpdates", "sendMessage"):
        server.refuses(method, code, "Internal Server Error", times=2)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id), 30)
    assert len(server.said_in(ann.id)) == 1


def test_a_limit_pauses_only_its_chat_and_is_obeyed(server: TelegramServer, start: Start) -> None:
    start(*SCRIPTED)
    ann, bob = Person(server), Person(server)
    server.refuses(
        "sendMessage", 429, "Too Many Requests: retry after 2", chat_id=ann.id,
        parameters={"retry_after": 2},
    )  # fmt: skip
    ann.writes("one")
    server.wait_until(lambda: any(not call.accepted for call in server.calls))
    ann.writes("two")
    for number in range(5):
        bob.writes(f"{number}")
    server.wait_until(lambda: len(server.said_in(bob.id)) == 5)
    assert server.said_in(ann.id) == [], "bob was served while ann's chat paused"
    server.wait_until(lambda: len(server.said_in(ann.id)) == 2)
    refused = next(call for call in server.calls if not call.accepted)
    resumed = server.accepted("sendMessage", ann.id)[0]
    assert resumed.at - refused.at >= 2, "what Telegram asked for"


def test_a_lost_answer_of_telegram_loses_no_question(server: TelegramServer, start: Start) -> None:
    start(*SCRIPTED)
    ann = Person(server)
    server.goes_wrong(Fault("sendMessage", chat_id=ann.id, loses_answer=True))
    ann.writes("one")
    server.wait_until(lambda: server.pending == 0)
    assert 1 <= len(server.said_in(ann.id)) <= 2


def test_a_burst_is_answered_in_order_within_each_chat(
    server: TelegramServer, start: Start
) -> None:
    start(*SCRIPTED)
    people = [Person(server) for _ in range(200)]
    for number in range(5):
        for person in people:
            person.writes(f"question {number}")
    server.wait_until(lambda: len(server.accepted("sendMessage")) == 1000, 60)
    expected = [f"Answer to: question {number}" for number in range(5)]
    for person in people:
        first_lines = [said["text"].splitlines()[0] for said in server.said_in(person.id)]
        assert first_lines == expected


def test_chats_do_not_wait_for_one_that_hangs(server: TelegramServer, start: Start) -> None:
    start(*SCRIPTED)
    hanging = [Person(server) for _ in range(8)]
    for person in hanging:
        server.goes_wrong(Fault("sendMessage", chat_id=person.id, seconds=12))
        person.writes("one")
    others = [Person(server) for _ in range(20)]
    for person in others:
        person.writes("one")
    server.wait_until(lambda: all(server.said_in(person.id) for person in others))
    assert not any(server.said_in(person.id) for person in hanging)


def test_updates_that_come_again_are_answered_once(server: TelegramServer, start: Start) -> None:
    start(*SCRIPTED)
    ann, slow = Person(server), Person(server)
    server.goes_wrong(Fault("sendMessage", chat_id=slow.id, seconds=1.5))
    slow.writes("slow")
    ann.writes("one")
    server.wait_until(lambda: server.pending == 0)
    handed_out = list(islice(server.deliveries.values(), 2))
    assert max(handed_out) > 1, "the server did hand them out again"
    assert len(server.said_in(ann.id)) == len(server.said_in(slow.id)) == 1

"""Starting and ending: settings, tokens, other pollers, webhooks, secrets."""

import json
import socket
import stat
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.scenarios.conftest import SCRIPTED, Start
from tests.telegram_server.people import Person
from tests.telegram_server.process import BotProcess
from tests.telegram_server.server import TOKEN, Fault, TelegramServer

SECRET = "correct-horse_7"  # noqa: S105 - for a test server


def free_port() -> int:
    """A local port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def webhook_settings() -> dict[str, str]:
    """The settings of a webhook on a free port."""
    port = free_port()
    return {
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "TELEGRAM_WEBHOOK_LISTEN": "127.0.0.1",
        "TELEGRAM_WEBHOOK_PORT": str(port),
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
    }


def knock(url: str, update: object, secret: str | None) -> int:
    """Deliver something to the webhook by hand; the status code."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    body = update if isinstance(update, bytes) else json.dumps(update).encode()
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - a local address
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_webhook_serves_and_confirms_only_what_is_done(
    server: TelegramServer, start: Start
) -> None:
    settings = webhook_settings()
    start(*SCRIPTED, **settings)
    server.wait_until(lambda: server.webhook.get("url"))
    assert server.webhook["secret_token"] == SECRET
    ann, bob = Person(server), Person(server)
    server.goes_wrong(Fault("sendMessage", chat_id=ann.id, seconds=1.5))
    ann.writes("slow")
    bob.writes("quick")
    server.wait_until(lambda: server.said_in(bob.id))
    server.wait_until(lambda: server.pending == 1)
    assert server.said_in(ann.id) == []
    server.wait_until(lambda: server.pending == 0)
    assert len(server.said_in(ann.id)) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x"])
def test_a_delivery_without_the_right_secret_is_refused(
    server: TelegramServer, start: Start, secret: str | None
) -> None:
    settings = webhook_settings()
    start(*SCRIPTED, **settings)
    server.wait_until(lambda: server.webhook.get("url"))
    update = {"update_id": 1, "message": {"text": "one"}}
    assert knock(settings["TELEGRAM_WEBHOOK_URL"], update, secret) in {401, 403}
    assert server.accepted("sendMessage") == []


def test_what_is_no_update_is_refused_and_harms_nothing(
    server: TelegramServer, start: Start
) -> None:
    settings = webhook_settings()
    start(*SCRIPTED, **settings)
    server.wait_until(lambda: server.webhook.get("url"))
    for body in (b"", b"{", b"[]", b'{"update_id": "x"}', b"\xff"):
        assert knock(settings["TELEGRAM_WEBHOOK_URL"], body, SECRET) == 400
    ann = Person(server)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id))


def test_a_killed_webhook_bot_loses_nothing(server: TelegramServer, start: Start) -> None:
    bot = start(*SCRIPTED, **webhook_settings())
    server.wait_until(lambda: server.webhook.get("url"))
    people = [Person(server) for _ in range(60)]
    for person in people:
        person.writes("one")
    server.wait_until(lambda: len(server.accepted("sendMessage")) >= 15)
    bot.kill()
    bot.start()
    server.wait_until(lambda: all(server.said_in(person.id) for person in people), 30)
    server.wait_until(lambda: server.pending == 0)


def test_a_webhook_bot_finishes_on_sigterm(server: TelegramServer, start: Start) -> None:
    bot = start(*SCRIPTED, **webhook_settings())
    server.wait_until(lambda: server.webhook.get("url"))
    ann = Person(server)
    server.goes_wrong(Fault("sendMessage", chat_id=ann.id, seconds=1))
    ann.writes("one")
    server.wait_until(lambda: server.begun["sendMessage"])
    assert bot.stop() == 0
    assert len(server.said_in(ann.id)) == 1


def test_polling_takes_over_from_an_old_webhook_and_drops_nothing(
    server: TelegramServer, start: Start
) -> None:
    server.webhook = {"url": "http://127.0.0.1:1/old"}
    ann = Person(server)
    ann.writes("one")
    start(*SCRIPTED)
    server.wait_until(lambda: server.said_in(ann.id))


def test_a_refused_token_is_said_in_one_line_without_the_token(
    start: Start,
) -> None:
    bot = start(*SCRIPTED, TELEGRAM_BOT_TOKEN="99:another-Secret_token")  # noqa: S106 - of no bot
    assert bot.exit_code() == 2
    assert "TELEGRAM_BOT_TOKEN" in bot.printed()
    assert len(bot.printed().strip().splitlines()) == 1
    assert "another-Secret_token" not in bot.printed()


def test_a_token_that_is_revoked_ends_the_run(server: TelegramServer, start: Start) -> None:
    bot = start(*SCRIPTED)
    ann = Person(server)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id))
    for _ in range(2):
        server.refuses("getUpdates", 401, "Unauthorized")
    ann.writes("two")
    assert bot.exit_code() != 0


def test_the_token_and_the_words_of_people_are_in_no_log(
    server: TelegramServer, start: Start
) -> None:
    ann = Person(server, "Annabella")
    bot = start(*SCRIPTED)
    for method in ("getUpdates", "sendMessage", "answerCallbackQuery"):
        server.refuses(method, 502, f"Bad Gateway {TOKEN}")
        server.refuses(method, 400, f"Bad Request: odd {TOKEN}")
    server.hand_over("message", {"message_id": "x", "text": "private words"})
    for words in ("boom private words", "one private words", "/start private words"):
        ann.writes(words)
    server.wait_until(lambda: server.pending == 0)
    with server.offline():
        ann.writes("private words again")
        server.wait_until(lambda: "cannot be reached" in bot.printed())
    server.wait_until(lambda: server.pending == 0, 30)
    assert bot.stop() == 0
    assert TOKEN.partition(":")[2] not in bot.printed()
    assert "private words" not in bot.printed()
    assert "Annabella" not in bot.printed()


def test_a_second_process_on_this_machine_gives_way(server: TelegramServer, tmp_path: Path) -> None:
    with BotProcess(server, tmp_path, SCRIPTED) as first:
        server.wait_until(lambda: server.accepted("deleteWebhook"))
        second = BotProcess(server, tmp_path, SCRIPTED)
        with second:
            server.wait_until(lambda: "another process of this bot" in second.printed())
            assert first.stop() == 0
            ann = Person(server)
            ann.writes("one")
            server.wait_until(lambda: server.said_in(ann.id))


def test_a_poller_elsewhere_is_named_in_one_clear_line(
    server: TelegramServer, start: Start
) -> None:
    bot = start(*SCRIPTED)
    server.refuses("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
    ann = Person(server)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id))
    assert "another process is fetching" in bot.printed()
    assert "Traceback" not in bot.printed()


def test_the_heartbeat_file_is_touched(
    server: TelegramServer, start: Start, tmp_path: Path
) -> None:
    start(*SCRIPTED, HEARTBEAT_FILE=str(tmp_path / "beat"))
    ann = Person(server)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id))
    server.wait_until((tmp_path / "beat").exists)


def test_what_outlives_the_run_holds_only_ids_and_is_private(
    server: TelegramServer, start: Start, tmp_path: Path
) -> None:
    bot = start(*SCRIPTED)
    slow, ann = Person(server), Person(server)
    server.goes_wrong(Fault("sendMessage", chat_id=slow.id, seconds=30))
    slow.writes("slow words")
    ann.writes("quick words")
    server.wait_until(lambda: server.said_in(ann.id))
    (ledger,) = server.wait_until(lambda: list((tmp_path / "state").glob("*.answered")))
    server.wait_until(ledger.read_text)
    bot.kill()
    assert "words" not in ledger.read_text()
    assert TOKEN.partition(":")[2] not in ledger.name + ledger.read_text()
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


def test_without_a_state_folder_that_can_be_written_it_serves_all_the_same(
    server: TelegramServer, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    bot = start(*SCRIPTED, STATE_FOLDER=str(tmp_path / "file" / "state"))
    ann = Person(server)
    ann.writes("one")
    server.wait_until(lambda: server.said_in(ann.id))
    assert "STATE_FOLDER" in bot.printed()

"""What can be set from outside: the environment, or a `.env` file beside the command.

The environment wins over the file. Each setting is named, explained and checked in
one table, `SETTINGS`; README's table is compared with it by a test.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import SettingsProblem

DEFAULT_API_URL = "https://api.telegram.org"
DEFAULT_QUESTIONS_PER_MINUTE = 30
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""The public ports to which Telegram delivers; a proxy may map them to any local one."""

HOW_TO_START = (
    "TELEGRAM_BOT_TOKEN is missing: send /newbot to @BotFather in Telegram"
    " and put TELEGRAM_BOT_TOKEN=… into .env\n"
    "Without a token, try the bot in the terminal: make chat"
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """How Telegram reaches the bot when it delivers instead of being polled."""

    url: str
    """The public address that Telegram calls."""
    secret: str = field(repr=False)
    """What every request must carry; 1 to 256 of A–Z a–z 0–9 _ -."""
    listen: str = "127.0.0.1"
    """The local address to serve on."""
    port: int = 8443
    """The local port to serve on; 0 lets the system choose."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the Telegram channel takes from outside."""

    token: str = field(repr=False)
    """The bot's token; it must appear in no log or message."""
    api_url: str = DEFAULT_API_URL
    """The Bot API server, without the "/bot" that comes before the token."""
    webhook: Webhook | None = None
    """None: the bot polls."""
    maintainer_ids: frozenset[int] = frozenset()
    """The people who may use maintainers' commands, by their Telegram user ids."""
    questions_per_minute: int = DEFAULT_QUESTIONS_PER_MINUTE
    """How many questions one person may ask in a minute, 1 or more."""
    state_folder: Path | None = None
    """Where the ids of answered updates outlive a crash; None: the system's temporary folder."""
    heartbeat_file: Path | None = None
    """Touched while the bot is at work, for health checks; None: no such file."""
    unanswered_log: Path | None = None
    """Where questions without an answer are kept, without names; None: they are not."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One name that can be set: what it is for and when its value is well formed."""

    name: str
    purpose: str
    expected: str
    """What a value must be, in words that complete "must be …"."""
    well_formed: Callable[[str], bool]


def _is_token(value: str) -> bool:
    return re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value) is not None


def _is_url(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdecimal() and int(value) <= 65535


def _is_secret(value: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value) is not None


def _are_ids(value: str) -> bool:
    return all(re.fullmatch(r"[1-9]\d{0,18}", one.strip(), re.ASCII) for one in value.split(","))


def _is_count(value: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,5}", value, re.ASCII) is not None


def _is_text(value: str) -> bool:
    return bool(value)


SETTINGS = (
    Setting(
        "TELEGRAM_BOT_TOKEN",
        "the bot's token from @BotFather",
        "digits, a colon and letters, as @BotFather gave it",
        _is_token,
    ),
    Setting(
        "TELEGRAM_API_URL",
        "another Bot API server than Telegram's own",
        "an http or https address",
        _is_url,
    ),
    Setting(
        "TELEGRAM_WEBHOOK_URL",
        "the public address for deliveries; unset: the bot polls",
        "an https address (http only with TELEGRAM_API_URL)",
        _is_url,
    ),
    Setting("TELEGRAM_WEBHOOK_LISTEN", "the local address to serve on", "an address", _is_text),
    Setting(
        "TELEGRAM_WEBHOOK_PORT", "the local port to serve on", "a number from 0 to 65535", _is_port
    ),
    Setting(
        "TELEGRAM_WEBHOOK_SECRET",
        "what proves that a delivery is Telegram's; needed with a webhook",
        "1 to 256 of A-Z a-z 0-9 _ -",
        _is_secret,
    ),
    Setting(
        "MAINTAINER_IDS",
        "who may use maintainers' commands",
        "Telegram user ids, separated by commas",
        _are_ids,
    ),
    Setting(
        "QUESTIONS_PER_MINUTE",
        "how many questions one person may ask in a minute",
        "a number from 1 to 999999",
        _is_count,
    ),
    Setting(
        "STATE_FOLDER",
        "where the ids of answered updates outlive a crash",
        "a folder that the bot may write to",
        _is_text,
    ),
    Setting(
        "HEARTBEAT_FILE",
        "a file that is touched while the bot is at work",
        "a path that the bot may write to",
        _is_text,
    ),
    Setting(
        "UNANSWERED_LOG",
        "a file that keeps questions without an answer",
        "a path that the bot may write to",
        _is_text,
    ),
)


def load_settings(environment: Mapping[str, str], dotenv_file: Path | None = None) -> Settings:
    """The settings of `environment`, completed from `dotenv_file` where that exists.

    Raises SettingsProblem, with what is missing or malformed, before anything is started.
    """
    values = _well_formed_values(environment, dotenv_file)
    token = values.get("TELEGRAM_BOT_TOKEN")
    if token is None:
        raise SettingsProblem(HOW_TO_START)
    ids = values.get("MAINTAINER_IDS", "")
    return Settings(
        token=token,
        api_url=values.get("TELEGRAM_API_URL", DEFAULT_API_URL).rstrip("/"),
        webhook=_webhook(values),
        maintainer_ids=frozenset(int(one) for one in ids.split(",") if one),
        questions_per_minute=int(values.get("QUESTIONS_PER_MINUTE", DEFAULT_QUESTIONS_PER_MINUTE)),
        state_folder=_path(values.get("STATE_FOLDER")),
        heartbeat_file=_path(values.get("HEARTBEAT_FILE")),
        unanswered_log=_path(values.get("UNANSWERED_LOG")),
    )


def _well_formed_values(environment: Mapping[str, str], dotenv_file: Path | None) -> dict[str, str]:
    from_file = dotenv_values(dotenv_file) if dotenv_file and dotenv_file.is_file() else {}
    values = {}
    for setting in SETTINGS:
        value = (environment.get(setting.name) or from_file.get(setting.name) or "").strip()
        if not value:
            continue
        if not setting.well_formed(value):
            raise SettingsProblem(f"{setting.name} is malformed: it must be {setting.expected}")
        values[setting.name] = value
    return values


def _webhook(values: Mapping[str, str]) -> Webhook | None:
    url = values.get("TELEGRAM_WEBHOOK_URL")
    if url is None:
        return None
    if "TELEGRAM_API_URL" not in values and not _telegram_delivers_to(url):
        raise SettingsProblem(
            "TELEGRAM_WEBHOOK_URL is malformed: Telegram delivers only to https, on port"
            f" {', '.join(map(str, WEBHOOK_PORTS))}"
        )
    secret = values.get("TELEGRAM_WEBHOOK_SECRET")
    if secret is None:
        raise SettingsProblem(
            "TELEGRAM_WEBHOOK_SECRET is missing: a webhook needs it, so that nobody else can"
            " hand updates to the bot"
        )
    return Webhook(
        url=url,
        secret=secret,
        listen=values.get("TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1"),
        port=int(values.get("TELEGRAM_WEBHOOK_PORT", "8443")),
    )


def _telegram_delivers_to(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and (parts.port or 443) in WEBHOOK_PORTS


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value else None

"""The bot's token must be readable nowhere: every log line and every last word passes here."""

import logging
import sys
from types import TracebackType
from urllib.parse import quote

HIDDEN = "<token>"


class Redaction:
    """Takes a token out of texts, also where it stands in an address."""

    def __init__(self, token: str) -> None:
        secret = token.partition(":")[2]
        # The part after the colon is the secret; alone it is hidden only when it is long
        # enough not to be an ordinary word.
        found = {token, quote(token, safe=""), secret if len(secret) > 8 else token}
        self._spellings = sorted(found, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without the token."""
        for spelling in self._spellings:
            text = text.replace(spelling, HIDDEN)
        return text


class RedactingFormatter(logging.Formatter):
    """Formats as usual, then hides the token: in messages, tracebacks and stacks alike."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """The whole text of a record without the token."""
        return self._redaction(super().format(record))


def log_without_token(token: str, level: int = logging.INFO) -> None:
    """Send all logging to standard error, redacted, and redact uncaught errors too.

    httpx and httpcore print addresses, which hold the token, and python-telegram-bot
    prints updates, which hold what people wrote: both speak only in emergencies.
    """
    redaction = Redaction(token)
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(redaction))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in ("httpx", "httpcore", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    logging.captureWarnings(capture=True)
    sys.excepthook = _last_words


def _last_words(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("ended by an error", exc_info=(kind, error, traceback))

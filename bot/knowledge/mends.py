"""What a maintainer probably meant by a value that does not fit: the mends as instructions."""

import re
import unicodedata
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def short(text: str, most: int = 40) -> str:
    """A text in one line, cut where it is long, with invisible characters made visible."""
    line = " ".join(text.split())
    if not line.isascii():
        line = "".join(
            f"<U+{ord(character):04X}>" if unicodedata.category(character) == "Cf" else character
            for character in line
        )
    return line if len(line) <= most else f"{line[: most - 1]}…"


def mended_day(text: str) -> str:
    """The day that a text probably means: "20.4.2021" → write 2021-04-20."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    month = next((n for n, name in enumerate(_MONTHS, 1) if name in plain), 0)
    numbers = [int(number) for number in re.findall(r"\d{1,8}", plain)]
    found: tuple[int, ...] = ()
    if month and len(numbers) == 2:
        found = (max(numbers), month, min(numbers))
    elif len(numbers) == 3 and numbers[0] > 31:
        found = (numbers[0], numbers[1], numbers[2])
    elif len(numbers) == 3 and numbers[2] > 31:
        found = (numbers[2], numbers[1], numbers[0])
        if numbers[1] > 12:
            found = (numbers[2], numbers[0], numbers[1])
    elif len(numbers) == 1 and len(str(numbers[0])) == 8:
        digits = str(numbers[0])
        found = (int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    try:
        return f"write {date(*found).isoformat()}"
    except (ValueError, TypeError, OverflowError):
        return "write year-month-day with two digits for month and day, as in 2021-04-20"


def mended_slug(text: str) -> str:
    """An id made of a text: "Fuzhou City" → write fuzhou-city."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    if comma := re.search("[，、；]", text):
        return f"write an ordinary comma and a space in place of {comma.group()}"
    if not slug or not text.isascii():
        return "use only small letters a–z, digits and single hyphens"
    return f"write {slug}"


def mended_address(text: str) -> str:
    """What makes a text a web address: "www.cnipa.gov.cn" → write https://www.cnipa.gov.cn."""
    parts = text.split()
    if len(parts) > 1 and re.match("https?://", parts[0]):
        return "take the space out of it"
    if len(parts) == 1 and "://" not in text and "." in text.partition("/")[0]:
        return f"write https://{text}"
    return "write the whole address, beginning with https://"


_TIMES = {"万": 10_000, "亿": 100_000_000, "k": 1_000, "million": 1_000_000, "billion": 10**9}


def mended_number(text: str) -> str:
    """The number that a text holds: "10,000 copies" → write 10000."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace(",", "").replace("_", "")
    match = re.search(r"(-?\d+(?:\.\d+)?)\s*(万|亿|k\b|million|billion)?", plain)
    if match is None:
        return "write digits: 12, 3.5"
    number = float(match[1]) * _TIMES.get(match[2] or "", 1)
    rest = plain.replace(match[0], "", 1).strip(" \"'年")
    note = f'; "{short(rest, 20)}" does not belong to the number' if rest else ""
    return f"write {number:.15g}{note}"


def mended_truth(text: str) -> str:
    """The truth value that a word means: "yes" → write true."""
    if text.strip().casefold() in ("yes", "y", "on", "是", "wahr"):
        return "write true"
    if text.strip().casefold() in ("no", "n", "off", "否"):
        return "write false"
    return "write true or false"

"""Numbers in an utterance, in figures and words: "5,000", "two", "10 million", 3万."""

from collections.abc import Iterator, Sequence

from bot.understanding.utterance import Token

NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "hundred": 100,
    "thousand": 1000,
    "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
"""Words that are numbers; "one" is left out, as it is seldom meant as one."""
_FACTORS = {
    "thousand": 1_000.0, "千": 1_000.0, "k": 1_000.0,
    "million": 1_000_000.0, "mio": 1_000_000.0, "mn": 1_000_000.0, "万": 10_000.0,
}  # fmt: skip
"""Words behind a number that multiply it."""
_JOINING = frozenset({"or", "to"})
_SUFFIXES = {"k": 1_000.0, "m": 1_000_000.0}


def is_number(word: str) -> bool:
    """Whether a word is a number, in figures or spelled out."""
    return word[0].isdigit() or word in NUMBER_WORDS


def figures_of(word: str) -> str:
    """A number in figures without separators: "5000" for "5,000", "2" for "two"."""
    return str(NUMBER_WORDS.get(word, word)).replace(",", "")


def find_numbers(tokens: Sequence[Token], covered: frozenset[int]) -> Iterator[float]:
    """All numbers but those at the `covered` indexes, which dates have claimed."""
    end = 0
    for index in range(len(tokens)):
        number = None if index in covered or index < end else number_at(tokens, index)
        if number is not None:
            end = index + number[1]
            yield number[0]


def _is_one_of_two(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number shares the factor of the next one: "4 or 5 thousand"."""
    words = [token.text for token in tokens[index + 1 : index + 4]]
    if len(words) < 3 or words[0] not in _JOINING:
        return False
    return is_number(words[1]) and words[2] in _FACTORS


def number_at(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """The number that begins with a token, and how many tokens it has: "10 million" has two."""
    word = tokens[index].text
    if not is_number(word):
        return None
    text, factor, length = figures_of(word), 1.0, 1
    if text[-1] in _SUFFIXES and text[:-1].isdigit():
        text, factor = text[:-1], _SUFFIXES[text[-1]]
    elif index + 1 < len(tokens) and tokens[index + 1].text in _FACTORS:
        factor, length = _FACTORS[tokens[index + 1].text], 2
    elif _is_one_of_two(tokens, index):
        factor = _FACTORS[tokens[index + 3].text]
    try:
        return float(text) * factor, length
    except ValueError:  # "3rd", "1.2.3"
        return None

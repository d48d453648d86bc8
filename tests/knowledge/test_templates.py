"""The wording: a misspelt key or {value} is found before anybody is answered with it."""

from string import Formatter

import pytest

from bot.knowledge.facts import Text
from bot.knowledge.loader import PACKAGED_KNOWLEDGE, read_knowledge
from bot.knowledge.templates import TEMPLATES, flaws_of_wording

WORDING = read_knowledge(PACKAGED_KNOWLEDGE).vocabulary.wording


def test_the_wording_of_the_project_is_as_listed() -> None:
    held = {
        key: {name for part in (text.en, text.zh) for _, name, _, _ in Formatter().parse(part)}
        for key, text in WORDING.items()
    }
    assert {key: names - {None} for key, names in held.items()} == dict(TEMPLATES)
    assert list(flaws_of_wording(WORDING)) == []


@pytest.mark.parametrize(
    ("english", "message", "mend"),
    [
        ("Held on {wen} in {where}.", "nothing is filled in for {wen}", "did you mean {when}?"),
        ("Held on {day}.", "nothing is filled in for {day}", "write {when} or {where}"),
        ("Held on {when.", "no partner", "{when} or {where}"),
        ("Held on {}.", "nothing is filled in for {}", "{when} or {where}"),
        ("Held on {when.year}.", "nothing is filled in for {when.year}", "{when}"),
    ],
)
def test_what_cannot_be_filled_in_is_an_error(english: str, message: str, mend: str) -> None:
    wording = {**WORDING, "status_held": Text(en=english, zh="{when}")}
    (flaw,) = flaws_of_wording(wording)
    assert flaw.place.path == ("wording", "status_held", "en")
    assert flaw.severity == "error"
    assert message in flaw.message
    assert mend in flaw.mend


def test_a_value_may_be_left_out() -> None:
    assert list(flaws_of_wording({**WORDING, "status_held": Text(en="Held.", zh="已举行")})) == []


def test_a_misspelt_key_is_told_once_and_a_missing_one_where_it_stood() -> None:
    (misspelt,) = flaws_of_wording(
        {("outsied" if key == "outside" else key): text for key, text in WORDING.items()}
    )
    assert (misspelt.place.path, misspelt.mend) == (("wording", "outsied"), "did you mean outside?")
    (missing,) = flaws_of_wording({key: WORDING[key] for key in WORDING if key != "outside"})
    keys = list(WORDING)
    assert missing.place.path == ("wording", keys[keys.index("outside") - 1])
    assert '"outside" is missing' in missing.message


def test_a_key_of_nothing_is_a_warning_and_no_wording_at_all_is_none() -> None:
    (flaw,) = flaws_of_wording({**WORDING, "zzz": Text(en="z", zh="z")})
    assert (flaw.severity, flaw.mend) == ("warning", "take it out")
    assert list(flaws_of_wording({})) == []

"""The templates that the bot fills: every key of `wording:`, with what its text may hold.

Whoever rewords an answer may leave a value out of a text, but there is none that is not
listed here; so a misspelt {place} or a key that nobody says is noticed by the check, not by
the person who asks.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from string import Formatter

from bot.knowledge.facts import Text
from bot.knowledge.flaws import VOCABULARY, Flaw, Place, did_you_mean
from bot.knowledge.mends import short

_VALUES = {
    "status_planned": "when where", "status_planned_week": "where year",
    "status_planned_ahead": "when where", "status_held": "when where",
    "status_held_span": "when where", "status_held_week": "where year",
    "status_held_since": "when where", "status_running": "when where",
    "status_running_week": "where year", "status_conditional": "condition when where",
    "status_conditional_week": "condition where year", "known_so_far": "",
    "list_day": "count when where", "list_week": "count where year",
    "list_day_anywhere": "count when", "count_activities": "n", "count_one_activity": "",
    "count_kind": "kind n", "list_modality_planned": "", "list_modality_held": "",
    "list_modality_mixed": "", "mark_planned": "", "mark_held": "", "mark_running": "",
    "mark_conditional": "", "more_lines": "n", "more_activities": "",
    "attribute_line": "label values", "places_counted": "n values",
    "attribute_count": "n values",
    "week_theme": "value where year", "week_theme_national": "value year",
    "no_own_theme": "where year", "world_ip_day_own_theme": "value year",
    "world_ip_day_number": "value year", "world_ip_day_source": "year",
    "world_ip_day_theme": "value year", "theme_variant": "publisher value",
    "other_years": "years", "unstated_years": "years", "years_of": "years",
    "week_dates": "value where", "week_start": "value where year", "week_end": "value where year",
    "week_organiser": "value where year", "week_partner": "value where year",
    "week_people": "value where year", "week_number": "value where year",
    "week_edition": "value where year", "week_edition_by": "publisher value",
    "no_own_edition": "where year", "week_world-ip-day": "value where year",
    "week_modality_planned": "where year", "week_modality_held": "where year",
    "week_modality_running": "where year", "modality_planned": "title", "modality_held": "title",
    "modality_running": "title", "modality_conditional": "condition title", "yes": "", "no": "",
    "same_yes": "", "same_no": "", "differ_yes": "", "differ_no": "",
    "yes_planned": "", "yes_conditional": "condition", "verdict": "value verdict",
    "verdict_names_no": "value", "regions_one": "places", "definition": "name what",
    "definition_part_of": "owner", "coverage": "first last weeks whose",
    "coverage_activities": "count weeks", "coverage_planned": "weeks whose",
    "coverage_held": "weeks whose",
    "coverage_year": "weeks whose year", "weeks_many": "n",
    "weeks_one": "", "of_region": "", "of_regions": "n", "of_regions_and_nation": "n",
    "region_line": "where years", "year_of_region": "told year", "coverage_place": "where years",
    "world_ip_day": "", "week_purpose": "value where year", "week_basis": "value where year",
    "week_extent": "value where year",
    "week_published": "value where year", "week_year": "value where",
    "known_elsewhere": "summary where year", "provenance": "sources", "undated_source": "",
    "published_on": "day publisher", "sources": "", "no_year": "where year",
    "no_year_anywhere": "year", "no_place": "where", "no_date": "when where",
    "no_date_anywhere": "when", "no_dates": "where year", "no_theme": "where year",
    "no_day_of": "title", "no_detail": "detail", "no_detail_of": "detail title",
    "no_detail_in_week": "detail where year",
    "no_match": "where", "no_kind": "detail where", "no_match_anywhere": "",
    "no_more": "where",
    "known_years": "where years",
    "known_in_region": "where years", "known_places": "places", "nearest_date": "title when",
    "no_dated": "where", "undated_others": "n", "week_span": "when year", "known_of_it": "summary",
    "which_region": "", "what_of_it": "", "ask_region": "where year",
    "ask_region_short": "where year", "ask_theme": "where year", "ask_theme_short": "",
    "ask_date": "when where", "ask_date_short": "when", "ask_all": "where year",
    "ask_all_short": "where year", "ask_source": "where year", "ask_source_short": "",
    "ranking_activities_highest": "names value", "ranking_activities_lowest": "names value",
    "ranking_length_highest": "names value", "ranking_length_lowest": "names value",
    "ranking_start_highest": "names value", "ranking_start_lowest": "names value",
    "ranking_among_others": "names", "ranking_line": "name value", "ranking_days": "n",
    "ranking_note": "", "ranking_note_days": "", "ranking_note_weeks": "",
    "ask_coverage": "", "ask_coverage_short": "", "outside": "", "outside_hint": "", "empty": "",
    "greeting": "", "thanks": "", "goodbye": "", "help": "", "help_examples": "", "join": "",
    "join_places": "", "and": "", "nation": "", "first_day": "", "last_day": "", "nth_day": "",
}  # fmt: skip
"""Key → what its text may hold; in the order of `vocabulary/wording.yaml`."""
TEMPLATES: Mapping[str, frozenset[str]] = {
    key: frozenset(values.split()) for key, values in _VALUES.items()
}
"""Key → the values that its text may hold."""


def flaws_of_wording(wording: Mapping[str, Text]) -> Iterator[Flaw]:
    """What the bot could not say; nothing for a folder that has no wording at all."""
    if not wording:
        return
    missing = [key for key in TEMPLATES if key not in wording]
    for key, text in wording.items():
        if key in TEMPLATES:
            for language, own in (("en", text.en), ("zh", text.zh)):
                place = Place(VOCABULARY, ("wording", key, language))
                yield from _flaws_of_template(place, key, own)
            continue
        meant = get_close_matches(key, missing, n=1, cutoff=0.7)
        missing = [other for other in missing if other not in meant]
        place = Place(VOCABULARY, ("wording", key), "key")
        message = f'the bot says nothing under "{short(key)}"'
        if meant:
            yield Flaw(place, message, f"did you mean {meant[0]}?")
        else:
            yield Flaw(place, message, "take it out", "warning")
    for key in missing:
        message = f'the text "{key}" is missing, which the bot needs'
        place = Place(VOCABULARY, ("wording", _neighbour(key, wording)), "key")
        yield Flaw(place, message, f"write {key}: {{en: …, zh: …}} below this line")


def _neighbour(missing: str, wording: Mapping[str, Text]) -> str:
    """The key below which one usually stands, or another one."""
    keys = list(TEMPLATES)
    above = (key for key in reversed(keys[: keys.index(missing)]) if key in wording)
    return next(above, next(iter(wording)))


def _flaws_of_template(place: Place, key: str, text: str) -> Iterator[Flaw]:
    known = TEMPLATES[key]
    try:
        held = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
        if known.issuperset(held):
            text.format_map(dict.fromkeys(known, 1))
    except (ValueError, IndexError, KeyError, AttributeError):
        message = "a curly bracket in this text has no partner, or holds more than a word"
        yield Flaw(place, message, f"write {_in_brackets(known)}, or leave the brackets out")
        return
    for name in held:
        if name not in known:
            message = f"nothing is filled in for {{{short(name)}}} here"
            close = did_you_mean(name, known)
            mend = f"did you mean {{{close[13:-1]}}}?" if close else f"write {_in_brackets(known)}"
            yield Flaw(place, message, mend)


def _in_brackets(names: frozenset[str]) -> str:
    return " or ".join(f"{{{name}}}" for name in sorted(names)) or "no curly brackets"

"""What a single week adds to the indexes."""

from bot.answering.assistant import Assistant


def test_the_concepts_in_a_theme_are_found_though_it_is_a_quote(assistant: Assistant) -> None:
    weeks = assistant.knowledge.week_entries
    themes = [assistant.facts.theme_terms_of(week) for week in weeks if week.week.theme]
    assert sum("~health" in terms for terms in themes) == 3


def test_what_is_measured_by_heads_does_not_tell_of_people(assistant: Assistant) -> None:
    terms = assistant.facts.terms_of_texts(("invention patents per 10,000 people",))
    assert {"~ten-thousand", "~invention"} <= terms
    assert not {"~citizen", "peopl", "10000"} & terms

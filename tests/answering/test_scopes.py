"""Weeks in a scope."""

from bot.answering.assistant import Assistant
from bot.answering.findings import Scope
from bot.answering.scopes import grouped, independent_places, latest_dated, weeks_in


def test_a_city_with_its_province_is_one_place(assistant: Assistant) -> None:
    places = ("fuzhou", "fujian", "yunnan")
    assert independent_places(places, assistant.knowledge) == ("fuzhou", "yunnan")


def test_a_scope_holds_the_weeks_of_its_places_and_years(assistant: Assistant) -> None:
    weeks = weeks_in(Scope(("yunnan", "fujian"), (2021,)), assistant.knowledge)
    assert [week.id for week in weeks] == ["fujian-2021"]


def test_a_city_without_a_week_has_those_it_takes_part_in(assistant: Assistant) -> None:
    weeks = weeks_in(Scope(("kunming",)), assistant.knowledge)
    assert [week.id for week in weeks] == ["yunnan-2020"]


def test_the_nearest_activities_are_dated_and_few(assistant: Assistant) -> None:
    found = latest_dated(assistant.knowledge.week_entries, assistant.knowledge)
    assert 0 < len(found) <= 6
    assert all(entry.first_day for entry in found)


def test_groups_keep_the_order_of_first_appearance(assistant: Assistant) -> None:
    weeks = list(assistant.knowledge.week_entries)
    groups = grouped([*weeks, weeks[0]], lambda week: week.place)
    assert [place for place, _ in groups] == [week.place for week in weeks]
    assert len(groups[0][1]) == 2

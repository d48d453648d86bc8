"""Phrases found in utterances."""

import itertools

from bot.understanding.gazetteer import Tagging
from bot.understanding.lexicon import join_keys
from bot.understanding.meanings import EntityType
from tests.understanding.conftest import Tag


def _places(tagging: Tagging) -> list[str]:
    return [
        meaning.id
        for mention in tagging.mentions
        for meaning in mention.meanings
        if meaning.type is EntityType.PLACE
    ]


def test_a_place_is_found_in_both_languages(tag: Tag) -> None:
    assert _places(tag("What did Fujian do?")) == _places(tag("福建做了什么")) == ["fujian"]


def test_a_misspelt_place_is_found_and_marked_as_repaired(tag: Tag) -> None:
    tagging = tag("the theme in Ningxai")
    assert _places(tagging) == ["ningxia"]
    assert "ningxia" in tagging.repairs.values()


def test_common_words_are_never_repaired(tag: Tag) -> None:
    assert tag("there where house").repairs == {}


def test_names_of_people_and_countries_are_never_repaired(tag: Tag) -> None:
    assert tag("did Donald and Susan's friend Martin call a Malian").repairs == {}
    assert _places(tag("Fijian")) == ["fujian"], "but for those that misspell a place"


def test_a_one_character_name_counts_only_where_it_stands_alone(tag: Tag) -> None:
    assert _places(tag("闽")) == ["fujian"]
    assert "fujian" not in _places(tag("闽菜好吃吗"))


def test_mentions_are_in_order_without_overlap(tag: Tag) -> None:
    mentions = tag("Which banks signed the agreement in Fuzhou on 20 April?").mentions
    assert all(a.end <= b.first for a, b in itertools.pairwise(mentions))


def test_keys_are_joined_with_spaces_between_words_only() -> None:
    assert join_keys(["ip", "week"]) == "ip week"
    assert join_keys(["福", "建"]) == "福建"


def test_a_manner_of_speaking_does_not_go_on_behind_a_comma(tag: Tag) -> None:
    joined = tag("does protection last in law").mentions
    broken = tag("does protection last, in law").mentions
    assert any(m.has(EntityType.SUBJECT) for m in joined)
    assert not any(m.has(EntityType.SUBJECT) for m in broken)


def test_a_particle_before_a_place_does_not_become_another_place(tag: Tag) -> None:
    mentions = tag("那曲靖呢").mentions
    assert {m.id for mention in mentions for m in mention.meanings} >= {"qujing"}
    assert any(m.id == "nagqu" for mention in tag("那曲有什么").mentions for m in mention.meanings)


def test_a_name_is_found_though_another_subject_begins_before_it(tag: Tag) -> None:
    tagging = tag("what is Intellectual Property Handbook")
    assert any(mention.has(EntityType.NAME) for mention in tagging.mentions)
    assert not any(mention.has(EntityType.SUBJECT) for mention in tagging.mentions)
    assert any(m.has(EntityType.SUBJECT) for m in tag("what is intellectual property").mentions)


def test_a_name_is_no_part_of_a_longer_word_that_nothing_knows(tag: Tag) -> None:
    for text, place in (
        ("细尾海燕吃什么", ""),  # 尾海 sounds like 威海
        ("陈少阳是哪里人", ""),
        ("尾海的活动", "weihai"),
        ("保三的培训班", "baoshan"),
    ):
        mentions = tag(text).mentions
        places = [m.id for one in mentions for m in one.meanings if m.type is EntityType.PLACE]
        assert "".join(places) == place, text

"""What the library's real updates mean; the finer points are scenarios in groups."""

from typing import Any

import pytest
from telegram import Bot, Update

from bot.channels import telegram_reading as r

BOT = Bot("1:x")
ME = r.Self(4242, "ipweek_bot", group_commands=frozenset({"ask", "week"}))
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100500, "type": "supergroup", "title": "Team"}


def read(kind: str = "message", /, **content: Any) -> r.Event:
    """What an update with this content is read as."""
    base = {"message_id": 3, "date": 1, "chat": PRIVATE, "from": ANN}
    update = Update.de_json({"update_id": 1, kind: {**base, **content}}, BOT)
    return r.read_update(update, ME)


def test_words_in_private_are_a_question_by_a_person() -> None:
    event = read(text="hello")
    assert isinstance(event, r.Question)
    assert (event.text, event.edited) == ("hello", False)
    assert event.origin.asker == r.Asker("user7", 7, "zh")
    assert event.origin.private


def test_an_edited_message_is_an_edited_question() -> None:
    event = read("edited_message", text="hello", edit_date=2)
    assert isinstance(event, r.Question)
    assert event.edited


def test_a_caption_counts_as_words() -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    event = read(caption="what is this?", photo=photo)
    assert isinstance(event, r.Question)
    assert event.text == "what is this?"


def test_a_mention_without_a_user_name_counts() -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 4, "user": {**ANN, "id": 4242}}
    event = read(chat=GROUP, text="Week, what is it?", entities=[entity])
    assert isinstance(event, r.Question)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/week Fujian 2021", "week", "Fujian 2021"),
        ("/Week@IPWEEK_bot  Fujian", "week", "Fujian"),
        ("/help", "help", ""),
        ("/date\n20 April", "date", "20 April"),
    ],
)
def test_commands_have_a_name_and_an_argument(text: str, name: str, argument: str) -> None:
    event = read(text=text)
    assert isinstance(event, r.Command)
    assert (event.name, event.argument) == (name, argument)


@pytest.mark.parametrize("text", ["/", "//x", "/week!", "/путь", "a /week b"])
def test_what_only_looks_like_a_command_is_a_question(text: str) -> None:
    assert isinstance(read(text=text), r.Question)


def test_a_reply_to_the_opening_of_a_topic_is_no_reply_to_the_bot() -> None:
    opening = {
        "message_id": 1, "date": 1, "chat": GROUP, "from": {**ANN, "id": 4242, "is_bot": True},
        "forum_topic_created": {"name": "IP", "icon_color": 1},
    }  # fmt: skip
    event = read(chat=GROUP, text="hi", reply_to_message=opening, message_thread_id=1)
    assert isinstance(event, r.NotForUs)


def test_quoted_words_are_what_a_bare_ask_asks() -> None:
    answered = {"message_id": 1, "date": 1, "chat": GROUP, "from": ANN, "text": "one two three"}
    quote = {"text": "two", "position": 4}
    event = read(chat=GROUP, text="/ask", reply_to_message=answered, quote=quote)
    assert isinstance(event, r.Question)
    assert event.text == "two"


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "guest_message"])
def test_posts_of_channels_and_guests_are_not_for_us(kind: str) -> None:
    assert isinstance(read(kind, text="/ask one"), r.NotForUs)


def test_people_in_one_topic_and_one_person_in_two_have_dialogues_of_their_own() -> None:
    places: list[dict[str, Any]] = [
        {"chat": GROUP, "text": "/ask a", "message_thread_id": 5, "is_topic_message": True},
        {"chat": GROUP, "text": "/ask a", "message_thread_id": 6, "is_topic_message": True},
        {"chat": GROUP, "text": "/ask a"},
        {"chat": GROUP, "text": "/ask a", "from": {**ANN, "id": 8}},
        {"text": "a"},
    ]
    events = [read(**place) for place in places]
    keys = {event.origin.conversation for event in events if isinstance(event, r.Question)}
    assert len(keys) == len(places)


def test_anonymous_admins_are_kept_apart_by_signature_and_have_no_id() -> None:
    def asker(signature: str) -> r.Asker:
        content: dict[str, Any] = {
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "chat": GROUP,
            "sender_chat": GROUP,
            "text": "/ask a",
            "author_signature": signature,
        }
        event = read(**content)
        assert isinstance(event, r.Question)
        return event.origin.asker

    assert asker("boss").user_id is None
    assert asker("boss").key != asker("clerk").key

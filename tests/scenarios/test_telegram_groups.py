"""In groups: silent unless addressed, and then in the right place."""

import pytest

from tests.telegram_server.people import ANONYMOUS_ADMIN, Group, Person
from tests.telegram_server.server import Json, TelegramServer


@pytest.fixture
def group(scripted: TelegramServer) -> Group:
    """A supergroup of its own for a test."""
    return Group(scripted)


def answer(server: TelegramServer, message: Json) -> Json:
    """The first answer to a message, once it is there."""
    found: Json = server.wait_until(lambda: server.answers_to(message))[0]
    return found


def settle(server: TelegramServer, group: Group) -> None:
    """Ask for something and wait for the answer: what came before it has been dealt with."""
    answer(server, Person(server).writes("/ask settle", group))


def test_it_stays_silent_unless_addressed(scripted: TelegramServer, group: Group) -> None:
    ann, bob = Person(scripted), Person(scripted)
    said = ann.writes("What did Fujian hold?", group)
    bob.writes("no idea, ask @ipweek_bot_fan or mail a@ipweek_bot", group, reply_to=said)
    ann.writes("/ask@other_bot what did Fujian hold?", group)
    ann.writes("/start", group)
    settle(scripted, group)
    assert len(scripted.said_in(group.id)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "/ask what is it?",
        "/ask@ipweek_bot what is it?",
        "/ASK@IPWEEK_BOT what is it?",
        "@ipweek_bot what is it?",
        "what is it? @IPWeek_bot",
    ],
)
def test_it_answers_commands_and_mentions_as_a_reply(
    scripted: TelegramServer, group: Group, words: str
) -> None:
    asked = Person(scripted).writes(words, group)
    assert "Answer to: what is it?" in answer(scripted, asked)["text"]


def test_it_answers_a_reply_to_one_of_its_messages(scripted: TelegramServer, group: Group) -> None:
    ann = Person(scripted)
    first = answer(scripted, ann.writes("/ask one", group))
    second = ann.writes("follow two", group, reply_to=first)
    assert "After one: follow two" in answer(scripted, second)["text"]


def test_a_bare_ask_takes_the_words_of_the_message_that_it_replies_to(
    scripted: TelegramServer, group: Group
) -> None:
    asked = Person(scripted).writes("what is a trademark?", group)
    call = Person(scripted).writes("/ask", group, reply_to=asked)
    assert "Answer to: what is a trademark?" in answer(scripted, call)["text"]


def test_a_bare_ask_without_a_reply_is_told_how_to_ask(
    scripted: TelegramServer, group: Group
) -> None:
    call = Person(scripted).writes("/ask", group)
    assert "/ask" in answer(scripted, call)["text"]


def test_follow_ups_are_kept_per_person(scripted: TelegramServer, group: Group) -> None:
    ann, bob = Person(scripted), Person(scripted)
    answer(scripted, ann.writes("/ask one", group))
    answer(scripted, bob.writes("/ask two", group))
    followed = ann.writes("/ask follow", group)
    assert "After one" in answer(scripted, followed)["text"]


def test_an_answer_stays_in_its_topic_and_so_does_the_dialogue(scripted: TelegramServer) -> None:
    forum, ann = Group(scripted, forum=True), Person(scripted)
    inside = answer(scripted, ann.writes("/ask one", forum, topic=77))
    assert inside["message_thread_id"] == 77
    general = answer(scripted, ann.writes("/ask follow", forum))
    assert "message_thread_id" not in general
    assert "After nothing" in general["text"]


def test_the_thread_of_a_plain_reply_chain_is_no_topic(
    scripted: TelegramServer, group: Group
) -> None:
    asked = Person(scripted).writes("/ask one", group, message_thread_id=5)
    assert "message_thread_id" not in answer(scripted, asked)


def test_an_edited_question_edits_its_answer(scripted: TelegramServer, group: Group) -> None:
    ann = Person(scripted)
    asked = ann.writes("/ask one", group)
    first = answer(scripted, asked)
    ann.edits(asked, "/ask long two")
    scripted.wait_until(lambda: len(scripted.said_in(group.id)) > 1)
    edited = scripted.wait_until(lambda: scripted.accepted("editMessageText", group.id))
    assert edited[0].parameters["message_id"] == first["message_id"]
    assert "Answer to: long two" in scripted.messages[group.id, first["message_id"]]["text"]
    ann.edits(asked, "/ask three")
    scripted.wait_until(lambda: "three" in scripted.said_in(group.id)[0]["text"])
    scripted.wait_until(lambda: len(scripted.said_in(group.id)) == 1)


def test_an_edit_without_a_change_is_no_error(scripted: TelegramServer, group: Group) -> None:
    ann = Person(scripted)
    asked = ann.writes("/ask one", group)
    answer(scripted, asked)
    ann.edits(asked, "/ask one")
    settle(scripted, group)
    assert len(scripted.answers_to(asked)) == 1


def test_the_same_question_again_gets_a_pointer_to_the_answer(
    scripted: TelegramServer, group: Group
) -> None:
    first = answer(scripted, Person(scripted).writes("/ask one", group))
    second = answer(scripted, Person(scripted).writes("/ask one", group))
    number = str(group.id).removeprefix("-100")
    assert second["links"] == [f"https://t.me/c/{number}/{first['message_id']}"]
    assert "Answer to" not in second["text"]


def test_in_a_basic_group_the_pointer_is_a_reply_to_the_answer(scripted: TelegramServer) -> None:
    basic = Group(scripted, supergroup=False)
    first = answer(scripted, Person(scripted).writes("/ask one", basic))
    Person(scripted).writes("/ask one", basic)
    pointer = answer(scripted, first)
    assert "Answer to" not in pointer["text"]


def test_a_group_that_becomes_a_supergroup_keeps_its_dialogues(scripted: TelegramServer) -> None:
    old, ann = Group(scripted, supergroup=False), Person(scripted)
    answer(scripted, ann.writes("/ask one", old))
    new = old.becomes_supergroup()
    followed = ann.writes("/ask follow", new)
    assert "After one" in answer(scripted, followed)["text"]


def test_an_answer_to_a_group_that_has_moved_goes_to_the_new_one(
    scripted: TelegramServer,
) -> None:
    old = Group(scripted, supergroup=False)
    new = Group(scripted)
    old.chat["moved_to"] = new.id
    Person(scripted).writes("/ask one", old)
    assert scripted.wait_until(lambda: scripted.said_in(new.id))


def test_an_anonymous_admin_is_answered_and_is_no_maintainer(
    scripted: TelegramServer, group: Group
) -> None:
    admin: Json = {"from": ANONYMOUS_ADMIN, "sender_chat": group.chat}
    asked = Person(scripted).writes("/ask one", group, **admin)
    assert answer(scripted, asked)
    Person(scripted).writes("/status", group, **admin)
    settle(scripted, group)
    assert not any("Up for" in said["text"] for said in scripted.said_in(group.id))


def test_channel_posts_other_bots_and_service_messages_are_ignored(
    scripted: TelegramServer, group: Group
) -> None:
    ann = Person(scripted)
    robot: Json = {"from": {"id": 5, "is_bot": True, "first_name": "R"}}
    channel = {"id": -1009, "type": "channel", "title": "News"}
    ann.writes("/ask one", group, **robot)
    ann.writes("/ask one", group, sender_chat=channel, is_automatic_forward=True)
    ann.writes("/ask one", group, via_bot=scripted.me)
    ann.writes("x", group, text=None, entities=None, new_chat_title="New")
    ann.writes("x", group, text=None, entities=None, pinned_message=ann.writes("hi", group))
    scripted.chats[-1009] = channel
    scripted.hand_over(
        "channel_post", {"message_id": 3, "date": 1, "chat": channel, "text": "/ask one"}
    )
    settle(scripted, group)
    assert len(scripted.said_in(group.id)) == 1
    assert scripted.said_in(-1009) == []


def test_on_being_added_it_says_in_two_lines_how_to_ask(
    scripted: TelegramServer, group: Group
) -> None:
    Person(scripted).adds_bot_to(group)
    greeting = scripted.wait_until(lambda: scripted.said_in(group.id))[0]["text"]
    assert len(greeting.splitlines()) == 2
    assert "/ask" in greeting
    assert "Privacy mode is on" in greeting


def test_on_being_removed_it_says_nothing(scripted: TelegramServer, group: Group) -> None:
    Person(scripted).adds_bot_to(group, removed=True)
    settle(scripted, group)
    assert len(scripted.said_in(group.id)) == 1


def test_anybody_may_press_a_button_and_the_answer_replies_to_its_message(
    scripted: TelegramServer, group: Group
) -> None:
    first = answer(scripted, Person(scripted).writes("/ask one", group))
    query = Person(scripted).presses(first, "21 April")
    said = answer(scripted, first)
    assert said["text"].startswith("What did Fujian hold on 21 April 2021?")
    assert scripted.query_answers(query) == 1

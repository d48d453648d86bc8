"""In a private chat: free words, commands, buttons, inline mode and calendar files."""

from datetime import date
from functools import partial

import pytest
from icalendar import Calendar

from tests.scenarios.conftest import SCRIPTED, Start
from tests.telegram_server.people import Person
from tests.telegram_server.server import Fault, Json, TelegramServer


def labels(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def after(server: TelegramServer, person: Person, words: str) -> Json:
    """The bot's first message after the person wrote these words."""
    before = len(server.said_in(person.id))
    person.writes(words)
    message: Json = server.wait_until(lambda: server.said_in(person.id)[before:])[0]
    return message


def test_it_answers_free_words_with_source_and_suggestions(scripted: TelegramServer) -> None:
    said = after(scripted, Person(scripted), "one & <two>")
    assert said["text"].startswith("Answer to: one & <two>")
    assert said["links"] == ["https://example.org/a?b=1&c=2"]
    assert labels(said) == ["21 April", "<Theme> & more", "📅 Calendar file"]


def test_a_suggestion_asks_its_question_and_is_acknowledged(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    query = ann.presses(after(scripted, ann, "one"), "21 April")
    said = scripted.wait_until(lambda: scripted.said_in(ann.id)[1:])[0]
    assert "Answer to: What did Fujian hold on 21 April 2021?" in said["text"]
    assert scripted.query_answers(query) == 1


def test_show_all_completes_a_list_in_its_place(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    said = after(scripted, ann, "list things")
    assert said["text"].count("•") == 5
    assert "… and 15 more" in said["text"]
    ann.presses(said, "Show all (20)")
    scripted.wait_until(
        lambda: scripted.messages[ann.id, said["message_id"]]["text"].count("•") == 20
    )
    assert "Show all (20)" not in labels(scripted.messages[ann.id, said["message_id"]])


def test_buttons_work_after_a_restart(server: TelegramServer, start: Start) -> None:
    ann = Person(server)
    bot = start(*SCRIPTED)
    after(server, ann, "list first")
    follow_up = after(server, ann, "more of it")
    assert "after list first" in follow_up["text"]
    bot.kill()
    bot.start()
    ann.presses(follow_up, "Show all")
    message = (ann.id, follow_up["message_id"])
    server.wait_until(lambda: server.messages[message]["text"].count("•") == 20)
    assert "after list first" in server.messages[message]["text"]
    ann.presses(server.messages[message], "21 April")
    server.wait_until(lambda: "21 April" in server.said_in(ann.id)[-1]["text"])


def test_an_old_or_foreign_button_is_acknowledged_all_the_same(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    said = after(scripted, ann, "one")
    queries = [ann.presses_data(said, data) for data in ("", "old:17", "z=", "a9???", "q1!!")]
    queries.append(ann.presses_data(said, "q=one", message={**said, "date": 0}))
    queries.append(ann.presses_data(said, "q=one", message=None, inline_message_id="x"))
    for query in queries:
        scripted.wait_until(partial(scripted.query_answers, query))
        assert scripted.query_answers(query) == 1


def test_a_query_that_is_too_old_and_an_edit_without_change_are_swallowed(
    scripted: TelegramServer,
) -> None:
    ann = Person(scripted)
    said = after(scripted, ann, "list things")
    scripted.refuses(
        "answerCallbackQuery",
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    ann.presses(said, "Show all")
    scripted.wait_until(lambda: scripted.accepted("editMessageText", ann.id))
    ann.presses(said, "Show all")
    assert "Answer to: after" in after(scripted, ann, "after")["text"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/start", "Just write your question"),
        ("/start inline", "Just write your question"),
        ("/start fujian-2021", "What was held in Fujian in 2021?"),
        ("/start qinghai", "What was held in Qinghai?"),
        ("/help", "For example:"),
        ("/regions", "IP Publicity Week 2021, Fujian"),
        ("/week Fujian 2021", "What was held in Fujian in 2021?"),
        ("/week 福建 2021", "2021年福建举办了哪些活动"),
        ("/week", "/week Fujian 2021"),
        ("/date 20 April 2021", "Which regions held activities on 20 April 2021?"),
        ("/date", "/date 20 April 2021"),
        ("/privacy", "30 minutes"),
        ("/version", "Knowledge 3f2a1c: 2 publicity weeks, 2020 to 2021"),
        ("/calendar", "/calendar Fujian 2021"),
        ("/nothing", "/help"),
        ("/status", "I do not know this command"),
    ],
)
def test_a_command_is_answered(scripted: TelegramServer, command: str, expected: str) -> None:
    assert expected in after(scripted, Person(scripted), command)["text"]


def test_commands_speak_the_language_of_the_app_until_another_is_chosen(
    scripted: TelegramServer,
) -> None:
    mei = Person(scripted, language="zh-hans")
    assert "例如" in after(scripted, mei, "/help")["text"]
    chooser = after(scripted, mei, "/language")
    mei.presses(chooser, "English")
    scripted.wait_until(lambda: "English" in scripted.said_in(mei.id)[-1]["text"])
    assert "For example" in after(scripted, mei, "/help")["text"]
    assert "中文" in after(scripted, mei, "/language zh")["text"]
    assert "来源" in after(scripted, mei, "one")["text"], "answers too"


def test_forget_ends_the_dialogue_and_drops_the_choice_of_language(
    scripted: TelegramServer,
) -> None:
    ann = Person(scripted)
    after(scripted, ann, "/language zh")
    after(scripted, ann, "one")
    assert "forgotten" in after(scripted, ann, "/forget")["text"]
    said = after(scripted, ann, "follow")
    assert "After nothing" in said["text"]
    assert "Source:" in said["text"]


def test_long_answers_come_in_parts_that_fit(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    ann.writes("long answer")
    scripted.wait_until(lambda: any("item 59 " in one["text"] for one in scripted.said_in(ann.id)))
    parts = scripted.said_in(ann.id)
    assert len(parts) > 1
    assert [labels(part) != [] for part in parts] == [False] * (len(parts) - 1) + [True]


def test_an_edited_question_edits_its_answer_and_the_dialogue(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    asked = ann.writes("one")
    first = scripted.wait_until(lambda: scripted.said_in(ann.id))[0]
    ann.edits(asked, "two")
    message = (ann.id, first["message_id"])
    scripted.wait_until(lambda: "two" in scripted.messages[message]["text"])
    assert "After two" in after(scripted, ann, "follow")["text"]


def test_refused_markup_goes_out_as_plain_text(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    scripted.refuses(
        "sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag",
        chat_id=ann.id,
    )  # fmt: skip
    said = after(scripted, ann, "one & <two>")
    assert said["text"].startswith("Answer to: one & <two>")
    assert scripted.accepted("sendMessage", ann.id)[0].parameters.get("parse_mode") is None


def test_a_reply_to_a_message_that_is_gone_is_sent_without_one(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    scripted.refuses(
        "sendMessage", 400, "Bad Request: message to be replied not found", chat_id=ann.id
    )
    ann.writes("one")
    assert "Answer to: two" in after(scripted, ann, "two")["text"]


def test_somebody_who_blocked_the_bot_holds_up_nobody(scripted: TelegramServer) -> None:
    ann, bob = Person(scripted), Person(scripted)
    scripted.refuses("sendMessage", 403, "Forbidden: bot was blocked by the user", chat_id=ann.id)
    ann.writes("one")
    assert "Answer" in after(scripted, bob, "one")["text"]
    scripted.wait_until(lambda: scripted.pending == 0)


def test_an_error_in_the_assistant_is_told_in_one_calm_line(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    assert "Something went wrong" in after(scripted, ann, "boom my secret words")["text"]
    assert "Answer" in after(scripted, ann, "one")["text"]


def test_an_update_that_nobody_can_read_stops_no_other(scripted: TelegramServer) -> None:
    scripted.hand_over("message", {"message_id": "x"})
    scripted.hand_over("something_new", {"a": 1})
    assert "Answer" in after(scripted, Person(scripted), "one")["text"]
    scripted.wait_until(lambda: scripted.pending == 0)


def test_stickers_get_a_word_and_service_messages_none(scripted: TelegramServer) -> None:
    ann = Person(scripted)
    sticker = {
        "file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    }  # fmt: skip
    ann.writes("x", text=None, message_auto_delete_timer_changed={"message_auto_delete_time": 9})
    ann.writes("x", text=None, sticker=sticker)
    said = scripted.wait_until(lambda: scripted.said_in(ann.id))
    assert "only words" in said[0]["text"]


def test_typing_is_shown_only_if_an_answer_takes_long(scripted: TelegramServer) -> None:
    ann, bob = Person(scripted), Person(scripted)
    scripted.goes_wrong(Fault("sendMessage", chat_id=ann.id, seconds=2.5))
    ann.writes("slow")
    after(scripted, bob, "quick")
    scripted.wait_until(lambda: scripted.accepted("sendChatAction", ann.id))
    assert scripted.said_in(ann.id) == []
    scripted.wait_until(lambda: scripted.said_in(ann.id))
    assert scripted.accepted("sendChatAction", bob.id) == []


def test_the_menus_are_registered_by_scope_and_language(scripted: TelegramServer) -> None:
    scripted.wait_until(lambda: len(scripted.commands) >= 4)
    by_scope = {
        scope: {command["command"] for command in commands}
        for scope, commands in scripted.commands.items()
    }
    groups = next(found for scope, found in by_scope.items() if "all_group_chats" in scope)
    private = next(found for scope, found in by_scope.items() if "all_private_chats" in scope)
    assert "ask" in groups
    assert "forget" not in groups
    assert {"week", "help", "forget"} <= private
    assert "status" not in private | groups
    assert any(scope.endswith("zh") for scope in by_scope)


def test_inline_mode_offers_the_answer_narrower_ones_and_the_private_chat(
    scripted: TelegramServer,
) -> None:
    query = Person(scripted).types_inline("fujian april 20")
    scripted.wait_until(lambda: scripted.query_answers(query) == 1)
    call = next(
        call
        for call in scripted.accepted("answerInlineQuery")
        if call.parameters["inline_query_id"] == query
    )
    titles = [result["title"] for result in call.parameters["results"]]
    assert titles[0] == "fujian april 20"
    assert "What did Fujian hold on 21 April 2021?" in titles[1:]
    assert call.parameters["cache_time"] > 0
    assert call.parameters["button"]["start_parameter"] == "inline"


@pytest.mark.parametrize("words", ["nonsense about breakfast", ""])
def test_inline_mode_offers_nothing_below_the_threshold(
    scripted: TelegramServer, words: str
) -> None:
    query = Person(scripted).types_inline(words)
    scripted.wait_until(lambda: scripted.query_answers(query) == 1)
    call = scripted.accepted("answerInlineQuery")[-1]
    assert call.parameters["results"] == []
    assert "button" in call.parameters


def test_inline_mode_offers_the_choices_of_a_question_with_several_meanings(
    scripted: TelegramServer,
) -> None:
    query = Person(scripted).types_inline("several things")
    scripted.wait_until(lambda: scripted.query_answers(query) == 1)
    titles = [
        result["title"]
        for result in scripted.accepted("answerInlineQuery")[-1].parameters["results"]
    ]
    assert len(titles) == 2
    assert "several things" not in titles


@pytest.mark.parametrize("way", ["command", "button"])
def test_a_week_comes_as_a_calendar_file(scripted: TelegramServer, way: str) -> None:
    ann = Person(scripted)
    if way == "command":
        ann.writes("/calendar Fujian 2021")
    else:
        ann.presses(after(scripted, ann, "one"), "Calendar file")
    scripted.wait_until(lambda: scripted.accepted("sendDocument", ann.id))
    message = scripted.accepted("sendDocument", ann.id)[0].result
    assert message["document"]["file_name"] == "ip-publicity-week-fujian-2021.ics"
    assert "3 of 4" in message["caption"]
    calendar = Calendar.from_ical(scripted.files[ann.id, message["message_id"]])
    days = {str(event["uid"]): event.decoded("dtstart") for event in calendar.walk("VEVENT")}
    assert days["fujian-2021.opening@ip-publicity-week"] == date(2021, 4, 20)


def test_a_maintainer_gets_the_status_in_private(server: TelegramServer, start: Start) -> None:
    ann = Person(server)
    start(*SCRIPTED, MAINTAINER_IDS=f"7,{ann.id}")
    assert "Up for" in after(server, ann, "/status")["text"]
    server.wait_until(lambda: any(f'"chat_id": {ann.id}' in scope for scope in server.commands))


def test_one_person_cannot_starve_the_others(server: TelegramServer, start: Start) -> None:
    start(*SCRIPTED, QUESTIONS_PER_MINUTE="5")
    ann, bob = Person(server), Person(server)
    for number in range(300):
        ann.writes(f"one {number}")
    assert "Answer" in after(server, bob, "one")["text"]
    server.wait_until(lambda: server.pending == 0)
    said = [one["text"] for one in server.said_in(ann.id)]
    assert sum("Answer" in text for text in said) < 10
    assert any("give me a minute" in text for text in said)
    assert len(said) < 20, "being told once is enough"

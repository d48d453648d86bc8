"""The documented rules of the Bot API's methods that a bot of this kind may call.

Written down from the public documentation: which parameters a method has, which it
needs, and which limits hold. `problems_of` finds what a call breaks.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.telegram_server.markup import ParseError, parse_html, utf16_units

Parameters = Mapping[str, Any]
"""A call's parameters, with JSON decoded."""

_MESSAGE = {
    "business_connection_id", "chat_id", "message_thread_id", "direct_messages_topic_id",
    "disable_notification", "protect_content", "allow_paid_broadcast", "message_effect_id",
    "suggested_post_parameters", "reply_parameters", "reply_markup",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Method:
    """What a method takes."""

    required: frozenset[str]
    optional: frozenset[str]


def _method(required: str = "", optional: str = "", more: set[str] = frozenset()) -> Method:  # type: ignore[assignment]
    needed = frozenset(required.split())
    return Method(needed, frozenset(optional.split()) | (frozenset(more) - needed))


METHODS = {
    "getMe": _method(),
    "getUpdates": _method("", "offset limit timeout allowed_updates"),
    "setWebhook": _method(
        "url",
        "certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    "deleteWebhook": _method("", "drop_pending_updates"),
    "sendMessage": _method(
        "chat_id text", "parse_mode entities link_preview_options", more=_MESSAGE
    ),
    "editMessageText": _method(
        "text",
        "business_connection_id chat_id message_id inline_message_id parse_mode entities"
        " link_preview_options reply_markup",
    ),
    "deleteMessage": _method("chat_id message_id"),
    "sendDocument": _method(
        "chat_id document",
        "thumbnail caption parse_mode caption_entities disable_content_type_detection",
        more=_MESSAGE,
    ),
    "sendChatAction": _method("chat_id action", "business_connection_id message_thread_id"),
    "answerCallbackQuery": _method("callback_query_id", "text show_alert url cache_time"),
    "answerInlineQuery": _method(
        "inline_query_id results", "cache_time is_personal next_offset button"
    ),
    "setMyCommands": _method("commands", "scope language_code"),
}
_ACTIONS = {"text", "callback_data", "url", "copy_text", "switch_inline_query",
            "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"}  # fmt: skip


def problems_of(method: str, parameters: Parameters) -> list[str]:
    """Every documented rule that the call breaks."""
    known = METHODS.get(method)
    if known is None:
        return [f"{method}: no such method, or one that this bot should not need"]
    found = [f"needs {name}" for name in sorted(known.required - parameters.keys())]
    unknown = parameters.keys() - known.required - known.optional
    found += [f"has no parameter {name}" for name in sorted(unknown)]
    if not found:
        found += _CHECKS.get(method, _nothing)(parameters)
        found += _keyboard_problems(parameters.get("reply_markup"))
        found += _reply_problems(parameters.get("reply_parameters"))
    return [f"{method}: {problem}" for problem in found]


def _nothing(_: Parameters) -> Iterator[str]:
    return iter(())


def _text_problems(text: object, parse_mode: object, limit: int) -> Iterator[str]:
    if not isinstance(text, str):
        yield "text is no string"
        return
    try:
        visible = parse_html(text).text if parse_mode == "HTML" else text
    except ParseError as error:
        yield f"can't parse entities: {error}"
        return
    if not visible.strip():
        yield "text must be non-empty"
    if utf16_units(visible) > limit:
        yield f"text is too long: {utf16_units(visible)} of {limit} UTF-16 units"


def _sent(parameters: Parameters) -> Iterator[str]:
    yield from _text_problems(parameters["text"], parameters.get("parse_mode"), 4096)
    yield from _topic_problems(parameters)


def _topic_problems(parameters: Parameters) -> Iterator[str]:
    if parameters.get("message_thread_id") == 1:
        yield "message thread not found: General has no id"


def _edited(parameters: Parameters) -> Iterator[str]:
    yield from _text_problems(parameters["text"], parameters.get("parse_mode"), 4096)
    here = {"chat_id", "message_id"} <= parameters.keys()
    if here == ("inline_message_id" in parameters):
        yield "needs either chat_id and message_id or inline_message_id"


def _document(parameters: Parameters) -> Iterator[str]:
    if caption := parameters.get("caption"):
        yield from _text_problems(caption, parameters.get("parse_mode"), 1024)
    yield from _topic_problems(parameters)


def _toast(parameters: Parameters) -> Iterator[str]:
    if len(parameters.get("text", "")) > 200:
        yield "text of a callback answer is 0-200 characters"


def _inline(parameters: Parameters) -> Iterator[str]:
    results = parameters["results"]
    if not isinstance(results, list) or len(results) > 50:
        yield "results are at most 50"
        return
    ids = [result.get("id", "") for result in results]
    if len(set(ids)) != len(ids) or any(not 1 <= len(str(id).encode()) <= 64 for id in ids):
        yield "result ids are unique and 1-64 bytes long"
    for result in results:
        if result.get("type") != "article" or not result.get("title"):
            yield "an article needs a type and a title"
        content = result.get("input_message_content", {})
        yield from _text_problems(content.get("message_text"), content.get("parse_mode"), 4096)
        yield from _keyboard_problems(result.get("reply_markup"))
    button = parameters.get("button")
    if button is not None and not re.fullmatch(
        r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "")
    ):
        yield "start_parameter is 1-64 of A-Z a-z 0-9 _ -"


def _commands(parameters: Parameters) -> Iterator[str]:
    commands = parameters["commands"]
    if len(commands) > 100:
        yield "at most 100 commands"
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            yield f"command {command['command']!r} is malformed"
        if not 1 <= len(command["description"]) <= 256:
            yield "a command's description is 1-256 characters"
    if not re.fullmatch(r"[a-z]{2}|", parameters.get("language_code", "")):
        yield "language_code is a two-letter code"


def _webhook(parameters: Parameters) -> Iterator[str]:
    secret = parameters.get("secret_token", "x")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        yield "secret_token is 1-256 of A-Z a-z 0-9 _ -"


def _fetch(parameters: Parameters) -> Iterator[str]:
    if not 1 <= parameters.get("limit", 100) <= 100:
        yield "limit is 1-100"


def _action(parameters: Parameters) -> Iterator[str]:
    if parameters["action"] != "typing":
        yield "this bot only types"
    yield from _topic_problems(parameters)


def _keyboard_problems(markup: Any) -> Iterator[str]:
    if markup is None:
        return
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        yield "inline_keyboard is a list of rows"
        return
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            yield "a button needs a text"
        if len(button.keys() - {"text"}) != 1 or not button.keys() <= _ACTIONS:
            yield "a button does exactly one thing"
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            yield f"BUTTON_DATA_INVALID: {len(data.encode())} bytes"
        copied = button.get("copy_text")
        if copied is not None and not 1 <= len(copied["text"]) <= 256:
            yield "copy_text is 1-256 characters"


def _reply_problems(reply: Any) -> Iterator[str]:
    if reply is not None and not isinstance(reply.get("message_id"), int):
        yield "reply_parameters need a message_id"


_CHECKS = {
    "sendMessage": _sent,
    "editMessageText": _edited,
    "sendDocument": _document,
    "answerCallbackQuery": _toast,
    "answerInlineQuery": _inline,
    "setMyCommands": _commands,
    "setWebhook": _webhook,
    "getUpdates": _fetch,
    "sendChatAction": _action,
}

_STRINGS = {"text", "caption", "parse_mode", "url", "secret_token", "callback_query_id",
            "inline_query_id", "next_offset", "action", "language_code"}  # fmt: skip


def decoded(parameters: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a form with numbers, truth values and objects read from their JSON."""
    return {
        name: value if name in _STRINGS else _from_json(value) for name, value in parameters.items()
    }


def _from_json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value

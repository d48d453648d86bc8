"""People and groups as tests speak of them: Ann writes, edits, presses, adds the bot."""

import re
import time
from itertools import count
from typing import Any

from tests.telegram_server.server import Json, TelegramServer

_ids = count(1001)
_query_ids = count(1)
ANONYMOUS_ADMIN = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class Group:
    """A group chat; `supergroup` and `forum` as in Telegram."""

    def __init__(
        self,
        server: TelegramServer,
        title: str = "Team",
        *,
        supergroup: bool = True,
        forum: bool = False,
        username: str = "",
    ) -> None:
        self.server = server
        number = next(_ids)
        self.id = -1_000_000_000_000 - number if supergroup else -number
        kind = "supergroup" if supergroup else "group"
        self.chat: Json = {"id": self.id, "type": kind, "title": title}
        if forum:
            self.chat["is_forum"] = True
        if username:
            self.chat["username"] = username
        server.chats[self.id] = self.chat

    def becomes_supergroup(self) -> "Group":
        """Migrate: the new group; both service messages are sent."""
        new = Group(self.server, self.chat["title"])
        self.chat["moved_to"] = new.id
        self._announce(self, migrate_to_chat_id=new.id)
        self._announce(new, migrate_from_chat_id=self.id)
        return new

    def _announce(self, group: "Group", **content: Any) -> None:
        message = {
            "message_id": self.server.new_message_id(),
            "date": int(time.time()),
            "chat": {key: value for key, value in group.chat.items() if key != "moved_to"},
            "from": ANONYMOUS_ADMIN,
            **content,
        }
        self.server.hand_over("message", message)


class Person:
    """Somebody with a Telegram account."""

    def __init__(self, server: TelegramServer, name: str = "Ann", language: str = "en") -> None:
        self.server = server
        self.id = next(_ids)
        self.user: Json = {
            "id": self.id,
            "is_bot": False,
            "first_name": name,
            "language_code": language,
        }
        self.chat: Json = {"id": self.id, "type": "private", "first_name": name}
        server.chats[self.id] = self.chat

    def writes(
        self,
        text: str,
        group: Group | None = None,
        /,
        *,
        topic: int | None = None,
        reply_to: Json | None = None,
        **more: Any,
    ) -> Json:
        """Write a message to the bot, or into a group; the message."""
        chat = group.chat if group is not None else self.chat
        message: Json = {
            "message_id": self.server.new_message_id(),
            "date": int(time.time()),
            "chat": {key: value for key, value in chat.items() if key != "moved_to"},
            "from": self.user,
            "text": text,
        }
        if entities := _entities(text):
            message["entities"] = entities
        if topic is not None:
            message.update(message_thread_id=topic, is_topic_message=True)
        if reply_to is not None:
            message["reply_to_message"] = {
                key: value for key, value in reply_to.items() if key != "reply_to_message"
            }
        message.update(more)
        message = {key: value for key, value in message.items() if value is not None}
        self.server.store(message)
        self.server.hand_over("message", message)
        return message

    def edits(self, message: Json, text: str) -> Json:
        """Change the words of a message."""
        edited = {**message, "text": text, "edit_date": int(time.time())}
        edited.pop("entities", None)
        if entities := _entities(text):
            edited["entities"] = entities
        self.server.store(edited)
        self.server.hand_over("edited_message", edited)
        return edited

    def presses(self, message: Json, label: str) -> str:
        """Press the first button whose label contains the words; the query's id."""
        rows = message["reply_markup"]["inline_keyboard"]
        button = next(one for row in rows for one in row if label in one["text"])
        return self.presses_data(message, button["callback_data"])

    def presses_data(self, message: Json, data: str, /, **more: Any) -> str:
        """Press a button with this data; the query's id."""
        query_id = f"q{next(_query_ids)}"
        self.server.open_query(query_id)
        query = {
            "id": query_id,
            "from": self.user,
            "chat_instance": "1",
            "message": message,
            "data": data,
            **more,
        }
        query = {key: value for key, value in query.items() if value is not None}
        self.server.hand_over("callback_query", query)
        return query_id

    def types_inline(self, words: str) -> str:
        """Type the bot's name and these words in some chat; the query's id."""
        query_id = f"i{next(_query_ids)}"
        self.server.open_query(query_id)
        query = {"id": query_id, "from": self.user, "query": words, "offset": ""}
        self.server.hand_over("inline_query", query)
        return query_id

    def adds_bot_to(self, group: Group, *, removed: bool = False) -> None:
        """Add the bot to a group, or remove it."""
        states = [{"status": "left"}, {"status": "member"}]
        old, new = reversed(states) if removed else states
        me = self.server.me
        user = {key: me[key] for key in ("id", "is_bot", "first_name", "username")}
        change = {
            "chat": group.chat,
            "from": self.user,
            "date": int(time.time()),
            "old_chat_member": {**old, "user": user},
            "new_chat_member": {**new, "user": user},
        }
        self.server.hand_over("my_chat_member", change)


def _entities(text: str) -> list[Json]:
    """The commands and mentions of a text, as Telegram marks them (plain BMP texts only)."""
    found = []
    if command := re.match(r"/\w+(@\w+)?", text):
        found.append({"type": "bot_command", "offset": 0, "length": command.end()})
    for mention in re.finditer(r"(?<![\w/])@\w+", text):
        if mention.start() >= (command.end() if command else 0):
            length = mention.end() - mention.start()
            found.append({"type": "mention", "offset": mention.start(), "length": length})
    return found

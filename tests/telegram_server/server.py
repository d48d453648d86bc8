"""The server: a thread with a Bot API behind HTTP, and what happened there for tests to see."""

import asyncio
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.telegram_server.markup import ParseError, parse_html
from tests.telegram_server.rules import decoded, problems_of

TOKEN = "4242:the-Secret-of-the_fake-bot"  # noqa: S105 - a token of nothing
BOT = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Week",
    "username": "ipweek_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
Json = dict[str, Any]


class RefusedError(Exception):
    """A call is answered with an error."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(slots=True)
class Fault:
    """Something that goes wrong with the next calls that it concerns."""

    method: str
    times: int = 1
    chat_id: int | None = None
    error: RefusedError | None = None
    seconds: float = 0.0
    """How long the answer takes."""
    loses_answer: bool = False
    """The call is carried out, but the connection breaks before the answer."""
    matches: Callable[[Json], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Call:
    """One call by the bot."""

    method: str
    parameters: Json
    at: float
    """Seconds on the monotonic clock."""
    accepted: bool
    result: Any = field(repr=False, default=None)


class TelegramServer:
    """A Bot API server on a free local port; `with TelegramServer() as server:`."""

    def __init__(self, *, hears_everything: bool = False) -> None:
        self.me: Json = {**BOT, "can_read_all_group_messages": hears_everything}
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.commands: dict[str, list[Json]] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        """Every message by chat and id, as it is now."""
        self.chats: dict[int, Json] = {}
        self.files: dict[tuple[int, int], bytes] = {}
        self.webhook: Json = {}
        self.webhook_answers: Counter[int] = Counter()
        self.deliveries: Counter[int] = Counter()
        """How often each update was handed out."""
        self.begun: Counter[str] = Counter()
        """How many calls of each method have arrived, whatever became of them."""
        self.redelivery_seconds = 0.3
        self._faults: list[Fault] = []
        self._pending: dict[int, Json] = {}
        self._queries: dict[str, int] = {}
        self._next_update, self._next_message = 700_000_001, 1
        self._changed = threading.Condition()
        self._news: asyncio.Event | None = None
        self._poller: asyncio.Event | None = None
        self._server: HTTPServer | None = None
        self._offline = False
        self.port = 0

    # ------------------------------------------------------------------ life

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(5)

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL must be."""
        return f"http://127.0.0.1:{self.port}"

    def _run(self, started: threading.Event) -> None:
        asyncio.run(self._serve(started))

    async def _serve(self, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._news = asyncio.Event()
        self._listen()
        delivering = asyncio.create_task(self._deliver())
        started.set()
        await self._stopping.wait()
        delivering.cancel()
        await self._hang_up()

    def _listen(self) -> None:
        server = self

        class Endpoint(RequestHandler):
            async def post(self, token: str, method: str) -> None:
                await server._answer(self, token, method)

            get = post

        sockets = bind_sockets(self.port, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        self._server = HTTPServer(
            Application([(r"/bot([^/]+)/(\w+)", Endpoint)], log_function=_mute)
        )
        self._server.add_sockets(sockets)

    async def _hang_up(self) -> None:
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Nobody can reach the server."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(5)
        yield
        self._loop.call_soon_threadsafe(self._listen)

    # ------------------------------------------------------- what tests arrange

    def goes_wrong(self, fault: Fault) -> None:
        """Let the next calls that the fault concerns go wrong."""
        with self._changed:
            self._faults.append(fault)

    def refuses(self, method: str, code: int, description: str, **how: Any) -> None:
        """Let the next call of the method be answered with an error."""
        parameters = how.pop("parameters", {})
        self.goes_wrong(Fault(method, error=RefusedError(code, description, **parameters), **how))

    def hand_over(self, kind: str, content: Json) -> int:
        """Put an update into the bot's queue; its id."""
        with self._changed:
            update_id = self._next_update
            self._next_update += 1
            self._pending[update_id] = {"update_id": update_id, kind: content}
        self._loop.call_soon_threadsafe(self._ring)
        return update_id

    def hand_over_raw(self, updates: list[Json]) -> None:
        """Put updates into the queue as they are."""
        with self._changed:
            self._pending.update({update["update_id"]: update for update in updates})
        self._loop.call_soon_threadsafe(self._ring)

    def new_message_id(self) -> int:
        """An id that no message has."""
        with self._changed:
            self._next_message += 1
            return self._next_message

    def store(self, message: Json) -> Json:
        """Make a message part of its chat."""
        with self._changed:
            self.messages[message["chat"]["id"], message["message_id"]] = message
            self.chats.setdefault(message["chat"]["id"], message["chat"])
        return message

    def open_query(self, query_id: str) -> None:
        """Expect an answer to a query."""
        self._queries[query_id] = 0

    # --------------------------------------------------------- what tests see

    @property
    def pending(self) -> int:
        """How many updates are not confirmed."""
        return len(self._pending)

    def accepted(self, method: str, chat_id: int | None = None) -> list[Call]:
        """The successful calls of a method, in order."""
        return [
            call
            for call in tuple(self.calls)
            if call.method == method
            and call.accepted
            and (chat_id is None or call.parameters.get("chat_id") == chat_id)
        ]

    def said_in(self, chat_id: int) -> list[Json]:
        """The bot's messages in a chat, in the order in which they were sent."""
        calls = self.accepted("sendMessage", chat_id) + self.accepted("sendDocument", chat_id)
        ids = [call.result["message_id"] for call in sorted(calls, key=lambda call: call.at)]
        return [self.messages[chat_id, id] for id in ids if (chat_id, id) in self.messages]

    def answers_to(self, message: Json) -> list[Json]:
        """The bot's messages that reply to a message."""
        chat = message["chat"]["id"]
        return [
            answer
            for answer in self.said_in(chat)
            if answer.get("reply_to_message", {}).get("message_id") == message["message_id"]
        ]

    def query_answers(self, query_id: str) -> int:
        """How often a query was answered."""
        return self._queries[query_id]

    def wait_until(self, what: Callable[[], object], seconds: float = 15.0) -> Any:
        """Wait until something holds; its value. A test fails here when it never does."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not (value := what()):
                left = deadline - time.monotonic()
                if left <= 0:
                    calls = Counter(call.method for call in self.calls)
                    raise AssertionError(f"it never happened; calls so far: {dict(calls)}")
                self._changed.wait(min(left, 0.2))
        return value

    # ------------------------------------------------------------ answering calls

    async def _answer(self, endpoint: RequestHandler, token: str, method: str) -> None:
        if f"{token}" != TOKEN.replace(":", "%3A") and token != TOKEN:
            _write(endpoint, 401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
            return
        parameters = _parameters_of(endpoint.request)
        self.begun[method] += 1
        fault = self._fault_for(method, parameters)
        if fault is not None and fault.seconds:
            await asyncio.sleep(fault.seconds)
        try:
            if fault is not None and fault.error is not None:
                raise fault.error
            result = await self._carry_out(method, parameters)
        except RefusedError as error:
            self._note(Call(method, parameters, time.monotonic(), accepted=False))
            body: Json = {"ok": False, "error_code": error.code, "description": error.description}
            if error.parameters:
                body["parameters"] = error.parameters
            _write(endpoint, error.code, body)
            return
        if method != "getUpdates":
            self._note(Call(method, parameters, time.monotonic(), accepted=True, result=result))
        if fault is not None and fault.loses_answer:
            endpoint.request.connection.stream.close()  # type: ignore[union-attr]
            return
        _write(endpoint, 200, {"ok": True, "result": result})

    def _fault_for(self, method: str, parameters: Json) -> Fault | None:
        with self._changed:
            for fault in self._faults:
                here = fault.chat_id in (None, parameters.get("chat_id"))
                if fault.method == method and here and fault.matches(parameters):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    return fault
        return None

    async def _carry_out(self, method: str, parameters: Json) -> Any:
        problems = problems_of(method, parameters)
        if problems:
            self.violations += problems
            raise RefusedError(400, f"Bad Request: {problems[0]}")
        if method == "getUpdates":
            return await self._get_updates(parameters)
        act = getattr(self, f"_do_{_snake(method)}", None)
        return act(parameters) if act is not None else True

    def _note(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    async def _get_updates(self, parameters: Json) -> list[Json]:
        if self.webhook.get("url"):
            raise RefusedError(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poller is not None:
            self._poller.set()
        mine = self._poller = asyncio.Event()
        self._confirm_below(parameters.get("offset", 0))
        deadline = self._loop.time() + parameters.get("timeout", 0)
        try:
            while not (found := self._next_updates(parameters.get("limit", 100))):
                left = deadline - self._loop.time()
                if left <= 0 or not await self._news_within(left, mine):
                    break
                if mine.is_set():
                    raise RefusedError(409, "Conflict: terminated by other getUpdates request")
        finally:
            if self._poller is mine:
                self._poller = None
        self.deliveries.update(update["update_id"] for update in found)
        return found

    async def _news_within(self, seconds: float, mine: asyncio.Event) -> bool:
        assert self._news is not None
        waits = [asyncio.create_task(self._news.wait()), asyncio.create_task(mine.wait())]
        done, rest = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        return bool(done)

    def _next_updates(self, limit: int) -> list[Json]:
        with self._changed:
            assert self._news is not None
            self._news.clear()
            return [self._pending[id] for id in sorted(self._pending)[:limit]]

    def _confirm_below(self, offset: int) -> None:
        with self._changed:
            for update_id in [id for id in self._pending if id < offset]:
                del self._pending[update_id]
            self._changed.notify_all()

    def _ring(self) -> None:
        assert self._news is not None
        self._news.set()

    def _do_get_me(self, _: Json) -> Json:
        return self.me

    def _do_send_message(self, parameters: Json) -> Json:
        return self._post(parameters, {"text": _visible(parameters, "text")})

    def _do_send_document(self, parameters: Json) -> Json:
        content, filename = parameters["document"]
        caption = _visible(parameters, "caption")
        document = {"file_id": "f", "file_unique_id": "u", "file_name": filename}
        message = self._post(parameters, {"caption": caption, "document": document})
        self.files[message["chat"]["id"], message["message_id"]] = content
        return message

    def _post(self, parameters: Json, content: Json) -> Json:
        chat = self._chat(parameters["chat_id"])
        message: Json = {
            "message_id": self.new_message_id(),
            "date": int(time.time()),
            "chat": chat,
            "from": {key: self.me[key] for key in ("id", "is_bot", "first_name", "username")},
            **content,
            "links": _links(parameters),
        }
        if parameters.get("reply_markup"):
            message["reply_markup"] = parameters["reply_markup"]
        self._attach_reply(message, parameters)
        if thread := parameters.get("message_thread_id"):
            if not chat.get("is_forum"):
                raise RefusedError(400, "Bad Request: message thread not found")
            message.update(message_thread_id=thread, is_topic_message=True)
        return self.store(message)

    def _attach_reply(self, message: Json, parameters: Json) -> None:
        reply = parameters.get("reply_parameters")
        if not reply:
            return
        answered = self.messages.get((message["chat"]["id"], reply["message_id"]))
        if answered is not None:
            shown = {key: value for key, value in answered.items() if key != "reply_to_message"}
            message["reply_to_message"] = shown
        elif not reply.get("allow_sending_without_reply"):
            raise RefusedError(400, "Bad Request: message to be replied not found")

    def _chat(self, chat_id: int) -> Json:
        chat = self.chats.get(chat_id)
        if chat is None:
            raise RefusedError(400, "Bad Request: chat not found")
        if moved := chat.get("moved_to"):
            raise RefusedError(
                400, "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=moved,
            )  # fmt: skip
        return chat

    def _do_edit_message_text(self, parameters: Json) -> Json:
        chat = self._chat(parameters["chat_id"])
        message = self.messages.get((chat["id"], parameters["message_id"]))
        if message is None or message["from"]["id"] != self.me["id"]:
            raise RefusedError(400, "Bad Request: message to edit not found")
        text = _visible(parameters, "text")
        if (text, parameters.get("reply_markup")) == (
            message.get("text"),
            message.get("reply_markup"),
        ):
            raise RefusedError(
                400, "Bad Request: message is not modified: specified new message content and"
                " reply markup are exactly the same",
            )  # fmt: skip
        changed = {"text": text, "links": _links(parameters), "edit_date": int(time.time())}
        edited = {**message, **changed, "reply_markup": parameters.get("reply_markup")}
        return self.store({key: value for key, value in edited.items() if value is not None})

    def _do_delete_message(self, parameters: Json) -> bool:
        if self.messages.pop((parameters["chat_id"], parameters["message_id"]), None) is None:
            raise RefusedError(400, "Bad Request: message to delete not found")
        return True

    def _do_answer_callback_query(self, parameters: Json) -> bool:
        return self._close_query(parameters["callback_query_id"])

    def _do_answer_inline_query(self, parameters: Json) -> bool:
        return self._close_query(parameters["inline_query_id"])

    def _close_query(self, query_id: str) -> bool:
        if query_id not in self._queries:
            raise RefusedError(
                400, "Bad Request: query is too old and response timeout expired or query ID"
                " is invalid",
            )  # fmt: skip
        self._queries[query_id] += 1
        return True

    def _do_set_my_commands(self, parameters: Json) -> bool:
        scope = json.dumps(parameters.get("scope"), sort_keys=True)
        self.commands[f"{scope} {parameters.get('language_code', '')}"] = parameters["commands"]
        return True

    def _do_set_webhook(self, parameters: Json) -> bool:
        self.webhook = dict(parameters)
        self._ring()
        return True

    def _do_delete_webhook(self, parameters: Json) -> bool:
        if parameters.get("drop_pending_updates"):
            self._pending.clear()
        self.webhook = {}
        return True

    # ---------------------------------------------------------- delivering to a webhook

    async def _deliver(self) -> None:
        """Hand pending updates to the webhook, again and again until it answers with 200."""
        under_way: set[int] = set()
        running: set[asyncio.Task[None]] = set()
        while True:
            await asyncio.sleep(0.02)
            if not self.webhook.get("url"):
                continue
            for update_id in sorted(self._pending.keys() - under_way):
                if len(under_way) >= self.webhook.get("max_connections", 40):
                    break
                under_way.add(update_id)
                task = asyncio.create_task(self._deliver_one(update_id, under_way))
                running.add(task)
                task.add_done_callback(running.discard)

    async def _deliver_one(self, update_id: int, under_way: set[int]) -> None:
        self.deliveries[update_id] += 1
        try:
            code = await self._knock(self._pending[update_id])
            self.webhook_answers[code] += 1
            if code == 200:
                self._pending.pop(update_id, None)
                with self._changed:
                    self._changed.notify_all()
            else:
                await asyncio.sleep(self.redelivery_seconds)
        finally:
            under_way.discard(update_id)

    async def _knock(self, update: Json) -> int:
        headers = {"Content-Type": "application/json"}
        if secret := self.webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        request = HTTPRequest(
            self.webhook["url"], "POST", headers, json.dumps(update), request_timeout=60
        )
        with suppress(OSError):
            try:
                return (await AsyncHTTPClient(max_clients=100).fetch(request)).code
            except HTTPError as error:
                return error.code
        return 0


def _parameters_of(request: HTTPServerRequest) -> Json:
    if request.headers.get("Content-Type", "").startswith("application/json"):
        return dict(json.loads(request.body or b"{}"))
    values = {name: found[-1].decode() for name, found in request.arguments.items()}
    parameters = decoded(values)
    for name, found in request.files.items():
        parameters[name] = (found[0]["body"], found[0]["filename"])
    attached = parameters.get("document")
    if isinstance(attached, str) and attached.startswith("attach://"):
        parameters["document"] = parameters.pop(attached.removeprefix("attach://"))
    return parameters


def _visible(parameters: Json, name: str) -> str:
    text = str(parameters.get(name, ""))
    return parse_html(text).text if parameters.get("parse_mode") == "HTML" else text


def _links(parameters: Json) -> list[str]:
    if parameters.get("parse_mode") != "HTML":
        return []
    with suppress(ParseError):
        return list(parse_html(parameters.get("text", "")).links)
    return []


def _write(endpoint: RequestHandler, code: int, body: Json) -> None:
    endpoint.set_status(code)
    endpoint.set_header("Content-Type", "application/json")
    endpoint.finish(json.dumps(body))


def _mute(_: RequestHandler) -> None:
    """Tests read `calls`, nobody reads an access log."""


def _snake(method: str) -> str:
    """SendMessage → send_message."""
    return re.sub(r"([A-Z])", lambda letter: f"_{letter[1].lower()}", method)

"""One message in, one reply out: the whole journey in one short function.

No channel, clock, network or environment: the message brings its time, the dialogue
state comes in and goes out as a value.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.answering import findings as f
from bot.answering.dialogue import DialogueState, remember, renewed
from bot.answering.finder import Finder
from bot.answering.found import Found
from bot.answering.message import IncomingMessage
from bot.answering.phrasing import Phraser
from bot.answering.reply import Language, Reply, Status
from bot.knowledge.knowledge_base import KnowledgeBase
from bot.understanding.fact_index import FactIndex
from bot.understanding.indexing import indexed
from bot.understanding.question import Intent, Question
from bot.understanding.recognizer import Recognizer


class Turn(Struct, frozen=True):
    """What one message led to."""

    reply: Reply
    state: DialogueState | None
    """The dialogue after it, to be handed in with the next message."""
    question: Question
    found: Found


class Assistant:
    """Answers messages from one knowledge base; holds no state between them."""

    def __init__(self, knowledge: KnowledgeBase, facts: FactIndex | None = None) -> None:
        """`facts`: an index of this knowledge, where one is at hand; else it is made."""
        self.knowledge = knowledge
        self.facts = facts or indexed(knowledge)
        self.gazetteer = self.facts.gazetteer
        self.recognizer = Recognizer(self.gazetteer, self.facts)
        self.finder = Finder(knowledge, self.facts)

    def reply(self, message: IncomingMessage, state: DialogueState | None = None) -> Turn:
        """Answer one message; never raises, whatever the text."""
        if state is not None and not state.is_alive(message.received_at):
            state = None
        today = message.received_at.date()
        question = self.recognizer.read(message.text, today)
        language: Language = _language(question, message, state)
        found = self.finder.find(question, state)
        reply = Phraser(self.knowledge, language, today).reply(found.finding)
        reply = replace(
            reply,
            intent=intent_of(found),
            slots=self._slots(found.question),
            confidence=round(found.evidence.confidence, 3),
        )
        return Turn(reply, self._next_state(found, reply, message, state), question, found)

    def _next_state(
        self, found: Found, reply: Reply, message: IncomingMessage, state: DialogueState | None
    ) -> DialogueState | None:
        """Small talk and foreign questions leave a dialogue where it was."""
        now = message.received_at
        if reply.status in (Status.SMALLTALK, Status.OUT_OF_SCOPE):
            return renewed(state, now) if state is not None else None
        if reply.status is Status.CLARIFY and state is not None:
            return renewed(state, now)
        focus = tuple(fact for fact in reply.facts if "#" not in fact)
        if isinstance(found.finding, f.Missing) and found.finding.entry is not None:
            focus = (found.finding.entry.id,)  # "it" is still what lacks a detail
        return remember(found.question, focus, _places_of(found), now)

    def _slots(self, question: Question) -> dict[str, str]:
        slots: dict[str, str] = {}
        if question.places:
            slots["place"] = ", ".join(question.places)
        elif question.is_national:
            slots["place"] = "china"
        if question.years:
            slots["year"] = ", ".join(map(str, question.years))
        if question.date is not None:
            slots["date"] = _date_slot(question)
        for name, values in (
            ("kind", question.kinds), ("name", question.names), ("attribute", question.attributes),
            ("name_kind", question.name_kinds), ("detail", question.details),
        ):  # fmt: skip
            if values:
                slots[name] = ", ".join(values)
        return slots


def _language(
    question: Question, message: IncomingMessage, state: DialogueState | None
) -> Language:
    """What the message asks for, else what was chosen for its sender, else its own language."""
    for wanted in (question.reply_language, message.reply_language):
        if wanted:
            return "zh" if wanted == "zh" else "en"
    if question.language == "zh":
        return "zh"
    words = any(token.text.isalpha() for token in question.tagging.utterance.tokens)
    if not words and state is not None and state.language == "zh":
        return "zh"
    return "en"


def _places_of(found: Found) -> tuple[str, ...]:
    """The place that a dialogue is about when the question named none: that of its answer."""
    finding = found.finding
    weeks: Sequence[str] = ()
    if isinstance(finding, (f.OneActivity, f.Values, f.Verdict)) and finding.entry is not None:
        weeks = (finding.entry.week.place,)
    elif isinstance(finding, f.Definition) and finding.entries:
        weeks = tuple({entry.week.place for entry in finding.entries})
    elif isinstance(finding, f.ModalityOf) and finding.entries:
        weeks = (finding.entries[0].week.place,)
    return tuple(weeks) if len(weeks) == 1 else ()


def _date_slot(question: Question) -> str:
    date = question.date
    if date is None:
        return ""
    if date.anchor:
        return date.anchor
    days = dict.fromkeys((date.start or 0, date.end or 0))
    return "..".join(f"{day // 100:02d}-{day % 100:02d}" for day in days)


_INTENTS: dict[type, Intent] = {
    f.Activities: Intent.ACTIVITIES,
    f.OneActivity: Intent.ACTIVITIES,
    f.Values: Intent.ATTRIBUTE,
    f.ValuesByActivity: Intent.ATTRIBUTE,
    f.WeekValues: Intent.ATTRIBUTE,
    f.Verdict: Intent.YES_NO,
    f.Regions: Intent.REGIONS,
    f.Ranking: Intent.REGIONS,
    f.Definition: Intent.DEFINITION,
    f.ModalityOf: Intent.MODALITY,
    f.Provenance: Intent.PROVENANCE,
    f.Coverage: Intent.COVERAGE,
    f.Comparison: Intent.COMPARISON,
    f.NamedDay: Intent.ATTRIBUTE,
}


def intent_of(found: Found) -> str:
    """The name of the intent, as the batch contract prints it."""
    finding, question = found.finding, found.question
    if isinstance(finding, f.SmallTalk):
        return finding.kind
    if isinstance(finding, f.Outside):
        return Intent.UNKNOWN.value
    attribute = question.attributes[0] if question.attributes else ""
    if isinstance(finding, (f.WeekValues, f.Values, f.ValuesByActivity)):
        return finding.attribute
    if type(finding) in _INTENTS:
        return _INTENTS[type(finding)].value
    return attribute or Intent.ACTIVITIES.value

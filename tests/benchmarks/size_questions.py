"""Questions about any knowledge, in equal shares of kinds, so that sizes can be compared."""

from collections.abc import Callable, Iterator
from datetime import date

from bot.answering.value_texts import MONTHS_EN
from bot.knowledge.entries import ActivityEntry
from bot.knowledge.knowledge_base import KnowledgeBase

GENERAL = (
    "hello", "thanks!", "Which regions and years do you know?", "What was held on 22 April?",
    "Which regions held lectures?", "What is World IP Day?", "what's the weather in Kunming",
    "how do I register a trademark", "What do you know about 2020?", "你好", "哪些地区办了讲座？",
    "今天天气怎么样",
    "2021年有哪些活动？", "what activities were planned?", "which is the best bank",
)  # fmt: skip
"""Asked at every size: without a place, so that all of the knowledge is meant, or foreign to it."""


def questions(knowledge: KnowledgeBase, count: int) -> list[str]:
    """About `count` questions on activities that are spread evenly over the knowledge."""
    entries = knowledge.activities
    shares = count - len(GENERAL)
    chosen = [entries[number * len(entries) // shares] for number in range(shares)]
    asked = [_KINDS[turn % len(_KINDS)](entry, knowledge) for turn, entry in enumerate(chosen)]
    return [*asked, *GENERAL]


def hostile(knowledge: KnowledgeBase) -> Iterator[str]:
    """Texts of 4,096 characters that are made to be slow."""
    places = [place.name.en for place in knowledge.vocabulary.places if len(place.name.en) > 6]
    names = [name.name.en for name in list(knowledge.names.values())[:400]]
    yield " ".join(_misspelt(name) for name in places)[:4096]
    yield " ".join(_misspelt(name) for name in names)[:4096]
    yield ("publicty wekk actvities organisd " * 200)[:4096]
    yield " ".join(f"{n}/{n % 12 + 1}/20{n % 30:02d} {n}-{n + 3} april {n}." for n in range(999))[
        :4096
    ]
    yield "".join(
        place.name.zh[::-1] + "x" + str(n) for n, place in enumerate(knowledge.vocabulary.places)
    )[:4096]
    yield "福健省主提是什吗" * 512
    yield "a" * 4096
    yield ("ban" * 30 + "b ") * 45
    yield " ".join(f"{place.name.en}{place.name.zh}" for place in knowledge.vocabulary.places)[
        :4096
    ]
    yield (
        "which regions held "
        + " and ".join(kind.name.en for kind in knowledge.vocabulary.kinds)
        + "? "
    )[:4096]


def _misspelt(text: str) -> str:
    """A text with two letters exchanged in every word that is long enough to be repaired."""
    return " ".join(w[:2] + w[3:4] + w[2:3] + w[4:] if len(w) > 4 else w for w in text.split())


def _organiser(entry: ActivityEntry, knowledge: KnowledgeBase) -> str:
    bodies = (*entry.activity.organisers, entry.activity.title)
    return knowledge.name_text(bodies[0]).en


def _where(entry: ActivityEntry, knowledge: KnowledgeBase, language: str = "en") -> str:
    return knowledge.place(entry.week.place).name.in_language(language)


def _day(entry: ActivityEntry) -> str:
    day = date.fromisoformat(entry.activity.date or f"{entry.week.week.year}-04-22")
    return f"{MONTHS_EN[day.month]} {day.day}"


Ask = Callable[[ActivityEntry, KnowledgeBase], str]
_KINDS: tuple[Ask, ...] = (
    lambda e, k: f"What did {_where(e, k)} hold on {_day(e)}, {e.week.week.year}?",
    lambda e, k: f"What was the theme in {_where(e, k)} in {e.week.week.year}?",
    lambda e, k: f"Who organised the {e.activity.title.en} in {_where(e, k)}?",
    lambda e, k: f"what did {_where(e, k)} hold on {_day(e)}",
    lambda e, k: f"Where was the {e.activity.title.en}?",
    lambda e, k: f"When did the publicity week of {_where(e, k)} start in {e.week.week.year}?",
    lambda e, k: (
        f"How many {(*e.activity.audience, e.activity.title)[0].en} took part in the"
        f" {k.kinds[e.activity.kinds[0]].name.en} in {_where(e, k)} in {e.week.week.year}?"
    ),
    lambda e, k: f"{_where(e, k, 'zh')}{e.week.week.year}年宣传周的主题是什么？",
    lambda e, k: f"{_where(e, k, 'zh')}4月22日举办了哪些活动？",
    lambda e, k: f"{e.activity.title.zh}是在哪里举办的？",
    lambda e, k: (
        f"Which regions held a {k.kinds[e.activity.kinds[0]].name.en} on"
        f" {(*e.activity.topics, e.activity.title)[0].en}?"
    ),
    lambda e, k: f"wat did {_misspelt(_where(e, k))} plan in {e.week.week.year}?",
    lambda e, k: (
        f"Did {_where(e, k)} hold a {k.kinds[e.activity.kinds[0]].name.en} in {e.week.week.year}?"
    ),
    lambda e, k: f"which cities in {_where(e, k)} took part?",
    lambda e, k: f"What did the {_misspelt(_organiser(e, k))} organise?",
    lambda e, k: f"wher was teh {_misspelt(e.activity.title.en)}",
    lambda e, k: f"Did {_misspelt(_organiser(e, k))} hold {_misspelt(e.activity.title.en)}?",
    lambda e, k: f"Is it true that the {e.activity.title.en} was held in {_where(e, k)}?",
)

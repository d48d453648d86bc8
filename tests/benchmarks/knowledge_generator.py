"""Makes knowledge of any size that is as varied as the real one; the same at every run.

    python -m tests.benchmarks.knowledge_generator FOLDER --weeks 10000

The first weeks are the real five. The others take places, kinds and capitals from the real
vocabulary; districts, bodies, titles, themes and figures are combined from lists of real
words, so that each is distinct and yet shares its words with many others. Both languages.
"""

import argparse
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.assembly import PACKAGED_KNOWLEDGE
from bot.knowledge.loader import read_knowledge
from bot.knowledge.vocabulary import Kind, Place

FIVE = ("2020/ningxia", "2020/qinghai", "2020/yunnan", "2021/chongqing", "2021/fujian")
YEARS = range(2014, 2024)
ACTIVITIES = 10
"""Of each week that is made up."""
Pair = tuple[str, str]
"""A text in English and in Chinese."""


def _pairs(text: str) -> tuple[Pair, ...]:
    return tuple((en.strip(), zh.strip()) for en, zh in (p.split("|") for p in text.split(";")))


TOPICS = _pairs(
    "trademark registration|商标注册; patent navigation|专利导航; geographical indications|地理标志;"
    "copyright of software|软件著作权; trade secrets|商业秘密; plant varieties|植物新品种;"
    "integrated circuit layouts|集成电路布图设计; overseas rights protection|海外维权;"
    "patent pledge financing|专利质押融资; open licensing|开放许可; design protection|外观设计保护;"
    "counterfeit seeds|假冒种子; online infringement|网络侵权; brand building|品牌建设;"
    "tea brands|茶叶品牌; ceramic patterns|陶瓷纹样; medical devices|医疗器械; biomedicine|生物医药;"
    "new energy vehicles|新能源汽车; cultural creativity|文化创意; intangible heritage|非物质文化遗产;"
    "agricultural products|农产品; green technology|绿色技术; artificial intelligence|人工智能;"
    "patent examination|专利审查; administrative rulings|行政裁决; dispute mediation|纠纷调解;"
    "university inventions|高校发明; high-value patents|高价值专利; customs protection|海关保护;"
    "livestream selling|直播带货; textile designs|纺织品设计; chip materials|芯片材料;"
    "traditional medicine|中医药; wine regions|葡萄酒产区; rural revival|乡村振兴;"
    "data property|数据产权; film piracy|电影盗版; folk crafts|民间工艺; marine equipment|海洋装备"
)
AUDIENCES = _pairs(
    "small enterprises|小微企业; exporters|外贸企业; farmers|农户; students|学生; teachers|教师;"
    "judges|法官; lawyers|律师; inventors|发明人; designers|设计师; shop owners|商户;"
    "cooperatives|合作社; start-up teams|创业团队; civil servants|公务员; residents|居民;"
    "researchers|科研人员; librarians|图书馆员"
)
PURPOSES = _pairs(
    "strengthening protection|强化保护; serving innovation|服务创新; opening a new chapter|谱写新篇;"
    "building a strong city|建设强市; respecting knowledge|尊重知识; sharing results|成果共享;"
    "stimulating creation|激励创造; safeguarding fairness|维护公平; shaping the future|创造未来;"
    "driving development|驱动发展; promoting openness|促进开放; cultivating talent|培育人才"
)
MANNERS = _pairs(
    "Rising Sun|朝阳; Red Maple|红枫; Clear River|清江; Golden Wheat|金穗; White Crane|白鹤;"
    "Stone Bridge|石桥; Blue Harbour|蓝港; Pine Hill|松岗; Silver Lake|银湖; Spring Thunder|春雷;"
    "Jade Garden|玉园; Morning Bell|晨钟; Iron Anchor|铁锚; Bamboo Grove|竹林; Cloud Gate|云门;"
    "East Wind|东风; Long Wall|长城; Nine Dragons|九龙; Morning Star|启明; Old Ferry|古渡"
)
BODIES = _pairs(
    "IP Service Centre|知识产权服务中心; Brand Alliance|品牌联盟; Patent Exchange|专利交易所;"
    "Rights Aid Station|维权援助站; Innovation College|创新学院; Invention Society|发明协会"
)
SIDES = _pairs(
    "East|东; West|西; South|南; North|北; Upper|上; Lower|下; New|新; Old|老; Great|大; Inner|内"
)
LANDS = _pairs(
    "Ridge|岭; Ford|渡; Meadow|原; Spring|泉; Cliff|崖; Valley|谷; Marsh|泽; Orchard|果园; Well|井; Gate|关"
)
SYLLABLES = _pairs(
    "heng|恒; rui|瑞; feng|丰; jia|佳; bo|博; xin|鑫; tai|泰; long|隆; hua|华; sheng|盛; yuan|源; tong|通;"
    "kang|康; de|德; hong|宏; li|利; ming|明; chang|昌; fu|福; guang|光; hai|海; jin|金; jun|骏; lan|兰;"
    "mei|美; ning|宁; peng|鹏; qing|清; shuang|双; tian|天; wan|万; wei|威; xiang|祥; yang|洋; yong|永;"
    "yu|裕; zheng|正; zhong|众; zhuo|卓; zi|紫"
)
"""Names of firms are made of them, as real ones are: 1,600 words that are like one another."""
_MODALITIES = ("planned", "held", "held", "running")


@dataclass(frozen=True, slots=True)
class Made:
    """A week that is made up, before it is written."""

    region: str
    place: Place | None
    year: int
    number: int


def generate(folder: Path, weeks: int) -> None:
    """Write a knowledge folder with this number of weeks, at least five."""
    shutil.copytree(PACKAGED_KNOWLEDGE / "vocabulary", folder / "vocabulary", dirs_exist_ok=True)
    for real in FIVE:
        target = folder / "weeks" / f"{real}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGED_KNOWLEDGE / "weeks" / f"{real}.yaml", target)
    vocabulary = read_knowledge(folder).vocabulary
    places = _places(vocabulary.places, -(-weeks // len(YEARS)))
    known = {place.id for place in vocabulary.places}
    own = [place for place in places if place.id not in known]
    if own:
        lines = ["places:", *(f"  - {json.dumps(_place(p), ensure_ascii=False)}" for p in own)]
        (folder / "vocabulary" / "places_made_up.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    regions = {place.id: _region(place, {p.id: p for p in places}) for place in places}
    for week in _weeks(places, regions, weeks - len(FIVE)):
        name = week.region if week.place is None else f"{week.region}-{week.place.id}"
        file = folder / "weeks" / str(week.year) / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(_week(week, vocabulary.kinds, places)) + "\n", "utf-8")


def _places(known: Sequence[Place], wanted: int) -> list[Place]:
    """Real regions and cities first, then districts that are made up, spread over the cities."""
    found = [p for p in known if p.level == "region"] + [p for p in known if p.level == "city"]
    cities = [place for place in found if place.level == "city"]
    for number in range(max(0, wanted - len(found))):
        city = cities[number % len(cities)]
        turn, (land_en, land_zh) = divmod(number, 97)[0], LANDS[number % len(LANDS)]
        side_en, side_zh = SIDES[(number // len(LANDS) + turn) % len(SIDES)]
        name_en, name_zh = (
            f"{side_en} {city.name.en} {land_en}",
            f"{side_zh}{city.name.zh}{land_zh}",
        )
        found.append(
            Place(
                id=f"{city.id}-{side_en}-{land_en}-{number}".lower(),
                level="district",
                name=type(city.name)(name_en, name_zh),
                parent=city.id,
            )
        )
    return found[: max(wanted, 1)]


def _place(place: Place) -> dict[str, object]:
    name = {"en": place.name.en, "zh": place.name.zh}
    return {"id": place.id, "level": place.level, "name": name, "parent": place.parent}


def _region(place: Place, places: dict[str, Place]) -> str:
    while place.level != "region" and place.parent in places:
        place = places[place.parent]
    return place.id


def _weeks(places: Sequence[Place], regions: dict[str, str], count: int) -> Iterator[Made]:
    real = {tuple(week.split("/")) for week in FIVE}
    made = 0
    for number in range(len(places) * len(YEARS)):
        year = YEARS[number // len(places)]
        place = places[number % len(places)]
        if made == count:
            return
        if (str(year), place.id) in real:
            continue
        own = None if place.level == "region" else place
        yield Made(regions[place.id], own, year, number)
        made += 1


def _week(week: Made, kinds: Sequence[Kind], places: Sequence[Place]) -> Iterator[str]:
    """The lines of a week's file."""
    random = Random(week.number)
    place = week.place or next(p for p in places if p.id == week.region)
    here = (place.name.en, place.name.zh or place.name.en)
    (purpose, purpose_zh), (other, other_zh) = random.sample(PURPOSES, 2)
    (topic, topic_zh) = random.choice(TOPICS)
    names = [_name(week, place, here, turn) for turn in range(2)]
    yield f"region: {week.region}"
    if week.place is not None:
        yield f"place: {week.place.id}"
    yield f"year: {week.year}"
    yield f"modality: {random.choice(_MODALITIES[:2])}"
    theme = f"{purpose} and {other} through {topic}", f"{purpose_zh} {other_zh} {topic_zh}"
    yield f"theme: {_text(theme)}"
    first = random.choice((19, 20, 20, 20, 21))
    yield f'dates: {{from: "{week.year}-04-{first}", to: "{week.year}-04-26"}}'
    yield f"organisers: [{names[0]['id']}]"
    yield "sources:"
    source = {
        "id": "page", "title": f"{here[0]} launches its {week.year} IP Publicity Week",
        "publisher": f"{here[0]} Government", "published": f"{week.year}-04-{first:02d}",
        "url": f"https://example.org/{week.region}/{place.id}/{week.year}",
    }  # fmt: skip
    yield f"  - {json.dumps(source, ensure_ascii=False)}"
    yield "names:"
    for name in names:
        yield f"  - {json.dumps(name, ensure_ascii=False)}"
    yield "activities:"
    for turn in range(ACTIVITIES):
        activity = _activity(random, week, kinds, here, names, turn, first)
        yield f"  - {json.dumps(activity, ensure_ascii=False)}"


def _name(week: Made, place: Place, here: Pair, turn: int) -> dict[str, object]:
    body, body_zh = BODIES[(week.number + turn) % len(BODIES)]
    turns = 2 * week.number + turn
    (first, first_zh), (second, second_zh) = (
        SYLLABLES[turns % len(SYLLABLES)], SYLLABLES[turns // len(SYLLABLES) % len(SYLLABLES)]
    )  # fmt: skip
    coined, coined_zh = f"{first}{second}".capitalize(), first_zh + second_zh
    return {
        "id": f"{place.id}-{week.year}-{turn}", "kind": "organisation", "place": place.id,
        "name": {"en": f"{here[0]} {coined} {body} {week.year}", "zh": f"{here[1]}{coined_zh}{body_zh}{week.year}"},
    }  # fmt: skip


def _activity(
    random: Random, week: Made, kinds: Sequence[Kind], here: Pair,
    names: Sequence[dict[str, object]], turn: int, first: int,
) -> dict[str, object]:  # fmt: skip
    kind = random.choice(kinds)
    (topic, topic_zh), (second, second_zh) = random.sample(TOPICS, 2)
    (group, group_zh), (manner, manner_zh) = random.choice(AUDIENCES), random.choice(MANNERS)
    number = random.choice((20, 50, 120, 300, 500, 1000, 2000, 5000, 10000)) + random.randrange(19)
    kind_zh = kind.name.zh or kind.name.en
    title = (
        f"“{manner}” {kind.name.en} on {topic} for {group}",
        f"“{manner_zh}”{group_zh}{topic_zh}{kind_zh}",
    )
    modality = random.choice(_MODALITIES)
    done = "was planned" if modality == "planned" else "was held"
    summary = (
        f"In {here[0]}, the {title[0]} {done}; {number:,} {group} learned about {topic} and {second}.",
        f"{here[1]}举办{title[1]}，{number}名{group_zh}了解了{topic_zh}和{second_zh}。",
    )
    activity: dict[str, object] = {
        "id": f"activity-{turn}", "title": _pair(title), "summary": _pair(summary),
        "kinds": [kind.id], "modality": modality, "organisers": [names[turn % 2]["id"]],
        "topics": [_pair((topic, topic_zh)), _pair((second, second_zh))],
        "audience": [_pair((group, group_zh))],
        "figures": [{"value": number, "of": _pair((f"{group} who took part", f"名{group_zh}参加"))}],
    }  # fmt: skip
    if turn % 2 == 0:
        activity["date"] = f"{week.year}-04-{random.randrange(first, 27)}"
    if turn % 3 == 0:
        activity["venue"] = _pair((f"{manner} Hall", f"{manner_zh}会堂"))
    return activity


def _pair(text: Pair) -> dict[str, str]:
    return {"en": text[0], "zh": text[1]}


def _text(text: Pair) -> str:
    return json.dumps(_pair(text), ensure_ascii=False)


def main() -> int:
    """Write a knowledge folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weeks", type=int, default=100)
    options = parser.parse_args()
    generate(options.folder, options.weeks)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""A small knowledge folder for tests: one week of Fujian with a vocabulary that just serves it."""

from pathlib import Path

FILES = {
    "vocabulary/places.yaml": """\
places:
  - {id: china, level: nation, name: {en: China, zh: 中国}}
  - {id: fujian, level: region, parent: china, name: {en: Fujian, zh: 福建}, abbr_zh: 闽}
  - {id: fuzhou, level: city, parent: fujian, name: {en: Fuzhou, zh: 福州}}
  - {id: jiangxi, level: region, parent: china, name: {en: Jiangxi, zh: 江西}, abbr_zh: 赣}
  - {id: fuzhou-jiangxi, level: city, parent: jiangxi, name: {en: Fuzhou in Jiangxi, zh: 抚州}}
""",
    "vocabulary/kinds.yaml": """\
kinds:
  - {id: seminar, name: {en: seminar, zh: 研讨会}, words: {en: [seminar, workshop], zh: [研讨]}}
  - {id: launch, name: {en: launch, zh: 启动仪式}, broader: [ceremony]}
  - {id: ceremony, name: {en: ceremony, zh: 仪式}}
name_kinds:
  - {id: office, name: {en: authority, zh: 部门}}
""",
    "vocabulary/words.yaml": """\
attributes:
  - {id: theme, name: {en: theme, zh: 主题}, cues: {en: [theme], zh: [主题]}}
  - {id: form, name: {en: form, zh: 形式}, cues: {en: [in what form], zh: [形式]}}
smalltalk:
  - {id: thanks, words: {en: [thanks, thank you], zh: [谢谢]}}
  - {id: help, words: {en: [help, example 1], zh: [帮助]}}
names:
  - id: fujian-ip-office
    name: {en: Fujian IP Office, zh: 福建省知识产权局}
    kind: office
    aliases: {en: [Fujian IPO], zh: [福建知识产权局]}
    place: fujian
""",
    "weeks/2021/fujian.yaml": """\
# The week of Fujian in 2021.
region: fujian
year: 2021
modality: planned
dates: {from: "2021-04-20", to: "2021-04-26"}
theme: {en: Striving, zh: 构建新发展格局}
theme_source: cnipa
world_ip_day: 21
organisers: [fujian-ip-office]

sources:
  - id: cnipa
    title: Fujian Launches the Week
    publisher: CNIPA
    url: https://english.cnipa.gov.cn/fujian
    published: "2021-04-28"

activities:
  - id: opening
    title: {en: opening ceremony, zh: 开幕式}
    summary:
      en: >-
        In Fuzhou, an opening
        ceremony is planned.
      zh: 福州将举行开幕式。
    kinds: [launch]
    modality: planned
    date: "2021-04-20"
    until: "2021-04-21"
    place: fuzhou
    organisers: [fujian-ip-office]
    details:
      form:
        - {en: online, zh: 线上}
    words:
      en: [kick-off, start]
      zh: [启动]

  - id: seminar
    title: {en: seminar on IP, zh: 知识产权研讨会}
    summary: {en: A seminar may be held., zh: 视情举办研讨会。}
    kinds: [seminar]
    modality: conditional
    condition: {en: if appropriate, zh: 视情}
    part_of: opening
    period: {from: 2019, to: 2020}
    figures:
      - value: 300
        bound: more than
        of: {en: guests, zh: 位来宾}
    parts:
      - id: first-part
        title: {en: first part, zh: 第一部分}

questions:
  - {ask: What is held on April 20?, facts: [opening]}
""",
}
"""Path → text."""
WEEK = "weeks/2021/fujian.yaml"


def write_small_knowledge(folder: Path) -> Path:
    """Write it; the folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def replace(folder: Path, file: str, old: str, new: str) -> int:
    """Change one place of a file; the line of the change, counted from 1."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    before = text[: text.index(old)]
    return before.count("\n") + 1 + (len(new) - len(new.lstrip("\n")))

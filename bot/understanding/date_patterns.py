"""How dates are written: patterns over the canonical text of `dates`, English and Chinese.

Each alternative has named groups of its own; `dates` knows what they mean.
"""

import re

from bot.understanding.meanings import MONTHS

_MON = "|".join(sorted(MONTHS, key=len, reverse=True))
ORDINAL_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "twenty first": 21, "twenty second": 22, "twenty third": 23,
    "twenty fourth": 24, "twenty fifth": 25, "twenty sixth": 26, "twenty seventh": 27,
    "twenty eighth": 28, "twenty ninth": 29, "thirtieth": 30, "twenty one": 21, "twenty two": 22,
    "twenty three": 23, "twenty four": 24, "twenty five": 25, "twenty six": 26, "twenty": 20,
}  # fmt: skip
_BIG_WORD = "|".join(
    w.replace(" ", r"[\ -]")
    for w in sorted((w for w, n in ORDINAL_WORDS.items() if n > 7), key=len, reverse=True)
)
_NUM = r"(?<![\d.,])\d{1,2}(?![\d,.]\d|\d)"
_ORD = rf"(?:(?<![\d.,])\d{{1,2}}\ ?(?:st|nd|rd|th)\b|(?:{_BIG_WORD})\b)"
_D = rf"(?:{_ORD}|{_NUM})"
_TO = r"\ ?(?:-|to|until|till|til|through|thru|and|&)\ ?"
_DAY_ORD = r"(?:first|second|third|fourth|fifth|sixth|seventh|1st|2nd|3rd|4th|5th|6th|7th)"
_OF_MONTH = rf"(?:{_TO}(?:the\ )?{_ORD})?(?:\ day)?(?:\ of)?\ ?(?:{_MON})\b"
_EDITION = (
    r"(?:\ (?:or|and)\ (?:the\ )?\d\d?(?:st|nd|rd|th))?"
    r"\ (?:world|wipd|edition|ip\ day|intellectual)"
)
_YEARS_AGO = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d)\ (?:years?|yrs?)"
_WEEK_TURNS = (
    r"\ (?:[a-z]+\ ){0,3}week\ (?:start(?:s|ed)?|beg[iau]ns?|open(?:s|ed)?|end(?:s|ed)?|close[sd]?"
    r"|finish(?:es|ed)?|conclude[sd]?|(?:kick(?:s|ed)?|sets?)\ off|(?:is|was)\ (?:launched|opened)"
    r"|wrap(?:s|ped)?\ up)\b"
)
ENGLISH = re.compile(
    rf"""
    (?=\b[a-z]|\d)  # how all of them begin, so that the inside of words is passed at once
    (?:
    (?P<iso>\b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b|\b20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\b)
  | (?P<dmy>\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b)
  | (?P<dm>\b\d{{1,2}}/\d{{1,2}}\b)
  | (?P<dot>\b0?4(?:\.(?:[12]\d|30)|-(?:1[3-9]|2\d|30)(?!\ (?:of\ )?(?:{_MON})))\b
        |(?<![\d.,])(?:1[3-9]|2\d|30)\.0?4\b(?![.,]\d|\ ?(?:%|million|billion|percent|km)))
  | \b(?P<mon1>{_MON})\ (?:the\ )?(?P<a>{_D})
        (?:{_TO}(?:(?:{_MON})\ )?(?:the\ )?(?P<b>{_D}))?
        (?:\ ?(?:of\ |in\ )?(?P<y1>20\d\d))?
  | \b(?P<c>{_D})(?:(?:\ of)?\ (?:{_MON}))?
        (?:{_TO}(?:the\ )?(?P<d>{_D}))
        (?:\ of)?\ ?(?P<mon3>{_MON})\b
        (?:\ ?(?:of\ |in\ )?(?P<y3>20\d\d))?
  | \b(?P<e>{_D})(?:\ day)?(?:\ of)?\ ?(?P<mon2>{_MON})\b
        (?:\ ?(?:of\ |in\ )?(?P<y2>20\d\d))?
  | (?P<edition>(?:\b\d{{1,2}}\ ?(?:st|nd|rd|th)|\b(?:{_BIG_WORD}))(?={_EDITION}))
  | (?P<anchor>\b(?:{_DAY_ORD}|opening|starting|initial|last|final|closing)
            \ (?:[a-z]+\ )?day\b
        |\bday\ ?(?:one|two|three|1|2|3)\b|\bkick[\ -]?off\ day\b
        |\b(?:opening|closing|kick[\ -]?off)\ date\b
        |(?<!which\ )(?<!what\ )\bday\ (?:when\ |that\ |on\ which\ )?(?:the|its)
            {_WEEK_TURNS})
  | (?P<at_the_time>(?<=[a-z]\ )when\ (?:the|its|their){_WEEK_TURNS})
  | (?:\b(?:the|on|and|about|to|for)\ )(?!{_ORD}{_OF_MONTH})(?P<o1>{_ORD})(?!{_EDITION})
        (?:{_TO}(?:the\ )?(?P<o2>{_ORD}))?
  | (?P<o3>\b\d{{1,2}}\ ?(?:st|nd|rd|th)\b)(?!{_EDITION})
        (?:{_TO}(?:the\ )?(?P<o4>{_ORD}))?
  | (?P<wipd>\bworld\ (?:ip|intellectual\ property|ipr)\ (?:day|days)\b|\bwipd\b
        |\bwipo\ day\b|\bip\ day\b)
  | (?P<relative>\b(?:day\ before\ yesterday|day\ after\ tomorrow|today|tonight|yesterday|tomorrow
        |(?:this|current|last|previous|past|next|coming)\ (?:years?|yr)|year\ before\ last
        |year\ after\ next|{_YEARS_AGO}\ ago)\b)
  | (?P<year>(?<![\d.,/])(?:19|20)\d\d\b(?![.,]\d))
    )
    """,
    re.VERBOSE,
)
_ZN = "0-9〇零一二三四五六七八九十廿"
CHINESE = re.compile(
    rf"""
    (?P<iso>\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))
  | (?P<ymd>(?P<y>(?:19|20)?\d\d|[二][〇零][〇零一二三四五六七八九十]{{1,2}})
        \ ?年\ ?(?:的)?\ ?(?P<m>[{_ZN}]{{1,3}})\ ?月(?:份)?\ ?(?P<a>[{_ZN}]{{1,3}})\ ?[日号]?
        (?:\ ?(?:-|~|至|到|和|、)\ ?(?:(?P<m2>[{_ZN}]{{1,3}})\ ?月\ ?)?
        (?P<b>[{_ZN}]{{1,3}})\ ?[日号])?)
  | (?P<md>(?P<m3>[{_ZN}]{{1,3}})\ ?月(?:份)?\ ?(?:的\ ?)?(?P<c>[{_ZN}]{{1,3}})\ ?[日号]?
        (?:\ ?(?:-|~|至|到|和|、)\ ?(?:(?P<m4>[{_ZN}]{{1,3}})\ ?月\ ?)?
        (?P<d>[{_ZN}]{{1,3}})\ ?[日号])?)
  | (?P<range>(?P<e>[{_ZN}]{{1,3}})\ ?[日号]?\ ?(?:-|~|至|到)\ ?(?P<f>[{_ZN}]{{1,3}})\ ?[日号])
  | (?P<dmy>(?<![\d])\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}(?!\d))
  | (?P<dm>(?<![\d])\d{{1,2}}/\d{{1,2}}(?!\d))
  | (?P<dot>(?<![\d])0?4(?:[.·](?:[12]\d|30)|-(?:1[3-9]|2\d|30))(?!\d))
  | (?:第\ ?|(?=[{_ZN}]{{1,3}}\ ?届))(?P<edition>[{_ZN}]{{1,3}})\ ?[个届]
        (?=.{{0,3}}(?:世界|知识产权日|日))
  | (?P<day>(?<![{_ZN}几])[{_ZN}]{{1,3}}\ ?[日号](?!线|文件|院|楼))
  | (?P<anchor>首日|第一天|头一天|首天|开幕那天|启动那天|开幕当天|开幕日|启动当天|启动日
        |(?:开幕|启动|开始|结束)时(?!间)
        |开始那天|第1天|打头第一天|最后一天|末日
        |最后那天|最后那一天|结束那天|结束当天|闭幕那天|闭幕当天|收官那天|收官当天|闭幕日|闭幕时(?!间)|收官日|第二天|第三天)
  | (?P<wipd>世界知识产权日|知识产权日|世界知产日|知产日)
  | (?P<relative>今天|昨天|明天|今日|昨日|明日|前天|后天|今年|本年度?|去年|大前年|前年|明年|后年
        |上一?年度?|[一二两三四五六七八九十\d]年前)
  | (?P<year>(?<!\d)(?:19|20)\d\d(?!\d)|[二][〇零][〇零一二三四五六七八九十]{{1,2}}(?=年)
        |(?<!\d)\d\d(?=\ ?年))\ ?年?
    """,
    re.VERBOSE,
)
AFTER = re.compile(
    r"\b(?:after|since|from|following|starting|post|later than|beyond|onwards from)(?: the)? ?$"
)
BEFORE = re.compile(r"\b(?:before|until|till|prior to|by|up to|ahead of|earlier than)(?: the)? ?$")
ONWARDS = re.compile(
    r"^ ?(?:onwards?|on wards|or later|and later|and after|afterwards|之后|以后|后|以来|起|开始)"
)
BACK = re.compile(r"^ ?(?:or earlier|and before|之前|以前|前(?!年))")
JOINING = re.compile(r" ?(?:-|to|until|till|through|and|&|至|到|和|、)? ?(?:the )?")

"""Names of people: the readings they are found by, and the strokes they are ordered by."""

from functools import lru_cache
from importlib.resources import files
from itertools import product

# Surnames that the dictionary reads as ordinary words.
SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "朴": "piao",
    "查": "zha",
    "盖": "ge",
    "翟": "zhai",
    "任": "ren",
    "华": "hua",
    "尉": "wei",
    "万": "wan",
    "缪": "miao",
    "覃": "qin",
    "冼": "xian",
    "乐": "yue",
    "员": "yun",
    "宓": "mi",
    "折": "she",
    "召": "shao",
    "繁": "po",
    "种": "chong",
    "黑": "he",
    "秘": "bi",
    "幺": "yao",
    "逄": "pang",
    "不": "fou",
    "阚": "kan",
    "牟": "mu",
    "宁": "ning",
    "晁": "chao",
    "佴": "nai",
    "谌": "chen",
    "盛": "sheng",
    "洗": "xian",
    "纪": "ji",
    "燕": "yan",
    "应": "ying",
    "卜": "bu",
    "郗": "xi",
    "能": "nai",
    "车": "che",
    "长": "zhang",
    "柏": "bai",
}
COMPOUND = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
}
_MOST_READINGS = 8
_UNKNOWN = "99"


def readings(name: str) -> str:
    """Every reading with its initials, separated by spaces: "zengwei zw cengwei cw"."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its dictionaries are read for a new name, not at every start

    syllables = [list(dict.fromkeys(found)) for found in pinyin(name, style=Style.NORMAL, heteronym=True)]
    if not syllables:
        return ""
    compound = COMPOUND.get(name[:2])
    if compound is not None and len(syllables) >= len(compound):
        syllables[: len(compound)] = [[one] for one in compound]
    elif name[:1] in SURNAMES:
        syllables[0] = list(dict.fromkeys([SURNAMES[name[0]], *syllables[0]]))
    found = []
    for chosen in product(*syllables):
        found += ["".join(chosen), "".join(one[:1] for one in chosen)]
        if len(found) >= _MOST_READINGS:
            break
    return " ".join(dict.fromkeys(found))


def strokes(name: str) -> str:
    """The strokes of the first two characters, two digits each: the order of 姓氏笔画; 99 where unknown."""
    table = _table()
    return "".join(f"{table[one]:02}" if one in table else _UNKNOWN for one in name[:2])


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    text = (files("recruit") / "data" / "strokes.txt").read_text(encoding="utf-8")
    counted = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {character: int(count) for count, characters in counted for character in characters}

"""Languages, phones, words of the glossary and times that a message names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlu.intent import Entity

_LANGUAGES = {
    "en": r"\benglish\b|\binglés\b|\banglais\b|английск\w*|英[文语]|الإنجليزية|الانجليزية",
    "zh": r"\bchinese\b|\bmandarin\b|\bcantonese\b|\bputonghua\b|中[文国话]+|汉语|漢語|普通话|國語|国语|广东话|上海话|\bchino\b|\bchinois\b|китайск\w*|الصينية",
    "es": r"\bspanish\b|\bespañol\b|\bcastellano\b|西班牙[文语]|\bespagnol\b|испанск\w*|الإسبانية",
    "fr": r"\bfrench\b|\bfrançais\b|\bfrancés\b|法[文语]|французск\w*|الفرنسية",
    "ar": r"\barabic\b|\bárabe\b|\barabe\b|阿拉伯[文语]|арабск\w*|العربية|عربي",
    "ru": r"\brussian\b|\bruso\b|\brusse\b|俄[文语]|русск\w*|по-русски|الروسية",
    "de": r"\bgerman\b|\bdeutsch\b|\balemán\b|\ballemand\b|德[文语]|немецк\w*|الألمانية",
    "hi": r"\bhindi\b|印地语",
}  # fmt: skip
_DEVICES = {
    "iphone": r"\bi ?-?phones?\b|\bapple phone\b|\bipad\b|苹果(?:手机)?|айфон\w*|آيفون|ايفون",
    "samsung": r"\bsamsung\b|\bgalaxy\b|三星|самсунг\w*|سامسونج",
    "huawei": r"\bhuawei\b|\bharmony ?os\b|华为|華為|鸿蒙|хуавей|هواوي",
    "honor": r"\bhonor\b|荣耀",
    "xiaomi": r"\bxiaomi\b|\bredmi\b|小米|红米|сяоми|ксиаоми|شاومي",
    "oppo": r"\boppo\b|\boneplus\b|一加",
    "vivo": r"\bvivo (?:phone|mobile|y\d+|v\d+)\b|vivo(?:手机)|(?<=用)vivo|(?<=是)vivo",
    "google": r"\bpixel\b|\bgoogle phone\b|\bmotorola\b|\bnokia\b",
    "android": r"\bandroid\b|安卓|андроид\w*|أندرويد|اندرويد",
}  # fmt: skip
_DAY = (
    r"today|tonight|tomorrow|(?:on |next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|in the (?:morning|afternoon|evening)|"
    r"next week|every (?:day|morning|evening|week)|in (?:an?|\d+|two|three|four|five|half an) (?:hours?|days?|minutes?|weeks?)|after (?:lunch|dinner|breakfast|supper|tea|coffee|church)"
)
_TIMES = {
    "en": rf"\b(?:{_DAY})(?:,? (?:morning|afternoon|evening|night|at noon))?(?:,? (?:at|around|about|by) (?:\d{{1,2}}(?:[:.]\d{{2}})?|half past \w+|quarter (?:past|to) \w+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)(?: ?(?:am|pm|a\.m\.|p\.m\.|o'?clock))?)?|\bat (?:\d{{1,2}}(?:[:.]\d{{2}})?|half past \w+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)(?: ?(?:am|pm|o'?clock))?\b(?: (?:today|tomorrow|tonight|on \w+day))?|\b\d{{1,2}}(?:[:.]\d{{2}})? ?(?:am|pm|o'?clock)\b(?: (?:today|tomorrow|tonight|on \w+day))?",
    "zh": r"(?:(?:今天|明天|后天|大后天|今晚|明早|下?(?:个)?(?:星期|礼拜|周)[一二三四五六日天]|每天|下周)?(?:早上|上午|中午|下午|晚上|傍晚|早晨|夜里)?(?:吃[过了]?(?:早|中|晚)?饭(?:以后|后|之后)?)?(?:[零一二两三四五六七八九十\d]{1,3}(?:点|时)(?:钟|半|[一二三]刻|[零一二三四五六七八九十\d]{1,3}分?)?)?)|(?:[一二两三四五六七八九十\d半]+(?:个)?(?:小时|钟头|分钟|天)(?:以后|后|之后))",
    "es": r"\b(?:hoy|mañana|pasado mañana|esta (?:tarde|noche)|el (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)|cada día)(?: por la (?:mañana|tarde|noche))?(?: a las? \w+(?: y media)?)?|\ba las? (?:\d{1,2}(?::\d{2})?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b",
    "fr": r"\b(?:aujourd'hui|demain(?: (?:matin|après-midi|soir))?|après-demain|ce soir|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|chaque jour)(?: (?:à|vers) \w+ ?(?:h|heures?)?\d*)?|\bà (?:\d{1,2} ?h ?\d{0,2}|\w+ heures?)",
    "ru": r"(?:сегодня|завтра|послезавтра|вечером|утром|днём|днем|(?:в|во) (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)|каждый день)(?: (?:утром|вечером|днём))?(?: в \w+(?: час\w*)?)?|\bв \d{1,2}(?::\d{2})?(?: час\w*)?",
    "ar": r"(?:اليوم|غدا|غدًا|بكرة|بعد غد|هذا المساء|كل يوم|يوم (?:الأحد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت))(?: (?:صباحا|صباحًا|مساء|مساءً|ظهرا))?(?: الساعة \w+)?|الساعة \w+",
}  # fmt: skip


def find_entities(text: str, language: str, terms: Sequence[tuple[str, str]]) -> tuple[Entity, ...]:
    """Every language, device, term and time named, in the order of the text.

    `terms` are (language, word). The value of a language is its code, of a device its maker, of a term the
    glossary's word, of a time the words themselves.
    """
    found = [*_by_table("language", _LANGUAGES, text), *_by_table("device", _DEVICES, text)]
    found += _terms(text, [word for lang, word in terms if lang == language])
    found += [Entity("time", m.group().strip(), m.start(), m.end()) for m in _times(text, language)]
    return tuple(sorted(found, key=lambda e: (e.start, -e.end)))


def _by_table(name: str, table: dict[str, str], text: str) -> Iterator[Entity]:
    taken: list[tuple[int, int]] = []
    for value, expression in table.items():
        for match in re.finditer(expression, text, re.IGNORECASE):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield Entity(name, value, match.start(), match.end())


def _terms(text: str, words: Sequence[str]) -> Iterator[Entity]:
    heard = text.lower()
    taken: list[tuple[int, int]] = []
    for word in sorted(words, key=len, reverse=True):
        edge = r"\b" if word.isascii() else ""
        for match in re.finditer(f"{edge}{re.escape(word.lower())}{'s?' + edge if edge else ''}", heard):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield Entity("term", word, match.start(), match.end())


def _times(text: str, language: str) -> Iterator[re.Match[str]]:
    expression = _TIMES.get(language)
    if expression:
        yield from (m for m in re.finditer(expression, text, re.IGNORECASE) if len(m.group().strip()) >= 2)

"""When a learner means: "tomorrow at ten", "星期四下午三点", "in two hours". Days by the package dateparser, the
hour by our own small tables, since people say it in words."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

_HOURS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "zh": "一 二 三 四 五 六 七 八 九 十 十一 十二",
    "es": "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze",
    "ru": "час два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "ar": "الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة الحادية الثانيةعشر",
}
# Part of the day -> the hour meant where none is named, and whether a small number is one of the afternoon.
_PARTS = (
    (r"\bnoon\b|中午|mediod[ií]a|\bmidi\b|полдень|в обед|ظهر", 12, True),
    (r"morning|早|上午|ma[ñn]ana por la ma[ñn]ana|de la ma[ñn]ana|por la ma[ñn]ana|\bmatin|утр|صباح", 10, False),
    (r"afternoon|after lunch|下午|午饭|por la tarde|de la tarde|apr[èe]s-midi|дня|дн[её]м|بعد الظهر|عصر", 15, True),
    (r"evening|tonight|night|supper|dinner|晚|傍晚|noche|\bsoir|вечер|مساء", 18, True),
    (r"breakfast|早饭|desayuno|petit d[ée]jeuner|завтрак|فطور", 9, False),
)
# "In half an hour", "через два дня", "三天以后": a number, a unit, and a word that says from now on.
_AMOUNT = {
    "en": (
        r"in (?P<n>half an|an?|a couple of|\w+) (?P<u>minute|hour|day|week)|(?P<n2>half an|an?|\w+) (?P<u2>minute|hour|day|week)s? (?:later|from now)"
    ),
    "zh": r"(?P<n>[一二两兩三四五六七八九十几半\d]+)个?個?(?P<u>分钟|分鐘|小时|小時|钟头|鐘頭|天|礼拜|星期)[半]?(?:以后|以後|之后|后|後)|过(?P<n2>[一两兩三几])(?P<u2>天)",
    "es": r"(?:en|dentro de) (?P<n>media|una?|un par de|\w+) (?P<u>minuto|hora|día|semana)",
    "fr": r"dans (?P<n>une demi-|une?|\w+) ?(?P<u>minute|heure|jour|semaine)",
    "ru": r"через (?P<n>пол|\w+ )?(?P<u>минут|час|день|дн|недел)",
    "ar": r"بعد (?P<n>نص|نصف|شوية)? ?(?P<u>دقيقة|ساعتين|ساعة|يومين|يوم|أسبوع)",
}
_UNITS = (
    (r"minut|分", timedelta(minutes=1)), (r"hour|hora|heure|час|小时|小時|钟头|鐘頭|ساع", timedelta(hours=1)),
    (r"day|día|jour|д(?:ень|н)|天|يوم", timedelta(days=1)), (r"week|semana|semaine|недел|礼拜|星期|أسبوع", timedelta(days=7)),
    (r"دقيق|минут", timedelta(minutes=1)),
)  # fmt: skip
_NUMBERS = (
    "half|half an|半|media|une demi-|пол|نص|نصف", "a|an|one|一|una|un|une|", "two|a couple of|couple|两|兩|几|二|dos|un par de|deux|два|две",
    "three|三|tres|trois|три", "four|四|cuatro|quatre|четыре", "five|五|cinco|cinq|пять", "six|六|seis|шесть", "seven|七|siete|sept|семь",
    "eight|八|ocho|huit|восемь", "nine|九|nueve|neuf|девять", "ten|十|diez|dix|десять",
)  # fmt: skip
# What older people say for a day, in words that the date parser knows.
_ALSO = {
    "en": {r"tomor?ow|tmrw": "tomorrow", r"this (?=morning|afternoon|evening)": "today ", r"\b(\w+day)s\b": r"\1"},
    "zh": {"明朝|明日|明儿|聽日|听日|mingtian": "明天", "今朝|今日|今儿": "今天", "聽晚": "明天晚上", "後天": "后天", "禮拜|礼拜": "星期", "下個": "下个", "后晌": "下午"},
    "fr": {r"demin": "demain"},
    "ru": {r"завтро": "завтра", r"\b(?:в|во|к|на) (?=понед|вторн|сред|четв|пятн|субб|воскр)": "", "среду": "среда", "пятницу": "пятница", "субботу": "суббота"},
    "ar": {"بكره|بكرا|بكرة|غداً|غدا(?!ء)|غدًا": "غدا", "الليلة": "اليوم مساء", "الحد|الاحد": "الأحد", "الاربعاء": "الأربعاء"},
}  # fmt: skip
_WEEK = re.compile(
    r"^(?:next week|下个?(?:星期|周)|la semana que viene|la próxima semana|la semaine prochaine|на следующей неделе|الأسبوع (?:الجاي|القادم))$"
)
_WEEKEND = re.compile(r"weekend|周末|週末|fin de semana|week-end|выходн|نهاية الأسبوع")
_HALF = r"半|half past|y media|et demie|половин|والنصف|30"


def when(words: str, language: str, now: datetime) -> tuple[datetime, bool] | None:
    """The moment meant, and whether an hour was named. `now` is the learner's own clock, and so is the answer.

    None where the words name no time. A time of day that has gone by means the next day.
    """
    said = words.lower().replace("’", "'").strip()
    for pattern, plain in _ALSO.get(language, {}).items():
        said = re.sub(pattern, plain, said)
    if later := _later(said, language, now):
        return later
    clock, named = _clock(said, language)
    day = _day(said, language, now)
    if day is None and clock is None:
        return None
    moment = datetime.combine((day or now).date(), clock or time(10), now.tzinfo)
    if day is None and moment <= now:
        moment += timedelta(days=1)
    return moment, named


def _later(said: str, language: str, now: datetime) -> tuple[datetime, bool] | None:
    """A length of time from now on; days and weeks keep no hour."""
    found = re.search(_AMOUNT.get(language, _AMOUNT["en"]), said)
    if not found:
        return None
    parts = found.groupdict()
    number, unit = (parts["n"] or parts.get("n2") or "").strip(), parts["u"] or parts.get("u2") or ""
    length = next((length for pattern, length in _UNITS if re.search(pattern, unit)), None)
    how_many = _number(number)
    if length is None or how_many is None:
        return None
    twice = 2 if language == "ar" and unit.endswith("ين") else 1
    moment = now + length * how_many * twice
    if length < timedelta(days=1):
        return moment, True
    clock, named = _clock(said.replace(found.group(), " "), language)
    return datetime.combine(moment.date(), clock or time(10), now.tzinfo), named


def _number(word: str) -> float | None:
    if word.isdigit():
        return int(word)
    place = next((i for i, names in enumerate(_NUMBERS) if word in names.split("|")), None)
    return None if place is None else place or 0.5


def _clock(said: str, language: str) -> tuple[time | None, bool]:
    part = next(((hour, late) for pattern, hour, late in _PARTS if re.search(pattern, said)), None)
    hour, minute = _named_hour(said, language)
    if hour is None:
        return (time(part[0]) if part else None), False
    if (part and part[1] and hour < 12) or re.search(r"\d ?p\.?m|pm\b", said):
        hour = hour % 12 + 12
    elif part is None and hour < 7 and not re.search(r"a\.?m\b", said):
        hour += 12  # "at three" is the afternoon's for everybody who sleeps at night
    return time(hour % 24, minute), True


def _named_hour(said: str, language: str) -> tuple[int | None, int]:
    found = re.search(r"(?<!\d)(\d{1,2})(?:[:.：h](\d{2})|\s*[点點時时])?", said)
    if found and (
        found[2]
        or re.search(
            r"[点點時时]|o'?clock|\b(?:at|around|by|about) \d|[ap]\.?m|a las? \d|à \d|\bв \d|الساعة \d|\dh", said
        )
    ):
        return int(found[1]) % 24, int(found[2] or 0) or (30 if re.search(_HALF, said) and not found[2] else 0)
    names = _HOURS.get(language, _HOURS["en"]).split()
    for number in sorted(range(len(names)), key=lambda i: -len(names[i])):
        name = names[number]
        pattern = (
            rf"{name}\s*[点點]" if language == "zh" else rf"(?:at|past|to|by|around|about|a las?|à|в|الساعة)\s+{name}\b"
        )
        if re.search(pattern, said):
            hour = number + 1
            return hour, 30 if re.search(_HALF, said) else 0
    if language == "zh" and re.search(r"两点|兩點", said):
        return 2, 30 if "半" in said else 0
    return None, 0


def _day(said: str, language: str, now: datetime) -> datetime | None:
    """The day named, by the words for days alone."""
    if _WEEK.search(said):
        return now + timedelta(days=7)
    if _WEEKEND.search(said):
        return now + timedelta(days=(5 - now.weekday()) % 7 or 7)
    if language == "zh":
        found = re.search(r"大?后天|明[天早晚]|今[天晚]|(?:下?(?:个)?(?:星期|礼拜|周))[一二三四五六日天]", said)
        named = {"明早": "明天", "明晚": "明天", "今晚": "今天"}
        text = named.get(found[0], found[0].replace("礼拜", "星期").replace("周", "星期")) if found else ""
    elif language == "es":
        found = re.search(
            r"pasado mañana|hoy|(?<!la )mañana|lunes|martes|miércoles|jueves|viernes|sábado|domingo", said
        )
        text = found[0] if found else ""
    else:
        kept = re.sub(
            r"\b(?:at|around|by|about|à|vers|в|الساعة) [\w:.]+(?: past \w+)?(?: ?(?:am|pm|o'?clock|h|heures?|час\w*))?",
            " ",
            said,
        )
        text = re.sub(
            r"\b(?:in the |por la )?(?:morning|afternoon|evening|night)s?\b|\b(?:matin|soir|après-midi)\b|утром|вечером|днём|днем",
            " ",
            kept,
        )
        if re.search(r"\btonight\b|ce soir|сегодня", said):
            text = "today" if language == "en" else text
    return _parsed(text.strip(" ,."), language, now) if text.strip(" ,.") else None


def _parsed(text: str, language: str, now: datetime) -> datetime | None:
    import dateparser  # slow to load, and few messages name a time

    settings: Any = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
    try:
        found: datetime | None = dateparser.parse(text, languages=[language], settings=settings)
    except (ValueError, OverflowError, RecursionError):
        return None
    return found.replace(tzinfo=now.tzinfo) if found else None

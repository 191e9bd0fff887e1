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
_HALF = r"半|half past|y media|et demie|половин|والنصف|30"


def when(words: str, language: str, now: datetime) -> tuple[datetime, bool] | None:
    """The moment meant, and whether an hour was named. `now` is the learner's own clock, and so is the answer.

    None where the words name no time. A time of day that has gone by means the next day.
    """
    said = words.lower().strip()
    clock, named = _clock(said, language)
    day = _day(said, language, now)
    if re.search(
        r"\bin (an?|half an|\d+|\w+) (hour|minute)|小时|钟头|分钟|dentro de|dans (une|\d+) (heure|minute)|через", said
    ):
        moment = _parsed(said, language, now)
        return (moment, True) if moment else None
    if day is None and clock is None:
        return None
    moment = datetime.combine((day or now).date(), clock or time(10), now.tzinfo)
    if day is None and moment <= now:
        moment += timedelta(days=1)
    return moment, named


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

"""Why somebody is stuck, and how long a pause is meant: refinements of an intent, by expressions."""

from __future__ import annotations

import re

_REASONS: dict[str, tuple[tuple[str, str], ...]] = {
    "stuck": (
        ("asks_password", r"\b(asks?|asking|wants?|needs?|demands?)\b.*\b(password|pin|passcode|code)\b|(要|叫我|让我|问我).*(密码|口令|验证码)|(pid|quier|dice|exig).*(clave|contraseña|c[oó]digo|pin)|(demande|veut|réclame).*(mot de passe|code|identifiant)|(прос|треб|спраш|запраш).*(парол|код|логин)|(طلب|يطلب|طالب|اكتب).*(كلمة|رمز|الباسورد|كود)"),
        ("looks_different", r"\b(different|differently|not the same|other than)\b|不一样|不同|不是这样|两样|diferente|distint|différent|pas pareil|по-другому|не так|مختلف"),
        ("nothing_happens", r"\bnothing\b|\b(doesn'?t|does not|won'?t|isn'?t|not) (work|open|do|react|respond|working|responding)|没反应|没有反应|不动|不灵|打不开|点不|按不|no (pasa|hace|responde|se abre|funciona)|\brien\b|ne réagit pas|marche pas|s'ouvre pas|ничего не|не (открыва|работа|реагир|нажима)|لا يحدث|مفيش حاجة|ما (بي|ي)فتح|ما يرد"),
        ("not_there", r""),
    ),
    "pause": (
        ("moment", r"\b(hang|hold) on\b|\bwait\b|\b(moment|minute|second|sec|tick|mo)\b|\b(door|kettle|doorbell|phone's ringing|oven)\b|等|稍|慢着|敲门|水开|momentito|un momento|espér|esper[ae]|ahorita|ya (vengo|vuelvo)|minut|segund|timbre|puerta|aguard|attend|seconde|instant|reviens|on sonne|bouge|подожд|погод|секунд|минут|стой|звонят|لحظة|انتظر|استن|دقيقة|ثانية|اصبر|راجع|الباب"),
        ("day", r""),
    ),
}  # fmt: skip
_FOR_TODAY = re.compile(
    r"\b(today|tired|enough|tomorrow|stop|another day|later|rest)\b|今天|累|困|明天|下次|改天|不(弄|学)了|hoy|mañana|cansad|aujourd|demain|fatigu|сегодня|завтра|устал|اليوم|غدا|تعب",
    re.I,
)


def reason_of(intent: str, text: str) -> str:
    """not_there, looks_different, nothing_happens or asks_password for stuck; moment or day for pause; else ""."""
    heard = text.lower().replace("’", "'")
    if intent == "pause" and _FOR_TODAY.search(heard):
        return "day"
    return next((reason for reason, expression in _REASONS.get(intent, ()) if re.search(expression, heard)), "")

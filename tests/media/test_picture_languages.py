"""Every kind of screen in long German and Russian words and in Arabic, from the right: nothing cut off, nothing over
anything else. The words are put into the examples of docs/screens.md, so each component is met."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lessons.model import MAKERS, Picture
from media.drawing.marks import Box, Words
from media.picture import layout
from media.screen_file import Reader
from media.screens import ScreenLibrary, load_screens
from media.sheet import every_picture
from tests.media.test_picture_layout import MEASURES

DOCS = Path(__file__).parents[2] / "docs" / "screens.md"
# Words of real phones, short ones first; each English word gets one that is about half as long again.
WORDS = {
    "de": (
        "Ein", "Nein", "Start", "Weiter", "Anrufen", "Ablehnen", "Abbrechen", "Nachricht", "Einstellungen",
        "Taschenlampe", "Erinnerungen", "Startbildschirm", "Benachrichtigungen", "Bildschirmhelligkeit",
        "Netzwerk und Internet", "Stellen Sie das jetzt ein", "Verbindungen und Netzwerke verwalten",
        "Die Wörter werden dann so aussehen wie hier", "Darf die App auf Ihre Fotos und Videos zugreifen?",
    ),
    "ru": (
        "Да", "Нет", "Пуск", "Далее", "Звонок", "Отмена", "Закрыть", "Сообщение", "Настройки", "Фонарик",
        "Подключения", "Уведомления", "Подключиться", "Сеть и интернет", "Обновление системы",
        "Специальные возможности", "Уведомления и строка состояния", "Размер и стиль шрифта на экране",
        "Слова на экране будут выглядеть вот так", "Разрешить приложению доступ к вашим фотографиям?",
    ),
    "ar": (
        "لا", "نعم", "بدء", "التالي", "اتصال", "إلغاء", "إعدادات", "الرسائل", "الإعدادات", "الإشعارات",
        "الاتصالات", "الشبكة والإنترنت", "سطوع الشاشة", "تحديث النظام الآن", "إمكانية الوصول للجميع",
        "حجم الخط ونمط الشاشة", "ستظهر الكلمات بهذا الشكل هنا", "السماح للتطبيق بالوصول إلى صورك؟",
    ),
}  # fmt: skip
LONGER = {"de": 1.5, "ru": 1.4, "ar": 1.0}


def longer(text: str, language: str) -> str:
    """A word of that language about as much longer as such words are."""
    want = max(2.0, len(text) * LONGER[language])
    return min(WORDS[language], key=lambda word: (abs(len(word) - want), word))


def in_language(text: str, language: str) -> str:
    """A screen file with one language more, made from its English words."""
    return re.sub(r'\ben = "([^"]*)"', lambda m: f'en = "{m[1]}", {language} = "{longer(m[1], language)}"', text)


def library(language: str) -> ScreenLibrary:
    texts = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    read = [Reader(f"example {n}", in_language(t, language)).screen(f"example-{n}") for n, t in enumerate(texts)]
    return ScreenLibrary([*load_screens().screens.values(), *read])


@pytest.mark.parametrize("language", WORDS)
def test_long_words_fit_everywhere(language: str) -> None:
    screens = library(language)
    found = []
    for name in (s for s in screens.screens if s.startswith("example-")):
        for picture in every_picture(screens, name, language):
            view = screens.view(
                name, picture.element, picture.state, picture.system, picture.maker, picture.phone_language
            )
            scene = layout(picture, screens)
            for measure in MEASURES:
                found += [
                    f"{measure.__name__} {name}#{picture.element} {picture.maker}: {words}"
                    for words in measure(scene, view.target)
                ]
    assert not found, f"{len(found)} findings:\n" + "\n".join(found[:60])


def words_of(scene_words: list[Words], text: str) -> Box:
    return next(w.box for w in scene_words if w.text == text)


def test_arabic_is_mirrored_and_keypads_are_not() -> None:
    screens = library("ar")
    list_ = next(s for s in screens.screens if screens.screens[s].kind == "list" and s.startswith("example-"))
    picture = Picture(list_, "network", "", MAKERS["samsung"], "samsung", "ar")
    english = layout(Picture(list_, "network", "", MAKERS["samsung"], "samsung", "en"), screens)
    arabic = layout(picture, screens)
    assert words_of(english.words(), "10:15").x0 < 300 and words_of(arabic.words(), "10:15").x1 > 780
    spot, other = arabic.spots["network"].box, english.spots["network"].box
    assert (spot.x0, spot.x1) == (1080 - other.x1, 1080 - other.x0)
    row = next(w for w in arabic.words() if w.element == "network")
    assert row.box.x1 > 700
    pin = next(s for s in screens.screens if screens.screens[s].kind == "pin")
    keys = layout(Picture(pin, "five", "", MAKERS["samsung"], "samsung", "ar"), screens).words()
    assert words_of(keys, "1").x0 < words_of(keys, "2").x0 < words_of(keys, "3").x0

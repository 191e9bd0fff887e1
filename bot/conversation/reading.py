"""How it reaches the learner: voice, letters, language, and which phone it is about."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import ladder, lesson, trip
from bot.conversation.scene import Asked, Scene
from lessons.model import MAKERS

RATES = ("faster", "usual", "slower")


def voice_on(scene: Scene) -> None:
    scene.set(voice="on")
    scene.say("voice.on")
    scene.go_on()


def voice_off(scene: Scene) -> None:
    scene.set(voice="off")
    scene.say("voice.off")
    scene.go_on()


def voice_slower(scene: Scene) -> None:
    at = RATES.index(scene.session.rate) if scene.session.rate in RATES else 1
    already = at == len(RATES) - 1
    scene.set(rate=RATES[min(at + 1, 2)], voice="on")
    scene.say("voice.slowest" if already else "voice.slower")
    scene.go_on()


def _voice(scene: Scene) -> None:
    scene.say("voice.ask")
    first = "voice_on" if scene.session.voice == "off" else "voice_off"
    scene.ask("voice_menu", first, "voice_slower", "voice_faster", "go_on")


def _faster(scene: Scene) -> None:
    at = RATES.index(scene.session.rate) if scene.session.rate in RATES else 1
    scene.set(rate=RATES[max(at - 1, 0)], voice="on")
    scene.say("voice.faster")
    scene.go_on()


def bigger_text(scene: Scene) -> None:
    """On our own page we enlarge; a messenger leaves the letters to the phone: a larger picture, then the lesson."""
    scene.set(letters="largest" if scene.session.letters else "larger")
    if scene.session.channel == "web":
        scene.say("letters.web")
        return scene.go_on()
    scene.say("letters.elsewhere")
    place = scene.session.place
    there = scene.house.catalogue.lesson("bigger-text", scene.language)
    if there and not (place and place.lesson == "bigger-text"):
        return scene.open("letters_lesson")
    scene.go_on()


def _letters_lesson(scene: Scene) -> None:
    scene.say("letters.ask_lesson")
    scene.ask("letters_lesson", "yes_please", "not_now", "help")


def _show_letters(scene: Scene) -> None:
    from bot.conversation import choosing

    choosing.start(scene, "bigger-text")


def _letters_later(scene: Scene) -> None:
    scene.say("choose.no_hurry")
    scene.go_on()


# Language


def change_language(scene: Scene) -> None:
    wanted = scene.heard.entity("language")
    if wanted in scene.house.catalogue.languages():
        return speak(scene, wanted)
    if wanted:
        scene.say("language.not_yet")
    scene.open("language_menu")


def _languages(scene: Scene) -> None:
    scene.say("language.ask")
    others = [x for x in scene.house.catalogue.languages() if x != scene.language][:2]
    shown = [(f"language:{x}", scene.house.phrases.say("language.own_name", x)) for x in (scene.language, *others)]
    scene.ask("language_menu", *shown, "go_on")


def speak(scene: Scene, language: str) -> None:
    """From here on in this language. The phone's own language stays what it is."""
    if language != scene.language:
        if scene.session.system and not scene.session.phone_language:
            scene.set(phone_language=scene.language)
        scene.set(language=language)
        place = scene.session.place
        there = scene.house.catalogue.lesson(place.lesson, language) if place else None
        if place and there:
            scene.set(place=replace(place, language=language, version=there.version))
        scene.event("language_changed")
    scene.say("language.changed")
    scene.go_on(brief=False)


def _language_chosen(scene: Scene) -> None:
    if scene.arg not in scene.house.catalogue.languages():
        return scene.open("language_menu")
    speak(scene, scene.arg)


# Phone


def black_screen(scene: Scene) -> None:
    """White letters on black, as on the learner's own phone; chosen again, it is undone."""
    scene.set(dark=not scene.session.dark)
    scene.say("device.black" if scene.session.dark else "device.white")
    scene.go_on(brief=False)


def change_device(scene: Scene) -> None:
    """Another kind of phone; in the middle of a lesson the place stays, the words change."""
    device = scene.heard.entity("device")
    if device in ("iphone", "apple"):
        return set_device(scene, "iphone", "apple")
    if device in MAKERS:
        return set_device(scene, MAKERS[device], device)
    if device == "android":
        return set_device(scene, "android", "")
    scene.open("device_menu")


def set_device(scene: Scene, system: str, maker: str) -> None:
    scene.set(system=system, maker=maker)
    scene.event("device_changed")
    place = scene.session.place
    asked = scene.session.asked.partition(":")[0]
    if asked in ("phone", "maker") and not (place and place.step):
        from bot.conversation import meeting

        scene.say("phone.thank_you")
        return meeting.way_home_first(scene)
    scene.say("device.changed")
    if place and place.step not in ("", "end"):
        ids = [s.id for s in trip.steps_of(scene)]
        if place.step not in ids and ids:
            done = scene.note("done").split()
            left = next((x for x in ids if x not in done), ids[-1])
            return lesson.enter(scene, left)
        scene.set(place=replace(place, misses=0, hints=0))
        return scene.open("step")
    scene.go_on()


def _devices(scene: Scene) -> None:
    scene.say("device.ask")
    makers = ladder.makers_for(scene.language)[:2]
    shown = [(f"device:{m}", scene.phrase(f"maker.{m}")) for m in ("apple", *makers)]
    scene.ask("device_menu", *shown, "another_name")


def _device_chosen(scene: Scene) -> None:
    maker = scene.arg if scene.arg in MAKERS else ""
    set_device(scene, MAKERS.get(maker, "android"), maker)


STATES = (
    Asked(
        "voice_menu",
        _voice,
        {"voice_on": voice_on, "voice_off": voice_off, "voice_slower": voice_slower, "voice_faster": _faster},
        no="go_on",
        menu=True,
    ),
    Asked(
        "letters_lesson",
        _letters_lesson,
        {"yes_please": _show_letters, "not_now": _letters_later},
        yes="yes_please",
        no="not_now",
        intents={"next": "yes_please"},
        menu=True,
    ),
    Asked("language_menu", _languages, {"language": _language_chosen}, no="go_on", menu=True),
    Asked(
        "device_menu",
        _devices,
        {"device": _device_chosen, "another_name": lambda s: set_device(s, "android", "")},
        intents={"stuck": "another_name", "out_of_scope": "another_name"},
        menu=True,
    ),
)

"""The first meeting: a success before the questions, and the way home before all else."""

from __future__ import annotations

from bot.conversation import knowing, lesson, trip
from bot.conversation.ladder import another_way, makers_for
from bot.conversation.scene import Asked, Handler, Scene
from lessons.model import MAKERS


def hello(scene: Scene) -> None:
    """Who I am, who sent me, a machine, nothing can break, no money or codes, what is noted."""
    centre = scene.centre
    if scene.brief:
        scene.say("begin.again")
    elif scene.note("new_here"):
        scene.mark("new_here", "")
    elif centre.id == "home" or not centre.name:
        scene.say("begin.hello_home")
    else:
        scene.say("begin.hello", centre=centre.name)
        if centre.telephone:
            scene.say("begin.telephone", centre=centre.name, telephone=centre.telephone)
    if not scene.brief:
        scene.say("begin.what_i_am")
        scene.say("begin.promise")
        scene.say("begin.noted")
        scene.say("begin.ask")
    scene.ask("begin", "begin", "read_to_me", "who_is_this", "help")


def served_first(scene: Scene) -> None:
    """The first message already asks for something: a short hello, and then that."""
    centre = scene.centre
    if centre.id == "home" or not centre.name:
        scene.say("begin.short_home")
    else:
        scene.say("begin.short", centre=centre.name)
    scene.mark("hello_said")


def _begin(scene: Scene) -> None:
    scene.say("begin.first_tap" if scene.heard.choice else "begin.good")
    scene.open("read_well")


def _read_to_me(scene: Scene) -> None:
    scene.set(voice="on")
    scene.say("voice.on")
    scene.open("read_well")


def _who_is_this(scene: Scene) -> None:
    centre = scene.centre
    scene.say("who.program")
    if centre.telephone:
        scene.say("who.ring", centre=centre.name or scene.phrase("who.the_centre"), telephone=centre.telephone)
    else:
        scene.say("who.ask_sender")
    scene.open("checked_us")


def is_it_a_trick(scene: Scene) -> None:
    """Asked of us, or of something on the screen?"""
    if scene.finding.signs or scene.finding.warn:
        from bot.conversation import doubts

        return doubts.check_scam(scene)
    _who_is_this(scene)


def _checked_us(scene: Scene) -> None:
    scene.say("who.i_wait")
    scene.ask("checked_us", "they_say_fine", "ring_later", "larger", "help")


def _fine(scene: Scene) -> None:
    scene.say("who.good")
    scene.open("read_well")


def _read_well(scene: Scene) -> None:
    scene.say("read_well.ask")
    scene.ask("read_well", "yes", "larger", "read_to_me", "help")


def _reads_well(scene: Scene) -> None:
    scene.say("read_well.good")
    scene.open("phone")


def _larger(scene: Scene) -> None:
    scene.set(letters="largest" if scene.session.letters else "larger", voice=scene.session.voice or "on")
    scene.say("letters.spoken")
    scene.open("suits")


def _suits(scene: Scene) -> None:
    scene.say("letters.suits")
    scene.ask("suits", "yes", "larger", "voice_off", "help")


def _larger_still(scene: Scene) -> None:
    """Where the messenger decides the letters we make them larger on the phone itself, together."""
    scene.set(letters="largest", wanted="bigger-text")
    scene.say("letters.own_page" if scene.session.channel == "web" else "letters.phone_decides")
    scene.open("phone")


def _voice_off(scene: Scene) -> None:
    scene.set(voice="off")
    scene.say("voice.off")
    scene.open("phone")


def _read_to_me_then(scene: Scene) -> None:
    scene.set(voice="on")
    scene.say("voice.on")
    scene.open("phone")


def _suits_well(scene: Scene) -> None:
    scene.say("read_well.good")
    if scene.session.system and scene.note("met"):
        return scene.go_on()
    scene.open("phone")


def _phone(scene: Scene) -> None:
    if scene.session.system and not scene.note("met"):
        return way_home_first(scene)
    scene.say("phone.ask")
    scene.ask("phone", "apple", "a_name", "cannot_tell", "help")


def _apple(scene: Scene) -> None:
    scene.set(system="iphone", maker="apple")
    scene.say("phone.iphone")
    way_home_first(scene)


def _a_name(scene: Scene) -> None:
    scene.open("maker")


def _cannot_tell(scene: Scene) -> None:
    """Good enough: names of which we are not sure are then said as likely ones."""
    scene.set(system="android", maker="")
    scene.say("phone.no_matter")
    way_home_first(scene)


def _maker(scene: Scene) -> None:
    """Three makers at most a page; what is none of them is good enough too."""
    more = bool(scene.arg)
    makers = makers_for(scene.language)
    names = makers[2:4] if more else makers[:2]
    scene.say("phone.maker")
    buttons = [(f"maker:{m}", scene.phrase(f"maker.{m}")) for m in names]
    last = "none_of_these" if more else "another_name"
    scene.ask("maker:more" if more else "maker", *buttons, last, "help")


def _maker_chosen(scene: Scene) -> None:
    maker = scene.arg if scene.arg in MAKERS else ""
    scene.set(maker=maker, system=MAKERS.get(maker, "android"))
    after_maker(scene)


def _no_maker(scene: Scene) -> None:
    scene.set(system=scene.session.system or "android")
    after_maker(scene)


def after_maker(scene: Scene) -> None:
    scene.say("phone.thank_you")
    place = scene.session.place
    if place and place.step not in ("", "end"):
        return another_way(scene) if place.misses else scene.open("step")
    way_home_first(scene)


def _more_makers(scene: Scene) -> None:
    scene.open("maker:more")


def way_home_first(scene: Scene) -> None:
    """`there-and-back` before all others; then what was asked for."""
    known = trip.THERE_AND_BACK in knowing.finished_lessons(scene)
    if not known and trip.on_this_phone(scene) and scene.house.catalogue.lesson(trip.THERE_AND_BACK, scene.language):
        if scene.session.wanted:
            scene.say("begin.way_home_first")
        return lesson.begin(scene, trip.THERE_AND_BACK)
    what_they_came_for(scene)


def what_they_came_for(scene: Scene) -> None:
    scene.mark("met")
    if scene.session.wanted:
        return lesson.begin(scene, scene.session.wanted)
    scene.open("path")


def _reads_on(scene: Scene) -> None:
    scene.say("reads_on.ask")
    scene.ask("reads_on", "this_phone", "another_device", "on_paper", "help")


def _reads(on: str) -> Handler:
    def answered(scene: Scene) -> None:
        scene.set(reads_on=on)
        scene.say(f"reads_on.{on}")
        what_they_came_for(scene)

    return answered


def helper_here(scene: Scene) -> None:
    """Somebody is helping: hello to both; leave is asked of the learner alone."""
    if scene.known.people:
        from bot.conversation import people

        return people.someone_else(scene)
    scene.mark("helper")
    scene.say("begin.helper")
    scene.go_on()


STATES = (
    Asked(
        "begin",
        hello,
        {"begin": _begin, "read_to_me": _read_to_me, "who_is_this": _who_is_this},
        yes="begin",
        no="who_is_this",
        intents={
            "next": "begin",
            "greet": "begin",
            "voice_on": "read_to_me",
            "bot_challenge": "who_is_this",
            "check_scam": is_it_a_trick,
            "someone_else": helper_here,
        },
    ),
    Asked(
        "checked_us",
        _checked_us,
        {"they_say_fine": _fine, "ring_later": _fine, "larger": _larger},
        yes="they_say_fine",
        no="ring_later",
        intents={"next": "they_say_fine", "bigger_text": "larger"},
    ),
    Asked(
        "read_well",
        _read_well,
        {"yes": _reads_well, "larger": _larger, "read_to_me": _read_to_me_then},
        yes="yes",
        no="larger",
        intents={
            "next": "yes",
            "bigger_text": "larger",
            "stuck": "larger",
            "voice_on": "read_to_me",
            "someone_else": helper_here,
        },
    ),
    Asked(
        "suits",
        _suits,
        {"yes": _suits_well, "larger": _larger_still, "voice_off": _voice_off},
        yes="yes",
        no="larger",
        intents={"next": "yes", "bigger_text": "larger", "stuck": "larger", "voice_off": "voice_off"},
    ),
    Asked(
        "phone",
        _phone,
        {"apple": _apple, "a_name": _a_name, "cannot_tell": _cannot_tell},
        yes="apple",
        no="a_name",
        intents={"stuck": "cannot_tell", "out_of_scope": "cannot_tell", "skip_step": "cannot_tell"},
    ),
    Asked(
        "maker",
        _maker,
        {"maker": _maker_chosen, "another_name": _more_makers, "none_of_these": _no_maker},
        no="none_of_these",
        intents={"stuck": "none_of_these", "out_of_scope": "none_of_these", "skip_step": "none_of_these"},
    ),
    Asked(
        "reads_on",
        _reads_on,
        {
            "this_phone": _reads("this_phone"),
            "another_device": _reads("another_device"),
            "on_paper": _reads("paper"),
        },
        yes="this_phone",
        no="another_device",
        intents={"next": "this_phone", "change_device": "another_device", "skip_step": "this_phone"},
    ),
)

"""In a class: a word to whoever comes in, and a hand raised in the room before a card goes to the centre."""

from __future__ import annotations

from bot.conversation import choosing, lesson
from bot.conversation.scene import Asked, Scene

LINK = "k-"  # what the code on the wall carries: k-<code of the class>


def came_in(scene: Scene) -> bool:
    """Whether this message came by the code on the wall."""
    return scene.message is not None and scene.message.start.startswith(LINK)


def look_around(scene: Scene) -> None:
    """Before anything is answered: what this class learns is wanted. One that is over says so."""
    here = scene.known.in_class
    if not came_in(scene):
        return
    if here is None:
        return scene.say("class.over")
    _settle(scene)


def _settle(scene: Scene) -> None:
    """The class's lesson is wanted; its centre looks after whoever has none; a tablet is not the phone that is learned."""
    here = scene.known.in_class
    assert here is not None
    scene.set(wanted=here.lesson)
    if here.centre and scene.session.centre == "home":
        scene.set(centre=here.centre)
    if here.tablet:
        scene.set(reads_on="another_device")


def hello(scene: Scene) -> bool:
    """Whose class it is, which seat, and what is seen of them: once. False where it was said before, or there is none."""
    here = scene.known.in_class
    if here is None or scene.note("class") == here.id:
        return False
    scene.mark("class", here.id)
    _settle(scene)
    scene.say("class.hello" if here.volunteer else "class.hello_nobody", volunteer=here.volunteer, seat=str(here.seat))
    return True


def begin(scene: Scene) -> None:
    """The lesson of the class; at a screen that several share first the name that tells them apart."""
    here = scene.known.in_class
    assert here is not None
    if (here.tablet or here.shared) and not scene.session.name and not scene.note("name_asked"):
        scene.say("class.shared")
        scene.mark("new_here")
        return scene.open("name")
    choosing.start(scene, here.lesson)


def name_told(scene: Scene) -> bool:
    """After the name of somebody new at a screen of the class: its lesson, without more questions."""
    here = scene.known.in_class
    if here is None or scene.note("class") != here.id or not scene.house.catalogue.lesson(here.lesson, scene.language):
        return False
    scene.mark("new_here", "")
    scene.mark("hello_said")
    choosing.start(scene, here.lesson)
    return True


def opened_again(scene: Scene) -> None:
    """The code once more: the lesson begins, or goes on where it is."""
    here, place = scene.known.in_class, scene.session.place
    assert here is not None
    hello(scene)
    if place and place.lesson == here.lesson and place.step not in ("", "end"):
        return scene.open("step")
    begin(scene)


# A raised hand


def offers_hand(scene: Scene) -> bool:
    """Somebody is in the room: that is nearer than the centre."""
    return scene.known.in_class is not None


def offer(scene: Scene) -> None:
    """Asking for a person, in any words, is being stuck, whoever comes then."""
    here, place = scene.known.in_class, scene.session.place
    if place and place.step not in ("", "end") and not scene.note("stuck"):
        scene.mark("stuck")
        scene.event("stuck")
    scene.open("hand_up" if here and here.hand_up else "raise_hand")


def _ask(scene: Scene) -> None:
    here = scene.known.in_class
    named = here is not None and bool(here.volunteer)
    scene.say("class.ask" if named else "class.ask_nobody", volunteer=here.volunteer if here and named else "")
    scene.ask("raise_hand", "raise_hand", "person_elsewhere", "go_on", "help")


def _raise(scene: Scene) -> None:
    here = scene.known.in_class
    if here is None:  # the class ended meanwhile
        return _elsewhere(scene)
    scene.event("hand_raised")
    scene.say("class.raised", seat=str(here.seat))
    _waiting(scene)


def _show(scene: Scene) -> None:
    scene.say("class.is_up")
    _waiting(scene)


def _waiting(scene: Scene) -> None:
    scene.say("class.meanwhile")
    scene.ask("hand_up", "go_on", "i_have_it", "person_elsewhere", "help")
    if scene.note("before") == "stubborn":
        scene.mark("before", "step")


def _lower(scene: Scene) -> None:
    scene.event("hand_lowered")
    lesson.unstick(scene)
    scene.say("person.withdrawn")
    scene.go_on()


def _elsewhere(scene: Scene) -> None:
    """Somebody of the centre, as for anybody else."""
    from bot.conversation import a_person

    a_person.call_for(scene)


STATES = (
    Asked(
        "raise_hand",
        _ask,
        {"raise_hand": _raise, "person_elsewhere": _elsewhere},
        yes="raise_hand",
        no="go_on",
        intents={"next": "go_on", "resume": "go_on", "human_help": _raise},
        menu=True,
    ),
    Asked(
        "hand_up",
        _show,
        {"i_have_it": _lower, "person_elsewhere": _elsewhere},
        yes="go_on",
        no="i_have_it",
        intents={"next": "go_on", "resume": "go_on"},
        menu=True,
    ),
)

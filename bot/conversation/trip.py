"""There and back: the learner reads this on the very phone that they are learning.

A trip is what is done away from the chat before coming home: one step, or up to three that lie on one way.
"""

from __future__ import annotations

from bot.conversation.scene import Scene
from bot.conversation.words import things_in
from lessons.model import Picture, StepFor

THERE_AND_BACK = "there-and-back"
AT_MOST = 3
AN_HOUR = 3600
# With the way there and back a step has at most 35 words, or 55 Chinese characters.
SAID_MOST = {"": 35, "zh": 55}
SAID_ENOUGH = {"": 28, "zh": 45}
RISKS = ("pay", "id")
HOME_SCREENS = ("home", "go-home")


def on_this_phone(scene: Scene) -> bool:
    """Until it was asked, the phone in the hand is the phone that is learned."""
    return scene.session.reads_on in ("", "this_phone")


def steps_of(scene: Scene) -> tuple[StepFor, ...]:
    """The steps of the present lesson as this phone needs them."""
    lesson = scene.lesson
    return lesson.steps_for(scene.session.system or "android", scene.session.maker) if lesson else ()


def position(scene: Scene) -> int:
    """The index of the present step; 0 where the place is before the first."""
    place = scene.session.place
    ids = [s.id for s in steps_of(scene)]
    return ids.index(place.step) if place and place.step in ids else 0


def leaves(scene: Scene) -> bool:
    """Whether doing this lesson means leaving the chat on this phone, step by step."""
    place = scene.session.place
    if place is None or place.lesson == THERE_AND_BACK or not on_this_phone(scene):
        return False
    return not only_looks(scene)


def only_looks(scene: Scene) -> bool:
    """A lesson of drawings that are looked at here: a way through the phone begins at its first page, this does not."""
    screens = [s.picture.screen for s in steps_of(scene) if s.picture and s.picture.screen]
    return bool(screens) and screens[0] not in HOME_SCREENS


def looks_first(scene: Scene) -> bool:
    """A lesson about money or identity on the real phone: once, it is first walked on its pictures."""
    lesson = scene.lesson
    risky = lesson is not None and lesson.risk in RISKS and not only_looks(scene)
    return risky and lesson is not None and lesson.id not in scene.note("looked").split()


def trip(scene: Scene) -> tuple[StepFor, ...]:
    """The steps of the present trip, the first being where the learner stands."""
    steps, here, place = steps_of(scene), position(scene), scene.session.place
    if not steps or place is None:
        return ()
    if scene.lesson and scene.lesson.leaves_chat and leaves(scene):
        return steps[here:]
    if not leaves(scene) or scene.note("three") != "yes" or place.misses:
        return steps[here : here + 1]
    joined = [steps[here]]
    for step in steps[here + 1 : here + AT_MOST]:
        if joined[-1].alone or step.alone:
            break
        joined.append(step)
    return tuple(joined)


def round_trip(scene: Scene, missed: bool) -> None:
    """Count the round trips without a miss, which decide when three at a time are offered."""
    if leaves(scene):
        scene.mark("trips", "" if missed else scene.count("trips") + 1)


def may_offer_three(scene: Scene) -> bool:
    """After three round trips without a miss, once, and only where two steps could be joined."""
    if scene.note("three") or scene.count("trips") < AT_MOST or not leaves(scene):
        return False
    rest = steps_of(scene)[position(scene) :]
    return len(rest) >= 2 and not rest[0].alone and not rest[1].alone


def departure(scene: Scene, step: StepFor, *, first: bool) -> str:
    """How to leave for this step: from the start of the phone, or back to the page that was left open."""
    if not leaves(scene):
        return ""
    screen = step.picture.screen if step.picture else ""
    if screen == "go-home":
        return ""  # leaving is the step itself
    if scene.gap > AN_HOUR and not first and (way := short_way(scene, position(scene))):
        return scene.phrase("back.moved_on", way=way)
    title = screen_title(scene, step) if screen not in HOME_SCREENS else ""
    known = scene.count("ways_home") > AT_MOST
    if first or screen in HOME_SCREENS:
        return scene.phrase("trip.out_short" if known else "trip.out")
    if title:
        return scene.phrase("trip.to_screen", screen=f"**{title}**")
    return scene.phrase("trip.out_again")


def screen_title(scene: Scene, step: StepFor) -> str:
    """What stands at the top of the page on which this step begins; "" where it has no name of its own. An example is
    none: the page of a chat is called Anna in our pictures, and otherwise on the learner's phone."""
    screen = step.picture.screen if step.picture else ""
    found = scene.namer.name(screen) if screen else None
    if found is None or not found.text:
        return ""
    for other in steps_of(scene):
        picture = other.picture
        example = picture and not any(t.element == picture.element for t in things_in(other.instruction))
        ringed = scene.namer.name(picture.screen, picture.element) if picture and example and picture.element else None
        if ringed and ringed.text == found.text:
            return ""
    return found.text


def come_back(scene: Scene, said: int) -> str:
    """The return, shorter where much has been said already (`said` in words, or Chinese characters)."""
    if said > SAID_ENOUGH.get(scene.language, SAID_ENOUGH[""]):
        return scene.phrase("trip.come_back_short")
    return scene.phrase("trip.come_back_first" if scene.count("ways_home") <= AT_MOST else "trip.come_back")


def way_home(scene: Scene) -> tuple[Picture, ...]:
    """The picture of what to tap to come back here, the first three times."""
    if not leaves(scene) or scene.count("ways_home") > AT_MOST:
        return ()
    lesson = scene.house.catalogue.lesson(THERE_AND_BACK, scene.language)
    if lesson is None:
        return ()
    steps = lesson.steps_for(scene.session.system or "android", scene.session.maker)
    back = next((s.picture for s in steps if s.picture and s.picture.screen == "home"), None)
    shown = scene.namer.on_phone(back)
    return (shown,) if shown else ()


def short_way(scene: Scene, upto: int) -> str:
    """The way from the start of the phone to a step, as names: "**Settings**, then **Connections**"."""
    names: list[str] = []
    for step in steps_of(scene)[:upto]:
        name = scene.namer.named(step) or step.title[:1].lower() + step.title[1:]
        if name and name not in names:
            names.append(name)
    return scene.phrase("trip.then").join(names)

"""A lesson: what it is for, then step by step, each ending with the same four buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation import trip
from bot.conversation.scene import Asked, Handler, Line, Scene
from bot.conversation.words import first_sentence, length, paragraphs, plainly, terms_in
from bot.messages import Place
from lessons.model import Lesson, StepFor, Words

STEP_BUTTONS = ("next", "stuck", "repeat", "help")
PAUSED_AT_MOST = 3


def begin(scene: Scene, lesson_id: str) -> None:
    """Start a lesson; one that was going on is kept to come home to."""
    lesson = scene.house.catalogue.lesson(lesson_id, scene.language)
    if lesson is None:
        return scene.open("choose")
    leave(scene, lesson_id)
    scene.set(wanted="" if scene.session.wanted == lesson_id else scene.session.wanted)
    scene.set(place=Place(lesson.id, lesson.language, lesson.version, "", since=scene.at))
    scene.mark("done", "")
    scene.mark("short", "")
    scene.mark("met")
    scene.event("lesson_started")
    if confidence_due(scene, lesson_id):
        return scene.open("confidence:before")
    first_step(scene)


def first_step(scene: Scene) -> None:
    """The goal in the learner's words, and the first step."""
    lesson = scene.lesson
    steps = trip.steps_of(scene)
    if lesson is None or not steps:
        return scene.open("choose")
    tell_words(scene, lesson.goal)
    if lesson.leaves_chat and trip.leaves(scene):
        scene.say("lesson.leaves_chat")
    enter(scene, steps[0].id)


def enter(scene: Scene, step_id: str) -> None:
    """Arrive at a step."""
    place = scene.session.place
    assert place is not None
    scene.set(place=replace(place, step=step_id, misses=0, hints=0))
    scene.mark("again", "")
    scene.mark("trip", "")
    if trip.leaves(scene):
        scene.mark("ways_home", min(scene.count("ways_home") + 1, trip.AT_MOST + 1))
    scene.event("step_shown")
    scene.open("step")


def leave(scene: Scene, for_lesson: str = "") -> None:
    """Put the present lesson aside without losing the place; at most three wait."""
    place, waiting = scene.session.place, scene.session.paused
    unstick(scene)
    if place and place.step not in ("", "end") and place.lesson != for_lesson:
        scene.event("lesson_left")
        waiting = (
            replace(place, since=scene.at - timedelta(seconds=scene.gap)),
            *(p for p in waiting if p.lesson != place.lesson),
        )
    scene.set(place=None, paused=tuple(p for p in waiting if p.lesson != for_lesson)[:PAUSED_AT_MOST])


def take_up(scene: Scene, lesson_id: str) -> bool:
    """Come home to a lesson that waits. False where it does not wait."""
    place = next((p for p in scene.session.paused if p.lesson == lesson_id), None)
    if place is None:
        return False
    leave(scene, lesson_id)
    scene.set(place=place)
    scene.mark("done", "")
    scene.event("resumed")
    return True


def unstick(scene: Scene) -> None:
    if scene.note("stuck"):
        scene.mark("stuck", "")
        scene.event("unstuck")


def done(scene: Scene) -> None:
    """The present trip is done, with all its steps."""
    finished = trip.trip(scene)
    place = scene.session.place
    if place is None or not finished:
        return scene.open("choose")
    trip.round_trip(scene, missed=place.misses > 0)
    go_past(scene, finished)


def go_past(scene: Scene, finished: tuple[StepFor, ...], *, skipped: bool = False) -> None:
    """These steps lie behind: note them, and go to the one after them, or to the end."""
    if not skipped:
        for step in finished:
            scene.event("step_done", step=step.id)
        scene.mark("done", " ".join([*scene.note("done").split(), *(s.id for s in finished)]))
    unstick(scene)
    steps = trip.steps_of(scene)
    index = next((i for i, s in enumerate(steps) if s.id == finished[-1].id), 0) + 1
    if index >= len(steps):
        return finish(scene)
    if not skipped:
        halfway = len(steps) >= 4 and index == len(steps) // 2 and len(finished) == 1
        scene.say("step.halfway" if halfway else "step.well")
    after = steps[index]
    if trip.may_offer_three(scene):
        place = scene.session.place
        assert place is not None
        scene.set(place=replace(place, step=after.id, misses=0, hints=0))
        return scene.open("three")
    enter(scene, after.id)


def go_to(scene: Scene, step_id: str) -> None:
    """Where an *If you see* link leads: a step of this lesson, or its end."""
    if step_id == "end":
        return finish(scene)
    if step_id in [s.id for s in trip.steps_of(scene)]:
        return enter(scene, step_id)
    scene.open("step", brief=True)


def finish(scene: Scene) -> None:
    """The closing words; then what remains to be asked, one thing at a time."""
    lesson, place = scene.lesson, scene.session.place
    assert lesson is not None and place is not None
    scene.set(place=replace(place, step="end", misses=0, hints=0))
    scene.event("lesson_finished")
    scene.mark("finished", " ".join(dict.fromkeys([*scene.note("finished").split(), lesson.id])))
    scene.mark("lessons_today", scene.count("lessons_today") + 1)
    scene.mark("met")
    tell_words(scene, lesson.end)
    scene.open("after_checks:0")


def confidence_due(scene: Scene, lesson_id: str) -> bool:
    """Before and after the first lesson after there-and-back, and every third."""
    if lesson_id == trip.THERE_AND_BACK:
        return False
    others = [x for x in finished_lessons(scene) if x not in (trip.THERE_AND_BACK, lesson_id)]
    return len(others) % 3 == 0


def finished_lessons(scene: Scene) -> tuple[str, ...]:
    """Ids of what this learner can do already, the oldest first."""
    kept = [p.lesson for p in scene.known.progress if p.status == "finished" or p.completed]
    return tuple(dict.fromkeys([*kept, *scene.note("finished").split()]))


def title(scene: Scene, lesson_id: str) -> str:
    """A lesson's title in the learner's language, whether it is written or only planned; else ""."""
    lesson = scene.house.catalogue.lesson(lesson_id, scene.language)
    if lesson:
        return lesson.title
    planned = scene.house.catalogue.planned.get(lesson_id)
    return planned.titles.get(scene.language, "") if planned else ""


# What a step says


def tell_words(scene: Scene, words: Words | None, say: Words | None = None) -> None:
    """Words of a lesson, a paragraph a line; each line is one clip."""
    spoken = "\n".join(paragraphs(scene.namer.aloud(say))) if say else None
    for number, paragraph in enumerate(paragraphs(scene.namer.text(words))):
        scene.lines.append(Line(paragraph, None if spoken is None else spoken if number == 0 else ""))


def show_step(scene: Scene) -> None:
    """The present step, or trip of steps, with picture and the four buttons. Brief: only what to do."""
    lesson, place = scene.lesson, scene.session.place
    steps = trip.trip(scene)
    if lesson is None or place is None or not steps:
        return scene.open("choose")
    if place.step == "end":
        return scene.open("after_checks:0")
    if place.step == "":
        return first_step(scene)
    here = trip.position(scene)
    if not scene.brief and not scene.note("short_way"):
        _depart(scene, steps, here)
    scene.mark("short_way", "")
    if len(steps) == 1:
        tell_words(scene, steps[0].instruction, steps[0].say)
    else:
        for number, step in enumerate(steps, start=1):
            text = " ".join(paragraphs(scene.namer.text(step.instruction)))
            scene.tell(f"{number}. {text}", plainly(text))
    explain_new_word(scene, lesson, steps[0])
    ask_step(scene)


def _depart(scene: Scene, steps: tuple[StepFor, ...], here: int) -> None:
    """The way there, left out where the step itself is long and the way is known."""
    departure = trip.departure(scene, steps[0], first=here == 0)
    said = length(departure) + _said(scene, steps)
    most = trip.SAID_MOST.get(scene.language, trip.SAID_MOST[""])
    if said <= most or here == 0 or departure not in (scene.phrase("trip.out_again"), scene.phrase("trip.out_short")):
        scene.tell(departure)


def _said(scene: Scene, steps: tuple[StepFor, ...]) -> int:
    """Words (Chinese: characters) of what is to be done and the question."""
    return sum(length(scene.namer.text(s.instruction)) for s in steps) + length(scene.namer.text(steps[-1].ask))


def ask_step(scene: Scene, *, picture: bool = True) -> None:
    """What to look for, the way back, the picture, the name once alone, and the four buttons."""
    steps = trip.trip(scene)
    last = steps[-1]
    tell_words(scene, last.ask)
    if trip.leaves(scene):
        scene.tell(trip.come_back(scene, _said(scene, steps)))
    if picture:
        scene.picture = scene.namer.on_phone(steps[0].picture)
        scene.more_pictures = tuple(p for s in steps[1:] if (p := scene.namer.on_phone(s.picture))) or trip.way_home(
            scene
        )
    name = scene.namer.named(last, stars=False)
    if name:
        scene.tell("", name)
    here, all_steps = trip.position(scene), trip.steps_of(scene)
    scene.step = (here + 1, len(all_steps))
    scene.pace = "doing"
    first_lesson = not [x for x in finished_lessons(scene) if x != scene.session.place.lesson]  # type: ignore[union-attr]
    scene.ask("step", *STEP_BUTTONS)
    scene.read_buttons = scene.read_buttons or (first_lesson and here < 2)


def explain_new_word(scene: Scene, lesson: Lesson, step: StepFor) -> None:
    """A technical word is explained where it first appears: one a step, once for each learner."""
    told = scene.note("terms").split()
    for term in terms_in(step.instruction):
        entry = scene.house.catalogue.term(term.term, lesson.language)
        if entry and term.term not in told:
            text = scene.phrase("words.explained", word=entry.word, text=first_sentence(entry.text))
            # Who needs large letters hears it: with less to read the buttons stay in sight.
            heard_only = bool(scene.session.letters) and scene.session.voice != "off"
            scene.tell("" if heard_only else text, text)
            scene.mark("terms", " ".join([*told, term.term]))
            return


# What may be said at a step


def hear_again(scene: Scene) -> None:
    """Asking again is hearing: never a miss. At the third time slower or other words are offered."""
    scene.event("repeated")
    times = scene.count("again") + 1
    scene.mark("again", times)
    if times % 3 == 0:
        return scene.open("slower_or_other")
    scene.say("step.again")
    scene.open("step")
    scene.read_buttons = True


def back(scene: Scene) -> None:
    """One step back, because the learner asks for it."""
    here, steps = trip.position(scene), trip.steps_of(scene)
    if not steps or here == 0:
        scene.say("step.no_further_back")
        return scene.open("step", brief=True)
    scene.event("went_back")
    scene.say("step.back")
    enter(scene, steps[here - 1].id)


def skip(scene: Scene) -> None:
    steps = trip.trip(scene)
    if not steps:
        return scene.open("choose")
    scene.event("step_skipped")
    scene.say("step.skipped")
    scene.mark("short_way")
    go_past(scene, steps[:1], skipped=True)


def restart(scene: Scene) -> None:
    place = scene.session.place
    if place is None:
        return scene.open("choose")
    scene.say("lesson.from_start")
    scene.set(place=None)
    begin(scene, place.lesson)


def undo(scene: Scene) -> None:
    """How this step is taken back."""
    steps = trip.trip(scene)
    if steps and steps[0].undo:
        tell_words(scene, steps[0].undo)
    else:
        scene.say_by("way.out", scene.session.system)
    scene.open("step", brief=True)


def simpler(scene: Scene) -> None:
    """Other, fewer words: what the voice would say, or the shortest hint."""
    steps = trip.trip(scene)
    if not steps:
        return scene.go_on()
    step = steps[0]
    scene.say("step.other_words")
    place = scene.session.place
    assert place is not None
    if step.say or not step.hints:
        tell_words(scene, step.say or step.instruction)
    else:
        tell_words(scene, step.hints[place.hints % len(step.hints)])
        scene.set(place=replace(place, hints=place.hints + 1))
    ask_step(scene)


def show_picture(scene: Scene) -> None:
    scene.say("step.picture")
    ask_step(scene)


def three(scene: Scene) -> None:
    scene.say("three.ask")
    scene.ask("three", "yes_three", "one_is_fine", "help")


def _three(answer: str) -> Handler:
    def answered(scene: Scene) -> None:
        scene.mark("three", answer)
        place = scene.session.place
        if place is None:
            return scene.open("choose")
        scene.say(f"three.{answer}")
        enter(scene, place.step)

    return answered


def one_at_a_time(scene: Scene) -> None:
    """Three at a time may be undone at any time."""
    scene.mark("three", "no")
    scene.say("three.no")
    scene.open("step")


def slower_or_other(scene: Scene) -> None:
    scene.say("again.ask")
    scene.ask("slower_or_other", "slower", "other_words", "repeat", "help")


def _slower(scene: Scene) -> None:
    scene.set(rate="slower")
    scene.say("voice.slower")
    scene.open("step", brief=True)


def _other(scene: Scene) -> None:
    simpler(scene)


def _once_more(scene: Scene) -> None:
    scene.event("repeated")
    scene.open("step")
    scene.read_buttons = True


def _stuck(scene: Scene) -> None:
    from bot.conversation import ladder

    ladder.miss(scene)


STATES = (
    Asked(
        "step",
        show_step,
        {"next": done, "stuck": _stuck, "repeat": hear_again},
        yes="next",
        no="stuck",
    ),
    Asked("three", three, {"yes_three": _three("yes"), "one_is_fine": _three("no")}, yes="yes_three", no="one_is_fine"),
    Asked(
        "slower_or_other",
        slower_or_other,
        {"slower": _slower, "other_words": _other, "repeat": _once_more},
        yes="slower",
        no="repeat",
        intents={"voice_slower": "slower", "simpler": "other_words", "repeat": "repeat"},
    ),
)

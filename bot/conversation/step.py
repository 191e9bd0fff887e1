"""What a step says: the way there, what to do, what to look for, the way back, and the same four buttons."""

from __future__ import annotations

from bot.conversation import trip
from bot.conversation.knowing import finished_lessons
from bot.conversation.scene import Line, Scene
from bot.conversation.words import first_sentence, length, paragraphs, terms_in
from lessons.model import Lesson, StepFor, Words

STEP_BUTTONS = ("next", "stuck", "repeat", "help")


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
    here = trip.position(scene)
    if not scene.brief and not scene.note("short_way"):
        _depart(scene, steps, here)
    scene.mark("short_way", "")
    if len(steps) == 1:
        tell_words(scene, steps[0].instruction, steps[0].say)
    else:
        for number, step in enumerate(steps, start=1):
            text = " ".join(paragraphs(scene.namer.text(step.instruction)))
            scene.tell(f"{number}. {text}", text)
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
    name = scene.namer.named(last)
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

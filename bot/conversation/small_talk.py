"""What people say in between: answered in a line, then the present question again."""

from __future__ import annotations

from bot.conversation import at_step, coming_back, knowing, trip
from bot.conversation.scene import Scene
from bot.conversation.words import terms_in


def answer(key: str, *, brief: bool = True) -> object:
    def said(scene: Scene) -> None:
        scene.say(key)
        scene.go_on(brief=brief)

    return said


def thanks(scene: Scene) -> None:
    name = scene.session.name
    scene.say("talk.thanks_name" if name and scene.session.turn % 2 else "talk.thanks", name=name)
    scene.go_on()


def greet(scene: Scene) -> None:
    if scene.note("met") and scene.session.asked:
        return coming_back.welcome(scene)
    scene.go_on(brief=False)


def capabilities(scene: Scene) -> None:
    scene.say("talk.capabilities")
    scene.go_on()


def bot_challenge(scene: Scene) -> None:
    scene.say("talk.machine")
    scene.go_on()


def my_progress(scene: Scene) -> None:
    """What they can do, as a list in their own words: no figures, no per cent."""
    titles = [t for x in knowing.finished_lessons(scene) if (t := knowing.title(scene, x))]
    if titles:
        scene.say("progress.you_can", what="\n".join(f"• {t}" for t in titles[-8:]))
        scene.say("progress.stays")
    else:
        scene.say("progress.begun")
    scene.go_on()


def explain_term(scene: Scene) -> None:
    """The word that was asked about, else the newest one of the present step; then the present step again."""
    catalogue, language = scene.house.catalogue, scene.language
    asked = scene.heard.entity("term")
    entry = find_term(scene, asked) if asked else None
    if entry is None and not asked:
        steps = trip.trip(scene)
        term = next((t for s in steps for t in terms_in(s.instruction)), None)
        entry = catalogue.term(term.term, language) if term else None
    if entry is None:
        scene.say("talk.no_such_word" if asked else "talk.which_word")
        return scene.go_on()
    scene.event("word_explained")
    scene.say("words.explained", word=entry.word, text=entry.text)
    scene.go_on()


def find_term(scene: Scene, asked: str):  # type: ignore[no-untyped-def]
    """By id or by word, whatever its spelling: "wifi" finds "Wi-Fi"."""

    def bare(word: str) -> str:
        return "".join(c for c in word.casefold() if c.isalnum())

    catalogue, language = scene.house.catalogue, scene.language
    found = catalogue.term(asked, language)
    if found:
        return found
    for term, entry in catalogue.terms(language).items():
        if bare(asked) in (bare(term), bare(entry.word)):
            return entry
    return None


def show_picture(scene: Scene) -> None:
    if trip.trip(scene):
        return at_step.show_picture(scene)
    scene.say("talk.no_picture_here")
    scene.go_on()


def simpler(scene: Scene) -> None:
    if trip.trip(scene):
        return at_step.simpler(scene)
    scene.say("talk.shorter")
    scene.go_on()


def out_of_scope(scene: Scene) -> None:
    """Kindly, and two or three things that can be done: the buttons of the present question are those."""
    scene.say("talk.out_of_scope_step" if trip.trip(scene) else "talk.out_of_scope")
    scene.go_on()


def unclear(scene: Scene) -> None:
    """Yes or no where neither means anything: the question again."""
    scene.say("talk.which_of_these")
    scene.go_on()


def goodbye(scene: Scene) -> None:
    from bot.conversation import next_time

    next_time.enough(scene)

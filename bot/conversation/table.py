"""The closed list of what can have been asked, and what each of the intents means wherever nothing else is said.

Together they answer every intent in every state: what a state does not understand in its own way, this list does.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import (
    a_person,
    after_a_trick,
    at_step,
    checks,
    choosing,
    classroom,
    coming_back,
    danger,
    day_after,
    doings,
    doubts,
    ending,
    family,
    ladder,
    looking,
    meeting,
    my_data,
    next_time,
    people,
    reading,
    small_talk,
    tricked,
    whom_to_ring,
)
from bot.conversation import help as help_
from bot.conversation.scene import Asked, Handler, Scene

ASKED: Mapping[str, Asked] = {
    state.name: state
    for module in (
        meeting, ladder, looking, checks, ending, doings, next_time, choosing, coming_back, help_, a_person, people,
        tricked, whom_to_ring, after_a_trick, danger, day_after,
        doubts, at_step, classroom,
        reading, my_data, family,
    )
    for state in module.STATES
}  # fmt: skip


def _in_lesson(then: Handler, otherwise: Handler) -> Handler:
    return lambda scene: then(scene) if help_.in_lesson(scene) else otherwise(scene)


def again(scene: Scene) -> None:
    """The present question once more, read aloud with its buttons."""
    scene.say("talk.once_more")
    scene.open(scene.session.asked or "begin")
    scene.read_buttons = True


def pause(scene: Scene) -> None:
    """Two depths: "hang on, the door", and enough for today."""
    if scene.heard.reason == "moment":
        return next_time.moment(scene)
    next_time.enough(scene)


def lost(scene: Scene) -> None:
    help_.lost(scene)


BY_DEFAULT: Mapping[str, Handler] = {
    "next": small_talk.unclear,
    "repeat": again,
    "back": _in_lesson(at_step.back, small_talk.unclear),
    "stuck": _in_lesson(ladder.miss, small_talk.unclear),
    "skip_step": _in_lesson(at_step.skip, small_talk.unclear),
    "pause": pause,
    "resume": coming_back.resume,
    "restart_lesson": at_step.restart,
    "affirm": small_talk.unclear,
    "deny": small_talk.unclear,
    "find_lesson": choosing.find,
    "list_lessons": choosing.list_lessons,
    "next_lesson": choosing.suggest_next,
    "my_progress": small_talk.my_progress,
    "explain_term": small_talk.explain_term,
    "show_picture": small_talk.show_picture,
    "simpler": small_talk.simpler,
    "voice_on": reading.voice_on,
    "voice_off": reading.voice_off,
    "voice_slower": reading.voice_slower,
    "bigger_text": reading.bigger_text,
    "change_language": reading.change_language,
    "change_device": reading.change_device,
    "human_help": a_person.human_help,
    "check_scam": doubts.check_scam,
    "tricked": tricked.tricked,
    "emergency": danger.emergency,
    "lost": lost,
    "someone_else": people.someone_else,
    "worried": doubts.worried,
    "reminder_set": next_time.set_reminder,
    "reminder_off": next_time.no_reminders,
    "my_data": my_data.my_data,
    "delete_me": my_data.delete_me,
    "capabilities": small_talk.capabilities,
    "bot_challenge": small_talk.bot_challenge,
    "greet": small_talk.greet,
    "thanks": small_talk.thanks,
    "goodbye": small_talk.goodbye,
    "out_of_scope": small_talk.out_of_scope,
}

# Buttons that mean the same wherever they stand.
EVERYWHERE: Mapping[str, Handler] = {
    "help": help_.open_help,
    "go_on": help_.back_to_it,
    "to_the_step": help_.back_to_it,
    "enough": next_time.enough,
    "person": a_person.human_help,
    "repeat": again,
    "simpler": small_talk.simpler,
    "back": BY_DEFAULT["back"],
    "skip_step": BY_DEFAULT["skip_step"],
    "letters": reading.bigger_text,
    "larger": reading.bigger_text,
    "voice": lambda s: s.open("voice_menu"),
    "voice_off": reading.voice_off,
    "language": lambda s: s.open("language_menu"),
    "who_is_here": lambda s: s.open("who"),
    "my_data": my_data.my_data,
    "family": family.open_family,
    "delete_me": my_data.delete_me,
    "new_lesson": choosing.list_lessons,
    "what_can_i_learn": choosing.list_lessons,
    "what_i_can": small_talk.my_progress,
    "phone_is_other": lambda s: s.open("device_menu"),
    "black_screen": reading.black_screen,
    "white_screen": reading.black_screen,
    "something_else": choosing.list_lessons,
    "something_small": choosing.something_small,
    "something_new": choosing.suggest_next,
    "one_at_a_time": at_step.one_at_a_time,
}

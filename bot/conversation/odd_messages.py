"""Voices, pictures, stickers, places, forwarded and edited messages: kindly answered in every state, never a dead end."""

from __future__ import annotations

from bot.conversation import trip
from bot.conversation.doubts import check_scam
from bot.conversation.scene import Scene
from bot.conversation.trouble import IN_DANGER, IN_TRICKED, asked_name

UNHEARD = {"voice": "odd.voice", "picture": "odd.picture", "other": "odd.other", "edited": "odd.edited"}


def cut_secret(scene: Scene) -> None:
    """A code, a card number, a password came along: taken away here, and one kind sentence why."""
    kinds = sorted({s.kind for s in scene.finding.secrets})
    scene.event("secret_removed", kind=kinds[0])
    scene.delete = scene.message.id if scene.message else ""
    if asked_name(scene) in IN_TRICKED:
        scene.say("secret.not_needed")
    else:
        scene.say(
            f"secret.{kinds[0]}" if scene.house.phrases.has(f"secret.{kinds[0]}", scene.language) else "secret.any"
        )


# What is still listened to beside a secret: the rest of such a message is seldom a wish of its own.
BESIDE_A_SECRET = (
    "next",
    "affirm",
    "deny",
    "stuck",
    "human_help",
    "check_scam",
    "worried",
    "pause",
    "goodbye",
    "delete_me",
)


def only_secret(scene: Scene) -> bool:
    """Whether the message was the secret and no more, and has been answered. After a code one thing is asked:
    has somebody asked for it?"""
    if not scene.finding.secrets or scene.heard.choice:
        return False
    if asked_name(scene) not in (*IN_TRICKED, *IN_DANGER) and any(s.kind == "code" for s in scene.finding.secrets):
        scene.open("asked_for_code")
        return True
    if scene.heard.intent in BESIDE_A_SECRET and _words_left(scene) and _means_something_here(scene):
        return False
    scene.go_on()
    return True


def _words_left(scene: Scene) -> bool:
    """Whether more than the secret was sent: what is left holds a letter."""
    return any(c.isalpha() for c in scene.finding.text)


def _means_something_here(scene: Scene) -> bool:
    """A "yes" or "done" beside a secret counts where the present question takes it."""
    heard, state = scene.heard.intent, scene.table[asked_name(scene) or "begin"]
    if heard not in ("next", "affirm", "deny", "stuck"):
        return True
    taken = {"affirm": state.yes, "deny": state.no}.get(heard)
    return bool(taken) or heard in state.intents or heard in state.choices or asked_name(scene) == "step"


def answered_oddly(scene: Scene) -> bool:
    """Whether this was a message that is no words and no tap, and has been answered."""
    message = scene.message
    kind = message.kind if message else "text"
    if kind == "forwarded" and asked_name(scene) not in (*IN_TRICKED, *IN_DANGER):
        check_scam(scene)
        return True
    if kind == "forwarded":
        scene.go_on()
        return True
    if kind not in UNHEARD or (kind == "voice" and scene.heard.text):
        return False
    if kind == "voice" and scene.note("voice_told"):
        scene.say("odd.voice_again")
    else:
        scene.say(UNHEARD[kind])
    if kind == "voice":
        scene.mark("voice_told")
        scene.set(voice=scene.session.voice or "on")  # who speaks would often rather listen than read
    if kind == "picture" and asked_name(scene) == "step" and trip.leaves(scene) and trip.steps_of(scene):
        scene.open("where_are_you")
    else:
        scene.go_on()
    scene.read_buttons = True
    return True

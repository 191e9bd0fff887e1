"""Being in trouble: which states hold, what is still heard in them, and the calm answer to all else."""

from __future__ import annotations

from bot.conversation.scene import Scene

IN_TRICKED = ("tricked_call", "tricked_ring", "tricked_write", "tricked_alone", "tricked_phone_off", "tricked_after")
IN_DANGER = ("danger_body", "danger_despair", "danger_after")


# What is still understood while somebody is in trouble; all else brings the same question again, calmly.
STILL_HEARD = (
    "human_help", "worried", "emergency", "tricked", "repeat", "simpler", "voice_on", "voice_off", "voice_slower",
    "bigger_text", "change_language", "someone_else", "bot_challenge", "thanks",
)  # fmt: skip


def asked_name(scene: Scene) -> str:
    return scene.session.asked.partition(":")[0]


def calmly(scene: Scene) -> None:
    """Anything else that is said in trouble: a human line, and the same question."""
    scene.urgent = True
    scene.say("tricked.i_am_here")
    scene.brief = True
    scene.open(scene.session.asked, brief=True)

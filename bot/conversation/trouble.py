"""Being in trouble: which states hold, what is still heard in them, the calm answer to all else; and the shapes
that every such state has."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.scene import Asked, Handler, Scene

IN_TRICKED = (
    "tricked_call", "tricked_phone_off", "tricked_given", "tricked_code", "tricked_account", "tricked_family", "tricked_ring",
    "tricked_write", "tricked_alone", "tricked_after", "tricked_rest",
)  # fmt: skip
IN_DANGER = ("danger_body", "danger_despair", "danger_after")


# What is still understood while somebody is in trouble; all else brings the same question again, calmly.
STILL_HEARD = (
    "human_help", "worried", "emergency", "tricked", "repeat", "simpler", "voice_on", "voice_off", "voice_slower",
    "bigger_text", "change_language", "someone_else", "bot_challenge", "thanks",
)  # fmt: skip
SHORT_NUMBER = 6  # digits that can be read out one by one


def asked_name(scene: Scene) -> str:
    return scene.session.asked.partition(":")[0]


def calmly(scene: Scene) -> None:
    """Anything else that is said in trouble: a human line, and the same question."""
    scene.urgent = True
    scene.say("tricked.i_am_here")
    scene.brief = True
    scene.open(scene.session.asked, brief=True)


def no_shame(scene: Scene) -> None:
    """ "What a fool": it is they who did wrong; nothing is told to the family."""
    scene.say("tricked.no_shame")
    scene.go_on()


def held(
    name: str,
    show: Handler,
    choices: Mapping[str, Handler],
    *,
    yes: str = "",
    no: str = "",
    intents: Mapping[str, Handler | str] | None = None,
) -> Asked:
    """A question that lies over the lesson and stays until it is answered. Without an entry of its own, "done"
    means yes, "I can't" means no, and shame is answered first."""
    usual: dict[str, Handler | str] = {"worried": no_shame}
    usual |= ({"next": yes} if yes else {}) | ({"stuck": no} if no else {})
    return Asked(name, show, choices, yes=yes, no=no, intents={**usual, **(intents or {})}, menu=True, holds=True)


def saying(*keys: str, then: str, urgent: bool = False) -> Handler:
    """A handler that says these lines, and asks what stands under `then`."""

    def handler(scene: Scene) -> None:
        scene.urgent = urgent
        for key in keys:
            scene.say(key)
        scene.open(then)

    return handler


def asking(name: str, *choices: str, lines: tuple[str, ...], urgent: bool = False) -> Handler:
    """A handler that says these lines with these buttons under them."""

    def handler(scene: Scene) -> None:
        scene.urgent = urgent
        for key in lines:
            scene.say(key)
        scene.ask(name, *choices)

    return handler


def bold(number: str) -> str:
    return f"**{number}**"


def keys_of(scene: Scene, number: str) -> str:
    """The number in words how: "1, 5, 9"; "" where it is too long to be said so."""
    digits = number.replace(" ", "")
    return scene.phrase("list.comma").join(digits) if digits.isdigit() and len(digits) <= SHORT_NUMBER else ""

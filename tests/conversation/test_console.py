"""The terminal: a script is played line by line, and a person types numbers or words."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from rich.console import Console

from bot.channels.console import ScriptError, chat, play_script
from bot.messages import Message, Reply
from tests.talk import MONDAY, Talk


@dataclass(frozen=True)
class Said:
    turn: int
    reply: Reply


def sender(talk: Talk) -> object:
    """A tutor without a store, as `send`."""

    async def send(message: Message) -> Sequence[Said]:
        if message.at > talk.at:
            talk.at = message.at
        talk.seconds = 0
        if message.tap:
            talk.tap_turn(message.tap, 0)
        elif message.first:
            talk.start(message.start)
        elif message.kind in ("voice", "picture", "other"):
            talk.send(message.kind)
        else:
            talk.say(message.text, message.kind)
        return [Said(talk.session.turn, r) for r in talk.replies]

    return send


SCRIPT = """
# a first meeting
/start
[Yes, let's begin]
> Yes
(voice)
[An apple]
done
@ +2h
right
(photo)
(forwarded) You have won, tap here: http://bit.ly/x
"""


async def test_a_script_is_played() -> None:
    out: list[str] = []
    await play_script(sender(Talk()), SCRIPT, at=MONDAY, out=out.append)  # type: ignore[arg-type]
    text = "\n".join(out)
    assert "You: [Yes, let's begin]" in text
    assert "Handrail: Hello. I am Handrail" in text
    assert "I can't listen to voices here yet" in text
    assert "(+2h)" in text
    assert text.index("Good to see you") > text.index("(+2h)")


async def test_json_is_one_object_a_line() -> None:
    out: list[str] = []
    await play_script(sender(Talk()), SCRIPT, at=MONDAY, out=out.append, as_json=True)  # type: ignore[arg-type]
    data = [json.loads(line) for line in out]
    assert {"choice": "begin", "label": "Yes, let's begin"} in data[1]["buttons"]


@pytest.mark.parametrize(
    "script, says",
    [
        (
            "/start\n[Nothing of the kind]",
            "line 2: there is no button [Nothing of the kind]. The buttons are: [Yes, let's begin]",
        ),
        ("/start\n@ soon", "line 2: '@ soon' is no time"),
        ("(telegram) hello", "line 1: (telegram) is not known"),
    ],
)
async def test_a_wrong_line_is_named(script: str, says: str) -> None:
    with pytest.raises(ScriptError) as wrong:
        await play_script(sender(Talk()), script, at=MONDAY, out=lambda _: None)  # type: ignore[arg-type]
    assert says in str(wrong.value)


async def test_a_person_types_numbers_and_words() -> None:
    typed = iter(["1", "yes", "", "3"])

    async def ask(prompt: str) -> str:
        for line in typed:
            return line
        raise EOFError

    screen = io.StringIO()
    console = Console(file=screen, width=100, no_color=True)
    talk = Talk()
    await chat(sender(talk), now=lambda: talk.at + timedelta(seconds=9), console=console, ask=ask)  # type: ignore[arg-type]
    assert "Can you read this well?" in screen.getvalue()
    assert talk.session.system == "android"
    assert "  1  Yes, let's begin" in screen.getvalue()

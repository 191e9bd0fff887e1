"""The tutor in the terminal: typed by a person, or played from a file of lines. The tutor itself is handed in as `send`."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from rich.console import Console
from rich.markup import escape

from bot.messages import Button, Message, Reply, Tap

CHANNEL = "console"
BETWEEN_LINES = timedelta(seconds=20)
UNITS = {"s": "seconds", "m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
KINDS = ("voice", "picture", "photo", "forwarded", "edited", "other", "sticker")
WORDS = {
    "en": {"you": "You", "hint": "Type a number or your own words. Ctrl+D ends it.", "picture": "Picture", "step": "Step {n} of {of}"},
    "zh": {"you": "您", "hint": "打数字，或者打您自己的话。Ctrl+D 结束。", "picture": "图", "step": "第 {n} 步，共 {of} 步"},
}  # fmt: skip


class Said(Protocol):
    """A reply and the turn whose buttons it carries (bot.store.Parcel is one)."""

    @property
    def turn(self) -> int: ...
    @property
    def reply(self) -> Reply: ...


Send = Callable[[Message], Awaitable[Sequence[Said]]]


class ScriptError(Exception):
    """A line of a script cannot be played; the message names the line and says what to do."""


@dataclass
class Terminal:
    """One chat in the terminal: what was sent last, and which buttons are live."""

    send: Send
    at: datetime
    chat: str = CHANNEL
    buttons: tuple[Button, ...] = ()
    turn: int = 0
    count: int = 0
    said: list[Said] = field(default_factory=list)

    async def put(
        self, kind: str, text: str = "", *, tap: Tap | None = None, first: bool = False, start: str = ""
    ) -> list[Said]:
        """Sends one message and keeps the buttons of the answer. An aside leaves the old ones live."""
        self.count += 1
        message = Message(
            id=f"console-{self.count}",
            learner="",
            at=self.at,
            kind=kind,
            text=text,
            tap=tap,
            channel=CHANNEL,
            chat=self.chat,
            start=start,
            first=first,
        )
        self.said = list(await self.send(message))
        for one in self.said:
            if one.reply.buttons:
                self.buttons, self.turn = one.reply.buttons, one.turn
        return self.said

    async def tap(self, button: Button) -> list[Said]:
        return await self.put("tap", tap=Tap(self.turn, button.choice))

    def button(self, wanted: str) -> Button | None:
        """By label or choice, or by number from 1."""
        if wanted.isdigit() and 1 <= int(wanted) <= len(self.buttons):
            return self.buttons[int(wanted) - 1]
        folded = wanted.strip().casefold()
        return next((b for b in self.buttons if folded in (b.label.casefold(), b.choice.casefold())), None)


# A script


@dataclass(frozen=True)
class Line:
    """`what` is words, tap, wait, start or a kind of message; `number` counts from 1."""

    number: int
    what: str
    text: str = ""


def read_script(text: str) -> Iterator[Line]:
    """The lines of a script. Raises ScriptError where a line is not understood."""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            _duration(line, number)
            yield Line(number, "wait", line[1:].strip())
        elif line.startswith("/start"):
            yield Line(number, "start", line[6:].strip())
        elif found := re.fullmatch(r"\[(.+)\]|>\s*(.+)", line):
            yield Line(number, "tap", (found[1] or found[2]).strip())
        elif found := re.match(r"\((\w+)\)\s*(.*)", line):
            if found[1] not in KINDS:
                raise ScriptError(f"line {number}: ({found[1]}) is not known. Write one of ({'), ('.join(KINDS)}).")
            kind = {"photo": "picture", "sticker": "other"}.get(found[1], found[1])
            yield Line(number, kind, found[2])
        else:
            yield Line(number, "text", line)


def _duration(line: str, number: int) -> timedelta:
    """`@ +2h`, `@ +1d 30m`."""
    parts = re.findall(r"(\d+)\s*(min|[smhdw])", line)
    if not parts or re.sub(r"(\d+)\s*(min|[smhdw])|[@+\s]", "", line):
        raise ScriptError(f"line {number}: {line!r} is no time. Write it like this: @ +2h, @ +3d, @ +20min.")
    return sum((timedelta(**{UNITS[unit]: int(many)}) for many, unit in parts), timedelta())


async def play_script(
    send: Send,
    script: str,
    *,
    at: datetime,
    out: Callable[[str], None],
    as_json: bool = False,
    language: str = "en",
) -> None:
    """Plays the lines of a script and hands what is said to `out`, line by line. Raises ScriptError, with the line,
    where a line is not understood or taps a button that is not there."""
    terminal = Terminal(send, at)
    for line in read_script(script):
        if line.what == "wait":
            terminal.at += _duration("@" + line.text, line.number)
            out(_json({"wait": line.text}) if as_json else f"\n({line.text})")
            continue
        said = await _play(terminal, line)
        for text in _told(terminal, line, said, as_json, language):
            out(text)
        terminal.at += BETWEEN_LINES


async def _play(terminal: Terminal, line: Line) -> list[Said]:
    if line.what == "start":
        return await terminal.put("text", first=True, start=line.text)
    if line.what == "tap":
        button = terminal.button(line.text)
        if button is None:
            there = ", ".join(f"[{b.label}]" for b in terminal.buttons) or "none"
            raise ScriptError(f"line {line.number}: there is no button [{line.text}]. The buttons are: {there}.")
        return await terminal.tap(button)
    return await terminal.put(line.what, line.text)


def _told(terminal: Terminal, line: Line, said: Sequence[Said], as_json: bool, language: str) -> Iterator[str]:
    mine = (
        f"[{line.text}]"
        if line.what == "tap"
        else line.text
        if line.what == "text"
        else f"({line.what}) {line.text}".strip()
    )
    if as_json:
        yield _json({"you": line.text, "kind": line.what, "at": terminal.at.isoformat()})
        for one in said:
            yield _json(as_data(one))
        return
    words = WORDS.get(language, WORDS["en"])
    yield f"\n{words['you']}: {mine}"
    for one in said:
        yield f"\nHandrail: {one.reply.words}"
        yield from (f"  ({text})" for text in _around(one.reply, words))
        if one.reply.buttons:
            yield "  " + " ".join(f"[{b.label}]" for b in one.reply.buttons)


def _around(reply: Reply, words: dict[str, str]) -> Iterator[str]:
    if reply.step:
        yield words["step"].format(n=reply.step[0], of=reply.step[1])
    for picture in (reply.picture, *reply.more_pictures):
        if picture:
            yield f"{words['picture']}: {picture.alt}"


def as_data(one: Said) -> dict[str, Any]:
    """A reply as plain data, for `--json`."""
    reply = one.reply
    return {
        "handrail": reply.words,
        "spoken": reply.spoken.replace("**", "") if reply.spoken else reply.spoken,
        "buttons": [{"choice": b.choice, "label": b.label} for b in reply.buttons],
        "picture": _picture(reply),
        "step": list(reply.step) if reply.step else None,
        "urgent": reply.urgent,
        "aside": reply.aside,
        "turn": one.turn,
    }


def _picture(reply: Reply) -> dict[str, str] | None:
    picture = reply.picture
    if picture is None:
        return None
    return {"screen": picture.screen, "element": picture.element, "own": picture.own, "alt": picture.alt}


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


# A person at the keyboard


async def chat(
    send: Send,
    *,
    now: Callable[[], datetime],
    console: Console | None = None,
    ask: Callable[[str], Awaitable[str]] | None = None,
    language: str = "en",
    start: str = "",
    as_json: bool = False,
) -> None:
    """Talks until the input ends. `ask` reads one line (default: the keyboard); EOFError ends the chat."""
    console = console or Console()
    words = WORDS.get(language, WORDS["en"])
    read = ask or _from_keyboard
    terminal = Terminal(send, now())
    if not as_json:
        console.print(words["hint"], style="dim")
    said = await terminal.put("text", first=True, start=start)
    while True:
        for one in said:
            console.print(_json(as_data(one)), soft_wrap=True, markup=False, highlight=False) if as_json else _show(
                console, one.reply, words
            )
        try:
            typed = (await read(f"{words['you']}: ")).strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if not typed:
            said = []
            continue
        terminal.at = now()
        button = terminal.button(typed)
        said = await (terminal.tap(button) if button else terminal.put("text", typed))


async def _from_keyboard(prompt: str) -> str:
    return await asyncio.to_thread(input, prompt)


def _show(console: Console, reply: Reply, words: dict[str, str]) -> None:
    """The words with what is on the phone in bold, then the buttons, one a row, with their numbers."""
    text = re.sub(r"\*\*(.+?)\*\*", r"[bold]\1[/bold]", escape(reply.words))
    console.print()
    console.print(text, style="red" if reply.urgent else "", highlight=False)
    for around in _around(reply, words):
        console.print(f"({escape(around)})", style="dim", highlight=False)
    for number, button in enumerate(reply.buttons, start=1):
        console.print(f"  [cyan]{number}[/cyan]  {escape(button.label)}", highlight=False)

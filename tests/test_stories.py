"""Conversations in Markdown files, played line by line. The session is saved and read back between the lines.

In tests/stories/<language>/<name>.md a learner's lines are quotations, in the words of a script: `> Done` typed, `> [Done]` tapped,
`> [Done] twice`, `> (voice)`, `> (forwarded) text`, `> @ +2h`, `> /start`. `> some words {resume}` says what a recogniser
makes of them (`{stuck:looks_different}`: with its reason). Everything else between the quotations is Handrail's, and is
written by `pytest tests/test_stories.py --update`. The head is a list: language, centre, channel, at, session (JSON), never.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.channels.console import _duration
from bot.messages import Place, Plan, Tap
from tests.talk import Talk, the_catalogue

STORIES = Path(__file__).parent / "stories"
FILES = sorted(STORIES.glob("*/*.md"))
ASIDE = ("message_received", "step_shown")


def head_of(text: str) -> dict[str, str]:
    return dict(re.findall(r"^- ([a-z]+): (.+)$", text.partition("\n> ")[0], re.M))


def talk_of(head: dict[str, str], language: str) -> Talk:
    """The talk as the head of the story describes it."""
    at = datetime.fromisoformat(head.get("at", "2026-11-23T10:00:00+00:00"))
    talk = Talk(
        language=head.get("language", language),
        centre=head.get("centre", "elm-street" if language == "en" else "changfeng"),
        channel=head.get("channel", "telegram"),
        at=at,
    )
    given = json.loads(head.get("session", "{}"))
    if given:
        talk.start()
        talk.events, talk.at, talk.shown_at = [], at, None
        for name in ("place", "paused"):
            if name in given:
                places = [given[name]] if name == "place" else given[name]
                made = tuple(_place(p, talk.session.language, at) for p in places)
                given[name] = made[0] if name == "place" else made
        if "last_at" in given:
            given["last_at"] = datetime.fromisoformat(given["last_at"])
        talk._keep(replace(talk.session, **{"asked": "choose", **given}))
        if given.get("asked") or "place" in given:
            asked = given.get("asked", "step")
            talk._keep(replace(talk.session, asked=asked))
        replies = talk.conversation.present(talk.session, at=at, known=talk.known())
        buttons = _buttons(talk)
        talk._keep(replace(talk.session, choices=buttons))
        assert replies
    for recall in head.get("recalls", "").split():
        talk.plans.append(Plan("recall", at, recall, {"level": "0"}))
    return talk


def _buttons(talk: Talk):  # type: ignore[no-untyped-def]
    """The buttons that the present question would have."""
    scene = talk.conversation._scene(talk.session, talk.at, talk.known())
    scene.open(talk.session.asked)
    return scene.buttons


def _place(given: dict[str, str], language: str, at: datetime) -> Place:
    lesson = the_catalogue().lesson(given["lesson"], language)
    assert lesson
    return Place(
        lesson.id,
        language,
        lesson.version,
        given["step"],
        since=datetime.fromisoformat(given.get("since", at.isoformat())),
    )


def play(text: str, language: str) -> Iterator[str]:
    """The whole story again, with the replies of today."""
    head = head_of(text)
    talk = talk_of(head, language)
    before, _, rest = text.partition("\n> ")
    yield before.strip() + "\n"
    for block in re.findall(r"^> .+$|^<!--.*-->$", "> " + rest, re.M) if rest else []:
        yield f"\n{block}\n"
        if block.startswith("<!--"):
            continue
        line, count = block[2:].strip(), len(talk.events)
        told = _do(talk, line)
        if told is not None:
            yield f"\n{told}\n"
        names = [e.name for e in talk.events[count:] if e.name not in ASIDE]
        if names:
            yield f"\n_{', '.join(names)}_\n"
        for never in head.get("never", "").split(", "):
            assert not never or not any(never in kept for kept in (*talk.stored.values(), repr(talk.events))), never


def _do(talk: Talk, line: str) -> str | None:
    if line.startswith("@"):
        talk.at += _duration(line, 0)
        return None
    if line.startswith("!due"):
        plan = next(p for p in talk.plans if p.kind == line.split()[1])
        talk.at = plan.due
        return _told(talk.due(plan))
    if line.startswith("/start"):
        return _told(talk.start(line[6:].strip()))
    if found := re.fullmatch(r"\[(.+?)\](.*)", line):
        turn = talk.session.turn
        told = _told(talk.tap(found[1]))
        last = talk.session.last_tap
        if found[2].strip() == "twice":
            assert last and talk.tap_turn(Tap(turn, last[1]), 0.4) == "again", "the second tap counted"
        elif found[2].strip() == "and the next":
            assert talk.tap_turn(Tap(talk.session.turn, talk.buttons[0].choice), 0.3) == "too_soon"
        return told
    if found := re.fullmatch(r"\((\w+)\)\s*(.*)", line):
        kind = {"photo": "picture"}.get(found[1], found[1])
        return _told(talk.say(found[2], kind) if kind in ("forwarded", "edited") else talk.send(kind))
    if found := re.fullmatch(r"(.*?)\s*\{(\w+)(?::(\w+))?((?: \w+=[\w,-]+)*)\}", line):
        return _told(_meant(talk, found))
    return _told(talk.say(line))


def _meant(talk: Talk, found: re.Match[str]) -> Talk:
    from nlu.intent import Entity

    given = dict(pair.split("=") for pair in found[4].split())
    lessons = tuple((x, 0.9) for x in given.pop("lesson", "").split(",") if x)
    entities = tuple(Entity(name, value) for name, value in given.items())
    return talk.mean(found[2], found[1], reason=found[3] or "", lessons=lessons, entities=entities)


def _told(talk: Talk) -> str:
    """The replies, as they stand in the file."""
    shown = []
    for reply in talk.replies:
        parts = [reply.words]
        pictures = [p for p in (reply.picture, *reply.more_pictures) if p]
        if pictures:
            parts.append(" ".join(f"({p.screen or p.own}#{p.element}{', black' if p.dark else ''})" for p in pictures))
        if reply.delete:
            parts.append("(your message is taken away)")
        if reply.buttons:
            parts.append(" ".join(f"\\[{b.label}\\]" for b in reply.buttons))
        shown.append("\n\n".join(parts))
    return "\n\n---\n\n".join(shown) or "(nothing)"


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_story(path: Path, request: pytest.FixtureRequest) -> None:
    written = path.read_text(encoding="utf-8")
    played = re.sub(r"\n{3,}", "\n\n", "".join(play(written, path.parent.name))).strip() + "\n"
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    else:
        assert played == written


def test_there_are_stories_in_both_languages() -> None:
    assert len([f for f in FILES if f.parent.name == "en"]) >= 10
    assert len([f for f in FILES if f.parent.name == "zh"]) >= 10

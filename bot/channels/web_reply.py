"""A Reply as the page's JSON. Words travel as they are; the page builds text from them, never HTML."""

from __future__ import annotations

from typing import Any

from bot.channels.web_shelf import Shelf
from bot.messages import Reply, Session
from lessons.model import Picture


def as_json(reply: Reply, session: Session, shelf: Shelf, *, id: int | None, turn: int, place: int) -> dict[str, Any]:
    """`id` is None for a present place that was not sent but looked up."""
    pictures = [p for p in (reply.picture, *reply.more_pictures) if p is not None]
    return {
        "id": id,
        "turn": turn,
        "place": place,
        "words": reply.words,
        "buttons": [{"choice": b.choice, "label": b.label} for b in reply.buttons],
        "step": list(reply.step) if reply.step else None,
        "urgent": reply.urgent,
        "aside": reply.aside,
        "pictures": [_picture(p, shelf) for p in pictures],
        "share": reply.share,
        "file": "/api/my_data" if reply.file == "my_data" else "",
        "passed": _passed(reply, shelf),
        "voice": "" if session.voice == "off" else _voice(reply, session, shelf),
    }


def _picture(picture: Picture, shelf: Shelf) -> dict[str, str]:
    name = shelf.put_picture(picture)
    return {"part": f"/picture/{name}/part.png", "whole": f"/picture/{name}/whole.png", "alt": picture.alt}


def _passed(reply: Reply, shelf: Shelf) -> dict[str, str] | None:
    """A voice or a picture that somebody else sent."""
    where, _, rest = reply.file.partition("/")
    if where not in ("telegram", "kept"):
        return None
    return {"kind": rest.partition("/")[0], "address": f"/passed/{shelf.put_passed(reply.file)}"}


def _voice(reply: Reply, session: Session, shelf: Shelf) -> str:
    name = shelf.put_voice(reply, session)
    return f"/voice/{name}.mp3" if name else ""

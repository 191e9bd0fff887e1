"""Phones in Arabic are read from the right: the laid-out screen is turned over, its letters and photographs are not."""

from __future__ import annotations

from dataclasses import replace

from media.drawing.letters import width
from media.drawing.marks import Art, Box, Line, Mark, Scene, Sign, Spot, Words

WIDE = 1080
FROM_THE_RIGHT = ("ar", "fa", "he", "ur")
# What a camera sees, and the phone itself, are the same everywhere.
AS_THEY_ARE = ("camera", "device")
# Icons that point along the reading.
POINTING = {
    "arrow_back", "arrow_forward", "arrow_back_ios", "arrow_forward_ios", "arrow_back_ios_new", "send", "reply",
    "forward", "chevron_left", "chevron_right", "keyboard_backspace", "undo", "redo", "logout", "login", "exit_to_app",
    "volume_up", "volume_down", "volume_off", "volume_mute", "format_list_bulleted", "toc", "note_add", "sort", "segment",
    "attach_file", "directions_walk", "directions_run", "chat", "sms", "message", "forum", "label", "trending_up", "launch",
    "open_in_new", "backspace", "speaker_notes", "article", "notes", "shortcut",
}  # fmt: skip


def from_the_right(language: str) -> bool:
    return language.split("-")[0] in FROM_THE_RIGHT


def over(box: Box) -> Box:
    return Box(WIDE - box.x1, box.y0, WIDE - box.x0, box.y1)


def mirror(scene: Scene) -> None:
    """Turn the scene over, in place."""
    scene.marks = [mark if id(mark) in scene.as_it_is else turned(mark) for mark in scene.marks]
    for name, spot in scene.spots.items():
        if name not in scene.spots_as_they_are:
            scene.spots[name] = Spot(over(spot.box), spot.radius, spot.hole)


def turned(mark: Mark) -> Mark:
    if isinstance(mark, Words):
        return replace(mark, x=WIDE - mark.x - round(width(mark.text, mark.face)))
    if isinstance(mark, Line):
        return replace(mark, points=tuple((WIDE - x, y) for x, y in mark.points))
    if isinstance(mark, Sign):
        return replace(mark, box=over(mark.box), flipped=mark.icon in POINTING)
    if isinstance(mark, Art):
        return replace(mark, box=over(mark.box))
    return replace(mark, box=over(mark.box))

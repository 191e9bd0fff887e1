"""A board to lay a screen out on: the glass with its status bar, and helpers that place words, icons and switches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from media.drawing.letters import Face, Set, cap, ended, fit, is_right_to_left, width
from media.drawing.marks import Art, Box, Colour, Fill, Line, Mark, Outline, Scene, Sign, Spot, Words, around, colour
from media.drawing.mirror import from_the_right
from media.drawing.style import TINTS, Look, look_of
from media.screens import Item, View

LEAST = 65
LEAST_TARGET = 86
CANVAS = 1440
WITH_KEYBOARD = 1530
GREY_OFF = colour("#4A515C")


class Board:
    """Marks are added in the order in which they are painted."""

    def __init__(self, view: View, *, tall: int = CANVAS, whole: bool = True, dark: bool = False) -> None:
        self.view = view
        self.look: Look = look_of(view.maker, view.language, dark or bool(view.at.get("dark")))
        bottom = tall - 38 if whole else tall + 200
        self.screen = Box(36, 38, 1044, bottom)
        self.scene = Scene(tall, self.screen, self.look.dark, self.look.page, cut_at=tall if not whole else bottom)
        self.scene.runs_on = not whole

    @property
    def target(self) -> str:
        return self.view.target

    def add(self, *marks: Mark) -> None:
        self.scene.marks.extend(marks)

    @contextmanager
    def as_it_is(self) -> Iterator[None]:
        """What is added inside is the same on phones that are read from the right: keyboards, numbers, photographs."""
        start, spots = len(self.scene.marks), set(self.scene.spots)
        yield
        self.scene.as_it_is |= {id(mark) for mark in self.scene.marks[start:]}
        self.scene.spots_as_they_are |= set(self.scene.spots) - spots

    def spot(self, item: Item, box: Box, radius: int) -> None:
        self.scene.spots[item.id] = Spot(box, radius)

    def set(
        self, text: str, size: int, room: float, *, weight: str = "regular", target: bool = False, lines: int = 9
    ) -> Set:
        """The words in the size that fits; a target's label is never under 86."""
        least = LEAST_TARGET if target else LEAST
        found = fit(text, self.look.face(max(size, least), weight), room, least, lines)
        return found if lines > 1 or len(found.lines) == 1 else Set((ended(text, found.face, room),), found.face)

    def write(
        self,
        what: Set,
        x: int,
        y: int,
        paint: Colour,
        *,
        across: int = 0,
        middle: bool = False,
        element: str = "",
        label: bool = False,
    ) -> int:
        """Lines from x, the first one's capitals beginning at y; `across` is the room they stand in. Returns the
        last baseline."""
        baseline = y + cap(what.face.size) + what.rise
        for line in what.lines:
            wide = round(width(line, what.face))
            left = x
            if middle:
                left = x + (across - wide) // 2
            elif across and is_right_to_left(line) and not from_the_right(self.view.language):
                left = x + across - wide
            self.add(Words(line, left, baseline, what.face, paint, element, label))
            baseline += what.pitch
        return baseline - what.pitch + what.fall

    def icon(self, box: Box, name: str, paint: Colour, *, filled: bool = True, alone: bool = False) -> None:
        self.add(Sign(box, name, paint, filled, alone))

    def tile(self, box: Box, item: Item, radius: int | None = None) -> None:
        """An icon on its coloured shape."""
        name = item.text("icon")
        solid, pale, deep = self.look.tint(item.text("tint"), name, sum(map(ord, item.id)))
        is_pale = self.look.icon_shape == "pale" and radius is None
        round_ = box.wide // 2 if self.look.icon_shape in ("pale", "round") and radius is None else radius
        shape, ink = (pale, deep) if is_pale or radius is not None else (solid, colour("#FFFFFF"))
        if self.look.icon_shape == "square" and radius is None:
            round_ = self.look.radius
        self.add(Fill(box, shape, round_ or 0))
        inside = round(box.wide * (0.62 if radius is None else 0.66))
        self.icon(around(*box.middle, inside, inside), name, ink)

    def avatar(self, box: Box, letter: str, tint: str = "purple") -> None:
        deep = TINTS[tint][2] if tint not in ("dark", "white") else TINTS["grey"][2]
        self.add(Fill(box, deep, box.wide // 2))
        what = Set((letter,), Face(self.look.family, "bold", max(LEAST, box.wide // 2)))
        tall = cap(what.face.size)
        self.write(what, box.x0, box.middle[1] - tall // 2, colour("#FFFFFF"), across=box.wide, middle=True)

    def switch(self, right: int, y: int, on: bool) -> int:
        """A switch that ends at `right`, its middle at y. Returns its left edge."""
        wide, tall = 150, 92
        box = Box(right - wide, y - tall // 2, right, y + tall // 2)
        back = self.look.accent if on else GREY_OFF
        self.add(Fill(box, back, tall // 2))
        knob = tall - 16
        x = box.x1 - 8 - knob // 2 if on else box.x0 + 8 + knob // 2
        self.add(Fill(around(x, y, knob, knob), self.look.on_accent if on else colour("#FFFFFF"), knob // 2))
        return box.x0

    def tick(self, right: int, y: int, on: bool) -> int:
        box = around(right - 45, y, 84, 84)
        if on:
            self.add(Fill(box, self.look.accent, 22))
            self.icon(around(right - 45, y, 70, 70), "check", self.look.on_accent)
        else:
            self.add(Outline(box, self.look.second, self.look.card, 22, 7))
        return box.x0

    def chevron(self, right: int, y: int) -> int:
        self.add(Line(((right - 24, y - 24), (right - 2, y), (right - 24, y + 24)), self.look.second, 9))
        return right - 30

    def status_bar(self, paint: Colour | None = None) -> None:
        """The clock, the signal, the battery; a Wi-Fi sign only where Wi-Fi is on."""
        paint = paint or self.look.text
        iphone = self.look.iphone
        self.add(Words("10:15", 114 if iphone else 104, 117, self.look_face(65, "medium"), paint))
        right = 980
        if iphone:
            self.add(Fill(Box(415, 64, 665, 134), colour("#05070B"), 35))
            self.add(
                Outline(Box(872, 70, 968, 124), paint, self.look.page, 18, 6), Fill(Box(884, 82, 938, 112), paint, 8)
            )
            self.add(Fill(Box(970, 88, 978, 106), paint, 4))
            right = 852
        else:
            self.add(
                Fill(Box(957, 64, 972, 74), paint, 4), Outline(Box(944, 72, 984, 126), paint, self.look.page, 9, 6)
            )
            self.add(Fill(Box(953, 88, 975, 117), paint, 2))
            right = 924
        if self.view.at.get("wifi-on"):
            self.icon(Box(right - 68, 62, right, 130), "wifi", paint)
            right -= 82
        for n in range(4):
            x = right - 60 + n * 16
            self.add(Fill(Box(x, 122 - 14 * (n + 1), x + 12, 122), paint, 4))

    def look_face(self, size: int, weight: str) -> Face:
        return Face("inter" if self.look.iphone else "roboto", weight, size)

    def home_line(self, paint: Colour | None = None) -> None:
        """The thin line at the bottom, or the three signs where the file has them."""
        items = [i for i in self.view.of("nav") if not self.look.iphone]
        paint = paint or self.look.text
        bottom = self.screen.y1
        if not items:
            self.add(Fill(Box(380, bottom - 34, 700, bottom - 23), paint, 6))
            return
        step = self.screen.wide // (len(items) + 1)
        for n, item in enumerate(items, 1):
            x, y = self.screen.x0 + step * n, bottom - 66
            self.icon(around(x, y, 84, 84), item.text("icon") or "circle", paint, filled=False, alone=True)
            self.spot(item, around(x, y, 150, 124), 62)

    @property
    def foot(self) -> int:
        """How much the bottom of the phone needs."""
        return 132 if self.view.of("nav") and not self.look.iphone else 62

    def back_arrow(self, item: Item | None, x: int, y: int, paint: Colour) -> None:
        if self.look.iphone:
            self.add(Line(((x + 34, y - 34), (x, y), (x + 34, y + 34)), paint, 11))
        else:
            self.icon(around(x + 22, y, 92, 92), "arrow_back", paint, filled=False, alone=True)
        if item:
            self.spot(item, around(x + 24, y, 128, 128), 64)

    def picture(self, box: Box, name: str, radius: int) -> None:
        self.add(Art(box, name, radius))

"""What a laid-out screen consists of: pure values with pixel boxes, for the painter to paint and tests to measure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from media.drawing.letters import Face, ink, width

Colour = tuple[int, int, int]


def colour(hexa: str) -> Colour:
    """ "#14161B" as numbers."""
    return (int(hexa[1:3], 16), int(hexa[3:5], 16), int(hexa[5:7], 16))


@dataclass(frozen=True)
class Box:
    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def wide(self) -> int:
        return self.x1 - self.x0

    @property
    def tall(self) -> int:
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[int, int]:
        return ((self.x0 + self.x1) // 2, (self.y0 + self.y1) // 2)

    def grown(self, by: int) -> Box:
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def moved(self, x: int, y: int) -> Box:
        return Box(self.x0 + x, self.y0 + y, self.x1 + x, self.y1 + y)

    def meets(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, other: Box) -> bool:
        return self.x0 <= other.x0 and self.y0 <= other.y0 and self.x1 >= other.x1 and self.y1 >= other.y1

    def within(self, other: Box) -> Box:
        return Box(
            max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1)
        )  # fmt: skip


def around(x: float, y: float, wide: float, tall: float) -> Box:
    """A box with its middle at x, y."""
    left, top = round(x - wide / 2), round(y - tall / 2)
    return Box(left, top, left + round(wide), top + round(tall))


@dataclass(frozen=True)
class Fill:
    """A rounded box of one colour."""

    box: Box
    colour: Colour
    radius: int = 0
    shadow: bool = False


@dataclass(frozen=True)
class Outline:
    """A rounded box's edge, drawn inside the box, round what `inside` fills."""

    box: Box
    colour: Colour
    inside: Colour
    radius: int = 0
    thick: int = 4


@dataclass(frozen=True)
class Words:
    """One line of words. (x, y) is where its baseline begins; `element` whose words they are."""

    text: str
    x: int
    y: int
    face: Face
    colour: Colour
    element: str = ""
    label: bool = False

    @property
    def box(self) -> Box:
        above, below = ink(self.text, self.face)
        return Box(self.x, self.y - above, round(self.x + width(self.text, self.face)), self.y + below)


@dataclass(frozen=True)
class Sign:
    """An icon, as large as its box."""

    box: Box
    icon: str
    colour: Colour
    filled: bool = True
    alone: bool = False  # no word stands beside it
    flipped: bool = False  # drawn as in a looking-glass


@dataclass(frozen=True)
class Art:
    """A drawn photograph or wallpaper."""

    box: Box
    name: str
    radius: int = 0


@dataclass(frozen=True)
class Line:
    """A stroke with round ends through these points."""

    points: tuple[tuple[int, int], ...]
    colour: Colour
    thick: int


Mark = Fill | Outline | Words | Sign | Art | Line


@dataclass(frozen=True)
class Spot:
    """Where an element is: `box` is the middle of the ring's band, `radius` its corner."""

    box: Box
    radius: int
    hole: int = 0


@dataclass(frozen=True)
class Swipe:
    """A finger's way over the screen, from here to there."""

    start: tuple[int, int]
    end: tuple[int, int]
    rest: bool = False
    other: Swipe | None = None  # what a second finger does


@dataclass
class Scene:
    """A screen laid out. `screen` is the glass; what leaves it is cut off."""

    tall: int
    screen: Box
    dark: bool
    background: Colour
    marks: list[Mark] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    swipes: dict[str, Swipe] = field(default_factory=dict)
    cut_at: int = 0  # words that run over this line are cut on purpose: the page goes on
    runs_on: bool = False
    keys_at: int = 0  # where the keyboard begins; 0: there is none
    outside: list[Mark] = field(default_factory=list)  # painted over the case: its buttons, a cable
    behind: Scene | None = None  # the page under a box, painted out of focus
    as_it_is: set[int] = field(default_factory=set)  # ids of marks that are never mirrored
    spots_as_they_are: set[str] = field(default_factory=set)

    def words(self) -> list[Words]:
        return [mark for mark in self.marks if isinstance(mark, Words)]


def shifted(mark: Mark, x: int, y: int) -> Mark:
    """The same mark elsewhere."""
    if isinstance(mark, Words):
        return replace(mark, x=mark.x + x, y=mark.y + y)
    if isinstance(mark, Line):
        return replace(mark, points=tuple((a + x, b + y) for a, b in mark.points))
    return replace(mark, box=mark.box.moved(x, y))

"""How the phones of each maker look: colours, shapes and sizes. Neutral drawings, nobody's trade dress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from media.drawing.letters import Face
from media.drawing.marks import Colour, colour

TEXT = colour("#14161B")
SECOND = colour("#2A2E36")
WHITE = colour("#FFFFFF")
BLUE = colour("#08337F")
LINK = colour("#062C6B")
TEAL = colour("#0A4A44")
# tint: (solid, pale, dark on pale)
TINTS: Mapping[str, tuple[Colour, Colour, Colour]] = {
    "blue": (colour("#0A4FC4"), colour("#C8D9FF"), colour("#062C6B")),
    "green": (colour("#0F6B34"), colour("#CBEFC4"), colour("#0B3D17")),
    "teal": (colour("#0B6160"), colour("#BFEBDD"), colour("#003D33")),
    "orange": (colour("#8F3E0A"), colour("#FFDCAF"), colour("#472500")),
    "red": (colour("#A3142A"), colour("#FFD3D6"), colour("#6B0A1E")),
    "pink": (colour("#8E1450"), colour("#FFD0DC"), colour("#56092F")),
    "purple": (colour("#5B2BAA"), colour("#E3D6FF"), colour("#33106E")),
    "grey": (colour("#414852"), colour("#D6DAE1"), colour("#20252E")),
    "brown": (colour("#7A3A0C"), colour("#F6DEC6"), colour("#43200A")),
    "dark": (colour("#2A313E"), colour("#2A313E"), colour("#FFFFFF")),
    "white": (colour("#7A0F2A"), colour("#FFFFFF"), colour("#7A0F2A")),
    "yellow": (colour("#6B4A00"), colour("#FFE58A"), colour("#453000")),
}
TURNS = ("blue", "teal", "orange", "purple", "green", "pink", "brown", "red")
KNOWN = {
    "wifi": "blue", "settings": "grey", "notifications": "red", "call": "green", "chat": "blue", "person": "pink",
    "photo_camera": "dark", "image": "orange", "headphones": "blue", "battery_5_bar": "green", "volume_up": "purple",
    "display_settings": "brown", "brightness_6": "brown", "lock": "grey", "delete": "red", "mail": "teal",
}  # fmt: skip


PAGE_PAINT = colour("#F1F2F6")
FIELD_PAINT = colour("#E4E6EC")
RULE_PAINT = colour("#D5D8DE")
BUBBLE_PAINT = colour("#C9F2D2")
CHAT_PAINT = colour("#E3EAF1")
KEY_BACK_PAINT = colour("#DCE0EA")


@dataclass(frozen=True)
class Look:
    """One maker's way. Sizes are pixels of a picture 1080 wide."""

    family: str = "roboto"
    page: Colour = PAGE_PAINT
    card: Colour = WHITE
    field: Colour = FIELD_PAINT
    text: Colour = TEXT
    second: Colour = SECOND
    rule: Colour = RULE_PAINT
    accent: Colour = BLUE
    link: Colour = LINK
    on_accent: Colour = WHITE
    bubble: Colour = BUBBLE_PAINT
    chat: Colour = CHAT_PAINT
    key: Colour = WHITE
    key_back: Colour = KEY_BACK_PAINT
    dark: bool = False
    iphone: bool = False
    title: int = 108
    title_weight: str = "bold"
    title_middle: bool = False
    label: int = 84
    target: int = 90
    small: int = 68
    row: int = 190
    row_two: int = 252
    grouped: bool = True
    card_radius: int = 58
    margin: int = 40
    rules: bool = True
    arrows: bool = True
    icon: int = 112
    icon_shape: str = "square"  # square, round, pale (a pale disc with a dark icon)
    search_above: bool = True
    radius: int = 34

    def face(self, size: int, weight: str = "regular") -> Face:
        return Face(self.family, weight, size)

    def tint(self, name: str, icon: str, turn: int) -> tuple[Colour, Colour, Colour]:
        return TINTS[name or KNOWN.get(icon, TURNS[turn % len(TURNS)])]


STOCK = Look(page=colour("#E7EBF5"), title=112, title_weight="regular", label=84, target=88, row=200, row_two=245,
             grouped=False, card_radius=24, margin=32, rules=False, arrows=False, icon=118, icon_shape="pale",
             search_above=False)  # fmt: skip
SAMSUNG = Look(page=colour("#F0F1F4"), title=104, title_weight="medium", row=186, row_two=245, card_radius=60, margin=32,
               arrows=False, icon=112, icon_shape="round", search_above=False)  # fmt: skip
IPHONE = Look(family="inter", page=colour("#EFEFF4"), title=108, label=82, target=86, small=70, row=178, row_two=250,
              iphone=True, icon=112, icon_shape="square", radius=28)  # fmt: skip
CHINESE = Look(page=colour("#F0F1F5"), title=104, row=190, row_two=252, icon=112, icon_shape="square", radius=40)

LOOKS: Mapping[str, Look] = {
    "google": STOCK,
    "samsung": SAMSUNG,
    "apple": IPHONE,
    "huawei": CHINESE,
    "honor": replace(CHINESE, icon_shape="round", page=colour("#EFF1F4")),
    "vivo": replace(CHINESE, page=colour("#F3F4F7"), card_radius=52, radius=30),
    "oppo": replace(CHINESE, icon_shape="round", card_radius=48, margin=44),
    "xiaomi": replace(CHINESE, title_weight="regular", title=110, card_radius=56, page=colour("#F2F3F6")),
}
DARK = {
    "page": colour("#10151F"), "card": colour("#232A37"), "field": colour("#2B313A"), "text": WHITE,
    "second": colour("#EEF0F4"), "rule": colour("#3A4352"), "accent": colour("#C9DBFF"), "link": colour("#D5E3FF"), "on_accent": colour("#06183A"),
    "bubble": colour("#123E2A"), "chat": colour("#10151F"), "key": colour("#2B313A"), "key_back": colour("#171D27"),
}  # fmt: skip


def look_of(maker: str, language: str, dark: bool) -> Look:
    """The look of a maker's phones; letters by language."""
    look = LOOKS.get(maker, SAMSUNG)
    if language.startswith("zh"):
        look = replace(look, family=look.family if look.iphone else "chinese", label=86, target=92)
    return replace(look, dark=True, **DARK) if dark else look  # type: ignore[arg-type]

"""What stands on the wall: one step, in the words of the two phones that most of the class have. No names, ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.house import Phrases
from bot.conversation.words import Namer, paragraphs, plainly
from bot.store.classes import Sitter
from lessons.model import MAKERS, Lesson, Picture, Screens, StepFor

COMMON = {"zh": ("huawei", "xiaomi"), "": ("samsung", "apple")}
JOIN, END = "", "end"
SHORT = {"zh": 20, "": 38}  # letters that fit into one line of the wall in larger letters


@dataclass(frozen=True)
class Phone:
    maker: str
    name: str

    @property
    def system(self) -> str:
        return MAKERS[self.maker]


@dataclass(frozen=True)
class Column:
    """One phone's share: `words` and `ask` with `**name**`; no words where this phone has nothing to do here."""

    phone: Phone
    words: str
    ask: str
    picture: Picture | None


@dataclass(frozen=True)
class Wall:
    """`step` is JOIN, a step's id or END; `number` counts from 1. Where `alike`, both phones have the same words.
    `short`: the words fit into one line even in larger letters."""

    step: str
    number: int
    of: int
    columns: tuple[Column, ...] = ()
    alike: bool = False
    short: bool = False


def phones_for(lesson: Lesson, sitters: Sequence[Sitter], phrases: Phrases) -> tuple[Phone, ...]:
    """The two makers that most people of the class have, else common ones; one where the lesson is for no second."""
    had = Counter(s.maker for s in sitters if s.maker in MAKERS)
    usual = COMMON.get(lesson.language.split("-")[0], COMMON[""])
    order = [maker for maker, _ in had.most_common()] + [*usual, *MAKERS]
    fitting = [maker for maker in dict.fromkeys(order) if MAKERS[maker] in lesson.systems]
    return tuple(Phone(maker, phrases.say(f"maker.{maker}", lesson.language)) for maker in fitting[:2])


def steps_of(lesson: Lesson, phones: Sequence[Phone]) -> tuple[str, ...]:
    """The ids of all steps that one of these phones needs, in order."""
    needed = {step.id for phone in phones for step in lesson.steps_for(phone.system, phone.maker)}
    return tuple(step.id for step in lesson.steps if step.id in needed)


def moved(lesson: Lesson, phones: Sequence[Phone], step: str, to: str) -> str:
    """What stands on the wall after "next" or "back"."""
    order = (JOIN, *steps_of(lesson, phones), END)
    here = order.index(step) if step in order else 0
    return order[max(0, min(len(order) - 1, here + {"next": 1, "back": -1}.get(to, 0)))]


def wall_of(lesson: Lesson, step: str, phones: Sequence[Phone], screens: Screens, phrases: Phrases) -> Wall:
    """The step as both phones need it."""
    order = steps_of(lesson, phones)
    if step not in order:
        return Wall(END if step == END else JOIN, 0, len(order))
    columns = tuple(_column(lesson, step, phone, screens, phrases) for phone in phones)
    alike = len({(c.words, c.ask) for c in columns}) == 1
    if alike and len({c.picture.own if c.picture else "" for c in columns} - {""}) == 1:
        columns = columns[:1]  # a picture of the lesson's own is the same for every phone
    longest = max(len(plainly(column.words)) for column in columns)
    line = SHORT.get(lesson.language.split("-")[0], SHORT[""])
    short = longest <= (line if alike else line // 2)
    return Wall(step, order.index(step) + 1, len(order), columns, alike, short)


def _column(lesson: Lesson, step: str, phone: Phone, screens: Screens, phrases: Phrases) -> Column:
    found: StepFor | None = next((s for s in lesson.steps_for(phone.system, phone.maker) if s.id == step), None)
    if found is None:
        return Column(phone, "", "", None)
    namer = Namer(screens, phrases, phone.system, phone.maker, lesson.language, lesson.language)
    joint = "" if lesson.language == "zh" else " "
    return Column(
        phone,
        joint.join(paragraphs(namer.text(found.instruction))),
        joint.join(paragraphs(namer.text(found.ask))),
        namer.on_phone(found.picture),
    )

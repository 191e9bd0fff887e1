"""One turn in the making: what was heard, and what is said, asked and noted because of it.

A handler is a function of a `Scene`. It says lines, asks one thing, notes events; `Scene.turn()` then gives the
finished value. A scene lives for one call of `Conversation.advance` and is seen by nobody outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.conversation.house import House
from bot.conversation.labels import fit
from bot.conversation.words import Namer
from bot.messages import Button, Centre, Event, FamilyChange, Known, Message, Plan, Reply, Session, Turn
from bot.safety.finding import Finding
from lessons.model import Lesson, Picture
from nlu.intent import Understanding

Handler = Callable[["Scene"], None]

NOTHING_HEARD = Understanding("out_of_scope")
NOTHING_FOUND = Finding()
NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Asked:
    """One entry of the closed list of what can have been asked last.

    `show` asks it (again): words and buttons from the session alone, without events. `choices` are its own
    buttons, `yes` and `no` which of them those words mean here, `intents` what is understood differently in this
    state (a handler, or the name of a choice). `hears` takes free words and says whether they were an answer.
    A `menu` lies over what was asked before it and goes back there; one that `holds` stays until it is answered.
    """

    name: str
    show: Handler
    choices: Mapping[str, Handler] = field(default_factory=dict)
    yes: str = ""
    no: str = ""
    intents: Mapping[str, Handler | str] = field(default_factory=dict)
    hears: Callable[[Scene], bool] | None = None
    menu: bool = False
    holds: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a reply; `spoken` is one clip or more, None: the words, "": not spoken. The stars round a thing on
    the screen stay in it: a voice makes a pause before the thing's name."""

    words: str
    spoken: str | None = None

    def aloud(self) -> str:
        return self.words if self.spoken is None else self.spoken


@dataclass
class Scene:
    house: House
    table: Mapping[str, Asked]
    session: Session
    at: datetime
    heard: Understanding = NOTHING_HEARD
    finding: Finding = NOTHING_FOUND
    known: Known = NOTHING_KNOWN
    message: Message | None = None
    arg: str = ""
    brief: bool = False
    chosen: bool = False  # one of the present question's own choices is being answered
    gap: float = 0.0  # seconds since the learner was last here; 0 for a first message
    buttons: tuple[Button, ...] = ()
    read_buttons: bool = False
    lines: list[Line] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    picture: Picture | None = None
    more_pictures: tuple[Picture, ...] = ()
    step: tuple[int, int] | None = None
    pace: str = "telling"
    urgent: bool = False
    aside: bool = False
    silent: bool = False
    delete: str = ""
    file: str = ""
    share: str = ""
    hand_to: str = ""
    erase: bool = False
    family: FamilyChange | None = None

    # What is known

    @property
    def language(self) -> str:
        return self.session.language

    @property
    def centre(self) -> Centre:
        return self.house.centres.get(self.session.centre)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that the learner is in, in the language of their place."""
        place = self.session.place
        return self.house.catalogue.lesson(place.lesson, place.language) if place else None

    @property
    def namer(self) -> Namer:
        return Namer.of(self.session, self.house.screens, self.house.phrases)

    def note(self, key: str) -> str:
        return self.session.notes.get(key, "")

    def count(self, key: str) -> int:
        return int(self.note(key) or 0)

    # What changes

    def set(self, **changes: Any) -> None:
        self.session = replace(self.session, **changes)

    def mark(self, key: str, value: object = "1") -> None:
        """Keep a small fact; an empty value forgets it."""
        notes = {k: v for k, v in self.session.notes.items() if k != key}
        if str(value):
            notes[key] = str(value)
        self.set(notes=MappingProxyType(notes))

    def consent(self, purpose: str, answer: str) -> None:
        self.set(consents=MappingProxyType({**self.session.consents, purpose: answer}))
        self.event("consent_given" if answer == "yes" else "consent_refused", purpose=purpose)

    def event(self, name: str, **detail: str) -> None:
        s, place = self.session, self.session.place
        self.events.append(
            Event(
                name=name,
                at=self.at,
                learner=s.learner,
                lesson=detail.pop("lesson", place.lesson if place else ""),
                version=place.version if place else "",
                step=detail.pop("step", place.step if place else ""),
                system=s.system,
                maker=s.maker,
                language=s.language,
                channel=s.channel,
                detail=MappingProxyType(detail),
            )
        )

    # What is said

    def phrase(self, key: str, **values: str) -> str:
        return self.house.phrases.say(key, self.language, self.session.turn, **values)

    def say(self, key: str, **values: str) -> None:
        spoken = (
            self.house.phrases.nameless(key, self.language, self.session.turn, **values) if "name" in values else None
        )
        self.lines.append(Line(self.phrase(key, **values), spoken))

    def say_by(self, key: str, variant: str, **values: str) -> None:
        """The phrase for this variant (a system, say) where there is one, else the common one."""
        own = f"{key}.{variant}"
        self.say(own if variant and self.house.phrases.has(own, self.language) else f"{key}.any", **values)

    def tell(self, words: str, spoken: str | None = None) -> None:
        if words or spoken:
            self.lines.append(Line(words, spoken))

    def label(self, choice: str) -> str:
        return self.phrase(f"button.{choice.partition(':')[0]}")

    def offer(self, *choices: str | tuple[str, str] | Button) -> None:
        """The buttons under this turn, one a row, at most four. A pair brings its own label."""
        made = []
        for choice in choices:
            if isinstance(choice, Button):
                made.append(choice)
            elif isinstance(choice, tuple):
                made.append(Button(choice[0], fit(choice[1], self.language)))
            else:
                made.append(Button(choice, self.label(choice)))
        self.buttons = tuple(made[:4])

    def ask(self, name: str, *choices: str | tuple[str, str] | Button) -> None:
        """Ask this and wait. `name` may carry what it is about after a colon."""
        base = name.partition(":")[0]
        before = self.session.asked
        if self.table[base].menu:
            if before and not self.table[before.partition(":")[0]].menu:
                self.mark("before", before)
        else:
            self.mark("before", "")
        if before != name:
            self.read_buttons = base != "step"
        self.set(asked=name)
        self.offer(*choices)

    def open(self, name: str, *, brief: bool = False) -> None:
        """Ask what stands under this name in the list."""
        base, _, self.arg = name.partition(":")
        self.brief = brief
        self.table[base].show(self)

    def go_on(self, *, brief: bool = True) -> None:
        """After an answer in between: the present question again, with its buttons."""
        asked = self.session.asked
        state = self.table.get(asked.partition(":")[0])
        if state and state.menu and (self.chosen or not state.holds):
            asked = self.note("before")
        if not asked:
            asked = "step" if self.session.place else "choose" if self.note("met") else "begin"
        self.open(asked, brief=brief)

    def cut(self) -> None:
        """End this message here: what is said next goes into one of its own, without buttons above it."""
        if self.lines:
            self.replies.append(self._reply(last=False))
            self.lines, self.picture, self.more_pictures, self.step, self.delete = [], None, (), None, ""

    # What it comes to

    def _reply(self, *, last: bool) -> Reply:
        aloud = [line.aloud() for line in self.lines]
        if last and self.read_buttons and self.buttons:
            aloud += [self.phrase("spoken.buttons"), *(b.label for b in self.buttons)]
        spoken = "\n".join(a for a in aloud if a) if self._speaks() else ""
        return Reply(
            words="\n\n".join(line.words for line in self.lines if line.words),
            spoken=spoken,
            picture=self.picture,
            more_pictures=self.more_pictures,
            buttons=self.buttons if last else (),
            urgent=self.urgent,
            pace=self.pace,
            file=self.file,
            share=self.share,
            step=self.step,
            aside=self.aside,
            delete=self.delete,
        )

    def _speaks(self) -> bool:
        """On from the first step until switched off. A page has a button to listen with, and needs the lines before."""
        voice = self.session.voice
        return voice == "on" or (voice == "" and (self.session.channel == "web" or bool(self.note("met"))))

    def turn(self) -> Turn:
        """The finished value. An aside leaves turn and buttons as they were; so does silence."""
        if not self.silent and (self.lines or self.buttons):
            self.replies.append(self._reply(last=True))
        if not (self.aside or self.silent):
            self.set(choices=self.buttons)
        return Turn(
            session=self.session,
            replies=tuple(self.replies),
            events=tuple(self.events),
            plans=tuple(self.plans),
            hand_to=self.hand_to,
            erase=self.erase,
            family=self.family,
        )

"""The nouns of Handrail: what comes in, what goes out, and what is remembered in between.

All are frozen; a turn makes new ones. Times are aware and in UTC. Text that a learner sees may hold
`**name**` round the words that stand on the learner's own screen, and no other mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from lessons.model import Picture

SESSION_SCHEMA = 1

KINDS = ("text", "tap", "voice", "picture", "forwarded", "edited", "other")


@dataclass(frozen=True)
class Tap:
    """`turn` is the turn whose button it was."""

    turn: int
    choice: str


@dataclass(frozen=True)
class Message:
    """One thing that a learner sent. `learner` and `chat` are opaque; `file` is the channel's own handle."""

    id: str
    learner: str
    at: datetime
    kind: str
    text: str = ""
    tap: Tap | None = None
    file: str = ""
    channel: str = ""
    chat: str = ""
    locale: str = ""  # what the messenger or browser says of its language, such as "zh-hans"
    start: str = ""  # what the link carried: "c-elm-street" (a centre), "l-send-photo" (a lesson)
    first: bool = False  # opened the chat (/start, the page was opened): nothing was said yet
    secret_kinds: tuple[str, ...] = ()  # what was cut out of `text` at the door: card, code, password ...
    # What was asked for and taken out of `text` at the door: number, number_too_late (its card is settled).
    given: str = ""


@dataclass(frozen=True)
class Button:
    choice: str
    label: str


@dataclass(frozen=True)
class Reply:
    """One message to the learner, as meaning: a channel turns it into its own world.

    `spoken`: what the voice says, one clip a line; None: the words; "": nothing. `pace` is telling or doing.
    `step` is (number, of how many), both counted from 1, for "Step 3 of 6". `aside` keeps the buttons of the
    message before it alive ("I wait"). `delete` is the messenger's id of a learner's message to take away.
    """

    words: str
    spoken: str | None = None
    picture: Picture | None = None
    buttons: tuple[Button, ...] = ()
    urgent: bool = False
    pace: str = "telling"
    step: tuple[int, int] | None = None
    aside: bool = False
    delete: str = ""
    more_pictures: tuple[Picture, ...] = ()
    file: str = ""  # "my_data": all that is kept of the learner; "telegram/voice/<id>", "kept/picture/<id>": a file that is passed on
    noted: str = ""  # under this name the messenger's id of the message is kept, for delete="noted:<name>"
    share: str = ""  # an address for the learner to pass on to one person of theirs


@dataclass(frozen=True)
class Place:
    """Where somebody is in a lesson. `step` is the step's id, "" before the first and "end" after the last."""

    lesson: str
    language: str
    version: str
    step: str
    misses: int = 0
    hints: int = 0
    since: datetime | None = None


@dataclass(frozen=True)
class Session:
    """All that the conversation remembers of one learner between two turns."""

    learner: str
    schema: int = SESSION_SCHEMA
    turn: int = 0
    asked: str = ""
    choices: tuple[Button, ...] = ()
    place: Place | None = None
    paused: tuple[Place, ...] = ()  # at most 3, newest first
    language: str = "en"
    system: str = ""
    maker: str = ""
    phone_language: str = ""
    dark: bool = False  # their phone shows white letters on black
    name: str = ""
    letters: str = ""  # "", larger, largest
    voice: str = ""  # "" (not decided: on from the first step), on, off
    rate: str = "usual"  # slower, usual, faster
    reads_on: str = ""  # this_phone, another_device, paper
    consents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # purpose -> yes, no
    path: str = ""
    wanted: str = ""  # a lesson asked for and waiting
    held_by: str = ""  # the volunteer who holds the chat
    last_at: datetime | None = None
    centre: str = "home"
    channel: str = ""
    last_tap: tuple[int, str, datetime] | None = None
    notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # small flat facts: once-in-a-life
    waiting_events: tuple[Event, ...] = ()  # until leave to remember is given or refused


@dataclass(frozen=True)
class Event:
    """Something that happened, in the past tense, from EVENTS. `detail` never holds what a learner wrote."""

    name: str
    at: datetime
    learner: str
    lesson: str = ""
    version: str = ""
    step: str = ""
    system: str = ""
    maker: str = ""
    language: str = ""
    channel: str = ""
    detail: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


EVENTS = (
    "lesson_started", "step_shown", "step_done", "step_skipped", "went_back", "repeated", "not_found",
    "looks_different", "hint_given", "help_opened", "person_asked", "person_withdrawn", "person_helped", "stuck", "unstuck",
    "paused", "resumed", "lesson_left", "lesson_finished", "check_answered", "recall_answered", "confidence_told",
    "wish_not_found", "visit_agreed", "consent_given", "consent_refused", "consent_withdrawn", "tricked_told",
    "danger_told", "worry_told", "scam_checked", "secret_removed", "language_changed", "device_changed",
    "word_explained", "message_received", "hand_raised", "hand_lowered", "doing_told",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """Something to do later. `kind`: recall (asked at a visit, never sent), reminder (sent once), question
    (sent once, such as "How did you sleep?"). `drop` takes away what has the same learner, kind and lesson."""

    kind: str
    due: datetime
    lesson: str = ""
    detail: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    drop: bool = False


@dataclass(frozen=True)
class Invitation:
    """A fresh link, made for each message; it opens something only where the turn uses it."""

    token: str
    link: str


@dataclass(frozen=True)
class Family:
    """The one person of theirs who may see where the learner is. `who`: daughter, son, friend or other; `lesson`: ""
    for all lessons; `joined`: they opened the link; `wished`: the learner, asked alone, said that it is their wish."""

    who: str
    lesson: str
    until: datetime
    joined: bool = False
    wished: bool = False


@dataclass(frozen=True)
class FamilyChange:
    """`kind`: "invite" (who, lesson, token, until; `watched`: somebody else may hold the phone), "wish", "end"."""

    kind: str
    who: str = ""
    lesson: str = ""
    token: str = ""
    until: datetime | None = None
    watched: bool = False


@dataclass(frozen=True)
class Turn:
    """What one message leads to. Saved in one transaction, then sent.

    `hand_to`: somebody else is at the phone now: a learner id of Known.people, or "new".
    `erase`: forget everything about this learner after this turn.
    """

    session: Session
    replies: tuple[Reply, ...] = ()
    events: tuple[Event, ...] = ()
    plans: tuple[Plan, ...] = ()
    hand_to: str = ""
    erase: bool = False
    family: FamilyChange | None = None


@dataclass(frozen=True)
class Progress:
    """One row a learner and lesson; changed only by bot.store.progress.apply(progress, event)."""

    learner: str
    lesson: str
    version: str = ""
    language: str = ""
    status: str = "going_on"  # going_on, finished
    step: str = ""
    steps_done: tuple[str, ...] = ()
    misses: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # step id -> misses in all
    hints: int = 0
    persons_asked: int = 0
    stuck_step: str = ""
    stuck_since: datetime | None = None
    person_open: bool = False
    confidence_before: int = 0  # 1 to 3, 0: not told
    confidence_after: int = 0
    recall_level: int = 0
    recall_due: datetime | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    completed: datetime | None = None
    active_seconds: int = 0
    last_message: datetime | None = None  # the learner's own last message in this lesson
    # step id -> letters of what happened there at least once: r reached, t missed, m missed twice, d looks different,
    # h Help or a person, x done
    marks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Person:
    """Somebody who shares this chat."""

    learner: str
    name: str


@dataclass(frozen=True)
class InClass:
    """The running class in which this learner sits: `volunteer` is the name of whoever leads it, `seat` their number.
    `tablet`: they came to a screen that several share; `shared`: somebody else of this chat sits there too."""

    id: str
    lesson: str
    volunteer: str
    seat: int
    centre: str = ""
    tablet: bool = False
    shared: bool = False
    hand_up: bool = False


@dataclass(frozen=True)
class Known:
    """What the store knows of this learner when a message comes: handed in, never fetched by the core."""

    progress: tuple[Progress, ...] = ()
    plans: tuple[Plan, ...] = ()
    people: tuple[Person, ...] = ()  # the others of this chat
    shown_at: datetime | None = None  # when the newest message with buttons appeared
    helpers: int = 0  # volunteers of this centre who can be written to
    helper: str = ""  # the name of the one who comes or rings
    in_class: InClass | None = None
    family: Family | None = None
    invitation: Invitation | None = None  # None: no link can be made here


@dataclass(frozen=True)
class Centre:
    """A place that looks after learners: centres/<id>.toml. Hours are (weekday 0-6, "09:00", "17:00")."""

    id: str
    name: str
    country: str
    timezone: str
    telephone: str = ""
    hours: tuple[tuple[int, str, str], ...] = ()
    waking: tuple[str, str] = ("09:00", "20:00")
    quiet: tuple[tuple[str, str], ...] = ()  # also not then: ("12:00", "14:00")
    emergency: str = ""  # the number for danger to life
    crisis: str = ""  # somebody to talk to in despair
    crisis_always: bool = False  # that line answers day and night
    after_trick: str = ""  # whom to ring after a trick; "": the number on the card
    say_after_trick: str = ""  # words to say there, in the country's own language
    after_trick_reaches: str = (
        ""  # bank, police, helpline: who answers there; "bank": no other call to the bank is needed
    )
    advice: str = ""  # whom to ring for advice after a trick, once the first call is made
    police: str = ""  # "": the emergency number
    fire: str = ""  # "": the emergency number
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

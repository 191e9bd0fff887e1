"""A learner in a test: words, taps and odd messages go in, replies come out. What is not stored is lost between lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import lessons
from bot.conversation import Conversation
from bot.messages import (
    Button,
    Centre,
    Event,
    Family,
    FamilyChange,
    Invitation,
    Known,
    Message,
    Person,
    Plan,
    Progress,
    Reply,
    Session,
    Tap,
    Turn,
)  # fmt: skip
from bot.phrases import Phrases
from bot.safety import look
from bot.safety.finding import Finding
from bot.store.codec import from_json, to_json
from bot.store.progress import apply_to_all
from lessons.catalogue import Catalogue
from lessons.model import text_of
from media.screens import load_screens
from nlu.finder import Finder
from nlu.finder import Phrases as Asks
from nlu.intent import Understanding
from nlu.keyword_recognizer import KeywordRecognizer

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
WEEKDAYS = tuple((day, "09:00", "17:00") for day in range(5))
ELM = Centre(
    "elm-street", "Elm Street Library", "GB", "Europe/London", "020 7946 0123", WEEKDAYS,
    emergency="999", crisis="116 123", crisis_always=True, after_trick="159", after_trick_reaches="bank",
)  # fmt: skip
CHANGFENG = Centre(
    "changfeng", "长风图书馆", "CN", "Asia/Shanghai", "021 5550 0123", WEEKDAYS, quiet=(("12:00", "14:00"),),
    emergency="120", crisis="12356", after_trick="110", after_trick_reaches="police", say_after_trick="紧急止付", advice="96110",
    police="110", fire="119",
)  # fmt: skip
HOME = Centre("home", "", "", "UTC")


class Places:
    """Centres without files."""

    def get(self, centre_id: str) -> Centre:
        return {"elm-street": ELM, "changfeng": CHANGFENG}.get(centre_id, HOME)


# Stories are about how the tutor speaks: a lesson that is added later changes none of them.
FIRST_SEVEN = (
    "there-and-back",
    "home-screen",
    "bigger-text",
    "connect-wifi",
    "messenger-message",
    "send-photo",
    "spot-scam-message",
)


@cache
def every_lesson() -> Catalogue:
    return Catalogue.load(Path(lessons.__file__).parent)


@cache
def the_catalogue() -> Catalogue:
    whole = every_lesson()
    return replace(whole, taught={key: lesson for key, lesson in whole.taught.items() if key[0] in FIRST_SEVEN})


@cache
def the_conversation(whole: bool = False) -> Conversation:
    return Conversation(every_lesson() if whole else the_catalogue(), Phrases.load(), load_screens(), Places())


@cache
def the_recognizer() -> KeywordRecognizer:
    catalogue = the_catalogue()
    asks = [
        Asks(x.id, lang, (*x.asks, x.title, text_of(x.goal)))
        for lang in catalogue.languages()
        for x in catalogue.lessons(lang)
    ]
    return KeywordRecognizer(Finder(asks))


@dataclass
class Talk:
    """One chat, and the people who share it. `seconds` pass before each message unless said otherwise."""

    language: str = "en"
    centre: str = "elm-street"
    channel: str = "telegram"
    at: datetime = MONDAY
    seconds: float = 20
    conversation: Conversation = field(default_factory=the_conversation)
    learner: str = "learner-1"
    stored: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    replies: tuple[Reply, ...] = ()
    said: list[Reply] = field(default_factory=list)
    shown_at: datetime | None = None
    count: int = 0
    family: Family | None = None

    def __post_init__(self) -> None:
        if self.stored:
            return
        self._keep(self._new(self.learner))

    def copy(self) -> Talk:
        """The same moment, to go on from in another way."""
        return replace(self, stored=dict(self.stored), events=list(self.events), plans=list(self.plans), said=[])

    # What is known

    @property
    def session(self) -> Session:
        return from_json(Session, self.stored[self.learner])

    @property
    def words(self) -> str:
        return "\n\n".join(r.words for r in self.replies)

    @property
    def labels(self) -> list[str]:
        return [b.label for b in self.buttons]

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.session.choices or (self.replies[-1].buttons if self.replies else ())

    @property
    def names(self) -> list[str]:
        """Names of all events so far."""
        return [e.name for e in self.events]

    def known(self) -> Known:
        progress: dict[tuple[str, str], Progress] = {}
        for event in self.events:
            apply_to_all(progress, event)
        people = tuple(Person(x, from_json(Session, text).name) for x, text in self.stored.items() if x != self.learner)
        mine = tuple(p for (who, _), p in progress.items() if who == self.learner)
        link = Invitation("t" * 22, "https://handrail.example/f/" + "t" * 22)
        return Known(mine, tuple(self.plans), people, self.shown_at, family=self.family, invitation=link)

    # What comes in

    def start(self, link: str = "") -> Talk:
        return self._advance(
            Understanding("greet", confidence=0.0), Finding(), self._message("text", first=True, start=link)
        )

    def say(self, text: str, kind: str = "text") -> Talk:
        finding = look(text, self.session.language)
        heard = None
        if kind == "text":
            heard = self.conversation.choice_in(finding.text, self.session)
        heard = heard or the_recognizer().parse(finding.text or text, self.session.language)
        return self._advance(heard, finding, self._message(kind, text))

    def send(self, kind: str) -> Talk:
        """A voice message, a photo, a sticker: without words."""
        return self._advance(Understanding("out_of_scope", confidence=0.0), Finding(), self._message(kind))

    def mean(self, intent: str, text: str = "", **more: object) -> Talk:
        """As if a recogniser had understood just this."""
        heard = replace(Understanding(intent, text=text), **more)
        return self._advance(heard, look(text, self.session.language), self._message("text", text))

    def tap(self, *which: str, seconds: float | None = None) -> Talk:
        """Buttons one after the other, by label or by choice."""
        for one in which:
            button = next((b for b in self.buttons if one in (b.label, b.choice)), None)
            assert button, f"no button {one!r} among {self.labels}, after: {self.words}"
            self.tap_turn(Tap(self.session.turn, button.choice), seconds)
        return self

    def tap_turn(self, tap: Tap, seconds: float | None = None) -> str:
        """Any tap, also on an old button; what it weighed."""
        before = self.shown_at
        self.at += timedelta(seconds=self.seconds if seconds is None else seconds)
        weight = self.conversation.weigh(tap, self.session, at=self.at, shown_at=before)
        if weight == "fresh":
            heard = self.conversation.understand_tap(tap, self.session)
            self._advance(heard, Finding(), self._message("tap", tap=tap), passed=True)
        elif weight == "old":
            self.replies = self.conversation.present(self.session, at=self.at, known=self.known(), old_button=True)
        return weight

    def wait(self, **time: float) -> Talk:
        self.at += timedelta(**time)
        return self

    def due(self, plan: Plan) -> Talk:
        """The planner has found that this is due."""
        return self._take(self.conversation.due(self.session, plan, at=self.at, known=self.known()))

    # How it goes on

    def _message(self, kind: str, text: str = "", **more: object) -> Message:
        self.count += 1
        message = Message(f"m{self.count}", self.learner, self.at, kind, text, channel=self.channel)
        return replace(message, **more)

    def _advance(self, heard: Understanding, finding: Finding, message: Message, passed: bool = False) -> Talk:
        if not passed:
            self.at += timedelta(seconds=self.seconds)
        turn = self.conversation.advance(
            self.session, heard, finding, at=self.at, known=self.known(), message=replace(message, at=self.at)
        )
        return self._take(turn)

    def _take(self, turn: Turn) -> Talk:
        if turn.erase:
            self.stored[self.learner] = to_json(self._new(self.learner))
            self.events, self.plans = [], []
        else:
            self._keep(turn.session)
            self.events += turn.events
            for plan in turn.plans:
                self.plans = [p for p in self.plans if (p.kind, p.lesson) != (plan.kind, plan.lesson)]
                self.plans += [] if plan.drop else [plan]
        if change := turn.family:
            self.family = self._family_after(change)
        self.replies = turn.replies
        self.said += turn.replies
        if any(r.buttons for r in turn.replies):
            self.shown_at = self.at
        if turn.hand_to:
            self._hand_over(turn)
        return self

    def _family_after(self, change: FamilyChange) -> Family | None:
        if change.kind == "wish" and self.family:
            return replace(self.family, wished=True)
        assert change.kind == "end" or (change.until and change.token)
        return Family(change.who, change.lesson, change.until) if change.kind == "invite" and change.until else None

    def _hand_over(self, turn: Turn) -> None:
        said, given = turn.replies, turn.session
        self.learner = f"learner-{len(self.stored) + 1}" if turn.hand_to == "new" else turn.hand_to
        if self.learner not in self.stored:
            self._keep(replace(self._new(self.learner), language=given.language))
        self._take(self.conversation.welcome(self.session, at=self.at, known=self.known(), beside=given))
        self.replies = (*said, *self.replies)

    def _new(self, learner: str) -> Session:
        return self.conversation.new_session(
            learner, language=self.language, centre=self.centre, channel=self.channel, at=self.at
        )

    def _keep(self, session: Session) -> None:
        self.stored[session.learner] = to_json(session)


def met(language: str = "en", system: str = "iphone", maker: str = "apple", **more: object) -> Talk:
    """Somebody who can leave the chat and come back, and reads on the phone that is learned."""
    talk = Talk(language=language, centre="elm-street" if language == "en" else "changfeng")
    talk.start()
    session = replace(
        talk.session, system=system, maker=maker, reads_on="this_phone", asked="choose",
        notes={**talk.session.notes, "met": "1", "finished": "there-and-back"}, **more,
    )  # fmt: skip
    talk._keep(session)
    talk.mean("out_of_scope")
    return talk

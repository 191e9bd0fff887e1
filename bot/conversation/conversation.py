"""The tutor itself. A session and what was heard go in, a `Turn` comes out; no clock, no chance, no file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import arriving, classroom, day_after, my_data, next_time, people, spoken, taps
from bot.conversation.danger import emergency
from bot.conversation.doubts import looks_like_a_trick
from bot.conversation.house import Catalogue, Centres, House, Phrases
from bot.conversation.odd_messages import answered_oddly, cut_secret, only_secret
from bot.conversation.scene import NOTHING_FOUND, NOTHING_HEARD, NOTHING_KNOWN, Scene
from bot.conversation.table import ASKED, BY_DEFAULT, EVERYWHERE
from bot.conversation.tricked import tricked
from bot.conversation.trouble import IN_DANGER, IN_TRICKED, STILL_HEARD, calmly
from bot.messages import Known, Message, Plan, Reply, Session, Tap, Turn
from bot.safety.finding import Finding
from lessons.model import Lesson, Picture, Screens
from nlu.intent import Understanding

ONE_DONE_SECONDS = 3  # "ok ok done" twice within this is one done
IN_TROUBLE = (*IN_TRICKED, *IN_DANGER)


@dataclass(frozen=True)
class Conversation:
    catalogue: Catalogue
    phrases: Phrases
    screens: Screens
    centres: Centres

    def new_session(self, learner: str, *, language: str, centre: str, channel: str, at: datetime) -> Session:
        """Somebody whom we have not met. A language without lessons becomes English."""
        language = language if language in self.catalogue.languages() else "en"
        return Session(learner=learner, language=language, centre=centre or "home", channel=channel)

    def advance(
        self,
        session: Session,
        understanding: Understanding,
        finding: Finding,
        *,
        at: datetime,
        known: Known = NOTHING_KNOWN,
        message: Message | None = None,
    ) -> Turn:
        """One message of the learner, and all that follows from it. `message` gives kind, start and id only.

        Every turn ends with something to tap, but for "I wait" (the old buttons stay live), while a person holds
        the chat (no reply at all), and where the chat goes over to somebody else (their own turn follows).
        """
        scene = self._scene(session, at, known, understanding, finding, message)
        if scene.session.held_by and not finding.danger:
            scene.event("message_received")
            return self._silence(scene, session)
        if self._said_twice(scene):
            return self._silence(scene, session)
        arriving.look_around(scene)
        if finding.secrets:
            cut_secret(scene)
        self._answer(scene)
        return self._finished(scene, session)

    def welcome(
        self, session: Session, *, at: datetime, known: Known = NOTHING_KNOWN, beside: Session | None = None
    ) -> Turn:
        """The first turn of somebody to whom the chat was just handed (`Turn.hand_to`). `beside` is the session of
        whoever gave it: the phone is the same, and so is the count of turns and the last tap."""
        if beside:
            session = replace(session, turn=max(session.turn, beside.turn), last_tap=beside.last_tap)
        if beside and not session.system:
            session = replace(
                session, system=beside.system, maker=beside.maker, phone_language=beside.phone_language,
                reads_on=beside.reads_on,
            )  # fmt: skip
        scene = self._scene(session, at, known, Understanding("greet"))
        arriving.look_around(scene)
        scene.mark("who_asked")
        if session.asked and classroom.hello(scene):
            classroom.begin(scene)
        elif session.asked:
            arriving.welcome(scene)
        else:
            people.newcomer(scene)
        return self._finished(scene, session)

    def due(self, session: Session, plan: Plan, *, at: datetime, known: Known = NOTHING_KNOWN) -> Turn:
        """A reminder or question that has come due. No replies where it is not welcome, or the learner is here."""
        scene = self._scene(session, at, known, Understanding("greet"))
        here = session.last_at is not None and scene.gap < 3600
        unwelcome = plan.kind == "reminder" and session.consents.get("reminders") != "yes"
        if here or unwelcome or session.held_by or plan.kind not in ("reminder", "question"):
            return Turn(session)
        if plan.detail.get("about") == "keep":
            my_data.still_keep(scene)
        elif plan.kind == "question":
            day_after.told(scene, plan)
        else:
            next_time.remind(scene)
        scene.set(last_at=session.last_at)
        return self._finished(scene, session)

    def present(
        self, session: Session, *, at: datetime, known: Known = NOTHING_KNOWN, old_button: bool = False
    ) -> tuple[Reply, ...]:
        """The present place again, with the same buttons: a page was loaded anew, or an old button was tapped.
        Nothing changes, so the buttons are still those of `session.turn`."""
        if not session.asked:
            return ()
        scene = replace(self._scene(session, at, known), session=session)
        if old_button:
            scene.say("talk.further_on")
        scene.open(session.asked, brief=old_button)
        replies = replace(scene.turn(), session=session).replies
        return tuple(replace(r, buttons=session.choices if r is replies[-1] else ()) for r in replies)

    def given_back(self, session: Session, *, at: datetime) -> Turn:
        """A person held the chat and has gone: on where they were."""
        scene = self._scene(replace(session, held_by=""), at, NOTHING_KNOWN)
        for fact in ("person", "stuck", "number"):
            scene.mark(fact, "")
        place = session.place
        scene.set(asked="step" if place and place.step not in ("", "end") else "choose", last_at=session.last_at)
        scene.open(scene.session.asked, brief=True)
        return self._finished(scene, session)

    def weigh(self, tap: Tap, session: Session, *, at: datetime, shown_at: datetime | None) -> str:
        """ "fresh", "again" (acknowledge only), "too_soon" (drop), or "old" (`present`, old_button=True)."""
        return taps.weigh(tap, session, at=at, shown_at=shown_at)

    def understand_tap(self, tap: Tap, session: Session) -> Understanding:
        return taps.understand(tap)

    def choice_in(self, text: str, session: Session) -> Understanding | None:
        """Words that are a button just offered: its label, or "the second one"."""
        return taps.choice_in(text, session)

    def spoken_lines(self, lesson: Lesson, system: str, maker: str) -> tuple[str, ...]:
        """Every line that a voice may say of this lesson on such a phone, each one clip."""
        return spoken.lines(self._house(), lesson, system, maker)

    def own_lines(self, language: str) -> tuple[str, ...]:
        """Every line of the tutor's own that never changes, so that its voice can be made ahead."""
        return spoken.own_lines(self._house(), language)

    def pictures(self, lesson: Lesson, system: str, maker: str, phone_language: str) -> tuple[Picture, ...]:
        """Every picture that this lesson may show on such a phone."""
        return spoken.pictures(self._house(), lesson, system, maker, phone_language)

    # How a turn is made

    def _house(self) -> House:
        return House(self.catalogue, self.phrases, self.screens, self.centres)

    def _scene(
        self,
        session: Session,
        at: datetime,
        known: Known,
        heard: Understanding = NOTHING_HEARD,
        finding: Finding = NOTHING_FOUND,
        message: Message | None = None,
    ) -> Scene:
        gap = (at - session.last_at).total_seconds() if session.last_at else 0.0
        begun = replace(session, turn=session.turn + 1, last_at=at)
        scene = Scene(self._house(), ASKED, begun, at, heard, finding, known, message, gap=max(gap, 0.0))
        if message and message.tap:
            scene.set(last_tap=(message.tap.turn, message.tap.choice, at))
        return scene

    def _silence(self, scene: Scene, before: Session) -> Turn:
        scene.silent = True
        return replace(scene.turn(), session=replace(before, last_at=scene.at))

    def _said_twice(self, scene: Scene) -> bool:
        """The same "done" in words within three seconds of the first."""
        last, heard = scene.session.last_tap, scene.heard
        if heard.intent != "next" or (scene.message and scene.message.tap) or scene.session.asked != "step":
            return False
        twice = bool(last and last[1] == "next" and 0 <= (scene.at - last[2]).total_seconds() < ONE_DONE_SECONDS)
        if not twice:
            scene.set(last_tap=(scene.session.turn - 1, "next", scene.at))
        return twice

    def _answer(self, scene: Scene) -> None:
        """Safety first, in every state; then odd messages, arrivals, and what was asked."""
        finding, heard = scene.finding, scene.heard
        if finding.danger or (heard.intent == "emergency" and not heard.choice):
            return emergency(scene)
        if (finding.tricked or heard.intent == "tricked") and not heard.choice:
            return tricked(scene)
        if only_secret(scene) or answered_oddly(scene):
            return
        if scene.session.asked and looks_like_a_trick(scene):
            return
        if arriving.arrived(scene) or looks_like_a_trick(scene):
            return
        self._dispatch(scene)

    def _dispatch(self, scene: Scene) -> None:
        """A choice of the present question, else what the intent means here, else what it means everywhere."""
        heard, state = scene.heard, ASKED[scene.session.asked.partition(":")[0]]
        if heard.choice:
            if heard.choice not in {b.choice for b in scene.session.choices}:
                scene.say("talk.further_on")
                return scene.open(scene.session.asked, brief=True)
            return self._choose(scene, heard.choice)
        if state.hears and state.hears(scene):
            return
        meant = state.intents.get(heard.intent)
        if meant is None and heard.intent in ("affirm", "deny"):
            meant = (state.yes if heard.intent == "affirm" else state.no) or None
        if meant is None and heard.intent in state.choices:
            meant = heard.intent
        if isinstance(meant, str):
            return self._choose(scene, meant)
        if meant is None and state.name in IN_TROUBLE and heard.intent not in STILL_HEARD and heard.reason != "moment":
            return calmly(scene)
        (meant or BY_DEFAULT.get(heard.intent, BY_DEFAULT["out_of_scope"]))(scene)

    def _choose(self, scene: Scene, choice: str) -> None:
        name, _, scene.arg = choice.partition(":")
        state = ASKED[scene.session.asked.partition(":")[0]]
        scene.chosen = True
        handler = state.choices.get(name) or EVERYWHERE.get(name) or BY_DEFAULT.get(name)
        if handler is None:
            scene.chosen = False
            return scene.go_on()
        handler(scene)

    def _finished(self, scene: Scene, before: Session) -> Turn:
        """Nothing ends without something to tap."""
        if not (scene.buttons or scene.aside or scene.hand_to or scene.erase):
            scene.go_on()
        if not scene.events and not scene.aside:
            scene.event("message_received")
        if scene.note("who_asked") == "arriving" and before.last_at:
            scene.set(last_at=before.last_at)  # whose visit this is we do not know yet
        turn = scene.turn()
        if scene.aside:
            turn = replace(turn, session=replace(turn.session, turn=before.turn, choices=before.choices))
        return turn

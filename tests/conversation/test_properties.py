"""What must hold whatever a learner does."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.labels import fits
from bot.messages import EVENTS, Known, Person, Session, Tap
from bot.safety.finding import Finding, Secret
from nlu.intent import INTENTS, Entity, Understanding
from tests.talk import Talk, every_lesson, met, the_catalogue, the_conversation

REASONS = ("", "not_there", "looks_different", "nothing_happens", "asks_password", "moment", "day")
KINDS = ("voice", "picture", "other", "forwarded", "edited")
LESSONS = tuple(x.id for x in the_catalogue().lessons("en"))

taps = st.tuples(st.just("tap"), st.integers(0, 3))
meanings = st.tuples(
    st.just("mean"), st.sampled_from(INTENTS), st.sampled_from(REASONS), st.sampled_from(("", *LESSONS))
)
odd = st.tuples(st.just("kind"), st.sampled_from(KINDS))
words = st.tuples(
    st.just("say"), st.sampled_from(("Anna", "完了", "the second one", "?!", "7", "x" * 400, "**bold** {x}", "好的"))
)
waits = st.tuples(st.just("wait"), st.sampled_from((0.5, 30, 3000, 3 * 3600, 4 * 86400, 30 * 86400)))
alarms = st.tuples(st.just("found"), st.sampled_from(("secret", "tricked", "body", "despair")))
starts = st.tuples(st.just("start"), st.sampled_from(("", "l-send-photo", "c-elm-street", "l-no-such-lesson")))
moves = st.lists(st.one_of(taps, taps, taps, taps, meanings, meanings, odd, words, waits, alarms, starts), max_size=30)


def do(talk: Talk, move: tuple[object, ...]) -> None:
    what, *rest = move
    if what == "tap":
        buttons = talk.buttons
        if buttons:
            talk.tap_turn(Tap(talk.session.turn, buttons[int(str(rest[0])) % len(buttons)].choice))
    elif what == "mean":
        intent, reason, lesson = (str(x) for x in rest)
        language = {"change_language": (Entity("language", "zh" if talk.session.language == "en" else "en"),)}
        talk.mean(
            intent,
            "some words",
            reason=reason,
            lessons=((lesson, 0.9),) if lesson else (),
            entities=language.get(intent, ()),
        )
    elif what == "kind":
        talk.send(str(rest[0]))
    elif what == "say":
        talk.say(str(rest[0]))
    elif what == "wait":
        talk.wait(seconds=float(str(rest[0])))
    elif what == "start":
        talk.start(str(rest[0]))
    elif what == "found":
        kind = str(rest[0])
        finding = Finding(
            text="", tricked=kind == "tricked", danger=kind if kind in ("body", "despair") else "",
            secrets=(Secret("code", 0, 0),) if kind == "secret" else (),
        )  # fmt: skip
        talk._advance(Understanding("out_of_scope", text="words"), finding, talk._message("text", "words"))


def something_to_tap(talk: Talk, move: tuple[object, ...]) -> None:
    """The newest message has the live buttons, and they fit; or it was an aside, and the old ones live on."""
    session = talk.session
    if not session.asked and not session.turn:
        assert talk.replies[-1].buttons, "forgotten, and free to begin anew"
        return
    assert 1 <= len(session.choices) <= 4, (move, session.asked)
    for button in session.choices:
        assert fits(button.label, session.language), (button, session.language)
        assert len(f"1:{session.turn}:{button.choice}".encode()) <= 64
    assert len({b.choice for b in session.choices}) == len(session.choices)
    if move[0] != "wait" and talk.replies:
        last = talk.replies[-1]
        assert last.words
        assert last.aside or last.buttons == session.choices
        assert "{" not in last.words.replace("{x}", "")
        assert all(e in EVENTS for e in talk.names)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves, st.sampled_from(("en", "zh")), st.booleans())
def test_every_turn_ends_with_something_to_tap(done: list[tuple[object, ...]], language: str, beginner: bool) -> None:
    if beginner:
        talk = Talk(language=language, centre="elm-street" if language == "en" else "home").start()
    else:
        talk = met(language, *(("android", "samsung") if language == "en" else ("harmony", "huawei")))
    for move in done:
        do(talk, move)
        something_to_tap(talk, move)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_in_every_state(intent: str, language: str) -> None:
    """All 40, wherever somebody may be: an answer in words, and something to tap."""
    for talk in every_state(language):
        before = talk.session.asked
        talk.mean(intent, "some words")
        assert talk.words, (before, intent)
        something_to_tap(talk, ("mean", intent))


def every_state(language: str) -> list[Talk]:
    """A talk in each state that there is, as a walk through all buttons finds them."""
    return [talk.copy() for talk in _walked(language)]


_found: dict[str, list[Talk]] = {}


def _walked(language: str) -> list[Talk]:
    if language in _found:
        return _found[language]
    first = Talk(language=language, centre="elm-street" if language == "en" else "changfeng").start()
    later = met(language, *(("android", "samsung") if language == "en" else ("harmony", "huawei")))
    found: dict[str, Talk] = {}
    waiting = [first, later, later.copy().mean("tricked"), later.copy().mean("emergency"), later.copy().mean("goodbye")]
    waiting += [
        later.copy().mean("check_scam"),
        later.copy().mean("worried"),
        later.copy().mean("find_lesson", lessons=(("send-photo", 0.9), ("bigger-text", 0.9))),
    ]
    waiting += [later.copy().mean("next_lesson"), at_the_end_of_a_lesson(later.copy()), stuck_in_a_lesson(later.copy())]
    waiting.insert(0, later.copy().mean("human_help").tap("no_thanks"))
    while waiting and len(found) < 150:
        talk = waiting.pop(0)
        place = talk.session.place
        name = talk.session.asked
        if name == "step" and place and place.lesson == "there-and-back":
            name += f" {place.step} {place.misses}"
        if name in found:
            continue
        found[name] = talk
        waiting += [talk.copy().tap(b.choice) for b in talk.buttons]
    _found[language] = list(found.values())
    return _found[language]


def at_the_end_of_a_lesson(talk: Talk) -> Talk:
    """Where the name is asked, and then leave to remember."""
    talk.mean("find_lesson", lessons=((LESSONS[1], 1.0),))
    walk_to_the_end(talk, LESSONS[1])
    return talk


def stuck_in_a_lesson(talk: Talk) -> Talk:
    talk.mean("find_lesson", lessons=((LESSONS[1], 1.0),)).tap("skip_this")
    for _ in range(3):
        talk.mean("stuck")
    assert talk.session.asked == "stubborn"
    return talk


def test_the_walk_finds_nearly_all_states() -> None:
    from bot.conversation.table import ASKED

    there = {t.session.asked.partition(":")[0] for t in _walked("en")}
    # These are reached by time alone, or pass on at once; in a class (test_classroom); before and after a path (stories).
    others = {"after_checks", "after_lesson", "recall", "reminder", "how_are_you", "second_trick", "come_back", "given_or_paid", "letters_lesson",
              "slower_or_other", "three", "rest", "look", "look_done", "still_keep", "danger_despair", "asked_for_code", "raise_hand", "hand_up", "ring_me", "family_wish",
              "doings_offer", "doing", "doings_seen"}  # fmt: skip
    assert set(ASKED) - there <= others, set(ASKED) - there - others


@pytest.mark.parametrize(
    "system, maker",
    [
        ("android", "samsung"),
        ("android", "google"),
        ("android", ""),
        ("iphone", "apple"),
        ("harmony", "huawei"),
        ("android", "xiaomi"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_lesson_can_be_finished(language: str, system: str, maker: str) -> None:
    for lesson in every_lesson().lessons(language):
        if system not in lesson.systems:
            continue
        for reads_on in ("this_phone", "another_device"):
            talk = met(language, system, maker, **{})
            talk._keep(_with(talk.session, reads_on=reads_on))
            talk.conversation = the_conversation(whole=True)
            talk.mean("find_lesson", lessons=((lesson.id, 1.0),))
            walk_to_the_end(talk, lesson.id)


def _with(session: Session, **changes: object) -> Session:
    from dataclasses import replace

    return replace(session, **changes)  # type: ignore[arg-type]


OF_STATE = {
    "advice": "i_know_it",
    "confidence": "sure2",
    "check": "answer:0",
    "three": "one_is_fine",
    "look_done": "on_my_phone",
}


def walk_to_the_end(talk: Talk, lesson: str) -> None:
    asked_for: list[str] = []
    for _ in range(90):
        if "lesson_finished" in talk.names and talk.session.asked.partition(":")[0] not in ("check", "confidence"):
            break
        name = talk.session.asked.partition(":")[0]
        if name == "step":
            place = talk.session.place
            assert place is not None
            asked_for.append(place.step)
        if name == "look":
            talk.tap(talk.buttons[0].choice)
            continue
        talk.tap(OF_STATE.get(name, "next"))
    assert [e.lesson for e in talk.events if e.name == "lesson_finished"] == [lesson]
    assert len(asked_for) == len(set(asked_for)), "a finished step was asked again by itself"


steps = st.lists(st.sampled_from(("next", "next", "next", "stuck", "repeat", "words", "thanks", "skip")), max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps, st.sampled_from(LESSONS), st.booleans())
def test_a_finished_step_is_never_asked_again_by_itself(done: list[str], lesson: str, three: bool) -> None:
    talk = met("en", "android", "samsung")
    talk.mean("find_lesson", lessons=((lesson, 1.0),))
    finished: set[str] = set()
    for what in done:
        name = talk.session.asked.partition(":")[0]
        place = talk.session.place
        if place is None or place.lesson != lesson:
            break
        if name == "step" and place.step:
            assert place.step not in finished, place.step
        if name == "where_are_you":
            talk.tap("see:other")
        elif name == "three":
            talk.tap("yes_three" if three else "one_is_fine")
        elif name == "stubborn":
            talk.tap("skip_step")
        elif name == "slower_or_other":
            talk.tap("other_words")
        elif name != "step":
            talk.tap(talk.buttons[0].choice)
        elif what in ("next", "stuck", "repeat"):
            talk.tap(what)
        else:
            talk.mean({"words": "out_of_scope", "thanks": "thanks", "skip": "skip_step"}[what])
        finished |= {e.step for e in talk.events if e.name == "step_done"}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 3), max_size=25), st.sampled_from((0.05, 0.3, 5.0)), st.sampled_from(("en", "zh")))
def test_tapping_everything_twice_is_tapping_once(rows: list[int], gap: float, language: str) -> None:
    """The second tap meets the old button again (0.05 s), or the new message's (0.3 s), or comes 5 s later."""
    once, twice = Talk(language=language).start(), Talk(language=language).start()
    for row in rows:
        choice = once.buttons[row % len(once.buttons)].choice
        once.tap_turn(Tap(once.session.turn, choice), seconds=20)
        turn = twice.session.turn
        twice.tap_turn(Tap(turn, choice), seconds=20)
        if gap == 0.3 and twice.buttons:
            newest = twice.buttons[row % len(twice.buttons)].choice
            assert twice.tap_turn(Tap(twice.session.turn, newest), seconds=gap) in ("too_soon", "again")
        else:
            assert twice.tap_turn(Tap(turn, choice), seconds=gap) in ("again", "too_soon")
        twice.at = once.at
        twice.shown_at = once.shown_at
    assert twice.names == once.names
    assert twice.session.asked == once.session.asked


def test_while_a_person_holds_the_chat_nothing_is_said() -> None:
    talk = met()
    talk._keep(_with(talk.session, held_by="rosa"))
    turn = talk.session.turn
    assert not talk.say("hello").replies
    assert talk.session.turn == turn
    finding = Finding(text="I have fallen", danger="body")
    assert talk._advance(Understanding("emergency"), finding, talk._message("text")).replies


def test_others_of_this_phone_are_known_by_name_only_here() -> None:
    turn = the_conversation().welcome(
        the_conversation().new_session("ken", language="en", centre="home", channel="web", at=Talk().at),
        at=Talk().at,
        known=Known(people=(Person("joan", "Joan"),)),
    )
    assert "Joan keeps theirs" in turn.replies[-1].words

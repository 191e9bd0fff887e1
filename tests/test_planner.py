"""Reminders come in waking hours, once, and never twice; recalls never come by themselves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.centres import Centres
from bot.conversation.waking import is_waking, next_allowed
from bot.messages import Centre, Plan, Reply, Session, Turn
from bot.planner import Planner
from bot.store import Address, DuePlan, Parcel, Store

CHINA = Centre("cn", "", "CN", "Asia/Shanghai", quiet=(("12:00", "14:00"),))
LONDON = Centre("gb", "", "GB", "Europe/London")
ZONES = sorted(available_timezones() - {"localtime", "posixrules"})


@st.composite
def centres(draw: st.DrawFn) -> Centre:
    opens = draw(st.integers(0, 20))
    closes = draw(st.integers(opens + 2, 23))
    quiet = draw(st.lists(st.integers(opens, closes - 1), max_size=1))
    spans = tuple((f"{hour:02}:00", f"{hour:02}:59") for hour in quiet)
    waking = (f"{opens:02}:00", f"{closes:02}:00")
    return Centre("x", "", "GB", draw(st.sampled_from(ZONES)), waking=waking, quiet=spans)


@settings(max_examples=400)
@given(centre=centres(), when=st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))
def test_the_next_allowed_moment_is_awake_soon_and_not_before(centre: Centre, when: datetime) -> None:
    at = next_allowed(when, centre)
    assert at >= when
    assert is_waking(at, centre)
    assert at == when or not is_waking(when, centre)
    assert at - when <= timedelta(hours=26)
    assert next_allowed(at, centre) == at
    # Nothing earlier would have done: every quarter of an hour before it is not a waking one.
    for quarter in range(int((at - when) / timedelta(minutes=15))):
        assert not is_waking(when + quarter * timedelta(minutes=15), centre)


@pytest.mark.parametrize(
    ("centre", "when", "allowed"),
    [
        (CHINA, "2026-11-21T04:30:00Z", "2026-11-21T06:00:00Z"),  # 12:30 there: after the midday rest
        (CHINA, "2026-11-21T13:00:00Z", "2026-11-22T01:00:00Z"),  # 21:00 there: tomorrow at nine
        (LONDON, "2026-03-28T22:00:00Z", "2026-03-29T08:00:00Z"),  # the night when the clocks go forward
        (LONDON, "2026-10-24T21:00:00Z", "2026-10-25T09:00:00Z"),  # and back
        (LONDON, "2026-07-01T19:00:00Z", "2026-07-02T08:00:00Z"),  # 20:00 in summer is no waking hour any more
    ],
)
def test_at_the_learners_own_place(centre: Centre, when: str, allowed: str) -> None:
    assert next_allowed(datetime.fromisoformat(when), centre) == datetime.fromisoformat(allowed)


def test_an_hour_that_does_not_exist_is_not_waited_for() -> None:
    early = Centre("x", "", "GB", "Europe/London", waking=("01:30", "20:00"))
    at = next_allowed(datetime(2026, 3, 29, 0, 0, tzinfo=UTC), early)
    assert at.astimezone(ZoneInfo("Europe/London")).time() >= time(2, 0)


@dataclass
class Tutor:
    store: Store
    fails: bool = False
    told: list[str] = field(default_factory=list)

    async def tell_due(self, due: DuePlan, *, at: datetime) -> list[Parcel]:
        self.told.append(due.plan.kind)
        if self.fails:
            raise RuntimeError("a lesson that is gone")
        turn = Turn(Session(due.learner), (Reply("Hello again"),))
        return await self.store.save(turn, chat=due.chat, plan=due.id, at=at)


NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


async def plan(store: Store, *plans: Plan, centre: str = "gb") -> None:
    chat = await store.chat_of(Address("console", "", "here"))
    learner = await store.learner_of(chat)
    await store.save(Turn(Session(learner, centre=centre), plans=plans), chat=chat, at=NOON - timedelta(hours=2))


def planner(store: Store, tutor: Tutor, sent: list[Parcel] | None = None) -> Planner:
    async def on_parcels(parcels: object) -> None:
        if sent is not None:
            sent.extend(parcels)  # type: ignore[call-overload]

    return Planner(store, tutor, Centres({"gb": LONDON, "cn": CHINA}), lambda: NOON, on_parcels=on_parcels)


async def test_a_reminder_is_told_once_and_a_recall_never(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    await plan(store, Plan("reminder", NOON), Plan("recall", NOON, "send-photo"), Plan("question", NOON))
    tutor, sent = Tutor(store), list[Parcel]()
    assert await planner(store, tutor, sent).look(NOON - timedelta(minutes=1)) == 0
    assert await planner(store, tutor, sent).look(NOON + timedelta(minutes=1)) == 2
    assert await planner(store, tutor, sent).look(NOON + timedelta(minutes=2)) == 0
    assert tutor.told == ["reminder", "question"] and len(sent) == 2
    await store.close()


async def test_a_reminder_does_not_fall_into_somebodys_lesson(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    await plan(store, Plan("reminder", NOON))
    chat = await store.chat_of(Address("console", "", "here"))
    joan = await store.learner_of(chat)
    ken = await store.new_learner(chat)
    await store.save(Turn(Session(joan), hand_to="new"), chat=chat, then=Turn(Session(ken)), at=NOON)
    assert await planner(store, Tutor(store)).look(NOON + timedelta(minutes=30)) == 0
    assert await store.learner_of(chat) == ken
    assert await planner(store, Tutor(store)).look(NOON + timedelta(minutes=61)) == 1
    assert await store.learner_of(chat) == joan, "who answers the reminder is the one it was for"
    await store.close()


async def test_a_reminder_waits_for_the_morning_also_after_a_restart(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    await plan(store, Plan("reminder", NOON + timedelta(hours=10)))
    assert await planner(store, Tutor(store)).look(NOON + timedelta(hours=11)) == 0
    await store.close()
    store = Store.open(tmp_path)
    assert await planner(store, Tutor(store)).look(NOON + timedelta(hours=21, minutes=1)) == 1
    await store.close()


async def test_after_long_an_outage_an_old_reminder_is_left_out(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    await plan(store, Plan("reminder", NOON))
    tutor = Tutor(store)
    assert await planner(store, tutor).look(NOON + timedelta(days=3)) == 0
    assert tutor.told == [] and await store.due(NOON + timedelta(days=3)) == []
    await store.close()


async def test_a_plan_that_cannot_be_told_is_dropped_and_the_next_one_is_told(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    await plan(store, Plan("question", NOON), Plan("question", NOON, "a"))
    tutor = Tutor(store, fails=True)
    assert await planner(store, tutor).look(NOON) == 0
    assert len(tutor.told) == 2 and await store.due(NOON) == []
    await store.close()


async def test_it_runs_and_forgets_what_was_kept_long_enough(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    await plan(store, Plan("reminder", NOON))
    elsewhere = await store.chat_of(Address("console", "", "elsewhere"))
    refused = Session(await store.learner_of(elsewhere), consents={"remember": "no"})
    await store.save(Turn(refused), chat=elsewhere, at=NOON - timedelta(days=8))
    now = NOON

    async def pause(seconds: float) -> None:
        nonlocal now
        now += timedelta(hours=1)
        if now > NOON + timedelta(hours=5):
            raise asyncio.CancelledError

    tutor = Tutor(store)
    running = Planner(store, tutor, Centres({"gb": LONDON}), lambda: now, pause=pause)
    with pytest.raises(asyncio.CancelledError):
        await running.run()
    assert tutor.told == ["reminder"]
    assert await store.load(refused.learner) is None
    await store.close()

"""Screens that look different: counted by step and phone, shown to writers and coordinators, looked into in one tap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.messages import Event, Place, Session, Turn
from bot.report.screens import other_screens, screens_as_text
from bot.report.words import words_in
from bot.store import Address, Store

from .conftest import csrf_of
from .programme import LESSONS, NOW

WIFI = "connect-wifi"


def asked_maker(session: Session, maker: str) -> Session:
    return replace(session, maker=maker, asked="step")


async def tell(store: Store, where: str, *, maker: str = "", then: str = "", remember: str = "yes", n: int = 1) -> None:
    """Somebody says that a step looks different, and perhaps then who made the phone."""
    chat = await store.chat_of(Address("web", "", where))
    learner = await store.learner_of(chat)
    place = Place(WIFI, "en", "v1", "network")
    session = Session(
        learner, place=place, system="android", maker=maker, asked="maker" if then else "step", last_at=NOW,
        consents={"remember": remember},
    )  # fmt: skip
    events = tuple(
        Event(
            "looks_different", NOW + timedelta(seconds=k), learner, WIFI, "v1", "network", "android", maker, "en", "web"
        )
        for k in range(n)
    )
    await store.save(Turn(session, events=events), chat=chat, at=NOW)
    if then:
        await store.save(Turn(asked_maker(session, then)), chat=chat, at=NOW)


async def test_they_are_counted_by_phone_with_the_maker_told_afterwards(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    await tell(store, "a", maker="samsung", n=2)
    await tell(store, "b", then="xiaomi")
    await tell(store, "c", remember="no")
    [found] = other_screens(store.path, LESSONS, language="en")
    assert (found.lesson, found.step, found.many) == (WIFI, "network", 3)
    assert [(p.system, p.maker, p.many, p.now) for p in found.phones] == [
        ("android", "samsung", 2, False),
        ("android", "xiaomi", 1, False),
    ]
    text = screens_as_text([found], words_in("en"))
    assert "Android phone (samsung): twice" in text and "(xiaomi): once" in text
    assert await store.screen_looked_into(WIFI, "network", by="wim", at=NOW)
    assert not await store.screen_looked_into(WIFI, "network", by="wim", at=NOW)
    [found] = other_screens(store.path, LESSONS, language="en")
    assert (found.many, found.before) == (0, 3)
    await tell(store, "a", maker="samsung")
    [found] = other_screens(store.path, LESSONS, language="en")
    assert (found.many, found.before) == (1, 3), "said again, it comes back"
    await store.close()


async def test_writers_look_into_them_and_volunteers_do_not_see_them(site: Callable[..., Any]) -> None:
    here = await site()
    await tell(here.store, "a", maker="samsung")
    writer = await here.sign_in("writer")
    assert 'href="/report/screens"' in (await writer.get("/report/lessons")).text
    page = (await writer.get("/report/screens")).text
    assert "Android phone" in page and "samsung" in page
    csrf = await csrf_of(writer, "/report/screens")
    form = {"csrf": csrf, "lesson": WIFI, "step": "network"}
    assert (await writer.post("/report/screens", data={**form, "csrf": "0" * 64})).status_code == 403
    assert (await writer.post("/report/screens", data=form)).status_code == 303
    assert "Every screen was found" in (await writer.get("/report/screens")).text
    volunteer = await here.sign_in("volunteer", name="Sam")
    assert (await volunteer.get("/report/screens")).status_code == 403
    assert 'href="/report/screens"' not in (await volunteer.get("/report/lessons")).text
    assert (await (await here.sign_in("coordinator", name="Cora")).get("/report/screens")).status_code == 200

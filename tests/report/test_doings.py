"""The doings before and after a path reach volunteers only with leave; the steps that a centre misses are counted there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.messages import Event, Session, Turn
from bot.report import doings, missed_by_centre
from bot.store import DATABASE, Address, Store

from .conftest import csrf_of, later
from .programme import LESSONS, NOW, Person, write

Sites = Callable[..., Any]
FOUR = (
    ("write", "digcomp-2.2:2.1"),
    ("photo", "digcomp-2.2:2.2"),
    ("video", "digcomp-2.2:2.1"),
    ("group", "digcomp-2.2:2.4"),
)


async def told(store: Store, learner: str, chat: str, when: str, answers: str, **consents: str) -> None:
    session = Session(
        learner, name="Vera", centre="elm-street", consents={"remember": "yes", "volunteers": "yes", **consents}
    )
    events = tuple(
        Event("doing_told", NOW, learner, detail={"path": "talk", "doing": doing, "competence": competence, "when": when, "value": value})
        for (doing, competence), value in zip(FOUR, answers, strict=True)
    )  # fmt: skip
    await store.save(Turn(session, events=events), chat=chat, at=NOW)


async def in_store(folder: Path, **consents: str) -> tuple[Store, str]:
    store = Store.open(folder, clock=lambda: NOW)
    chat = await store.chat_of(Address("telegram", "bot1", "Vera"))
    learner = await store.learner_of(chat)
    await told(store, learner, chat, "before", "0011", **consents)
    await told(store, learner, chat, "after", "2120", **consents)
    return store, learner


async def test_with_leave_alone(tmp_path: Path) -> None:
    store, learner = await in_store(tmp_path)
    assert list(doings(tmp_path / DATABASE)) == [], "no leave was given"
    chat = await store.chat_of(Address("telegram", "bot1", "Vera"))
    await told(store, learner, chat, "after", "2120", doings="yes")
    found = list(doings(tmp_path / DATABASE))
    assert [(one.doing, one.before, one.after) for one in found] == [
        ("group", 1, 0),
        ("photo", 0, 1),
        ("video", 1, 2),
        ("write", 0, 2),
    ]
    refused = Session(learner, centre="elm-street", consents={"remember": "yes", "volunteers": "no", "doings": "yes"})
    await store.save(Turn(refused), chat=chat, at=NOW)
    assert list(doings(tmp_path / DATABASE)) == [], "volunteers may see nothing of this person"
    exported = await store.export(learner)
    assert len(exported["doings"]) == 4
    await store.erase(learner)
    assert await store.read(lambda db: db.execute("select count(*) from doings").fetchone()[0]) == 0
    await store.close()


async def test_the_record_goes_with_them(tmp_path: Path) -> None:
    store, learner = await in_store(tmp_path, doings="yes")
    chat = await store.chat_of(Address("telegram", "bot1", "Vera"))
    await store.save(Turn(Session(learner, consents={"remember": "no"})), chat=chat, at=NOW)
    assert list(doings(tmp_path / DATABASE)) == []
    await store.close()


async def test_page_and_file_say_the_same(site: Sites, tmp_path: Path) -> None:
    here = await site(Person("Ada", [(9.0, "lesson_started", "send-photo", "")]))
    chat = await here.store.chat_of(Address("telegram", "bot1", "Vera"))
    learner = await here.store.learner_of(chat)
    await told(here.store, learner, chat, "before", "0011", doings="yes")
    await told(here.store, learner, chat, "after", "2120", doings="yes")
    browser = await here.sign_in()
    page = " ".join((await browser.get(f"/report/learners/{learner}")).text.split())
    assert "Before and after" in page and "Talk to family" in page
    assert "Not yet</td>" in page and "<strong>By themselves (level 2)</strong>" in page
    assert "mark" not in page.replace("No marks", "").replace('class="mark"', "").replace("sign-mark", "")
    rows = list(
        csv.DictReader(io.StringIO((await browser.get("/report/files/doings.csv")).content.decode("utf-8-sig")))
    )
    write = next(row for row in rows if row["doing"] == "write")
    assert (write["learner"], write["before"], write["after"], write["level_after"]) == (
        learner,
        "not_yet",
        "by_oneself",
        "2",
    )
    named = (await browser.get("/report/files/doings.csv?names=yes")).text
    assert "Vera" in named and "Before and after" not in (await browser.get(f"/report/learners/{here.ids['Ada']}")).text
    await browser.post("/report/you", data={"csrf": await csrf_of(browser, "/report/you"), "language": "zh"})
    chinese = (await browser.get(f"/report/learners/{learner}")).text
    assert "以前和以后" in chinese and "自己就会（2级）" in chinese and "发消息" in chinese


async def test_steps_missed_at_each_centre(tmp_path: Path) -> None:
    twice = [(50.0, "not_found", "send-photo", "clip"), (49.0, "not_found", "send-photo", "clip")]
    people = [Person(f"p{n}", twice, centre="elm-street" if n < 6 else "oak-lane") for n in range(9)]
    long_ago = [(24.0 * 40, "not_found", "send-photo", "open"), (24.0 * 40 - 1, "not_found", "send-photo", "open")]
    people += [Person(f"old{n}", long_ago) for n in range(6)]
    await write(tmp_path, *people)
    found = missed_by_centre(tmp_path / DATABASE, LESSONS, NOW)
    assert {centre: [(m.step, m.missed) for m in steps] for centre, steps in found.items()} == {
        "elm-street": [("Tap the paper clip", 6)]
    }
    assert missed_by_centre(tmp_path / DATABASE, LESSONS, NOW, centre="oak-lane") == {}, "three people are hidden"
    assert missed_by_centre(tmp_path / DATABASE, LESSONS, NOW + later(days=60)) == {}


async def test_the_centres_page_shows_them(site: Sites) -> None:
    twice = [(50.0, "lesson_started", "send-photo", ""), (50.0, "not_found", "send-photo", "clip"), (49.0, "not_found", "send-photo", "clip")]  # fmt: skip
    here = await site(*(Person(f"p{n}", twice, centre="elm-street" if n % 2 else "oak-lane") for n in range(14)))
    coordinator = (await (await here.sign_in("coordinator")).get("/report/centres")).text
    assert coordinator.count("Tap the paper clip") == 2 and coordinator.count("7 people") == 2
    volunteer = (await (await here.sign_in(name="Vic")).get("/report/centres")).text
    assert volunteer.count("Tap the paper clip") == 1, "of the own centre alone"

"""Who may come in, what each role sees, and how it ends: with real requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.report.door import COOKIE, WRONG_LINKS, device_of

from .conftest import csrf_of
from .programme import Person

ASKED = [(5.0, "person_asked", "send-photo", "clip")]
ADA = Person("Ada", ASKED, centre="elm-street")
BEN = Person("Ben", ASKED, centre="oak-lane")
PAGES = (
    "/report",
    "/report/learners",
    "/report/lessons",
    "/report/centres",
    "/report/files",
    "/report/you",
    "/report/first",
)
Sites = Callable[..., Any]


async def test_nothing_is_shown_without_signing_in(site: Sites) -> None:
    here = await site(ADA)
    browser = here.browser()
    for path in (*PAGES, f"/report/learners/{here.ids['Ada']}", "/report/files/report.csv"):
        answer = await browser.get(path)
        assert answer.status_code == 401, path
        assert "Ada" not in answer.text and "for volunteers" in answer.text
    for path in ("/report/helped", "/report/well-done", "/report/out"):
        assert (await browser.post(path, data={"learner": here.ids["Ada"]})).status_code == 401


async def test_a_link_is_looked_at_and_opened_once(site: Sites) -> None:
    here = await site(ADA)
    _, token = await here.people.add("Rosa", centre="elm-street", at=here.at)
    browser = here.browser()
    for _ in range(3):
        answer = await browser.get(f"/report/in/{token}")
        assert answer.status_code == 200 and "Hello Rosa" in answer.text
    answer = await browser.post(f"/report/in/{token}")
    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303
    assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/report", f"{COOKIE}="))
    assert "Ada" in (await browser.get("/report")).text
    other = here.browser()
    for answer in (await other.get(f"/report/in/{token}"), await other.post(f"/report/in/{token}")):
        assert answer.status_code == 410 and "does not open any more" in answer.text


async def test_headers_are_strict(site: Sites) -> None:
    here = await site(ADA)
    browser = await here.sign_in()
    answer = await browser.get("/report")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store" and answer.headers["x-frame-options"] == "DENY"
    assert "style=" not in answer.text and "<style" not in answer.text and "onclick" not in answer.text
    assert "//" not in answer.text.replace("http://www.w3.org", ""), "nothing from elsewhere"


@pytest.mark.parametrize(("role", "sees", "not_"), [
    ("volunteer", ["Ada"], ["Ben"]), ("coordinator", ["Ada", "Ben"], []), ("writer", [], ["Ada", "Ben"]),
])  # fmt: skip
async def test_what_each_role_sees(site: Sites, role: str, sees: list[str], not_: list[str]) -> None:
    here = await site(ADA, BEN)
    browser = await here.sign_in(role)
    shown = ""
    for path in (*PAGES, "/report/files/report.csv?names=yes", "/report/files/report.json?names=yes"):
        answer = await browser.get(path, follow_redirects=True)
        shown += answer.text
        assert answer.status_code in ((200, 403) if role == "writer" else (200,)), path
    assert all(name in shown for name in sees) and not any(name in shown for name in not_)
    for name, allowed in (("Ada", role != "writer"), ("Ben", role == "coordinator")):
        answer = await browser.get(f"/report/learners/{here.ids[name]}")
        assert (answer.status_code == 200) == allowed
        assert (name in answer.text) == allowed


async def test_leaving_ends_every_browser_at_once(site: Sites) -> None:
    here = await site(ADA)
    browser = await here.sign_in()
    [rosa] = await here.people.all()
    assert (await browser.get("/report")).status_code == 200
    await here.people.revoke(rosa.id, at=here.at)
    assert (await browser.get("/report")).status_code == 401


@pytest.mark.parametrize(
    ("gap", "status"), [(timedelta(days=6), 200), (timedelta(days=8), 401), (timedelta(days=31), 401)]
)
async def test_sessions_end(site: Sites, gap: timedelta, status: int) -> None:
    here = await site(ADA)
    browser = await here.sign_in()
    here.at += gap
    assert (await browser.get("/report")).status_code == status


async def test_signing_out(site: Sites) -> None:
    here = await site(ADA)
    browser = await here.sign_in()
    cookie = browser.cookies[COOKIE]
    assert "signed out" in (await browser.post("/report/out", data={"csrf": await csrf_of(browser)})).text
    browser.cookies.set(COOKIE, cookie)
    assert (await browser.get("/report")).status_code == 401, "the old cookie is worth nothing"


@pytest.mark.parametrize(("headers", "token"), [
    ({"Origin": "https://elsewhere.test"}, True), ({"Sec-Fetch-Site": "cross-site"}, True), ({"Origin": "null"}, True),
    ({}, False),
])  # fmt: skip
async def test_only_our_own_pages_change_anything(site: Sites, headers: dict[str, str], token: bool) -> None:
    here = await site(ADA)
    browser = await here.sign_in()
    fields = {"learner": here.ids["Ada"], "csrf": await csrf_of(browser) if token else "0" * 64}
    answer = await browser.post("/report/helped", data=fields, headers=headers)
    assert answer.status_code == 403
    assert "One person needs" in (await browser.get("/report")).text


async def test_one_s_form_is_not_another_s(site: Sites) -> None:
    here = await site(ADA)
    rosa, sam = await here.sign_in(), await here.sign_in(name="Sam")
    fields = {"learner": here.ids["Ada"], "csrf": await csrf_of(rosa)}
    assert (await sam.post("/report/helped", data=fields)).status_code == 403
    assert (await rosa.post("/report/helped", data=fields)).status_code == 303


async def test_helping_takes_the_learner_off_the_list_and_is_noted(site: Sites) -> None:
    here = await site(ADA, BEN)
    browser = await here.sign_in()
    token = await csrf_of(browser)
    for learner in (here.ids["Ben"], "0" * 20, "' or 1=1 --"):
        assert (await browser.post("/report/helped", data={"learner": learner, "csrf": token})).status_code == 404
    answer = await browser.post(
        "/report/helped", data={"learner": here.ids["Ada"], "csrf": token}, follow_redirects=True
    )
    assert "Nobody needs a person today" in answer.text and "Thank you for helping" in answer.text
    notes = [(n.volunteer, n.what, n.learner) for n in await here.people.looked()]
    assert ("Rosa", "helped", here.ids["Ada"]) in notes and ("Rosa", "looked", "") in notes


async def test_guessing_is_slowed(site: Sites) -> None:
    here = await site(ADA)
    guesser = here.browser("203.0.113.9")
    answers = [(await guesser.get(f"/report/in/{n:032}")).status_code for n in range(WRONG_LINKS[0] + 3)]
    assert answers == [410] * WRONG_LINKS[0] + [429] * 3
    _, token = await here.people.add("Rosa", centre="elm-street", at=here.at)
    assert (await guesser.get(f"/report/in/{token}")).status_code == 429
    assert (await here.browser("198.51.100.1").get(f"/report/in/{token}")).status_code == 200, "others still come in"


async def test_that_somebody_was_tricked_is_for_the_coordinator(site: Sites) -> None:
    tricked = Person("Ada", [(6.0, "step_done", "send-photo", "open"), (5.0, "tricked_told", "", "")])
    here = await site(tricked)
    volunteer = (await (await here.sign_in()).get("/report")).text
    assert "Needs a call today" in volunteer
    assert not any(word in volunteer.lower() for word in ("trick", "scam", "bank"))
    coordinator = (await (await here.sign_in("coordinator", name="Cora")).get("/report")).text
    assert "Was tricked" in coordinator
    on_paper = coordinator.split('only-print">')
    assert any(part.startswith("Needs a call today") for part in on_paper)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}"])
async def test_a_name_is_only_words(site: Sites, name: str) -> None:
    here = await site(Person(name, ASKED))
    text = (await (await here.sign_in("coordinator")).get("/report")).text
    assert "<script>alert" not in text and "<img src=x>" not in text and ">49<" not in text


@pytest.mark.parametrize(("agent", "says"), [
    ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
    ("", ""),
])  # fmt: skip
def test_devices_are_known_again(agent: str, says: str) -> None:
    assert device_of(agent) == says

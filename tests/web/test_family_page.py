"""The page of a learner's own person, asked by real requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from bot.channels.family import COOKIE, family_routes
from bot.channels.web_guard import Refused
from bot.messages import FamilyChange, Place, Session, Turn
from bot.people.family import KIND, LONGEST, Families
from bot.phrases import SHIPPED, Phrases
from bot.safety import look
from bot.store import Address, Parcel, Store
from tests.talk import every_lesson, the_conversation

AT = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class Site:
    def __init__(self, folder: Path) -> None:
        self.store, self.out = Store.open(folder), list[Parcel]()
        conversation = the_conversation(whole=True)
        families = Families(
            self.store, every_lesson(), conversation.centres, Phrases.load(SHIPPED / "family"), conversation.phrases,
            look, self._hand_out,
        )  # fmt: skip
        routes = family_routes(families, kind=KIND, longest=LONGEST, public_url="", clock=lambda: AT)
        refused = lambda request, error: PlainTextResponse("no", getattr(error, "status", 404))  # noqa: E731
        self.app = Starlette(routes=routes, exception_handlers={Refused: refused, HTTPException: refused})

    async def _hand_out(self, parcels: list[Parcel]) -> None:
        self.out += parcels

    def browser(self, language: str = "en") -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url="http://handrail.test",
            headers={"accept-language": language, "origin": "http://handrail.test"},
        )  # fmt: skip

    async def invite(self, token: str, name: str = "Ruth", **more: object) -> None:
        chat = await self.store.chat_of(Address("telegram", "7", name))
        learner = await self.store.learner_of(chat)
        lesson = every_lesson().lesson("send-photo", "en")
        assert lesson
        session = Session(
            learner, asked="step", name=name, system="iphone", maker="apple", centre="elm-street", last_at=AT,
            place=Place("send-photo", "en", lesson.version, lesson.steps_for("iphone", "apple")[2].id),
        )  # fmt: skip
        change = FamilyChange("invite", "son", "", token, AT + timedelta(days=90), **more)  # type: ignore[arg-type]
        await self.store.save(Turn(session, family=change), chat=chat, at=AT)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    made = Site(tmp_path)
    yield made
    await made.store.close()


async def test_a_preview_opens_nothing_and_a_tap_opens_it_once(site: Site) -> None:
    await site.invite("a-token-of-ruth")
    async with site.browser() as preview, site.browser() as son, site.browser() as eve:
        for _ in range(3):
            page = (await preview.get("/f/a-token-of-ruth")).text
            assert "Yes, show me" in page and "Ruth" not in page, "the name shows before the link is opened"
        opened = await son.post("/f/a-token-of-ruth")
        assert opened.status_code == 303
        cookie = opened.headers["set-cookie"].lower()
        assert all(word in cookie for word in ("httponly", "samesite=strict"))
        page = (await son.get("/family")).text
        assert "step 3 of 6" in page and "Ruth" in page
        assert (await eve.post("/f/a-token-of-ruth")).status_code == 404
        assert "There is nothing to see" in (await eve.get("/family")).text


async def test_a_kind_word_of_the_page(site: Site) -> None:
    await site.invite("a-token-of-ruth")
    async with site.browser("zh-CN") as son:
        await son.post("/f/a-token-of-ruth")
        assert "收到了" in (await son.post("/family", data={"who": "0", "ready": "kind_1"})).text
        assert site.out[-1].reply.words == "Your son writes: I am proud of you.", "said in the learner's language"
        await son.post("/family", data={"who": "0", "words": "Call you on Sunday! <b>Max</b>"})
        assert site.out[-1].reply.words.endswith("<b>Max</b>"), "a channel escapes it"
        stopped = await son.post("/family", data={"who": "0", "words": "your bank card 4111 1111 1111 1111"})
        assert "没有送出去" in stopped.text and len(site.out) == 2
        assert "停了" in (await son.post("/family", data={"who": "0", "leave": "1"})).text
        assert "step" not in (await son.get("/family")).text


async def test_another_site_cannot_send_in_their_name(site: Site) -> None:
    await site.invite("a-token-of-ruth")
    async with site.browser() as son:
        forged = await son.post("/f/a-token-of-ruth", headers={"origin": "https://evil.example"})
        assert forged.status_code == 403
        await son.post("/f/a-token-of-ruth")
        forged = await son.post(
            "/family", data={"who": "0", "ready": "kind_1"}, headers={"origin": "https://evil.example"}
        )
        assert forged.status_code == 403 and site.out == []


async def test_what_is_not_theirs_or_no_number_changes_nothing(site: Site) -> None:
    await site.invite("a-token-of-ruth", "Ruth")
    await site.invite("a-token-of-ken", "Ken")
    async with site.browser() as son:
        await son.post("/f/a-token-of-ruth")
        for who in ("1", "-1", "x", "", "99999999999999999999"):
            assert (await son.post("/family", data={"who": who, "leave": "1"})).status_code == 200
        assert "Ruth" in (await son.get("/family")).text
        await son.post("/f/a-token-of-ken")
        page = (await son.get("/family")).text
        assert "Ruth" in page and "Ken" in page, "one who helps both parents sees both"


async def test_links_are_not_guessed(site: Site) -> None:
    async with site.browser() as guesser:
        answers = [(await guesser.post(f"/f/guess-number-{n}")).status_code for n in range(25)]
    assert answers[:20] == [404] * 20 and set(answers[20:]) == {429}
    assert COOKIE not in guesser.cookies


async def test_names_and_words_are_escaped(site: Site) -> None:
    await site.invite("a-token-of-ruth", name="<script>x</script>")
    async with site.browser() as son:
        await son.post("/f/a-token-of-ruth")
        assert "<script>x" not in (await son.get("/family")).text

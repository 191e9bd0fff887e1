"""What the page refuses, and how: bounds, other sites, forged cookies, bodies that are too large or no picture."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest

from bot.channels.web_doors import Bounds
from bot.channels.web_guard import HEADERS, Tally
from bot.channels.web_words import PICTURE_WORDS
from tests.web.conftest import House, Visitor

POSTS = ("/api/open", "/api/say", "/api/tap", "/api/upload?id=12345678", "/api/card", "/api/finish")


@pytest.mark.parametrize("path", POSTS)
async def test_a_post_without_our_header_is_refused(visitor: Visitor, path: str) -> None:
    assert (await visitor.client.post(path, json={})).status_code == 403


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
async def test_another_site_is_refused(visitor: Visitor, path: str, headers: dict[str, str]) -> None:
    answer = await visitor.client.post(path, json={}, headers={"X-Handrail": "en"} | headers)
    assert answer.status_code == 403 and answer.json()["error"]


async def test_our_public_address_is_no_other_site(build) -> None:
    house: House = build(public_url="https://handrail.example")
    opened = await house.visitor().post("/api/open", {}, Origin="https://handrail.example")
    assert opened.status_code == 200
    assert "Secure" in opened.headers["set-cookie"]
    assert "strict-transport-security" in opened.headers


@pytest.mark.parametrize("token", ["forged", "x" * 43, "y" * 5000, "'; drop table chats; --"])
async def test_a_forged_cookie_opens_nothing(visitor: Visitor, token: str) -> None:
    await visitor.open()
    headers = {"X-Handrail": "en", "Cookie": f"handrail={token}"}
    visitor.client.cookies.clear()
    say = await visitor.client.post("/api/say", json={"id": "12345678", "text": "hello"}, headers=headers)
    assert say.status_code == 401
    assert (await visitor.client.get("/api/now", headers=headers)).json() == {"unknown": True}


async def test_the_cookie_is_strict_and_only_its_hash_is_kept(house: House, visitor: Visitor) -> None:
    answer = await visitor.post("/api/open", {})
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Max-Age=31536000"):
        assert part in cookie
    token = visitor.client.cookies["handrail"]
    assert len(token) >= 43
    await house.store.close()
    for file in house.store.path.parent.iterdir():
        assert not file.is_file() or token.encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("path", "table", "status"),
    [
        ("/api/say", {"text": ""}, 400),
        ("/api/say", {"text": "   "}, 400),
        ("/api/say", {"text": 7}, 400),
        ("/api/say", {"text": "x" * 2001}, 413),
        ("/api/say", {"text": "hello", "id": "../../etc"}, 400),
        ("/api/say", {"text": "hello", "id": None}, 400),
        ("/api/say", {"text": "x" * 40_000}, 413),
        ("/api/tap", {"turn": "1", "choice": "next"}, 400),
        ("/api/tap", {"turn": True, "choice": "next"}, 400),
        ("/api/tap", {"turn": 1, "choice": "n" * 61}, 400),
        ("/api/tap", {"turn": 1}, 400),
        ("/api/open", {"start": "c-../../x"}, 400),
        ("/api/open", {"start": "x-elm"}, 400),
        ("/api/card", {"words": ["key", "key"]}, 400),
        ("/api/card", {"words": ["key", "moon", "sword"]}, 400),
    ],
)
async def test_bad_input_gets_a_clear_error_and_kind_words(
    house: House, visitor: Visitor, path: str, table: dict[str, Any], status: int
) -> None:
    await visitor.open()
    heard = len(house.tutor.heard)
    answer = await visitor.post(path, table)
    assert answer.status_code == status
    assert answer.json()["error"] and answer.json()["say"]
    assert len(house.tutor.heard) == heard


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe", b"[" * 20_000])
async def test_a_body_that_is_no_json_object(visitor: Visitor, body: bytes) -> None:
    await visitor.open()
    headers = {"X-Handrail": "zh", "Content-Type": "application/json"}
    answer = await visitor.client.post("/api/say", content=body, headers=headers)
    assert answer.status_code == 400
    assert "没有丢" in answer.json()["say"]


async def test_an_upload_that_is_too_large_stops_early(build) -> None:
    house: House = build(bounds=Bounds(upload_bytes=100_000))
    visitor = house.visitor()
    await visitor.open()
    given = 0

    async def endless() -> Any:
        nonlocal given
        while given < 50_000_000:
            given += 10_000
            yield b"x" * 10_000

    headers = {"X-Handrail": "en", "Content-Type": "image/png"}
    answer = await visitor.client.post("/api/upload?id=12345678", content=endless(), headers=headers)
    assert answer.status_code == 413 and answer.json()["say"]
    assert given < 1_000_000


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large; its picture data is a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("width", "height", "status"),
    [(8000, 4999, 200), (8000, 5001, 413), (60_000, 60_000, 413), (2**31 - 1, 2**31 - 1, 413)],
)
async def test_pixels_are_counted_before_decoding(visitor: Visitor, width: int, height: int, status: int) -> None:
    await visitor.open()
    assert (await visitor.upload(png_of(width, height), "image/png")).status_code == status


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"no picture at all", "image/png", 415),
        (b"", "image/png", 400),
        (b"\x89PNG\r\n\x1a\n", "image/png", 415),
        (b"GIF89a", "image/gif", 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", 415),
        (b"%PDF-1.7", "application/pdf", 415),
        (b"text", "text/html", 415),
    ],
)
async def test_what_is_no_picture_and_no_sound(visitor: Visitor, data: bytes, kind: str, status: int) -> None:
    await visitor.open()
    answer = await visitor.upload(data, kind)
    assert answer.status_code == status and answer.json()["say"]


async def test_new_chats_of_one_address_are_bounded(build) -> None:
    house: House = build(bounds=Bounds(new_chats_an_hour=3))
    for _ in range(3):
        await house.visitor().open()
    refused = await house.visitor().post("/api/open", {})
    assert refused.status_code == 429 and "hour" in refused.json()["say"]
    await house.visitor("203.0.113.9").open()


async def test_an_ipv6_household_counts_as_one(build) -> None:
    house: House = build(bounds=Bounds(new_chats_an_hour=1))
    await house.visitor("2001:db8:1:2::1").open()
    assert (await house.visitor("2001:db8:1:2:ffff::9").post("/api/open", {})).status_code == 429
    await house.visitor("2001:db8:1:3::1").open()


async def test_messages_of_a_chat_are_bounded_and_refused_kindly(build) -> None:
    house: House = build(bounds=Bounds(messages_a_minute=3))
    visitor = house.visitor()
    await visitor.open()
    answers = [await visitor.post("/api/say", {"text": "hello"}) for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["say"]


def test_a_tally_lets_go_after_its_time_and_of_old_keys() -> None:
    tally = Tally(2, 60, keys=3)
    assert [tally.allows("a", t) for t in (0, 1, 2, 61, 62)] == [True, True, False, True, True]
    for key in "bcd":
        assert tally.allows(key, 70)
    assert tally.allows("a", 70), "the oldest key was let go"


@pytest.mark.parametrize(
    "path", ["/", "/c/elm-street", "/l/send-photo", "/poster", "/healthz", "/api/now", "/nothing", "/static/chat.js"]
)
async def test_every_answer_is_strict(visitor: Visitor, path: str) -> None:
    answer = await visitor.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/c/..%2f..%2fetc", "/c/A%3Cscript%3E", "/l/" + "x" * 80, "/picture/0123/part.png", "/picture/x/else.png", "/voice/x.mp3",
     "/static/../web.py", "/static/%2e%2e/web.py", "/poster?centre=<script>"],
)  # fmt: skip
async def test_what_is_not_here_is_said_kindly(visitor: Visitor, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


async def test_a_page_has_nothing_from_outside_and_no_script_in_it(visitor: Visitor) -> None:
    for path in ("/", "/poster", "/nothing"):
        html = (await visitor.get(path)).text
        assert "style=" not in html and "onclick" not in html and "https://" not in html
        assert all("src=" in part or "application/json" in part for part in html.split("<script")[1:] if part)


async def test_the_card_leads_back_and_guessing_is_bounded(build) -> None:
    house: House = build(bounds=Bounds(card_tries=3, news_seconds=0.05), shared=True)
    first = house.visitor()
    opened = await first.open(shared=True)
    assert "Max-Age" not in str(first.client.cookies) and len(opened["card"]) == 3
    turn = (await first.tap(opened["turn"], "begin"))["turn"]
    assert (await first.get("/api/now")).json()["card"] == opened["card"]
    await first.post("/api/finish", {})
    assert not {"handrail", "handrail_card"} & set(first.client.cookies)
    assert (await first.get("/api/now")).json() == {"unknown": True}

    back = house.visitor("203.0.113.5")
    assert (await back.post("/api/card", {"words": opened["card"]})).status_code == 200
    now = (await back.get("/api/now")).json()
    assert now["turn"] == turn and now["present"][0]["step"] == [2, 6] and now["card"] == opened["card"]

    guesser = house.visitor("203.0.113.66")
    wrong = [word for word in PICTURE_WORDS if word not in opened["card"]][:3]
    tries = [(await guesser.post("/api/card", {"words": wrong})).status_code for _ in range(4)]
    assert tries == [404, 404, 404, 429]


async def test_a_shared_computer_gives_a_cookie_that_ends_with_the_browser(build) -> None:
    shared = await build(shared=True).visitor().post("/api/open", {})
    assert "Max-Age" not in shared.headers["set-cookie"] and "expires" not in shared.headers["set-cookie"].lower()


async def test_words_of_another_card_are_shown_to_nobody(build) -> None:
    house: House = build(shared=True)
    first, second = house.visitor(), house.visitor()
    card = (await first.open(shared=True))["card"]
    await second.open(shared=True)
    second.client.cookies.set("handrail_card", "-".join(card))
    assert (await second.get("/api/now")).json()["card"] == []


async def test_two_chats_never_have_the_same_card(build) -> None:
    house: House = build(shared=True, bounds=Bounds(new_chats_an_hour=100))
    cards = [tuple((await house.visitor().open(shared=True))["card"]) for _ in range(30)]
    assert len(set(cards)) == 30

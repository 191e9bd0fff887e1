"""Ten people, two tablets, one volunteer: over real HTTP, with a Bot API server of our own."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from .room import Phone, Running, Tablet, Volunteer, running

pytestmark = pytest.mark.telegram
LESSON = "connect-wifi"
FIRST, SECOND = "open-settings", "open-network"
NAMES = ("Ann", "Ben", "Cleo", "Dora")


async def test_a_class_of_ten(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        rosa = await house.volunteer("Rosa")
        room, code = await begin(rosa)
        phones = [Phone(house, 100 + n, "iPhone" if n < 4 else "Samsung") for n in range(6)]
        tablets = [Tablet(house), Tablet(house)]
        await asyncio.gather(*(one.join(code) for one in (*phones, *tablets)))
        assert "8 of 10 are here" in await rosa.page(room)
        assert all("Rosa's class" in phone.texts() for phone in phones)
        ann_and_ben, cleo_and_dora = tablets
        await asyncio.gather(
            at_the_tablet(ann_and_ben, "Ann", "Ben"), at_the_tablet(cleo_and_dora, "Cleo", "Dora"),
            *(phone.goes_to(LESSON, FIRST) for phone in phones),
        )  # fmt: skip
        page = await rosa.page(room)
        assert "10 of 10 are here" in page, "the second one at each tablet has a seat as well"
        assert not any(name in page for name in NAMES), "a name only with leave"
        await hands_go_up(house, rosa, room, phones, tablets)
        await nobody_is_waited_for(rosa, room, phones)
        await the_wall_has_no_names(rosa, room)
        await the_end(rosa, room, phones)


async def begin(rosa: Volunteer) -> tuple[str, str]:
    answer = await rosa.send("/report/class", lesson=f"en:{LESSON}", people=10)
    assert answer.status_code == 303
    room = answer.headers["location"]
    page = await rosa.page(room)
    code = re.search(r"/k/([a-z0-9]{6})\b", page)
    assert code and "t.me/handrail_test_bot?start=k-" in page and "0 of 10 are here" in page
    return room, code[1]


async def at_the_tablet(tablet: Tablet, first: str, second: str) -> None:
    """The first goes one step; then the other takes over, in the way that is always there."""
    await tablet.goes_to(LESSON, SECOND, first)
    for label in ("Help", "Somebody else here", "Somebody new"):
        await tablet.tap(label)
    await tablet.goes_to(LESSON, FIRST, second)
    assert (await tablet.session()).name == second


async def hands_go_up(
    house: Running, rosa: Volunteer, room: str, phones: list[Phone], tablets: list[Tablet]
) -> None:  # fmt: skip
    """Oldest first, one line each, two volunteers never to the same one; the learner hears who comes."""
    kofi = await house.volunteer("Kofi")
    lost, asks = phones[0], phones[1]
    await lost.tap("I can't find it")
    await asks.tap("Help")
    await asks.tap("A person, please")
    assert "Rosa is here in the room" in asks.texts()
    await asks.tap("Raise my hand")
    await tablets[0].tap("I can't find it")
    (one, said), (two, wish), (three, _) = await rosa.hands(room)
    assert "Cannot find it" in said and "Step 1: Open Settings" in said and "Did not find it once" in said
    assert "Would like a person" in wish
    await rosa.send(f"{room}/hand", seat=one, do="going")
    await kofi.send(f"{room}/hand", seat=one, do="going")
    await house.api.until(lambda: "Rosa is coming to you." in lost.texts())
    assert "Kofi" not in lost.texts()
    assert "Rosa is on the way" in dict(await kofi.hands(room))[one]
    await kofi.send(f"{room}/hand", seat=three, do="going")
    await tablets[0].news()
    assert "Kofi is coming to you." in tablets[0].words
    await rosa.send(f"{room}/hand", seat=one, do="helped")
    await kofi.send(f"{room}/hand", seat=three, do="not_going")
    assert [number for number, _ in await rosa.hands(room)] == [two, three]
    await asks.tap("Let's go on")
    await asks.tap("Done")
    assert [number for number, _ in await rosa.hands(room)] == [three], "who got on needs nobody"


async def nobody_is_waited_for(rosa: Volunteer, room: str, phones: list[Phone]) -> None:
    """Each goes at an own pace; the room shows nobody's step unless their hand is up."""
    await asyncio.gather(*(phone.tap("I can't find it") for phone in phones[2:]))
    await phones[2].goes_to(LESSON, "type-password")
    page = await rosa.page(room)
    assert "type-password" not in page and "Type the password" not in page


async def the_wall_has_no_names(rosa: Volunteer, room: str) -> None:
    shown = []
    for _ in range(3):
        page = await rosa.page(f"{room}/wall")
        shown.append(page)
        assert not any(name in page for name in ("Rosa", *NAMES))
        await rosa.send(f"{room}/wall", to="next")
    assert "Point your camera here" in shown[0] and "Samsung" in shown[1] and "iPhone" in shown[1]
    picture = re.search(r'src="(/report/class/[^"]+\.png)"', shown[1])
    assert picture
    answer = await rosa.browser.get(picture[1])
    assert answer.status_code == 200 and answer.content.startswith(b"\x89PNG")


async def the_end(rosa: Volunteer, room: str, phones: list[Phone]) -> None:
    """What many missed is a number; who was there only by leave; the lesson waits where it is."""
    before = (await phones[2].session()).place
    await rosa.send(f"{room}/end")
    page = await rosa.page(room)
    assert "What to repeat next week" in page and "Step 1: Open Settings" in page
    assert "nearly all of 10 people" in page, "six of ten: the other four are too few to be shown"
    assert "Nobody has said that." in page and "and 10 more" in page
    await phones[2].tap("Help")
    await phones[2].tap("A person, please")
    assert "Raise my hand" not in await phones[2].choices(), "nobody is in the room any more"
    await phones[2].tap("Let's go on")
    after = (await phones[2].session()).place
    assert before and after and (after.lesson, after.step) == (before.lesson, before.step)

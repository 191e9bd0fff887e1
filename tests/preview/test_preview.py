"""`handrail lessons preview` over HTTP, with the real lessons, conversation and rules."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot.commands.lessons import lessons
from bot.preview.desk import Desk
from bot.preview.page import make_app
from media.screens import SHIPPED as SCREENS
from tests.fakes.studio import FolderStudio
from tests.preview.conftest import Writer

LESSON = "/lesson/connect-wifi/en"


async def shown(page: httpx.AsyncClient, path: str = LESSON) -> str:
    answer = await page.get(path)
    assert answer.status_code == 200
    return answer.text


def part(text: str, name: str) -> str:
    found = re.search(rf'<section class="part[^>]*data-part="{name}".*?</section>', text, re.DOTALL)
    assert found, name
    return found[0]


async def news(page: httpx.AsyncClient, text: str) -> str:
    """The next page after this one, as the page's own script fetches it."""
    mark = re.search(r'data-mark="([^"]+)"', text)
    assert mark
    answer = (await page.get("/news", params={"have": mark[1]})).json()
    assert answer["mark"] != mark[1], "nothing was noticed"
    return await shown(page)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("phone=samsung", "<p>Tap <b>Connections</b>.</p>"),
        ("phone=google", "<p>Tap <b>Network &amp; internet</b>.</p>"),
        ("phone=android", "It may also be called <b>Network &amp; internet</b>."),
        ("phone=samsung&phone_language=zh", "<b>连接</b> (Connections)"),
    ],
)
async def test_words_are_those_of_the_learners_phone(page: httpx.AsyncClient, query: str, named: str) -> None:
    assert named in part(await shown(page, f"{LESSON}?{query}"), "open-network")


async def test_the_way_there_and_back_is_said_on_the_same_phone_only(page: httpx.AsyncClient) -> None:
    assert "Leave me now" in part(await shown(page, f"{LESSON}?reads_on=this_phone"), "open-settings")
    assert "Leave me now" not in part(await shown(page, f"{LESSON}?reads_on=another_device"), "open-settings")


async def test_everything_of_a_step_is_there(page: httpx.AsyncClient) -> None:
    step = part(await shown(page), "choose-network")
    for words in ("Tap the name of yours.", "Does it ask for a password?", "an empty list", "Wait a moment.",
                  'href="#end"', "on a sticker", "Wrong name?", "Internet through the air"):  # fmt: skip
        assert words in step
    picture = re.search(r'src="(/picture/\w+\.png)"', step)
    voice = re.search(r'src="(/voice/\w+\.mp3)"', step)
    assert picture and voice
    assert (await page.get(picture[1])).headers["content-type"] == "image/png"
    assert b"Tap the name of yours." in (await page.get(voice[1])).content


async def test_a_step_of_another_phone_is_named_and_left_out(page: httpx.AsyncClient) -> None:
    assert "Only on Android." in part(await shown(page, f"{LESSON}?phone=apple"), "show-password")


async def test_a_finding_stands_beside_its_step_as_soon_as_the_file_is_saved(
    page: httpx.AsyncClient, writer: Writer
) -> None:
    before = await shown(page)
    assert "banned-word" not in before and "All is well" in before
    writer.spoil("Tap the name of yours.", "Simply tap the name of yours.")
    after = await news(page, before)
    assert "banned-word" in part(after, "choose-network") and "Simply tap" in part(after, "choose-network")
    assert "1 thing to mend" in after and "banned-word" not in part(after, "open-settings")


async def test_a_file_that_cannot_be_read_keeps_its_last_good_state(page: httpx.AsyncClient, writer: Writer) -> None:
    before = await shown(page)
    writer.spoil("- **Ask**: Has the eye changed?", "- **Aks**: Has the eye turned?")
    broken = await news(page, before)
    assert "cannot be read as it is now" in broken and "Below is how it was before" in broken
    assert "Has the eye changed?" in part(broken, "show-password")
    assert "label-unknown" in part(broken, "show-password")
    writer.spoil("**Aks**", "**Ask**")
    mended = await news(page, broken)
    assert "Has the eye turned?" in part(mended, "show-password") and "cannot be read" not in mended


async def test_a_file_that_was_never_good_shows_what_is_wrong(tmp_path: Path, writer: Writer) -> None:
    writer.spoil("- **Ask**: Has the eye changed?", "- **Aks**: Has the eye changed?")
    app = make_app(Desk(writer.folder), lambda now: FolderStudio(tmp_path))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        text = await shown(client)
    assert "label-unknown" in part(text, "show-password") and "Below is" not in text


async def test_the_index_names_every_lesson_and_its_state(page: httpx.AsyncClient, writer: Writer) -> None:
    first = await shown(page, "/")
    assert "Join a Wi-Fi network" in first and "planned" in first and f'href="{LESSON}"' in first
    writer.spoil("- **Ask**: Has the eye changed?", "- **Aks**: Has the eye changed?")
    await news(page, first)
    index = ""
    for _ in range(60):  # the list is checked in the background, all lessons of it
        if "en: cannot be read" in (index := await shown(page, "/")):
            break
        await asyncio.sleep(0.5)
    assert "en: cannot be read" in index


async def test_a_screen_that_cannot_be_used_is_told_and_the_old_one_kept(tmp_path: Path, writer: Writer) -> None:
    screens = tmp_path / "screens"
    shutil.copytree(SCREENS, screens)
    desk = Desk(writer.folder, screens)
    (screens / "settings.toml").write_text('kind = "lost"\n')
    desk.read()
    assert desk.now.screens.has("settings", "wi-fi") and "settings.toml:1" in desk.now.screens_wrong


@pytest.mark.parametrize(
    ("path", "status"), [("/lesson/nothing/en", 404), ("/lesson/connect-wifi/fr", 404), ("/nowhere", 404)]
)
async def test_what_is_not_there_is_said(page: httpx.AsyncClient, path: str, status: int) -> None:
    answer = await page.get(path)
    assert answer.status_code == status and "There is no" in answer.text


async def test_the_door_is_for_this_computer_alone(page: httpx.AsyncClient) -> None:
    assert (await page.get("/", headers={"host": "evil.example"})).status_code == 400
    headers = (await page.get("/")).headers
    assert "default-src 'self'" in headers["content-security-policy"] and headers["x-frame-options"] == "DENY"


async def test_nothing_in_a_lesson_becomes_markup(page: httpx.AsyncClient, writer: Writer) -> None:
    before = await shown(page)
    writer.spoil("Tap the name of yours.", "Tap the name of yours & 5 \\< 6.")
    assert "yours &amp; 5 &lt; 6." in await news(page, before)


def test_a_lesson_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner(env={"HANDRAIL_DATA": str(tmp_path)}).invoke(lessons, ["preview", "conect-wifi"])
    assert result.exit_code == 2 and "connect-wifi" in result.output

"""The real program in a process of its own, walked by a real browser: hello, the way home, a whole lesson; killed
in the middle and started again with nothing lost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import settled, until

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent


class Program:
    """`handrail run` on a port and a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        mine = {"HANDRAIL_DATA": str(self.folder), "HANDRAIL_PORT": str(self.port), "HANDRAIL_VOICE": "espeak"}
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("HANDRAIL_", "TELEGRAM_"))}
        command = [sys.executable, "-m", "bot.cli", "run"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=kept | mine, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < end, "handrail run did not start"
            time.sleep(0.2)

    def answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.address}/healthz", timeout=2).status == 200
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    running = Program(tmp_path)
    yield running
    running.kill()


def walk(page: Page, until_words: str, *, most: int = 40) -> list[str]:
    """Tap the first answer again and again until these words are there; all that was said on the way."""
    said = []
    for _ in range(most):
        words = page.locator("#message").inner_text()
        said.append(words)
        if until_words in words:
            return said
        before = page.evaluate("document.getElementById('message').textContent")
        page.locator("#choices .choice").first.click()
        until(page, f"document.getElementById('message').textContent !== {before!r}", 30)
        page.wait_for_timeout(1100)  # a tap within a second of a new message was meant for the old one
    raise AssertionError("never said: " + until_words + "\n\n" + "\n--\n".join(said[-3:]))


@pytest.mark.parametrize(
    ("locale", "step", "end"),
    [
        ("en-GB", "Step 3 of", "Now you can join any Wi-Fi"),
        ("zh-CN", "第 3 步", "这家的网，手机从此记得"),
    ],
)
def test_a_whole_lesson_in_the_browser(
    browser: Browser, program: Program, locale: str, step: str, end: str, pictures: Path | None
) -> None:
    context = browser.new_context(base_url=program.address, locale=locale, viewport={"width": 390, "height": 844})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/l/connect-wifi")
    page.wait_for_selector("#choices .choice")
    title = page.evaluate("document.title")
    walk(page, step)  # of the way home, which comes first
    walk(page, {"en-GB": "Join a Wi-Fi", "zh-CN": "无线"}[locale])
    walk(page, step)
    settled(page)
    for part in page.locator("#message .picture img").all():
        assert part.evaluate("i => i.naturalWidth") == 1080, "the ringed picture is there"
    assert page.locator("#message .voice .long").inner_text(), "the voice has a length"

    program.kill()
    page.locator("#choices .choice").first.click()
    page.wait_for_selector("#notice strong")
    program.start()
    until(page, "document.getElementById('notice').hidden", 60)
    page.wait_for_timeout(1200)
    here = page.locator("#message .count").inner_text()
    assert step not in here, "the tap that waited went by itself"
    page.reload()
    page.wait_for_selector("#choices .choice")
    assert page.locator("#message .count").inner_text() == here
    said = walk(page, end)
    assert said and page.evaluate("document.title") == title and errors == []
    if pictures:
        page.screenshot(path=pictures / f"whole-lesson-{locale}.png")
    context.close()

"""How to bring the page into each of its states. A new state is a new function here, nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from bot.channels.web_words import Labels
from tests.browser.conftest import Served, answer, settled, to_step, until

Open = Callable[..., Page]
Serve = Callable[..., Served]
LABELS = Labels.load()


def hello(open: Open, serve: Serve, language: str) -> Page:
    page = open()
    settled(page)
    return page


def step(open: Open, serve: Serve, language: str) -> Page:
    page = open()
    to_step(page, language)
    settled(page)
    return page


def urgent(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    write(page, "tricked", language)
    page.wait_for_selector(".card.urgent")
    return page


def aside(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    write(page, "wait", language)
    page.wait_for_selector(".card.aside")
    return page


def earlier(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    page.evaluate("window.scrollTo(0, 0)")
    return page


def writing(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    page.fill("#words", LABELS(language)["photo_question"])
    page.wait_for_selector("#send")
    return page


def voice_playing(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    page.click("#message .voice")
    until(page, "document.getElementById('sound').currentTime > 0.3")
    return page


def picture_enlarged(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    larger = page.locator("#message .picture, #beside .choice").locator("visible=true").first
    larger.click()
    until(page, "document.querySelector('#over img').complete")
    return page


def without_pictures(open: Open, serve: Serve, language: str) -> Page:
    page = open(server=serve(broken_studio=True))
    to_step(page, language)
    page.locator(".instead").locator("visible=true").first.wait_for()
    page.click("#message .voice")
    page.get_by_text(LABELS(language)["voice_again"]).wait_for()
    return page


def recording(open: Open, serve: Serve, language: str) -> Page:
    page = open(permissions=["microphone"])
    page.click("#speak")
    page.wait_for_selector(".stop")
    return page


def no_microphone(open: Open, serve: Serve, language: str) -> Page:
    page = open()
    page.evaluate("Object.defineProperty(navigator, 'mediaDevices', {value: undefined})")
    page.click("#speak")
    page.wait_for_selector("#notice .choice")
    return page


def photograph(open: Open, serve: Serve, language: str) -> Page:
    page = open()
    page.set_input_files("#file", files=[{"name": "a.png", "mimeType": "image/png", "buffer": a_photograph()}])
    page.wait_for_selector("#over img")
    return page


def no_photograph(open: Open, serve: Serve, language: str) -> Page:
    page = open()
    page.set_input_files("#file", files=[{"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}])
    page.wait_for_selector("#notice .choice")
    return page


def no_internet(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    page.context.set_offline(True)
    write(page, LABELS(language)["looking"], language)
    page.wait_for_selector(".bubble.waiting")
    page.wait_for_selector("#notice strong")
    return page


def one_moment(open: Open, serve: Serve, language: str) -> Page:
    page = step(open, serve, language)
    page.route("**/api/tap", lambda route: None)
    page.wait_for_timeout(600)
    page.locator("#choices .choice").first.click()
    page.wait_for_selector(".choice.slow")
    return page


def who_is_here(open: Open, serve: Serve, language: str) -> Page:
    page = open(server=serve(shared=True, cover_after=1), wait=False)
    page.wait_for_selector("#over .choice")
    return page


def covered(open: Open, serve: Serve, language: str) -> Page:
    page = who_is_here(open, serve, language)
    page.get_by_role("button", name=LABELS(language)["cover_new"]).click()
    page.wait_for_selector("#choices .choice")
    page.wait_for_selector("#over .choice.usual")
    return page


def my_card(open: Open, serve: Serve, language: str) -> Page:
    page = open(server=serve(shared=True, cover_after=600), wait=False)
    page.get_by_role("button", name=LABELS(language)["cover_new"]).click()
    page.get_by_role("button", name=LABELS(language)["card_show"]).click()
    page.wait_for_selector(".words.three")
    return page


def shared_page(open: Open, serve: Serve, language: str) -> Page:
    page = my_card(open, serve, language)
    page.get_by_role("button", name=LABELS(language)["close"], exact=True).click()
    answer(page, {"en": "Yes, let's begin", "zh": "好，开始吧"}[language])
    settled(page)
    return page


def card_entry(open: Open, serve: Serve, language: str) -> Page:
    page = who_is_here(open, serve, language)
    page.get_by_role("button", name=LABELS(language)["cover_card"]).click()
    page.locator(".word").first.click()
    page.wait_for_selector(".word.taken")
    return page


def write(page: Page, words: str, language: str) -> None:
    if page.locator("#write").is_visible():
        page.click("#write")
    page.fill("#words", words)
    page.click("#send")


def a_photograph(size: tuple[int, int] = (800, 600)) -> bytes:
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(drawn, "PNG")
    return drawn.getvalue()


STATES: dict[str, Callable[[Open, Serve, str], Any]] = {
    made.__name__: made
    for made in (
        hello, step, urgent, aside, earlier, writing, voice_playing, picture_enlarged, without_pictures, recording,
        no_microphone, photograph, no_photograph, no_internet, one_moment, who_is_here, covered, my_card, shared_page,
        card_entry,
    )
}  # fmt: skip

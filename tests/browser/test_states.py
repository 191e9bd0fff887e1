"""Every state of the page, in both languages and at every size: no violation that axe knows, all sizes as agreed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import answer, settled, to_step
from tests.browser.states import STATES

pytestmark = pytest.mark.browser
SCREENS = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1280, 800), "narrow": (320, 568), "zoom": (320, 256)}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

MEASURES = """() => {
  const seen = e => { const b = e.getBoundingClientRect(); const s = getComputedStyle(e);
    return b.width > 1 && b.height > 1 && s.visibility !== 'hidden' && !e.closest('.unseen') && !e.closest('.skip'); };
  const small = [], tiny = [], close = [];
  const covered = !document.getElementById('over').hidden;
  const root = document.getElementById(covered ? 'over' : 'page');
  const targets = Array.from(root.querySelectorAll('button, input')).filter(seen);
  targets.forEach(e => { const b = e.getBoundingClientRect();
    if (Math.min(b.width, b.height) < 59.5) small.push(e.id + e.className + ' ' + b.width + 'x' + b.height); });
  root.querySelectorAll('*').forEach(e => {
    const own = Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim());
    if (own && seen(e) && parseFloat(getComputedStyle(e).fontSize) < 19.9) tiny.push(e.tagName + ' ' + e.textContent); });
  const rows = Array.from(root.querySelectorAll('#choices .choice, .panel .choice')).filter(seen).map(e => e.getBoundingClientRect());
  rows.forEach((b, n) => { if (n && b.top - rows[n - 1].bottom < 7.5) close.push(n); });
  const filled = Array.from(root.querySelectorAll('.choice.usual')).filter(seen).length;
  return {small, tiny, close, filled, wide: document.documentElement.scrollWidth - innerWidth};
}"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("screen", ["phone"])
def test_no_violation_and_all_measures(
    visit, serve, state: str, language: str, screen: str, pictures: Path | None
) -> None:
    page = _in_state(visit, serve, state, language, *SCREENS[screen])
    _check(page, pictures, f"{state}-{screen}-{language}")


@pytest.mark.parametrize("state", ["hello", "step", "earlier", "voice_playing", "picture_enlarged", "shared_page"])
@pytest.mark.parametrize("screen", ["tablet", "desktop"])
def test_wider_screens(visit, serve, state: str, screen: str, pictures: Path | None) -> None:
    language = "zh" if screen == "tablet" else "en"
    page = _in_state(visit, serve, state, language, *SCREENS[screen])
    _check(page, pictures, f"{state}-{screen}-{language}")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", ["hello", "step", "urgent", "card_entry"])
@pytest.mark.parametrize("screen", ["narrow", "zoom"])
def test_a_narrow_and_a_much_enlarged_page(
    visit, serve, state: str, language: str, screen: str, pictures: Path | None
) -> None:
    page = _in_state(visit, serve, state, language, *SCREENS[screen])
    _check(page, pictures, f"{state}-{screen}-{language}")
    docked = page.evaluate("getComputedStyle(document.getElementById('dock')).position")
    assert docked == ("static" if screen == "zoom" else "sticky")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("screen", ["phone", "narrow"])
def test_larger_letters(visit, language: str, size: int, screen: str, pictures: Path | None) -> None:
    width, height = SCREENS[screen]
    page = visit(width, height, {"en": "en-GB", "zh": "zh-CN"}[language])
    to_step(page, language)
    settled(page)
    before = _letters(page)
    for _ in range(size):
        page.click("#larger") if width < 600 else page.click(f'[data-pick="{size}"]')
    assert _letters(page) > before
    assert _letters(page) >= {1: 26, 2: 30, 3: 34}[size] * (1.12 if language == "zh" else 1) - 0.1
    _check(page, pictures, f"size{size}-{screen}-{language}")


def test_chinese_letters_are_larger(visit) -> None:
    english, chinese = visit(), visit(language="zh-CN")
    assert _letters(english) == pytest.approx(22)
    assert _letters(chinese) == pytest.approx(22 * 1.12, abs=0.1)
    assert chinese.evaluate("document.documentElement.lang") == "zh"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_step_fits_a_phone_without_scrolling(visit, language: str) -> None:
    page: Page = visit(language={"en": "en-GB", "zh": "zh-CN"}[language])
    to_step(page, language)
    settled(page)
    for what in ("#message .card", ".picture", "#choices", "#help-place .choice", "#words"):
        box = page.locator(what).bounding_box()
        assert box and box["y"] >= 60 and box["y"] + box["height"] <= 844, what
    last, help = (
        page.locator("#choices .choice").last.bounding_box(),
        page.locator("#help-place .choice").bounding_box(),
    )
    assert last and help and 7 <= help["y"] - last["y"] - last["height"] <= 12


def test_cannot_find_it_stays_in_sight_at_the_largest_letters(visit) -> None:
    page: Page = visit()
    to_step(page)
    settled(page)
    for _ in range(3):
        page.click("#larger")
    found = page.get_by_role("button", name="I can't find it").bounding_box()
    dock = page.locator("#dock").bounding_box()
    assert found and dock and found["y"] + found["height"] <= dock["y"] + 1


def test_help_is_always_in_the_same_place(visit) -> None:
    page: Page = visit()
    places = set()
    for label in ("Yes, let's begin", "Done", "I can't find it"):
        box = page.locator("#help-place .choice").bounding_box()
        assert box
        places.add((box["x"], round(box["y"])))
        answer(page, label)
    assert len(places) == 1


def _letters(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('#message .lines p')).fontSize)")


def _in_state(visit: Callable[..., Page], serve, state: str, language: str, width: int, height: int) -> Page:
    make = STATES[state]
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    return make(lambda **more: visit(width, height, locale, **more), serve, language)


def _check(page: Page, pictures: Path | None, name: str) -> None:
    if pictures:
        page.wait_for_timeout(300)
        page.screenshot(path=pictures / f"{name}.png")
    measured = page.evaluate(MEASURES)
    filled = measured.pop("filled")
    assert measured == {"small": [], "tiny": [], "close": [], "wide": 0}
    assert filled <= 1
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()

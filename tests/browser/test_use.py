"""The page in use: by finger, by keyboard, without internet, on a shared computer, in old browsers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served, answer, settled, to_step, until
from tests.browser.states import a_photograph, card_entry, who_is_here, write
from tests.web.standins import LINK

pytestmark = pytest.mark.browser
OLD = {
    "WebView of 2019": "Mozilla/5.0 (Linux; Android 9; SM-A105FN Build/PPR1.180610.011; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/74.0.3729.157 Mobile Safari/537.36",
    "WeChat": "Mozilla/5.0 (Linux; Android 10; ELE-AL00 Build/HUAWEIELE-AL00; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/78.0.3904.62 XWEB/2693 MMWEBSDK/201001 Mobile Safari/537.36 MicroMessenger/7.0.20.1781(0x27001439) "
    "Process/appbrand0 WeChat/arm64 NetType/WIFI Language/zh_CN ABI/arm64",
    "iPhone of 2018": "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/12.1.2 Mobile/15E148 Safari/604.1",
}


@pytest.fixture
def own(serve) -> Served:
    """A page of this test's own, so that what was heard can be counted."""
    return serve(cover_after=599)


def heard(served: Served, kind: str) -> int:
    return sum(message.kind == kind for message in served.tutor.heard)


def test_a_lesson_by_keyboard_alone(visit) -> None:
    page: Page = visit(1280, 800)
    page.keyboard.press("Tab")
    assert _focused(page) == "Go to the message"
    page.keyboard.press("Enter")
    for label in ("Yes, let's begin", "Done", "I can't find it", "Rows of pictures", "Done", "Done"):
        steps = 0
        while _focused(page) != label:
            page.keyboard.press("Tab")
            steps += 1
            assert steps < 12, f"{label} is not reached soon from the message"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "4px"
        page.keyboard.press("Enter")
        page.wait_for_timeout(900)
    assert "any Wi-Fi" in page.locator("#message").inner_text()
    page.focus("#words")
    page.keyboard.type("thank you")
    page.keyboard.press("Enter")
    page.get_by_text("You wrote: thank you").first.wait_for()


def test_after_an_answer_the_focus_is_at_the_new_message(visit) -> None:
    page: Page = visit()
    to_step(page)
    assert page.evaluate("document.activeElement.className") == "heading"
    assert "Step 3 of 6" in page.evaluate("document.activeElement.textContent")


def test_each_message_is_announced_once(visit) -> None:
    page: Page = visit()
    page.evaluate("""() => { window.told = []; new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(
        node => window.told.push(node.textContent)))).observe(document.getElementById('announcer'), {childList: true}); }""")
    answer(page, "Yes, let's begin")
    page.wait_for_timeout(1500)
    told = page.evaluate("window.told")
    assert len(told) == 1 and told[0].startswith("Step 2 of 6. Look for the grey wheel called Settings.")


@pytest.mark.parametrize("pause", [0, 60])
def test_a_double_tap_counts_once(visit, own: Served, pause: int) -> None:
    before = heard(own, "tap")
    page: Page = visit(server=own)
    button = page.get_by_role("button", name="Yes, let's begin")
    button.dblclick(delay=pause)
    page.wait_for_selector(".heading .count")
    page.wait_for_timeout(500)
    assert heard(own, "tap") == before + 1
    assert "Step 2 of 6" in page.locator("#message").inner_text()


def test_a_reload_and_a_new_tab_keep_the_place(visit, own: Served) -> None:
    page: Page = visit(server=own)
    to_step(page)
    before = len(own.tutor.heard)
    page.reload()
    page.get_by_text("Step 3 of 6", exact=True).wait_for()
    other = page.context.new_page()
    other.goto("/")
    other.get_by_text("Step 3 of 6", exact=True).wait_for()
    assert len(own.tutor.heard) == before


def test_without_internet_a_message_waits_and_goes_by_itself_once(visit, own: Served) -> None:
    page: Page = visit(server=own)
    to_step(page)
    before = heard(own, "text")
    page.context.set_offline(True)
    write(page, "I can't find the line", "en")
    page.get_by_text("No internet just now.").wait_for()
    page.get_by_text("Waiting to go").wait_for()
    page.wait_for_timeout(3500)
    page.context.set_offline(False)
    page.get_by_text("You wrote: I can't find the line").first.wait_for(timeout=20_000)
    assert page.locator("#notice").is_hidden() and page.locator(".bubble.waiting").count() == 0
    assert heard(own, "text") == before + 1


def test_a_lost_answer_is_asked_for_again_and_counts_once(visit, own: Served) -> None:
    page: Page = visit(server=own)
    before = heard(own, "tap")
    lost = []

    def lose(route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    page.route("**/api/tap", lose)
    page.get_by_role("button", name="Yes, let's begin").click()
    page.get_by_text("Step 2 of 6", exact=True).wait_for(timeout=20_000)
    assert heard(own, "tap") == before + 1


def test_what_waits_survives_a_reload(visit, own: Served) -> None:
    page: Page = visit(server=own)
    page.route("**/api/say", lambda route: route.abort())
    write(page, "kept for later", "en")
    page.get_by_text("Waiting to go").wait_for()
    page.unroute("**/api/say")
    page.reload()
    page.get_by_text("You wrote: kept for later").first.wait_for()
    assert page.evaluate("sessionStorage.length") == 0


def test_html_is_shown_as_words(visit) -> None:
    page: Page = visit()
    words = "<img src=x onerror=\"document.title='broken'\"><b>bold</b> & <script>document.title='broken'</script>"
    write(page, words, "en")
    page.get_by_text("You wrote: " + words).first.wait_for()
    assert page.locator("#talk img, #talk b, #talk script").count() == 0
    assert page.title() != "broken"


def test_a_picture_is_enlarged_and_escape_leads_back(visit) -> None:
    page: Page = visit()
    to_step(page)
    page.click(".picture")
    assert (
        page.get_by_role("dialog").get_by_role("img").get_attribute("alt")
        == "A list. The line Network & internet has a ring round it."
    )
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('over').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert "picture" in page.evaluate("document.activeElement.className")


def test_the_voice_plays_pauses_and_goes_on(visit) -> None:
    page: Page = visit()
    settled(page)
    row = page.locator("#message .voice")
    assert "5 seconds" in row.inner_text()
    row.click()
    until(page, "document.getElementById('sound').currentTime > 0.2")
    assert "Pause" in row.inner_text() and "of 5 seconds" in row.inner_text()
    row.click()
    row.get_by_text("Go on").wait_for()
    assert page.evaluate("document.getElementById('sound').paused")
    answer(page, "Yes, let's begin")
    assert page.evaluate("document.getElementById('sound').paused")


def test_letters_stay_as_chosen_and_follow_the_tutor(visit) -> None:
    page: Page = visit()
    write(page, "larger", "en")
    until(page, "document.documentElement.getAttribute('data-size') === '3'")
    page.click("#smaller")
    page.reload()
    page.wait_for_selector("#choices .choice")
    assert page.evaluate("document.documentElement.getAttribute('data-size')") == "2"


def test_the_language_is_changed_for_page_and_tutor(visit) -> None:
    page: Page = visit()
    to_step(page)
    page.get_by_role("button", name="中文", exact=True).click()
    page.get_by_role("button", name="找不到").wait_for()
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert page.get_by_role("button", name="English", exact=True).is_visible()
    assert page.locator("#words").get_attribute("placeholder") == "在这里写"
    page.reload()
    page.get_by_role("button", name="找不到").wait_for()


def test_a_photograph_is_shown_first_and_made_smaller(visit, own: Served) -> None:
    page: Page = visit(server=own)
    before = heard(own, "picture")
    photo = {"name": "a.png", "mimeType": "image/png", "buffer": a_photograph((6000, 4500))}
    page.set_input_files("#file", files=[photo])
    page.get_by_role("button", name="No, throw it away").click()
    page.set_input_files("#file", files=[photo])
    with page.expect_request("**/api/upload*") as sent:
        page.get_by_role("button", name="Yes, send it").click()
    assert sent.value.headers["content-type"] == "image/jpeg"
    page.get_by_text("I see your picture").first.wait_for()
    assert heard(own, "picture") == before + 1


def test_a_voice_message_is_recorded_sent_or_thrown_away(visit, own: Served) -> None:
    page: Page = visit(server=own, permissions=["microphone"])
    before = heard(own, "voice")
    page.click("#speak")
    page.wait_for_timeout(900)
    page.get_by_role("button", name="Throw it away").click()
    page.click("#speak")
    stop = page.get_by_role("button", name="Stop and send")
    box = stop.bounding_box()
    assert box and box["height"] >= 80
    page.wait_for_timeout(1200)
    stop.click()
    page.get_by_text("I can't listen to voices").first.wait_for()
    assert heard(own, "voice") == before + 1


@pytest.mark.parametrize("browser_name", OLD)
def test_old_browsers_and_those_inside_apps(visit, browser_name: str) -> None:
    page: Page = visit(user_agent=OLD[browser_name], wait=False)
    page.wait_for_selector("#choices .choice")
    to_step(page)
    settled(page)
    assert "Step 3 of 6" in page.locator("#message").inner_text()


def test_a_browser_without_later_inventions_still_works(visit, browser, own: Served) -> None:
    """What Chromium 66 lacks is taken away before the page's script runs."""
    context = browser.new_context(base_url=own.address, viewport={"width": 390, "height": 844})
    context.add_init_script("""
        delete Object.fromEntries; delete Array.prototype.flat; delete Array.prototype.flatMap; delete Array.prototype.at;
        delete String.prototype.replaceAll; delete String.prototype.matchAll; delete Element.prototype.replaceChildren;
        delete Promise.allSettled; delete Promise.any; delete window.ResizeObserver; delete window.queueMicrotask;
        delete window.structuredClone; delete AbortSignal.timeout; delete Crypto.prototype.randomUUID;
        delete Object.hasOwn; delete HTMLDialogElement.prototype.showModal;
        delete window.MediaRecorder;
    """)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/")
    page.wait_for_selector("#choices .choice")
    to_step(page)
    page.click("#speak")
    page.get_by_text("There may be a small one on your keyboard").wait_for()
    assert errors == []
    context.close()


def test_a_link_for_somebody_of_theirs_is_copied(visit) -> None:
    page: Page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("Object.defineProperty(navigator, 'share', { value: undefined })")
    page.fill("#words", "invite")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Send the link").click()
    page.get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == LINK


def test_a_shared_computer_keeps_nothing_and_finds_the_place_by_card(visit, serve) -> None:
    page: Page = visit(server=serve(shared=True, cover_after=600), wait=False)
    page.get_by_role("button", name="Somebody new").click()
    page.wait_for_selector("#choices .choice")
    to_step(page)
    page.reload()
    page.get_by_role("button", name="My card").wait_for()
    page.click("#finished")
    card = page.locator(".words.three .word").all_inner_texts()
    assert len(card) == 3
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").is_visible(), "what lies over the page is not closed by chance"
    page.get_by_role("dialog").get_by_role("button", name="I am finished here").click()
    page.get_by_text("The next person sees nothing of yours.").wait_for()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []
    assert "wheel" not in page.locator("body").inner_text()
    page.get_by_role("button", name="I have a card").click()
    for word in card:
        page.get_by_role("button", name=word.strip(), exact=True).click()
    page.get_by_text("Step 3 of 6", exact=True).wait_for()


def test_an_untouched_shared_page_covers_itself_and_loses_nothing(visit, serve) -> None:
    page: Page = who_is_here(visit, serve, "en")
    page.get_by_role("button", name="Somebody new").click()
    page.wait_for_selector("#choices .choice")
    page.get_by_role("button", name="It's me, go on").click()
    page.get_by_role("button", name="Yes, let's begin").wait_for()


def test_a_wrong_card_is_said_kindly(visit, serve) -> None:
    page: Page = card_entry(visit, serve, "en")
    page.locator(".word").nth(1).click()
    page.locator(".word").nth(2).click()
    page.get_by_text("I find no place for these three.").wait_for()
    assert page.locator(".word.taken").count() == 0


def test_nothing_moves_by_itself(visit) -> None:
    page: Page = visit(reduced_motion="no-preference")
    to_step(page)
    moving = "Array.from(document.querySelectorAll('*')).filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none'"
    assert page.evaluate(moving + " || parseFloat(s.transitionDuration) > 0; }).length") == 0


def test_colours_keep_their_meaning_without_colour(visit) -> None:
    page: Page = visit(forced_colors="active")
    to_step(page)
    widths = page.evaluate(
        "Array.from(document.querySelectorAll('.bars i')).map(i => i.getBoundingClientRect().height)"
    )
    assert widths[2] > widths[0] == widths[4]


def test_the_poster_is_one_page_of_paper(visit) -> None:
    page: Page = visit(path="/poster?centre=elm-street", wait=False)
    assert "/c/elm-street" in page.locator(".address").inner_text()
    assert page.locator(".qr svg path").count() >= 1
    page.emulate_media(media="print")
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def _focused(page: Page) -> str:
    return page.evaluate("document.activeElement ? document.activeElement.textContent.trim() : ''")

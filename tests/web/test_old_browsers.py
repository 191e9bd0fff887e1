"""The script and the style sheet use nothing that browsers inside apps of 2019 lack."""

from __future__ import annotations

import re

import pytest

from bot.channels.web_pages import STATIC, TEMPLATES

# Token -> why an old browser stumbles over it.
SCRIPT = {
    r"\?\.[A-Za-z\[(]": "optional chaining (2020)",
    r"\?\?": "nullish coalescing (2020)",
    r"=>": "arrow functions: not in the oldest WebViews",
    r"`": "template strings: not in the oldest WebViews",
    r"\b(let|const|class|async|await|import|export)\s": "newer than a classic script",
    r"\.\.\.": "spread (2018 in objects)",
    r"\*\*[=\s]*\d": "power sign",
    r"#\w+\s*[=(;]": "private fields",
    r"\b\d+_\d+": "separators in numbers",
    r"(?<!classList)\.(replaceAll|at|flat|flatMap|matchAll|fromEntries|replaceChildren|append|prepend|remove|closest)\(": "methods of later years",
    r"\?<[=!\w]": "named groups, looking behind",
    r"catch\s*\{": "catch without a name (2018)",
    r"\b(ResizeObserver|structuredClone|queueMicrotask|globalThis|AbortController|showModal|randomUUID)\b": "later inventions",
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\('on|setAttribute\('style": "HTML or code from text",
    r"https?://(?!www\.w3\.org/)": "something from outside",
}  # fmt: skip
STYLE = {
    r":has\(|:is\(|:where\(|:focus-visible": "selectors of later years",
    r"@container|@layer|@property|@supports": "rules of later years",
    r"\binset\s*:|aspect-ratio|\bclamp\(|\bmin\(|\bmax\(|\d(dvh|svh|lvh|cqw)\b": "values of later years",
    r"(?<![-\w])gap\s*:": "gap in flex boxes (2020)",
    r"@import|url\(": "something from elsewhere",
    r"!important.*!important": "two quarrels in one line",
}


@pytest.mark.parametrize("token", SCRIPT)
@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.glob("*.js")))
def test_scripts_are_classic(name: str, token: str) -> None:
    code = _without_words((STATIC / name).read_text())
    found = re.search(token, code)
    assert not found, f"{name}: {SCRIPT[token]}: {code[max(0, found.start() - 40) : found.end() + 20]!r}"


@pytest.mark.parametrize("token", STYLE)
def test_the_style_sheet_is_old_enough(token: str) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", (STATIC / "chat.css").read_text(), flags=re.S)
    found = re.search(token, sheet)
    assert not found, f"{STYLE[token]}: {sheet[max(0, found.start() - 40) : found.end() + 20]!r}"


def test_no_page_uses_a_module_or_a_script_within() -> None:
    for path in TEMPLATES.glob("*.html"):
        for tag in re.findall(r"<script[^>]*>", path.read_text()):
            assert "module" not in tag and ("src=" in tag or "application/json" in tag)


def _without_words(code: str) -> str:
    """The code without comments and without what stands between quotation marks, but for attribute names."""
    code = re.sub(r"/\*.*?\*/|//[^\n']*$", "", code, flags=re.S | re.M)
    return re.sub(r"'(?!on|style)(?:[^'\\\n]|\\.)*'", "''", code)

"""Finds a Chromium or Chrome for the browser tests; `python -m tests.browser.find` also fetches one if it may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def installed_browser() -> str | None:
    """The path of a browser that is installed here, or None. HANDRAIL_BROWSER names one by hand."""
    by_hand = os.environ.get("HANDRAIL_BROWSER", "")
    candidates = [by_hand, *(shutil.which(name) or "" for name in NAMES), *PLACES, _fetched()]
    return next((c for c in candidates if c and Path(c).exists()), None)


def _fetched() -> str:
    """What the browser tool fetched earlier, if it did."""
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as tool:
            return tool.chromium.executable_path
    except Exception:  # the tool is there but cannot start: no browser of its
        return ""


def main() -> int:
    """Find or fetch; 0 when there is one."""
    if found := installed_browser():
        print(f"Browser for the tests: {found}")
        return 0
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No Chromium yet: installing Debian's package ...", flush=True)
        subprocess.run(["apt-get", "update", "-q"], stdout=subprocess.DEVNULL, check=False)
        subprocess.run(["apt-get", "install", "-q", "-y", "chromium"], stdout=subprocess.DEVNULL, check=False)
    if not installed_browser():
        print("No Chromium yet: asking the browser tool to fetch one ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if found := installed_browser():
        print(f"Browser for the tests: {found}")
        return 0
    print(
        "The browser tests need Chromium or Chrome. Please install one (on Debian: apt install chromium), then run this again."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())

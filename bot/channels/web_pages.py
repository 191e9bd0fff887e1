"""The few whole pages, made of templates: the chat, the poster, and "there is no page here"."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from urllib.parse import urlsplit

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.channels.web_words import PICTURE_WORDS, Labels, direction

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
TEMPLATES = HERE / "templates"


class Pages:
    def __init__(self, labels: Labels, public_url: str, cover_after: int) -> None:
        self._labels, self._public_url, self._cover_after = labels, public_url, cover_after
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(
            fresh=fresh, signs=Markup((STATIC / "signs.svg").read_text(encoding="utf-8")), pictures=PICTURE_WORDS
        )

    def chat(self, language: str, *, start: str, shared: bool) -> Response:
        """The page itself; its script fetches the conversation."""
        all_labels = json.dumps(self._labels.all(), ensure_ascii=False).replace("<", "\\u003c")
        return self._page(
            "chat.html", language, start=start, shared=shared, cover_after=self._cover_after,
            languages=[(code, self._labels(code)["language_name"]) for code in self._labels.languages],
            all_labels=Markup(all_labels),
        )  # fmt: skip

    def poster(self, language: str, address: str) -> Response:
        """One sheet of A4 for the wall, with a QR code."""
        near = (urlsplit(address).hostname or "").replace(".", "").isdecimal()
        return self._page("poster.html", language, address=address, near=near, square=square(address))

    def not_here(self, language: str, status: int) -> Response:
        return self._page("not_here.html", language, status)

    def _page(self, template: str, language: str, status: int = 200, **values: object) -> Response:
        words = self._labels(language)
        page = self._templates.get_template(template)
        html = page.render(words=words, language=language, dir=direction(language), **values)
        return HTMLResponse(html, status, headers={"vary": "Accept-Language, Cookie"})


def square(address: str) -> Markup:
    """The QR code of an address, as a drawing without a margin."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=0, omitsize=True, svgclass="square", lineclass=None
    )
    return Markup(drawn.getvalue().decode())


def fresh(name: str) -> str:
    """The address of a file under static/, with a mark that changes when the file does."""
    mark = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={mark}"

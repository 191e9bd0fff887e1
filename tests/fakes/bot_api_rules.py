"""What a Bot API server refuses, in its own words. Pure: a check raises `Refusal` or returns what it read."""

from __future__ import annotations

import html
import io
import json
import re
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
HEAVIEST_PHOTO = 10 * 1024 * 1024
TAGS = (
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "span", "tg-spoiler", "blockquote",
)  # fmt: skip


@dataclass
class Refusal(Exception):
    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        more = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **more}


def bad_request(what: str) -> Refusal:
    return Refusal(400, f"Bad Request: {what}")


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def units(text: str) -> int:
    """Telegram counts in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def shown_text(text: str, parse_mode: str) -> str:
    """The text without its marks; refuses HTML that the real server cannot read."""
    if parse_mode.upper() != "HTML":
        return text
    shown: list[str] = []
    opened: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == "<":
            end = text.find(">", at)
            if end < 0:
                raise bad_request(f"can't parse entities: Unclosed start tag at byte offset {offset(text, at)}")
            _tag(text, at, text[at + 1 : end], opened)
            at = end + 1
        elif text[at] == "&" and (entity := re.match(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);", text[at:])):
            shown.append(html.unescape(entity[0]))
            at += len(entity[0])
        else:
            shown.append(text[at])
            at += 1
    if opened:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1]}\"")
    return "".join(shown)


def _tag(text: str, at: int, inside: str, opened: list[str]) -> None:
    name = inside.strip("/").split(" ")[0].lower()
    if inside.startswith("/"):
        if not opened:
            raise bad_request(f"can't parse entities: Unexpected end tag at byte offset {offset(text, at)}")
        if opened.pop() != name:
            raise bad_request(f"can't parse entities: Unmatched end tag at byte offset {offset(text, at)}")
    elif name not in TAGS:
        raise bad_request(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset(text, at)}')
    else:
        opened.append(name)


def offset(text: str, at: int) -> int:
    return len(text[:at].encode())


def check_text(text: str, parse_mode: str) -> str:
    shown = shown_text(text, parse_mode).strip()
    if not shown:
        raise bad_request("message text is empty")
    if units(shown) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return shown


def check_caption(text: str, parse_mode: str) -> str:
    shown = shown_text(text, parse_mode).strip()
    if units(shown) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return shown


def check_keyboard(markup: str) -> dict[str, Any] | None:
    """The keyboard as read from its JSON, or None."""
    if not markup:
        return None
    try:
        keyboard: dict[str, Any] = json.loads(markup)
        rows = keyboard.get("inline_keyboard", [])
    except (ValueError, AttributeError) as error:
        raise bad_request("can't parse reply keyboard markup JSON object") from error
    for row in rows:
        for button in row:
            if not button.get("text", "").strip():
                raise bad_request(
                    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
                )
            _check_button(button)
    return keyboard


def _check_button(button: dict[str, Any]) -> None:
    if "callback_data" in button:
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        if not button["url"].startswith(("http://", "https://", "tg://")):
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Unsupported URL protocol")
    else:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def check_photo(data: bytes) -> tuple[int, int]:
    """Width and height, in points of the picture."""
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > HEAVIEST_PHOTO:
        raise Refusal(413, "Request Entity Too Large")
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
    except Exception as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def check_voice(data: bytes) -> None:
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > 50 * 1024 * 1024:
        raise Refusal(413, "Request Entity Too Large")


def plays_as_voice(data: bytes) -> bool:
    """Ogg, MP3 or M4A; anything else would reach the learner as a file to download."""
    return data[:4] == b"OggS" or data[:3] == b"ID3" or data[:2] in (b"\xff\xfb", b"\xff\xf3") or data[4:8] == b"ftyp"

"""An update of the Bot API, as JSON, read as something that a learner did. Pure; raises nothing but ValueError,
KeyError, TypeError, AttributeError or OverflowError on what is no update."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messages import Message
from bot.store import Address, Incoming

from .words import tap_of

NAME = "telegram"
LONGEST_TEXT = 4096
JUST_NOW = timedelta(seconds=3)


@dataclass(frozen=True)
class Heard:
    """What an update holds for us: a message, a tap to acknowledge, a group that wants a word, a note for the log."""

    incoming: Incoming | None = None
    query: str = ""
    group: str = ""
    locale: str = ""
    note: str = ""


def read_update(update: Mapping[str, Any], bot: str, *, at: datetime, menu: Mapping[str, Mapping[str, str]]) -> Heard:
    """`bot` is the bot's id, `menu` the words of each command by language; `at` is when it came to us."""
    update_id = str(int(update["update_id"]))
    if query := update.get("callback_query"):
        return _tap(update_id, query, bot, at)
    if member := update.get("my_chat_member"):
        return _membership(member)
    edited = update.get("edited_message")
    message = edited or update.get("message")
    if not message:
        return Heard(note="an update of a kind that was not asked for")
    chat, sender = message["chat"], message.get("from") or {}
    locale = str(sender.get("language_code") or "")
    if chat["type"] != "private":
        # Joining, pinning and other goings-on of a group are not words to us.
        spoken_to = bool(message.get("text")) and not edited
        return Heard(group=str(chat["id"]) if spoken_to else "", locale=locale)
    if sender.get("is_bot"):
        return Heard(note="a message from a bot")
    made = Message(id=str(int(message["message_id"])), learner="", at=_when(message, at), kind="other", channel=NAME)
    fields = _content(message, locale, menu)
    if edited:
        fields = {"kind": "edited", "text": fields.get("text", "")}
    where = Address(NAME, bot, str(int(chat["id"])))
    return Heard(Incoming(update_id, where, replace(made, locale=locale, **fields)))


def _tap(update_id: str, query: Mapping[str, Any], bot: str, at: datetime) -> Heard:
    message = query.get("message") or {}
    chat = message.get("chat") or {}
    if chat.get("type") != "private":
        return Heard(query=str(query["id"]))
    tapped = Message(
        id=str(int(message["message_id"])),
        learner="",
        at=at,
        kind="tap",
        tap=tap_of(str(query.get("data") or "")),
        channel=NAME,
        locale=str((query.get("from") or {}).get("language_code") or ""),
    )
    return Heard(Incoming(update_id, Address(NAME, bot, str(int(chat["id"]))), tapped), query=str(query["id"]))


def _membership(member: Mapping[str, Any]) -> Heard:
    status = member["new_chat_member"]["status"]
    if member["chat"]["type"] == "private":
        return Heard(
            note="a learner has blocked the bot" if status == "kicked" else "a learner has let the bot in again"
        )
    return Heard(note=f"the bot's place in a group is now: {str(status)[:20]}")


def _content(message: Mapping[str, Any], locale: str, menu: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The fields of Message that say what it was."""
    words = str(message.get("text") or message.get("caption") or "")[:LONGEST_TEXT]
    if message.get("forward_origin") or message.get("forward_date"):
        return {"kind": "forwarded", "text": words, "file": _file_of(message)}
    if photo := message.get("photo"):
        return {"kind": "picture", "text": words, "file": str(photo[-1]["file_id"])}
    document = message.get("document") or {}
    if str(document.get("mime_type") or "").startswith("image/"):
        return {"kind": "picture", "text": words, "file": str(document["file_id"])}
    for name in ("voice", "audio", "video_note"):
        if sound := message.get(name):
            return {"kind": "voice", "text": words, "file": str(sound["file_id"])}
    if message.get("text"):
        return _text(words, locale, menu)
    return {"kind": "other", "text": words}


def _file_of(message: Mapping[str, Any]) -> str:
    photo = message.get("photo") or [{}]
    return str(photo[-1].get("file_id") or (message.get("voice") or {}).get("file_id") or "")


def _text(words: str, locale: str, menu: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """A command is the words that stand beside it in the menu; /start opens the chat."""
    if not words.startswith("/"):
        return {"kind": "text", "text": words}
    command, _, rest = words[1:].partition(" ")
    command = command.split("@")[0].lower()
    if command == "start":
        return {"kind": "text", "first": True, "start": rest.strip()[:64]}
    here = menu.get(locale.split("-")[0].lower()) or menu.get("en") or {}
    said = here.get(command) or command.replace("_", " ")
    return {"kind": "text", "text": f"{said} {rest}".strip()}


def _when(message: Mapping[str, Any], at: datetime) -> datetime:
    """When it was sent. Telegram's clock has whole seconds; what came at once is given the moment it came."""
    stamp = message.get("edit_date") or message.get("date")
    sent = datetime.fromtimestamp(int(stamp), UTC) if stamp else at
    return at if at - sent < JUST_NOW else sent

"""The methods of the fake Bot API, one function each: `method(world, fields, files) -> result` or a `Refusal`."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from .bot_api_rules import (
    bad_request,
    check_caption,
    check_keyboard,
    check_photo,
    check_text,
    check_voice,
    plays_as_voice,
)
from .bot_api_state import Chat, Sent, World

Fields = Mapping[str, str]
Files = Mapping[str, bytes]
OLD_AFTER = 48 * 3600


def get_me(world: World, fields: Fields, files: Files) -> Any:
    return world.bot


def send_message(world: World, fields: Fields, files: Files) -> Any:
    chat = world.chat(fields.get("chat_id"))
    raw = fields.get("text", "")
    text = check_text(raw, fields.get("parse_mode", ""))
    keyboard = check_keyboard(fields.get("reply_markup", ""))
    _pace(world, chat)
    sent = world.keep(Sent(world.message_id(), chat.id, "text", text, raw, keyboard=keyboard))
    return message_of(world, chat, sent) | {"text": text}


def send_photo(world: World, fields: Fields, files: Files) -> Any:
    chat = world.chat(fields.get("chat_id"))
    raw = fields.get("caption", "")
    caption = check_caption(raw, fields.get("parse_mode", ""))
    keyboard = check_keyboard(fields.get("reply_markup", ""))
    file_id, data, new = _file(world, "photo", fields, files)
    width, height = check_photo(data)
    _pace(world, chat)
    sent = Sent(world.message_id(), chat.id, "photo", caption, raw, file_id, data, keyboard, uploaded=new)
    sizes = [
        {"file_id": f"{file_id}s", "file_unique_id": "s", "width": 90, "height": max(1, 90 * height // width)},
        {"file_id": file_id, "file_unique_id": file_id[-8:], "width": width, "height": height},
    ]
    return message_of(world, chat, world.keep(sent)) | {"photo": sizes, "caption": caption}


def send_document(world: World, fields: Fields, files: Files) -> Any:
    chat = world.chat(fields.get("chat_id"))
    file_id, data, new = _file(world, "document", fields, files)
    if not data:
        raise bad_request("file must be non-empty")
    _pace(world, chat)
    sent = world.keep(Sent(world.message_id(), chat.id, "file", "", "", file_id, data, None, uploaded=new))
    return message_of(world, chat, sent) | {"document": {"file_id": file_id, "file_unique_id": file_id[-8:]}}


def send_voice(world: World, fields: Fields, files: Files) -> Any:
    chat = world.chat(fields.get("chat_id"))
    if chat.voices_forbidden:
        raise bad_request("VOICE_MESSAGES_FORBIDDEN")
    raw = fields.get("caption", "")
    caption = check_caption(raw, fields.get("parse_mode", ""))
    file_id, data, new = _file(world, "voice", fields, files)
    check_voice(data)
    _pace(world, chat)
    kind = "voice" if plays_as_voice(data) else "file"
    keyboard = check_keyboard(fields.get("reply_markup", ""))
    sent = world.keep(Sent(world.message_id(), chat.id, kind, caption, raw, file_id, data, keyboard, uploaded=new))
    return message_of(world, chat, sent) | {
        "voice": {
            "file_id": file_id,
            "file_unique_id": file_id[-8:],
            "duration": int(fields.get("duration") or 1),
            "mime_type": "audio/ogg",
        }
    }


def delete_message(world: World, fields: Fields, files: Files) -> Any:
    chat = world.chat(fields.get("chat_id"))
    wanted = int(fields.get("message_id") or 0)
    if wanted in chat.said:
        _, at = chat.said[wanted]
        if time.time() - at > OLD_AFTER:
            raise bad_request("message can't be deleted for everyone")
        del chat.said[wanted]
        return True
    for sent in world.by_chat.get(chat.id, []):
        if sent.id == wanted and not sent.deleted:
            sent.deleted = True
            return True
    raise bad_request("message to delete not found")


def edit_message_reply_markup(world: World, fields: Fields, files: Files) -> Any:
    chat = world.chat(fields.get("chat_id"))
    keyboard = check_keyboard(fields.get("reply_markup", ""))
    for sent in world.by_chat.get(chat.id, []):
        if sent.id == int(fields.get("message_id") or 0) and not sent.deleted:
            if (sent.keyboard or None) == (keyboard or None):
                raise bad_request(
                    "message is not modified: specified new message content and reply markup are exactly the same "
                    "as a current content and reply markup of the message"
                )
            sent.keyboard = keyboard
            return message_of(world, chat, sent)
    raise bad_request("message to edit not found")


def answer_callback_query(world: World, fields: Fields, files: Files) -> Any:
    query = fields.get("callback_query_id", "")
    asked = world.queries.pop(query, None)
    if asked is None or time.monotonic() - asked > 15:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    world.answered.append(query)
    return True


def get_file(world: World, fields: Fields, files: Files) -> Any:
    file_id = fields.get("file_id", "")
    if file_id not in world.files:
        raise bad_request("invalid file_id")
    kind, data = world.files[file_id]
    if len(data) > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    path = f"{kind}/{file_id}"
    return {"file_id": file_id, "file_unique_id": file_id[-8:], "file_size": len(data), "file_path": path}


def send_chat_action(world: World, fields: Fields, files: Files) -> Any:
    world.chat(fields.get("chat_id"))
    return True


def leave_chat(world: World, fields: Fields, files: Files) -> Any:
    return bool(world.chats.pop(world.chat(fields.get("chat_id")).id, None))


def set_profile(name: str, longest: int) -> Callable[[World, Fields, Files], Any]:
    def method(world: World, fields: Fields, files: Files) -> Any:
        value = fields.get(name, "")
        if name == "commands":
            for command in json.loads(value or "[]"):
                if not (1 <= len(command["command"]) <= 32 and command["command"].islower()):
                    raise bad_request("BOT_COMMAND_INVALID")
                if not 1 <= len(command["description"]) <= 256:
                    raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        elif len(value) > longest:
            raise bad_request(f"{name} is too long")
        language = fields.get("language_code", "")
        if language and len(language) != 2:
            raise bad_request("wrong language_code specified")
        world.profile[name, language] = value
        return True

    return method


def message_of(world: World, chat: Chat, sent: Sent) -> dict[str, Any]:
    body: dict[str, Any] = {
        "message_id": sent.id,
        "date": int(time.time()),
        "from": world.bot,
        "chat": {"id": chat.id, "type": chat.kind},
    }
    return body | ({"reply_markup": sent.keyboard} if sent.keyboard else {})


def _pace(world: World, chat: Chat) -> None:
    if world.limits:
        world.limits.check(chat.id)


def _file(world: World, kind: str, fields: Fields, files: Files) -> tuple[str, bytes, bool]:
    """File id, content, and whether it was uploaded just now."""
    named = fields.get(kind, "")
    data = files.get(named.removeprefix("attach://")) if named.startswith("attach://") else files.get(kind)
    if data is None and not named:
        raise bad_request(f"there is no {kind} in the request")
    if data is None:
        if named not in world.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        known, content = world.files[named]
        if known != kind:
            raise bad_request(f"can't use file of type {known.title()} as {kind.title()}")
        return named, content, False
    file_id = f"{kind[:2].title()}{hashlib.sha256(data).hexdigest()[:24]}{len(world.files)}"
    world.files[file_id] = (kind, data)
    return file_id, data, True


METHODS: Mapping[str, Callable[[World, Fields, Files], Any]] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "sendvoice": send_voice,
    "senddocument": send_document,
    "deletemessage": delete_message,
    "editmessagereplymarkup": edit_message_reply_markup,
    "answercallbackquery": answer_callback_query,
    "getfile": get_file,
    "sendchataction": send_chat_action,
    "leavechat": leave_chat,
    "setmycommands": set_profile("commands", 0),
    "setmydescription": set_profile("description", 512),
    "setmyshortdescription": set_profile("short_description", 120),
    "setchatmenubutton": set_profile("menu_button", 4096),
}

"""Whatever stands in an update, it is read or passed over; no exception escapes and nothing is stored wrongly."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram import TelegramChannel
from bot.messages import KINDS
from bot.store import Incoming
from tests.fakes.bot_api import TOKEN

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MANY = int(os.environ.get("HANDRAIL_FUZZ", "1250"))

odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
words = st.text(max_size=60) | st.sampled_from(
    ["/start", "/start c-elm", "/help@x_bot", "/", "<b>", "\ud800", "1:2:next"]
)


def mostly(sensible: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Usually what it should be, now and then anything at all."""
    return st.one_of(sensible, sensible, sensible, odd)


file = mostly(st.fixed_dictionaries({"file_id": mostly(words)}))
chat = mostly(
    st.fixed_dictionaries(
        {
            "id": mostly(st.integers(-(2**52), 2**52)),
            "type": st.sampled_from(["private", "private", "group", "channel"]),
        }
    )
)
sender = mostly(st.fixed_dictionaries({"id": st.integers(), "is_bot": st.just(False), "language_code": mostly(words)}))
message = mostly(
    st.fixed_dictionaries(
        {"message_id": mostly(st.integers(1, 2**40)), "date": mostly(st.integers(0, 2**40)), "chat": chat},
        optional={
            "from": sender,
            "text": mostly(words),
            "caption": mostly(words),
            "voice": file,
            "video_note": file,
            "photo": mostly(st.lists(file, max_size=2)),
            "document": mostly(st.fixed_dictionaries({"file_id": words, "mime_type": mostly(st.just("image/png"))})),
            "forward_origin": odd,
            "sticker": odd,
            "edit_date": odd,
        },
    )
)
query = mostly(
    st.fixed_dictionaries({"id": words, "data": mostly(words), "message": message}, optional={"from": sender})
)
member = mostly(st.fixed_dictionaries({"chat": chat, "new_chat_member": odd}))
update = st.fixed_dictionaries(
    {"update_id": mostly(st.integers(0, 2**40))},
    optional={"message": message, "edited_message": message, "callback_query": query, "my_chat_member": member},
)


class Nobody:
    async def load(self, learner: str) -> None: ...
    async def sent_file(self, bot: str, key: str) -> str:
        return "told"

    async def keep_sent_file(self, bot: str, key: str, file_id: str) -> None: ...


class Notes:
    def __init__(self) -> None:
        self.taken: list[Incoming] = []

    async def receive(self, batch: Sequence[Incoming]) -> None:
        self.taken += batch


@settings(max_examples=MANY, deadline=None)
@given(st.lists(update, max_size=4))
async def test_any_batch_is_taken(updates: list[dict[str, object]]) -> None:
    channel = TelegramChannel(TOKEN, "http://127.0.0.1:9", None, Nobody(), clock=lambda: AT)  # type: ignore[arg-type]
    notes = Notes()
    await channel.take(updates, notes)
    await channel.close()
    assert len(notes.taken) <= len(updates)
    for incoming in notes.taken:
        message, address = incoming.message, incoming.address
        assert message.kind in KINDS and isinstance(message.text, str) and len(message.text) <= 4200
        assert (message.kind == "tap") == (message.tap is not None) and message.at <= AT
        assert address.channel == "telegram" and address.where.lstrip("-").isdigit()
        assert incoming.update_id.lstrip("-").isdigit()

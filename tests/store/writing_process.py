"""A process that writes turns as fast as it can and says which are kept, until it is killed (see test_durability)."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.messages import Event, Message, Plan, Reply, Session, Turn
from bot.store import Address, Incoming, Store

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


async def converse(store: Store, who: int) -> None:
    address = Address("telegram", "bot1", str(who))
    learner = await store.learner_of(await store.chat_of(address))
    session = await store.load(learner)
    turn = session.turn if session else 0
    while True:
        turn += 1
        [waiting] = await store.take_in([Incoming(f"{who}-{turn}", address, Message("m", "", AT, "text", "done"))])
        session = Session(learner, turn=turn, consents={"remember": "yes"})
        events = tuple(Event("step_done", AT, learner, "send-photo", "v", f"s{turn}-{n}") for n in range(2))
        replies = (Reply(f"one {turn}"), Reply(f"two {turn}"))
        plans = (Plan("question", AT, f"{turn}"),)
        await store.save(Turn(session, replies, events, plans), chat=waiting.chat, mark=waiting.mark, at=AT)
        print(who, turn, flush=True)


async def main() -> None:
    store = Store.open(Path(sys.argv[1]))
    print("ready", flush=True)
    await asyncio.gather(*(converse(store, who) for who in range(4)))


if __name__ == "__main__":
    asyncio.run(main())

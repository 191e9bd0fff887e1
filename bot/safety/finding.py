"""What the guard at the door saw in a message. A value; who acts on it is the conversation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """A thing that must not be kept: `kind` is card, code, password, id, account or iban; indexes into the text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """`text` is the message with its secrets cut out. `danger` is "", "body" (fall, fire, illness) or "despair".

    `given`: what they say has been given: "money", "card", "bank_code", "code", "account" (a messenger's, stolen), "phone"
    (somebody steers it), "" not told. `whom`: "fire" or "police" where those are needed before an ambulance."""

    text: str = ""
    secrets: tuple[Secret, ...] = ()
    warn: bool = False
    signs: tuple[str, ...] = ()
    tricked: bool = False
    danger: str = ""
    given: str = ""
    whom: str = ""

"""Open Badges 3.0: a signed credential (a JWT, EdDSA) in a PNG. The issuer's id is its own public key (did:key), so
that anybody can check a badge without a network."""

from __future__ import annotations

import base64
import json
import struct
import uuid
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

KEY_FILE = "badge-key.pem"
KEYWORD = b"openbadgecredential"
PNG = b"\x89PNG\r\n\x1a\n"
CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
FRAMES = {
    "dlgf-2018": ("Digital Literacy Global Framework (UNESCO)", "https://unesdoc.unesco.org/ark:/48223/pf0000265403"),
    "digcomp-2.2": ("DigComp 2.2", "https://publications.jrc.ec.europa.eu/repository/handle/JRC128415"),
}
_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class BadgeError(Exception):
    """This is no badge, or not an unchanged one; the message says which."""


@dataclass(frozen=True)
class Achieved:
    """`goal` says what the person can do now; `competences` as in the file's column."""

    lesson: str
    title: str
    goal: str
    name: str
    issuer: str
    at: datetime
    competences: tuple[str, ...] = ()
    subject: str = ""  # opaque; the same for the same person and lesson
    narrative: str = ""  # what it was given for, in the learner's language


@dataclass(frozen=True)
class Checked:
    """What an unchanged badge says. `key` is the issuer's did:key: compare it with the one the centre tells you."""

    name: str
    title: str
    issuer: str
    at: str
    key: str
    credential: dict[str, Any]


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key of this data folder, made on first use; only its owner may read the file."""
    path = folder / KEY_FILE
    try:
        return Ed25519PrivateKey.from_private_bytes(_from_pem(path.read_bytes()))
    except FileNotFoundError:
        key = Ed25519PrivateKey.generate()
        path.touch(mode=0o600)
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return key


def _from_pem(data: bytes) -> bytes:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(data, None)
    assert isinstance(key, Ed25519PrivateKey)
    return key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def did_of(key: Ed25519PublicKey) -> str:
    """did:key of an Ed25519 public key: multicodec 0xed01, base58."""
    return "did:key:z" + _base58(b"\xed\x01" + key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def credential(what: Achieved, issuer: str) -> dict[str, Any]:
    """The OpenBadgeCredential. The person's name stands in it: it is made only for one who wants it."""
    subject = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{issuer}/{what.subject or what.name}')}"
    achievement: dict[str, Any] = {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{issuer}/lesson/{what.lesson}')}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": what.title,
        "description": what.goal,
        "criteria": {
            "narrative": what.narrative or f"Went through every step of the lesson “{what.title}” on a telephone."
        },
    }
    aligned = [_alignment(one) for one in what.competences if one.partition(":")[0] in FRAMES]
    if aligned:
        achievement["alignment"] = aligned
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{subject}/{what.lesson}/{_utc(what.at)}')}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": what.title,
        "issuer": {"id": issuer, "type": ["Profile"], "name": what.issuer},
        "validFrom": _utc(what.at),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": what.name, "identityType": "name"}
            ],
            "achievement": achievement,
        },
    }


def _alignment(competence: str) -> dict[str, Any]:
    frame, _, code = competence.partition(":")
    name, url = FRAMES[frame]
    return {
        "type": ["Alignment"],
        "targetCode": code,
        "targetName": f"{name}, {code}",
        "targetFramework": name,
        "targetUrl": url,
    }


def signed(what: Achieved, key: Ed25519PrivateKey) -> str:
    """The credential as a compact JWS."""
    did = did_of(key.public_key())
    body = credential(what, did)
    header = {"alg": "EdDSA", "typ": "JWT", "kid": f"{did}#{did.removeprefix('did:key:')}"}
    claims = {
        **body, "iss": did, "jti": body["id"], "sub": body["credentialSubject"]["id"],
        "nbf": int(what.at.timestamp()),
    }  # fmt: skip
    told = f"{_url64(_json(header))}.{_url64(_json(claims))}"
    return f"{told}.{_url64(key.sign(told.encode()))}"


def bake(png: bytes, jws: str) -> bytes:
    """The picture with the credential in an iTXt chunk right after its head."""
    if not png.startswith(PNG):
        raise BadgeError("This is no PNG picture.")
    head_ends = 8 + 12 + struct.unpack(">I", png[8:12])[0]
    body = KEYWORD + b"\0\0\0\0\0" + jws.encode("ascii")
    return png[:head_ends] + _chunk(b"iTXt", body) + png[head_ends:]


def check(png: bytes) -> Checked:
    """What the badge in a picture says, once its signature was found right. Raises BadgeError. Needs no network."""
    try:
        head, body, signature = _baked(png).split(".")
        header, claims = json.loads(_from_url64(head)), json.loads(_from_url64(body))
        did = str(header["kid"]).partition("#")[0]
        if claims["iss"] != did or claims["issuer"]["id"] != did or header["alg"] != "EdDSA":
            raise BadgeError("The badge was signed by somebody else than it says.")
        _key_of(did).verify(_from_url64(signature), f"{head}.{body}".encode())
    except InvalidSignature:
        raise BadgeError("The badge was changed after it was signed.") from None
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise BadgeError(f"The badge in this picture cannot be read ({type(error).__name__}).") from None
    subject = claims["credentialSubject"]
    name = next((one["identityHash"] for one in subject.get("identifier", [])), "")
    return Checked(name, subject["achievement"]["name"], claims["issuer"]["name"], claims["validFrom"], did, claims)


def _baked(png: bytes) -> str:
    if not png.startswith(PNG):
        raise BadgeError("This is no PNG picture.")
    at = 8
    while at + 8 <= len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"iTXt" and png[at + 8 :].startswith(KEYWORD + b"\0"):
            return png[at + 8 + len(KEYWORD) + 5 : at + 8 + size].decode("ascii")
        at += 12 + size
    raise BadgeError("There is no badge in this picture.")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _key_of(did: str) -> Ed25519PublicKey:
    data = _from_base58(did.removeprefix("did:key:z"))
    if not did.startswith("did:key:z") or data[:2] != b"\xed\x01" or len(data) != 34:
        raise BadgeError("The badge names no key that it could be checked with.")
    return Ed25519PublicKey.from_public_bytes(data[2:])


def _base58(data: bytes) -> str:
    number, text = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        text = _LETTERS[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _from_base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + _LETTERS.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _from_url64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

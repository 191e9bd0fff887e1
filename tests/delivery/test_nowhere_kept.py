"""After each kind of secret, and after it was told in the middle of a story, every byte of the data folder is searched."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bot.reception import Reception
from bot.safety import look
from bot.store import Parcel, Store
from bot.store.backups import back_up
from tests.delivery.test_reception import incoming
from tests.fakes.small_tutor import SORRY, SmallTutor

# What was written, and each piece of it that may stand nowhere.
SECRETS = {
    "card": ("the long number is 4111 1111 1111 1111 is that it", ["4111 1111", "1111 1111", "4111111111111111"]),
    "card-wide": ("卡号 ４１１１－１１１１－１１１１－１１１１", ["４１１１", "4111"]),
    "code": ("it was 448 201 the code do they need it", ["448 201", "448201"]),
    "password": ("my password is Rover!1952", ["Rover!1952"]),
    "id": ("我的身份证是11010519491231002X", ["11010519491231002X", "19491231"]),
    "iban": ("GB82 WEST 1234 5698 7654 32", ["WEST 1234", "5698 7654"]),
    "account": ("sort code 20-00-00 account number 55779911", ["55779911"]),
    "in-a-trick": ("he is still on the phone and I gave him my pin 4821 and my card 4111-1111-1111-1111", ["4821", "4111-1111"]),
    "long": ("Dear grandson, " * 100 + "my pin is 4821", ["4821"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", SECRETS)
async def test_no_byte_of_a_secret_is_in_the_folder(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text, pieces = SECRETS[kind]
    store = Store.open(tmp_path / "data")
    out: list[Parcel] = []

    async def hand_on(parcels: list[Parcel]) -> None:
        out.extend(parcels)

    reception = Reception(SmallTutor(store), store, hand_on, look=look, sorry=SORRY, pause=0.02)
    await reception.receive([incoming(1, text), incoming(2, "and then?")])
    await reception.idle()
    kept = _bytes(tmp_path)  # with the write-ahead log, before any checkpoint, and the outbox still full
    back_up(store.path.parent, tmp_path / "backup.handrail")
    await reception.close()
    await store.close()
    assert out and "and then?" in out[-1].reply.words
    for piece in pieces:
        assert [name for name, bytes_ in {**kept, **_bytes(tmp_path)}.items() if piece.encode() in bytes_] == []
        assert piece not in caplog.text


def _bytes(folder: Path) -> dict[str, bytes]:
    """Every file, and what is packed in a zip."""
    found = {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    for name, packed in list(found.items()):
        if zipfile.is_zipfile(io.BytesIO(packed)):
            with zipfile.ZipFile(io.BytesIO(packed)) as opened:
                found |= {f"{name}/{inner}": opened.read(inner) for inner in opened.namelist()}
    return found

"""The Opus sound of a WebM file, as browsers record it, put into an Ogg file that other programs can read. Nothing is
decoded here: the packets go over as they are (RFC 8794, 9559 for WebM, 3533 and 7845 for Ogg)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache

MASTERS = {0x18538067, 0x1F43B675, 0xA0, 0x1654AE6B, 0xAE}  # segment, cluster, block group, tracks, track: gone into
HEADER, PRIVATE, SIMPLE_BLOCK, BLOCK = 0x1A45DFA3, 0x63A2, 0xA3, 0xA1
LACED = 0x06
SERIAL = 1
SEGMENTS = 255  # of a page at most
SILK, HYBRID, CELT = (480, 960, 1920, 2880), (480, 960), (120, 240, 480, 960)  # samples of a frame at 48,000 a second


class NoWebm(Exception):
    """These bytes hold no Opus sound in WebM."""


def as_ogg(data: bytes) -> bytes:
    """The same sound in Ogg. Raises NoWebm."""
    try:
        found = list(_elements(data))
        packets = [_frame(body) for id, body in found if id in (SIMPLE_BLOCK, BLOCK)]
    except (IndexError, struct.error):
        raise NoWebm("it was cut off") from None
    if not found or found[0][0] != HEADER:
        raise NoWebm("it does not begin as WebM does")
    heads = [body for id, body in found if id == PRIVATE and body.startswith(b"OpusHead")]
    if len(heads) != 1 or not all(packets) or not packets:
        raise NoWebm("it holds no sound, or more than one")
    return b"".join(_pages(heads[0], packets))


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(id, content) of everything that is no master, in order. The end may be missing: a recording that is stopped."""
    at = 0
    while at < len(data):
        id, at = _number(data, at, keep_mark=True)
        size, at = _number(data, at, keep_mark=False)
        if id in MASTERS:
            continue
        yield id, data[at : at + size]
        at += size


def _number(data: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number of one to eight bytes, and where it ends."""
    first = data[at]
    length = 9 - first.bit_length()
    if length > 8:
        raise NoWebm("a number in it is none")
    if at + length > len(data):
        raise IndexError
    value = int.from_bytes(data[at : at + length], "big")
    return value if keep_mark else value & ((1 << (7 * length)) - 1), at + length


def _frame(block: bytes) -> bytes:
    """The one packet of a block: after the track's number, two bytes of time and one of flags."""
    _, at = _number(block, 0, keep_mark=False)
    if block[at + 2] & LACED:
        raise NoWebm("its packets are laced")
    return block[at + 3 :]


def _samples(packet: bytes) -> int:
    """How long a packet lasts, in samples at 48,000 a second (RFC 6716, 3.1)."""
    config, code = packet[0] >> 3, packet[0] & 3
    frame = SILK[config % 4] if config < 12 else HYBRID[config % 2] if config < 16 else CELT[config % 4]
    frames = (packet[1] & 0x3F if len(packet) > 1 else 0) if code == 3 else 2 if code else 1
    return frame * frames


def _pages(head: bytes, packets: list[bytes]) -> Iterator[bytes]:
    vendor = b"Handrail"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", 0)
    yield _page([head], 0, 0, begins=True)
    yield _page([tags], 0, 1)
    together: list[bytes] = []
    number, heard, segments = 2, 0, 0
    for place, packet in enumerate(packets):
        needed = len(packet) // 255 + 1
        if segments + needed > SEGMENTS and together:
            yield _page(together, heard, number)
            together, segments, number = [], 0, number + 1
        together.append(packet)
        segments += needed
        heard += _samples(packet)
        if place == len(packets) - 1:
            yield _page(together, heard, number, ends=True)


def _page(packets: list[bytes], heard: int, number: int, *, begins: bool = False, ends: bool = False) -> bytes:
    table = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    flags = 2 * begins + 4 * ends
    start = struct.pack("<4sBBqII", b"OggS", 0, flags, heard, SERIAL, number)
    rest = bytes([len(table)]) + table + b"".join(packets)
    return start + struct.pack("<I", _checksum(start + bytes(4) + rest)) + rest


@cache
def _table() -> tuple[int, ...]:
    made = []
    for value in range(256):
        rest = value << 24
        for _ in range(8):
            rest = ((rest << 1) ^ 0x04C11DB7 if rest & 0x80000000 else rest << 1) & 0xFFFFFFFF
        made.append(rest)
    return tuple(made)


def _checksum(data: bytes) -> int:
    table, rest = _table(), 0
    for byte in data:
        rest = ((rest << 8) & 0xFFFFFFFF) ^ table[(rest >> 24) ^ byte]
    return rest

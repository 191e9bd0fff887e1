"""A server on 127.0.0.1 that answers like Google's translate voice, and fails like it when told to.

Its speech is a tone of 220 Hz for each word, as long as a voice would need, with a silence at every comma and full
stop: enough to measure paces and pauses by. The sound is a real MP3.
"""

from __future__ import annotations

import base64
import io
import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import numpy as np
import soundfile

RATE = 24_000
LETTER, CHARACTER, PAUSE = 0.06, 0.2, 0.25  # seconds


@cache
def speech(text: str) -> bytes:
    """MP3 of tones: one burst a word or Chinese character, silence at punctuation."""
    parts, run = [], 0.0

    def flush() -> None:
        nonlocal run
        if run:
            tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(round(run * RATE)) / RATE)
            parts.append(tone * np.minimum(1, np.minimum(np.arange(len(tone)), np.arange(len(tone))[::-1]) / 200))
        run = 0.0

    for c in text:
        if c in ",.;:?!，。；：？！":
            flush()
            parts.append(np.zeros(round(PAUSE * RATE)))
        elif c.isalnum():
            run += CHARACTER if ord(c) > 0x3000 else LETTER
    flush()
    file = io.BytesIO()
    soundfile.write(file, np.concatenate(parts or [np.zeros(100)]), RATE, format="MP3", subtype="MPEG_LAYER_III")
    return file.getvalue()


def answer_with(sound: bytes) -> bytes:
    """The body in which Google's batchexecute wraps a sound."""
    inner = json.dumps([base64.b64encode(sound).decode()], separators=(",", ":"))
    line = json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"]], separators=(",", ":"))
    return f')]}}\'\n\n{len(line)}\n{line}\n25\n[["e",4,null,null,131]]\n'.encode()


class TranslateServer(ThreadingHTTPServer):
    """`behave(...)` says how the next answers go, "ok" after those: a status such as "429", "empty" (200 without a
    sound), "short" (a click), "noise" (no sound file), "redirect", "hang", "cut" (in the middle), "trickle"."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[tuple[str, str]] = []  # (text, language) of every request
        self.plan: list[str] = []
        self.always = ""
        self.over = threading.Event()

    def behave(self, *plan: str, always: str = "") -> None:
        self.plan, self.always = list(plan), always


class _Handler(BaseHTTPRequestHandler):
    server: TranslateServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path != "/_/TranslateWebserverUi/data/batchexecute":
            return self._send(404, b"")
        rpc = json.loads(parse_qs(body)["f.req"][0])[0][0]
        text, language, speed, _ = json.loads(rpc[1])
        assert rpc[0] == "jQ1olc" and speed is None and len(text) <= 100, "Google would refuse this"
        self.server.asked.append((text, language))
        how = self.server.plan.pop(0) if self.server.plan else self.server.always or "ok"
        if how.isdigit():
            return self._send(int(how), b"<html>Sorry...</html>")
        good = answer_with(speech(text))
        match how:
            case "ok":
                self._send(200, good)
            case "empty":
                self._send(200, b")]}'\n\n" + b'[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]\n')
            case "short":
                self._send(200, answer_with(speech("a")))
            case "noise":
                self._send(200, answer_with(b"this is no sound at all"))
            case "redirect":
                self.send_response(302)
                self.send_header("Location", f"{self.server.url}/consent")
                self.send_header("Content-Length", "0")
                self.end_headers()
            case "hang":
                self.server.over.wait(60)
                self.close_connection = True
            case "cut":
                self._send(200, good[: len(good) // 2], length=len(good))
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case "trickle":
                self.send_response(200)
                self.send_header("Content-Length", "1000000")
                self.end_headers()
                while not self.server.over.wait(0.05):
                    self.wfile.write(b"x" * 5_000)
            case _:
                raise ValueError(how)

    def _send(self, status: int, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        if length is not None:
            self.close_connection = True

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def translate_server() -> Iterator[TranslateServer]:
    server = TranslateServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()

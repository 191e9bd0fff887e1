"""eSpeak NG in a process of its own: `python -m media.espeak_worker`.

eSpeak NG is under the GPL; nothing of it is loaded into Handrail itself. The two talk over pipes only:
a line of JSON comes in, {"text", "voice", "rate", "pitch"}; out goes a line of JSON, {"bytes": n}, and n bytes of a WAV file
(16 bit, mono), or {"error": "..."}. The first line out is {"ready": sample rate} or {"error": ...}.
This file needs nothing but the standard library and the package espeakng-loader.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import signal
import sys
import wave
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

RETRIEVAL = 2  # AUDIO_OUTPUT_SYNCHRONOUS: the sound comes to our callback, in this thread
DONT_EXIT = 0x8000
UTF8, RATE, PITCH = 1, 1, 3
IPA, TIED = 0x02, 0x80
SAMPLES = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """The library, started. Raises RuntimeError, in words, if it is not there or will not start."""

    def __init__(self) -> None:
        try:
            import espeakng_loader
        except ImportError:
            raise RuntimeError("the package espeakng-loader is not installed (pip install espeakng-loader)") from None
        try:
            self.library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as problem:
            raise RuntimeError(f"the eSpeak NG library does not load: {problem}") from None
        self.rate = self.library.espeak_Initialize(RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), DONT_EXIT)
        if self.rate <= 0:
            raise RuntimeError("eSpeak NG does not start: its data files are missing or damaged")
        self._heard: list[bytes] = []
        self._callback = SAMPLES(self._hear)  # kept, or it is collected while the library still calls it
        self.library.espeak_SetSynthCallback(self._callback)

    def _hear(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._heard.append(ctypes.string_at(samples, count * 2))
        return 0

    def answer(self, wish: dict[str, Any]) -> bytes:
        """The WAV file for a wish. Raises RuntimeError, in words."""
        return self.wav(str(wish["text"]), str(wish["voice"]), int(wish["rate"]), int(wish["pitch"]))

    def phonemes(self, text: str, voice: str) -> str:
        """How the text sounds, in IPA, with ^ between the two halves of one sound. For the neural voice."""
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"eSpeak NG has no voice called {voice}")
        spoken = self.library.espeak_TextToPhonemes
        spoken.restype, spoken.argtypes = ctypes.c_char_p, [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
        buffer = ctypes.create_string_buffer(text.encode())
        rest, found = ctypes.c_void_p(ctypes.addressof(buffer)), []
        while rest.value:  # a clause at a time
            found.append((spoken(ctypes.byref(rest), UTF8, IPA | TIED | ord("^") << 8) or b"").decode())
        return " ".join(part for part in found if part)

    def wav(self, text: str, voice: str, rate: int, pitch: int) -> bytes:
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"eSpeak NG has no voice called {voice}")
        self.library.espeak_SetParameter(RATE, rate, 0)
        self.library.espeak_SetParameter(PITCH, pitch, 0)
        self._heard.clear()
        data = text.encode()
        failed = self.library.espeak_Synth(data, len(data) + 1, 0, 1, 0, UTF8, None, None)
        self.library.espeak_Synchronize()
        if failed:
            raise RuntimeError(f"eSpeak NG could not speak (its code is {failed})")
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self.rate)
            out.writeframes(b"".join(self._heard))
        return file.getvalue()


class Speaker(Protocol):
    @property
    def rate(self) -> int: ...

    def answer(self, wish: dict[str, Any]) -> bytes: ...


def serve(requests: BinaryIO, answers: BinaryIO, start: Callable[[], Speaker] = Espeak) -> None:
    """Answer until the requests end. One request at a time; a bad one is answered, not died of."""

    def answer(head: dict[str, object], body: bytes = b"") -> None:
        answers.write(json.dumps(head).encode() + b"\n" + body)
        answers.flush()

    try:
        speaker = start()
    except RuntimeError as problem:
        return answer({"error": str(problem)})
    answer({"ready": speaker.rate})
    for line in requests:
        try:
            wav = speaker.answer(json.loads(line))
        except (RuntimeError, ValueError, KeyError, TypeError) as problem:
            answer({"error": str(problem)})
        else:
            answer({"bytes": len(wav)}, wav)


def answers_of() -> BinaryIO:
    """Where answers go. What a library prints must not end up among them, so it goes to the errors from here on."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent; we end when it closes the pipe
    serve(sys.stdin.buffer, answers_of())


if __name__ == "__main__":
    main()

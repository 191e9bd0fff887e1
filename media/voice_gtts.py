"""Google's translate voice through gTTS: natural, but unofficial, so it is asked with care and ahead of time only.

gTTS prepares the requests; it would send them without checking certificates, without a time-out and without
noticing an answer that holds no sound. So they are sent from here. Only the text of lessons ever goes out.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
import threading
import time
from collections.abc import Callable

import requests
from gtts import gTTS

from media import sound
from media.phrasing import is_chinese
from media.sound import Samples, SoundError
from media.voice_engine import EngineDown, VoiceError

log = logging.getLogger(__name__)

LANGUAGES = {"en": "en", "zh": "zh-CN", "yue": "yue", "es": "es", "fr": "fr", "ar": "ar", "ru": "ru"}
ADDRESS = "https://translate.google.com"
LIMIT = gTTS.GOOGLE_TTS_MAX_CHARS
ANSWER_LIMIT = 2_000_000  # bytes; a hundred characters are about 40,000

_AUDIO = re.compile(r'jQ1olc","\[\\"(.*?)\\"]')


class GttsEngine:
    """About one request a second. After a dead network, a "too many requests" or two failures it rests for `rest`
    seconds: until then every call fails at once, so that a build without a network goes on within seconds."""

    name = "gtts"
    about = "an unofficial Google service reads the lessons' text aloud, during `handrail media build` and at no other time."
    live = False
    splits = "sentences"  # each request is dear, so commas do not make one

    def __init__(
        self,
        address: str = ADDRESS,
        *,
        timeout: float = 5.0,
        gap: float = 1.0,
        rest: float = 600.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address, self._timeout, self._gap, self._rest = address.rstrip("/"), timeout, gap, rest
        self._sleep, self._clock = sleep, clock
        self._session = requests.Session()
        self._turn = threading.Lock()
        self._next = self._open_again = float("-inf")
        self._failures = 0
        self._why = ""

    def can(self, language: str) -> bool:
        return language in LANGUAGES

    def missing(self) -> str:
        return f"{self._why} It is left alone for now." if self._clock() < self._open_again else ""

    def speak(self, text: str, language: str) -> Samples:
        """Raises VoiceError for this text, EngineDown while it rests."""
        parts = [self._fetch(part, language) for part in _parts(text)]
        if not parts:
            raise VoiceError("there is nothing to say in it")
        return parts[0] if len(parts) == 1 else sound.joined(parts)

    def close(self) -> None:
        self._session.close()

    def _fetch(self, text: str, language: str) -> Samples:
        with self._turn:
            if self._clock() < self._open_again:
                raise EngineDown(self.missing())
            for attempt in (1, 2):
                try:
                    samples = _heard(self._post(text, language), text)
                    self._failures = 0
                    return samples
                except (requests.RequestException, VoiceError) as problem:
                    why, dead = _in_words(problem)
                    if attempt == 1:
                        self._sleep(2 * self._gap)
            self._failures += 1
            if dead or self._failures >= 2:
                self._why, self._open_again, self._failures = why, self._clock() + self._rest, 0
                raise EngineDown(why)
            raise VoiceError(why)

    def _post(self, text: str, language: str) -> bytes:
        self._sleep(max(0.0, self._next - self._clock()))
        (request,) = gTTS(  # its own cutting and rewriting are left out: one of them deletes full stops
            text, lang=LANGUAGES[language], lang_check=False, pre_processor_funcs=[], tokenizer_func=lambda t: [t]
        )._prepare_requests()
        request.url = str(request.url).replace(ADDRESS, self._address, 1)
        settings = self._session.merge_environment_settings(request.url, {}, True, None, None)
        try:
            with self._session.send(request, timeout=self._timeout, allow_redirects=False, **settings) as answer:
                answer.raise_for_status()
                return self._body(answer)
        finally:
            self._next = self._clock() + self._gap

    def _body(self, answer: requests.Response) -> bytes:
        """The whole answer, but no more of it and no longer than a good one needs: a trickle is no answer either."""
        until, body = time.monotonic() + 2 * self._timeout, b""
        for piece in answer.iter_content(4096):
            body += piece
            if len(body) > ANSWER_LIMIT or time.monotonic() > until:
                raise requests.Timeout("the answer does not end")
        return body


def _heard(body: bytes, text: str) -> Samples:
    """The sound in an answer. Raises VoiceError when there is none, or too little or too much for such a text."""
    found = _AUDIO.search(body.decode("utf-8", "replace"))
    try:
        samples = sound.decode(base64.b64decode(found[1], validate=True)) if found else sound.silence(0)
    except (binascii.Error, SoundError) as problem:
        raise VoiceError("The voice service answered with something that is no sound.") from problem
    spoken = sound.seconds(sound.trim(samples))
    each = 0.1 if is_chinese(text) else 0.03  # no voice says a character or a letter faster than this
    if not each * len(text) * 0.6 <= spoken <= each * len(text) * 8 + 4:
        raise VoiceError(f"The voice service answered {len(text)} characters with {spoken:.1f} seconds of speech.")
    return samples


def _in_words(problem: Exception) -> tuple[str, bool]:
    """What to tell the operator, and whether there is no sense in trying the next text."""
    if isinstance(problem, VoiceError):
        return str(problem), False
    if isinstance(problem, requests.HTTPError):
        code = problem.response.status_code
        return f"The voice service refused (it answered {code}).", code in (403, 429)
    if isinstance(problem, requests.exceptions.SSLError):
        return "The voice service could not prove who it is (its certificate is wrong).", True
    if isinstance(problem, requests.Timeout):
        return "The voice service does not answer.", True
    return "The voice service cannot be reached: there may be no network.", True


def _parts(text: str) -> list[str]:
    """A sentence is one request; one that is over the service's limit is cut at a comma or a space."""
    parts = []
    text = text.strip()
    while len(text) > LIMIT:
        cut = max(text.rfind(mark, 1, LIMIT) for mark in ",;:，；：、") + 1 or text.rfind(" ", 1, LIMIT) + 1 or LIMIT
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [part for part in [*parts, text] if any(c.isalnum() for c in part)]

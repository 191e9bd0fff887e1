"""A Recognizer that asks a Rasa server over its HTTP API (POST /model/parse). When it is down, another answers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import requests

from nlu.finder import Finder
from nlu.intent import INTENTS, Entity, Recognizer, Understanding
from nlu.reasons import reason_of

log = logging.getLogger("handrail.nlu")

CONNECT_SECONDS, READ_SECONDS = 1.0, 3.0


class RasaError(Exception):
    """Rasa did not give an answer that can be used; the message says what was wrong."""


class RasaRecognizer:
    """`urls`: language -> root of its server, or "" -> the server that knows every language.

    `instead` answers for a language without a server, and while Rasa does not answer; the log says so once, and
    once more when Rasa is back.
    """

    def __init__(self, urls: Mapping[str, str], token: str, instead: Recognizer, finder: Finder | None = None) -> None:
        self._urls = dict(urls)
        self._token = token
        self._instead = instead
        self._finder = finder or getattr(instead, "finder", None)
        self._down = False
        self._session = requests.Session()

    def parse(self, text: str, language: str) -> Understanding:
        """Rasa's answer, or that of `instead`. Never raises."""
        if not self._server(language):
            return self._instead.parse(text, language)
        try:
            answer = self.ask(text, language)
        except RasaError as error:
            if not self._down:
                log.warning("Rasa does not answer (%s): the embedded engine answers until it is back", error)
            self._down = True
            return self._instead.parse(text, language)
        if self._down:
            log.info("Rasa answers again")
        self._down = False
        return answer

    def _server(self, language: str) -> str:
        return self._urls.get(language) or self._urls.get("", "")

    def ask(self, text: str, language: str) -> Understanding:
        """Rasa's own answer. Raises RasaError on a time-out, a refusal, or an answer of another shape."""
        try:
            reply = self._session.post(
                f"{self._server(language)}/model/parse",
                params={"token": self._token} if self._token else None,
                json={"text": text},
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            )
            if reply.status_code == 401:
                raise RasaError("it refuses the token; set HANDRAIL_RASA_TOKEN to the one it was started with")
            reply.raise_for_status()
            return self._understanding(reply.json(), text, language)
        except requests.RequestException as error:
            raise RasaError(type(error).__name__) from None
        except (ValueError, KeyError, TypeError) as error:
            raise RasaError(f"an answer of another shape ({type(error).__name__})") from None

    def _understanding(self, answer: dict[str, Any], text: str, language: str) -> Understanding:
        name = str(answer["intent"]["name"] or "")
        # The fallback classifier's own name, and whatever a team adds to its model, is none of our intents.
        intent = name.split("/")[0] if name.split("/")[0] in INTENTS else "out_of_scope"
        return Understanding(
            intent=intent,
            confidence=round(float(answer["intent"]["confidence"]), 4),
            ranking=tuple((str(r["name"]), round(float(r["confidence"]), 4)) for r in answer.get("intent_ranking", [])),
            entities=tuple(
                Entity(str(e["entity"]), str(e["value"]), int(e["start"]), int(e["end"]))
                for e in answer.get("entities", [])
            ),
            lessons=self._finder.find(text, language) if self._finder else (),
            text=text,
            reason=reason_of(intent, text),
        )

"""Builds the parts and hands them to each other: what `handrail run`, `chat` and the lesson tools have in common."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import lessons
from bot.centres import Centres
from bot.conversation import Conversation
from bot.messages import Invitation
from bot.phrases import Phrases
from bot.safety.judge import Judge
from bot.settings import Settings
from bot.store import Store
from bot.tutor import Tutor
from lessons.catalogue import Catalogue
from lessons.model import text_of
from media.screens import ScreenLibrary, load_screens
from nlu.asks import ask_languages, read_asks
from nlu.embedded import EmbeddedRecognizer
from nlu.finder import Phrases as Asks
from nlu.intent import Recognizer
from nlu.keyword_recognizer import KeywordRecognizer
from nlu.rasa_server import RasaRecognizer

LESSONS = Path(lessons.__file__).parent
log = logging.getLogger("handrail.house")


@dataclass(frozen=True)
class House:
    """Each part is made when it is first asked for, so that a small command stays quick."""

    settings: Settings

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue.load(LESSONS)

    @cached_property
    def screens(self) -> ScreenLibrary:
        return load_screens()

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases.load()

    @property
    def sorry(self) -> dict[str, str]:
        """What is said, by language, where an answer failed twice."""
        return {language: self.phrases.say("talk.sorry", language) for language in self.phrases.languages()}

    @cached_property
    def centres(self) -> Centres:
        return Centres.load(self.settings.data / "centres")

    @cached_property
    def conversation(self) -> Conversation:
        return Conversation(self.catalogue, self.phrases, self.screens, self.centres)

    @cached_property
    def asks(self) -> list[Asks]:
        """What learners say for each lesson of the curriculum, so that a planned one is recognised as well: the asks of
        nlu/asks; where it is written its own asks, its title and its goal; where it is only planned its planned title."""
        languages = dict.fromkeys((*self.catalogue.languages(), *ask_languages()))
        return [asks for language in languages for asks in self._asks_in(language)]

    def _asks_in(self, language: str) -> list[Asks]:
        """Of one language. What cannot be read in nlu/asks is logged, and the lessons' own files stand alone."""
        said, faults = read_asks(language)
        for fault in faults:
            log.warning("%s", fault)
        # A thousand stories round a wish would teach that most messages are wishes: cries for help were missed for it, measured.
        # So only what the lessons' own files say counts for that; for telling the lessons apart all of it counts.
        own = {x.id: (*x.asks, x.title, text_of(x.goal)) for x in self.catalogue.lessons(language)}
        for lesson, plan in self.catalogue.planned.items():
            if lesson not in own and language in plan.titles:
                own[lesson] = (plan.title(language),)
        return [
            Asks(
                lesson,
                language,
                tuple(dict.fromkeys((*said.get(lesson, ()), *own.get(lesson, ())))),
                own.get(lesson, ()),
            )
            for lesson in {**self.catalogue.planned, **own}
            if lesson in said or lesson in own
        ]

    @cached_property
    def embedded(self) -> EmbeddedRecognizer:
        return self.embedded_in(self.settings.data / "nlu")

    def embedded_in(self, folder: Path) -> EmbeddedRecognizer:
        """The embedded engine with its models kept in `folder`."""
        terms = [(lang, e.word) for lang in self.catalogue.languages() for e in self.catalogue.terms(lang).values()]
        return EmbeddedRecognizer(self.asks, folder, terms=terms)

    @cached_property
    def plain_or_embedded(self) -> Recognizer:
        """The embedded engine. Without example sentences only the plain one can answer."""
        return self.embedded if self.embedded.languages() else KeywordRecognizer(self.embedded.finder)

    @cached_property
    def rasa(self) -> Recognizer:
        settings = self.settings
        return RasaRecognizer(
            settings.rasa_urls, settings.rasa_token.get_secret_value(), self.plain_or_embedded, self.embedded.finder
        )

    @cached_property
    def judge(self) -> Judge:
        """The guard with what it has learned; it shares the sentence vectors of the understanding."""
        return Judge(self.embedded.encoder.encode)

    @property
    def recognizer(self) -> Recognizer:
        """The one of HANDRAIL_NLU."""
        return self.rasa if self.settings.nlu == "rasa" else self.plain_or_embedded

    def tutor(
        self,
        store: Store,
        recognizer: Recognizer | None = None,
        *,
        invite: Callable[[str], Invitation | None] = lambda channel: None,
    ) -> Tutor:
        return Tutor(self.conversation, recognizer or self.recognizer, store, self.judge.look, invite=invite)

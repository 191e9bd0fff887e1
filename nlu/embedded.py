"""The default Recognizer: in this process, without a network, trained from nlu/data and from the lessons' own phrases."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from nlu.encoder import Encoder, best_encoder
from nlu.entities import find_entities
from nlu.examples import DATA, Example, fingerprint, languages, read_examples, wishes_beside
from nlu.finder import Finder, Phrases
from nlu.intent import Understanding
from nlu.language import written_in
from nlu.model import FORMAT, Classifier, Labelled, Progress, fit, load, save
from nlu.reasons import reason_of

log = logging.getLogger("handrail.nlu")

OUTSIDE = "out_of_scope"
WISH = "find_lesson"
# Below it the classifier is wrong about as often as right; where the finder knows the lesson well, it is a wish for that.
UNSURE = 0.5
KNOWN_LESSON = 0.6
KNOWN_ENOUGH = 0.3  # instead of turning it away: an offer of a lesson costs less than "that is beyond me"
NEVER_A_WISH = ("tricked", "emergency", "check_scam")
# Models made at installation (`handrail nlu train --ahead`), used by every data folder of this machine.
AHEAD = Path(__file__).parent / "trained"
# A language with few examples of its own also learns from English ones: the vectors carry over, the letters do not.
BORROWED = 0.35
ENOUGH_OF_ITS_OWN = 2000
# The lessons' own phrases, many of them bare titles, count half as wishes: at full weight they drew cries for help to
# them, and cross-validation lost more of the rest than it won of them.
OF_LESSONS = 0.5


class EmbeddedRecognizer:
    """One classifier a language, made when first needed or by `prepare`, and kept in `folder` by fingerprint."""

    def __init__(
        self,
        phrases: Sequence[Phrases],
        folder: Path,
        *,
        data: Path = DATA,
        encoder: Encoder | None = None,
        terms: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`terms`: (language, word) of the glossary, found as entities."""
        self.encoder = encoder or best_encoder()
        self.finder = Finder(phrases, self.encoder, keep=(folder, AHEAD))
        self._phrases = tuple(phrases)
        self._terms = tuple(terms)
        self._folder = folder
        self._data = data
        self._known = languages(data)
        self._classifiers: dict[str, Classifier] = {}
        self._beside: set[str] = set()  # languages that are learned in a thread
        self._one_at_a_time = threading.Lock()

    def languages(self) -> tuple[str, ...]:
        return self._known

    def ready(self, language: str) -> bool:
        """Whether `parse` would answer at once for this language."""
        return language in self._classifiers or language not in self.languages()

    def learned(self, language: str) -> bool:
        """Whether its models are kept, so that the first `parse` loads them and need not learn for a minute."""
        if self.ready(language):
            return True
        name = f"{language}-{self._rows(language)[1]}.npz"
        return self.finder.kept(language) and any((place / name).exists() for place in (self._folder, AHEAD))

    def prepare(self, language: str, progress: Progress = lambda *_: None, *, anew: bool = False) -> Classifier:
        """Load the kept model, or train it where sentences or lessons changed (some seconds). Safe from any thread."""
        if language in self._classifiers and not anew:
            return self._classifiers[language]
        with self._one_at_a_time:
            if language in self._classifiers and not anew:
                return self._classifiers[language]
            rows, mark = self._rows(language)
            path = self._folder / f"{language}-{mark}.npz"
            classifier = None if anew else self._kept(path)
            if classifier is None:
                log.info("learning to understand %s from %d sentences", language, len(rows))
                classifier = fit(rows, self.encoder, outside=OUTSIDE, progress=progress)
                self._keep(classifier, path, language)
            self.finder.prepare(language, anew=anew)
            self._classifiers[language] = classifier
            return classifier

    def _read_in(self, text: str, usual: str) -> str:
        """The language of the message; its usual one while the other is learned beside, which takes some seconds."""
        known = self.languages()
        usual = usual if usual in known else "en"
        language = written_in(text, usual, known)
        if language == usual or self.ready(language):
            return language
        if language not in self._beside:
            self._beside.add(language)
            threading.Thread(target=self.prepare, args=(language,), daemon=True).start()
        return usual

    def _kept(self, path: Path) -> Classifier | None:
        """The model of that name in our folder, or made at installation."""
        return load(path, self.encoder) or load(AHEAD / path.name, self.encoder)

    def _keep(self, classifier: Classifier, path: Path, kind: str) -> None:
        """Write the model and clear away the ones before it."""
        save(classifier, path)
        for old in self._folder.glob(f"{kind}-*.npz"):
            if old != path:
                old.unlink(missing_ok=True)

    def _rows(self, language: str) -> tuple[list[Labelled], str]:
        examples, faults = read_examples(language, self._data)
        for fault in faults:
            log.warning("%s", fault)
        phrases = [p for p in self._phrases if p.language == language]
        lines = [line for p in phrases for line in (p.lines if p.wishes is None else p.wishes)]
        wishes = wishes_beside(examples, lines, language)
        own = [*examples, *wishes]
        rows = [Labelled(e.text, e.intent) for e in examples]
        rows += [Labelled(e.text, e.intent, OF_LESSONS) for e in wishes]
        borrowed: list[Example] = []
        if language != "en" and len(own) < ENOUGH_OF_ITS_OWN:
            borrowed = read_examples("en", self._data)[0]
            rows += [Labelled(e.text, e.intent, BORROWED) for e in borrowed]
        return rows, f"{fingerprint([*own, *borrowed])}-{self.encoder.name}-{FORMAT}"

    def parse(self, text: str, language: str) -> Understanding:
        """What the text means. A message in another language that we know is read in that one, once it is learned."""
        language = self._read_in(text, language)
        classifier = self.prepare(language)
        ranking = classifier.ranking(text)
        lessons = self.finder.find(text, language)
        intent, confidence = _meant(ranking, lessons)
        others = [(name, min(chance, confidence)) for name, chance in ranking if name != intent]
        return Understanding(
            intent=intent,
            confidence=round(confidence, 4),
            ranking=tuple((name, round(chance, 4)) for name, chance in [(intent, confidence), *others[:9]]),
            entities=find_entities(text, language, self._terms),
            lessons=lessons,
            text=text,
            reason=reason_of(intent, text),
        )


def _meant(ranking: Sequence[tuple[str, float]], lessons: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """The likeliest intent and its chance, best first in `ranking`; where that is unsure what the finder says counts too."""
    intent, confidence = ranking[0]
    score = lessons[0][1] if lessons else 0.0
    if intent == OUTSIDE and score >= 0.85 and ranking[1][0] == WISH:
        return ranking[1]  # a lesson answers nearly to the words
    known = score >= (KNOWN_ENOUGH if intent == OUTSIDE else KNOWN_LESSON)
    if confidence < UNSURE and known and intent not in NEVER_A_WISH:
        return WISH, max(score, confidence)
    return intent, confidence

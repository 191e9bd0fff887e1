"""Lesson words as one learner reads them: things on the screen in bold, named as on their own phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.conversation.house import Phrases
from bot.messages import Session
from lessons.model import OnScreen, PhoneName, Picture, Plain, Screens, StepFor, Term, Words


def plainly(text: str) -> str:
    """The same words without the stars."""
    return text.replace("**", "")


@dataclass(frozen=True)
class Namer:
    """Names things as they stand on a phone of this system and maker, in the phone's own language."""

    screens: Screens
    phrases: Phrases
    system: str
    maker: str
    phone_language: str
    language: str
    dark: bool = False

    @classmethod
    def of(cls, session: Session, screens: Screens, phrases: Phrases) -> Namer:
        system = session.system or "android"
        phone_language = session.phone_language or session.language
        return cls(screens, phrases, system, session.maker, phone_language, session.language, session.dark)

    def name(self, screen: str, element: str = "") -> PhoneName | None:
        """None where no such name is known; an empty element asks for the title of the screen."""
        return self.screens.name(screen, element, system=self.system, maker=self.maker, language=self.phone_language)

    def bold(self, thing: OnScreen) -> str:
        """`**Connections** (连接)`: the phone's word, and the learner's own beside it where that differs."""
        found = self.name(thing.screen, thing.element)
        if found is None or not found.text:
            return f"**{thing.plain}**"
        if self.phone_language == self.language or found.text == thing.plain:
            return f"**{found.text}**"
        own = self.screens.name(
            thing.screen, thing.element, system=self.system, maker=self.maker, language=self.language
        )
        beside = own.text if own and own.text else thing.plain
        return f"**{found.text}**" if beside == found.text else self._say("names.beside", name=found.text, own=beside)

    def text(self, words: Words | None) -> str:
        """The words, with a sentence at the end where a maker's own name is not known."""
        runs = words or ()
        said = "".join(
            r.text if isinstance(r, Plain) else r.word if isinstance(r, Term) else self.bold(r) for r in runs
        )
        unsure = self._unsure(r for r in runs if isinstance(r, OnScreen))
        return join_sentences(said, unsure, self.language)

    def aloud(self, words: Words | None) -> str:
        return self.text(words)

    def named(self, step: StepFor, *, stars: bool = True) -> str:
        """The name of the one thing that a step is about, "" where its words name none: a picture may also ring
        an example, such as somebody's name."""
        things = things_in(step.instruction)
        ringed = step.picture.element if step.picture else ""
        thing = next((t for t in things if t.element == ringed), things[-1] if things else None)
        if thing is None:
            return ""
        found = self.name(thing.screen, thing.element)
        text = found.text if found and found.text else thing.plain
        return f"**{text}**" if stars else text

    def on_phone(self, picture: Picture | None) -> Picture | None:
        return picture.on(self.system, self.maker, self.phone_language, dark=self.dark) if picture else None

    def _unsure(self, things: Iterable[OnScreen]) -> str:
        for thing in things:
            found = self.name(thing.screen, thing.element)
            if found and not found.sure and len(found.likely) > 1:
                names = [f"**{n}**" for n in found.likely if n != found.text][:2]
                return self._say("names.may_be", names=one_of(names, self._say("names.or")))
        return ""

    def _say(self, key: str, **values: str) -> str:
        return self.phrases.say(key, self.language, 0, **values)


def unringed(step: StepFor, picture: Picture) -> Picture:
    """The same page without the ring, and without words that give away where it is."""
    return replace(picture, element="", alt=step.title)


def one_of(names: list[str], joint: str) -> str:
    """ "A or B", "A, B or C"."""
    comma = "、" if "或" in joint else ", "
    return names[0] if len(names) == 1 else comma.join(names[:-1]) + joint + names[-1]


def join_sentences(first: str, second: str, language: str) -> str:
    if not (first and second):
        return first or second
    return first + ("" if language in ("zh", "ja") else " ") + second


def paragraphs(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()]


def things_in(words: Words | None) -> tuple[OnScreen, ...]:
    return tuple(r for r in words or () if isinstance(r, OnScreen))


def terms_in(words: Words | None) -> tuple[Term, ...]:
    return tuple(r for r in words or () if isinstance(r, Term))


def first_sentence(text: str) -> str:
    """What comes before the first full stop, with it."""
    found = re.match(r".+?[.。!！?？](?=\s|$|[^\x00-\x7f])", text.strip(), re.S)
    return found.group(0) if found else text


def length(text: str) -> int:
    """Words, or characters in Chinese."""
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    return chinese or len(re.findall(r"\w+(?:[-'’.&/]\w+)*", text))

"""Rules about what links and pictures point at: screens, glossary, pictures of the lesson's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lessons.diagnostic import Diagnostic
from lessons.model import MAKERS, OnScreen, Screens, Term
from lessons.nearest import did_you_mean
from lessons.rules.look import Look
from lessons.source import Run, Spot


def screen_unknown(look: Look) -> Iterator[Diagnostic]:
    if look.screens is None:
        return
    for said in look.said():
        for run in said.runs:
            if isinstance(run.piece, OnScreen):
                yield from _unknown(look, look.screens, run.piece.screen, run.piece.element, "", run.spot)
    for step in look.lesson.steps:
        for parts in step.all_parts():
            if parts.picture and parts.picture.picture.screen:
                picture = parts.picture.picture
                yield from _unknown(
                    look, look.screens, picture.screen, picture.element, picture.state, parts.picture.spot
                )


def _unknown(look: Look, screens: Screens, screen: str, element: str, state: str, spot: Spot) -> Iterator[Diagnostic]:
    known = screens.ids()
    if screen not in known:
        message = f"There is no screen {screen}." + did_you_mean(screen, known)
    elif not screens.has(screen, element):
        message = f"The screen {screen} has no {element}." + did_you_mean(element, known[screen])
    elif state and not screens.has(screen, element, state):
        message = f"The screen {screen} has no state {state}. Look into its file for those that it has."
    else:
        return
    yield look.found(spot, "screen-unknown", message)


def name_differs(look: Look) -> Iterator[Diagnostic]:
    if look.screens is None:
        return
    for run, system, maker in named(look):
        assert isinstance(run.piece, OnScreen)
        right = right_name(look.screens, run.piece, system, maker, look.lesson.language)
        if right and right != run.piece.plain:
            message = f'The screen calls it "{right}". `handrail lessons fmt` fills that in.'
            yield look.found(run.spot, "name-differs", message, note=True)


def named(look: Look) -> Iterator[tuple[Run, str, str]]:
    """Every thing on the screen that the lesson names, with the system and maker that it is said to ("": all)."""
    said_to = [(look.lesson.goal, "", ""), (look.lesson.end, "", "")]
    for step in look.lesson.steps:
        for parts in step.all_parts():
            said_to += [(said, parts.system or step.only, parts.maker) for said in parts.said()]
    for question in look.lesson.questions():
        said_to.append((question.question, "", ""))
        for choice in question.choices:
            said_to += [(choice.label, "", ""), (choice.answer, "", "")]
    for said, system, maker in said_to:
        yield from ((run, system, maker) for run in said.runs if isinstance(run.piece, OnScreen))


def right_name(screens: Screens, piece: OnScreen, system: str, maker: str, language: str) -> str:
    """The name to write for a thing on the screen: the writer's own where some phone calls it so, or where the screen
    has no name for all phones; else the screen's. "" where nothing can be said."""
    if not screens.has(piece.screen, piece.element):
        return piece.plain

    def name(of_system: str, of_maker: str) -> str:
        found = screens.name(piece.screen, piece.element, system=of_system, maker=of_maker, language=language)
        return found.text if found and found.sure else ""

    phones = [(of, maker_) for maker_, of in MAKERS.items() if system in ("", of)]
    everywhere = [name(of, maker_) for of, maker_ in [(system, maker), (system, ""), ("", ""), *phones]]
    if piece.plain in everywhere:
        return piece.plain
    if piece.plain:
        return everywhere[0] or (everywhere[1] if maker else "") or piece.plain
    return next((one for one in everywhere if one), "")


def term_unknown(look: Look) -> Iterator[Diagnostic]:
    terms = look.catalogue.terms(look.lesson.language)
    for said in look.said():
        for run in said.runs:
            if isinstance(run.piece, Term) and run.piece.term not in terms:
                message = f"The glossary of this language has no word {{#{run.piece.term}}}." + did_you_mean(
                    run.piece.term, terms
                )
                yield look.found(run.spot, "term-unknown", message)


def own_picture(look: Look) -> Iterator[Diagnostic]:
    allowed = look.lesson.value("own-pictures") == "yes"
    folder = Path(look.lesson.path).parent
    for step in look.lesson.steps:
        for parts in step.all_parts():
            if not parts.picture or not parts.picture.picture.own:
                continue
            name = parts.picture.picture.own.partition("/")[2]
            if not allowed:
                message = 'Say own-pictures: "yes" between the two --- lines, or use a drawn screen.'
                yield look.found(parts.picture.spot, "own-picture", message)
            if not (folder / name).is_file():
                yield look.found(parts.picture.spot, "own-picture", f"There is no picture {name} beside this file.")

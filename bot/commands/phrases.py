"""`handrail phrases check`: what is wrong in the files of what Handrail itself says, with file and line: the same keys
and placeholders in every language, buttons that fit, short sentences, no word that we do not use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from bot.commands.findings import FORMATS, report
from bot.conversation.labels import fits
from bot.phrases import SHIPPED, PhraseError, Phrases, placeholders
from bot.phrases.words import FOLDER, misfits
from lessons.diagnostic import Diagnostic
from lessons.plain_words import figures, sentences

SOURCE = "en"
# Said by somebody in danger or to them, or a list of things: longer than one breath is allowed here.
UNHURRIED = ("progress.", "hello.you_can")


class Look:
    """One language's file, beside the source language."""

    def __init__(self, phrases: Phrases, language: str, path: Path) -> None:
        self.language, self.path = language, path
        self.mine: Mapping[str, tuple[str, ...]] = phrases.texts[language]
        self.source: Mapping[str, tuple[str, ...]] = phrases.texts.get(SOURCE, {})
        self.lines = _lines_of(path)

    def found(self, key: str, rule: str, message: str) -> Diagnostic:
        return Diagnostic(_shown(self.path), self.lines.get(key, 1), 1, rule, f"{key}: {message}")

    def each(self) -> Iterator[tuple[str, str]]:
        for key, wordings in self.mine.items():
            for wording in wordings:
                yield key, wording


def check_phrases(folder: Path = SHIPPED) -> list[Diagnostic]:
    """Every finding in every file, in order. Raises PhraseError where a file cannot be read at all."""
    phrases = Phrases.load(folder)
    found: list[Diagnostic] = []
    for language in phrases.languages():
        look = Look(phrases, language, folder / f"{language}.toml")
        for rule in RULES:
            found += rule(look)
    return sorted(found)


def same_keys(look: Look) -> Iterator[Diagnostic]:
    """A makers' or system's own wording (`way.out.iphone`) may stand in one language alone."""
    for key in look.source:
        if key not in look.mine and not _own(key, look.source) and key.partition(".")[0] != "sign":
            yield look.found(key, "phrase-missing", f"Add it, as {SOURCE}.toml has it: {look.source[key][0]!r}")
    for key in look.mine:
        if key not in look.source and not _own(key, look.mine):
            yield look.found(key, "phrase-unknown", f"No other file has this key. Look at how {SOURCE}.toml spells it.")


def _own(key: str, keys: Mapping[str, tuple[str, ...]]) -> bool:
    group = key.rpartition(".")[0]
    return (f"{group}.any" in keys and not key.endswith(".any")) or group in (
        "tricked.reaches",
        "lesson_label",
        "maker",
    )


def same_placeholders(look: Look) -> Iterator[Diagnostic]:
    for key, wording in look.each():
        try:
            mine = placeholders(wording)
        except ValueError:
            yield look.found(key, "phrase-braces", "A brace is left open. Write {name}, with both braces.")
            continue
        wanted = placeholders((look.source.get(key) or look.mine[key])[0])
        if mine != wanted:
            names = ", ".join(f"{{{n}}}" for n in sorted(wanted)) or "none"
            yield look.found(key, "phrase-placeholders", f"Its words in braces should be: {names}.")


def buttons_fit(look: Look) -> Iterator[Diagnostic]:
    for key, wording in look.each():
        if key.startswith(BUTTON_GROUPS) and not fits(wording, look.language):
            most = figures(look.language).button
            yield look.found(
                key, "button-too-long", f"{wording!r} has {len(wording)} letters; a button has at most {most}."
            )


BUTTON_GROUPS = ("button.", "maker.", "day.", "path.talk", "path.safe", "path.out", "path.health", "path.curious", "lesson_label.", "where.home", "where.something_else")  # fmt: skip


def sentences_short(look: Look) -> Iterator[Diagnostic]:
    words = figures(look.language)
    for key, wording in look.each():
        if key.startswith((*BUTTON_GROUPS, *UNHURRIED)):
            continue
        for _, sentence in sentences(re.sub(r"\{\w+\}", "x", wording).replace("**", "")):
            if (length := words.length(sentence)) > words.sentence:
                yield look.found(
                    key, "sentence-too-long", f"{sentence!r} has {length} {words.counts}; at most {words.sentence}."
                )


def no_banned_words(look: Look) -> Iterator[Diagnostic]:
    for key, wording in look.each():
        for word, instead in figures(look.language).banned.items():
            edge = r"\b" if word.isascii() else ""
            if re.search(f"{edge}{re.escape(word)}{edge}", wording, re.I):
                better = f"Write: {instead}" if instead else "Leave it out."
                yield look.found(key, "word-not-ours", f"{word!r} is not how Handrail speaks. {better}")


def one_question(look: Look) -> Iterator[Diagnostic]:
    for key, wording in look.each():
        if len(re.findall(r"[?？]", wording)) > 1 and key not in TWO_HALVES:
            yield look.found(key, "two-questions", "Ask one thing at a time.")


# One question in two halves, as people ask it.
TWO_HALVES = ("scam.given",)


def stars_in_pairs(look: Look) -> Iterator[Diagnostic]:
    for key, wording in look.each():
        if wording.count("**") % 2 or "*" in wording.replace("**", ""):
            yield look.found(key, "stars", "Stars stand in pairs, round words on the phone: **Settings**.")


RULES: tuple[Callable[[Look], Iterator[Diagnostic]], ...] = (
    same_keys, same_placeholders, buttons_fit, sentences_short, no_banned_words, one_question, stars_in_pairs,
)  # fmt: skip


def volunteers_words() -> list[Diagnostic]:
    """The same keys and placeholders in every language of what volunteers read."""
    found = []
    for misfit in misfits():
        language, key, message = misfit.split(": ", 2)
        path = FOLDER / f"{language}.toml"
        found.append(Diagnostic(_shown(path), _lines_of(path).get(key, 1), 1, "phrase-differs", f"{key}: {message}"))
    return found


def _lines_of(path: Path) -> dict[str, int]:
    """Key -> line, counted from 1."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if head := re.match(r"\[([^\]]+)\]", line):
            table = head[1] + "."
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            found[table + key[1]] = number
    return found


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


@click.group()
def phrases() -> None:
    """What Handrail itself says."""


@phrases.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def check(folder: Path | None, form: str) -> None:
    """Every finding, with file and line. FOLDER: where the phrase files are, by default the shipped ones."""
    try:
        findings = check_phrases(folder or SHIPPED) + ([] if folder else volunteers_words())
    except PhraseError as error:
        raise click.ClickException(str(error)) from None
    if form == "text":
        for finding in findings:
            click.echo(str(finding))
        click.echo(f"{len(findings)} to mend." if findings else "All phrases are well.", err=bool(findings))
    else:
        report(findings, 0, form)
    raise SystemExit(1 if findings else 0)

"""Every lesson at hand, with what surrounds them: glossary, curriculum, labels. Read once; after that it only answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lessons.build import build, fingerprint
from lessons.curriculum import Curriculum, Planned, read_curriculum
from lessons.diagnostic import Diagnostic
from lessons.glossary import GlossaryEntry, read_glossary
from lessons.headings import ID
from lessons.labels import Labels
from lessons.model import Lesson
from lessons.parser import read_lesson
from lessons.reading import read_file
from lessons.source import LessonSource
from lessons.stamps import Stamps, read_stamps

SHIPPED = Path(__file__).resolve().parent
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})*")
NO_LESSONS = ("glossary", "rules", "__pycache__")


@dataclass(frozen=True)
class Catalogue:
    """`sources` are all lesson files as read, also those with errors: for the rules. `lessons` are taught."""

    folder: Path
    labels: Labels
    curriculum: Curriculum = field(default_factory=Curriculum)
    taught: Mapping[tuple[str, str], Lesson] = field(default_factory=dict)
    sources: tuple[LessonSource, ...] = ()
    glossaries: Mapping[str, Mapping[str, GlossaryEntry]] = field(default_factory=dict)
    stamps: Mapping[str, Stamps] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    fingerprint: str = ""

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """Reads the folder. A file that breaks the format is left out and stands in `.diagnostics`."""
        return load(folder)

    def lesson(self, id: str, language: str) -> Lesson | None:
        return self.taught.get((id, language))

    def lessons(self, language: str) -> tuple[Lesson, ...]:
        """Those written in that language, in the curriculum's order, others after."""
        order = {name: index for index, name in enumerate(self.curriculum.planned)}
        mine = [lesson for (_, of), lesson in self.taught.items() if of == language]
        return tuple(sorted(mine, key=lambda lesson: (order.get(lesson.id, len(order)), lesson.id)))

    def languages(self) -> tuple[str, ...]:
        """Languages that have a lesson; English first."""
        return tuple(sorted({language for _, language in self.taught}, key=lambda code: (code != "en", code)))

    @property
    def planned(self) -> Mapping[str, Planned]:
        return self.curriculum.planned

    @property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        return self.curriculum.paths

    @property
    def path_titles(self) -> Mapping[str, Mapping[str, str]]:
        return self.curriculum.path_titles

    def term(self, term: str, language: str) -> GlossaryEntry | None:
        return self.terms(language).get(term)

    def terms(self, language: str) -> Mapping[str, GlossaryEntry]:
        return self.glossaries.get(language, {})


def load(folder: Path, more: Iterable[Path] = ()) -> Catalogue:
    """The catalogue of `folder`; lesson files in `more` join it, or take the place of its own of the same id and
    language. What the folder lacks (labels, curriculum, glossary) is taken from the lessons shipped with Handrail."""
    found: list[Diagnostic] = []
    labels = Labels.load(_here_or_shipped(folder, "labels.toml"))
    curriculum_file = _here_or_shipped(folder, "curriculum.toml")
    curriculum, wrong = read_curriculum(curriculum_file, shown(curriculum_file))
    found += wrong
    glossaries = _glossaries(_here_or_shipped(folder, "glossary"), found)
    sources: dict[tuple[str, str], LessonSource] = {}
    stamps: dict[str, Stamps] = {}
    for file, alone in [*((f, False) for f in lesson_files(folder)), *((f, True) for f in more)]:
        source = read_source(file, labels, alone=alone)
        sources.pop((source.id, source.language), None)  # so that what was given stands last, and is what is blamed
        sources[source.id, source.language] = source
        stamp_file = file.parent / "made-from.toml"
        if stamp_file.is_file() and source.id not in stamps:
            stamps[source.id], wrong = read_stamps(stamp_file, shown(stamp_file))
            found += wrong
    taught = {
        key: build(source)
        for key, source in sources.items()
        if all(diagnostic.note for diagnostic in source.diagnostics)
    }
    for source in sources.values():
        found += source.diagnostics
    versions = [[lesson.id, lesson.language, lesson.version] for lesson in taught.values()]
    words = [[language, [[t, e.word, e.text] for t, e in terms.items()]] for language, terms in glossaries.items()]
    return Catalogue(
        folder=folder,
        labels=labels,
        curriculum=curriculum,
        taught=taught,
        sources=tuple(sources.values()),
        glossaries=glossaries,
        stamps=stamps,
        diagnostics=tuple(sorted(found)),
        fingerprint=fingerprint([sorted(versions), sorted(words)]),
    )


def lesson_files(folder: Path) -> list[Path]:
    """`<id>/<language>.md` of a lessons folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(
        file
        for file in folder.glob("*/*.md")
        if file.parent.name not in NO_LESSONS and not file.name.startswith((".", "README"))
    )


def read_source(file: Path, labels: Labels, *, alone: bool = False) -> LessonSource:
    """One lesson file, whatever it holds. Its id and language are its path; a path that says neither is an error, or a
    note where the file stands `alone`, outside a folder of lessons."""
    lesson_id, language = file.resolve().parent.name, file.stem
    wrong: list[str] = []
    if not LANGUAGE.fullmatch(language):
        wrong.append(f'"{file.name}" does not name a language: call it en.md, zh.md and so on.')
        language = "en"
    elif language not in labels.by_language and language.partition("-")[0] not in labels.by_language:
        wrong.append(f"There are no labels for {language} yet. Add a table [{language}] to labels.toml first.")
    if not ID.fullmatch(lesson_id) or lesson_id == "glossary":
        wrong.append(f'The folder "{lesson_id}" is no lesson id: small letters a to z, numbers and -.')
    text, diagnostics = read_file(file, shown(file))
    if text is None:
        source = LessonSource(shown(file), lesson_id, language)
    else:
        source = read_lesson(text, path=shown(file), lesson_id=lesson_id, language=language, labels=labels)
    source.diagnostics += diagnostics
    source.diagnostics += [Diagnostic(shown(file), 1, 1, "file-name", message, alone) for message in wrong]
    return source


def shown(file: Path) -> str:
    """The path as a person would type it here."""
    try:
        return file.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def _glossaries(folder: Path, found: list[Diagnostic]) -> dict[str, Mapping[str, GlossaryEntry]]:
    glossaries: dict[str, Mapping[str, GlossaryEntry]] = {}
    for file in sorted(folder.glob("*.md")):
        text, diagnostics = read_file(file, shown(file))
        found += diagnostics
        if text is not None:
            glossaries[file.stem], diagnostics = read_glossary(text, path=shown(file), language=file.stem)
            found += diagnostics
    return glossaries


def _here_or_shipped(folder: Path, name: str) -> Path:
    return folder / name if (folder / name).exists() else SHIPPED / name

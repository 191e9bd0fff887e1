"""Rules that compare a lesson with the plan, with other lessons, and with itself in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lessons.build import HEAD
from lessons.diagnostic import Diagnostic
from lessons.nearest import did_you_mean, nearest
from lessons.rules.look import Look, Shelf
from lessons.source import LessonSource, Spot
from lessons.stamps import stale_parts

SOURCE = "en"  # translations are compared with this language unless their stamp names another


def needs_unknown(look: Look) -> Iterator[Diagnostic]:
    known = {*look.catalogue.planned, *(source.id for source in look.catalogue.sources)}
    for need, spot in _needs(look.lesson):
        if need not in known:
            yield look.found(
                spot, "needs-unknown", f"There is no lesson {need}, and none is planned." + did_you_mean(need, known)
            )
        elif need == look.lesson.id:
            yield look.found(spot, "needs-unknown", "A lesson cannot need itself.")


def needs_unwritten(look: Look) -> Iterator[Diagnostic]:
    written = {source.id for source in look.catalogue.sources if source.language == look.lesson.language}
    for need, spot in _needs(look.lesson):
        if need in look.catalogue.planned and need not in written:
            message = f"{need} is planned and not written yet in this language. It counts as known."
            yield look.found(spot, "needs-unwritten", message, note=True)


def needs_cycle(shelf: Shelf) -> Iterator[Diagnostic]:
    needs: dict[str, tuple[str, ...]] = {name: plan.needs for name, plan in shelf.catalogue.planned.items()}
    for source in shelf.catalogue.sources:
        needs[source.id] = tuple(dict.fromkeys((*needs.get(source.id, ()), *source.values("needs"))))
    for source in shelf.catalogue.sources:
        for need, spot in _needs(source):
            way = _way(need, source.id, needs)
            if way and need != source.id:
                circle = " -> ".join((source.id, *way))
                message = f"These lessons need each other: {circle}. Take one of them out of needs."
                yield Diagnostic(source.path, spot.line, spot.column, "needs-cycle", message)


def _way(start: str, goal: str, needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Ids from start to goal along needs, both included; () where there is no way."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for need in needs.get(way[-1], ()):
            if need not in seen:
                seen.add(need)
                ways.append((*way, need))
    return ()


def plan_differs(look: Look) -> Iterator[Diagnostic]:
    plan = look.catalogue.planned.get(look.lesson.id)
    if plan is None:
        message = "This lesson is not planned in curriculum.toml yet: it stands on no path."
        yield look.found(Spot(1, 1), "plan-differs", message, note=True)
        return
    for key, planned in (("needs", plan.needs), ("competences", plan.competences), ("risk", (plan.risk,))):
        front = look.lesson.front.get(key)
        if front and sorted(front.texts) != sorted(planned):
            said = ", ".join(planned) or "none"
            message = f'curriculum.toml says "{key}: {said}" of this lesson. Make both say the same.'
            yield look.found(front.spot, "plan-differs", message)


def step_ids_differ(shelf: Shelf) -> Iterator[Diagnostic]:
    """The same step has the same id in every language."""
    sources = {(source.id, source.language): source for source in shelf.catalogue.sources}
    for source in shelf.catalogue.sources:
        original = sources.get((source.id, SOURCE))
        if original is None or original is source or not original.steps or not source.steps:
            continue
        theirs = [step.id for step in original.steps]
        mine = [step.id for step in source.steps]
        missing = [one for one in theirs if one not in mine]
        for step in source.steps:
            if step.id in theirs or step.id.startswith("?"):
                continue
            near = nearest(step.id, missing, at_least=75)
            if near:
                message = f'The same step is called "{near}" in {SOURCE}.md. Give it that id.'
            else:
                message = f"{SOURCE}.md has no step {step.id}. Where it is the same step, give it the same id."
            yield Diagnostic(source.path, step.spot.line, step.spot.column, "step-ids-differ", message, not near)
        both = [one for one in mine if one in theirs]
        if both != [one for one in theirs if one in mine]:
            message = f"The steps stand in another order than in {SOURCE}.md. An id is never used for another step."
            yield Diagnostic(source.path, source.steps[0].spot.line, 1, "step-ids-differ", message, True)


def translation_stale(shelf: Shelf) -> Iterator[Diagnostic]:
    taught = shelf.catalogue.taught
    sources = {(source.id, source.language): source for source in shelf.catalogue.sources}
    for (lesson_id, language), lesson in taught.items():
        source_language, stamped = shelf.catalogue.stamps.get(lesson_id, {}).get(language, (SOURCE, {}))
        original = taught.get((lesson_id, source_language))
        if language == source_language or original is None:
            continue
        here = sources[lesson_id, language]
        stale = stale_parts(original, lesson, stamped)
        if stale and not stamped:
            message = f"Nothing says which {source_language}.md this was made from. `handrail lessons stamp` notes it."
            yield Diagnostic(here.path, 1, 1, "translation-stale", message, True)
        for part in stale if stamped else ():
            what = "has changed" if part in stamped else "is new"
            message = f"{part} {what} in {source_language}.md. Look it through, then run `handrail lessons stamp`."
            spot = _spot_of(here, part)
            yield Diagnostic(here.path, spot.line, spot.column, "translation-stale", message, True)


def _spot_of(source: LessonSource, part: str) -> Spot:
    if part == HEAD:
        return source.title.spot
    spots = {step.id: step.spot for step in source.steps} | source.sections
    return spots.get(part, Spot())


def _needs(source: LessonSource) -> list[tuple[str, Spot]]:
    front = source.front.get("needs")
    return list(zip(front.texts, front.spots, strict=True)) if front else []

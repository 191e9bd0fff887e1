"""One line, spoken by one engine: its phrases and what stands between them, but not yet its pauses.

The pauses come when lines are joined to a message, so that a wish for "slower" needs no new speech.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from media import sound
from media.pace import pauses
from media.phrasing import LINE, Phrase, phrases, words_in
from media.sound import Samples, SoundError
from media.voice_engine import Engine, VoiceError

VERSION = 2  # raise it when clips are made differently, so that all are made anew

_APART = 0.06  # seconds of silence between stored phrases, so that the encoder does not smear one into the next
_NEAR = 0.2  # how far from its place in the text, as a share of the phrase, a pause may be heard


@dataclass(frozen=True)
class Clip:
    """`pieces`: (what stands before, speech without silence round it), at the loudness wanted. `words` as heard."""

    pieces: tuple[tuple[str, Samples], ...]
    words: int


def record(line: str, language: str, engine: Engine) -> Clip:
    """Have a line spoken. `line` is as read aloud (media.reading), with `**` round names. Raises VoiceError, EngineDown.

    A line with nothing to say in it gives a clip without pieces.
    """
    pieces: list[tuple[str, Samples]] = []
    for phrase in phrases(line, engine.splits):
        spoken = sound.trim(engine.speak(phrase.text, language))
        if not len(spoken):
            raise VoiceError(f"{engine.name} was silent")
        pieces += _opened(phrase, spoken)
    if not pieces:
        return Clip((), 0)
    whole = sound.even(np.concatenate([samples for _, samples in pieces]))
    ends = np.cumsum([len(samples) for _, samples in pieces])
    parts = np.split(whole, ends[:-1])
    return Clip(tuple((kind, part) for (kind, _), part in zip(pieces, parts, strict=True)), words_in(line))


def _opened(phrase: Phrase, spoken: Samples) -> list[tuple[str, Samples]]:
    """A phrase cut at the pauses that the engine made by itself, where the text has a place for one."""
    silences = sound.inner_silences(spoken)
    cuts: dict[int, str] = {}
    for place, kind in phrase.inside:
        near = [(abs((a + b) / 2 / len(spoken) - place), b - a, (a + b) // 2) for a, b in silences]
        near = [one for one in near if one[0] < _NEAR and one[2] not in cuts]
        if near:
            cuts[min(near, key=lambda one: one[0] - 0.2 * one[1] / sound.RATE)[2]] = kind  # near, and rather a long one
    pieces, start, kind = [], 0, phrase.before
    for cut in sorted(cuts):
        pieces.append((kind, sound.trim(spoken[start:cut])))
        start, kind = cut, cuts[cut]
    pieces.append((kind, sound.trim(spoken[start:])))
    return [(kind, sound.faded(piece)) for kind, piece in pieces if len(piece)]


def to_bytes(clip: Clip) -> bytes:
    """One Ogg file; where its phrases lie is written in its comment."""
    apart = sound.silence(_APART)
    marks, parts, at = [], [apart], len(apart)
    for kind, samples in clip.pieces:
        marks.append([kind, at, len(samples)])
        parts += [samples, apart]
        at += len(samples) + len(apart)
    comment = json.dumps({"clip": VERSION, "words": clip.words, "pieces": marks}, separators=(",", ":"))
    return sound.encode(np.concatenate(parts), "clip", comment)


def from_file(path: Path) -> Clip:
    """Raises SoundError if this is no clip of ours."""
    samples, comment = sound.decode_with_comment(path)
    try:
        marks = json.loads(comment)
        return Clip(tuple((kind, samples[at : at + n]) for kind, at, n in marks["pieces"]), int(marks["words"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise SoundError(f"{path} is no clip") from problem


def seconds_of(clips: Sequence[Clip]) -> float:
    return sum(len(samples) for clip in clips for _, samples in clip.pieces) / sound.RATE


def join(clips: Sequence[Clip], language: str, pace: str, rate: str) -> Samples:
    """All lines of a message, with the pauses that bring it to its pace."""
    pieces = [
        (kind if i else LINE, samples)
        for clip in clips
        for i, (kind, samples) in enumerate(clip.pieces)
        if len(samples)
    ]
    if not pieces:
        return sound.silence(0)
    words = sum(clip.words for clip in clips)
    gaps = pauses([kind for kind, _ in pieces[1:]], seconds_of(clips), words, language, pace, rate)
    parts = [sound.silence(0.1), pieces[0][1]]
    for gap, (_, samples) in zip(gaps, pieces[1:], strict=True):
        parts += [sound.silence(gap), samples]
    return sound.even(np.concatenate([*parts, sound.silence(0.3)]), sound.LOUDNESS + sound.ENCODED)

"""How long the pauses are, so that speech comes to its pace without being stretched. Pure.

Stretched speech makes single words harder to make out; pauses between phrases give time to think and to find
the button. So the engine's own speed is left alone and the silences between phrases are measured out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from media.phrasing import CLAUSE, LINE, NAME, SENTENCE, is_chinese, words_in

VERSION = 1  # raise it when pauses change, so that joined messages are made anew

# Words (in Chinese: characters) a minute, pauses included.
PACES: Mapping[str, tuple[float, float]] = MappingProxyType({"telling": (145, 190), "doing": (127.5, 165)})
RATES: Mapping[str, float] = MappingProxyType({"slower": 0.85, "usual": 1.0, "faster": 1.15})

# Seconds: as short as it may get, the usual, as long as it may get.
PAUSES: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        CLAUSE: (0.3, 0.6, 1.2),
        SENTENCE: (0.5, 0.9, 2.0),
        NAME: (0.9, 1.2, 1.8),
        LINE: (0.6, 1.0, 2.2),
    }
)


def words_a_minute(language: str, pace: str, rate: str) -> float:
    """In Chinese: characters a minute."""
    latin, chinese = PACES[pace]
    return (chinese if language in ("zh", "yue") else latin) * RATES[rate]


def pauses(kinds: Sequence[str], speech: float, words: int, language: str, pace: str, rate: str) -> list[float]:
    """Seconds of silence for each gap, given the seconds of `speech` itself and how many words it has.

    All gaps grow and shrink together between their shortest and longest; where there is little to say, or the
    voice is slow, the shortest gaps are what is left and the pace is slower than asked.
    """
    wanted = words / words_a_minute(language, pace, rate) * 60 - speech
    low, high = 0.0, 4.0
    for _ in range(30):  # the sum of bounded gaps grows with the factor: halve until it fits
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_gaps(kinds, middle)) < wanted else (low, middle)
    return _gaps(kinds, high)


def _gaps(kinds: Sequence[str], factor: float) -> list[float]:
    return [min(max(PAUSES[k][0], PAUSES[k][1] * factor), PAUSES[k][2]) for k in kinds]


def estimated_seconds(text: str, pace: str = "telling", rate: str = "usual") -> float:
    """About how long a voice needs for a text that nobody has spoken yet (what stands in `**` included)."""
    language = "zh" if is_chinese(text) else "en"
    return words_in(text) / words_a_minute(language, pace, rate) * 60 + 0.4 * text.count("**") / 2

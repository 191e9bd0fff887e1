"""Which language a message is written in, by its letters first and its small words second."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SCRIPTS = {"zh": r"[\u3400-\u9fff]", "ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]"}
_SMALL_WORDS = {
    "en": "the is and to my i you it of can how what please do don't with on this that not are have me",
    "es": "el la los las de que y en no me mi un una por para con como qué cómo está quiero puedo se lo muy dónde",
    "fr": "le la les de des et je ne pas mon ma un une pour avec que qui est comment ça c'est j'ai vous peux où dans",
}


def written_in(text: str, usual: str, known: Sequence[str]) -> str:
    """The language of the text among `known`; the learner's usual one where the text does not tell."""
    letters = re.findall(r"[^\W\d_]", text)
    for language, pattern in _SCRIPTS.items():
        if letters and sum(bool(re.match(pattern, c)) for c in letters) * 2 >= len(letters):
            return language if language in known else usual
    if usual in _SCRIPTS or usual not in _SMALL_WORDS:
        latin = [c for c in letters if c.isascii()]
        # A name or two in Latin letters inside another script is no change of language.
        if len(latin) < 8 or len(text.split()) < 3:
            return usual
    words = re.findall(r"[\w']+", text.lower())
    counts = {lang: sum(w in small.split() for w in words) for lang, small in _SMALL_WORDS.items() if lang in known}
    if not counts:
        return usual
    best = max(counts, key=lambda lang: (counts[lang], lang == usual))
    return best if len(words) >= 3 and counts[best] >= 2 and counts[best] > counts.get(usual, 0) else usual

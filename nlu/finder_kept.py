"""What the finder learned, kept in files, so that a start takes no learning; each file is named by what it was made from."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from nlu.encoder import Encoder

FORMAT = 2  # raise when features, learning or the files change: all is then learned anew


def mark(parts: Sequence[object]) -> str:
    """The same for the same parts only."""
    return blake2b(repr((FORMAT, *parts)).encode(), digest_size=10).hexdigest()


@dataclass(frozen=True)
class Kept:
    """Files are read from every folder and written to the first; without a folder nothing is kept."""

    folders: tuple[Path, ...] = ()

    def there(self, name: str) -> bool:
        return any((folder / name).is_file() for folder in self.folders)

    def load(self, name: str) -> dict[str, np.ndarray] | None:
        """The arrays of a file, or None where there is none that can be read."""
        for folder in self.folders:
            if arrays := _read(folder / name):
                return arrays
        return None

    def save(self, name: str, kind: str, arrays: dict[str, np.ndarray]) -> None:
        """Write in one piece (a kill leaves the old file or the new one), and clear away what stood there of that kind."""
        if not self.folders:
            return
        path = self.folders[0] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(f".{random.randrange(1 << 30)}.part")
        with waiting.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        waiting.replace(path)
        for old in path.parent.glob(f"{kind}-*.npz"):
            if old != path:
                old.unlink(missing_ok=True)

    def vectors(self, kind: str, lines: Sequence[str], encoder: Encoder) -> np.ndarray:
        """The sentence vectors of the lines (lines, dimensions). Those kept in a file of that kind are not asked for again:
        a lesson that was added costs its own lines alone."""
        known: dict[int, np.ndarray] = {}
        for folder in self.folders:
            for path in folder.glob(f"{kind}-*-{encoder.name}.npz"):
                arrays = _read(path) or {}
                if "keys" in arrays and "vectors" in arrays:
                    known.update(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))
        keys = keys_of(lines).tolist()
        new = [line for key, line in zip(keys, lines, strict=True) if key not in known]
        made = iter(encoder.encode(new) if new else ())
        return np.stack([known[key] if key in known else next(made) for key in keys]).astype(np.float32)


def keys_of(lines: Sequence[str]) -> np.ndarray:
    return np.array(
        [int.from_bytes(blake2b(x.encode(), digest_size=8).digest(), "big") for x in lines], dtype=np.uint64
    )


def _read(path: Path) -> dict[str, np.ndarray] | None:
    try:
        with np.load(path) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None

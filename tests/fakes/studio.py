"""A studio that makes small real files at once: a coloured PNG and a short Ogg, named by what they show or say."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from lessons.model import Picture


@dataclass(frozen=True)
class Clip:
    path: Path
    seconds: float


class FolderStudio:
    """`late`: seconds that everything takes. `broken`: nothing can be made. `size` of the pictures, in points."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.late = 0.0
        self.broken = False
        self.size = (360, 640)
        self.spoken: list[str] = []

    async def picture(self, picture: Picture, *, crop: bool = False) -> Path | None:
        await asyncio.sleep(self.late)
        if self.broken:
            return None
        path = self._path(f"{picture}{crop}{self.size}", "png")
        if not path.exists():
            Image.new("RGB", self.size, "#" + hashlib.sha256(picture.element.encode()).hexdigest()[:6]).save(path)
        return path

    async def voice(
        self, lines: str, language: str, *, rate: str = "usual", pace: str = "telling", format: str = "ogg"
    ) -> Clip | None:
        await asyncio.sleep(self.late)
        self.spoken.append(lines)
        if self.broken:
            return None
        path = self._path(lines + language + rate, format)
        path.write_bytes(b"OggS" + lines.encode())
        return Clip(path, 2.0)

    async def close(self) -> None:
        """Nothing is open."""

    def _path(self, what: str, suffix: str) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{hashlib.sha256(what.encode()).hexdigest()[:16]}.{suffix}"

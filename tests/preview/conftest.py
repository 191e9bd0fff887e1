"""A writer's folder with one lesson, the preview of it, and the page over HTTP."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.preview.desk import Desk
from bot.preview.page import make_app
from lessons.catalogue import SHIPPED
from tests.fakes.studio import FolderStudio


class Writer:
    """One writer's folder; `spoil` changes a file as an editor would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("connect-wifi", "glossary"):
            shutil.copytree(SHIPPED / name, folder / name)
        for name in ("labels.toml", "curriculum.toml"):
            shutil.copy(SHIPPED / name, folder / name)

    def spoil(self, old: str, new: str, file: str = "connect-wifi/en.md") -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path / "lessons")


@pytest.fixture
async def page(writer: Writer, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = make_app(Desk(writer.folder), lambda now: FolderStudio(tmp_path / "media"), every=0.02, wait=10)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8090") as client,
    ):
        yield client

"""The preview with what it really draws and speaks with."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import httpx
import pytest

from bot.preview.desk import Desk
from bot.preview.page import make_app
from media.studio import Studio
from tests.preview.conftest import Writer

pytestmark = pytest.mark.media


async def test_a_step_has_its_drawn_picture_and_its_voice(writer: Writer, tmp_path: Path) -> None:
    app = make_app(Desk(writer.folder), lambda now: Studio(tmp_path / "media", now.screens, writer.folder, "espeak"))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as client,
    ):
        text = (await client.get("/lesson/connect-wifi/en")).text
        picture = re.search(r'src="(/picture/\w+\.png)"', text)
        voice = re.search(r'src="(/voice/\w+\.mp3)"', text)
        assert picture and voice
        assert (await client.get(picture[1])).content.startswith(b"\x89PNG")
        if importlib.util.find_spec("espeakng_loader"):
            assert len((await client.get(voice[1])).content) > 2000

"""A picture in the cache is drawn again when anything that decides how it looks has changed."""

from __future__ import annotations

import ast
from pathlib import Path

from media.studio import DRAWING

MEDIA = Path(__file__).parent.parent.parent / "media"


def _imports(path: Path) -> set[Path]:
    """The files of media/ that this one imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "media":
            names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
            found |= {MEDIA.parent / (name.replace(".", "/") + ".py") for name in names}
    return {file for file in found if file.is_file()}


def test_everything_that_draws_is_in_the_key() -> None:
    seen, todo = set(), [MEDIA / "picture.py"]
    while todo:
        file = todo.pop()
        if file not in seen:
            seen.add(file)
            todo += _imports(file)
    outside = {file.name for file in seen if file.parent == MEDIA}
    assert outside == set(DRAWING), "media.studio.DRAWING names what draws outside media/drawing"

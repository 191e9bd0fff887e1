"""The checker of example sentences: what counts as nearly the same, in Chinese too."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.examples import check_examples


@pytest.mark.parametrize(
    ("one", "other", "nearly"),
    [
        ("怎么把照片发给孙子", "怎么把照片发给我孙子", True),
        ("再说一遍", "请再说一遍", True),
        ("好了好了", "弄好了，下面呢", False),
        ("可以了可以了", "可以了，往下走吧", False),
        ("say it again please", "please say it again", True),
        ("yes yes yes", "yes I can see the list", False),
    ],
)
def test_near_twins(tmp_path: Path, one: str, other: str, nearly: bool) -> None:
    folder = tmp_path / "zh"
    folder.mkdir()
    (folder / "a.yml").write_text(
        f'version: "3.1"\nnlu:\n  - intent: next\n    examples: |\n      - {one}\n      - {other}\n', encoding="utf-8"
    )
    faults = [f for f in check_examples("zh", tmp_path, at_least=0) if "nearly" in f.message]
    assert bool(faults) is nearly

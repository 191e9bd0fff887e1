"""What Rasa is given: the same sentences in its own notation, or an even part of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu.examples import read_examples
from nlu.rasa.build import FEWEST, TAUGHT, part_of, write_data

LINES = {"many": [f"line {n}" for n in range(400)], "some": [f"words {n}" for n in range(60)], "few": ["one", "two"]}


def test_a_part_keeps_the_weight_of_each_intent_and_is_the_same_every_time() -> None:
    part = part_of(LINES, 0.5)
    assert {name: len(lines) for name, lines in part.items()} == {"many": 200, "some": FEWEST, "few": 2}
    assert part == part_of(LINES, 0.5) and set(part["many"]) < set(LINES["many"])


def test_the_whole_is_all_of_it() -> None:
    assert {name: sorted(lines) for name, lines in LINES.items()} == part_of(LINES, 1)


@pytest.mark.parametrize("language", TAUGHT)
def test_every_sentence_is_written_for_rasa(language: str, tmp_path: Path) -> None:
    folder = write_data(language, tmp_path)
    nlu = yaml.safe_load((folder / "data" / "nlu.yml").read_text(encoding="utf-8"))["nlu"]
    domain = yaml.safe_load((folder / "domain.yml").read_text(encoding="utf-8"))
    written = {block["intent"]: block["examples"].count("\n") for block in nlu}
    examples, _ = read_examples(language)
    assert sorted(written) == sorted(domain["intents"]) and sum(written.values()) >= len(examples)
    assert {"language", "device", "time", "term"} <= set(domain["entities"])
    marked = next(e for e in examples if e.entities and e.entities[0].name == "term")
    assert f"[{marked.entities[0].value}](term)" in "".join(b["examples"] for b in nlu)
    assert (folder / "config.yml").exists() and (folder / "character_tokenizer.py").exists()

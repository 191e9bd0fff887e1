"""The files for servers name what is really there."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import yaml

from bot.cli import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SETTINGS = {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_the_dockerfile_copies_what_there_is_and_starts_what_there_is() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    for line in re.findall(r"^COPY (.+)$", text, re.M):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert set(re.findall(r"\b(HANDRAIL_\w+)=", text)) <= SETTINGS
    assert "USER handrail" in text and "--require-hashes" in text
    for module in ("bot", "lessons", "nlu", "media"):
        assert f"COPY {module} {module}" in text


def test_compose_mounts_and_builds_what_there_is() -> None:
    whole = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    services = whole["services"]
    assert set(services) == {"handrail", "caddy", "rasa-en", "rasa-zh"}
    build = services["handrail"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).exists()
    for service in services.values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            made_later = source.startswith("../.make/")
            assert made_later or source in whole["volumes"] or (DEPLOY / source).exists(), mount
    assert "rasa" in services["rasa-zh"]["profiles"], "it starts only where it is wanted"


def test_units_call_commands_that_there_are() -> None:
    for path in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(path.read_text())
        for command in re.findall(r"/\.venv/bin/handrail (\w+)", path.read_text()):
            assert command in COMMANDS
        assert set(re.findall(r"=(HANDRAIL_\w+)=", path.read_text())) <= SETTINGS
    assert (DEPLOY / "handrail-backup.service").exists() and (DEPLOY / "handrail-backup.timer").exists()


def test_the_page_for_the_host_names_the_files() -> None:
    page = (ROOT / "docs" / "running.md").read_text()
    for name in ("deploy/handrail.service", "deploy/handrail-backup", "deploy/compose.yml"):
        assert name in page

"""Settings: read once, a clear word for each wrong one, secrets never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "handrail.toml").write_text('HANDRAIL_PORT = 9001\nHANDRAIL_VOICE = "espeak"\n')
    assert (load_settings().port, load_settings().voices) == (9001, ("espeak",))
    monkeypatch.setenv("HANDRAIL_PORT", "9002")
    assert load_settings().port == 9002
    assert load_settings(port=9003).port == 9003


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HANDRAIL_PORT", "eighty"),
        ("HANDRAIL_PORT", "70000"),
        ("HANDRAIL_VOICE", "gtts,parrot"),
        ("HANDRAIL_NLU", "magic"),
        ("HANDRAIL_LOG", "loud"),
        ("HANDRAIL_PUBLIC_URL", "example"),
        ("TELEGRAM_API_URL", "ftp://example.org"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "handrail.toml").write_text("HANDRAIL_PORT = = 1")
    with pytest.raises(SettingsError, match=r"handrail\.toml"):
        load_settings()


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:very-secret")
    settings = load_settings()
    assert "very-secret" not in f"{settings!r}{settings}{settings.model_dump()}"
    assert settings.telegram_bot_token.get_secret_value() == "123456:very-secret"


def test_every_setting_stands_in_the_docs() -> None:
    text = (Path(__file__).parent.parent / "docs" / "running.md").read_text()
    from bot.settings import Settings

    for field in Settings.model_fields.values():
        assert f"`{field.validation_alias}`" in text

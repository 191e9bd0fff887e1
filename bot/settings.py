"""All settings, read once from the environment and from handrail.toml, into one frozen value."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

# How long things are kept, in days, where the table HANDRAIL_KEEP says nothing else.
KEEP_DAYS = {
    "events": 90,
    "record": 365,
    "refused_place": 7,
    "undecided_place": 90,
    "calls": 90,
    "wishes": 365,
    "looked": 365,
}
MOST_DAYS = 3650
VOICES = ("gtts", "neural", "espeak")


class SettingsError(Exception):
    """A setting cannot be used. The message names it and says what would do."""


class Settings(BaseSettings):
    """Environment variables win over handrail.toml in the current folder. Secrets never show in a log."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    data: Path = Field(default_factory=lambda: user_data_path("handrail"), validation_alias="HANDRAIL_DATA")
    host: str = Field("127.0.0.1", validation_alias="HANDRAIL_HOST")
    port: int = Field(8080, ge=0, le=65535, validation_alias="HANDRAIL_PORT")
    public_url: str = Field("", validation_alias="HANDRAIL_PUBLIC_URL")
    nlu: Literal["embedded", "rasa"] = Field("embedded", validation_alias="HANDRAIL_NLU")
    rasa_url: str = Field("http://127.0.0.1:5005", validation_alias="HANDRAIL_RASA_URL")
    rasa_token: SecretStr = Field(SecretStr(""), validation_alias="HANDRAIL_RASA_TOKEN")
    voice: str = Field("gtts,neural,espeak", validation_alias="HANDRAIL_VOICE")
    keep: dict[str, int] = Field(default_factory=lambda: dict(KEEP_DAYS), validation_alias="HANDRAIL_KEEP")
    log: Literal["debug", "info", "warning", "error"] = Field("info", validation_alias="HANDRAIL_LOG")
    metrics: str = Field("", validation_alias="HANDRAIL_METRICS")
    telegram_bot_token: SecretStr = Field(SecretStr(""), validation_alias="TELEGRAM_BOT_TOKEN")
    telegram_api_url: str = Field("https://api.telegram.org", validation_alias="TELEGRAM_API_URL")
    telegram_webhook_url: str = Field("", validation_alias="TELEGRAM_WEBHOOK_URL")
    telegram_webhook_secret: SecretStr = Field(SecretStr(""), validation_alias="TELEGRAM_WEBHOOK_SECRET")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path("handrail.toml"))

    @field_validator("log", "nlu", mode="before")
    @classmethod
    def _small_letters(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("data", mode="after")
    @classmethod
    def _whole_path(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("voice", mode="after")
    @classmethod
    def _known_voices(cls, value: str) -> str:
        names = [name.strip().lower() for name in value.split(",") if name.strip()]
        unknown = [name for name in names if name not in VOICES]
        if unknown or not names:
            raise ValueError(f"write some of {', '.join(VOICES)}, with commas between, not {value!r}")
        return ",".join(names)

    @field_validator("keep", mode="after")
    @classmethod
    def _known_days(cls, value: dict[str, int]) -> dict[str, int]:
        if unknown := [name for name in value if name not in KEEP_DAYS]:
            raise ValueError(f"write some of {', '.join(KEEP_DAYS)}, not {unknown[0]!r}")
        if odd := [name for name, days in value.items() if not 1 <= days <= MOST_DAYS]:
            raise ValueError(f"{odd[0]}: write a number of days from 1 to {MOST_DAYS}")
        return {**KEEP_DAYS, **value}

    @field_validator("metrics", mode="after")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.strip().rpartition(":")
        if value.strip() and not (port.isdigit() and 0 <= int(port) < 65536):
            raise ValueError(f"write where the figures are served, such as 127.0.0.1:9109, not {value!r}")
        return f"{host or '127.0.0.1'}:{port}" if value.strip() else ""

    @field_validator("rasa_url", mode="after")
    @classmethod
    def _one_or_one_a_language(cls, value: str) -> str:
        for part in value.split(","):
            cls._web_address(part.rpartition("=")[2])
        return value

    @field_validator("public_url", "telegram_api_url", "telegram_webhook_url", mode="after")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError(f"write a whole web address such as https://example.org, not {value!r}")
        return value.rstrip("/")

    @property
    def rasa_urls(self) -> dict[str, str]:
        """Language -> root of its Rasa server; "" -> the server of every language."""
        parts = (part.strip().rpartition("=") for part in self.rasa_url.split(","))
        return {language: url.rstrip("/") for language, _, url in parts}

    @property
    def voices(self) -> tuple[str, ...]:
        return tuple(self.voice.split(","))


def load_settings(**given: Any) -> Settings:
    """Read the settings; what is given (by field name) wins.

    Raises SettingsError, which names each setting that is wrong and never repeats a secret.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_in_words(e) for e in error.errors(include_input=False))) from None
    except ValueError as error:  # handrail.toml is no TOML
        raise SettingsError(
            f"handrail.toml: {error}. Mend that line, or rename the file to go on without it."
        ) from None


def _in_words(error: Any) -> str:
    name = str(error["loc"][0]) if error["loc"] else "settings"
    field = Settings.model_fields.get(name)
    alias = str(field.validation_alias) if field else name
    return f"{alias}: {error['msg'].removeprefix('Value error, ')}"

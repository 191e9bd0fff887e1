"""Settings for a command: read once, or one clear sentence and the end."""

from __future__ import annotations

from typing import Any

import click

from bot.settings import Settings, SettingsError, load_settings


def settings_or_stop(**given: Any) -> Settings:
    """The settings; a wrong one ends the command with a sentence that names it."""
    try:
        return load_settings(**given)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None

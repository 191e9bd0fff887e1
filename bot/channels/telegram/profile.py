"""What Telegram shows round the chat: the description before it begins, and the command menu.

The words come as a plain mapping, language -> key -> words. Keys: `telegram_description` (at most 512 characters),
`telegram_about` (120), `telegram_group` (said once in a group; `{bot}` is the bot's name) and
`telegram_menu_<command>` for each command; a learner who picks a command has said those words.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.delivery import GoneForGood, TryLater

from .door import AnotherCopy, Door, Refused, WrongToken

log = logging.getLogger(__name__)
Words = Mapping[str, Mapping[str, str]]
MENU = "telegram_menu_"


def menus(words: Words) -> Mapping[str, Mapping[str, str]]:
    """Language -> command -> words."""
    return {
        language: {key.removeprefix(MENU): said for key, said in phrases.items() if key.startswith(MENU)}
        for language, phrases in words.items()
    }


def group_words(words: Words, locale: str) -> str:
    here = words.get(locale.split("-")[0].lower()) or words.get("en") or {}
    return here.get("telegram_group", "")


async def set_profile(door: Door, words: Words) -> None:
    """Once a language, and English for everybody else. What fails is logged; no learner waits for it."""
    for language, phrases in [*words.items(), ("", words.get("en", {}))]:
        if "telegram_description" not in phrases:
            continue
        menu = list(menus({"": phrases})[""].items())
        try:
            await door.set_profile(
                language,
                description=phrases["telegram_description"][:512],
                about=phrases.get("telegram_about", "")[:120],
                menu=menu,
            )
        except (TryLater, GoneForGood, Refused, WrongToken, AnotherCopy) as error:
            log.warning("The command menu for %s could not be set (%s).", language or "all", type(error).__name__)
    try:
        await door.show_menu()
    except (TryLater, GoneForGood, Refused, WrongToken, AnotherCopy) as error:
        log.warning("The menu button could not be set (%s).", type(error).__name__)

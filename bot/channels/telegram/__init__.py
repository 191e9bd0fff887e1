"""Telegram. `door.py` is the only file of the project that imports the library."""

from .channel import TelegramChannel
from .webhook import telegram_webhook, webhook_route

__all__ = ["TelegramChannel", "telegram_webhook", "webhook_route"]

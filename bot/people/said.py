"""What a volunteer writes to a learner goes through here first: a helper can also hurt, and an account can be stolen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

LINK = re.compile(r"(?i)\bhttps?:|\bwww\.|\b[a-z0-9-]+\.(?:com|net|org|info|cn|uk|ru|top|xyz|link|app|me|io|ly)\b")
MONEY = re.compile(
    r"(?i)\b(bank|account number|sort code|card number|credit card|debit card|pin|password|passcode|one.time code"
    r"|verification code|transfer|gift card|cash|remote|anydesk|teamviewer)\b"
    r"|银行|卡号|密码|验证码|转账|汇款|付款码|屏幕共享|共享屏幕|远程|红包"
)
LONGEST = 1000


def why_not(text: str, look: Callable[[str, str], Any], language: str) -> str:
    """ "" where it may go to the learner; else why not: secret, link, money, long."""
    if len(text) > LONGEST:
        return "long"
    if look(text, language).secrets:
        return "secret"
    if LINK.search(text):
        return "link"
    return "money" if MONEY.search(text) else ""

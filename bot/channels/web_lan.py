"""The local network: which address others in the house can reach, and what works there without https."""

from __future__ import annotations

import ipaddress
import socket

# 192.0.2.1 and 2001:db8::1 are set aside for examples: asking the way to them sends nothing.
FAR = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def local_address() -> str:
    """The address of this computer that the house's network sees, or "" where there is no network."""
    for family, far in FAR:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as way:
                way.connect((far, 9))
                found = str(way.getsockname()[0])
        except OSError:
            continue
        address = ipaddress.ip_address(found.split("%")[0])
        if not (address.is_loopback or address.is_link_local or address.is_unspecified):
            return found
    return ""


def lan_url(port: int, address: str | None = None) -> str:
    """The page's address for others in the house, or "" where there is no network."""
    address = local_address() if address is None else address
    if not address:
        return ""
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"


def lan_words(port: int, address: str | None = None) -> list[str]:
    """What to tell whoever started the program with --lan, line by line."""
    url = lan_url(port, address)
    if not url:
        return [
            "This computer is on no network just now, so other devices cannot reach the page.",
            "Join it to the Wi-Fi of the house, then start Handrail again.",
        ]
    return [
        f"Phones and tablets on the same Wi-Fi open {url}",
        f"A sheet for the wall, with a QR code to print: {url}/poster",
        "Everyone on this network can open the page. Use --lan only on a network that you trust.",
        "Without https a browser gives no microphone, so Speak says that kindly there; all else works. "
        "For the microphone, put Handrail behind an address with https and set HANDRAIL_PUBLIC_URL.",
    ]

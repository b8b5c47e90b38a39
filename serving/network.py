"""This computer's own address in its network, found without a word to anyone."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress

# Addresses for documentation (RFC 5737, RFC 3849), which nobody has. A UDP socket that is connected sends nothing: the system only chooses the way.
NOWHERE = [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")]
EVERYWHERE = ("", "0.0.0.0", "::")  # what a server listens on that answers all


def own_address() -> str | None:
    """The address under which others in the network find this computer; None without a network."""
    for family, nowhere in NOWHERE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((nowhere, 9))
            address = str(asking.getsockname()[0])
            if not is_local(address):
                return address
    return None


def answers_others(address: str | None) -> bool:
    """Whether a server that listens on this address, or on all for None, hears other computers."""
    return (address or "") in EVERYWHERE or not is_local(address or "")


def is_local(host: str) -> bool:
    """Whether a host's name or address is this computer's own, for itself alone."""
    name = host.strip("[]").partition("%")[0]
    with suppress(ValueError):
        address = ipaddress.ip_address(name)
        return (getattr(address, "ipv4_mapped", None) or address).is_loopback
    return name == "localhost" or name.endswith(".localhost")

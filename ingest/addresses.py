"""Which addresses may be connected to: those of the public internet, and no inner ones."""

import ipaddress
import socket
from typing import Any

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# What Azure and Oracle tell their own virtual machines: not private by the book of Python 3.11.
_INNER = [ipaddress.IPv4Network(network) for network in ("168.63.129.16/32", "192.0.0.0/24")]


class Refused(OSError):
    """A connection that is not made: its text is one for all addresses, as aiohttp compares it."""

    def __init__(self) -> None:
        super().__init__("not a public address")


def is_public(address: str) -> bool:
    """Whether an address in its usual notation (and with a zone) is one of the public internet.

    An IPv6 address that stands for an IPv4 address (mapped, 6to4, NAT64) is as public as that.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(ip.packed[-4:])
        if inner is None:
            return ip.is_global and ip in _GLOBAL_UNICAST
        ip = inner
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _INNER)


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """A socket for one entry of getaddrinfo's form, made just before it is connected.

    What is checked is what is connected to: no second look at the name comes between. Raises
    Refused where the address is none of the public internet.
    """
    family, kind, protocol, _, (address, *_) = info
    if not is_public(address):
        raise Refused
    return socket.socket(family, kind, protocol)

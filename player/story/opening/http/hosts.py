"""Which hosts are inside (on this machine or in a private network) and who may send a reader there.

A page that somebody names may be anywhere. What a page, a feed or a redirect on the web names must not be inside: it
would be asked from behind the listener's own walls.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, the preferred one first. Raises OSError or UnicodeError.

    Whatever way a number is written in (2130706433, 0x7f.1), it comes out as the address that is connected to.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the internet's, for one host: not private, shared, local to a link, reserved …"""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if (inner := _carried(ip)) is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to an IPv6 address end up at."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


@dataclass(frozen=True, slots=True)
class Names:
    """How names become addresses, and which of them are public."""

    addresses_of: Callable[[str, int], Sequence[str]] = addresses_of
    """The addresses of a host. Raises OSError or UnicodeError."""
    is_public: Callable[[str], bool] = is_public

    def is_inside(self, host: str) -> bool:
        """Whether a name says by itself, without a look-up, that it is inside: for a proxy, which does that."""
        if host == "localhost" or host.endswith(".localhost"):
            return True
        try:
            found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
        except (OSError, UnicodeError):
            return False
        return not all(self.is_public(str(address[0])) for *_, address in found)

    def allowed(self, host: str, port: int, *, inside: bool) -> tuple[list[str], bool]:
        """The addresses of a host that may be connected to, and whether they are inside.

        Without `inside` they may not be: then, or when a name is of both kinds, the result may be empty. It is
        these addresses that have to be connected to: the name may mean others when it is asked for again.
        """
        addresses = list(self.addresses_of(host, port))
        public = [address for address in addresses if self.is_public(address)]
        if public and inside:
            return public, False
        if len(public) == len(addresses):
            return public, False
        return (addresses, True) if inside else ([], True)

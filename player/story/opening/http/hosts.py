"""Inside hosts (on this machine or in a private network), and who may direct a reader to them.

A page that the user names may be anywhere. What a page, a feed or a redirect on the web names must not be inside: it
would be requested from behind the listener's firewall.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses of a host, the preferred one first. Raises OSError or UnicodeError.

    Numbers in any notation (2130706433, 0x7f.1) come out as the address that would be connected to.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Return True for an address of a single host on the internet: not private, shared, link-local, reserved …"""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if (inner := _carried(ip)) is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def is_this_machine(host: str) -> bool:
    """Return True if a name or address means the machine itself, whichever machine uses it: localhost, 127.0.0.1."""
    try:
        ip = ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    ip = (_carried(ip) or ip) if isinstance(ip, IPv6Address) else ip
    return ip.is_loopback or ip.is_unspecified


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside an IPv6 address that translates or tunnels to it."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


@dataclass(frozen=True, slots=True)
class Names:
    """Look-up of names, and which of them are public."""

    addresses_of: Callable[[str, int], Sequence[str]] = addresses_of
    """Look-up of a host. Raises OSError or UnicodeError."""
    is_public: Callable[[str], bool] = is_public

    def is_inside(self, host: str) -> bool:
        """Return True if a name is inside by itself, without a look-up: for use with a proxy, which does the
        look-up."""
        if is_this_machine(host):
            return True
        try:
            found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
        except (OSError, UnicodeError):
            return False
        return not all(self.is_public(str(address[0])) for *_, address in found)

    def allowed(self, host: str, port: int, *, inside: bool) -> tuple[list[str], bool]:
        """Return the addresses of a host that may be connected to, and True if they are inside.

        Without `inside`, inside addresses are not allowed; for such hosts, and for names with addresses of both kinds,
        the list may be empty. Connect to these addresses: a second look-up may give others.
        """
        addresses = list(self.addresses_of(host, port))
        public = [address for address in addresses if self.is_public(address)]
        if public and inside:
            return public, False
        if len(public) == len(addresses):
            return public, False
        return (addresses, True) if inside else ([], True)

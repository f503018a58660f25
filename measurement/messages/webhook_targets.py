"""Where a webhook may be sent: to addresses of the internet by https, so that nobody makes the server knock at doors that only it can reach.

The name is looked up, every address is judged, and the connection goes to the one that was judged (signing/transport.py): a name that means another machine a
moment later changes nothing.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

NAT64 = IPv6Network("64:ff9b::/96")
SHAPE = "Tulis alamat lengkap yang diawali https://, tanpa nama pengguna, kata sandi, dan tanda pagar."
UNKNOWN_NAME = "Nama situs penerima tidak ditemukan."
PRIVATE = "Alamat penerima berada di jaringan dalam, yang tidak diizinkan pada server ini."


class TargetRefused(Exception):
    """Nothing is sent there; the sentence says why."""


def judged_address(url: str) -> str:
    """The address behind the name, if nothing speaks against any that the name has."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise TargetRefused(SHAPE) from None
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc or "#" in url:
        raise TargetRefused(SHAPE)
    addresses = _addresses(parts.hostname, port or (443 if parts.scheme == "https" else 80))
    if not all(map(may_be_told, addresses)):
        raise TargetRefused(PRIVATE)
    if parts.scheme == "http" and not all(address.is_loopback for address in addresses):
        raise TargetRefused(SHAPE)
    return str(addresses[0])


def _addresses(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise TargetRefused(UNKNOWN_NAME) from None
    return [ip_address(str(where[0]).partition("%")[0]) for *_, where in found]


def may_be_told(address: IPv4Address | IPv6Address) -> bool:
    """A public address; with the setting one of the own network, but never one by which a machine speaks to itself about itself (link-local) or to many."""
    address = _meant(address)
    if address.is_multicast or address.is_link_local or address.is_unspecified:
        return False
    return address.is_global or settings.WEBHOOK_PRIVATE_ADDRESSES


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that one of IPv6 leads to, where it is only its wrapping."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)

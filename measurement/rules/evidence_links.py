"""Evidence that lies elsewhere: which addresses may be attached to a row, and how they are written.

An address is judged by itself: https, a host that the office allows, nothing secret in it. The server never opens it, because an answer would
say nothing – what is shared within the office answers a stranger with a login page – and a request to an address that somebody typed is a way
into the office's own network (docs/adr/0009).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

LONGEST_LINK = 500
MOST_HOSTS = 50
DEFAULT_HOSTS = ("*.go.id", "drive.google.com", "docs.google.com", "*.sharepoint.com", "onedrive.live.com")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
LOCAL = ("local", "localhost", "internal", "intranet", "lan", "home", "corp", "test", "example", "invalid")


class LinkError(ValueError):
    """The text is no address that may be attached; the message says why. `likely` is what was probably meant, "" where nobody can say."""

    def __init__(self, sentence: str, likely: str = ""):
        self.likely = likely
        super().__init__(sentence)


@dataclass(frozen=True)
class AllowedHost:
    """A line of the setting: one host, or with "*." every host below it."""

    name: str
    below: bool = False

    def allows(self, host: str) -> bool:
        return host.endswith(f".{self.name}") if self.below else host == self.name

    def __str__(self) -> str:
        return f"*.{self.name}" if self.below else self.name


def read_hosts(text: str) -> tuple[AllowedHost, ...]:
    """The hosts that somebody wrote, one a line or separated by commas, each once. ValueError with a sentence for what is none."""
    found = dict.fromkeys(_read_host(part) for part in re.split(r"[\s,;]+", text.strip()) if part)
    if len(found) > MOST_HOSTS:
        raise ValueError(
            f"Paling banyak {MOST_HOSTS} alamat; gabungkan dengan tanda bintang, misalnya *.go.id."
        )
    return tuple(found)


def _read_host(text: str) -> AllowedHost:
    plain = text.casefold().removeprefix("https://").rstrip("/").rstrip(".")
    name = plain.removeprefix("*.")
    if not is_host(name):
        raise ValueError(
            f"“{text[:60]}” bukan nama situs. Tulis seperti drive.google.com, atau *.go.id untuk semua situs di bawahnya."
        )
    return AllowedHost(name, below=plain != name)


def is_host(name: str) -> bool:
    """Whether it is a public name of at least two parts: no number of a machine, no name within a network."""
    labels = name.split(".")
    named = len(name) <= 253 and len(labels) > 1 and all(map(LABEL.fullmatch, labels))
    return (
        named and labels[-1] not in LOCAL and not labels[-1][0].isdigit() and not labels[-1].startswith("0x")
    )


def check_link(text: str, hosts: Sequence[AllowedHost]) -> str:
    """The address as it is kept. LinkError with a sentence, and with what was probably meant, for one that may not be attached."""
    plain = text.strip()
    if len(plain) > LONGEST_LINK:
        raise LinkError(
            f"Tautan terlalu panjang: paling banyak {LONGEST_LINK} huruf. Pakai tautan berbagi yang pendek."
        )
    if UNSEEN.search(plain) or "\\" in plain:
        likely = "" if "\\" in plain else UNSEEN.sub("", plain)
        raise LinkError("Tautan memuat spasi atau huruf yang tidak terlihat.", _sound(likely, hosts))
    scheme = SCHEME.match(plain)
    if scheme is None or not plain[scheme.end() :].startswith("//"):
        raise LinkError(
            "Tautan ditulis lengkap dari https://.", _sound(f"https://{plain.lstrip('/')}", hosts)
        )
    if scheme[1].casefold() != "https":
        likely = f"https{plain[scheme.end(1) :]}" if scheme[1].casefold() == "http" else ""
        raise LinkError("Hanya tautan https:// yang dapat dilampirkan.", _sound(likely, hosts))
    return _checked(plain, hosts)


def _checked(plain: str, hosts: Sequence[AllowedHost]) -> str:
    try:
        parts = urlsplit(plain)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise LinkError(
            "Alamat pada tautan ini tidak dapat dibaca; salin sekali lagi dari perambannya."
        ) from None
    if "@" in parts.netloc:
        raise LinkError("Tautan memuat nama pengguna atau kata sandi; hapus bagian sebelum tanda @.")
    if not is_host(host) or port not in (None, 443):
        raise LinkError(
            "Tautan harus menuju nama situs yang terbuka, bukan nomor komputer atau alamat di dalam jaringan."
        )
    if not any(allowed.allows(host) for allowed in hosts):
        raise LinkError(f"Situs {host} belum diizinkan. Yang diizinkan: {hosts_words(hosts)}. {ASK}")
    return urlunsplit(("https", host, parts.path or "/", parts.query, parts.fragment))


ASK = "Unggah berkasnya, atau minta administrator kantor menambahkan situsnya."


def _sound(likely: str, hosts: Sequence[AllowedHost]) -> str:
    """What was probably meant, if it could be attached as it is; else nothing, for a button must not lead to the next error."""
    sound = likely and not UNSEEN.search(likely) and is_allowed(likely, hosts)
    return check_link(likely, hosts) if sound else ""


def is_allowed(url: str, hosts: Sequence[AllowedHost]) -> bool:
    """Whether an address that was attached once could be attached now."""
    try:
        return bool(check_link(url, hosts))
    except LinkError:
        return False


def hosts_words(hosts: Sequence[AllowedHost]) -> str:
    return ", ".join(map(str, hosts)) or "belum ada"


def link_name(url: str) -> str:
    """How an address is called in lists: its host and the end of its path, "drive.google.com/…/view"."""
    parts = urlsplit(url)
    pieces = [UNSEEN.sub(" ", unquote(piece)) for piece in parts.path.split("/") if piece]
    end = f"/…/{pieces[-1]}" if len(pieces) > 1 else f"/{pieces[0]}" if pieces else ""
    return f"{parts.hostname}{end}"[:120]

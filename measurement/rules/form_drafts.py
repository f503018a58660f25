"""What a draft may hold, and to which page it belongs."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

# Fields with such names are never kept anywhere: not in a draft, not after an expired session, not in the browser.
SECRET = re.compile(r"password|passphrase|sandi|secret(?!ar)|token|(^|_)(pin|nik|otp)(_|$)", re.IGNORECASE)
# what only filters or turns the pages of a list; everything else in an address says what the form is about
VIEWS = {"saring", "halaman", "sampai", "cari", "buka", "akun", "bagian"}
LONGEST_ADDRESS, MOST_BYTES, MOST_FIELDS = 300, 64 * 1024, 400
MOST_DRAFTS = 100


def draft_place(address: str) -> str:
    """The address of a page or form, the same for all views of the same thing; "" where it is none of ours."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return ""
    about = sorted(pair for pair in parse_qsl(parts.query) if pair[0] not in VIEWS)
    return f"{parts.path}?{urlencode(about)}".rstrip("?")[:LONGEST_ADDRESS]


def clean_fields(given: object) -> list[dict[str, Any]]:
    """The fields as the browser sent them, each whole and no secret; what is anything else is left out."""
    found = [_clean_field(one) for one in given[:MOST_FIELDS]] if isinstance(given, list) else []
    return [one for one in found if one is not None]


def _clean_field(one: object) -> dict[str, Any] | None:
    if not isinstance(one, dict):
        return None
    name, label = one.get("name"), one.get("label", "")
    if not isinstance(name, str) or not name or len(name) > 200 or SECRET.search(name):
        return None
    texts, over = _texts(one.get("texts")), _texts(one.get("over"))
    if texts is None or over is None:
        return None
    return {
        "name": name,
        "label": str(label)[:120],
        "texts": texts,
        "over": over,
        "plain": bool(one.get("plain")),
    }


def _texts(given: object) -> list[str] | None:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        return None
    return [one.replace("\0", "") for one in given]

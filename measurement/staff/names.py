"""Names without their titles, and user names made of them."""

import re
import unicodedata
from collections.abc import Collection

HONORIFICS = {"drs", "dra", "ir", "dr", "h", "hj", "prof", "r", "rr", "apt", "drg", "sdr", "sdri"}
MOST_PARTS = 3
FALLBACK = "pegawai"
LONGEST = 140


def name_without_titles(name: str) -> str:
    """A name without titles before and behind it, in small letters: what two spellings of one name share."""
    spelled = unicodedata.normalize("NFKD", name.split(",")[0]).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", spelled)
    while len(parts) > 1 and parts[0] in HONORIFICS:
        parts = parts[1:]
    return " ".join(parts)


def user_name(name: str, email: str, taken: Collection[str]) -> str:
    """asn.contoh of "ASN Contoh, S.E."; of the e-mail where a name has no such letters. Not in `taken`, never digits alone."""
    parts = name_without_titles(name).split()[:MOST_PARTS]
    stem = ".".join(parts)[:LONGEST] or re.sub(r"[^a-z0-9.]+", ".", email.partition("@")[0].lower())
    if not stem.strip(".") or stem.replace(".", "").isdecimal():
        stem = f"{FALLBACK}.{stem}".strip(".")
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}{number}" if not stem[-1].isdigit() else f"{stem}.{number}", number + 1
    return found

"""Names of uploaded files, as they are shown and downloaded; on disk files have names of our own."""

import unicodedata

LONGEST_NAME = 200


def clean_name(name: str | None) -> str:
    """A file name fit to show and to download: one line, no folders, no control or direction characters, not too long."""
    name = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if not unicodedata.category(c).startswith(("C", "Zl", "Zp")))
    return name[-LONGEST_NAME:] or "berkas"

"""Which files of ours a paper may show."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

CONTENT_TYPES = {
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}


def allowed_file(url: str, root: Path) -> Path:
    """The file below the static folder that a URL names; ValueError for everything else, whatever its scheme."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    if (
        parts.scheme != "file"
        or parts.netloc
        or not path.is_relative_to(root)
        or path.suffix not in CONTENT_TYPES
    ):
        raise ValueError(f"refused: {url[:80]}")
    return path

"""The worker that turns one HTML text into one PDF: its own process with its own limits, no Django, no network, no file but ours.

Called by render.py as a script: HTML on stdin, PDF on stdout; arguments: static folder, CPU seconds, bytes of memory.
"""

import gc
import hashlib
import resource
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

CONTENT_TYPES = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


def limit(seconds: int, memory: int) -> None:
    """What the kernel stops this process at."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allowed_file(url: str, root: Path) -> Path:
    """The file below the static folder that a URL names; ValueError for everything else, whatever its scheme."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    if parts.scheme != "file" or parts.netloc or not path.is_relative_to(root) or path.suffix not in CONTENT_TYPES:
        raise ValueError(f"refused: {url[:80]}")
    return path


def make_fetcher(root: Path):
    """WeasyPrint's fetcher, reduced to `allowed_file`. Made here because the limits must stand before WeasyPrint is imported."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class StaticOnly(URLFetcher):
        """Never opens a URL: reads files below the static folder, refuses the rest."""

        def fetch(self, url, headers=None):
            path = allowed_file(url, root)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": CONTENT_TYPES[path.suffix]})

    return StaticOnly(allowed_protocols=("file",), allow_redirects=False)


def make_pdf(html: bytes, root: Path) -> bytes:
    """The same HTML gives the same bytes: the identifier comes from it, the dates from its meta elements."""
    from weasyprint import HTML  # noqa: PLC0415

    paper = HTML(string=html.decode(), base_url=f"{root.as_uri()}/", url_fetcher=make_fetcher(root))
    return paper.write_pdf(pdf_identifier=hashlib.sha256(html).hexdigest()[:32].encode())


def main() -> None:
    root, seconds, memory = sys.argv[1:]
    limit(int(seconds), int(memory))
    gc.disable()  # a quarter of the time; the process ends with the paper
    sys.stdout.buffer.write(make_pdf(sys.stdin.buffer.read(), Path(root).resolve()))


if __name__ == "__main__":
    main()

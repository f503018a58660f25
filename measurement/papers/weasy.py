"""The worker that turns one HTML text into one PDF/A-3b: its own process with its own limits, no Django, no network, no file but ours.

Run by render.py as a script in a child of workers/forking.py; arguments: static folder, CPU seconds, bytes of memory. On stdin a JSON object: `html`;
`attachments`, a list of objects with name, description, type, relationship and content (base64); and `pictures`, address in the HTML → content (base64).
PDF on stdout. What is attached or shown beside our static files comes from there and never from the HTML.
"""

import base64
import gc
import hashlib
import json
import mimetypes
import resource
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

ANYWHERE = "thead, tbody, tr { break-before: auto !important; break-inside: auto !important; break-after: auto !important; }"
CONTENT_TYPES = {
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}


def limit(seconds: int, memory: int) -> None:
    """What the kernel stops this process at."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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


def make_fetcher(root: Path, pictures: dict[str, bytes]):
    """WeasyPrint's fetcher, reduced to the pictures that came along and `allowed_file`."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticOnly(URLFetcher):
        """Never opens a URL: gives what came along, reads files below the static folder, refuses the rest."""

        def fetch(self, url, headers=None):
            path = allowed_file(url, root)
            content = pictures.get(str(path.relative_to(root))) or path.read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": CONTENT_TYPES[path.suffix]})

    return StaticOnly(allowed_protocols=("file",), allow_redirects=False)


def make_pdf(html: str, attachments: list[dict], pictures: dict[str, str], root: Path) -> bytes:
    """The same order gives the same bytes: the identifier comes from HTML and attachments, all dates from the HTML's meta elements."""
    from weasyprint import HTML

    options = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}
    fetcher = make_fetcher(
        root, {address: base64.b64decode(content) for address, content in pictures.items()}
    )
    paper = laid_out(HTML(string=html, base_url=f"{root.as_uri()}/", url_fetcher=fetcher), options)
    dated = datetime.fromisoformat(paper.metadata.created or "1970-01-01")
    for page in paper.pages:
        page.links = [link for link in page.links if link[0] != "attachment"]
    paper.metadata.attachments = [embed(attachment, dated) for attachment in attachments]
    identifier = hashlib.sha256(json.dumps([html, attachments]).encode()).hexdigest()[:32].encode()
    return paper.write_pdf(finisher=name_files_once, pdf_identifier=identifier, **options)


def laid_out(html, options: dict):
    """The pages. WeasyPrint 70 stops at several tbody that must stay together and don't fit on one page: then their rows may break anywhere."""
    from weasyprint import CSS

    try:
        return html.render(**options)
    except AssertionError:
        return html.render(stylesheets=[CSS(string=ANYWHERE)], **options)


def embed(attachment: dict, dated: datetime):
    """A file inside the PDF. WeasyPrint guesses its type from its name, so the guess is given; nothing of the system's tables is read."""
    from weasyprint import Attachment

    mimetypes.add_type(attachment["type"], Path(attachment["name"]).suffix)
    words = {key: attachment[key] for key in ("name", "description", "relationship")}
    return Attachment(string=base64.b64decode(attachment["content"]), created=dated, modified=dated, **words)


def name_files_once(document, pdf) -> None:
    """WeasyPrint names every attachment of a PDF/A-3 twice in the catalog."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def render_from_stdin() -> None:
    root, seconds, memory = sys.argv[1:]
    limit(int(seconds), int(memory))
    gc.disable()  # a quarter of the time; the process ends with the paper
    mimetypes.init(files=())
    sys.stdout.buffer.write(make_pdf(**json.load(sys.stdin.buffer), root=Path(root).resolve()))


if __name__ == "__main__":
    render_from_stdin()

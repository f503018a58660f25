"""The worker that turns one HTML text into one PDF/A-3b: its own process with its own limits, no Django, no network, no file but ours.

Run by papers/render.py as a module of its own in a child of workers/forking.py; arguments: CPU seconds, bytes of memory, each for every process that a long
paper takes. On stdin a JSON object: `html`; `attachments`, a list of objects with name, description, type, relationship and content (base64); and
`pictures`, address in the HTML → content (base64). PDF on stdout. What is attached or shown beside our static files comes from there and never from the HTML.
"""

import base64
import gc
import hashlib
import json
import mimetypes
import resource
import sys

from measurement.workers.typesetting.house_style import HouseText
from measurement.workers.typesetting.long_papers import long_paper
from measurement.workers.typesetting.parts import paper_parts
from measurement.workers.typesetting.trees import parsed
from measurement.workers.typesetting.writing import Enclosure, written_pdf


def limit(seconds: int, memory: int) -> None:
    """What the kernel stops this process at, and each that it starts."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def make_pdf(html: str, attachments: list[dict], pictures: dict[str, str]) -> bytes:
    """The same order gives the same bytes: the identifier comes from HTML and attachments, all dates from the HTML's meta elements."""
    shown = {address: base64.b64decode(content) for address, content in pictures.items()}
    identifier = hashlib.sha256(json.dumps([html, attachments]).encode()).hexdigest()[:32].encode()
    enclosure = Enclosure(identifier, attachments)
    parts = paper_parts(parsed(html))
    if len(parts) == 1:
        return written_pdf(HouseText(parts[0], shown).laid_out(), enclosure)
    return long_paper(parts, shown, enclosure)


def render_from_stdin() -> None:
    seconds, memory = sys.argv[1:]
    limit(int(seconds), int(memory))
    gc.disable()  # a quarter of the time; the process ends with the paper
    mimetypes.init(files=())
    sys.stdout.buffer.write(make_pdf(**json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    render_from_stdin()

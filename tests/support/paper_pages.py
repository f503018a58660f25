"""What stands where on the pages of a PDF: poppler's word boxes, in millimetres from the top left corner."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from pypdf import PdfReader

from measurement.papers import PaperKind
from measurement.papers.render import render_pdf

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(
    r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>'
)
MM = 25.4 / 72


@dataclass(frozen=True)
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def is_watermark(self) -> bool:
        """Large letters that lie under everything."""
        return self.bottom - self.top > 20


@dataclass(frozen=True)
class Sheet:
    """One page."""

    width: float
    height: float
    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def sheets(pdf: bytes, folder: Path) -> list[Sheet]:
    """The pages of a PDF with their words; `folder` is a place to write."""
    path = folder / "naskah.pdf"
    path.write_bytes(pdf)
    # S603, S607: fixed command, no shell
    found = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    return [
        Sheet(float(width) * MM, float(height) * MM, _words(inside))
        for width, height, inside in PAGE.findall(found)
    ]


def _words(page: str) -> list[Word]:
    return [
        Word(*(float(side) * MM for side in sides), unescape(text)) for *sides, text in WORD.findall(page)
    ]


def rendered(orders: list[tuple[PaperKind, dict]]) -> list[bytes]:
    """The PDFs of several papers, two at a time: the work is done in processes of their own."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda order: render_pdf(*order), orders))


def destinations(reader: PdfReader) -> dict[str, tuple[int, float, float]]:
    """Named places of a PDF: index of the page, and millimetres from its left and top."""
    found = {}
    for name, place in reader.named_destinations.items():
        index = reader.get_destination_page_number(place)
        height = float(reader.pages[index].mediabox.height)
        found[name] = (index, float(place.left) * MM, (height - float(place.top)) * MM)
    return found

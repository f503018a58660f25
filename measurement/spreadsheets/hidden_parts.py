"""Rows and columns of a sheet that a spreadsheet program hides: they are read like others, so the person must be told of them."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from openpyxl.utils import get_column_letter

PIECE = 1024 * 1024
MOST_NAMED = 8  # pieces of a list that are named in a sentence
TAG = re.compile(rb"<(?:\w+:)?(?P<kind>row|col)\s(?P<attributes>[^>]*)>")
HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
NUMBER = re.compile(rb"""\b(?P<name>r|min|max)=["'](?P<number>[0-9]{1,7})["']""")


def hidden_parts(content: bytes, sheet, height: int, width: int) -> list[str]:
    """Sentences on the hidden rows and columns among those that were read of a sheet of an open workbook; none where nothing is hidden."""
    path = getattr(sheet, "_worksheet_path", "")
    rows: list[int] = []
    columns: list[int] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if path not in archive.namelist():
            return []
        for kind, numbers in _hidden_tags(archive, path):
            if kind == b"row" and numbers[b"r"] <= height:
                rows.append(numbers[b"r"])
            elif kind == b"col":
                columns += range(numbers[b"min"], min(numbers[b"max"], width) + 1)
    said = []
    if sheet.sheet_state != "visible":
        said.append(f"Lembar “{sheet.title}” tersembunyi; isinya ikut dibaca.")
    if rows:
        said.append(f"Baris yang tersembunyi ikut dibaca: {_spans([str(n) for n in rows], rows)}.")
    if columns:
        said.append(
            f"Kolom yang tersembunyi ikut dibaca: {_spans([get_column_letter(n) for n in columns], columns)}."
        )
    return said


def _hidden_tags(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[bytes, dict[bytes, int]]]:
    end = b""
    with archive.open(path) as part:
        while piece := part.read(PIECE):
            text = end + piece
            for tag in TAG.finditer(text):
                numbers = {
                    found["name"]: int(found["number"]) for found in NUMBER.finditer(tag["attributes"])
                }
                named = {b"r"} if tag["kind"] == b"row" else {b"min", b"max"}
                if HIDDEN.search(tag["attributes"]) and named <= numbers.keys():
                    yield tag["kind"], numbers
            end = text[text.rfind(b"<") :] if b"<" in text and not text.endswith(b">") else b""
            end = end[:PIECE]


def _spans(names: list[str], numbers: list[int]) -> str:
    """5–7, 12"""
    breaks = [
        0,
        *(place for place, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1),
        len(numbers),
    ]
    spans = [
        names[start] if end - start == 1 else f"{names[start]}–{names[end - 1]}"
        for start, end in pairwise(breaks)
    ]
    return ", ".join(spans[:MOST_NAMED]) + (", …" if len(spans) > MOST_NAMED else "")

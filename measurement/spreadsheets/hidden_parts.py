"""Rows and columns of a sheet that a spreadsheet program hides: they are read like others, so the person must be told of them."""

from itertools import pairwise

from openpyxl.utils import get_column_letter

from .read_book import ReadSheet

MOST_NAMED = 8  # pieces of a list that are named in a sentence


def hidden_parts(sheet: ReadSheet, height: int, width: int) -> list[str]:
    """Sentences on the hidden rows and columns among those that were read of a sheet; none where nothing is hidden."""
    rows = [row for row in sheet.hidden_rows if row <= height]
    columns = [
        column for first, last in sheet.hidden_columns for column in range(first, min(last, width) + 1)
    ]
    said = []
    if sheet.is_hidden:
        said.append(f"Lembar “{sheet.title}” tersembunyi; isinya ikut dibaca.")
    if rows:
        said.append(f"Baris yang tersembunyi ikut dibaca: {_spans([str(n) for n in rows], rows)}.")
    if columns:
        said.append(
            f"Kolom yang tersembunyi ikut dibaca: {_spans([get_column_letter(n) for n in columns], columns)}."
        )
    return said


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

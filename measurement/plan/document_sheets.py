"""The sheets of a planning document: one table each, as an IKI has one per person, and the person whom the titles above a table name."""

import re
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from measurement.spreadsheets.hidden_parts import hidden_parts
from measurement.spreadsheets.read_book import ReadBook
from measurement.spreadsheets.reading import (
    MOST_SHEETS,
    check_formulas,
    read_rows,
    read_table,
    sheet_rows,
)

from .document_layout import best_layout

NAME = re.compile(r"nama(?:\s*(?:pegawai|asn|pejabat)?\s*:|(?=\s))\s*(?P<name>[^\s:].*)", re.IGNORECASE)
OF_A_PERSON = re.compile(r"individu|\biki\b", re.IGNORECASE)


def document_tables(upload: UploadedFile, year: int) -> tuple[list[list[list]], list[str]]:
    """The rows of each table, and remarks. Sheets that have the same columns are read all; else the one that is understood best."""
    table = read_table(upload, lambda rows: best_layout(padded(rows), year).known)
    rows = [table.headers, *table]
    sheets, remarks = _alike(upload, rows, year) if str(upload.name).lower().endswith(".xlsx") else ([], [])
    if len(sheets) > 1:
        return sheets, remarks
    return [rows], [*table.remarks]


def _alike(upload: UploadedFile, best: list[list], year: int) -> tuple[list[list[list]], list[str]]:
    wanted = best_layout(best, year).columns.keys()
    return read_rows(upload, {".xlsx": lambda book, name: _sheets(book, name, wanted, year)})


def _sheets(book: ReadBook, name: str, wanted, year: int) -> tuple[list[list[list]], list[str]]:
    found, titles, remarks = [], [], []
    for sheet in book.sheets[:MOST_SHEETS] if len(book.sheets) > 1 else ():
        rows = padded(sheet_rows(sheet, name))
        if len(rows) > 1 and best_layout(rows, year).columns.keys() == wanted:
            check_formulas(sheet)
            remarks += hidden_parts(sheet, len(rows), len(rows[0]))
            found.append(rows)
            titles.append(sheet.title)
    return found, [f"Yang dibaca {len(found)} lembar: {', '.join(titles)}.", *remarks]


def person_above(rows: Sequence[Sequence], header: int, above: int = 0) -> str:
    """Whom the titles of a table of IKI name, below the table that ends in row `above`; "" where they name nobody, or more than one."""
    texts = [" ".join(str(value) for value in row if str(value).strip()) for row in rows[:header]]
    if not OF_A_PERSON.search(" ".join(texts)):
        return ""
    own = (" ".join(text.split()) for text in texts[above:])
    names = {found["name"].strip() for text in own if (found := NAME.fullmatch(text))}
    return names.pop() if len(names) == 1 else ""


def padded(rows: list[list]) -> list[list]:
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]

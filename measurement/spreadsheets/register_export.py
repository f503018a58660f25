"""Buku nomor as csv, for the office's own register of letters."""

import csv
import io

from .csv_cells import guard_formula

HEADINGS = [
    "Jenis naskah",
    "Nomor urut",
    "Nomor",
    "Tanggal",
    "Judul",
    "Diterbitkan atau dicatat oleh",
    "Keadaan",
    "Keterangan",
]


def register_as_csv(rows: list[list[str]]) -> bytes:
    """UTF-8 with its mark and semicolons, as Excel in Indonesian opens it; foreign text is never a formula."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows(
        [HEADINGS, *([guard_formula(text) for text in row] for row in rows)]
    )
    return file.getvalue().encode("utf-8-sig")

"""Buku nomor as csv, for the office's own register of letters."""

from .csv_cells import csv_file

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
    return csv_file(HEADINGS, rows)

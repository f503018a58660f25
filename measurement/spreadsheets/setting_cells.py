"""What each cell of an office's settings in a file must be: its value, or the sentence that the person reads; and how values are written there."""

import re
from collections.abc import Callable
from datetime import date

from measurement.rules.cell_errors import cell_error
from measurement.rules.written_dates import read_date

DATE = "Tulis satu tanggal seperti 17-8-2027 atau 17 Agustus 2027, lengkap dengan tahunnya; hari berikutnya pada baris sendiri."
AS_NUMBER = "Kode ini tersimpan sebagai angka. Ubah format kolomnya menjadi Teks, lalu ketik ulang kodenya."
YEARS = re.compile(r"\s*(?:tahun|thn|th)\.?$", re.IGNORECASE)  # 2 tahun


def read_text(longest: int, required: bool = True) -> Callable[[str], str]:
    def read(text: str) -> str:
        text = " ".join(text.split())
        if failed := cell_error(text):
            raise ValueError(failed)
        if required and not text:
            raise ValueError("Isi kolom ini.")
        if len(text) > longest:
            raise ValueError(f"Terlalu panjang: paling banyak {longest} huruf.")
        return text

    return read


def read_class_code(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if "," in text:
            raise ValueError(AS_NUMBER)
        return read_text(longest)(text.replace(" ", ""))

    return read


def read_day(text: str) -> date:
    """As people and workbooks write days; one at a time."""
    if found := read_date(text):
        return found
    raise ValueError(cell_error(text) or DATE)


def read_optional_day(text: str) -> date | None:
    return read_day(text) if text.strip("-–— ") else None


def read_years(text: str) -> int | None:
    """Whole years, blank where they aren't known."""
    text = YEARS.sub("", text).strip("-–— ")
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) > 100:
        raise ValueError("Tulis tahun dengan angka bulat, misalnya 2; kosongkan bila belum ditetapkan.")
    return int(text)


def show_day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def show_years(years: int | None) -> str:
    return "" if years is None else str(years)

"""What each cell of the table of people must be: widgets turn cells into values or raise the sentence that the person reads."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from import_export.widgets import Widget

from measurement.models import Appointment
from measurement.plan.table_import.cells import TextWidget
from measurement.rules.cell_errors import cell_error
from measurement.rules.sop_edition import Sop
from measurement.rules.written_dates import read_date
from measurement.spreadsheets.csv_cells import APOSTROPHE

from .role_words import acting_kind, read_roles

LOST = (
    "Nomor ini tersimpan sebagai angka, sehingga Excel sudah membuang angka-angka terakhirnya. Ubah format kolomnya menjadi Teks, "
    "lalu ketik ulang 18 angkanya."
)
EXPONENT = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
LENGTH = 18
NUMBER_IN_TEXT = re.compile(
    r"(?:\bNI[KP]?[\s.]*(?:PPPK|P3K|PPK)?\s*[.:]*\s*)?(?P<number>(?<![0-9])[0-9](?:[\s.-]{0,2}[0-9]){17}(?![0-9]))",
    re.IGNORECASE,
)
NO_NUMBER = re.compile(
    r"non[\s-]*(?:asn|pns)|honorer|(?:tenaga )?(?:kontrak|harian lepas|honorer)|thl|phl|ptt|gtt|tks|tidak ada|belum ada|n/?a",
    re.IGNORECASE,
)
LAST_LOST = "000"  # the running number begins with 001
NO_DATE = "Tulis tanggal seperti 1 Januari 2026 atau 01-01-2026."
GROUP = re.compile(r"\b(IV|I{1,3})\s*[/.-]?\s*([a-h])\b", re.IGNORECASE)
GOLONGAN = re.compile(r"\bgol(?:ongan)?\b\.?(?:\s*(?:/\s*)?ruang\b)?", re.IGNORECASE)
RANKS = {
    "I": ("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I"),
    "II": ("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I"),
    "III": ("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I"),
    "IV": ("Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama"),
}
LETTERS = "abcde"
TEXT = TextWidget()


class NumberOfPersonWidget(Widget):
    """NIP or NI PPPK, spaced or not; "" for a blank. What Excel kept as a number has lost its end and is refused."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, Decimal):
            raise ValueError(
                LOST if len(str(int(value))) > 14 else "NIP terdiri atas 18 angka, diketik sebagai teks."
            )
        text = str(value).strip().removeprefix(APOSTROPHE)
        if not text.strip("-–— ") or NO_NUMBER.fullmatch(text):
            return ""
        found = NUMBER_IN_TEXT.fullmatch(text)
        written = "".join(re.findall(r"[0-9]", found["number"])) if found else "".join(text.split())
        if EXPONENT.fullmatch(written):
            raise ValueError(LOST)
        if not (written.isascii() and written.isdecimal() and len(written) == LENGTH):
            raise ValueError(
                cell_error(text)
                or f"NIP atau NI PPPK terdiri atas {LENGTH} angka; yang tertulis {len(written)} huruf atau angka."
            )
        if written.endswith(LAST_LOST):
            raise ValueError(LOST)
        return written


class DateWidget(Widget):
    """A day as Excel keeps it or as people write it; None for a blank."""

    def clean(self, value, row=None, **kwargs):
        text = TEXT.clean(value)
        if not text.strip("-–"):
            return None
        if found := read_date(text):
            return found
        raise ValueError(cell_error(text) or NO_DATE)


class MailWidget(TextWidget):
    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        if not text.strip("-–"):
            return ""
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError("Tulis alamat surel yang lengkap, misalnya nama@contoh.go.id.") from None
        return text


class GradeWidget(TextWidget):
    """Pangkat and golongan as papers print them; a golongan alone gets its pangkat, that of a PPPK (IX) stays."""

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        found = next(reversed(list(GROUP.finditer(text))), None)
        if not found:
            return "" if not text.strip("-–") else text
        number, letter = found[1].upper(), found[2].lower()
        place = LETTERS.find(letter)
        if not 0 <= place < len(RANKS[number]):
            raise ValueError(f"Golongan {number}/{letter} tidak ada.")
        rank = GOLONGAN.sub("", text[: found.start()] + text[found.end() :]).strip(" ,;()/-.")
        return f"{rank or RANKS[number][place]}, {number}/{letter}"


class RolesWidget(Widget):
    """Roles in the words of the office's SOP, and in others that people use."""

    def __init__(self, sop: Sop):
        super().__init__()
        self.sop = sop

    def clean(self, value, row=None, **kwargs):
        return read_roles(str(value), self.sop)


class TitleWidget(TextWidget):
    """A post; Plt. or Plh. before it belongs to the kind of the appointment, and is added again where it is printed."""

    def clean(self, value, row=None, **kwargs):
        return super().clean(acting_kind(super().clean(value, row, **kwargs))[1])


class KindWidget(Widget):
    """Definitif, Plt. or Plh.; for a blank what stands before the post."""

    def clean(self, value, row=None, **kwargs):
        word = str(value).strip().rstrip(".").lower()
        if not word.strip("-–"):
            return acting_kind(str((row or {}).get("title", "")))[0]
        if word not in Appointment.Kind.values:
            raise ValueError("Tulis Definitif, Plt., atau Plh.")
        return word

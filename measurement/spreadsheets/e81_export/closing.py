"""What ends Form E.81: the texts of the owners and the Sekcam, notes on the figures, and the place to sign."""

from django.utils import timezone

from measurement.figures import e81
from measurement.figures.calculation import Sheet
from measurement.models import Unit
from measurement.record.officials import post_holder
from measurement.rules.dates import long_date
from measurement.rules.row_fields import ROW_TEXTS
from measurement.rules.sop import Role

from ..book import BookPage
from ..styles import CENTER, CellLook
from ..tables import DASH
from .layout import (
    LEFT,
    NAME,
    ON_LEFT,
    SMALL,
    STRONG_ON_LEFT,
    TEXT,
    UNIT,
    k_column,
    lines_height,
    put_merged,
)

NOTE = CellLook(SMALL, LEFT)
SIGNED, SIGNED_NAME = CellLook(TEXT, CENTER), CellLook(NAME, CENTER)


def put_closing(page: BookPage, row: int, sheet: Sheet, width: float) -> int:
    """The texts that end the form, each under its own line."""
    sections = {
        **{text.e81_heading: e81.form_remarks(sheet, text.key) for text in ROW_TEXTS if text.e81_heading},
        "Tindak lanjut yang diperlukan dalam Renja Perangkat Daerah Kabupaten berikutnya": e81.suggestions(
            sheet
        ),
    }
    for heading, texts in sections.items():
        for text in (f"{heading}:", *(texts or [DASH])):
            put_merged(page, row, 1, UNIT, text, STRONG_ON_LEFT if text == f"{heading}:" else ON_LEFT)
            page.set_height(row, lines_height([(width, text)]))
            row += 1
    return row


def put_notes(page: BookPage, first: int, sheet: Sheet, lines: list[e81.FormLine], width: float) -> int:
    for row, note in enumerate(["Keterangan:", *e81.form_notes(sheet, lines)], first):
        put_merged(page, row, 1, UNIT, note, NOTE)
        page.set_height(row, lines_height([(width, note)]))
    return row + 1


def put_signature(page: BookPage, row: int, unit: Unit) -> None:
    """Town, date and whoever is Camat today; the room between is for the signature."""
    signed = post_holder(unit, Role.CAMAT)
    left, lines = (
        k_column(13),
        [
            f"{unit.town}, {long_date(timezone.localdate())}",
            signed["title"],
            "",
            "",
            "",
            signed["name"],
            signed["grade"],
        ],
    )
    if signed["nip"]:
        lines.append(f"{signed.get('number_label', 'NIP')} {signed['nip']}")
    for place, text in enumerate(lines):
        put_merged(page, row + place, left, UNIT, text, SIGNED_NAME if place == 5 else SIGNED)

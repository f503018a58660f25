"""Everything that an office has as one workbook, for the office itself: to read, to compare, to carry elsewhere."""

from collections.abc import Sequence

from django.utils import timezone

from measurement.models import Person, Unit
from measurement.rules.dates import dated_moment
from measurement.rules.sentences import ended

from .book_of_sheets import BookSheet, book_of_sheets
from .office_sheets import directive_sheet, opening_sheet, paper_sheet, plan_figure_sheets, settings_sheets
from .result_sheets import result_sheets


def office_workbook(unit: Unit, actor: Person, people: BookSheet, plans: Sequence[BookSheet]) -> bytes:
    """The xlsx. The tables of people and plans come in the columns of their own imports."""
    sheets = [
        people,
        *settings_sheets(unit),
        *plans,
        *plan_figure_sheets(unit),
        *result_sheets(unit, actor),
        paper_sheet(unit),
        opening_sheet(unit),
        directive_sheet(unit),
    ]
    notes = (
        f"Keadaan {dated_moment(timezone.now())}.",
        ended(f"{unit.name}, {unit.government}. Diekspor oleh {actor.name}"),
        "Memuat data pribadi (NIP): simpan dan bagikan seperlunya saja.",
        "Angka sama dengan halaman dan naskah; yang dibulatkan, dibulatkan dua desimal.",
    )
    return book_of_sheets(f"Data {unit.short_name}", notes, sheets)

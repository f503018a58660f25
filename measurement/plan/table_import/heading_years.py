"""The year of headings that name none, and headings whose meaning the others tell."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from measurement.spreadsheets.money_scale import without_scale

from .columns import PlanLayout, WrongPlanCell, plain_heading
from .heading_keys import is_bare_period, is_of_period
from .heading_words import SUM_OF_DPA

YEAR_MISSING = (
    "Judul kolom target dan pagu tidak menyebut tahun. Pilih tahunnya di bawah, lalu periksa sekali lagi."
)


def with_year(
    keys: list[str],
    headings: list[str],
    rows: Sequence[Sequence],
    layout: PlanLayout,
    years: range,
    year: int | None,
) -> list[str]:
    """The keys, with the file's one year where its headings name none: that of its own column, else the one that was chosen."""
    column = keys.index("year") if "year" in keys else None
    bare = [key for key in keys if key.rpartition(".")[2] in ("target", "pagu")]
    told = {
        key[-4:]
        for key in keys
        if key[-4:].isdecimal() and not key.startswith("kas") and not is_of_period(key)
    }
    if told or not bare:
        keys = ["" if key in bare or key == "year" else key for key in keys]
        return _of_periods(keys, next(iter(told)) if len(told) == 1 else "")
    said: set[str] = set()
    if column is not None:
        below = {str(row[column]).strip() for row in rows[layout.header :]}
        said = {text for text in below if any(map(str.isdigit, text))}  # not "Jumlah", not the heading again
    if column is not None and len(said) > 1:
        cell = f"{get_column_letter(column + 1)}{layout.header}"
        layout.wrong.append(
            WrongPlanCell(cell, ", ".join(sorted(said)), "Berkas memuat beberapa tahun; sisakan satu tahun.")
        )
    found = next(iter(said), str(year or ""))
    if not layout.wrong and not (found.isdecimal() and int(found) in years):
        number = keys.index(bare[0])
        cell = f"{get_column_letter(number + 1)}{layout.header}"
        sentence = (
            f"Tahun {found} tidak termasuk rencana {years.start}–{years.stop - 1}." if found else YEAR_MISSING
        )
        layout.wrong.append(WrongPlanCell(cell, headings[number], sentence))
    return _of_periods(
        [f"{key}_{found}" if key in bare else "" if key == "year" else key for key in keys], found
    )


def with_sum_of_dpa(keys: list[str], headings: list[str]) -> list[str]:
    """Beside codes and names alone, "Jumlah" is the money, as a DPA prints it."""
    names = [plain_heading(without_scale(heading)) for heading in headings]
    stems = {key.rpartition(".")[2].partition("_")[0] for key in keys}
    place = next((names.index(name) for name in SUM_OF_DPA if name in names), None)
    if (
        place is None
        or keys[place]
        or not {"code", "name"} <= {*keys}
        or stems & {"indicator", "target", "pagu"}
    ):
        return keys
    return [*keys[:place], "pagu", *keys[place + 1 :]]


def _of_periods(keys: list[str], year: str) -> list[str]:
    """Periods that name no year are those of the file's only one, where it has targets."""
    has_targets = any(key.rpartition(".")[2].startswith("target_") for key in keys)
    return [(f"{key}_{year}" if year and has_targets else "") if is_bare_period(key) else key for key in keys]

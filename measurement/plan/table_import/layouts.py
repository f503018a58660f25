"""Which layout a file has; `layout_rows` reads its rows.

Our template and the published Renstra table (Tabel 4.3) list program, kegiatan and sub kegiatan below each other; an export of SIPD has them side by
side on each row. Titles may stand above the headings, and codes in several columns.
"""

import re
from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from measurement.models import Level
from measurement.rules.units import unit_in
from measurement.spreadsheets.merged_headings import merged_headings
from measurement.spreadsheets.money_scale import (
    is_row_of_scales,
    scale_above,
    words_around,
)

from .accounts import account_column, names_account
from .code_columns import columns_before, following_code_columns
from .columns import (
    COLUMNS,
    PlanLayout,
    WrongPlanCell,
    plain_heading,
)
from .heading_keys import heading_key, heads_table, is_bare_period
from .heading_words import NOT_A_TARGET
from .heading_years import with_sum_of_dpa, with_year

KINDS = {
    "template": "templat aplikasi ini",
    "renstra": "tabel Renstra (Tabel 4.3)",
    "sipd": "sub kegiatan SIPD",
    "money": "daftar anggaran per sub kegiatan atau rekening (DPA)",
}
HEADER_WITHIN = 15
HEADER_ROWS = 3
LEAST_KNOWN, NO_CELL = 2, "–"
NOTHING_FITS = (
    "Berkas ini tidak dikenali: yang dicari ialah judul kolom seperti kode, nomenklatur, indikator, satuan, target_2026, dan pagu_2026 "
    "pada lima belas baris pertama, seperti pada templat, tabel Renstra, atau ekspor SIPD."
)
ABSENT = (
    "Judul kolom pada baris {row} tidak memuat {names}. Unduh templat untuk melihat judul kolom yang dipakai."
)
TABLE_ABOVE = "Di atas judul kolom pada baris {header} ada tabel lain (baris {rows}), yang tidak dibaca: unggah sebagai berkas sendiri."
FIGURE_OF_YEAR = re.compile(r"(?:target|pagu)_(20\d\d)$")
BRANCH = ("level", "code", "parent", "name")


def understand(rows: Sequence[Sequence], years: range, year: int | None = None) -> PlanLayout:
    """The layout of a file for a plan of these years. `year` is that of a file whose headings name none."""
    top, header, told = _headings(rows)
    while header < len(rows) and is_row_of_scales(rows[header]):
        header += 1
    layout = PlanLayout(header=header)
    layout.remarks += _tables_above(rows[:top], header)
    headings = [heading for _, heading in told]
    keys = with_year(with_sum_of_dpa([key for key, _ in told], headings), headings, rows, layout, years, year)
    for number, (key, heading) in enumerate(zip(keys, headings, strict=True)):
        level, _, own = key.rpartition(".")
        columns = layout.of_level.setdefault(level, {}) if level else layout.columns
        if not key or (own[-4:].isdecimal() and int(own[-4:]) not in years):
            layout.ignored += [heading] if heading.strip() else []
        elif own == "code" and layout.code_columns and number == layout.code_columns[-1] + 1:
            layout.code_columns.append(number)
        elif own in columns:
            cell = f"{get_column_letter(number + 1)}{header}"
            layout.wrong.append(
                WrongPlanCell(cell, heading, f"Kolom “{heading}” ada dua kali; sisakan satu.")
            )
        else:
            columns[own] = number
            layout.code_columns += [number] if key == "code" else []
    layout.office_column = layout.columns.pop("office", None)
    _recognise(layout, headings)
    _read_codes_and_scales(layout, headings, rows)
    if not layout.wrong:
        layout.wrong += _absent(layout, years, keys, rows)
    return layout


def headings_in(rows: list[list]) -> int:
    """How many known headings the first rows of a sheet have: of several sheets, the plan is on the one with the most."""
    width = max(map(len, rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return len({key for key, _ in _headings(padded)[2]} - {""}) if width else 0


def _headings(rows: Sequence[Sequence]) -> tuple[int, int, list[tuple[str, str]]]:
    """How many rows stand above the headings, the last row of them from 1, and key and heading of each column: titles may stand above, two or
    three rows may belong together."""
    best, most = (0, 1, _joined(rows[:1])), 0
    for top in range(min(len(rows), HEADER_WITHIN)):
        for height in range(1, HEADER_ROWS + 1):
            if height > 1 and sum(bool(str(value).strip()) for value in rows[top]) < 2:
                continue  # a title, no heading over several columns
            headings = _joined(rows[top : top + height])
            known = len({key for key, _ in headings} - {""})
            if known > most and len(rows) > top + height:
                best, most = (top, top + height, headings), known
    return best


def office_heading(rows: Sequence[Sequence]) -> tuple[int, int, int | None, list[int]]:
    """Where a table for several offices says whose each row is: rows above the headings, the last row of the headings from 1, the column, and the
    years of its targets and pagu."""
    top, header, told = _headings(rows)
    column = next((number for number, (key, _) in enumerate(told) if key == "office"), None)
    years = {int(found[1]) for key, _ in told if (found := FIGURE_OF_YEAR.search(key))}
    return top, header, column, sorted(years)


def _joined(rows: Sequence[Sequence]) -> list[tuple[str, str]]:
    """Key and heading per column of several rows: "2026" merged over "Target" and "Pagu" gives "Target 2026" and "Pagu 2026"."""
    columns = []
    for texts in zip(*merged_headings(rows), strict=True):
        told = [text for text in reversed(texts) if text]
        candidates = [
            f"{low} {high}" for number, low in enumerate(told) for high in told[number + 1 :]
        ] + told
        known = next((text for text in candidates if _fits(text, told)), "")
        columns.append(
            (heading_key(known) if known else "", known or " ".join(dict.fromkeys(reversed(told))))
        )
    return columns


def _fits(text: str, told: Sequence[str]) -> bool:
    """Whether a heading is known; "TW I" below "Realisasi" or money is no target."""
    key = heading_key(text)
    return bool(key) and not (is_bare_period(key) and any(NOT_A_TARGET.search(one.lower()) for one in told))


def _tables_above(rows: Sequence[Sequence], header: int) -> list[str]:
    """A remark on other tables above the headings."""
    found = [str(number) for number, row in enumerate(rows, 1) if heads_table(row)]
    return [TABLE_ABOVE.format(header=header, rows=", ".join(found))] if found else []


def _recognise(layout: PlanLayout, headings: list[str]) -> None:
    """Name the layout, and leave out the columns that belong to the other ones."""
    if (
        layout.of_level
        and all({*columns} == {"code"} for columns in layout.of_level.values())
        and "name" in layout.columns
    ):
        layout.code_columns = sorted(columns.pop("code") for columns in layout.of_level.values())
        layout.columns["code"] = layout.code_columns[-1]
    below = {"code", "name"} <= set(layout.columns) or Level.SUB_KEGIATAN not in layout.of_level
    if below:
        _name_of_all_levels(layout)
        if "name" not in layout.columns and "sasaran" in layout.columns:
            layout.ignored.append(headings[layout.columns.pop("sasaran")])
        layout.ignored += [
            headings[number] for columns in layout.of_level.values() for number in columns.values()
        ]
        layout.of_level = {}
        money_only = not layout.columns.keys() & {"indicator", "measure"} and not any(
            key.startswith("target_") for key in layout.columns
        )
        layout.by_account = money_only
        ours = {column.heading for column in COLUMNS if column.required}
        layout.kind = (
            "money"
            if money_only
            else "template"
            if ours <= {plain_heading(heading) for heading in headings}
            else "renstra"
        )
    else:
        layout.kind = "sipd"
        unused = [key for key in (*BRANCH, "sasaran") if key in layout.columns]
        layout.ignored += [headings[layout.columns.pop(key)] for key in unused]


def _name_of_all_levels(layout: PlanLayout) -> None:
    """ "Program" alone beside the codes heads the names of all levels."""
    found = [columns for columns in layout.of_level.values() if columns]
    if (
        "code" in layout.columns
        and "name" not in layout.columns
        and [{*columns} for columns in found] == [{"name"}]
    ):
        layout.columns["name"] = found[0].pop("name")


def _read_codes_and_scales(layout: PlanLayout, headings: list[str], rows: Sequence[Sequence]) -> None:
    """Codes that stand in several columns, rows per account, and money in thousands."""
    below = rows[layout.header :]
    if layout.of_level:
        layout.by_account, layout.account_column = names_account(headings), account_column(headings)
        codes = [columns["code"] for columns in layout.of_level.values() if "code" in columns]
        layout.field_columns = columns_before(headings, below, min(codes)) if codes else []
    elif layout.code_columns[1:]:
        layout.code_columns = [*columns_before(headings, below, layout.code_columns[0]), *layout.code_columns]
    elif layout.code_columns == [layout.columns.get("code")]:
        layout.code_columns = following_code_columns(headings, below, layout.code_columns[0])
    around = scale_above(words_around(rows, layout.header))
    for columns in (layout.columns, *layout.of_level.values()):
        for key, number in columns.items():
            own = scale_above([[row[number]] for row in rows[: layout.header]])
            if key.startswith(("pagu_", "kas")) and (scale := own if own.words else around).words:
                layout.scales[number] = scale


def _tells_units(layout: PlanLayout, rows: Sequence[Sequence]) -> bool:
    """Whether units stand behind the targets: "12 Laporan"."""
    targets = [number for key, number in layout.columns.items() if key.startswith("target_")]
    return any(
        isinstance(row[number], str) and unit_in(row[number])
        for row in rows[layout.header :]
        for number in targets
    )


def _absent(
    layout: PlanLayout, years: range, keys: list[str], rows: Sequence[Sequence]
) -> list[WrongPlanCell]:
    """One sentence on all that is missing, and on what is read at all where nothing of it is there."""
    absent = _missing(layout, years, keys, rows)
    if not absent:
        return []
    known = {key for columns in (layout.columns, *layout.of_level.values()) for key in columns}
    if len(known) < LEAST_KNOWN:
        return [WrongPlanCell(NO_CELL, "", NOTHING_FITS)]
    names = ", ".join(f"“{name}”" for name in absent)
    return [WrongPlanCell(f"baris {layout.header}", names, ABSENT.format(names=names, row=layout.header))]


def _missing(layout: PlanLayout, years: range, keys: list[str], rows: Sequence[Sequence]) -> list[str]:
    figures = {
        kind: any(key.rpartition(".")[2].startswith(f"{kind}_") for key in keys)
        for kind in ("target", "pagu")
    }
    if layout.kind == "sipd":
        return [] if any(figures.values()) and layout.years else ["pagu"]
    # codes tell the level, and may stand before the names
    needed = {column.key for column in COLUMNS if column.required} - {"level", "code"}
    needed -= {"measure"} if _tells_units(layout, rows) else set()
    if layout.kind == "money" and {"code", "name"} <= layout.columns.keys() and figures["pagu"]:
        return [] if any(key.startswith("pagu_") for key in layout.columns) else [f"pagu_{years.start}"]
    absent = [
        column.heading for column in COLUMNS if column.key in needed and column.key not in layout.columns
    ]
    return absent + [
        f"{kind}_{years.start}"
        for kind in figures
        if not any(key.startswith(f"{kind}_") for key in layout.columns)
    ]

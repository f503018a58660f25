"""Which layout a file has, and its rows as one row per line of the plan, whatever the layout.

Our template and the published Renstra table (Tabel 4.3) list program, kegiatan and sub kegiatan below each other; an export of SIPD has them side by
side on each row. Cells merged downwards hold their value on the first row only: it is filled down for what stands above an indicator, never for others.
"""

import re
from collections.abc import Iterator, Sequence

from openpyxl.utils import get_column_letter

from measurement.models import Level

from .columns import COLUMNS, SIDE_BY_SIDE, PlanLayout, WrongPlanCell, heading_key, plain_heading

KINDS = {
    "template": "templat aplikasi ini",
    "renstra": "tabel Renstra (Tabel 4.3)",
    "sipd": "sub kegiatan SIPD",
}
HEADER_WITHIN = 10
HEADER_ROWS = 3
CODED = re.compile(
    r"(?P<code>(?:\d{1,2}|X)(?:\.(?:\d{1,4}|X{1,2}))+)\.?\s*[-–—:]?\s+(?P<name>\S.*)", re.DOTALL
)
COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")
TOTAL = re.compile(r"(?:grand_)?(?:total|jumlah)(?:_.*)?")
YEAR_MISSING = (
    "Judul kolom target dan pagu tidak menyebut tahun. Pilih tahunnya di bawah, lalu periksa sekali lagi."
)
BRANCH = ("level", "code", "parent", "name")
FILLED_DOWN = (*BRANCH, "sub_unit", "sub_unit_code")
LEVEL_BY_PARTS = {3: Level.PROGRAM.value, 5: Level.KEGIATAN.value, 6: Level.SUB_KEGIATAN.value}


def understand(rows: Sequence[Sequence], years: range, year: int | None = None) -> PlanLayout:
    """The layout of a file for a plan of these years. `year` is that of a file whose headings name none."""
    header, headings = _headings(rows)
    layout = PlanLayout(header=header)
    keys = _with_year([heading_key(heading) for heading in headings], headings, rows, layout, years, year)
    for number, (key, heading) in enumerate(zip(keys, headings, strict=True)):
        level, _, own = key.rpartition(".")
        columns = layout.of_level.setdefault(level, {}) if level else layout.columns
        if not key or (own[-4:].isdecimal() and int(own[-4:]) not in years):
            layout.ignored += [heading] if heading.strip() else []
        elif own in columns:
            cell = f"{get_column_letter(number + 1)}{header}"
            layout.wrong.append(
                WrongPlanCell(cell, heading, f"Kolom “{heading}” ada dua kali; sisakan satu.")
            )
        else:
            columns[own] = number
    _recognise(layout, headings)
    if not layout.wrong:
        layout.wrong += _absent(layout, years, keys)
    return layout


def _headings(rows: Sequence[Sequence]) -> tuple[int, list[str]]:
    """The last row of the headings, from 1, and the heading of each column: titles may stand above, two or three rows may belong together."""
    best, most = (1, [str(heading) for heading in rows[0]]), 0
    for top in range(min(len(rows), HEADER_WITHIN)):
        for height in range(1, HEADER_ROWS + 1):
            if height > 1 and sum(bool(str(value).strip()) for value in rows[top]) < 2:
                continue  # a title, no heading over several columns
            headings = _joined(rows[top : top + height])
            known = len({heading_key(heading) for heading in headings} - {""})
            if known > most and len(rows) > top + height:
                best, most = (top + height, headings), known
    return best


def _joined(rows: Sequence[Sequence]) -> list[str]:
    """One heading per column of several rows: "2026" merged over "Target" and "Pagu" gives "Target 2026" and "Pagu 2026"."""
    columns = []
    above: list[str] = [""] * len(rows)
    for texts in zip(*([str(value).strip() for value in row] for row in rows), strict=True):
        filled = list(texts)
        for level in range(len(rows) - 1):
            if not filled[level] and any(texts[level + 1 :]):
                filled[level] = above[level]
        above = filled
        told = [text for text in reversed(filled) if text]
        candidates = [
            f"{low} {high}" for number, low in enumerate(told) for high in told[number + 1 :]
        ] + told
        columns.append(next((text for text in candidates if heading_key(text)), told[0] if told else ""))
    return columns


def _with_year(
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
    if not bare or any(key[-4:].isdecimal() and not key.startswith("tw") for key in keys):
        return ["" if key in bare or key == "year" else key for key in keys]
    said: set[str] = set()
    if column is not None:
        said = {str(row[column]).strip() for row in rows[layout.header :]} - {""}
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
    return [f"{key}_{found}" if key in bare else "" if key == "year" else key for key in keys]


def _recognise(layout: PlanLayout, headings: list[str]) -> None:
    """Name the layout, and leave out the columns that belong to the other ones."""
    below = {"code", "name"} <= set(layout.columns) or Level.SUB_KEGIATAN not in layout.of_level
    if below:
        layout.ignored += [
            headings[number] for columns in layout.of_level.values() for number in columns.values()
        ]
        layout.of_level = {}
        ours = {column.heading for column in COLUMNS if column.required}
        layout.kind = "template" if ours <= {plain_heading(heading) for heading in headings} else "renstra"
    else:
        layout.kind = "sipd"
        layout.ignored += [headings[layout.columns.pop(key)] for key in BRANCH if key in layout.columns]


def _absent(layout: PlanLayout, years: range, keys: list[str]) -> list[WrongPlanCell]:
    figures = {
        kind: any(key.rpartition(".")[2].startswith(f"{kind}_") for key in keys)
        for kind in ("target", "pagu")
    }
    if layout.kind == "sipd":
        absent = [] if any(figures.values()) and layout.years else ["pagu"]
    else:
        # codes tell the level, and may stand before the names
        needed = {column.key for column in COLUMNS if column.required} - {"level", "code"}
        absent = [
            column.heading for column in COLUMNS if column.key in needed and column.key not in layout.columns
        ]
        absent += [
            f"{kind}_{years.start}"
            for kind in figures
            if not any(key.startswith(f"{kind}_") for key in layout.columns)
        ]
    sentence = "Kolom “{}” tidak ditemukan. Unduh templat untuk melihat judul kolom yang dipakai."
    return [WrongPlanCell(f"A{layout.header}", name, sentence.format(name)) for name in absent]


# Rows


def rows_of(rows: Sequence[Sequence], layout: PlanLayout) -> tuple[list[dict], list[str]]:
    """One row per line of the plan: "number" is its row in the file, the rest by key. And remarks on rows that were passed over."""
    numbered = [
        (number, row)
        for number, row in enumerate(rows[layout.header :], layout.header + 1)
        if any(_text(value) for value in row)
    ]
    if numbered and _is_column_numbers(numbered[0][1]):
        numbered = numbered[1:]
    passed: list[int] = []
    found = list(
        _side_by_side(numbered, layout, passed)
        if layout.of_level
        else _below_each_other(numbered, layout, passed)
    )
    said = ", ".join(str(number) for number in passed[:10]) + (", …" if len(passed) > 10 else "")
    return found, [f"Baris jumlah atau urusan dilewati: {said}."] if passed else []


def _text(value) -> str:
    return str(value).strip()


def _is_column_numbers(row: Sequence) -> bool:
    """(1) (2) (3) below the headings."""
    texts = [_text(value) for value in row if _text(value)]
    return len(texts) > 3 and all(COLUMN_NUMBER.fullmatch(text) for text in texts)


def _is_total(row: Sequence) -> bool:
    return any(
        TOTAL.fullmatch(plain_heading(value)) for value in [value for value in row if _text(value)][:1]
    )


def _part(row: dict) -> None:
    """A code and a name that were written in one cell."""
    for written, other in (("name", "code"), ("code", "name")):
        coded = CODED.fullmatch(_text(row.get(written, "")))
        if coded and not _text(row.get(other, "")):
            row |= coded.groupdict()


def _below_each_other(rows: list, layout: PlanLayout, passed: list[int]) -> Iterator[dict]:
    above: dict = {}
    for number, values in rows:
        row = {"number": number} | {key: values[column] for key, column in layout.columns.items()}
        _part(row)
        if not (_text(row.get("code", "")) or _text(row.get("name", ""))) and _text(row.get("indicator", "")):
            row |= {key: above[key] for key in FILLED_DOWN if key in above and not _text(row.get(key, ""))}
        if "level" not in layout.columns:
            row["level"] = _level(_text(row.get("code", "")))
            if not (row["level"] or _text(row.get("indicator", ""))):
                passed.append(number)
                continue
        above = row
        yield row


def _level(code: str) -> str:
    """The level that a code tells; "" for urusan, bidang urusan and what is no code."""
    if re.fullmatch(r"[Ss]\w*", code):
        return Level.SASARAN.value
    return LEVEL_BY_PARTS.get(len(code.rstrip(".").split(".")), "")


def _side_by_side(rows: list, layout: PlanLayout, passed: list[int]) -> Iterator[dict]:
    """Each row's program and kegiatan once, and its sub kegiatan with what the row says about it."""
    carried: dict[str, dict] = {}
    seen: set[tuple] = set()
    for number, values in rows:
        if _is_total(values):
            passed.append(number)
            continue
        parent, begins = "", False
        for level in SIDE_BY_SIDE:
            row = {"number": number, "level": level} | {
                key: values[column] for key, column in layout.columns_of(level).items()
            }
            _part(row)
            begins = _carry(row, level, carried) or begins
            if (
                level == Level.SUB_KEGIATAN
                and begins
                and not (_names(row) or _text(row.get("indicator", "")))
            ):
                continue  # a row of a program or kegiatan alone
            key = (
                level,
                _text(row.get("code", "")) or _text(row.get("name", "")),
                _text(row.get("indicator", "")),
            )
            if level == Level.SUB_KEGIATAN or (_names(row) and key not in seen):
                yield row | ({"parent": parent} if parent else {})
            seen.add(key)
            parent = _text(row.get("code", "")) or parent


def _names(row: dict) -> bool:
    return bool(_text(row.get("code", "")) or _text(row.get("name", "")))


def _carry(row: dict, level: str, carried: dict[str, dict]) -> bool:
    """Whether the row begins a branch of this level; where it names none, it is that of the row above. A new branch ends those below the old one."""
    before, code, name = carried.get(level, {}), _text(row.get("code", "")), _text(row.get("name", ""))
    if code or name:
        begins = (code or name) not in (before.get("code"), before.get("name"))
        row |= {"name": name or ("" if begins else before["name"])}
        order = list(SIDE_BY_SIDE)
        for lower in order[order.index(level) + 1 :] if begins else ():
            carried.pop(lower, None)
        carried[level] = {"code": code or ("" if begins else before["code"]), "name": row["name"]}
        return begins
    if level != Level.SUB_KEGIATAN or _text(row.get("indicator", "")):
        row |= before
    return False

"""The rows of a table of people as one row per line, by the key of each column: merged cells filled in, names apart from their numbers, and
without the sums, notes and signatures that stand below a list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from measurement.plan.table_import.columns import plain_heading
from measurement.rules.dates import MONTHS

from .cells import NUMBER_IN_TEXT, TEXT
from .columns import GROUP, OFFICE, OTHER_NUMBER, RANK, StaffLayout

PERSON = ("nip", "name", "username")
MOST_OF_A_FOOTER = 2  # cells in a row below the list: a signature left and one right
TOTAL = re.compile(r"(?:grand_|sub_?)?(?:total|jumlah)(?:_.*)?")
BELOW = re.compile(
    r"\s*(?:mengetahui|menyetujui|disetujui|diketahui|catatan|keterangan\s*:|sumber\s*:|ket\.|\*|nip\b|nippppk\b|an\.|a\.n\.)"
    r"|[^,]*,\s*(?:[0-9]{1,2}|\.{2,}|…|\s)*\s*"
    rf"(?:{'|'.join(MONTHS)})\s+20[0-9]{{2}}",
    re.IGNORECASE,
)
LEFT_OUT = "Baris {rows} di bawah daftar (jumlah, catatan, atau tanda tangan) tidak dibaca."
MOST_NAMED = 10


@dataclass
class _Row:
    """A row of the file: what its known columns hold, and whether it speaks like what stands below a list."""

    number: int
    cells: dict
    is_below: bool

    @property
    def filled(self) -> int:
        return sum(bool(_text(value)) for value in self.cells.values())

    @property
    def is_number_alone(self) -> bool:
        """Whether it holds the number of the person above it in the column of names, and no name."""
        return bool(NUMBER_IN_TEXT.fullmatch(_text(self.cells.get("name", ""))))

    @property
    def names_person(self) -> bool:
        """Whether it holds a name and a number."""
        told = " ".join(_text(self.cells.get(key, "")) for key in ("nip", "name"))
        has_name = bool(_text(self.cells.get("name", ""))) and not self.is_number_alone
        return has_name and bool(NUMBER_IN_TEXT.search(told))


def people_rows(table: Sequence[Sequence], layout: StaffLayout) -> tuple[list[dict], list[str]]:
    """The rows below the headings by key, each with its "number" in the file; and what was left out below the list."""
    found = [
        _Row(number, {key: values[column] for key, column in layout.columns.items()}, _speaks_below(values))
        for number, values in enumerate(table[layout.header :], layout.header + 1)
    ]
    found = [row for row in found if row.filled and not _is_numbering(row.cells)]
    end = _end_of_list(found)
    rows: list[dict] = []
    for row in found[:end]:
        _add(rows, _apart(_with_number(row.cells, layout, row.number)), row.number)
    left = [str(row.number) for row in found[end:]]
    told = ", ".join(left[:MOST_NAMED]) + (", …" if len(left) > MOST_NAMED else "")
    return rows, [LEFT_OUT.format(rows=told)] if left else []


def _text(value) -> str:
    return str(value).strip()


def _speaks_below(values: Sequence) -> bool:
    said = [text for value in values if (text := _text(value))]
    return any(map(BELOW.match, said)) or bool(said and TOTAL.fullmatch(plain_heading(said[0])))


def _end_of_list(rows: list[_Row]) -> int:
    """Where the list ends: what follows begins like a footer or behind a blank row, and none of it says as much as a line on a person."""
    for index in range(1, len(rows)):
        row, above = rows[index], rows[index - 1]
        behind_blank = row.number - above.number > 1
        most = MOST_OF_A_FOOTER if row.is_below else 1
        fits = all(other.filled <= most and not other.names_person for other in rows[index:])
        completes = row.is_number_alone and not behind_blank and not above.names_person
        if fits and (row.is_below or behind_blank) and not completes:
            return index
    return len(rows)


def _add(rows: list[dict], row: dict, number: int) -> None:
    """A row without person belongs to the one above it, as in merged cells; one with only its number completes it."""
    if (
        rows
        and _text(row.get("nip", ""))
        and not _text(row.get("name", ""))
        and not _text(rows[-1].get("nip", ""))
    ):
        rows[-1] |= _completed(rows[-1], _with_grade(row))
        return
    whose = {key: row[key] for key in PERSON if key in row}
    if rows and not any(_text(value) for value in whose.values()):
        row |= {key: rows[-1][key] for key in whose}
        if OFFICE.key in row and not _text(row[OFFICE.key]):
            row[OFFICE.key] = rows[-1][OFFICE.key]
    rows.append(_with_grade(row) | {"number": number})


def _completed(above: dict, row: dict) -> dict:
    """The lines of two rows that speak of one person, one below the other."""
    return {
        key: (", " if key == "grade" else " ").join(filter(None, (_text(above.get(key, "")), _text(value))))
        if _text(above.get(key, "")) and _text(value)
        else (value if _text(value) else above.get(key, ""))
        for key, value in row.items()
    }


def _is_numbering(row: dict) -> bool:
    """The line "1 2 3 4" under the headings."""
    return all(_text(value).strip("() ").isdecimal() and len(_text(value)) < 3 for value in row.values())


def _with_number(row: dict, layout: StaffLayout, number: int) -> dict:
    """The number of a PPPK where it stands in a column of its own."""
    other = row.pop(OTHER_NUMBER, "")
    if str(other).strip(" -–") and not str(row.get("nip", "")).strip(" -–"):
        layout.other_numbers.add(number)
        return row | {"nip": other}
    return row


def _with_grade(row: dict) -> dict:
    """Pangkat and golongan of two columns in one."""
    halves = [TEXT.clean(row.pop(key)) for key in (RANK, GROUP) if key in row]
    return row | {"grade": ", ".join(filter(None, halves))} if halves and "grade" not in row else row


def _apart(row: dict) -> dict:
    """A name and the number that stands in the same cell."""
    name = _text(row.get("name", ""))
    found = NUMBER_IN_TEXT.search(name)
    if not found:
        return row
    rest = f"{name[: found.start()]} {name[found.end() :]}".strip(" \n/;,-")
    return row | {"name": rest, "nip": row["nip"] if _text(row.get("nip", "")) else found["number"]}

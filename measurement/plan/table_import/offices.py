"""Files that name the perangkat daerah of each row: those of others are left out, and rows that are printed twice are said."""

import re
from collections.abc import Iterable, Iterator, Sequence

from measurement.models import Unit
from measurement.rules.refusals import BadFile

from .columns import PlanLayout, plain_heading

SEVERAL = "Berkas ini memuat {count} perangkat daerah ({names}), dan tidak satu pun bernama “{unit}”. Saring barisnya di Excel, lalu unggah lagi."
ANOTHER = "Berkas ini menyebut perangkat daerah “{name}”, bukan “{unit}”. Pastikan berkasnya benar."
TWICE = "Baris {rows} sama persis dengan baris di atasnya dan ikut dijumlahkan; hapus bila tercetak dua kali."
MOST_NAMED = 5
CODE_BEFORE = re.compile(r"^[0-9X](?:\.?[0-9X]+)*\.?\s*[-–—:]?\s+")


def names_of_unit(names: Iterable[str], unit: Unit) -> set[str]:
    """Which of the names that stand side by side are the office's. Its short name counts only where none has the whole one: beside
    Kelurahan Jetis, Kecamatan Jetis and Puskesmas Jetis are others. Its code says it as well."""
    told = {name: letters(CODE_BEFORE.sub("", name.strip())) for name in names}
    whole, short, code = letters(unit.name), letters(unit.short_name), letters(unit.code)
    return (
        {name for name, said in told.items() if said == whole or letters(name) == code}
        or {name for name, said in told.items() if whole in said}
        or {name for name, said in told.items() if short and short in said}
    )


def letters(name: str) -> str:
    """A name or a code without capitals, blanks and signs."""
    return plain_heading(name).replace("_", "")


def rows_of_office(
    table: Sequence[Sequence], layout: PlanLayout, unit: Unit
) -> tuple[list[Sequence], list[str]]:
    """The table with the rows of other offices blank, so that numbers stay; and remarks. BadFile for several offices none of which is this one."""
    if layout.office_column is None:
        return list(table), []
    offices = {row: name for row, name in offices_of_rows(table, layout.header, layout.office_column) if name}
    names = set(offices.values())
    foreign = names - names_of_unit(names, unit)
    if foreign == names:
        if len(names) > 1:
            told = {"count": len(names), "names": _listed(names), "unit": unit.name}
            raise BadFile(SEVERAL.format(**told))
        return list(table), [ANOTHER.format(name=name[:80], unit=unit.name) for name in names]
    left = {index for index, name in offices.items() if name in foreign}
    kept = [[""] * len(row) if index in left else row for index, row in enumerate(table)]
    return kept, [f"{len(left)} baris milik {_listed(foreign)} tidak dibaca."] if left else []


def offices_of_rows(table: Sequence[Sequence], header: int, column: int) -> Iterator[tuple[int, str]]:
    """Each row below the headings that says more than its office, by its number from 0, and the office that it or the last one above names; "" for none."""
    above = ""
    for index, row in enumerate(table[header:], header):
        above = " ".join(str(row[column]).split()) or above
        if _says_more(row, column):
            yield index, above


def _says_more(row: Sequence, column: int) -> bool:
    return any(str(value).strip() for number, value in enumerate(row) if number != column)


def _listed(names: set[str]) -> str:
    more = f", dan {len(names) - MOST_NAMED} lainnya" if len(names) > MOST_NAMED else ""
    return ", ".join(sorted(names)[:MOST_NAMED]) + more


def repeated_rows(table: Sequence[Sequence], layout: PlanLayout) -> list[str]:
    """A remark on rows per account that say the same in every cell as the one above."""
    found = [
        str(index + 1)
        for index in range(layout.header + 1, len(table))
        if layout.by_account and any(map(str, table[index])) and list(table[index]) == list(table[index - 1])
    ]
    return (
        [TWICE.format(rows=", ".join(found[:MOST_NAMED]) + (", …" if len(found) > MOST_NAMED else ""))]
        if found
        else []
    )

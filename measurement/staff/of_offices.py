"""People of many offices from one file of their government: each line names its office, and each office is compared as if its lines were a file of its own.

All offices are written or none. Whoever sends the file gets no role by it: a line about oneself is refused.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from measurement.figures.office_stands import offices_with_sop
from measurement.models import Government, Person, Unit
from measurement.rules.refusals import BadFile

from .columns import OFFICE, StaffLayout
from .comparing import StaffComparison
from .entries import StaffEntry, people_in_file
from .importing import StaffPreview, compare_entries, write_what_was_shown
from .lines import StaffReading, WrongStaffCell, staff_lines, staff_table
from .roster import Roster

logger = logging.getLogger(__name__)
MOST_LINES = 10_000
NO_COLUMN = "Berkas ini tidak memuat kolom Kode kantor. Unduh templat untuk melihat judul kolomnya."
NO_CODE = "Kode kantor wajib diisi."
UNKNOWN = "Tidak ada kantor berkode ini di {government}. Samakan dengan kode pada daftar kantor."
TWO_OFFICES = "Baris {row} menulis orang ini untuk kantor lain. Satu orang ditulis untuk satu kantor saja."
ONESELF = "Anda tidak dapat memberi diri sendiri penugasan di kantor. Hapus baris ini."


@dataclass(frozen=True)
class OfficeLines:
    """What the file says of one office."""

    unit: Unit
    reading: StaffReading


@dataclass
class OfficesReading:
    """What the file says of all of them; `wrong` are the lines whose office is unknown."""

    government: Government
    layout: StaffLayout
    offices: list[OfficeLines]
    wrong: list[WrongStaffCell]
    remarks: list[str]


@dataclass(frozen=True)
class OfficeShare:
    """What one office gets."""

    unit: Unit
    new: int
    changed: int
    same: int
    wrong: int


@dataclass
class OfficesPreview(StaffPreview):
    """What a file would do to the people of all offices, and how much of it to each."""

    offices: list[OfficeShare] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Also to which office it goes."""
        shares = [(share.unit.pk, share.new, share.changed) for share in self.offices]
        return hashlib.sha256(repr((super().digest, shares)).encode()).hexdigest()


def read_staff_of_offices(upload: UploadedFile, government: Government) -> OfficesReading:
    """The file, its lines by office. BadFile for what is no list of people with the codes of their offices."""
    table = staff_table(upload, MOST_LINES, of_offices=True)
    if OFFICE.key not in table.layout.columns:
        raise BadFile(NO_COLUMN)
    known = {_plain(unit.code): unit for unit in offices_with_sop(government)}
    lines: dict[str, list[dict]] = {}
    wrong = []
    for row in table.rows:
        written = str(row[OFFICE.key]).strip()
        if _plain(written) in known:
            lines.setdefault(_plain(written), []).append(row)
        else:
            sentence = UNKNOWN.format(government=government) if written else NO_CODE
            cell = table.layout.cell(OFFICE.key, row["number"])
            wrong.append(WrongStaffCell(cell, written, sentence, row["number"]))
    units = [known[code] for code in lines]
    offices = [
        OfficeLines(unit, staff_lines(rows, table.layout, [], unit.sop))
        for unit, rows in zip(units, lines.values(), strict=True)
    ]
    return OfficesReading(government, table.layout, offices, wrong, table.remarks)


def _plain(code: str) -> str:
    return "".join(code.split()).casefold()


def compare_staff_of_offices(
    reading: OfficesReading, actor: Person, answers: Mapping[str, str] | None = None
) -> OfficesPreview:
    """What `apply_staff_of_offices` would do. Nothing is written."""
    seen = OfficesPreview(wrong=list(reading.wrong), remarks=list(reading.remarks))
    found = list(_each_in_one_office(reading.offices))
    numbers = [entry.nip for _, entries in found for entry in entries if entry.nip]
    rosters = Roster.of_offices([lines.unit for lines, _ in found], numbers)
    for (lines, entries), roster in zip(found, rosters, strict=True):
        _add(seen, compare_entries(roster, entries, lines.reading, actor, answers or {}), lines, actor)
    seen.wrong.sort(key=lambda cell: (cell.row, cell.cell))
    return seen


def _each_in_one_office(offices: Iterable[OfficeLines]) -> Iterator[tuple[OfficeLines, list[StaffEntry]]]:
    """The people of each without those who were written for another office above, which is wrong."""
    first: dict[tuple[str, str], int] = {}
    for lines in offices:
        kept = []
        for entry in people_in_file(lines.reading):
            keys = [("nip", entry.nip), ("username", entry.username.lower())]
            rows = [first.setdefault(key, entry.row) for key in keys if key[1]]
            if twin := next((row for row in rows if row != entry.row), None):
                cell = lines.reading.layout.cell("name", entry.row)
                sentence = TWO_OFFICES.format(row=twin)
                lines.reading.wrong.append(WrongStaffCell(cell, entry.name, sentence, entry.row))
            else:
                kept.append(entry)
        yield lines, kept


def _add(seen: OfficesPreview, made: StaffPreview, lines: OfficeLines, actor: Person) -> None:
    made.wrong += [_about_oneself(each, lines) for each in made.comparisons if each.person.pk == actor.pk]
    seen.offices.append(
        OfficeShare(lines.unit, len(made.new), made.changed_people, made.same, len(made.wrong))
    )
    seen.new += made.new
    seen.changed += made.changed
    seen.same += made.same
    seen.wrong += made.wrong
    seen.questions += made.questions
    seen.remarks += [f"{lines.unit.short_name}: {remark}" for remark in made.remarks]
    seen.comparisons += made.comparisons


def _about_oneself(made: StaffComparison, lines: OfficeLines) -> WrongStaffCell:
    row = next((change.row for change in made.changes), 0)
    return WrongStaffCell(lines.reading.layout.cell("name", row), made.person.name, ONESELF, row)


@transaction.atomic
def apply_staff_of_offices(
    reading: OfficesReading, actor: Person, shown: str, answers: Mapping[str, str] | None = None
) -> OfficesPreview:
    """Write the file into all offices; refused as for one office, and to whoever doesn't keep the government."""
    if not actor.keeps_government(reading.government.pk):
        raise PermissionDenied
    keys = [lines.unit.pk for lines in reading.offices]
    list(Unit.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    seen = compare_staff_of_offices(reading, actor, answers)
    write_what_was_shown(seen, shown, actor)
    logger.info(
        "offices %s: %s people new, %s changed by %s", keys, len(seen.new), seen.changed_people, actor.pk
    )
    return seen

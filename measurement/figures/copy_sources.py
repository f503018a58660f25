"""From where a row of the worksheet may be filled in: the nearest earlier period, and the twin rows of the same sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from measurement.models import Person, WorksheetRow
from measurement.rules.copying import CopyGroup, fields_of, is_blank
from measurement.rules.numbers import typed
from measurement.rules.permissions import may_see_all_rows

from .calculation import Sheet
from .earlier_rows import EarlierRow
from .twins import twin_rows

LAST = "lalu"
TWIN = "kembar"


@dataclass(frozen=True)
class CopySource:
    """One row to copy from. `shows_words`: the person may read its texts and evidence, too."""

    key: str
    label: str
    row: WorksheetRow
    shows_words: bool = True

    def values(self, group: CopyGroup) -> dict[str, object]:
        """Field → what would be filled in; nothing where the source has none."""
        found = {name: getattr(self.row, name) for name in fields_of(group, self.row.asked_values)}
        return {name: value for name, value in found.items() if not is_blank(value)}

    def why_not(self, group: CopyGroup, row: WorksheetRow) -> str:
        """Why there is nothing to copy, or why it would mean something else here; "" where it may be copied."""
        if group != CopyGroup.FIGURE:
            if not self.shows_words:
                return "isian pegawai lain"
            there = self.values(group) or (group == CopyGroup.EVIDENCE and self.row.evidence_items)
            return "" if there else "tidak ada isinya"
        if _meaning(self.row) != _meaning(row):
            return "satuan atau cara hitungnya lain"
        if any(typed(value) is None for value in self.values(group).values()):  # type: ignore[arg-type]  # numbers all
            return "angka hasil hitungan"
        return "" if len(self.values(group)) == len(row.asked_values) else "tidak ada angkanya"


def _meaning(row: WorksheetRow) -> tuple[str, str, bool, str]:
    """What a figure counts and how it is put together: another one would be read wrongly."""
    return row.measure.casefold(), row.method, row.is_ratio, row.accumulation


def copy_sources(
    row: WorksheetRow, earlier: Sequence[EarlierRow], sheet: Sheet, person: Person
) -> list[CopySource]:
    """The nearest earlier period in which anything was said, and the twins."""
    last = [CopySource(LAST, then.cycle.period, then.row) for then in earlier if _says_anything(then.row)][:1]
    twins = [
        CopySource(
            f"{TWIN}-{figures.row.pk}",
            f"indikator yang sama pada {branch.node.place}",
            figures.row,
            figures.row.owner_id == person.pk or may_see_all_rows.test(person, sheet.cycle),
        )
        for figures, branch in twin_rows(sheet, row)
    ]
    return [*last, *twins]


def _says_anything(row: WorksheetRow) -> bool:
    return not row.is_follower and any(not is_blank(getattr(row, name)) for name in (*row.VALUES, *row.TEXTS))

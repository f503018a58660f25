"""What a check finds: every printed figure with its verdict, by row, and how many are equal, different, unexplained and not checked."""

from dataclasses import dataclass

from .column_groups import ColumnGroup
from .comparing import VERDICT_LABELS, Check, FigureVerdict


@dataclass(frozen=True)
class FigureCheck:
    """One printed figure of a row: what it is ("capaian", "jumlah pagu"), of which group, the texts that it stands on, and what is said of it.

    `group` is the number of its group where it has a column of its own in what we write; None for a figure that is only in the note.
    """

    kind: str
    label: str
    base: str
    realised: str
    published: str
    check: Check
    group: int | None = None

    @property
    def title(self) -> str:
        return f"{self.kind} {self.label}".strip()

    @property
    def sentence(self) -> str:
        """What the note says: the notes, and the verdict where no column of the first group shows it."""
        notes, verdict = "; ".join(self.check.notes), self.check.verdict
        if self.group == 0 or verdict in (None, FigureVerdict.EQUAL):
            return notes
        said = f"dicetak {self.published}, dihitung {self.check.text or '–'}: {VERDICT_LABELS[verdict]}"
        return f"{said} ({notes})" if notes else said


@dataclass(frozen=True)
class CheckedRow:
    """One row of the table with all its checks; `number` is the one that people see, on the sheet where there are several."""

    number: int
    label: str
    cells: list
    checks: tuple[FigureCheck, ...] = ()
    sheet: str = ""
    is_heading: bool = False  # of a further table

    @property
    def place(self) -> str:
        return f"“{self.sheet}” {self.number}" if self.sheet else str(self.number)

    @property
    def words(self) -> str:
        return f"lembar “{self.sheet}” baris {self.number}" if self.sheet else f"baris {self.number}"

    @property
    def given(self) -> list[FigureCheck]:
        """The figures that are printed and got a verdict."""
        return [one for one in self.checks if one.check.verdict]

    def of(self, kind: str, group: int) -> Check:
        """What is said of the capaian or serapan of a group; nothing where there is none."""
        return next((one.check for one in self.checks if (one.kind, one.group) == (kind, group)), Check())

    @property
    def note(self) -> str:
        said = [one for one in self.checks if one.sentence]
        if len(said) == 2 and said[0].sentence == said[1].sentence and said[0].label == said[1].label:
            return said[0].sentence
        if len(said) == len(self.checks) == 1:
            return (
                said[0].sentence
                if not self.checks[0].label
                else f"{said[0].title.capitalize()}: {said[0].sentence}"
            )
        return "; ".join(f"{one.title.capitalize()}: {one.sentence}" for one in said)


@dataclass(frozen=True)
class CheckedTable:
    """The table as it was, and what is said about every row."""

    above: list[list]
    headings: list[str]
    rows: list[CheckedRow]
    delimiter: str
    places: frozenset[int]  # the places of the columns that are checked
    groups: tuple[ColumnGroup, ...]
    unread: dict[str, int]  # headings of percentages that no check understood → how many of them are printed
    left_out: tuple[str, ...] = ()  # titles of sheets that are too long or too wide

    @property
    def counts(self) -> dict[FigureVerdict, int]:
        given = [one.check.verdict for row in self.rows for one in row.given]
        return {verdict: given.count(verdict) for verdict in FigureVerdict}

    @property
    def unexplained(self) -> int:
        """Differences that nothing known explains."""
        return sum(one.check.is_unexplained for row in self.rows for one in row.given)

    @property
    def unchecked(self) -> int:
        """Printed figures of which nothing can be said: those that can't be computed, and those of columns that were not understood."""
        return self.counts[FigureVerdict.UNCOMPUTABLE] + sum(self.unread.values())

    @property
    def summary(self) -> str:
        counts = self.counts
        return ", ".join(
            [
                f"{sum(counts.values())} diperiksa",
                *(f"{count} {verdict}" for verdict, count in counts.items()),
            ]
        )

    @property
    def to_look_at(self) -> str:
        """What needs a person: differences without an explanation, and what was not checked; empty where there is nothing."""
        parts = {"beda tanpa penjelasan": self.unexplained, "tidak diperiksa": self.unchecked}
        found = [f"{count} {what}" for what, count in parts.items() if count]
        return f"Perlu dilihat: {', '.join(found)}." if found else ""

    @property
    def unread_sentences(self) -> list[str]:
        return [
            *(
                f"kolom “{heading}” tidak diperiksa: {count} angka; target dan realisasinya tidak dikenali"
                for heading, count in self.unread.items()
            ),
            *(
                f"lembar “{title}” tidak diperiksa: terlalu panjang atau terlalu lebar"
                for title in self.left_out
            ),
        ]

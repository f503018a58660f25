"""Which columns of a table give the realisasi of the cycle's period, and whether they count from the beginning of the year. Asked where words don't say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from measurement.rules.dates import long_date
from measurement.rules.periods import Period
from measurement.rules.refusals import BadFile

from .headings import Counted, SpendingColumns, SpentColumn
from .questions import Answers
from .reach import YEAR, Reach, months_of, reach_in

NOW, TO_DATE, NEITHER = "ini", "sampai", "bukan"


@dataclass(frozen=True)
class Wanted:
    """The period whose realisasi is looked for."""

    year: int
    period: Period

    @property
    def reach(self) -> Reach:
        return Reach(self.period.first_day(self.year), self.period.last_day(self.year), certain=True)

    @property
    def name(self) -> str:
        return f"{self.period.name} {self.year}"

    @property
    def to_date(self) -> Reach:
        return Reach(date(self.year, 1, 1), self.reach.end, certain=True)


@dataclass(frozen=True)
class ColumnsUsed:
    """The columns that are added, those that are taken off, and what the sum counts."""

    added: tuple[int, ...]
    taken_off: tuple[int, ...]
    basis: str
    before: int | None = None  # what the table says was spent before the period
    to_date: int | None = None


def check_year(titles: Sequence[str], wanted: Wanted) -> None:
    """BadFile for a table of another year."""
    for title in titles:
        if "anggaran" in title.lower() or "tahun" in title.lower():
            years = {int(year) for year in YEAR.findall(title)}
            if years and wanted.year not in years:
                told = ", ".join(map(str, sorted(years)))
                raise BadFile(
                    f"Berkas ini untuk tahun {told} (“{title[:80]}”), sedangkan siklus ini {wanted.name}."
                )


def title_reach(titles: Sequence[str], wanted: Wanted) -> Reach | None:
    """The stretch that the titles above a table name: one that says from when goes before one that doesn't."""
    found = [reach for title in titles if (reach := reach_in(title, wanted.year))]
    return next((reach for reach in found if reach.certain), found[0] if found else None)


def columns_used(
    columns: SpendingColumns, titles: Sequence[str], wanted: Wanted, answers: Answers
) -> ColumnsUsed | None:
    """None as long as a question is open. BadFile where the table holds other periods only."""
    check_year(titles, wanted)
    titled = title_reach(titles, wanted)
    if titled and not columns.is_register and titled.end != wanted.reach.end:
        raise BadFile(
            f"Berkas ini memuat realisasi sampai {long_date(titled.end)}, sedangkan {wanted.name} berakhir {long_date(wanted.reach.end)}. "
            "Unduh laporan sampai tanggal itu."
        )
    spent = [column for column in columns.spent if not column.is_taken_back]
    off = tuple(column.number for column in columns.spent if column.is_taken_back)
    if columns.is_register:
        one = _one(spent, answers)
        return ColumnsUsed((one.number,), off, NOW) if one else None
    return _of_periods(spent, off, titled, wanted, answers)


def _of_periods(
    spent: list[SpentColumn], off: tuple[int, ...], titled: Reach | None, wanted: Wanted, answers: Answers
) -> ColumnsUsed | None:
    now = [column for column in spent if _is_now(column, titled, wanted)]
    to_date = [column for column in spent if column.basis == Counted.TO_DATE and _ends_with(column, wanted)]
    before = next((column.number for column in spent if column.basis == Counted.BEFORE), None)
    bare = [column for column in spent if column.basis == Counted.BARE]
    months = _months(spent, wanted)
    until = to_date[0].number if to_date else None
    if now or months:
        one = _one(now, answers) if now else None
        added = months or ((one.number,) if one else ())
        return ColumnsUsed(tuple(added), off, NOW, before, until) if added else None
    if to_date:
        one = _one(to_date, answers)
        named = titled or to_date[0].reach
        if one and (named or _until(wanted, answers)):
            return ColumnsUsed((one.number,), off, TO_DATE, before, None)
        return None
    if not bare:
        raise BadFile(
            f"Berkas ini tidak memuat realisasi {wanted.name}; kolomnya: {', '.join(column.heading for column in spent)}."
        )
    one, basis = _one(bare, answers), _basis(titled, wanted, answers)
    return ColumnsUsed((one.number,), off, basis, before) if one and basis else None


def _is_now(column: SpentColumn, titled: Reach | None, wanted: Wanted) -> bool:
    """ "Triwulan ini" is the cycle's if it is measured by quarter, and so is "periode ini" where the titles say just that stretch."""
    if column.basis == Counted.NOW:
        whole = titled is not None and titled.certain and titled.begin == wanted.reach.begin
        return column.noun == wanted.period.noun or (column.noun == "periode" and whole)
    return (
        column.basis == Counted.PERIOD
        and column.reach is not None
        and (column.reach.begin, column.reach.end) == (wanted.reach.begin, wanted.reach.end)
    )


def _ends_with(column: SpentColumn, wanted: Wanted) -> bool:
    return column.reach is None or column.reach.end == wanted.reach.end


def _months(spent: list[SpentColumn], wanted: Wanted) -> tuple[int, ...]:
    """The columns of shorter periods that make up the cycle's, where there is one for each of its months."""
    inside = [
        column
        for column in spent
        if column.basis == Counted.PERIOD
        and column.reach
        and column.reach.begin.year == wanted.year
        and set(months_of(column.reach)) < set(wanted.period.months)
    ]
    told = sorted(month for column in inside if column.reach for month in months_of(column.reach))
    return tuple(column.number for column in inside) if told == list(wanted.period.months) else ()


def _one(found: list[SpentColumn], answers: Answers) -> SpentColumn | None:
    """The column, or the one that was chosen among several."""
    if len(found) < 2:
        return found[0] if found else None
    choices = {str(column.number): column.heading for column in found}
    answer = answers.ask(
        "kolom", "Beberapa kolom dapat berarti realisasi anggaran. Kolom mana yang dipakai?", choices
    )
    return next((column for column in found if str(column.number) == answer), None)


def _until(wanted: Wanted, answers: Answers) -> bool:
    sentence = "Berkas tidak menyebut sampai tanggal berapa realisasinya. Sampai akhir periode siklus ini?"
    return bool(answers.ask("sampai", sentence, {"ya": f"Ya, sampai {long_date(wanted.reach.end)}"}))


def _basis(titled: Reach | None, wanted: Wanted, answers: Answers) -> str:
    """Whether "Realisasi" is that of the period or of the year so far."""
    if titled and titled.certain:
        if titled.begin == wanted.reach.begin:
            return NOW
        if titled.from_new_year:
            return TO_DATE
        raise BadFile(
            f"Berkas ini memuat realisasi sejak {long_date(titled.begin)}, sedangkan {wanted.name} mulai {long_date(wanted.reach.begin)}."
        )
    if titled and titled.begin == wanted.reach.begin and wanted.period.is_first:
        return NOW
    first, last = long_date(wanted.reach.begin), long_date(wanted.reach.end)
    choices = {NOW: f"Realisasi {wanted.period.name} saja ({first} – {last})"}
    if not wanted.period.is_first:
        choices[TO_DATE] = f"Realisasi s.d. {wanted.period.until} (1 Januari – {last})"
    choices[NEITHER] = "Bukan keduanya"
    sentence = "Berkas tidak menyebut apakah realisasinya untuk periode ini saja atau sejak awal tahun. Mana yang benar?"
    answer = answers.ask("dasar", sentence, choices)
    if answer == NEITHER:
        raise BadFile(
            f"Unduh laporan yang memuat realisasi {wanted.name}, atau realisasi sejak awal tahun sampai {last}."
        )
    return answer

"""The rows below the headings: what each is (data, a branch of the plan, a sum or mean of rows above), and its cells by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from .checked_table import FigureCheck
from .heading_parts import CAPAIAN, CODE, LEVEL, PAGU, REALISED, SERAPAN, SPENT, TARGET
from .printed import BLANK, Printed, PrintedKind, PrintedReading, PrintedState
from .table_files import printed_cell
from .table_headings import TableHead

KINDS = {
    TARGET: PrintedKind.FIGURE,
    REALISED: PrintedKind.FIGURE,
    CAPAIAN: PrintedKind.PERCENT,
    PAGU: PrintedKind.MONEY,
    SPENT: PrintedKind.MONEY,
    SERAPAN: PrintedKind.PERCENT,
}
SUM, MEAN = "jumlah", "rata-rata"
SUMMARY = re.compile(
    r"(?:(?:sub ?|grand ?)?(?P<sum>jumlah|total)|(?P<mean>rata[ -]*rata|rerata|mean|average))\b",
    re.IGNORECASE,
)
# what may stand beside such a word in a row that is no indicator: "Jumlah Anggaran", "Rata-rata Capaian Kinerja s.d. TW I 2026 (%)"
BESIDE = re.compile(
    r"(?:\b(?:jumlah|total|sub|grand|rata|rerata|mean|average|keseluruhan|seluruh|seluruhnya|setahun|akhir|umum|kolom|dan|capaian|kinerja|serapan|penyerapan|anggaran"
    r"|belanja|keuangan|realisasi|pagu|program|kegiatan|sasaran|strategis|utama|iku|tujuan|tingkat|nilai|skor|persentase|persen|rp|tahun|triwulan|tw|semester|bulan|s\.?d|[ivx]{1,4}|[a-z]"
    r"|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b|[0-9.,:;()/÷%&+–-]|\s)+",
    re.IGNORECASE,
)
WHOLE_OFFICE = re.compile(
    r"(?P<one>capaian kinerja|seluruh) (?:perangkat daerah|opd|kecamatan|kantor)", re.IGNORECASE
)
CODED = re.compile(r"(?P<code>[0-9Xx]+(?:\.[0-9Xx]+)+\.?)(?:\s|$)")
SHORT_CODE = re.compile(r"[A-Z]{0,3}\.?[0-9]{1,3}\.?")
# "S1 Meningkatnya …" in a table without a column of codes
LETTERED_CODE = re.compile(r"[A-Z]{1,3}\.?[0-9]{1,2}\.?(?: |$)")
# 1, 1.2, IV, A, a: how a row is numbered, with or without a point or bracket, alone or before its text
OUTLINE = re.compile(
    r"\(?(?:(?P<digits>[0-9]{1,2}(?:\.[0-9]{1,2})*)|(?P<roman>[IVX]{1,4})|(?P<upper>[A-Z])|(?P<lower>[a-z]))(?:[.)]+ ?|$| (?=[^ ]))"
)
DEEPEST = 12
# by the parts of their codes, where a word says it: a program has three, a kegiatan five
LEVELS = {"tujuan": 0, "sasaran": 1, "program": 3, "kegiatan": 5, "sub kegiatan": 6, "subkegiatan": 6}


@dataclass
class TableRow:
    """One row; `printed` holds the cells of each group by name, `checks` what has been found so far."""

    number: int
    label: str
    cells: list
    printed: tuple[dict[str, Printed], ...] = ()
    is_data: bool = False
    summary: frozenset[str] = frozenset()
    level: int | None = None
    outline: str = ""  # how it is numbered: "1", "1.1", "I", "A", "a"; empty for a row without
    own_capaian: Fraction | None = None  # of a branch, printed in a column of its own
    below: Printed = BLANK  # of a branch, the mean of what stands below it, where that is printed, too
    weight: Fraction | None = None
    checks: list[FigureCheck] = field(default_factory=list)

    def cell(self, group: int, name: str) -> Printed:
        return self.printed[group].get(name, BLANK) if self.printed else BLANK

    def number_of(self, group: int, name: str) -> Fraction | None:
        """The likely value of a cell as it is printed; of a percentage that is printed as a fraction, as it is written."""
        reading = self.reading_of(group, name)
        return None if reading is None else Fraction(reading.value)

    def reading_of(self, group: int, name: str) -> PrintedReading | None:
        return next(iter(self.cell(group, name).readings), None)

    def holds(self, group: int, *names: str) -> bool:
        """Whether any of these cells is more than blank or a dash."""
        empty = (PrintedState.BLANK, PrintedState.DASH)
        return any(self.cell(group, name).state not in empty for name in names)

    def computed(self, kind: str, group: int) -> Fraction | None:
        """What was computed of this figure of the row."""
        return next(
            (one.check.computed for one in self.checks if (one.kind, one.group) == (kind, group)), None
        )


def printed_cells(row: Sequence, places: Mapping[str, int], is_scaled: bool = False) -> dict[str, Printed]:
    """The cells by name; `is_scaled`: money is printed in thousands or millions, with decimals then as any figure."""
    cells = {name: printed_cell(_at(row, places.get(name)), kind) for name, kind in KINDS.items()}
    return cells | {name: _scaled(_at(row, places.get(name))) for name in (PAGU, SPENT) if is_scaled}


def _scaled(cell) -> Printed:
    found = printed_cell(cell, PrintedKind.FIGURE)
    return replace(found, readings=tuple(replace(one, is_scaled=True) for one in found.readings))


def _at(row: Sequence, place: int | None):
    return "" if place is None or place >= len(row) else row[place]


def summary_kinds(row: Sequence, head: TableHead) -> frozenset[str]:
    """Whether the row is a sum or a mean of the rows above, by its only text: "Jumlah", "Rata-rata capaian (%)", "Jumlah/Rata-rata"."""
    first = min(head.checked_places, default=0) or len(row)
    own = [
        " ".join(str(cell).split())
        for place, cell in enumerate(row[:first])
        if place not in head.checked_places
    ]
    texts = {text for text in own if text.strip(" -–—")}
    words = {text for text in texts if any(char.isalpha() for char in text)}
    if len(words) != 1:
        return frozenset()
    (text,) = words
    if office := WHOLE_OFFICE.match(text):
        return frozenset({SUM, MEAN} if office["one"].casefold() == "seluruh" else {MEAN})
    # a row with a number of its own may be an indicator that is called "Jumlah kegiatan"
    if (
        not SUMMARY.match(text)
        or not BESIDE.fullmatch(text)
        or (len(texts) > 1 and not SUMMARY.fullmatch(text))
    ):
        return frozenset()
    return frozenset(SUM if match["sum"] else MEAN for match in SUMMARY.finditer(text))


def may_be_indicator(row: Sequence, printed: Sequence[Mapping[str, Printed]]) -> bool:
    """Whether a row of such a name is an indicator all the same: "Rata-rata nilai" with a target and a realisasi, and without money."""
    is_bare = any(
        SUMMARY.sub(" ", text).strip(" /&,-") in ("", "dan") for text in map(str, row) if text.strip(" -")
    )
    filled = [
        {name for name, cell in cells.items() if cell.state == PrintedState.NUMBER} for cells in printed
    ]
    return not is_bare and any({TARGET, REALISED} <= names and not names & {PAGU, SPENT} for names in filled)


def row_level(row: Sequence, head: TableHead, is_form: bool) -> int | None:
    """How deep a branch of the plan stands, by its level word or its code; None for a row that is no branch."""
    word = " ".join(str(_at(row, head.place_of(LEVEL))).casefold().split())
    if word in LEVELS:
        return LEVELS[word]
    place = head.place_of(CODE)
    texts = [str(_at(row, place)).strip()] if place is not None else []
    if is_form:
        texts = [str(cell).strip() for cell in row[1:3]]
    text = next(filter(None, texts), "")
    if place is None and not is_form:
        text = _first_filled([cell for at, cell in enumerate(row) if at not in head.checked_places])
        if not CODED.match(text):
            return 0 if LETTERED_CODE.match(text) else None
    coded = CODED.match(text)
    if coded:
        return min(coded["code"].strip(".").count(".") + 1, DEEPEST)
    return 0 if text and (SHORT_CODE.fullmatch(text) or (is_form and SHORT_CODE.match(text))) else None


def row_outline(row: Sequence) -> str:
    """Rows that are numbered alike are of one kind: "1" of "2. Belanja Modal", "1.1" of "3.4", "a" of "b) Belanja Barang"."""
    found = OUTLINE.match(str(_at(row, 0)).strip() or _first_filled(row[1:2]))
    if not found:
        return ""
    if found["digits"]:
        return ".".join("1" * (found["digits"].count(".") + 1))
    return next(kind for group, kind in (("roman", "I"), ("upper", "A"), ("lower", "a")) if found[group])


def _first_filled(row: Sequence) -> str:
    return next((text for cell in row if (text := str(cell).strip())), "")

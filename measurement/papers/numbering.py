"""Numbers of papers: gapless per unit, year and kind, also when two are issued at once; and what became of each number."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from measurement.models import NumberCounter, Paper, PaperSetting, Unit, VoidNumber
from measurement.rules.refusals import Incomplete

from .registry import KINDS

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def locked_counter(unit: Unit, year: int, kind: str) -> NumberCounter:
    """The counter, held until the transaction ends: whoever wants the next number waits, and a failure gives the number back."""
    return NumberCounter.objects.select_for_update().get_or_create(unit=unit, year=year, kind=kind)[0]


def next_sequence(unit: Unit, year: int, kind: str) -> int:
    """The next number; call it inside the transaction that issues the paper."""
    counter = locked_counter(unit, year, kind)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def next_after(unit: Unit, year: int) -> dict[str, int]:
    """Kind → the number that its next paper would get; nothing is reserved."""
    last = dict(NumberCounter.objects.filter(unit=unit, year=year).values_list("kind", "last"))
    return {kind: last.get(kind, 0) + 1 for kind in KINDS}


def formatted_number(unit: Unit, setting: PaperSetting, sequence: int, day: date) -> str:
    """The number by the pattern of the kind, else by the office's, e.g. 000.8.6.3/3/LHP/416-317/2026."""
    code, month = KINDS[setting.kind].code, ROMAN_MONTHS[day.month - 1]
    pattern = setting.number_pattern or unit.number_pattern
    return pattern.format(
        klasifikasi=unit.classification,
        urut=sequence,
        jenis=code,
        unit=unit.code,
        tahun=day.year,
        bulan=month,
    )


def printed_number(unit: Unit, setting: PaperSetting, sequence: int, day: date) -> str:
    """That number for a paper. Incomplete if one of this kind and year carries it already, as can happen after the pattern was changed in mid-year."""
    number = formatted_number(unit, setting, sequence, day)
    if Paper.objects.filter(unit=unit, year=day.year, kind=setting.kind, number=number).exists():
        title = KINDS[setting.kind].title
        raise Incomplete(
            f"Nomor {number} sudah dipakai oleh {title} yang lain. Minta administrator memperbaiki pola nomornya."
        )
    return number


@dataclass(frozen=True)
class Number:
    """One number that was used: by a paper (perhaps withdrawn: `void`), or outside the system (`void` alone)."""

    sequence: int
    paper: Paper | None
    void: VoidNumber | None

    @property
    def outside(self) -> VoidNumber:
        """The record of a number without a paper; ValueError where there is none."""
        if self.void is None:
            raise ValueError(f"number {self.sequence} has a paper")
        return self.void


@dataclass(frozen=True)
class Series:
    """The numbers of one year and kind in order, and the last one that the counter gave out."""

    year: int
    kind: str
    last: int = 0
    numbers: list[Number] = field(default_factory=list)

    @property
    def title(self) -> str:
        return KINDS[self.kind].title

    @property
    def missing(self) -> list[int]:
        """Numbers that were given out and that nothing accounts for."""
        return sorted(set(range(1, self.last + 1)) - {number.sequence for number in self.numbers})

    @property
    def faults(self) -> list[str]:
        name, times = f"{self.title} tahun {self.year}", Counter(number.sequence for number in self.numbers)
        texts = Counter(number.paper.number for number in self.numbers if number.paper)
        return [
            *(f"{name}: nomor urut {sequence} hilang." for sequence in self.missing),
            *(
                f"{name}: nomor urut {sequence} dipakai {count} kali."
                for sequence, count in times.items()
                if count > 1
            ),
            *(
                f"{name}: nomor urut {sequence} melampaui penghitung ({self.last})."
                for sequence in times
                if sequence > self.last
            ),
            *(f"{name}: nomor {text} tercetak {count} kali." for text, count in texts.items() if count > 1),
            *(
                f"{name}: pembatalan {n.paper.number} menyebut nomor lain."
                for n in self.numbers
                if n.paper and n.void and not _names(n.void, n.paper)
            ),
        ]


def _names(void: VoidNumber, paper: Paper) -> bool:
    """Whether a withdrawal names exactly the number of its paper."""
    return (void.unit_id, void.year, void.kind, void.sequence) == (
        paper.unit_id,
        paper.year,
        paper.kind,
        paper.sequence,
    )


def register(unit: Unit, **wanted) -> list[Series]:
    """Every series of an office, or those of a `year` or `kind`, in the order of years and of the SOP. Three queries."""
    counters = {(c.year, c.kind): c.last for c in NumberCounter.objects.filter(unit=unit, **wanted)}
    papers = (
        Paper.objects.filter(unit=unit, **wanted)
        .listed()
        .select_related("cycle", "replaced_by", "void__voided_by")
    )
    papers = papers.defer("replaced_by__content", "replaced_by__words")
    outside = VoidNumber.objects.filter(unit=unit, paper=None, **wanted).select_related("voided_by")
    used = [((p.year, p.kind), Number(p.sequence, p, getattr(p, "void", None))) for p in papers]
    used += [((v.year, v.kind), Number(v.sequence, None, v)) for v in outside]
    used.sort(key=lambda entry: (entry[0], entry[1].sequence))
    numbers = {
        key: [number for _, number in entries] for key, entries in groupby(used, key=lambda entry: entry[0])
    }
    order = {kind: place for place, kind in enumerate(KINDS)}
    keys = sorted(set(counters) | set(numbers), key=lambda key: (key[0], order[key[1]]))
    return [
        Series(year, kind, counters.get((year, kind), 0), numbers.get((year, kind), []))
        for year, kind in keys
    ]


def number_faults(unit: Unit) -> list[str]:
    """Sentences on every number of an office that is missing, used twice or not counted; empty for a sound register."""
    return [f"{unit}: {fault}" for series in register(unit) for fault in series.faults]

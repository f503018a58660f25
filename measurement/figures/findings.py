"""What stands out in a recap: the figures beside the fields of notes, conclusion and suggestions, and a first sentence for each to change.

The sentences are proposals: they say what the figures say and nothing more. All comes from one pure function of a calculation.
"""

from dataclasses import dataclass

from measurement.rules.numbers import show_percent

from .calculation import Sheet
from .rows import RowFigures

MOST_NAMED, MOST_SHOWN = 3, 5


@dataclass(frozen=True)
class Short:
    """An indicator below its target."""

    name: str
    capaian: str
    owner: str
    follow_up: str


@dataclass(frozen=True)
class Findings:
    """Counts and figures of a recap, as they are shown. `capaian` and `serapan` are empty where there is none."""

    period: str
    indicators: int
    measured: int
    met: int
    capaian: str
    predicate: str
    serapan: str
    short: tuple[Short, ...]

    @property
    def distinct(self) -> list[Short]:
        """What is short, once where the nomenclature repeats an indicator one level higher."""
        return list({(short.name, short.capaian): short for short in self.short}.values())

    @property
    def office_words(self) -> str:
        """ "Capaian perangkat daerah 99,52 % (Sangat Tinggi) dengan serapan anggaran 46,59 %."."""
        predicate = f" ({self.predicate})" if self.predicate else ""
        reached = f"capaian perangkat daerah {self.capaian}{predicate}" if self.capaian else ""
        spent = f"serapan anggaran {self.serapan}" if self.serapan else ""
        words = " dengan ".join(filter(None, (reached, spent)))
        return f" {words[0].upper()}{words[1:]}." if words else ""

    @property
    def counts(self) -> str:
        """ "36 dari 47 indikator yang dapat dihitung mencapai target"."""
        if not self.measured:
            return f"belum ada dari {self.indicators} indikator yang dapat dihitung"
        left = self.indicators - self.measured
        rest = f"; {left} indikator lain tidak dihitung" if left else ""
        return f"{self.met} dari {self.measured} indikator yang dapat dihitung mencapai target{rest}"


def recap_findings(sheet: Sheet) -> Findings:
    """What is found in the rows that were sent."""
    office, cycle = sheet.office, sheet.cycle
    counted = [figures for _, branch in sheet.nodes() for figures in branch.rows]
    known = [figures for figures in counted if figures.counted.value is not None]
    short = sorted((f for f in known if f.counted.is_missed), key=lambda f: f.counted.known_value)
    figure = sheet.told(office)
    return Findings(
        period=cycle.period,
        indicators=len(counted),
        measured=len(known),
        met=len(known) - len(short),
        capaian=show_percent(figure.value) if figure.value is not None else "",
        predicate=office.predicate or "" if figure.value is not None else "",
        serapan=show_percent(office.serapan.value) if office.serapan.value is not None else "",
        short=tuple(_short(figures) for figures in short),
    )


def _short(figures: RowFigures) -> Short:
    row = figures.row
    return Short(row.name, show_percent(figures.counted.value), str(row.owner), row.follow_up)


def first_sentences(found: Findings) -> dict[str, str]:
    """Field of the cycle → the sentence with which its text may begin."""
    listed = found.distinct[:MOST_NAMED]
    named = "; ".join(f"{short.name} ({short.capaian})" for short in listed)
    others = sum(
        (short.name, short.capaian) not in {(one.name, one.capaian) for one in listed}
        for short in found.short
    )
    more = f"; dan {others} lainnya" if others else ""
    noted = f" Yang perlu perhatian: {named}{more}." if named else ""
    followed = (
        f"Penanggung jawab {len(found.short)} indikator di bawah target melaksanakan tindak lanjutnya pada periode berikutnya, "
        f"didahulukan: {named}{more}."
    )
    return {
        "recap_note": f"Pada {found.period} {found.counts}.{found.office_words}{noted}",
        "conclusion": f"Hasil pengukuran data kinerja {found.period}: {found.counts}.{found.office_words}",
        "suggestions": followed
        if found.short
        else "Capaian yang sesuai target dipertahankan, dan hasil pengukuran dipakai sebagai bahan perencanaan periode berikutnya.",
    }


def finding_facts(found: Findings) -> list[dict[str, str]]:
    """The figures, to stand beside what is written."""
    facts = (
        ("Capaian", f"{found.capaian} {found.predicate}".strip()),
        ("Serapan anggaran", found.serapan),
        ("Mencapai target", f"{found.met} dari {found.measured} indikator yang dihitung"),
        ("Di bawah target", f"{len(found.short)} indikator"),
        ("Tidak dihitung", f"{found.indicators - found.measured} dari {found.indicators} indikator"),
    )
    return [{"label": label, "value": value} for label, value in facts]

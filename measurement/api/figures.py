"""Figures of the one calculation as answers: exact, as decimal text, and in the words of pages and papers."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from measurement.figures.calculation import BranchFigures
from measurement.figures.explain import Working
from measurement.models import Person
from measurement.rules.figure import Figure
from measurement.rules.formulas import Mean
from measurement.rules.machine_access import Scope
from measurement.rules.numbers import Number, as_shown, show_money, show_percent

from .bearer import ApiToken
from .shapes import Angka, Hitungan, Orang, Persen, RataRata, Uang


def number_told(value: Number | None, written: str) -> Angka:
    """A number that pages show as `written`."""
    if value is None:
        return Angka(nilai=None, pecahan=None, tertulis=written)
    return Angka(nilai=format(as_shown(value), "f"), pecahan=str(Fraction(value)), tertulis=written)


def money_told(value: Decimal | None) -> Angka:
    return number_told(value, show_money(value))


def percent_told(figure: Figure) -> Persen:
    shown = figure.shown
    return Persen(
        nilai=None if shown is None else format(shown, "f"),
        pecahan=None if figure.value is None else str(figure.value),
        tertulis=show_percent(figure.value),
        alasan=str(figure.gap or ""),
        keterangan=figure.remark,
    )


def mean_told(mean: Mean, figure: Figure | None = None) -> RataRata:
    """A mean with what it counted; `figure` in its place where it is not told yet."""
    return RataRata(
        capaian=percent_told(figure or mean.figure),
        dihitung=mean.counted,
        dari=mean.total,
        tidak_dihitung={str(gap): count for gap, count in mean.left_out.items()},
    )


def purse_of(branch: BranchFigures) -> Uang:
    return Uang(
        pagu=money_told(branch.pagu),
        pagu_murni=money_told(branch.pagu_first),
        realisasi=money_told(branch.spent),
        realisasi_sd=money_told(branch.spent_to_date),
        serapan=percent_told(branch.serapan),
    )


def workings_of(found: Iterable[Working]) -> list[Hitungan]:
    return [
        Hitungan(judul=one.title, hasil=one.result, rumus=one.formula, syarat=list(one.conditions))
        for one in found
    ]


def person_of(person: Person, token: ApiToken) -> Orang:
    """NIP holds a birth date: as pages show it, unless the token was made to see it whole."""
    whole = token.allows(Scope.NUMBERS)
    return Orang(nama=person.name, nip=(person.nip or "–") if whole else person.masked_nip)

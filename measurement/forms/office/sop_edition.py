"""An edition of an office's SOP: what is printed on it, the words for those who lead, the standard times."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms

from measurement.models import SopEdition, Unit
from measurement.rules.sop import STEPS
from measurement.rules.sop_edition import OfficeKind, RoleWord, Sop

from ..dates import DayField
from ..texts import LONGEST

MOST_DAYS, MOST_MINUTES = 60, 2000
WORDS = (
    ("head", "Pimpinan"),
    ("secretary", "Sekretaris"),
)
ABOUT = " tentang "


class SopEditionForm(forms.Form):
    """Fields of `Sop`, with a pair of times for each step."""

    number = forms.CharField(
        label="Nomor SOP",
        max_length=60,
        help_text="Seperti tercetak pada SOP, misalnya 067/15/400-100/2026.",
    )
    made_on = DayField(label="Tanggal pembuatan")
    revised_on = DayField(label="Tanggal revisi", required=False)
    in_force_from = DayField(
        label="Berlaku sejak", help_text="Siklus yang diperintahkan mulai hari itu memakai edisi ini."
    )
    signatory = forms.CharField(
        label="Disahkan oleh",
        max_length=150,
        help_text="Jabatan yang menandatangani SOP.",
    )
    legal_basis = forms.CharField(
        label="Dasar hukum",
        max_length=2 * LONGEST,
        widget=forms.Textarea({"rows": 12}),
        help_text="Satu peraturan tiap baris, lengkap dengan “tentang …”. Tertulis pada Laporan Hasil.",
    )

    def __init__(self, data=None, *, edition: SopEdition):
        self.edition = edition
        super().__init__(data, initial=self._initial(edition.sop))
        for key, label in WORDS:
            self.fields[f"{key}_short"] = forms.CharField(
                label=f"{label} disebut",
                max_length=40,
                help_text="Pada halaman dan tabel SOP; boleh singkatan.",
            )
            self.fields[f"{key}_formal"] = forms.CharField(
                label=f"{label} pada naskah", max_length=80, help_text="Nama jabatan lengkap."
            )
        for step in STEPS:
            for part, most in (("days", MOST_DAYS), ("minutes", MOST_MINUTES)):
                self.fields[f"{part}_{step.key}"] = forms.IntegerField(
                    label=f"{'Hari' if part == 'days' else 'Menit'} langkah {step.number}",
                    min_value=0, max_value=most, required=False, localize=False,
                )  # fmt: skip

    def _initial(self, sop: Sop) -> dict:
        named = {
            name: getattr(sop, name)
            for name in ("number", "made_on", "revised_on", "in_force_from", "signatory")
        }
        words = {
            f"{key}_{part}": getattr(getattr(sop, key), part)
            for key, *_ in WORDS
            for part in ("short", "formal")
        }
        times = {f"days_{key}": days or None for key, (days, _) in sop.times.items()}
        times |= {f"minutes_{key}": minutes or None for key, (_, minutes) in sop.times.items()}
        return {**named, **words, **times, "legal_basis": "\n\n".join(sop.legal_basis)}

    @property
    def facts_printed(self) -> list[forms.BoundField]:
        return [
            self[name]
            for name in ("number", "made_on", "revised_on", "in_force_from", "signatory", "legal_basis")
        ]

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[f"{key}_{part}"] for key, *_ in WORDS for part in ("short", "formal")]

    @property
    def times(self) -> Iterator[dict]:
        """The steps with their two fields."""
        for step in self.edition.sop.steps:
            yield {
                "number": step.number,
                "activity": step.activity,
                "fields": [
                    {"short": "Hari", "bound": self[f"days_{step.key}"]},
                    {"short": "Menit", "bound": self[f"minutes_{step.key}"]},
                ],
            }

    def clean_legal_basis(self) -> tuple[str, ...]:
        """One law a line, each with its title."""
        laws = tuple(
            filter(None, (" ".join(line.split()) for line in self.cleaned_data["legal_basis"].splitlines()))
        )
        if bare := [law for law in laws if ABOUT not in f" {law.lower()} "]:
            raise forms.ValidationError(f"Tulis juga “tentang …” pada: {bare[0]}.")
        return laws

    def clean_in_force_from(self):
        day = self.cleaned_data["in_force_from"]
        others = self.edition.unit.sop_editions.exclude(pk=self.edition.pk)
        if others.filter(in_force_from=day).exists():
            raise forms.ValidationError("Sudah ada edisi lain yang berlaku sejak hari itu.")
        return day

    def clean(self):
        super().clean()
        made, revised = self.cleaned_data.get("made_on"), self.cleaned_data.get("revised_on")
        if made and revised and revised < made:
            self.add_error("revised_on", "Revisi tidak mungkin sebelum SOP dibuat.")
        return self.cleaned_data

    @property
    def sop(self) -> Sop:
        data = self.cleaned_data
        return Sop(
            number=data["number"],
            made_on=data["made_on"],
            revised_on=data["revised_on"],
            in_force_from=data["in_force_from"],
            signatory=data["signatory"],
            head=RoleWord(data["head_short"], data["head_formal"]),
            secretary=RoleWord(data["secretary_short"], data["secretary_formal"]),
            legal_basis=data["legal_basis"],
            times=self.chosen_times,
        )

    @property
    def chosen_times(self) -> dict[str, tuple[int, int]]:
        data = self.cleaned_data
        return {step.key: (data[f"days_{step.key}"] or 0, data[f"minutes_{step.key}"] or 0) for step in STEPS}


OF_OFFICE = ("number", "made_on", "revised_on", "in_force_from")


class SopTemplateForm(SopEditionForm):
    """What the SOP of many offices says alike: without number, dates and words."""

    def __init__(self, data=None, *, edition: SopEdition):
        super().__init__(data, edition=edition)
        for name in (*OF_OFFICE, *(f"{key}_{part}" for key, _ in WORDS for part in ("short", "formal"))):
            del self.fields[name]

    @property
    def facts_printed(self) -> list[forms.BoundField]:
        return [self[name] for name in ("signatory", "legal_basis")]

    @property
    def sop(self) -> Sop:
        data = self.cleaned_data
        return Sop(signatory=data["signatory"], legal_basis=data["legal_basis"], times=self.chosen_times)


def proposed_edition(unit: Unit, kind: OfficeKind | None, template: Mapping[str, Any]) -> SopEdition:
    """What a new edition begins with: all of the one before it but its dates, with the words of a kind of office and with what a template says where
    they are chosen."""
    begun = replace(unit.sop, revised_on=None, in_force_from=None, **template)
    sop = replace(begun, head=kind.head, secretary=kind.secretary) if kind else begun
    return SopEdition(unit=unit, facts=sop.facts())

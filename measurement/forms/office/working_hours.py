"""The hours of a week as a table of seven days, and when they hold."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator

from measurement.doors.working_hours import NewHours
from measurement.rules.dates import DAYS
from measurement.rules.refusals import Refusal
from measurement.rules.working_hours import Week, week_gaps

from ..dates import DayField

SPANS = 3
HALF = "{day}: isi jam mulai dan jam selesai, atau kosongkan keduanya."
TIME = {"invalid": "Tulis jam seperti 07.30."}
TIME_FORMATS = ["%H.%M", "%H:%M"]


class WorkHoursForm(forms.Form):
    """Up to three spans a day; `first_open`: the hours may hold from the beginning, without a date."""

    name = forms.CharField(
        label="Keterangan", max_length=100, required=False, help_text="Misalnya Ramadan 1448 H, dengan nomor surat edarannya."
    )  # fmt: skip
    first = DayField(label="Berlaku mulai", required=False)
    last = DayField(
        label="Sampai dengan",
        required=False,
        help_text="Hanya untuk jam kerja sementara; sesudahnya jam kerja yang lain berlaku lagi. Kosong: seterusnya.",
    )
    minutes_per_day = forms.IntegerField(
        label="Menit kerja per hari",
        max_value=1440,
        validators=[MinValueValidator(1)],
        help_text="Yang dihitung sebagai “1 hari” pada waktu baku SOP.",
    )

    def __init__(self, *args, first_open: bool, **options):
        super().__init__(*args, **options)
        self.first_open = first_open
        self.fields["first"].required = not first_open
        if first_open:
            self.fields["first"].help_text = "Kosong: sejak awal, karena belum ada langkah yang dinilai."
        for day, number, part in self._places():
            label = f"{DAYS[day]}, {'mulai' if part == 'b' else 'selesai'} {number + 1}"
            self.fields[f"{part}{day}{number}"] = forms.TimeField(
                label=label,
                required=False,
                error_messages=TIME,
                input_formats=TIME_FORMATS,
                widget=forms.TimeInput(
                    {"inputmode": "decimal", "aria-label": label, "autocomplete": "off"}, format="%H.%M"
                ),
            )

    @staticmethod
    def _places() -> Iterator[tuple[int, int, str]]:
        return ((day, number, part) for day in range(7) for number in range(SPANS) for part in "be")

    @property
    def days(self) -> list[dict]:
        """The rows of the table: the day, and the two fields of each span."""
        return [
            {"label": label, "spans": [(self[f"b{day}{n}"], self[f"e{day}{n}"]) for n in range(SPANS)]}
            for day, label in enumerate(DAYS)
        ]

    @property
    def details(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "first", "last", "minutes_per_day")]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data, week = self.cleaned_data, {}
        for day in range(7):
            pairs = [(data.get(f"b{day}{n}"), data.get(f"e{day}{n}")) for n in range(SPANS)]
            if any((begins is None) != (ends is None) for begins, ends in pairs):
                self.add_error(None, HALF.format(day=DAYS[day]))
            week[day] = [(begins, ends) for begins, ends in pairs if begins and ends]
        if not self.errors and (gaps := week_gaps(week)):
            self.add_error(None, gaps)
        if data.get("last") and not data.get("first"):
            self.add_error("first", "Isi tanggal mulainya.")
        elif data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "Tanggal akhir tidak boleh sebelum tanggal mulai.")
        return data | {"week": week}

    def hours(self) -> NewHours:
        data = self.cleaned_data
        week = {day: spans for day, spans in data["week"].items() if spans}
        return NewHours(week, data["minutes_per_day"], data["name"], data["first"], data["last"])

    def refuse(self, refusal: Refusal) -> None:
        """What the door said, on top of the form."""
        self.add_error(None, refusal.sentences)


def hours_typed(week: Week, minutes_per_day: int, **more: str | date | None) -> dict[str, Any]:
    """The fields of the form as they stand with these hours."""
    typed: dict[str, Any] = {"minutes_per_day": minutes_per_day} | more
    for day, spans in week.items():
        for number, (begins, ends) in enumerate(list(spans)[:SPANS]):
            typed |= {f"b{day}{number}": begins, f"e{day}{number}": ends}
    return typed

"""How long records of one classification are kept."""

from django import forms
from django.core.validators import MaxValueValidator

from measurement.doors.retention_classes import KeptFor, kept_for
from measurement.models import RetentionClass

LONGEST_YEARS = 100


class RetentionForm(forms.ModelForm):
    class Meta:
        model = RetentionClass
        fields = ["code", "name", "active_years", "inactive_years", "fate", "source"]
        help_texts = {
            "active_years": "Kosong: belum ditetapkan. Dihitung sejak akhir tahun siklus diarsipkan.",
            "fate": "Misalnya Musnah, Permanen, atau Dinilai kembali.",
            "source": "Peraturan tentang Jadwal Retensi Arsip daerah; tercetak pada berita acara arsip.",
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("active_years", "inactive_years"):
            self.fields[name].validators.append(
                MaxValueValidator(LONGEST_YEARS, f"Paling banyak {LONGEST_YEARS} tahun.")
            )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())

    def line(self) -> KeptFor:
        """What was typed; the instance itself is never saved."""
        return kept_for(self.instance)

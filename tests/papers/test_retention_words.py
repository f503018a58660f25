"""What the record of archiving says of how long its file is kept."""

import pytest
from django.utils import timezone

from measurement.models import RetentionClass
from measurement.papers.berita_acara_arsip import retention_words
from tests.support.characters import cycle_at

pytestmark = pytest.mark.django_db


def test_retention_is_told_with_its_years_and_ends(kecamatan):
    RetentionClass.objects.update_or_create(
        code="000.8.6.3",
        defaults={
            "name": "AKIP",
            "active_years": 2,
            "inactive_years": 3,
            "fate": "Musnah",
            "source": "JRA uji",
        },
    )
    year = timezone.localdate().year
    assert retention_words(cycle_at(kecamatan, "brief")) == [
        f"Aktif: 2 (dua) tahun, sampai dengan 31 Desember {year + 2}",
        f"Inaktif: 3 (tiga) tahun, sampai dengan 31 Desember {year + 5}",
        "Nasib akhir: musnah",
    ]


def test_what_the_schedule_does_not_say_is_not_invented(kecamatan):
    RetentionClass.objects.all().delete()
    assert retention_words(cycle_at(kecamatan, "brief")) == [
        "Aktif: belum ditetapkan",
        "Inaktif: belum ditetapkan",
        "Nasib akhir: belum ditetapkan",
    ]

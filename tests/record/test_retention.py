"""How long archived cycles are kept comes from data; nothing is ever deleted."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from measurement.models import MeasurementCycle, RetentionClass, Unit
from measurement.record.presets import load_presets
from measurement.record.retention import Retention, retention
from tests.support.characters import cycle_at
from tests.support.database import without
from tests.support.pages import logged_in, words

CODE = "000.8.6.3"


def rule(
    active: int | None = 2, inactive: int | None = 3, fate: str = "Musnah", source: str = ""
) -> RetentionClass:
    return RetentionClass(
        code=CODE,
        name="Akuntabilitas",
        active_years=active,
        inactive_years=inactive,
        fate=fate,
        source=source,
    )


def test_both_spans_run_to_the_end_of_a_year():
    kept = Retention(CODE, 2026, rule())
    assert (kept.active_until, kept.inactive_until) == (date(2028, 12, 31), date(2031, 12, 31))


def test_it_is_said_in_words_with_its_source():
    said = Retention(CODE, 2026, rule(source="belum dikonfirmasi")).words
    assert (
        said
        == "Aktif s.d. 31 Desember 2028, inaktif s.d. 31 Desember 2031, kemudian musnah (belum dikonfirmasi)."
    )


@pytest.mark.parametrize("unknown", [None, rule(active=None), rule(inactive=None)])
def test_an_unknown_span_is_said_and_never_over(unknown):
    kept = Retention(CODE, 2000, unknown)
    assert kept.words == f"Masa retensi belum diatur untuk klasifikasi {CODE}."
    assert not kept.is_over(date(2100, 1, 1))


def test_it_is_over_on_the_day_after_the_inactive_span():
    kept = Retention(CODE, 2026, rule())
    assert not kept.is_over(date(2031, 12, 31))
    assert kept.is_over(date(2032, 1, 1))


def test_a_span_of_no_years_ends_with_the_year_of_closing():
    assert Retention(CODE, 2026, rule(active=0, inactive=0)).inactive_until == date(2026, 12, 31)


def test_it_counts_from_the_year_of_archiving_in_local_time(kecamatan):
    """A quarter of one year is as a rule archived in the next; 31 December 20.00 UTC is the new year in Java."""
    cycle = cycle_at(kecamatan, None)
    without("guard_stay_update")
    cycle.stays.update(left_at=datetime(2026, 12, 31, 20, 0, tzinfo=UTC))
    rule().save()
    assert retention(cycle).closed == 2027


def test_a_paper_is_kept_as_long_as_its_cycle(kecamatan):
    cycle = cycle_at(kecamatan, None)
    rule().save()
    assert retention(cycle.papers.first()) == retention(cycle)


# The data


def test_the_schedule_is_loaded_with_its_facts_and_its_source(db):
    call_command("loaddata", "fixtures/retention_classes.json", verbosity=0)
    found = RetentionClass.objects.get(code=CODE)
    assert (found.name, found.active_years, found.inactive_years, found.fate) == (
        "Akuntabilitas Kinerja Instansi Pemerintah",
        2,
        3,
        "Musnah",
    )
    assert "belum dikonfirmasi" in found.source
    assert RetentionClass.objects.get(code="000.8.6").active_years is None
    assert RetentionClass.objects.count() == 9


def test_loading_twice_changes_nothing(db):
    for _ in range(2):
        call_command("loaddata", "fixtures/retention_classes.json", verbosity=0)
    assert RetentionClass.objects.count() == 9


def test_presets_keep_what_an_office_has_set_and_add_what_it_lacks(db):
    own = rule(active=7)
    own.save()
    load_presets()
    assert RetentionClass.objects.get(code=own.code).active_years == 7
    assert RetentionClass.objects.count() == 9


def test_the_default_classification_of_an_office_is_in_the_schedule(db):
    call_command("loaddata", "fixtures/retention_classes.json", verbosity=0)
    assert RetentionClass.objects.filter(code=Unit._meta.get_field("classification").default).exists()


# The page


@pytest.fixture
def old(kecamatan) -> MeasurementCycle:
    """A cycle that was archived ten years ago."""
    cycle = cycle_at(kecamatan, None)
    without("guard_stay_update")
    cycle.stays.update(left_at=datetime(2016, 5, 1, tzinfo=UTC))
    rule(source="belum dikonfirmasi").save()
    return cycle


def test_the_archive_tells_how_long_a_cycle_is_kept(kecamatan, old):
    said = words(logged_in(kecamatan.asn).get(reverse("archive")))
    assert "inaktif s.d. 31 Desember 2021, kemudian musnah (belum dikonfirmasi)" in said
    assert "Melewati masa retensi." in said


def test_what_is_past_its_time_can_be_listed_and_nothing_is_deleted(kecamatan, old):
    cycle_at(kecamatan, None, 2)
    said = words(logged_in(kecamatan.camat).get(reverse("archive"), {"masa": "lewat"}))
    listed = said.partition("Melewati masa retensi")[2]
    assert "Pengukuran TW I 2026" in listed
    assert "Pengukuran TW II 2026" not in listed
    assert "Tidak ada yang dihapus" in said
    assert MeasurementCycle.objects.archived().count() == 2


def test_a_cycle_in_its_time_is_not_listed(kecamatan):
    cycle_at(kecamatan, None)
    rule().save()
    said = words(logged_in(kecamatan.camat).get(reverse("archive"), {"masa": "lewat"}))
    assert "Tidak ada siklus yang melewati masa retensinya." in said

"""The plan once a year is approved: by whom, by which document, and every change of a value after that."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from measurement.models import Indicator, PlanApproval, PlanNode, Revision
from measurement.papers import issue
from measurement.plan import revising
from measurement.plan.revising import Basis, Revised
from measurement.rules.sop import STEP_BY_KEY
from tests.support.characters import YEAR, cycle_at, fresh
from tests.support.pages import form_of, logged_in, words

DOCUMENT, DATED = "Perjanjian Kinerja 2026", date(2026, 1, 5)
BASIS = {
    "reason": "Pagu dikurangi pada P-APBD.",
    "document": "Perjanjian Kinerja Perubahan 2026",
    "dated": "2026-09-01",
}
WHOLE = Basis(BASIS["reason"], BASIS["document"], date(2026, 9, 1))


@pytest.fixture
def approved(kecamatan):
    """The office whose plan of the year was approved."""
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, DOCUMENT, DATED)
    return kecamatan


def page(indicator: Indicator) -> str:
    return f"{reverse('indicator', args=[indicator.pk])}?tahun={YEAR}"


def change(office, **values):
    """Post the page of the office's first indicator with other values."""
    url = page(office.indicators[0])
    client = logged_in(office.tim)
    return client.post(url, form_of(client.get(url), f"?tahun={YEAR}") | values)


def of_pagu(office, year: int = YEAR) -> Revised:
    return Revised(office.sub, None, year, f"pagu {year}", "Rp10.000.000", "Rp9.000.000")


# Revising on the indicator's page


def test_an_approved_target_cannot_change_without_a_basis(approved):
    response = change(approved, annual="10", p4="1", name="Nama baru indikator")
    assert response.status_code == 422
    text = words(response)
    for sentence in (
        "harus menyebut dasar revisi",
        "Tuliskan alasan revisi",
        "Sebutkan nama dan nomor dokumennya",
        "Isi tanggal dokumennya",
    ):
        assert sentence in text
    indicator = Indicator.objects.get(pk=approved.indicators[0].pk)
    assert (indicator.name, indicator.version, indicator.targets.get().annual) == ("Jumlah laporan 1", 1, 12)
    assert form_of(response, f"?tahun={YEAR}")["annual"] == "10"


def test_an_approved_target_is_revised_with_a_basis(approved):
    assert change(approved, annual="10", p4="1", **BASIS).status_code == 302
    assert approved.indicators[0].targets.get().annual == 10
    found = Revision.objects.order_by("pk")
    assert [(r.label, r.old, r.new) for r in found] == [
        ("target setahun", "12", "10"),
        ("target TW IV", "3", "1"),
    ]
    assert {(r.year, r.node, r.indicator, r.made_by) for r in found} == {
        (YEAR, approved.sub, approved.indicators[0], approved.tim)
    }
    assert {Basis(r.reason, r.document, r.dated) for r in found} == {WHOLE}


@pytest.mark.parametrize(
    "gap", [{"reason": "pendek"}, {"document": " "}, {"dated": ""}, {"dated": "2999-01-01"}]
)
def test_a_basis_must_be_whole(approved, gap):
    assert change(approved, annual="10", **(BASIS | gap)).status_code == 422
    assert not Revision.objects.exists()
    assert approved.indicators[0].targets.get().annual == 12


def test_a_target_of_a_year_that_is_not_approved_changes_freely(kecamatan):
    assert "Dasar revisi" not in words(logged_in(kecamatan.tim).get(page(kecamatan.indicators[0])))
    assert change(kecamatan, annual="10").status_code == 302
    assert kecamatan.indicators[0].targets.get().annual == 10
    assert not Revision.objects.exists()


def test_a_definition_changes_without_a_basis(approved):
    assert "Dasar revisi" in words(logged_in(approved.tim).get(page(approved.indicators[0])))
    assert (
        change(approved, name="Jumlah laporan resmi", formula="Hitung.", source="Buku agenda").status_code
        == 302
    )
    assert Indicator.objects.get(pk=approved.indicators[0].pk).source == "Buku agenda"
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("values", "revision"),
    [
        ({"measure": "Dokumen"}, ("satuan", "Laporan", "Dokumen")),
        (
            {"method": "minimum"},
            ("arah", "Maksimum (semakin tinggi semakin baik)", "Minimum (semakin rendah semakin baik)"),
        ),
        ({"accumulation": "posisi_akhir"}, ("sifat", "Jumlah (kumulatif)", "Posisi akhir")),
        ({"high": "14"}, ("batas atas rentang", "–", "14")),
        ({"score_scale": "WTP=4, TW=2"}, ("skala skor", "–", "WTP=4, TW=2")),
    ],
)
def test_what_an_approved_target_means_changes_only_with_a_basis(approved, values, revision):
    assert change(approved, **values).status_code == 422
    assert not Revision.objects.exists()
    assert change(approved, **values, **BASIS).status_code == 302
    found = Revision.objects.get()
    assert (found.label, found.old, found.new, found.year) == (*revision, YEAR)


def test_the_bounds_of_a_range_are_its_target(approved):
    Indicator.objects.filter(pk=approved.indicators[0].pk).update(method="rentang", low=10, high=14)
    assert change(approved, high="20").status_code == 422
    assert change(approved, high="20", **BASIS).status_code == 302
    revision = Revision.objects.get()
    assert (revision.label, revision.old, revision.new) == ("batas atas rentang", "14", "20")


def test_a_stale_page_revises_nothing(approved):
    assert change(approved, annual="10", version="0", **BASIS).status_code == 422
    assert not Revision.objects.exists()


def test_a_cycle_under_way_keeps_its_frozen_target(approved):
    cycle = cycle_at(approved, "measure")
    change(approved, annual="10", p1="1", **BASIS)
    row = cycle.rows.get(indicator=approved.indicators[0])
    assert (row.target_year, Decimal(row.targets[0])) == (12, 3)


def test_the_next_cycle_takes_the_revised_target(approved):
    change(approved, annual="10", p1="1", **BASIS)
    assert cycle_at(approved, "measure").rows.get(indicator=approved.indicators[0]).target_year == 10


# Recording


def test_a_change_of_a_year_that_is_not_approved_is_no_revision(approved):
    assert revising.record_revision(approved.plan, approved.tim, None, [of_pagu(approved, YEAR + 1)]) == 0
    assert (
        revising.record_revision(
            approved.plan, approved.tim, WHOLE, [of_pagu(approved, YEAR + 1), of_pagu(approved)]
        )
        == 1
    )
    assert Revision.objects.get().year == YEAR


def test_a_very_long_value_still_becomes_a_revision(approved):
    revising.record_revision(
        approved.plan, approved.tim, WHOLE, [Revised(approved.sub, None, YEAR, "pagu", "x" * 390, "y")]
    )
    assert len(Revision.objects.get().old) == 300


@pytest.mark.parametrize(
    "statement", ["UPDATE measurement_revision SET reason = 'lain'", "DELETE FROM measurement_revision"]
)
def test_a_revision_stays_as_it_was_written(approved, statement):
    revising.record_revision(approved.plan, approved.tim, WHOLE, [of_pagu(approved)])
    with (
        pytest.raises(IntegrityError, match="tidak dapat diubah"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


# Reading


def test_everybody_in_the_office_reads_revisions_by_year(approved):
    revising.record_revision(approved.plan, approved.tim, WHOLE, [of_pagu(approved)])
    text = words(logged_in(approved.asn).get(reverse("revisions"), {"tahun": YEAR}))
    assert (
        "pagu 2026 Rp10.000.000 Rp9.000.000 Pagu dikurangi pada P-APBD. Perjanjian Kinerja Perubahan 2026, 1 September 2026"
        in text
    )


def test_the_list_of_revisions_has_pages(approved):
    revising.record_revision(approved.plan, approved.tim, WHOLE, [of_pagu(approved)] * 30)
    text = words(logged_in(approved.asn).get(reverse("revisions"), {"halaman": 2}))
    assert "30 revisi" in text
    assert "Halaman 2 dari 2" in text


def test_an_indicator_lists_its_own_revisions(approved):
    change(approved, annual="10", **BASIS)
    client = logged_in(approved.asn)
    assert "Revisi indikator ini" in words(client.get(page(approved.indicators[0])))
    assert "Revisi indikator ini" not in words(client.get(page(approved.indicators[1])))


@pytest.mark.parametrize("name", ["revisions", "plan"])
def test_a_plan_of_another_office_is_not_found(kecamatan, neighbour, name):
    client, before = logged_in(neighbour.tim), PlanApproval.objects.count()
    url = f"{reverse(name)}?rencana={kecamatan.plan.pk}"
    assert client.get(url).status_code == 404
    assert client.post(url, {"year": YEAR, "document": DOCUMENT, "dated": "2026-01-05"}).status_code == 404
    assert PlanApproval.objects.count() == before


# On paper


def test_the_methodology_paper_names_the_approval_and_the_revisions(approved):
    cycle, step = cycle_at(approved, "prepare_method"), STEP_BY_KEY["prepare_method"]
    revising.record_revision(approved.plan, approved.tim, WHOLE, [of_pagu(approved)])
    content = issue(fresh(cycle), step.output, approved.tim).content
    assert content["approval"] == {
        "year": "2026",
        "sentence": f"Ditetapkan dengan {DOCUMENT} tanggal 5 Januari 2026.",
    }
    revision = content["revisions"][0]
    assert (revision["where"], revision["old"], revision["new"]) == (
        str(PlanNode.objects.get(pk=approved.sub.pk)),
        "Rp10.000.000",
        "Rp9.000.000",
    )


def test_an_approved_year_stays_inside_its_plan(kecamatan):
    revising.approve(kecamatan.plan, YEAR, kecamatan.tim, "Perjanjian Kinerja", date(YEAR, 1, 5))
    kecamatan.plan.start_year, kecamatan.plan.end_year = YEAR + 1, YEAR + 5
    with pytest.raises(ValidationError, match=str(YEAR)):
        kecamatan.plan.full_clean()

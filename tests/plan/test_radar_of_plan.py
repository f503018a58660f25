"""The radar looks at the plan in itself: gaps, targets and pagu that don't fit, documents that are missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from measurement.models import Appointment, Indicator, Pagu, Target
from measurement.plan.radar import FindingKind, findings
from measurement.rules.sop import REFERENCE_DOCUMENTS
from tests.plan.test_radar import MONEY, SUB, both, document, said
from tests.support.characters import YEAR

# The plan in itself


def test_sub_kegiatan_without_indicator_in_use_weighs_more_than_a_program_without(kecamatan):
    Indicator.objects.update(retired=True)
    found = [
        finding for finding in findings(kecamatan.plan, YEAR) if finding.kind == FindingKind.NO_INDICATOR
    ]
    assert [finding.light for finding in found] == [False, True, True, True]
    assert found[0].where == f"Sub kegiatan {SUB}"


def test_indicator_without_owner_and_one_whose_owner_left_are_found(kecamatan):
    Indicator.objects.filter(name="Jumlah laporan 2").update(owner=None)
    Appointment.objects.filter(person=kecamatan.asn).update(ends=timezone.localdate() - timedelta(days=1))
    left, without = said(kecamatan, FindingKind.NO_OWNER)
    assert (kecamatan.asn.name in left, "belum mempunyai" in without) == (True, True)


@pytest.mark.parametrize(("pagu", "light"), [(MONEY, False), (0, True)])
def test_indicator_without_target_is_light_where_nothing_is_planned(kecamatan, pagu, light):
    Target.objects.all().delete()
    Pagu.objects.update(amount=pagu)
    assert [f.light for f in findings(kecamatan.plan, YEAR) if f.kind == FindingKind.NO_TARGET] == [
        light,
        light,
    ]


@pytest.mark.parametrize(
    ("field", "gap"),
    [("formula", "definisi dan formula"), ("source", "sumber data"), ("evidence_wanted", "bukti")],
)
def test_incomplete_definition_says_what_is_missing(kecamatan, field, gap):
    Indicator.objects.filter(name="Jumlah laporan 1").update(**{field: ""})
    (sentence,) = said(kecamatan, FindingKind.DEFINITION)
    assert gap in sentence


@pytest.mark.parametrize(
    ("accumulation", "quarters", "fits"),
    [
        ("jumlah", (3, 3, 3, 3), True),
        ("jumlah", (3, 3, 3, 4), False),
        ("posisi_akhir", (1, 2, 3, 12), True),
        ("posisi_akhir", (12, 12, 12, 11), False),
        ("rata_rata", (1, 1, 1, 1), True),
        ("jumlah", (3, 3, 3, None), True),
    ],
)
def test_quarters_must_lead_to_the_year(kecamatan, accumulation, quarters, fits):
    Indicator.objects.update(accumulation=accumulation)
    Target.objects.filter(indicator=kecamatan.indicators[0]).update(
        **dict(zip(("p1", "p2", "p3", "p4"), quarters, strict=True))
    )
    Target.objects.filter(indicator=kecamatan.indicators[1]).update(p1=None)
    assert len(said(kecamatan, FindingKind.PERIODS)) == (0 if fits else 1)


def test_pagu_without_target_and_target_without_pagu_are_light(kecamatan):
    Target.objects.update(annual=0, p1=0, p2=0, p3=0, p4=0)
    assert "semua targetnya 0" in said(kecamatan, FindingKind.UNPAIRED)[0]
    Pagu.objects.all().delete()
    assert said(kecamatan, FindingKind.UNPAIRED) == []
    Target.objects.update(annual=4)
    assert "tidak mempunyai pagu" in said(kecamatan, FindingKind.UNPAIRED)[0]


def test_each_document_that_is_missing_is_one_quiet_line(kecamatan):
    document(kecamatan, "renja", both())
    found = [finding for finding in findings(kecamatan.plan, YEAR) if finding.kind == FindingKind.NO_DOCUMENT]
    assert {finding.mend.key for finding in found} == set(REFERENCE_DOCUMENTS) - {"renja"}
    assert all(finding.light for finding in found)

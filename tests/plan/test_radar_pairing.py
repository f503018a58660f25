"""Which line of a document is which indicator of the plan."""

import pytest

from measurement.plan.radar import FindingKind
from measurement.plan.radar.pairing import LIKE, likeness, plain_spelling
from tests.plan.test_radar import SUB, both, branch, compared, document, said, sub_line
from tests.support.characters import YEAR, Office, add_indicator

OTHER = "7.01.02.2.01.0002"


@pytest.fixture
def with_other(kecamatan) -> Office:
    """A second sub kegiatan with an indicator."""
    other = branch(kecamatan, "sub_kegiatan", OTHER, "Sub lain", kecamatan.sub.parent)
    add_indicator(kecamatan, "Jumlah kunjungan", node=other)
    return kecamatan


def test_indicator_under_another_code_is_named_with_both_codes(with_other):
    document(with_other, "renja", [*both(), sub_line("Jumlah kunjungan", pagu=None)])
    assert said(with_other, FindingKind.NAME) == [
        f"Indikator “Jumlah kunjungan” berkode {SUB} pada Renja {YEAR}, tetapi {OTHER} pada rencana."
    ]


def test_code_that_was_only_mistyped_is_one_finding(with_other):
    document(
        with_other,
        "iki",
        [*both(), sub_line("Jumlah kunjungan", code="7.01.02.2.01.0009", name="Sub lain", pagu=None)],
    )
    assert [kind for kind in compared(with_other) if kind != FindingKind.UNPAIRED] == [FindingKind.NAME]


def test_indicator_of_that_name_on_another_level_is_not_meant(with_other):
    document(
        with_other,
        "iki",
        [*both(), sub_line("Jumlah kunjungan", code="7.01.02.2.09", name="Kegiatan baru", pagu=None)],
    )
    assert [kind for kind in compared(with_other) if kind != FindingKind.UNPAIRED] == [
        FindingKind.ONLY_DOCUMENT
    ]


@pytest.mark.parametrize("measure", ["Dokumen", "Laporan"])
def test_of_several_indicators_of_a_name_the_one_that_agrees_is_meant(kecamatan, measure):
    add_indicator(kecamatan, "Jumlah laporan 1", node=kecamatan.sub.parent, measure="Dokumen")
    document(kecamatan, "iki", [{"indicator": "Jumlah laporan 1", "measure": measure, "target": 12}])
    assert compared(kecamatan) == []


def test_numbers_tell_names_apart():
    assert likeness(plain_spelling("Jumlah laporan tahap 1"), plain_spelling("Jumlah laporan tahap 2")) == 0
    assert (
        likeness(plain_spelling("Jumlah laporan kegiatan"), plain_spelling("Jumlah Laporan Kegiatan Desa"))
        >= LIKE
    )

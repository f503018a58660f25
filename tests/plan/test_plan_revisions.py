"""Importing into a plan with an approved year: what is a revision, and what a file may no longer do."""

from datetime import date

import pytest

from measurement.models import Indicator, Pagu, PlanNode, Revision
from measurement.plan import revising, table_import
from measurement.plan.revising import Basis
from measurement.rules.refusals import Incomplete
from tests.plan.test_plan_import import HEADINGS, rows_table, tree

BASIS = Basis("Perubahan anggaran tahun berjalan.", "Perbup 12 Tahun 2026", date(2026, 1, 5))
SUB = "7.01.02.2.01.0001"
DEFINED = [*HEADINGS, "induk", "arah", "sifat", "batas_bawah", "batas_atas", "skala_skor"]


def lines(code: str = SUB, **cells) -> list[list]:
    """The plan of one sub kegiatan, with other cells on the lines of a code."""
    blank = dict.fromkeys(DEFINED, "")
    rows = [blank | dict(zip(HEADINGS, row, strict=True)) for row in tree(1)]
    return [list((row | cells if row["kode"] == code else row).values()) for row in rows]


@pytest.fixture
def office(kecamatan, empty):
    """The office with a plan whose year 2026 was approved and 2027 was not; both have targets."""
    rows = [[*row, row[5]] for row in lines()]
    table_import.apply(empty, rows_table(rows, [*DEFINED, "target_2027"]), kecamatan.tim)
    revising.approve(empty, 2026, kecamatan.tim, "Perjanjian Kinerja 2026", date(2026, 1, 5))
    kecamatan.plan = empty
    return kecamatan


def applied(office, rows: list[list], basis: Basis | None = BASIS) -> list[tuple]:
    """The revisions that a file writes."""
    table_import.apply(office.plan, rows_table(rows, DEFINED), office.tim, basis=basis)
    return [(r.year, r.label, r.old, r.new) for r in Revision.objects.filter(plan=office.plan).order_by("pk")]


@pytest.mark.parametrize(
    ("cells", "revision"),
    [
        ({"satuan": "Dokumen"}, ("satuan", "Laporan", "Dokumen")),
        (
            {"arah": "minimum"},
            ("arah", "Maksimum (semakin tinggi semakin baik)", "Minimum (semakin rendah semakin baik)"),
        ),
        ({"sifat": "posisi_akhir"}, ("sifat", "Jumlah (kumulatif)", "Posisi akhir")),
        ({"batas_bawah": "3"}, ("batas bawah rentang", "–", "3")),
    ],
)
def test_what_an_approved_target_means_changes_only_with_a_basis(office, cells, revision):
    with pytest.raises(Incomplete, match="dasar revisi"):
        applied(office, lines(**cells), basis=None)
    assert applied(office, lines(**cells)) == [(2026, *revision)]


def test_the_bounds_of_a_range_cannot_change_behind_another_direction(office):
    applied(office, lines(arah="rentang", batas_bawah="1", batas_atas="5"))
    for cells in ({"arah": "maksimum"}, {"batas_atas": "1000"}):
        with pytest.raises(Incomplete, match="dasar revisi"):
            applied(office, lines(**cells), basis=None)


def test_a_target_is_told_by_the_scale_of_its_time(office):
    applied(office, lines(arah="predikat", skala_skor="WTP=4, TW=2"))
    found = applied(office, lines(skala_skor="WTP=40, TW=4", target_2026="40"))
    assert (2026, "skala skor", "WTP=4, TW=2", "WTP=40, TW=4") in found
    assert (2026, "target setahun", "WTP (4)", "WTP (40)") in found


def test_what_does_not_change_the_meaning_stays_free(office):
    assert applied(office, lines(nomenklatur="Nama baru"), basis=None) == []


def test_a_branch_of_an_approved_plan_keeps_its_level(office):
    wrong = table_import.preview(
        office.plan, rows_table(lines("7.01.02.2.01", tingkat="program"), DEFINED)
    ).wrong
    assert wrong[0].cell == "A3"
    assert wrong[0].sentence.startswith(
        "Kode 7.01.02.2.01 sudah tersimpan sebagai kegiatan; tingkatnya tidak dapat diubah setelah"
    )


def test_pagu_of_a_sub_kegiatan_cannot_vanish_behind_another_level(office):
    with pytest.raises(Incomplete, match="sudah tersimpan sebagai sub kegiatan"):
        applied(office, lines(tingkat="program", pagu_2026=""))
    assert Pagu.objects.get(node__plan=office.plan).amount == 1000


def test_the_code_of_a_sub_kegiatan_is_no_code_of_a_kegiatan(empty):
    wrong = table_import.preview(empty, rows_table(lines(tingkat="kegiatan", induk="7.01.02"), DEFINED)).wrong
    assert [(cell.cell, cell.sentence) for cell in wrong] == [
        ("A4", f"Kode {SUB} berbentuk kode sub kegiatan.")
    ]


def test_a_branch_of_an_approved_plan_moves_with_a_revision(office):
    moved = [*lines(induk="9.01"), [*["kegiatan", "9.01", "Lain", "", "", "", ""], "7.01.02", *[""] * 5]]
    with pytest.raises(Incomplete, match="dasar revisi"):
        applied(office, moved, basis=None)
    assert applied(office, moved) == [(2026, "induk", "7.01.02.2.01", "9.01")]
    assert PlanNode.objects.get(plan=office.plan, code=SUB).parent.code == "9.01"


def test_a_branch_without_owner_gets_that_of_its_line(empty, kecamatan):
    rows = rows_table(tree(1))
    table_import.apply(empty, rows, kecamatan.tim)
    Indicator.objects.filter(node__plan=empty).update(owner=kecamatan.asn)
    owned = rows_table([[*row, kecamatan.asn.username] for row in tree(1)], [*HEADINGS, "penanggung_jawab"])
    table_import.apply(empty, owned, kecamatan.tim)
    assert not PlanNode.objects.filter(plan=empty, owner=None).exists()


def test_a_revision_rests_on_nothing_older_than_the_approval(office):
    old = Basis("Anggaran berkurang.", "Surat Edaran 1", date(2025, 7, 1))
    with pytest.raises(Incomplete, match="sebelum penetapannya"):
        applied(office, lines(arah="minimum"), old)

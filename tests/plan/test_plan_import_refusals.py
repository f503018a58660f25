"""What a plan's file gets wrong is told with its cell, and nothing of it is written."""

import pytest

from measurement.plan import table_import
from measurement.rules.refusals import Incomplete
from tests.plan.test_plan_import import HEADINGS, rows_table, tree


@pytest.mark.parametrize(
    ("column", "value", "cell", "sentence"),
    [
        (0, "bidang", "A3", "Pilih salah satu"),
        (3, "", "D3", "wajib diisi"),
        (3, "x" * 601, "D3", "paling banyak 600"),
        (5, "1,234.56", "F3", "bukan angka"),
        (5, "12%", "F3", "bukan angka"),
        (6, "-5", "G3", "tidak negatif"),
        (6, "10,5", "G3", "rupiah penuh"),
        (1, "8.01.02.2.01", "B3", "Tidak ada program"),
    ],
)
def test_wrong_cell_has_its_address_and_a_sentence(empty, column, value, cell, sentence):
    rows = tree(0)
    rows[1][column] = value

    preview = table_import.preview(empty, rows_table(rows))

    assert [wrong.cell for wrong in preview.wrong] == [cell]
    assert sentence in preview.wrong[0].sentence


def test_lone_thousand_of_a_percentage_is_asked_back(empty):
    rows = tree(0)
    rows[0][5] = "1.157"

    preview = table_import.preview(empty, rows_table(rows))

    assert preview.wrong[0].cell == "F2"
    assert "1157 atau 1,157" in preview.wrong[0].sentence


def test_same_indicator_twice_is_wrong(empty):
    rows = tree(1)

    preview = table_import.preview(empty, rows_table([*rows, rows[-1]]))

    assert [wrong.cell for wrong in preview.wrong] == ["D5"]


def test_owner_is_found_by_user_name_or_nip_and_refused_otherwise(empty, kecamatan):
    type(kecamatan.asn).objects.filter(pk=kecamatan.asn.pk).update(nip="197001011990011001")
    owners = ["197001011990011001", kecamatan.asn.username, "19700101 199001 1 009"]

    preview = table_import.preview(
        empty,
        rows_table([[*row, owner] for row, owner in zip(tree(1), owners, strict=True)], [*HEADINGS, "pic"]),
    )

    assert [wrong.cell for wrong in preview.wrong] == ["H4"]


def test_missing_column_is_named(empty):
    preview = table_import.preview(
        empty, rows_table([row[:4] + row[5:] for row in tree(1)], HEADINGS[:4] + HEADINGS[5:])
    )

    assert "tidak memuat “satuan”" in preview.wrong[0].sentence


def test_printed_pagu_that_does_not_add_up_is_a_remark(empty):
    rows = tree(2)
    rows[1][6] = "3000"

    preview = table_import.preview(empty, rows_table(rows))

    assert preview.wrong == []
    assert preview.remarks == [
        "Pagu 7.01.02.2.01 tahun 2026 tertulis Rp3.000, jumlah sub kegiatannya Rp2.000; yang dipakai jumlah itu."
    ]


def test_nothing_is_written_when_anything_is_wrong(empty, kecamatan):
    rows = tree(3)
    rows[-1][5] = "banyak"

    with pytest.raises(Incomplete, match="F6"):
        table_import.apply(empty, rows_table(rows), kecamatan.tim)

    assert not empty.nodes.exists()

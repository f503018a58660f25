"""One sub kegiatan in several kelurahan: how a file tells them apart, what is asked, what is stored."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from measurement.models import Indicator, Pagu, PlanNode, SubUnit, Target
from measurement.plan import radar, table_import
from measurement.plan.table_import import ImportChoices
from measurement.rules.refusals import Incomplete
from tests.plan.test_plan_import import HEADINGS, rows_table, tree
from tests.spreadsheets.test_table_reading import table

CODE = "7.01.03.2.02.0001"
HEADED = [*HEADINGS, "kelurahan"]
ABOVE = [
    ["program", "7.01.03", "Program pemberdayaan", "Persentase desa aktif", "%", 90, "", ""],
    ["kegiatan", "7.01.03.2.02", "Kegiatan kelurahan", "Jumlah laporan kegiatan", "Laporan", 4, "", ""],
]


def line(target: int, pagu: int, sub_unit: str = "") -> list:
    name = "Pembangunan sarana kelurahan"
    return ["sub_kegiatan", CODE, name, "Jumlah sarana dibangun", "Unit", target, pagu, sub_unit]


def kelurahan_table(*names: str, headings: list[str] = HEADED):
    """Two lines of one code, 2 and 3 units of 100 and 150 million."""
    lines = [line(2, 100_000_000, names[0]), line(3, 150_000_000, names[1])]
    return rows_table([*ABOVE, *lines], headings)


def stored(plan) -> list[tuple]:
    return [
        (
            node.sub_unit.name if node.sub_unit else "",
            Pagu.objects.get(node=node, year=2026).amount,
            Target.objects.get(indicator__node=node, year=2026).annual,
        )
        for node in PlanNode.objects.filter(plan=plan, code=CODE)
    ]


def test_one_code_in_two_kelurahan_is_two_branches_with_money_and_targets_of_their_own(empty, kecamatan):
    table_import.apply(empty, kelurahan_table("Sukamaju", "Sukasari"), kecamatan.tim)

    assert stored(empty) == [
        ("Sukamaju", Decimal(100_000_000), Decimal(2)),
        ("Sukasari", Decimal(150_000_000), Decimal(3)),
    ]
    assert set(PlanNode.objects.filter(plan=empty, code=CODE).values_list("parent__code", flat=True)) == {
        "7.01.03.2.02"
    }


def test_the_same_file_again_changes_nothing(empty, kecamatan):
    table_import.apply(empty, kelurahan_table("Sukamaju", "Sukasari"), kecamatan.tim)

    again = table_import.preview(empty, kelurahan_table("Kelurahan SUKAMAJU", "Kel. Sukasari"))

    assert again.changes_nothing
    assert again.sub_units == []


def test_code_of_sipd_finds_a_registered_kelurahan_and_its_own_code_is_the_office(empty, kecamatan):
    SubUnit.objects.create(unit=kecamatan.unit, code="7.01.0.00.0.00.01.0001", name="Kelurahan Sukamaju")
    headings = [*HEADINGS, "Kode Sub SKPD"]
    office, kelurahan = "7.01.0.00.0.00.01.0000", "7.01.0.00.0.00.01.0001"

    table_import.apply(empty, kelurahan_table(kelurahan, office, headings=headings), kecamatan.tim)

    assert {name for name, _, _ in stored(empty)} == {"Kelurahan Sukamaju", ""}
    assert SubUnit.objects.count() == 1


def test_unknown_kelurahan_are_shown_and_made_only_if_wanted(empty, kecamatan):
    file = kelurahan_table("Sukamaju", "Sukasari")

    seen = table_import.preview(empty, file)
    with pytest.raises(Incomplete) as refused:
        table_import.apply(
            empty, file, kecamatan.tim, choices=ImportChoices(register=frozenset({"Sukamaju"}))
        )

    assert seen.sub_units == ["Sukamaju", "Sukasari"]
    assert "“Sukasari” belum terdaftar" in refused.value.sentences[0]
    assert SubUnit.objects.count() == 0


def test_lines_that_only_a_kelurahan_can_tell_apart_are_asked_for_it(empty, kecamatan):
    file = rows_table([*(row[:-1] for row in ABOVE), line(2, 100_000_000)[:-1], line(3, 150_000_000)[:-1]])

    seen = table_import.preview(empty, file)
    answered = ImportChoices(sub_units={4: "Sukamaju", 5: "Sukasari"})
    table_import.apply(empty, file, kecamatan.tim, choices=answered)

    assert [question.row for question in seen.questions] == [4, 5]
    assert "isi kolom sub_unit" in seen.wrong[0].sentence
    assert sum(amount for _, amount, _ in stored(empty)) == 250_000_000
    assert sum(target for _, _, target in stored(empty)) == 5


def test_a_file_without_kelurahan_does_not_guess_which_of_two_is_meant(empty, kecamatan):
    table_import.apply(empty, kelurahan_table("Sukamaju", "Sukasari"), kecamatan.tim)

    seen = table_import.preview(empty, rows_table([*ABOVE, line(2, 100_000_000)], HEADED))

    assert "terbagi atas Sukamaju, Sukasari" in seen.wrong[0].sentence
    assert seen.gone == []


def test_a_kelurahan_that_is_gone_is_retired_alone(empty, kecamatan):
    table_import.apply(empty, kelurahan_table("Sukamaju", "Sukasari"), kecamatan.tim)

    table_import.apply(empty, rows_table([*ABOVE, line(2, 100_000_000, "Sukamaju")], HEADED), kecamatan.tim)

    used = Indicator.objects.filter(node__plan=empty, node__code=CODE, retired=False)
    assert [indicator.node.sub_unit.name for indicator in used] == ["Sukamaju"]
    assert Pagu.objects.filter(node__plan=empty, node__code=CODE).count() == 1


def test_database_refuses_a_second_branch_of_code_and_sub_unit(empty, kecamatan):
    sub_unit = SubUnit.objects.create(unit=kecamatan.unit, name="Sukamaju")
    PlanNode.objects.create(plan=empty, level="sub_kegiatan", code=CODE, name="x", sub_unit=sub_unit)

    with pytest.raises(IntegrityError):
        PlanNode.objects.create(plan=empty, level="sub_kegiatan", code=CODE, name="y", sub_unit=sub_unit)


def test_workbook_of_a_plan_with_kelurahan_reads_back_unchanged(empty, kecamatan):
    table_import.apply(empty, kelurahan_table("Sukamaju", "Sukasari"), kecamatan.tim)

    book = table_import.plan_workbook(empty, 2026, filled=True)
    again = table_import.preview(empty, table(book, "isi.xlsx"))

    assert again.changes_nothing


def test_offices_without_sub_units_see_no_column_of_them(empty, kecamatan):
    table_import.apply(empty, rows_table(tree(1)), kecamatan.tim)

    headers = table(table_import.plan_workbook(empty, 2026, filled=True), "isi.xlsx").headers

    assert not {"sub_unit", "kode_sub_unit"} & set(headers)


def test_a_templat_without_a_column_of_kelurahan_is_asked_and_gives_two_lines(empty, kecamatan):
    """The whole file of an office that never heard of sub units: nothing else of it is wrong."""
    code, years = (
        "7.01.03.2.02.0001",
        [f"{kind}_{year}" for kind in ("target", "pagu") for year in (2026, 2027)],
    )
    built = ["sub_kegiatan", code, "Pembangunan sarana kelurahan", "Jumlah sarana dibangun", "Unit"]
    file = rows_table(
        [
            ["sasaran", "S1", "Meningkatnya layanan", "Indeks layanan", "Nilai", 80, 82, "", ""],
            ["program", "7.01.03", "Program pemberdayaan", "Persentase desa aktif", "%", 90, 92, "", ""],
            ["kegiatan", "7.01.03.2.02", "Kegiatan kelurahan", "Jumlah laporan", "Laporan", 4, 4, "", ""],
            [*built, 2, 2, 100_000_000, 100_000_000],
            [*built, 3, 3, 150_000_000, 150_000_000],
        ],
        [*HEADINGS[:5], *years],
    )

    seen = table_import.preview(empty, file)
    named = ImportChoices(sub_units={5: "Sukamaju", 6: "Sukasari"})
    table_import.apply(empty, file, kecamatan.tim, choices=named)

    assert [wrong.row for wrong in seen.wrong] == [5, 6]
    assert {name for name, _, _ in stored(empty)} == {"Sukamaju", "Sukasari"}
    assert sum(amount for _, amount, _ in stored(empty)) == 250_000_000
    assert sum(target for _, _, target in stored(empty)) == 5


def test_documents_and_the_plan_agree_on_the_sum_of_a_code(empty, kecamatan):
    table_import.apply(empty, kelurahan_table("Sukamaju", "Sukasari"), kecamatan.tim)
    facts = radar.load(empty, 2026)

    shared = facts.branches[CODE]

    assert (shared.pagu, shared.label, len(shared.indicators)) == (250_000_000, f"Sub kegiatan {CODE}", 2)
    assert [branch.label for branch in facts.by_node.values() if branch.node.sub_unit] == [
        f"Sub kegiatan {CODE} (Sukamaju)",
        f"Sub kegiatan {CODE} (Sukasari)",
    ]


@pytest.mark.parametrize(
    "whole", [line(5, 250_000_000), [*line(5, 250_000_000)[:3], "", "", "", 250_000_000, ""]]
)
def test_a_row_that_adds_up_its_kelurahan_is_not_stored_beside_them(empty, kecamatan, whole):
    lines = [line(2, 100_000_000, "Sukamaju"), line(3, 150_000_000, "Sukasari")]

    file = rows_table([*ABOVE, whole, *lines], HEADED)

    seen = table_import.apply(empty, file, kecamatan.tim)

    assert table_import.preview(empty, file).changes_nothing
    assert [name for name, _, _ in stored(empty)] == ["Sukamaju", "Sukasari"]
    assert any(remark.startswith(f"Baris 4: {CODE} di sini adalah jumlah") for remark in seen.remarks)


def test_what_the_office_does_itself_beside_its_kelurahan_stays(empty, kecamatan):
    lines = [line(1, 10), line(2, 100, "Sukamaju"), line(3, 150, "Sukasari")]

    table_import.apply(empty, rows_table([*ABOVE, *lines], HEADED), kecamatan.tim)

    assert [(name, amount) for name, amount, _ in stored(empty)] == [
        ("", 10),
        ("Sukamaju", 100),
        ("Sukasari", 150),
    ]


def test_code_and_name_of_sipd_in_one_cell_are_parted(empty, kecamatan):
    own, other = "7.01.0.00.0.00.01.0000 Kecamatan Contoh", "7.01.0.00.0.00.01.0001 Kelurahan Sukamaju"

    table_import.apply(empty, kelurahan_table(own, other), kecamatan.tim)

    assert {name for name, _, _ in stored(empty)} == {"", "Kelurahan Sukamaju"}
    assert SubUnit.objects.get().code == "7.01.0.00.0.00.01.0001"


def test_lines_told_apart_by_their_indicators_alone_are_asked_for_their_kelurahan(empty):
    other = line(3, 150)
    other[3] = "Jumlah sarana dibangun Kelurahan Sukasari"

    wrong = table_import.preview(empty, rows_table([*ABOVE, line(2, 100), other], HEADED)).wrong

    assert [
        (cell.cell, "isi kolom sub_unit bila baris ini milik kelurahan lain" in cell.sentence)
        for cell in wrong
    ] == [("G5", True)]

"""One sub kegiatan in two kelurahan with owners of their own, from the file to recap, Form E.81 and papers. The sums were worked out by hand:

Sukamaju 1 of 1 = 100 %, Rp40 of 100 million; Sukasari 1 of 2 = 50 %, Rp30 of 150 million. The code: (100 + 50) / 2 = 75 %, 70 of 250 = 28 %.
The kegiatan's indicator follows both: 1 + 1 = 2 of 3 = 66,67 %.
"""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.figures import e81
from measurement.figures.calculation import calculate
from measurement.figures.sub_units import SharedCode
from measurement.models import Indicator, IndicatorDefinition, WorksheetNode
from measurement.papers.kertas_kerja_pengukuran import KIND
from measurement.papers.kertas_kerja_rekap import kertas_kerja_rekap_content
from measurement.plan import table_import
from tests.plan.test_plan_import import rows_table
from tests.support.characters import Office, add_colleague, cycle_at, fresh, row_values
from tests.support.pages import logged_in, words

CODE = "7.01.03.2.02.0001"
MILLION = 1_000_000
HEADINGS = [
    *("tingkat", "kode", "nomenklatur", "kelurahan", "indikator", "satuan", "target_2026", "tw1_2026", "tw2_2026", "tw3_2026", "tw4_2026"),
    *("pagu_2026", "formula", "sumber", "bukti", "penanggung_jawab", "mengikuti"),
]  # fmt: skip
DEFINED = ["Jumlah sarana.", "Register", "Foto"]


def lines(asn: str, colleague: str) -> list[list]:
    def line(level, code, name, sub_unit, indicator, measure, targets, pagu, owner, follows=""):
        return [level, code, name, sub_unit, indicator, measure, *targets, pagu, *DEFINED, owner, follows]

    built = ("Jumlah sarana dibangun", "Unit")
    return [
        line("sasaran", "S1", "Layanan", "", "Indeks layanan", "Nilai", (80, 80, 80, 80, 80), "", asn),
        line("program", "7.01.03", "Pemberdayaan", "", "Desa aktif", "%", (90, 90, 90, 90, 90), "", asn),
        line("kegiatan", "7.01.03.2.02", "Kelurahan", "", *built, (5, 3, 2, 0, 0), "", asn, f"jumlah: {CODE}"),
        line("sub_kegiatan", CODE, "Sarana", "Sukamaju", *built, (2, 1, 1, 0, 0), 100 * MILLION, asn),
        line("sub_kegiatan", CODE, "Sarana", "Sukasari", *built, (3, 2, 1, 0, 0), 150 * MILLION, colleague),
    ]  # fmt: skip


@pytest.fixture
def measured(kecamatan):
    """The first quarter under evaluation, as both owners measured it."""
    add_colleague(kecamatan)
    file = rows_table(lines(kecamatan.asn.username, kecamatan.colleague.username), HEADINGS)
    table_import.apply(kecamatan.plan, file, kecamatan.tim)
    Indicator.objects.update(**dict.fromkeys(IndicatorDefinition.SMART, True))
    cycle = cycle_at(kecamatan, "measure")
    fill(kecamatan, cycle, "Sukamaju", kecamatan.asn, 40)
    fill(kecamatan, cycle, "Sukasari", kecamatan.colleague, 30)
    return fresh(cycle)


def fill(office: Office, cycle, sub_unit: str, owner, millions: int) -> None:
    """Everything of this owner: 1 of each, money in millions; then sent."""
    rows = [
        SheetChange(row.pk, row.version, row_values(1)) for row in measuring.movable(cycle, "save", owner)
    ]
    node = cycle.nodes.get(sub_unit=sub_unit)
    money = [SheetChange(node.pk, node.version, {"spent": Decimal(millions * MILLION)})]
    measuring.save(cycle.pk, owner, rows, money)
    measuring.send(cycle.pk, owner)


def test_each_owner_is_asked_for_their_own_kelurahan_only(measured, kecamatan):
    nodes = {node.sub_unit: node for node in measured.nodes.filter(code=CODE)}

    assert {name: node.owner for name, node in nodes.items()} == {
        "Sukamaju": kecamatan.asn,
        "Sukasari": kecamatan.colleague,
    }
    assert nodes["Sukasari"].name == "Sarana (Sukasari)"
    assert measured.state == "evaluasi"


def test_the_recap_shows_the_sum_of_the_code_above_its_kelurahan(measured, kecamatan):
    text = words(logged_in(kecamatan.tim).get(reverse("recap", args=[measured.pk])))

    shared = text[text.index("Sarana – jumlah 2 sub unit") :]
    assert shared.index("75,00 %") < shared.index("Rp250.000.000") < shared.index("Sarana (Sukamaju)")
    assert shared.index("Rp70.000.000") < shared.index("28,00 %") < shared.index("Sarana (Sukasari)")


def test_the_kegiatan_counts_each_kelurahan_once_and_its_indicator_is_the_sum(measured):
    sheet = calculate(measured)
    [kegiatan] = sheet.of_level("kegiatan")

    assert (kegiatan.pagu, kegiatan.spent_to_date) == (250 * MILLION, 70 * MILLION)
    assert kegiatan.capaian.figure.value == 75
    assert round(kegiatan.rows[0].capaian.value, 2) == Decimal("66.67")


def test_form_e81_adds_up_the_code_and_lists_each_kelurahan(measured):
    found = [line for line in e81.form_lines(calculate(measured)) if line.branch.node.code == CODE]
    shared = found[0]

    assert isinstance(shared.branch, SharedCode)
    assert [shared.k[column] for column in (6, 8, 9, 13, 14, 15)] == [5, 5, 2, 2, 2, 40]
    assert [shared.rp[column] for column in (8, 9, 13)] == [250 * MILLION, 70 * MILLION, 70 * MILLION]
    assert [line.k[8] for line in found[1:]] == [2, 3]


def test_recap_per_kelurahan_as_page_and_workbook(measured, kecamatan):
    client = logged_in(kecamatan.tim)
    text = words(client.get(reverse("sub_unit_recap", args=[measured.pk])))
    answer = client.get(reverse("sub_unit_recap_xlsx", args=[measured.pk]))
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))

    assert text.index("Sukamaju") < text.index("40,00 %") < text.index("20,00 %")
    column = next(row.index("Pagu (Rp)") for row in rows if "Pagu (Rp)" in row)
    pagu = {row[1]: row[column] for row in rows if row[1] in ("Sukamaju", "Sukasari")}
    assert pagu == {"Sukamaju": 100 * MILLION, "Sukasari": 150 * MILLION}


def test_papers_name_the_kelurahan_and_say_what_is_followed(measured, kecamatan):
    recap = kertas_kerja_rekap_content(measured, kecamatan.tim)["recap"]
    names = [line["name"] for line in recap]
    sheet = KIND.content(measured, kecamatan.tim)
    told = [row["follows"] for group in sheet["groups"] for row in group["rows"] if row["follows"]]

    assert names[-3:] == ["Sarana – jumlah 2 sub unit", "Sarana (Sukamaju)", "Sarana (Sukasari)"]
    assert told == [
        f"jumlah dari “Jumlah sarana dibangun” ({CODE} (Sukamaju)) dan “Jumlah sarana dibangun” ({CODE} (Sukasari))"
    ]


def test_search_finds_a_kelurahan(measured, kecamatan):
    text = words(logged_in(kecamatan.tim).get(reverse("search"), {"q": "sukasari"}))

    assert f"{CODE} Sarana ( Sukasari )" in text  # the hit is marked


def test_offices_without_kelurahan_see_no_trace(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")

    text = words(logged_in(kecamatan.tim).get(reverse("recap", args=[cycle.pk])))

    assert "sub unit" not in text.lower()
    assert not WorksheetNode.objects.exclude(sub_unit="").exists()

"""A plan is made by ticking the national nomenclature; codes are never typed, and an approved plan asks for the basis of its revision."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measurement.models import Indicator, NomenclatureItem, PlanApproval, PlanNode, Revision
from measurement.plan.nomenclature_list import offered_entries
from measurement.plan.table_import import plan_workbook, preview, read_plan_table
from tests.support.characters import Office, office
from tests.support.pages import form_of, logged_in, words

SUB = "7.01.06.2.01.0001"
SUPPORT = "7.01.01.2.01.0001"
BASIS = {
    "reason": "Perubahan anggaran tahun berjalan",
    "document": "Perubahan Renja Nomor 1",
    "dated": "2026-02-01",
}


def post(made: Office, action: str, *codes: str, who=None, **more):
    values = {"field_code": "7.01", "wanted": "", "action": action, "kode": codes} | more
    return logged_in(who or made.tim).post(reverse("nomenclature"), values)


def codes_of(made: Office) -> list[str]:
    return list(made.plan.nodes.order_by("position").values_list("code", flat=True))


def test_a_ticked_sub_kegiatan_brings_its_parents_and_its_official_indicator(kecamatan):
    assert post(kecamatan, "apply", SUB).status_code == 302
    node = PlanNode.objects.get(code=SUB)
    assert (node.parent.code, node.parent.parent.code) == ("7.01.06.2.01", "7.01.06")
    assert node.indicators.get().measure == "Dokumen"


def test_what_is_there_already_is_not_doubled(kecamatan):
    post(kecamatan, "apply", "7.01.02.2.01.0001", "7.01.02.2.01.0002")
    assert codes_of(kecamatan).count("7.01.02.2.01.0001") == 1
    assert PlanNode.objects.get(code="7.01.02.2.01.0002").parent == PlanNode.objects.get(code="7.01.02.2.01")


def test_branches_come_in_the_order_of_their_codes(kecamatan):
    post(kecamatan, "apply", SUB, SUPPORT, "7.01.02.2.01.0002", "7.01.02.2.02.0001")
    found = codes_of(kecamatan)
    assert found == ["S1", *sorted(found[1:])]


def test_nothing_is_added_by_looking(kecamatan):
    response = post(kecamatan, "preview", SUB)
    assert [entry["code"] for entry in response.context["entries"]] == ["7.01.06", "7.01.06.2.01", SUB]
    assert not PlanNode.objects.filter(code=SUB).exists()


def test_ticks_outlive_a_search_for_something_else(kecamatan):
    response = post(kecamatan, "show", SUB, wanted="ketertiban")
    assert SUB in form_of(response, f"{reverse('nomenclature')}?rencana={kecamatan.plan.pk}")["kode"]
    assert "di luar pencarian" in words(response)


def test_a_search_finds_words_of_the_indicator_and_what_it_stands_under(kecamatan):
    programs = post(kecamatan, "show", wanted="ketertiban umum").context["programs"]
    assert {"7.01.04"} <= {program["code"] for program in programs}


def test_support_programs_are_written_with_the_field_of_the_office(kecamatan):
    response = post(kecamatan, "preview", "1.03.01.2.01.0001", field_code="1.03")
    assert [entry["code"] for entry in response.context["entries"]] == [
        "1.03.01",
        "1.03.01.2.01",
        "1.03.01.2.01.0001",
    ]


def test_a_field_that_is_not_there_says_that_it_can_be_loaded(kecamatan):
    assert "belum dimuat" in words(post(kecamatan, "show", field_code="1.03"))


@pytest.mark.parametrize("field", ["", "7", "7.1", "X.XX", "../7.01"])
def test_a_field_that_cannot_be_is_refused(kecamatan, field):
    assert post(kecamatan, "preview", SUB, field_code=field).status_code == 422


def test_without_a_tick_nothing_is_shown_to_be_added(kecamatan):
    assert "Belum ada yang dicentang" in words(post(kecamatan, "preview"))


def test_a_new_program_stands_under_the_chosen_sasaran(kecamatan):
    sasaran = PlanNode.objects.get(level="sasaran")
    post(kecamatan, "apply", SUB, sasaran=str(sasaran.pk))
    assert PlanNode.objects.get(code="7.01.06").parent == sasaran


def approve(made: Office) -> None:
    PlanApproval.objects.create(
        plan=made.plan, year=2026, document="Perjanjian Kinerja", dated=date(2026, 1, 5), recorded_by=made.tim, recorded_at="2026-01-05T08:00Z"
    )  # fmt: skip


def test_an_approved_plan_asks_for_the_basis_of_the_revision(kecamatan):
    approve(kecamatan)
    response = post(kecamatan, "apply", SUB)
    assert response.status_code == 422
    assert "dasar revisi" in words(response)
    assert not PlanNode.objects.filter(code=SUB).exists()


def test_an_addition_to_an_approved_plan_is_recorded_as_a_revision(kecamatan):
    approve(kecamatan)
    assert post(kecamatan, "apply", SUB, **BASIS).status_code == 302
    assert Revision.objects.filter(node__code=SUB, new="ditambahkan", document=BASIS["document"]).exists()


def test_only_those_who_keep_the_plan_may_pick(kecamatan):
    for somebody in (kecamatan.camat, kecamatan.sekcam, kecamatan.asn):
        assert post(kecamatan, "apply", SUB, who=somebody).status_code == 403
    other = office("416-999")
    answer = logged_in(kecamatan.tim).get(reverse("nomenclature"), {"rencana": other.plan.pk})
    assert answer.status_code == 404


def own_list(*rows, headings=("Kode", "Uraian", "Kinerja", "Indikator", "Satuan")) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("nomenklatur.xlsx", file.getvalue())


ROADS = (
    ("1.03", "URUSAN PEKERJAAN UMUM", "", "", ""),
    ("1.03.10", "PROGRAM PENYELENGGARAAN JALAN", "", "", ""),
    ("1.03.10.2.01", "Penyelenggaraan Jalan Kabupaten/Kota", "", "", ""),
    ("1.03.10.2.01.0005", "Pembangunan Jalan", "Terbangunnya Jalan", "Panjang Jalan yang Dibangun", "Km"),
)


def load(made: Office, file: SimpleUploadedFile):
    """Looked at, and loaded where nothing is wrong."""
    client, url = logged_in(made.tim), reverse("nomenclature_import")
    response = client.post(url, {"action": "preview", "file": file})
    preview = response.context["preview"]
    if preview and not (preview.wrong or preview.changes_nothing):
        client.post(url, {"action": "apply", "seen": preview.digest})
    return response


def test_an_office_of_another_field_loads_its_own_list_and_picks_from_it(kecamatan):
    load(kecamatan, own_list(*ROADS))
    post(kecamatan, "apply", "1.03.10.2.01.0005", field_code="1.03")
    assert Indicator.objects.get(node__code="1.03.10.2.01.0005").measure == "Km"


def test_a_list_loaded_twice_changes_nothing(kecamatan):
    load(kecamatan, own_list(*ROADS))
    again = load(kecamatan, own_list(*ROADS)).context["preview"]
    assert (again.changes_nothing, again.same) == (True, 3)


def test_a_list_with_a_line_for_each_sub_kegiatan_is_read_as_well(kecamatan):
    headings = (
        "kode_program",
        "program",
        "kode_kegiatan",
        "kegiatan",
        "kode_sub_kegiatan",
        "sub_kegiatan",
        "indikator",
        "satuan",
    )
    row = (
        "1.03.10",
        "PROGRAM JALAN",
        "1.03.10.2.01",
        "Jalan Kabupaten",
        "1.03.10.2.01.0005",
        "Pembangunan Jalan",
        "Panjang Jalan",
        "Km",
    )
    load(kecamatan, own_list(row, headings=headings))
    assert set(NomenclatureItem.objects.values_list("code", "indicator")) == {
        ("1.03.10", ""),
        ("1.03.10.2.01", ""),
        ("1.03.10.2.01.0005", "Panjang Jalan"),
    }


def test_a_list_of_one_office_is_not_that_of_another(kecamatan):
    load(kecamatan, own_list(*ROADS))
    other = office("416-999")
    assert "belum dimuat" in words(post(other, "show", field_code="1.03"))


def test_wrong_cells_of_a_list_are_named_and_nothing_is_loaded(kecamatan):
    response = load(
        kecamatan,
        own_list(*ROADS, ("1.03.1O.2.01", "Salah kode", "", "", ""), ("1.03.10.2.02", "", "", "", "")),
    )
    assert [wrong.cell for wrong in response.context["preview"].wrong] == ["A6", "B7"]
    assert not NomenclatureItem.objects.exists()


def test_a_file_that_is_no_list_is_refused_with_a_sentence(kecamatan):
    response = load(kecamatan, own_list(("a", "b"), headings=("Nama", "Umur")))
    assert "bukan daftar nomenklatur" in words(response)


def test_what_was_picked_goes_out_and_comes_back_by_the_import_unchanged(kecamatan):
    post(kecamatan, "apply", SUB, SUPPORT)
    content = plan_workbook(kecamatan.plan, 2026, True)
    table = read_plan_table(SimpleUploadedFile("rencana.xlsx", content))
    seen = preview(kecamatan.plan, table)
    assert (seen.wrong, seen.new, seen.gone, seen.changed) == ([], [], [], [])


def test_a_whole_plan_is_picked_in_as_many_queries(kecamatan):
    def queries(codes: list[str]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert post(kecamatan, "apply", *codes).status_code == 302
        return len(captured)

    first = queries(["7.01.01.2.01.0001"])
    offered = offered_entries(kecamatan.unit, "7.01")
    rest = [code for code in offered if code.startswith("7.01.01.2") and code.count(".") == 5]
    assert len(rest) > 60
    assert queries(rest) <= first + 2

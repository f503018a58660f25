"""The page of the import: what it shows, what it applies, and the basis of revisions that it asks for."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from measurement.models import Indicator, Pagu, PlanApproval, Revision, Target
from measurement.plan import table_import
from measurement.views.plan import plan_import as page
from tests.plan.test_plan_import import HEADINGS, rows_table, tree
from tests.plan.test_plan_layouts import SIPD, sipd_row
from tests.support.characters import cycle_at
from tests.support.pages import form_of, logged_in, words

BASIS = {
    "reason": "Refocusing anggaran triwulan kedua.",
    "document": "Perbup 12 Tahun 2026",
    "dated": "2026-01-05",
}


@pytest.fixture
def tim(empty, kecamatan):
    """Tim SAKIP, with a plan of two sub kegiatan."""
    table_import.apply(empty, rows_table(tree(2)), kecamatan.tim)
    return logged_in(kecamatan.tim)


@pytest.fixture
def approved(empty, kecamatan, tim):
    """The plan's first year is approved."""
    return PlanApproval.objects.create(
        plan=empty,
        year=2026,
        document="PK 2026",
        dated=date(2026, 1, 2),
        recorded_by=kecamatan.tim,
        recorded_at=timezone.now(),
    )


def upload(client, plan, rows, headings=HEADINGS, **values):
    text = "\n".join(";".join(str(value) for value in row) for row in [headings, *rows])
    file = SimpleUploadedFile("rencana.csv", text.encode())
    return client.post(reverse("plan_import"), {"plan": plan.pk, "file": file, "action": "preview", **values})


def press_apply(client, shown, **basis):
    """Press the button on the page that shows the differences."""
    return client.post(reverse("plan_import"), {"action": "apply", "seen": form_of(shown)["seen"]} | basis)


def raised(target: int = 8) -> list[list]:
    rows = tree(2)
    rows[-1][5] = target
    return rows


def test_asn_cannot_import(empty, kecamatan):
    with pytest.raises(PermissionDenied):
        table_import.apply(empty, rows_table(tree(1)), kecamatan.asn)


def test_layout_and_differences_are_shown_before_anything_is_written(tim, empty):
    text = words(upload(tim, empty, raised()))

    assert "Berkas dikenali sebagai templat aplikasi ini , tahun 2026." in text
    assert "target 2026 4 8 TW: 1/1/1/1 → 2/2/2/2" in text
    assert not Target.objects.filter(annual=8).exists()


def test_wrong_cells_and_good_changes_are_shown_together(tim, empty):
    rows = raised()
    rows[0][5] = "banyak"

    response = upload(tim, empty, rows)

    assert "F2" in words(response)
    assert "target 2026 4 8" in words(response)
    assert 'disabled aria-describedby="belum-bisa"' in response.content.decode()


def test_indicator_of_a_wrong_line_is_not_called_gone(tim, empty):
    rows = tree(2)
    rows[-1][5] = "banyak"

    assert table_import.preview(empty, rows_table(rows)).gone == []


def test_apply_writes_and_a_second_press_is_harmless(tim, empty):
    shown = upload(tim, empty, raised())

    first, second = press_apply(tim, shown), press_apply(tim, shown)

    assert (first.url, second.url) == (reverse("plan"), reverse("plan_import"))
    assert Target.objects.get(indicator__name="Jumlah laporan 2", indicator__node__plan=empty).annual == 8


def test_what_was_not_shown_is_not_applied(tim, empty):
    shown = upload(tim, empty, raised())
    Target.objects.filter(indicator__node__plan=empty).update(annual=6)

    response = press_apply(tim, shown)

    assert response.status_code == 409
    assert "sudah berubah sejak" in words(response)
    assert press_apply(tim, response).status_code == 302


# with the third row both files bring the same new indicator, with other targets
@pytest.mark.parametrize("count", [2, 3])
def test_a_page_does_not_apply_the_file_of_another_one(tim, empty, count):
    first, second = ([*tree(count)[:-1], [*tree(count)[-1][:5], target, 1000]] for target in (8, 9))
    shown = upload(tim, empty, first)
    upload(tim, empty, second)

    response = press_apply(tim, shown)

    assert response.status_code == 409
    assert "Terapkan pada" in words(response)
    assert not Target.objects.filter(annual__in=(8, 9)).exists()
    assert press_apply(tim, response).status_code == 302
    assert Target.objects.filter(annual=9).exists()


def test_a_file_is_applied_only_with_what_was_seen_of_it(tim, empty):
    upload(tim, empty, raised())

    assert tim.post(reverse("plan_import"), {"action": "apply"}).status_code == 409


@pytest.mark.parametrize("headings", [HEADINGS, ["tidak dipakai", *HEADINGS[1:]]])
def test_nothing_is_called_gone_as_long_as_a_code_cannot_be_read(tim, empty, headings):
    rows = tree(2)
    rows[-2:] = [["sub_kegiatan", "7.01.02.2.01.0001 - 7.01.02.2.01.0002", *rows[-1][2:]]]

    preview = table_import.preview(empty, rows_table(rows, headings))

    assert (preview.gone, preview.changed) == ([], [])
    assert preview.wrong[0].cell == "B4"
    assert any("yang kodenya tidak terbaca" in remark for remark in preview.remarks)


def test_long_list_says_how_many_more(tim, empty, monkeypatch):
    monkeypatch.setattr(page, "SHOWN", 1)
    rows = [[*row[:5], row[5] if n == 0 else 8, row[6]] for n, row in enumerate(tree(2))]

    assert "… dan 2 perubahan lainnya." in words(upload(tim, empty, rows))


def test_year_of_a_sipd_export_is_chosen_on_the_page(tim, empty):
    asked = upload(tim, empty, [sipd_row(1)], SIPD)
    given = upload(tim, empty, [sipd_row(1)], SIPD, year="2027")

    assert "Pilih tahunnya di bawah" in words(asked)
    assert "sub kegiatan SIPD , tahun 2027" in words(given)


def test_year_outside_the_plan_is_refused(tim, empty, kecamatan):
    assert upload(tim, kecamatan.plan, [sipd_row(1)], SIPD, year="2030").status_code == 422


def test_owner_is_told_once(empty, kecamatan):
    headings = [*HEADINGS, "pic"]
    table_import.apply(
        empty, rows_table([[*row, kecamatan.asn.username] for row in tree(1)], headings), kecamatan.tim
    )

    rows = [[*row, kecamatan.tim.username] for row in tree(1)]
    preview = table_import.apply(empty, rows_table(rows, headings), kecamatan.tim)

    assert [(c.row, c.label, c.new) for c in preview.changed] == [
        (n, "penanggung jawab", kecamatan.tim.name) for n in (2, 3, 4)
    ]
    assert set(empty.nodes.values_list("owner", flat=True)) == {kecamatan.tim.pk}


def test_new_target_and_pagu_of_a_known_indicator_are_told(empty, kecamatan):
    rows = tree(1)
    table_import.apply(empty, rows_table([[*row[:5], "", ""] for row in rows]), kecamatan.tim)

    preview = table_import.preview(empty, rows_table(rows))

    assert [(c.label, c.old) for c in preview.changed] == [*[("target 2026", "–")] * 3, ("pagu 2026", "–")]


# Revisions


def test_change_of_an_approved_year_asks_for_its_basis(tim, empty, approved):
    text = words(upload(tim, empty, raised()))

    assert "5 perubahan pada tahun yang sudah ditetapkan (2026) – isi dasar revisi." in text


def test_other_changes_need_no_basis(tim, empty, approved):
    rows = [[*row[:2], f"{row[2]} baru", *row[3:]] for row in tree(2)]

    shown = upload(tim, empty, rows)

    assert "Dasar revisi" not in words(shown)
    assert press_apply(tim, shown).status_code == 302
    assert not Revision.objects.exists()


def test_revision_without_basis_is_refused_and_what_was_typed_stays(tim, empty, approved):
    shown = upload(tim, empty, raised())

    response = press_apply(tim, shown, reason=BASIS["reason"])

    assert response.status_code == 422
    assert form_of(response)["reason"] == BASIS["reason"]
    assert "Sebutkan nama dan nomor dokumennya." in words(response)
    assert not Target.objects.filter(annual=8).exists()


def test_revisions_are_written_with_old_new_and_basis(tim, empty, approved, kecamatan):
    rows = raised()
    rows[-1][6] = 2500

    press_apply(tim, upload(tim, empty, rows), **BASIS)

    found = {
        r.label: (r.old, r.new, r.document, r.dated, r.made_by) for r in Revision.objects.filter(plan=empty)
    }
    told = (BASIS["document"], date(2026, 1, 5), kecamatan.tim)
    assert found["target setahun"] == ("4", "8", *told)
    assert found["target TW I"] == ("1", "2", *told)
    assert found["pagu"] == ("Rp1.000", "Rp2.500", *told)


def test_new_and_retired_indicators_of_an_approved_year_are_revisions(tim, empty, approved):
    rows = tree(3)
    del rows[2]

    press_apply(tim, upload(tim, empty, rows), **BASIS)

    found = (
        Revision.objects.filter(plan=empty)
        .exclude(label__startswith="target TW")
        .order_by("node__code", "label")
    )
    assert [(r.node.code[-1], r.label, r.old, r.new) for r in found] == [
        ("1", "indikator", "dipakai", "tidak dipakai lagi"),
        ("1", "pagu", "Rp1.000", "–"),
        ("3", "pagu", "–", "Rp1.000"),
        ("3", "target setahun", "–", "4"),
    ]


def test_year_that_is_not_approved_may_change(tim, empty, approved):
    rows = [[*row, row[5]] for row in tree(2)]

    shown = upload(tim, empty, rows, [*HEADINGS, "target_2027"])

    assert press_apply(tim, shown).status_code == 302
    assert not Revision.objects.exists()


def test_cycle_under_way_keeps_its_values(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    before = list(cycle.rows.values_list("indicator", "target_year"))
    rows = tree(1)
    rows[2][3], rows[2][5] = "Jumlah laporan 1", 99

    table_import.apply(kecamatan.plan, rows_table(rows), kecamatan.tim)

    assert (
        Indicator.objects.get(node__plan=kecamatan.plan, name="Jumlah laporan 1").targets.get().annual == 99
    )
    assert list(cycle.rows.values_list("indicator", "target_year")) == before
    assert (
        cycle.nodes.get(code="7.01.02.2.01.0001").pagu != Pagu.objects.get(node__plan=kecamatan.plan).amount
    )

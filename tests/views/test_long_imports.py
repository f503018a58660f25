"""Tables that are too long for a page: looked at and written by the queue, through the same pages, with the same differences and refusals."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement.doors import long_work
from measurement.doors.long_work_files import GONE
from measurement.models import LongWork, NomenclatureItem, Person, SubUnit, Target
from tests.plan.test_plan_import import HEADINGS
from tests.staff.people_files import ROWS, people_file
from tests.support.characters import open_cycle
from tests.support.pages import drained, form_of, logged_in, words
from tests.support.queue import do_waiting
from tests.support.spending_files import book
from tests.views.test_import_choices import KELURAHAN
from tests.views.test_plan_import_page import raised, tim, upload
from tests.views.test_table_check_page import send

__all__ = ["tim"]  # a fixture of the page's own tests


@pytest.fixture(autouse=True)
def everything_is_long(queue, monkeypatch):
    monkeypatch.setattr(long_work, "BIG_FILE", 0)


def shown_after(client, answer):
    """The page to which the order leads, once it is done."""
    assert answer.url.startswith("/pekerjaan/")
    assert do_waiting() == 1
    return client.get(answer.url, follow=True)


def posted(client, shown, name: str, **values):
    return client.post(reverse(name), {"action": "apply", "seen": form_of(shown)["seen"]} | values)


def test_a_plan_is_looked_at_and_written(tim, empty):
    shown = shown_after(tim, upload(tim, empty, raised()))
    assert "target 2026 4 8 TW: 1/1/1/1 → 2/2/2/2" in words(shown)

    order = posted(tim, shown, "plan_import")
    assert not Target.objects.filter(annual=8).exists()
    assert "Rencana diperbarui: 0 indikator baru" in words(shown_after(tim, order))
    assert Target.objects.get(indicator__name="Jumlah laporan 2", indicator__node__plan=empty).annual == 8


def test_what_was_not_shown_is_not_written(tim, empty):
    shown = shown_after(tim, upload(tim, empty, raised()))
    Target.objects.filter(indicator__node__plan=empty).update(annual=6)

    refused = shown_after(tim, posted(tim, shown, "plan_import"))

    assert "sudah berubah sejak perbedaan ditampilkan" in words(refused)
    assert f'href="{reverse("plan_import")}"' in refused.content.decode()
    assert not Target.objects.filter(annual=8).exists()


def test_answers_are_taken_along(tim, empty):
    shown_after(tim, upload(tim, empty, KELURAHAN))
    answers = {"sub_unit-4": "Sukamaju", "sub_unit-5": "Sukasari"}
    shown = shown_after(tim, tim.post(reverse("plan_import"), {"action": "answer", **answers}))

    registered = {"new_sub_unit": ["Sukamaju", "Sukasari"]}
    shown_after(tim, posted(tim, shown, "plan_import", **registered))

    assert set(SubUnit.objects.values_list("name", flat=True)) == {"Sukamaju", "Sukasari"}


def test_a_file_that_can_not_be_read_is_said_on_the_page_of_the_order(tim, empty):
    refused = shown_after(tim, upload(tim, empty, [["x"]], headings=["apa"]))
    assert "Kerjakan lagi" in words(refused)
    assert LongWork.objects.get().error in words(refused)


def test_people_are_looked_at_and_written(kecamatan):
    client = logged_in(kecamatan.administrator)
    sent = client.post(reverse("people_import"), {"action": "preview", "file": people_file(*ROWS)})
    shown = shown_after(client, sent)
    assert "ASN Contoh 12" in words(shown)

    order = posted(client, shown, "people_import")
    assert "3 pegawai baru" in words(shown_after(client, order))
    assert Person.objects.filter(name="ASN Contoh 12").exists()


def test_nomenclature_is_looked_at_and_loaded(kecamatan):
    client = logged_in(kecamatan.tim)
    rows = [["Kode", "Uraian"], ["1.03.02.2.01.0001", "Penyusunan"]]
    file = SimpleUploadedFile("nomenklatur.xlsx", book(rows))
    shown = shown_after(
        client, client.post(reverse("nomenclature_import"), {"file": file, "action": "preview"})
    )

    order = posted(client, shown, "nomenclature_import")
    assert "1 baris baru" in words(shown_after(client, order))
    assert NomenclatureItem.objects.get().name == "Penyusunan"


def test_a_table_is_checked_and_its_verdicts_downloaded(kecamatan):
    client = logged_in(kecamatan.asn)
    shown = shown_after(client, send(kecamatan.asn, "check"))
    assert "Diperiksa 6 angka" in words(shown)

    download = client.get(f"{shown.redirect_chain[-1][0]}&action=download")
    assert openpyxl.load_workbook(io.BytesIO(download.content)).active.max_row > 1


def test_an_answer_that_is_not_kept_any_more_is_said(tim, empty):
    order = upload(tim, empty, raised())
    page = shown_after(tim, order).redirect_chain[-1][0]
    long_work.forget_files(LongWork.objects.get())
    assert "tidak disimpan lagi" in words(tim.get(page))


def test_an_answer_that_somebody_else_wrote_is_not_read(tim, empty, settings):
    """Only what bears our seal is ever read: an answer is an object, not a text."""
    order = upload(tim, empty, raised())
    page = shown_after(tim, order).redirect_chain[-1][0]
    kept = settings.MEDIA_ROOT / LongWork.objects.get().path
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    assert "tidak disimpan lagi" in words(tim.get(page))


def test_an_answer_of_somebody_else_is_nobodys(tim, empty, kecamatan):
    page = shown_after(tim, upload(tim, empty, raised())).redirect_chain[-1][0]
    assert logged_in(kecamatan.sekcam).get(page).status_code in (403, 404)


def test_a_sent_file_that_is_gone_is_said(tim, empty, settings):
    order = upload(tim, empty, raised())
    (settings.MEDIA_ROOT / LongWork.objects.get().parameters["file"]["path"]).unlink()
    assert GONE in words(shown_after(tim, order))


def test_small_files_are_looked_at_on_the_page_itself(tim, empty, monkeypatch):
    monkeypatch.setattr(long_work, "BIG_FILE", 10**6)
    assert "target 2026 4 8" in words(upload(tim, empty, raised(), HEADINGS))


def test_papers_are_made_after_the_step_and_one_on_demand(
    kecamatan, settings, quick_papers, django_capture_on_commit_callbacks
):
    settings.RENDER_PAPERS_AT_ONCE = True
    with django_capture_on_commit_callbacks(execute=True):
        cycle = open_cycle(kecamatan)
    client, paper = logged_in(kecamatan.tim), cycle.papers.earliest("pk")
    asked = client.get(reverse("paper", args=[paper.pk]))
    assert asked.url.startswith("/pekerjaan/")

    assert do_waiting() == LongWork.objects.count() + 1  # and the mail of the order
    assert f'href="{reverse("paper", args=[paper.pk])}"' in client.get(asked.url).content.decode()
    assert drained(client.get(reverse("paper", args=[paper.pk])))["Content-Type"] == "application/pdf"
    assert not cycle.papers.filter(file=None).exists()

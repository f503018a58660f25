"""Who signs which paper is the office's setting, frozen into the paper; what was overtaken asks nobody; step 11 lists what is unsigned."""

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from measurement import files
from measurement.doors import measuring, workflow
from measurement.models import MeasurementCycle, Paper, PaperSetting, Person
from measurement.record.rounds import Arahan
from measurement.rules.sop import ARCHIVE, EVALUATE, MEASURE, SEND_BACK, Output, Role
from measurement.signing.waiting import to_upload, waiting_signatures
from tests.support.characters import Office, cycle_at, fresh, open_cycle, person, settle, walk
from tests.support.pages import form_of, logged_in, words
from tests.support.step_pages import address


@pytest.fixture
def chair(kecamatan) -> Person:
    made = person("ketua", kecamatan.unit, Role.TIM_SAKIP)
    made.appointments.filter(role=Role.TIM_SAKIP).update(chairs=True)
    return Person.objects.get(pk=made.pk)


def signer(paper: Paper) -> Person:
    return paper.signers.get().person


def measured(made: Office) -> Paper:
    return cycle_at(made, EVALUATE.key, quarter=2).papers.get(kind=MEASURE.output)


def choose(office: Office, kind: str, signatory: str) -> None:
    PaperSetting.objects.update_or_create(unit=office.unit, kind=kind, defaults={"signatory": signatory})


def test_the_chair_signs_what_all_measured_whoever_sent_last(kecamatan, chair):
    paper = measured(kecamatan)
    assert (signer(paper), paper.issued_by) == (chair, kecamatan.asn)
    assert paper.content["signatory"]["name"] == chair.name


def test_without_a_chair_the_team_signs(kecamatan):
    assert signer(measured(kecamatan)) == kecamatan.tim


@pytest.mark.parametrize(("signatory", "who"), [("pelaksana", "asn"), ("sekretaris", "sekcam")])
def test_the_office_can_choose_who_signs(kecamatan, chair, signatory, who):
    choose(kecamatan, MEASURE.output, signatory)
    assert signer(measured(kecamatan)) == getattr(kecamatan, who)


def test_papers_that_are_issued_keep_their_signer(kecamatan, chair):
    paper = measured(kecamatan)
    choose(kecamatan, MEASURE.output, "pelaksana")
    paper = Paper.objects.get(pk=paper.pk)
    assert (signer(paper), paper.content["signatory"]["name"]) == (chair, chair.name)


def test_the_administrator_can_choose_it_on_the_page_of_the_paper(kecamatan):
    admin = person("admin", kecamatan.unit, Role.ADMINISTRATOR)
    url = reverse("paper_setting", args=[Output.PENGUKURAN])
    client = logged_in(admin)
    assert "Mengikuti bawaan: Ketua Tim SAKIP" in words(client.get(url))
    client.post(url, form_of(client.get(url)) | {"signatory": "sekretaris", "action": "save"})
    assert PaperSetting.objects.get(kind=Output.PENGUKURAN).signatory == "sekretaris"


def test_a_letter_is_signed_by_whom_it_is_from(kecamatan):
    admin = person("admin", kecamatan.unit, Role.ADMINISTRATOR)
    url = reverse("paper_setting", args=[Output.NOTA_DINAS_PERINTAH])
    assert "Penanda tangan" not in words(logged_in(admin).get(url))


# What asks for no signature any more


def waiting(cycle: MeasurementCycle) -> set[str]:
    return set(waiting_signatures().filter(paper__cycle=cycle).values_list("paper__kind", flat=True))


def test_papers_of_a_round_that_was_sent_back_ask_for_no_signature(kecamatan, to_decide):
    assert {Output.EVALUASI, Output.REKAP, Output.REKAPITULASI} <= waiting(to_decide)
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa kembali serapan.")])
    assert not {Output.EVALUASI, Output.REKAP, Output.REKAPITULASI} & waiting(to_decide)
    assert Output.PENGUKURAN in waiting(to_decide)
    paper = to_decide.papers.get(kind=Output.EVALUASI)
    page = logged_in(kecamatan.tim).get(reverse("sign", args=[paper.signers.get().pk]))
    assert "tidak ditandatangani lagi" in words(page)
    assert "tidak perlu ditandatangani lagi" in words(
        logged_in(kecamatan.tim).get(reverse("cycle", args=[to_decide.pk]))
    )


def test_a_corrected_cycle_asks_for_no_signature(kecamatan):
    past = cycle_at(kecamatan, None)
    assert waiting(past)
    walk(kecamatan, open_cycle(kecamatan))
    assert not waiting(past)
    assert not to_upload(kecamatan.camat).filter(paper__cycle=past)


# Step 11


def test_step_11_lists_what_is_unsigned_and_says_that_it_may_follow(kecamatan):
    cycle = cycle_at(kecamatan, ARCHIVE.key)
    page = logged_in(kecamatan.tim).get(address(cycle))
    unsigned = waiting_signatures().filter(paper__cycle=cycle)
    assert "tidak menghalangi pengarsipan" in words(page)
    assert all(one.paper.number in words(page) for one in unsigned)
    assert f'href="{reverse("sign", args=[unsigned.first().pk])}"' in page.content.decode()


def test_what_was_replaced_is_not_listed_at_step_11(kecamatan, to_decide):
    replaced = to_decide.papers.get(kind=Output.EVALUASI)
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa kembali serapan.")])
    settle(kecamatan, fresh(to_decide))
    cycle = walk(kecamatan, fresh(to_decide), ARCHIVE.key)
    assert replaced.number not in words(logged_in(kecamatan.tim).get(address(cycle)))


# Who judged their own rows


def test_own_verdicts_are_marked_on_the_paper_and_in_its_workbook(kecamatan):
    cycle = cycle_at(kecamatan, EVALUATE.key)
    own = cycle.rows.first()
    cycle.rows.filter(pk=own.pk).update(owner=kecamatan.tim)
    measuring.accept(cycle.pk, kecamatan.tim, dict(cycle.rows.values_list("pk", "version")))
    workflow.perform(fresh(cycle), EVALUATE.key, kecamatan.tim)
    content = cycle.papers.get(kind=EVALUATE.output).content
    told = f"Menilai baris yang diukur atau diisinya sendiri: {kecamatan.tim.name} (1 indikator)."
    assert told in content["summary"]
    assert f"{kecamatan.tim.name} (baris sendiri)" in workbook_words(content)


def workbook_words(content: dict) -> list[str]:
    path = files.absolute(content["attachments"][0]["path"])
    return [str(cell) for row in load_workbook(path).active.iter_rows(values_only=True) for cell in row]


def test_a_paper_says_that_nobody_judged_their_own(kecamatan, to_decide):
    content = to_decide.papers.get(kind=EVALUATE.output).content
    assert "Tidak ada penilai yang menilai barisnya sendiri." in content["summary"]

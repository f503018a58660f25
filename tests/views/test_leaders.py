"""What leaders see is what was sent: a draft is no figure, too few sent rows are no headline, and what stands out is named."""

from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.figures.calculation import calculate
from measurement.figures.recap import recap_line
from measurement.models import Appointment, Indicator, MeasurementCycle, WorksheetRow
from tests.support.characters import Office, add_indicator, cycle_at, fresh
from tests.support.pages import logged_in, words

PAGE = "/capaian/"


@pytest.fixture
def measuring(kecamatan: Office) -> MeasurementCycle:
    """Ten rows to be sent, one of them in percent with the target 80; nothing is sent yet."""
    for number in range(3, 11):
        add_indicator(kecamatan, f"Jumlah laporan {number}", number)
    cycle = cycle_at(kecamatan, "measure")
    cycle.nodes.filter(level="sub_kegiatan").update(spent=2_000_000)
    percent = cycle.rows.first()
    WorksheetRow.objects.filter(pk=percent.pk).update(
        measure="%", accumulation="posisi_akhir", targets=["80"] * 4, target_year=80
    )
    return fresh(cycle)


def send(cycle: MeasurementCycle, count: int) -> None:
    """The last rows are sent with 3 of 3."""
    sent = list(cycle.rows.order_by("-position").values_list("pk", flat=True)[:count])
    WorksheetRow.objects.filter(pk__in=sent).update(realised=3, state="terkirim")


def seen(person, page: str = PAGE) -> str:
    return words(logged_in(person).get(page))


@pytest.mark.parametrize("count", [0, 1, 5, 8, 9])
def test_one_unsent_cell_changes_nothing_that_leaders_see(kecamatan, measuring, count):
    send(measuring, count)
    pages = [PAGE, reverse("trends"), reverse("years")]
    before = [seen(kecamatan.camat, page) for page in pages]
    recap = [recap_line(branch) for _, branch in calculate(fresh(measuring)).nodes()]
    WorksheetRow.objects.filter(measure="%").update(realised=1157, state="draf")
    assert [seen(kecamatan.camat, page) for page in pages] == before
    assert [recap_line(branch) for _, branch in calculate(fresh(measuring)).nodes()] == recap


def test_below_the_share_of_sent_rows_there_is_no_headline(kecamatan, measuring):
    send(measuring, 7)
    text = seen(kecamatan.camat)
    assert "Belum cukup data: 7 dari 10 dikirim; 7 yang dapat dihitung mencapai target" in text
    assert "Capaian kinerja s.d. TW I Belum cukup data" in text
    assert "100,00 % Sangat Tinggi" not in text.partition("Yang perlu perhatian")[0]
    assert "Efisiensi Efisien" not in text
    assert "Angka dari baris yang sudah dikirim 7 indikator" in text


def test_from_that_share_on_the_headline_says_what_is_missing(kecamatan, measuring):
    send(measuring, 8)
    text = seen(kecamatan.camat)
    assert "Sementara: semua 8 indikator mencapai target" in text
    assert "(sementara) 100,00 % Sangat Tinggi 2 dari 10 belum dikirim" in text
    assert "Angka dari baris yang sudah dikirim" not in text


def test_once_all_are_sent_nothing_is_missing(kecamatan, measuring):
    send(measuring, 10)
    assert "belum dikirim" not in seen(kecamatan.camat).partition("Yang perlu perhatian")[0]


def test_before_anything_was_sent_the_page_says_how_many_are_waited_for(kecamatan, measuring):
    measuring.nodes.update(spent=None)
    assert "Belum ada yang diukur: 0 dari 10 dikirim" in seen(kecamatan.camat)


def test_a_draft_is_neither_below_target_nor_met(kecamatan, measuring):
    send(measuring, 9)
    WorksheetRow.objects.filter(measure="%").update(realised=1, state="draf")
    assert "Tidak ada indikator di bawah target: 9 dari 10 indikator dapat dihitung" in seen(kecamatan.camat)


def test_trends_draw_no_capaian_while_too_few_rows_were_sent(kecamatan, measuring):
    send(measuring, 7)
    assert "TW I belum cukup data 20,00" in seen(kecamatan.camat, reverse("trends"))
    send(measuring, 8)
    assert "TW I 100,00 20,00 sementara" in seen(kecamatan.camat, reverse("trends"))


def test_what_stands_out_is_named_beside_the_headline_with_a_link(kecamatan, measuring):
    send(measuring, 9)
    WorksheetRow.objects.filter(measure="%").update(realised=1157, state="terkirim")
    response = logged_in(kecamatan.camat).get(PAGE)
    row = measuring.rows.get(measure="%")
    assert reverse("row_working", args=[measuring.pk, row.pk]) in response.content.decode()
    assert "capaian 1.446,25 %; tanpa indikator ini angka utama menjadi 100,00 %." in words(response)


def test_indicators_of_the_sasaran_and_of_the_camat_have_their_place(kecamatan):
    add_indicator(kecamatan, "Indeks kepuasan", 20, kecamatan.plan.nodes.get(level="sasaran"))
    agreed = add_indicator(kecamatan, "Perjanjian Camat", 21)
    Indicator.objects.filter(pk=agreed.pk).update(owner=kecamatan.camat)
    cycle = cycle_at(kecamatan, "measure")
    cycle.nodes.filter(level="sub_kegiatan").update(spent=1)
    WorksheetRow.objects.update(state="terkirim", realised=3)
    text = seen(kecamatan.camat)
    block = text.partition("IKU dan Perjanjian Kinerja Camat")[2].partition(
        "Capaian dan serapan tiap program"
    )[0]
    assert "Indeks kepuasan" in block
    assert "Perjanjian Camat" in block
    assert "3 3 100,00 % Sangat Tinggi s.d. TW I" in block
    assert "Jumlah laporan 1" not in block


def test_whoever_acts_for_the_camat_keeps_their_own_indicators(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    WorksheetRow.objects.update(state="terkirim", realised=3)
    Appointment.objects.create(
        person=kecamatan.asn,
        unit=kecamatan.unit,
        role="camat",
        kind=Appointment.Kind.PLT,
        title="Camat",
        starts=cycle.first_day,
    )
    assert "Rencana tahun ini belum memuat indikator pada sasaran" in seen(kecamatan.camat)


def test_what_leads_and_what_stands_beside_it_is_said_of_a_program(kecamatan):
    program = kecamatan.plan.nodes.get(level="program")
    add_indicator(kecamatan, "Indeks program", 20, program)
    cycle_at(kecamatan, "measure")
    WorksheetRow.objects.update(state="terkirim", realised=3)
    WorksheetRow.objects.filter(name="Indeks program").update(realised=Decimal("1.5"))
    text = seen(kecamatan.camat).partition("Tabel dan unduhan")[2]
    assert "program uji indikator sendiri memimpin; rata-rata kegiatan di bawahnya 100,00 % 50,00" in text


def test_recap_and_workings_withhold_the_headline_too(kecamatan, measuring):
    send(measuring, 7)
    recap = seen(kecamatan.camat, reverse("recap", args=[measuring.pk]))
    assert "Capaian perangkat daerah Belum cukup data: 7 dari 10 dikirim" in recap
    assert "belum cukup data" in recap.partition("Seluruh perangkat daerah")[2]
    working = seen(kecamatan.camat, reverse("office_working", args=[measuring.pk]))
    assert "Belum cukup data: 7 dari 10 dikirim" in working
    assert "Sangat Tinggi" not in working


def test_the_working_of_a_draft_says_that_it_is_not_counted(kecamatan, measuring):
    row = measuring.rows.first()
    WorksheetRow.objects.filter(pk=row.pk).update(realised=60, state="draf")
    text = seen(kecamatan.camat, reverse("row_working", args=[measuring.pk, row.pk]))
    assert "75,00 % Sedang; belum dikirim, jadi belum ikut dihitung" in text

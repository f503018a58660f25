"""Capaian: the Camat reads one cycle's figures, what is red and why, how long the steps took, and downloads the report."""

from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import voiding
from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, Paper, WorksheetRow
from measurement.rules.numbers import show_percent
from measurement.rules.sop import Output
from tests.support.characters import YEAR, Office, add_indicator, cycle_at, fresh, walk
from tests.support.pages import logged_in, words
from tests.support.past_cycles import copied

PAGE = "/capaian/"


@pytest.fixture
def to_recap(kecamatan: Office) -> MeasurementCycle:
    """TW II to be recapitulated: 1 and 3 of 6 to date (16,67 % and 50,00 %), 2 of 10 million spent."""
    cycle = cycle_at(kecamatan, "recapitulate", quarter=2)
    low = cycle.rows.first()
    WorksheetRow.objects.filter(pk=low.pk).update(
        realised=1, obstacle="Jalan desa terputus banjir.", follow_up=""
    )
    return fresh(cycle)


def seen(person, query: str = "") -> str:
    return words(logged_in(person).get(PAGE + query))


def test_the_figures_on_top_are_the_mean_the_sums_and_their_difference(kecamatan, to_recap):
    text = seen(kecamatan.camat)
    assert "Capaian kinerja s.d. TW II 33,33 % Sangat Rendah" in text
    assert "Serapan anggaran 20,00 % Rp2.000.000 dari pagu setahun Rp10.000.000" in text
    assert "Efisiensi Dinilai pada akhir tahun" in text
    assert "Ketepatan waktu 100,00 % 6 dari 6 langkah dalam waktu baku" in text


def test_the_figures_are_those_of_the_one_calculation(kecamatan, to_recap):
    sheet, text = calculate(to_recap), seen(kecamatan.camat)
    for branch in [sheet.office, *sheet.of_level("program")]:
        assert show_percent(branch.capaian.figure.value) in text
        assert show_percent(branch.serapan.value) in text


def test_last_quarter_stands_beside_as_it_was_archived(kecamatan, to_recap):
    copied(to_recap, YEAR, 1, realised=3)
    text = seen(kecamatan.camat)
    assert "33,33 % Sangat Rendah ↓ turun 66,67 poin dari TW I" in text
    assert f"Dibandingkan dengan Triwulan I {YEAR} yang telah diarsipkan." in text


def test_a_quarter_under_way_is_no_last_quarter(kecamatan, to_recap):
    copied(to_recap, YEAR, 1, realised=3, state="pelaporan")
    assert "Belum ada triwulan sebelumnya" in seen(kecamatan.camat, f"?siklus={to_recap.pk}")


def needing(person, query: str = "") -> str:
    """What stands under the rows that need the leader."""
    return (
        seen(person, query)
        .partition("Yang perlu perhatian Camat")[2]
        .partition("Capaian dan serapan tiap")[0]
    )


def test_the_headline_says_what_was_found_and_who_must_act(kecamatan, to_recap):
    WorksheetRow.objects.update(obstacle="", analysis="")
    WorksheetRow.objects.filter(name="Jumlah laporan 1").update(obstacle="Jalan desa terputus banjir.")
    text, name = seen(kecamatan.camat), kecamatan.asn.name
    assert "2 dari 2 indikator di bawah target; serapan 20,00 % dari pagu setahun." in text
    assert (
        f"Yang perlu bertindak: Tim SAKIP (langkah 7: Tetapkan rekap); {name} menjelaskan sebabnya kepada Camat; {name} menjalankan tindak lanjut."
        in text
    )


def test_the_figures_and_the_headline_stand_before_everything_else(kecamatan, to_recap):
    text = seen(kecamatan.camat)
    places = [
        text.index(words)
        for words in ("Yang perlu bertindak", "Capaian kinerja s.d.", "Yang perlu perhatian")
    ]
    assert places == sorted(places)


def test_below_target_stand_the_furthest_first_in_their_owners_words(kecamatan, to_recap):
    text = needing(kecamatan.camat)
    assert "2 dari 2 indikator yang dapat dihitung di bawah target." in text
    assert (
        f"16,67 % Sangat Rendah {kecamatan.asn.name} 83,33 poin di bawah target: realisasi 1 dari 6 Laporan "
        "Faktor penghambat: “Jalan desa terputus banjir.”" in text
    )
    assert text.index("Jumlah laporan 1") < text.index("Jumlah laporan 2")


def test_a_predicate_has_the_tint_of_its_place_beside_its_word(kecamatan, to_recap):
    page = logged_in(kecamatan.camat).get(PAGE).content.decode()
    assert '<span class="predicate tint-1">Sangat Rendah</span>' in page
    assert '<span class="predicate tint-5">' not in page


def test_nothing_with_the_highest_predicate_is_called_red(kecamatan, to_recap):
    WorksheetRow.objects.update(realised=Decimal("5.8"))
    response = logged_in(kecamatan.camat).get(PAGE)
    assert "96,67 % Sangat Tinggi" in words(response)
    assert "3,33 poin di bawah target" in words(response)
    assert "merah" not in response.content.decode().lower()


def test_an_indicator_that_meets_its_target_needs_nobody(kecamatan, to_recap):
    WorksheetRow.objects.filter(name="Jumlah laporan 2").update(realised=6)
    assert "Jumlah laporan 2" not in needing(kecamatan.camat)


def test_the_same_words_are_told_once(kecamatan, to_recap):
    WorksheetRow.objects.update(obstacle="Jalan desa terputus banjir.", follow_up="", analysis="")
    text = needing(kecamatan.camat)
    assert text.count("Jalan desa terputus banjir.") == 1
    assert "Penjelasannya sama dengan nomor 1." in text


def test_an_indicator_without_a_word_says_so(kecamatan, to_recap):
    WorksheetRow.objects.update(obstacle="", follow_up="", analysis="")
    assert needing(kecamatan.camat).count("Sebabnya belum dituliskan.") == 2


def test_of_many_the_five_that_need_the_leader_are_told_and_the_rest_is_one_click_away(kecamatan):
    for number in range(3, 13):
        add_indicator(kecamatan, f"Jumlah laporan {number}", number)
    cycle = cycle_at(kecamatan, "recapitulate")
    WorksheetRow.objects.update(realised=1)
    client = logged_in(kecamatan.camat)
    page = client.get(PAGE)
    assert "12 dari 12 indikator yang dapat dihitung di bawah target. Lihat semuanya" in words(page)
    assert words(page).count("66,67 poin di bawah target: realisasi 1 dari 3") == 5
    assert "jarak ke target (poin) × bobot tingkat" in words(page)
    everything = f"{PAGE}?siklus={cycle.pk}&bagan=indikator"
    assert f'href="{everything.replace("&", "&amp;")}#bagan">Lihat semuanya' in page.content.decode()
    assert "Jumlah laporan 12 capaian" not in words(page)
    assert (
        words(client.get(everything)).count("Jumlah laporan 12: capaian s.d. TW I 33,33 %") == 1
    )  # described once for both widths


def test_all_reached_is_said_with_how_much_was_computed(kecamatan, to_recap):
    WorksheetRow.objects.update(realised=6)
    text = seen(kecamatan.camat)
    assert (
        "Semua 2 indikator mencapai target; serapan 20,00 % dari pagu setahun. Yang perlu bertindak: Tim SAKIP (langkah 7"
        in text
    )
    assert "Tidak ada indikator di bawah target: 2 dari 2 indikator dapat dihitung." in text


def test_every_step_stands_with_its_standard_and_its_real_time(kecamatan, to_recap):
    text = seen(kecamatan.camat).partition("Waktu baku dan waktu nyata")[2]
    assert "2. Sampaikan arahan ke Tim SAKIP: 0 menit dari 60 menit, sesuai" in text
    assert "11. Pengarsipan data kinerja Tim SAKIP – – Belum" in text


def test_a_cycle_before_its_report_says_when_it_comes(kecamatan, to_recap):
    response = logged_in(kecamatan.camat).get(PAGE)
    assert "Laporan Hasil dapat diunduh setelah langkah 10" in words(response)
    assert "Unduh Laporan Hasil" not in words(response)


def test_the_report_is_the_one_primary_button(kecamatan, to_recap):
    cycle = walk(kecamatan, to_recap, "archive")
    report = Paper.objects.get(cycle=cycle, kind=Output.LAPORAN)
    page = logged_in(kecamatan.camat).get(PAGE).content.decode()
    assert page.count("btn-primary") == 1
    assert f'class="btn btn-primary" href="{reverse("paper", args=[report.pk])}"' in page


def test_a_withdrawn_report_is_not_offered(kecamatan, to_recap):
    cycle = walk(kecamatan, to_recap, "archive")
    report = Paper.objects.get(cycle=cycle, kind=Output.LAPORAN)
    voiding.void(report, kecamatan.sekcam, "Lampiran tertukar dengan triwulan lalu.")
    text = seen(kecamatan.camat)
    assert "Laporan Hasil siklus ini dibatalkan dan belum diterbitkan kembali." in text
    assert "Unduh Laporan Hasil" not in text


def test_what_cannot_be_computed_is_only_words_in_the_chart(kecamatan, to_recap):
    WorksheetRow.objects.update(realised=None)
    page = logged_in(kecamatan.camat).get(PAGE + "?bagan=program")
    assert "capaian s.d. TW II tidak ada yang dapat dihitung, serapan 20,00 %" in words(page)
    chart = page.content.decode().partition('id="bagan"')[2].partition("</figure>")[0]
    assert chart.count('class="target"') == 2 * 2  # of serapan: the program's and the office's, in two widths


def test_figures_of_an_unfinished_cycle_are_called_provisional(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    cycle.rows.update(realised=Decimal(3), state="terkirim")
    assert "Angka sementara" in seen(kecamatan.camat)


def test_a_figure_that_should_stay_low_is_told_as_at_most(kecamatan, to_recap):
    WorksheetRow.objects.filter(name="Jumlah laporan 1").update(method="minimum", realised=11)
    assert "realisasi 11, paling banyak 6 Laporan" in needing(kecamatan.camat)

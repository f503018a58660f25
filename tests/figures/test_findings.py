"""First sentences proposed for the note of the recap, conclusion and suggestions: what the figures say and nothing more."""

from dataclasses import replace

from measurement.figures.calculation import calculate
from measurement.figures.findings import Findings, Short, first_sentences, recap_findings
from tests.support.characters import cycle_at
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.step_pages import address

GOOD = Findings("Triwulan I 2026", 5, 4, 4, "101,20 %", "Sangat Tinggi", "20,00 %", ())
SHORT = tuple(Short(f"Indikator {n}", f"{n}0,00 %", "ASN", "Menambah jadwal.") for n in range(1, 5))


def test_all_met():
    said = first_sentences(GOOD)
    assert said["conclusion"] == (
        "Hasil pengukuran data kinerja Triwulan I 2026: 4 dari 4 indikator yang dapat dihitung mencapai target; 1 indikator lain tidak "
        "dihitung. Capaian perangkat daerah 101,20 % (Sangat Tinggi) dengan serapan anggaran 20,00 %."
    )
    assert said["suggestions"].startswith("Capaian yang sesuai target dipertahankan")


def test_the_lowest_are_named_and_the_others_counted():
    said = first_sentences(replace(GOOD, indicators=8, measured=8, met=4, short=SHORT))
    assert (
        "didahulukan: Indikator 1 (10,00 %); Indikator 2 (20,00 %); Indikator 3 (30,00 %); dan 1 lainnya."
        in said["suggestions"]
    )
    assert "Yang perlu perhatian: Indikator 1 (10,00 %)" in said["recap_note"]


def test_an_indicator_that_is_repeated_one_level_higher_is_named_once():
    said = first_sentences(replace(GOOD, measured=6, short=(SHORT[0], SHORT[0], SHORT[1])))
    assert "didahulukan: Indikator 1 (10,00 %); Indikator 2 (20,00 %)." in said["suggestions"]
    assert "3 indikator di bawah target" in said["suggestions"]


def test_nothing_is_said_of_figures_that_there_are_not():
    said = first_sentences(replace(GOOD, measured=0, met=0, capaian="", predicate="", serapan=""))
    assert said["conclusion"] == (
        "Hasil pengukuran data kinerja Triwulan I 2026: belum ada dari 5 indikator yang dapat dihitung."
    )


def test_the_findings_are_those_of_the_calculation(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    cycle.rows.filter(position=1).update(realised=1)
    found = recap_findings(calculate(cycle, sent_only=True))
    assert (found.indicators, found.measured, found.met) == (2, 2, 1)
    assert [(short.name, short.capaian) for short in found.short] == [("Jumlah laporan 2", "33,33 %")]


def test_the_page_proposes_a_sentence_beside_its_figures_and_takes_it_as_written(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    client = logged_in(kecamatan.tim)
    page = client.get(address(cycle))
    proposed = form_of(page)["recap_note"]
    assert proposed.startswith("Pada Triwulan I 2026 2 dari 2 indikator yang dapat dihitung mencapai target.")
    assert "Kalimat ini diusulkan dari angka" in words(page)
    assert "Angkanya Capaian 100,00 % Sangat Tinggi" in words(page)
    assert submit(client, address(cycle), action="recapitulate").status_code == 302
    cycle.refresh_from_db()
    assert cycle.recap_note == proposed


def test_what_was_written_is_not_proposed_over(kecamatan):
    cycle = cycle_at(kecamatan, "report_to_camat")
    client = logged_in(kecamatan.sekcam)
    submit(client, address(cycle), conclusion="Simpulan sendiri.", suggestions="", action="save")
    page = form_of(client.get(address(cycle)))
    assert page["conclusion"] == "Simpulan sendiri."
    assert page["suggestions"].startswith("Capaian yang sesuai target dipertahankan")

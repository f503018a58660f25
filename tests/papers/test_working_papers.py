"""Kertas kerja: every column that an office expects, what became of each row, and the workbook inside."""

import html
import io
import re

import pytest
from django.conf import settings
from openpyxl import load_workbook

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.models import Paper, PlanNode, WorksheetRow
from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.rules.sop import Output
from tests.support.characters import add_indicator, cycle_at, fill, fresh, open_cycle, row_values, walk
from tests.support.pages import logged_in, submit
from tests.support.smart import at_the_gate, said
from tests.support.step_pages import address

pytestmark = pytest.mark.django_db
COLUMNS = (
    "No.", "Indikator", "Satuan", "Arah", "Sifat", "Target", "Setahun", "TW", "s.d. TW", "Realisasi", "Capaian", "Predikat", "Penanggung jawab",
    "Analisis", "Faktor pendorong", "Faktor penghambat", "Tindak lanjut", "Bukti",
)  # fmt: skip


def drawn(content: dict, output: Output) -> str:
    return html.unescape(render_html(KINDS[output], content))


def heads(page: str) -> set[str]:
    return {" ".join(head.split()) for head in re.findall(r"<th\b[^>]*>(.*?)</th>", page, flags=re.DOTALL)}


def content_of(cycle, output: Output) -> dict:
    return cycle.papers.get(kind=output).content


@pytest.mark.parametrize("output", [Output.PENGUKURAN, Output.EVALUASI])
def test_the_worksheet_has_every_column(paper_contents, output):
    assert set(COLUMNS) <= heads(drawn(paper_contents[output], output))


def test_what_is_too_long_for_the_worksheet_stands_in_the_methodology(paper_contents):
    methodology = paper_contents[Output.METODOLOGI]
    found = heads(drawn(methodology, Output.METODOLOGI))
    assert {
        "Definisi operasional dan formula",
        "Sumber data dan bukti",
        "Arah dan rumus capaian",
        "Sifat",
        "Penanggung jawab",
    } <= found
    expected = f"tercantum pada Kertas Kerja Metodologi Nomor {methodology['number']}."
    for output in (Output.PENGUKURAN, Output.EVALUASI):
        assert paper_contents[output]["notes"][0].endswith(expected)


def test_money_stands_on_every_head_and_on_the_total(paper_contents):
    page = " ".join(drawn(paper_contents[Output.PENGUKURAN], Output.PENGUKURAN).split())
    assert (
        page.count(
            "Pagu Rp10.000.000 · realisasi triwulan ini Rp2.000.000 · s.d. triwulan Rp2.000.000 · serapan 20,00 %"
        )
        == 3
    )
    assert "Pagu Rp10.000.000 · realisasi s.d. triwulan Rp2.000.000 · serapan 20,00 %" in page


def test_a_kegiatan_that_shows_what_its_only_sub_kegiatan_shows_shares_its_line(paper_contents, kecamatan):
    heads = [
        (group["upper"].get("name"), group["name"]) for group in paper_contents[Output.PENGUKURAN]["groups"]
    ]
    assert heads == [(None, "sasaran uji"), (None, "program uji"), ("kegiatan uji", "sub_kegiatan uji")]
    page = drawn(paper_contents[Output.REKAP], Output.REKAP)
    assert page.index("7.01.02.2.01<") < page.index("7.01.02.2.01.0001")


def test_a_kegiatan_of_two_sub_kegiatan_keeps_its_own_line(kecamatan):
    other = PlanNode.objects.create(
        plan=kecamatan.plan,
        parent=kecamatan.sub.parent,
        level="sub_kegiatan",
        code="7.01.02.2.01.0002",
        name="lain",
        owner=kecamatan.asn,
        position=9,
    )
    add_indicator(kecamatan, "Jumlah kunjungan", node=other)
    cycle = walk(kecamatan, open_cycle(kecamatan), "evaluate")
    assert "kegiatan uji" in [
        group["name"] for group in cycle.papers.get(kind=Output.PENGUKURAN).content["groups"]
    ]


def test_a_name_that_begins_with_its_level_is_not_told_its_level_again(kecamatan):
    PlanNode.objects.filter(level="program").update(name="PROGRAM UJI")
    cycle = walk(kecamatan, open_cycle(kecamatan), "evaluate")
    page = drawn(cycle.papers.get(kind=Output.PENGUKURAN).content, Output.PENGUKURAN)
    assert "PROGRAM UJI" in page
    assert "Program:" not in page


def test_words_stand_under_the_figures_they_explain(paper_contents):
    page = drawn(paper_contents[Output.PENGUKURAN], Output.PENGUKURAN)
    rows = re.findall(r'<tr class="(figures|told)">', page)
    assert re.fullmatch(r"(figures( told)+ ?){2}", " ".join(rows)), rows
    assert (
        page.index("Kerja sama yang baik.")
        < page.index("Hujan pada akhir bulan.")
        < page.index("Disimpan di lemari arsip.")
    )


def test_a_row_without_a_word_has_no_empty_line(paper_contents):
    content = paper_contents[Output.PENGUKURAN]
    silent = [
        {**group, "rows": [row | {"said": False} for row in group["rows"]]} for group in content["groups"]
    ]
    assert 'class="told"' not in drawn(content | {"groups": silent}, Output.PENGUKURAN)


def test_everybody_who_measured_is_listed_with_post_and_counts(paper_contents, kecamatan):
    owner = paper_contents[Output.PENGUKURAN]["owners"][0]
    assert (owner["name"], owner["title"], owner["count"], owner["money"]) == ("Asn416-317", "Staf", "2", "1")


def test_the_keys_of_people_are_no_words_of_the_paper(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    found = Paper.objects.get(cycle=cycle, kind=Output.PENGUKURAN).words.split("\n")
    assert str(kecamatan.asn.pk) not in found


def test_the_smart_sheet_gives_every_answer_and_the_reason_of_a_no(kecamatan):
    cycle, vague, chair = at_the_gate(kecamatan)
    submit(logged_in(chair), address(cycle), **said(vague), action="prepare_method")
    content = content_of(fresh(cycle), Output.METODOLOGI)
    assert [row["answers"] for row in content["smart"]] == [["tidak", "ya", "ya", "ya", "ya"], ["ya"] * 5]
    assert content["smart"][0]["code"] == "7.01.02.2.01.0001"
    assert content["smart"][0]["reason"] == "Jenis laporan belum dirinci."
    assert (
        content["smart_summary"]
        == "Dari 2 indikator, 1 memenuhi kelima unsur SMART dan 1 tidak memenuhi sebagian unsurnya."
    )


def returned_once(kecamatan):
    """A cycle in evaluation whose first row was given back and sent again."""
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.earliest("position")
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Bukti belum lengkap, tambahkan.")
    fill(kecamatan, cycle)
    measuring.send(cycle.pk, kecamatan.asn)
    return fresh(cycle)


def test_the_evaluation_tells_what_was_returned_why_and_what_became_of_it(kecamatan):
    content = content_of(walk(kecamatan, returned_once(kecamatan), "recapitulate"), Output.EVALUASI)
    assert content["summary"] == [
        "Dari 2 indikator: 2 diterima.",
        "Dikembalikan kepada penanggung jawab: 1 kali, atas 1 indikator.",
        "Semua penanggung jawab mengisi sendiri.",
        "Tidak ada penilai yang menilai barisnya sendiri.",
    ]
    told = content["returns"][0]
    assert (told["name"], told["reason"], told["outcome"]) == (
        "Jumlah laporan 1",
        "Bukti belum lengkap, tambahkan.",
        "Diterima",
    )
    assert told["by"].startswith("Tim416-317, ")
    assert [row["returned"] for group in content["groups"] for row in group["rows"]] == [
        "pernah dikembalikan 1 kali",
        "",
    ]


def test_the_evaluation_says_who_wrote_for_whom(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    row = cycle.rows.earliest("position")
    measuring.save(cycle.pk, kecamatan.tim, [SheetChange(row.pk, row.version, row_values())], move="fill_for")
    content = content_of(walk(kecamatan, fresh(cycle), "recapitulate"), Output.EVALUASI)
    assert content["on_behalf"] == [
        {"number": "1", "owner": "Asn416-317", "by": "Tim416-317", "what": ["Jumlah laporan 1"]}
    ]
    assert content["summary"][2] == "Diisi Tim SAKIP atas nama 1 penanggung jawab."
    page = drawn(content, Output.EVALUASI)
    assert "Diisi oleh Tim416-317 atas nama penanggung jawab." in page
    assert "Penilai juga yang mengukur atau mengisi baris ini." in page


def test_an_evaluation_without_returns_says_so(paper_contents):
    content = paper_contents[Output.EVALUASI]
    assert content["summary"][1] == "Tidak ada indikator yang dikembalikan kepada penanggung jawab."
    assert "Indikator yang dikembalikan" not in drawn(content, Output.EVALUASI)


@pytest.mark.parametrize(
    ("output", "names"),
    [
        (Output.METODOLOGI, []),
        (Output.PENGUKURAN, ["kertas-kerja.xlsx"]),
        (Output.EVALUASI, ["kertas-kerja.xlsx"]),
        (Output.REKAP, ["rekap.xlsx"]),
    ],
)
def test_the_figures_travel_with_the_paper(paper_contents, output, names):
    content = paper_contents[output]
    assert [attachment["name"] for attachment in content["attachments"]] == names
    assert ("Disertakan di dalam berkas PDF ini" in drawn(content, output)) == bool(names)


def test_the_workbook_inside_holds_the_figures_of_the_paper(kecamatan):
    content = content_of(cycle_at(kecamatan, "evaluate"), Output.PENGUKURAN)
    page = load_workbook(
        io.BytesIO((settings.MEDIA_ROOT / content["attachments"][0]["path"]).read_bytes())
    ).active
    cells = {cell.value for row in page.iter_rows() for cell in row}
    assert {row["name"] for group in content["groups"] for row in group["rows"]} <= cells


def test_an_excused_row_shows_its_reason_once(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    row = cycle.rows.earliest("position")
    measuring.excuse(cycle.pk, kecamatan.tim, row.pk, row.version, "Laporan belum terbit tahun ini.")
    content = content_of(walk(kecamatan, fresh(cycle), "recapitulate"), Output.EVALUASI)
    printed = drawn(content, Output.EVALUASI)
    assert printed.count("Laporan belum terbit tahun ini.") == 1
    assert "Penilai juga yang mengukur" not in printed
    assert WorksheetRow.objects.get(pk=row.pk).state == "dikecualikan"

"""The final report and its draft: the chapters of a laporan, the calculation's figures, earlier quarters from the archive, texts told once."""

import io
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from measurement.figures.calculation import calculate
from measurement.models import Evidence, PaperSetting, StoredFile, WorksheetRow
from measurement.papers import KINDS, draft_laporan, issue, laporan_hasil
from measurement.papers.analysis import runs
from measurement.papers.render import render_html, render_pdf
from measurement.rules.numbers import show_money, show_percent
from measurement.rules.sop import Output
from tests.support.characters import add_indicator, cycle_at, fresh

CHAPTERS = ("I. Pendahuluan", "II. Kegiatan yang dilaksanakan", "III. Hasil yang dicapai", "IV. Simpulan dan saran", "V. Penutup",
            "Lampiran I Laporan", "Lampiran II Laporan", "Lampiran III Laporan")  # fmt: skip


def report(made, cycle) -> dict:
    """What the report would say now."""
    return laporan_hasil.laporan_hasil_content(fresh(cycle), made.sekcam)


def pdf_words(kind: Output, content: dict) -> str:
    pages = PdfReader(io.BytesIO(render_pdf(KINDS[kind], content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def ready(kecamatan):
    """A cycle that waits for the report: one indicator below its target, one above."""
    cycle = cycle_at(kecamatan, "report_to_camat")
    first, second = cycle.rows.all()
    WorksheetRow.objects.filter(pk=first.pk).update(realised=2)
    WorksheetRow.objects.filter(pk=second.pk).update(realised=4)
    return fresh(cycle)


# On paper


def test_the_report_has_the_chapters_of_a_laporan_in_order(paper_contents):
    # kerning parts capitals
    words = pdf_words(Output.LAPORAN, paper_contents[Output.LAPORAN]).replace(" ", "")
    places = [words.find(chapter.replace(" ", "")) for chapter in CHAPTERS]
    assert -1 not in places
    assert places == sorted(places)


def test_figures_on_paper_are_those_of_the_calculation(ready, kecamatan):
    paper = issue(ready, Output.LAPORAN, kecamatan.sekcam)
    words, sheet = pdf_words(Output.LAPORAN, paper.content), calculate(fresh(ready))
    office = sheet.office
    assert f"Capaian kinerja s.d. Triwulan I {show_percent(office.capaian.figure.value)}" in words
    assert (
        f"{show_percent(office.serapan.value)} {show_money(office.spent_to_date)} dari pagu {show_money(office.pagu)}"
        in words
    )
    for figures in sheet.rows.values():
        shown = [figures.row.name, "(Laporan)", "12", "3", figures.row.shown(figures.to_date.realised)]
        assert (
            " ".join([*shown, show_percent(figures.capaian.value), show_percent(figures.capaian_year.value)])
            in words
        )


def test_every_percentage_of_a_branch_can_be_worked_out_again(ready, kecamatan):
    for line in report(kecamatan, ready)["all_levels"]:
        parts, count = re.fullmatch(r"\(?([0-9,+ .]+)\)? ÷ (\d+)", line["formula"]).groups()
        total = sum(Decimal(part.replace(".", "").replace(",", ".")) for part in parts.split(" + "))
        assert show_percent(total / int(count)) == line["capaian"]


def test_charts_tell_the_figures_of_the_table_beside_them(ready, kecamatan):
    content = report(kecamatan, ready)
    program = next(line for line in content["branches"] if line["level"] == "program")
    (drawn,), (money,) = content["charts"]["programs"], content["charts"]["money"]
    assert drawn["groups"][0]["bars"][0]["text"] == f"{program['capaian']} · {program['predicate']}"
    assert [bar["text"] for bar in money["groups"][0]["bars"]] == [
        f"capaian {program['capaian']}",
        f"serapan {program['serapan']}",
    ]


def test_a_program_without_a_figure_has_words_instead_of_a_bar(ready, kecamatan):
    ready.rows.update(realised=None)
    content = report(kecamatan, ready)
    assert content["charts"]["programs"][0]["groups"][0]["bars"][0]["text"] == "tidak dapat dihitung"
    assert content["key_figures"][0]["value"] == "–"


def test_charts_have_their_words_in_the_tagged_pdf(paper_contents):
    html = render_html(KINDS[Output.LAPORAN], paper_contents[Output.LAPORAN])
    assert html.count('<svg class="chart"') == 2
    assert html.count("<title>Capaian") == 2


# Indicators, told once


def test_indicators_are_numbered_as_on_the_worksheet(ready, kecamatan):
    worksheet = ready.papers.get(kind=Output.PENGUKURAN).content["groups"]
    numbered = {row["name"]: row["number"] for group in worksheet for row in group["rows"]}
    lines = [
        line
        for section in report(kecamatan, ready)["sections"]
        for line in section["lines"]
        if not line["is_branch"]
    ]
    assert {line["name"]: line["number"] for line in lines} == numbered


def test_what_is_not_planned_stands_apart_and_branches_without_a_plan_are_left_out(kecamatan):
    add_indicator(kecamatan, "Jumlah yang tidak direncanakan", 5)
    cycle = cycle_at(kecamatan, "report_to_camat")
    cycle.rows.filter(position=2).update(
        planned=False, state="dikecualikan", verdict_note="Tidak direncanakan tahun 2026."
    )
    content = report(kecamatan, cycle)
    program = content["sections"][1]
    assert program["not_planned"] == "3 Jumlah yang tidak direncanakan (7.01.02.2.01.0001)"
    assert "Jumlah yang tidak direncanakan" not in [line["name"] for line in program["lines"]]
    cycle.rows.update(planned=False, state="dikecualikan", verdict_note="Tidak direncanakan tahun 2026.")
    cycle.nodes.update(pagu=0, spent=None)
    assert report(kecamatan, cycle)["sections"][1]["lines"] == []


def test_shortfalls_give_their_reasons_and_repeat_none(ready, kecamatan):
    ready.rows.update(realised=1)
    first, second = report(kecamatan, ready)["shortfalls"]
    assert (first["same_as"], first["obstacle"]) == ("", "Hujan pada akhir bulan.")
    assert (second["same_as"], second["obstacle"], second["follow_up"]) == ("1", "", "")


def test_other_texts_stand_once_with_their_numbers(ready, kecamatan):
    ready.rows.update(realised=3)
    content = report(kecamatan, ready)
    assert content["shortfalls"] == []
    assert {"label": "Faktor pendorong", "text": "Kerja sama yang baik.", "numbers": "1, 2"} in content[
        "remarks"
    ]


def test_what_has_no_figure_is_counted_by_reason(ready, kecamatan):
    ready.rows.filter(position=0).update(targets=["0", "0", "0", "0"])
    (line,) = report(kecamatan, ready)["left_out"]
    assert (line["gap"], line["count"], line["numbers"]) == ("belum dijadwalkan s.d. periode ini", "1", "1")


def test_annual_target_counts_what_the_year_already_reached(ready, kecamatan):
    ready.rows.filter(position=1).update(realised=12)
    content = report(kecamatan, ready)
    assert (
        content["annual"]
        == "Sampai dengan Triwulan I 2026, 1 dari 2 indikator sudah mencapai target setahunnya dan 1 masih di bawah 50 %."
    )
    assert (content["branches"][-1]["met"], content["branches"][-1]["met_year"]) == ("1 dari 2", "1 dari 2")


def test_workings_show_formula_numbers_and_result(ready, kecamatan):
    first, _ = report(kecamatan, ready)["workings"]
    assert (first["capaian"], first["capaian_year"]) == ("66,67 % = 2 ÷ 3 × 100", "16,67 % = 2 ÷ 12 × 100")
    assert (first["how"], first["predicate"]) == ("Maksimum; jumlah", "Sedang: 66,67 ≥ 66")


def test_evidence_lists_file_page_and_digest(ready, kecamatan):
    stored = StoredFile.objects.create(
        unit=kecamatan.unit, sha256="ab" * 32, size=1, kind="pdf", path="uji/bukti.pdf"
    )
    row = ready.rows.first()
    Evidence.objects.create(
        row=row,
        file=stored,
        name="notulen.pdf",
        page="3",
        uploaded_by=kecamatan.asn,
        uploaded_at=ready.opened_at,
    )
    content = report(kecamatan, ready)
    assert content["evidence"] == [
        {
            "number": "1",
            "name": row.name,
            "files": [{"name": "notulen.pdf, hlm. 3", "sha256": "abababababab"}],
        }
    ]
    assert content["evidence_places"] == [{"text": "Disimpan di lemari arsip.", "numbers": "1, 2"}]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([4], "4"), ([1, 2], "1, 2"), ([3, 1, 2], "1–3"), ([1, 3, 4, 5, 9, 10], "1, 3–5, 9, 10")],
)
def test_runs_of_numbers_are_drawn_together(numbers, text):
    assert runs(numbers) == text


# Wording, attachments, draft


def test_the_office_may_word_opening_and_closing_itself(ready, kecamatan):
    PaperSetting.objects.create(
        unit=kecamatan.unit,
        kind=Output.LAPORAN,
        opening="Pembuka kantor {period}.",
        closing="Penutup kantor.",
    )
    html = render_html(KINDS[Output.LAPORAN], issue(ready, Output.LAPORAN, kecamatan.sekcam).content)
    assert "Pembuka kantor Triwulan I 2026." in html
    assert "Penutup kantor." in html
    assert "Seluruh angka berasal dari kertas kerja Triwulan I 2026" in html


def test_the_report_carries_its_workbooks(ready, kecamatan, settings):
    paper = issue(ready, Output.LAPORAN, kecamatan.sekcam)
    names = [kept["name"] for kept in paper.content["attachments"]]
    assert names == ["kertas-kerja.xlsx", "rekap.xlsx", "formulir-e81.xlsx"]
    recap = load_workbook(settings.MEDIA_ROOT / paper.content["attachments"][1]["path"]).active
    header = int("".join(filter(str.isdigit, recap.freeze_panes))) - 1
    headings = [cell.value for cell in recap[header]]
    capaian = recap.cell(recap.max_row, headings.index("Capaian s.d. TW (%)") + 1).value
    assert show_percent(Decimal(str(capaian))) == paper.content["branches"][-1]["capaian"]


def test_the_draft_is_marked_and_carries_the_recap(to_decide, kecamatan):
    paper = issue(to_decide, Output.DRAFT_LAPORAN, kecamatan.sekcam)
    assert [kept["name"] for kept in paper.content["attachments"]] == ["rekap.xlsx"]
    html = render_html(KINDS[paper.kind], paper.content)
    assert '<div class="watermark">DRAFT</div>' in html
    assert "belum merupakan Laporan Hasil" in html


def test_draft_and_report_tell_the_same_figures(ready, kecamatan):
    draft, final = (
        draft_laporan.draft_laporan_content(fresh(ready), kecamatan.sekcam),
        report(kecamatan, ready),
    )
    for part in ("key_figures", "highlights", "shortfalls", "left_out", "notes"):
        assert draft[part] == final[part], part
    assert draft["charts"]["programs"] == final["charts"]["programs"]


def test_the_report_takes_few_queries(ready, kecamatan, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        laporan_hasil.laporan_hasil_content(ready, kecamatan.sekcam)

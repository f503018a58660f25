"""Material for the LKjIP: an editable Word document with real headings and tables, the calculation's figures, only after the approval."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from measurement.figures.calculation import calculate
from measurement.models import Paper, Unit, WorksheetRow
from measurement.papers.docx_writer import MARGINS, WordColumn, WordDocument, WordLine, clean_text
from measurement.papers.lkjip import lkjip_material
from measurement.rules.numbers import show_money, show_percent
from measurement.rules.sop import Output
from tests.support.characters import cycle_at, fresh
from tests.support.pages import logged_in, words

HOSTILE = "=1+1 \x00\x08<w:p>&amp; \ud800\u202e\ufffe\uffff tab\there 😀"


@pytest.fixture
def approved(kecamatan):
    return cycle_at(kecamatan, "report_to_camat")


def material(cycle):
    """The document as Word reads it."""
    return Document(io.BytesIO(lkjip_material(calculate(fresh(cycle)))))


def all_text(document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def headings(document, level: int) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == f"Heading {level}"]


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


# What it says


def test_the_chapter_has_its_sections(approved):
    document = material(approved)
    assert headings(document, 1) == ["BAB III AKUNTABILITAS KINERJA"]
    assert headings(document, 2) == [
        "A. Capaian Kinerja Organisasi",
        "B. Realisasi Anggaran",
        "Sumber angka dan aturan perhitungan",
    ]
    assert headings(document, 3) == ["Sasaran S1: sasaran uji"]
    assert [heading[:2] for heading in headings(document, 4)] == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_it_says_at_the_top_that_it_is_material_to_be_edited(approved):
    draft = Paper.objects.get(cycle=approved, kind=Output.DRAFT_LAPORAN)
    notice = material(approved).paragraphs[1]
    assert notice.text.startswith(
        "BAHAN UNTUK DISUNTING. Naskah ini memuat angka sampai dengan Triwulan I 2026"
    )
    assert draft.number in notice.text
    assert "tidak bernomor" in notice.text


def test_its_figures_are_those_of_the_calculation(approved):
    approved.rows.filter(position=0).update(realised=2)
    sheet = calculate(fresh(approved))
    document = material(approved)
    budget = cells(document.tables[-1])
    office, sub = budget[-1], budget[-2]
    rest = sheet.office.pagu - sheet.office.spent_to_date
    assert office[1:4] == [
        show_money(sheet.office.pagu),
        show_money(sheet.office.spent_to_date),
        show_money(rest),
    ]
    assert sub[4] == show_percent(sheet.office.serapan.value)
    assert (
        f"Capaian sampai dengan Triwulan I 2026 adalah {show_percent(sheet.office.capaian.figure.value)}"
        in all_text(document)
    )


def test_indicators_of_a_sasaran_without_own_ones_are_those_of_its_programs(approved, kecamatan):
    node = approved.nodes.get(level="program")
    approved.rows.update(node=node)
    table = cells(material(approved).tables[0])
    assert [row[0] for row in table[1:]] == ["Jumlah laporan 1", "Jumlah laporan 2"]
    assert table[1][2:] == ["12", "3", "3", "100,00 %", "25,00 %", "Sangat Tinggi"]


def test_years_without_an_archive_are_said_to_be_missing(approved):
    assert "Belum ada tahun sebelumnya dalam rencana ini yang diarsipkan" in all_text(material(approved))


def test_earlier_years_stand_beside_this_one(approved):
    approved.rows.update(node=approved.nodes.get(level="sasaran"))
    approved.rows.filter(position=0).update(years_before={"2024": "9", "2025": "10.5"})
    table = cells(material(approved).tables[1])
    assert table[0] == ["Indikator", "Satuan", "Realisasi 2024", "Realisasi 2025", "Realisasi 2026 s.d. TW I"]
    assert [row[2:] for row in table[1:]] == [["9", "10,5", "3"], ["–", "–", "3"]]


def test_progress_to_the_end_of_the_plan_is_that_of_form_e81(approved):
    approved.rows.update(node=approved.nodes.get(level="sasaran"), target_plan=Decimal(12))
    table = cells(material(approved).tables[1])
    assert table[1][2:] == ["12", "3", "25,00 %"]


def test_what_owners_wrote_stands_once_with_the_indicators(approved):
    text = all_text(material(approved))
    assert text.count("Hujan pada akhir bulan. (indikator: Jumlah laporan 1; Jumlah laporan 2)") == 1


def test_a_figure_that_cannot_be_computed_is_never_zero(approved):
    approved.rows.update(realised=None)
    text = all_text(material(approved))
    assert "belum dapat dihitung" in text
    assert not re.search(r"(?<!\d)0,00 %", text)


def test_a_year_that_plans_nothing_makes_a_document(approved):
    WorksheetRow.objects.filter(cycle=approved).update(
        planned=False, state="dikecualikan", verdict_note="Tidak direncanakan."
    )
    approved.nodes.update(pagu=0, spent=None)
    assert headings(material(approved), 3)


# How it is built


def test_tables_have_captions_repeated_heads_and_whole_rows(approved):
    document = material(approved)
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert len(captions) == len(document.tables) > 3
    for caption in captions:
        assert caption._p.find(qn("w:fldSimple")).get(qn("w:instr")).startswith("SEQ Tabel")
    for table in document.tables:
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True] + [False] * (len(marks) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_tables_are_as_wide_as_the_text():
    word = WordDocument("Judul", "Kantor", "A4", "atas", "bawah")
    word.table(
        "Uji",
        [WordColumn("Satu", 3), WordColumn("Dua", 1, True)],
        [WordLine(["a", "1"]), WordLine(["b", "2"], strong=True)],
    )
    (table,) = Document(io.BytesIO(word.content())).tables
    widths = [column.width for column in table.columns]
    assert abs(sum(widths) - Mm(210 - MARGINS["left"] - MARGINS["right"])) < Mm(1)
    assert widths[0] == pytest.approx(3 * widths[1], rel=0.01)


@pytest.mark.parametrize(("size", "millimetres"), [("A4", (210, 297)), ("F4", (215, 330))])
def test_the_page_is_the_offices_paper(approved, kecamatan, size, millimetres):
    Unit.objects.filter(pk=kecamatan.unit.pk).update(paper_size=size)
    (section,) = material(approved).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == millimetres


def test_page_number_office_and_language(approved, kecamatan):
    document = material(approved)
    (section,) = document.sections
    assert kecamatan.unit.name in section.header.paragraphs[0].text
    fields = [field.get(qn("w:instr")) for field in section.footer.paragraphs[0]._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.core_properties.language == "id-ID"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"id-ID"}


def test_hostile_texts_make_a_valid_document(approved):
    storable = HOSTILE.replace("\ud800", "").replace("\x00", "")
    approved.rows.update(name=storable, obstacle=storable)
    text = all_text(material(approved))
    assert "=1+1 <w:p>&amp;" in text
    assert "😀" in text
    assert not re.search("[\x00-\x08\u202e\ufffe\uffff]", text)


def test_clean_leaves_only_what_xml_can_hold():
    assert clean_text(HOSTILE) == "=1+1 <w:p>&amp;  tabhere 😀"


def test_the_file_holds_no_foreign_parts(approved):
    content = lkjip_material(calculate(fresh(approved)))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        relations = "".join(
            package.read(name).decode() for name in package.namelist() if name.endswith(".rels")
        )
    assert 'TargetMode="External"' not in relations


# Who gets it, and when


@pytest.mark.parametrize("step", ["report_to_camat", "archive", None])
def test_it_can_be_downloaded_once_approved(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    client, address = logged_in(kecamatan.asn), reverse("lkjip_docx", args=[cycle.pk])
    assert address in client.get(reverse("cycle", args=[cycle.pk])).content.decode()
    order = client.get(address)
    answer = client.get(f"{order.url}berkas/")
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert Document(io.BytesIO(b"".join(answer.streaming_content))).tables


def test_before_the_approval_there_is_no_link_and_a_sentence(to_decide, kecamatan):
    client, address = logged_in(kecamatan.camat), reverse("lkjip_docx", args=[to_decide.pk])
    assert address not in client.get(reverse("cycle", args=[to_decide.pk])).content.decode()
    answer = client.get(address)
    assert answer.status_code == 409
    assert "setelah Sekcam menyetujui hasil pengukuran" in words(answer)


def test_strangers_find_nothing(approved, neighbour):
    assert logged_in(neighbour.camat).get(reverse("lkjip_docx", args=[approved.pk])).status_code == 404


def test_it_is_no_issued_paper(approved, kecamatan):
    before = Paper.objects.count()
    logged_in(kecamatan.camat).get(reverse("lkjip_docx", args=[approved.pk]))
    assert Paper.objects.count() == before

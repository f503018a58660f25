"""How papers lie on their pages: nothing outside the margins, nothing cut, heads repeated, signatures never alone. Read from the PDF itself."""

import io
import re

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from measurement.papers import KINDS
from measurement.papers.render import html_to_pdf, render_html, render_pdf
from measurement.rules.sop import Output
from tests.support.paper_contents import MARK, stretched
from tests.support.paper_pages import destinations, rendered, sheets

pytestmark = [pytest.mark.long, pytest.mark.django_db]  # for the contents, which come from a cycle

BOX = (62, 19)  # mm: where a signature is set
LONG_ROW = " ".join(f"kata{number}" for number in range(3000))


def sized(content: dict, size: str) -> dict:
    return content | {"letterhead": content["letterhead"] | {"paper_size": size}}


def printed_marks(html: str) -> set[str]:
    """The marks in what a paper's HTML prints."""
    return set(MARK.findall(re.sub(r"<title>.*?</title>|<[^>]*>", "", html, flags=re.DOTALL)))


def sheet(body: str) -> bytes:
    """A landscape sheet with this body."""
    head = '<head><title>Uji</title><link rel="stylesheet" href="css/paper.css"></head>'
    return html_to_pdf(
        f'<!DOCTYPE html><html lang="id">{head}<body class="landscape-A4 sheet" data-number="1">{body}</body></html>'
    )


def grid(rows: list[str]) -> str:
    return (
        f'<table class="grid"><thead><tr><th>Kepala</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


# Every kind, with the longest texts


@pytest.fixture(scope="module", params=["A4", "F4"])
def printed(request, paper_contents, tmp_path_factory) -> list[tuple]:
    """Every kind of paper on one paper size: kind, content, PDF, and what stands on its pages."""
    orders = [
        (KINDS[output], sized(stretched(content, rows=3), request.param))
        for output, content in paper_contents.items()
    ]
    folder = tmp_path_factory.mktemp("naskah")
    return [
        (kind, content, pdf, sheets(pdf, folder))
        for (kind, content), pdf in zip(orders, rendered(orders), strict=True)
    ]


def test_nothing_is_cut(printed):
    for kind, content, _, pages in printed:
        found = set(MARK.findall("".join(word.text for page in pages for word in page.words)))
        assert found == printed_marks(render_html(kind, content)), kind.code


def test_nothing_leaves_the_margins(printed):
    for kind, _, _, pages in printed:
        for page in pages:
            # spaces between justified words are rounded
            edge = page.width - (14.5 if page.width > page.height else 19.5)
            words = [word for word in page.words if not word.is_watermark]
            outside = [
                w
                for w in words
                if w.left < 24.9 or w.right > edge or w.top < 14 or w.bottom > page.height - 8
            ]
            assert outside == [], kind.code


def test_every_page_has_its_size_number_and_place(printed):
    sizes = {"A4": {(210, 297), (297, 210)}, "F4": {(215, 330), (330, 215)}}
    for kind, content, _, pages in printed:
        assert {(round(page.width), round(page.height)) for page in pages} <= sizes[
            content["letterhead"]["paper_size"]
        ]
        assert (pages[0].width > pages[0].height) == kind.landscape
        for number, page in enumerate(pages, start=1):
            foot = [word for word in page.words if word.top > page.height - 20]
            left, right = (
                "".join(w.text for w in foot if (w.left > page.width * 0.7) == is_right)
                for is_right in (False, True)
            )
            assert right == f"halaman{number}dari{len(pages)}", kind.code
            assert content["number"] in left, kind.code


def test_boxes_for_signatures_are_empty_and_whole(printed):
    for kind, content, pdf, pages in printed:
        places = {
            name: place
            for name, place in destinations(PdfReader(io.BytesIO(pdf))).items()
            if name.startswith("ttd-")
        }
        assert set(places) == {content[key]["anchor"] for key in kind.signed_by}, kind.code
        for index, left, top in places.values():
            page, right, bottom = pages[index], left + BOX[0], top + BOX[1]
            beside = [
                word
                for word in page.words
                if word.left < right and word.right > left and not word.is_watermark
            ]
            assert [word for word in beside if word.top < bottom - 0.5 and word.bottom > top + 0.5] == [], (
                kind.code
            )
            assert right < page.width - 15, kind.code
            assert bottom < page.height - 18, kind.code


# Signatures


@pytest.mark.parametrize("part", ["signature", "signatures"])
@pytest.mark.parametrize("before", ["text", "table", "table and note"])
def test_a_signature_always_has_some_of_the_text_above_it(tmp_path, part, before):
    """Sixty papers in one PDF, each a little longer than the one before, so that the end of the page falls on every line."""
    who = {"name": "Nama", "nip": "1", "title": "Camat", "person": "1"}
    text = (
        "<p class='text'>isi naskah yang dicetak dan cukup panjang untuk mengisi lebih dari satu baris "
        + "kata " * 40
        + "</p>"
    )
    bodies = {"text": text * 3, "table": grid(["<tr><td>isi</td></tr>"] * 8)}
    bodies["table and note"] = bodies["table"] + '<p class="note">isi catatan</p>' * 2
    papers = []
    for number in range(60):
        block = render_to_string(
            f"print/parts/{part}.html",
            {
                "signatory": who | {"anchor": f"ttd-{number}"},
                "left": who,
                "right": who | {"anchor": f"ttd-{number}"},
                "left_above": "Mengetahui,",
                "place": "Uji",
                "date_text": "5 Oktober 2026",
            },
        )
        papers.append(
            f'<section class="annex"><div style="height: {number * 3}mm"></div>{bodies[before]}{block}</section>'
        )
    pdf = sheet("".join(papers))
    places, pages = destinations(PdfReader(io.BytesIO(pdf))), sheets(pdf, tmp_path)
    assert len(pages) > 61  # some papers did need a second page
    for number in range(60):
        index, _, top = places[f"ttd-{number}"]
        above = [word.text for word in pages[index].words if word.top < top]
        assert "isi" in above or "kata" in above, number


# Tables


def test_a_table_of_300_rows_has_its_head_on_every_page(paper_contents, tmp_path):
    content = paper_contents[Output.METODOLOGI]
    smart = [
        content["smart"][0] | {"number": str(number), "name": f"Indikator-{number}."}
        for number in range(1, 301)
    ]
    pages = sheets(render_pdf(KINDS[Output.METODOLOGI], content | {"smart": smart}), tmp_path)
    holding = [page for page in pages if "Indikator-" in page.text]
    assert len(holding) > 5
    assert all("Spesifik" in page.text for page in holding)
    assert {f"Indikator-{number}." for number in range(1, 301)} <= {
        word.text for page in pages for word in page.words
    }


def test_a_row_stays_whole_unless_it_is_taller_than_a_page(tmp_path):
    rows = [f"<tr><td>awal{number} {'kata ' * 700} akhir{number}</td></tr>" for number in range(5)]
    pages = sheets(sheet(grid(rows)), tmp_path)
    for number in range(5):
        assert sum(f"awal{number}" in page.text for page in pages if f"akhir{number}" in page.text) == 1
    giant = sheets(
        sheet(
            grid(["<tr><td>sebelum</td></tr>", f"<tr><td>{LONG_ROW}</td></tr>", "<tr><td>sesudah</td></tr>"])
        ),
        tmp_path,
    )
    assert len(giant) > 2
    assert {*LONG_ROW.split(), "sebelum", "sesudah"} <= {word.text for page in giant for word in page.words}


def test_a_total_is_never_alone_on_its_page(tmp_path):
    """As with the signatures: the end of the page falls on every line."""
    total = '<tr class="level-office"><td>Jumlah</td></tr>'
    papers = [
        f'<section class="annex"><div style="height: {height * 3}mm"></div>{grid(["<tr><td>baris</td></tr>"] * 8 + [total])}</section>'
        for height in range(55)
    ]
    pages = [page.text for page in sheets(sheet("".join(papers)), tmp_path)]
    assert sum("Jumlah" in page for page in pages) == 55
    assert all("baris" in page for page in pages if "Jumlah" in page)


def test_papers_without_anything_to_list_are_whole(paper_contents, tmp_path):
    emptied = [
        (
            KINDS[output],
            {
                name: [] if isinstance(value, list) and name != "smart_labels" else value
                for name, value in content.items()
            },
        )
        for output, content in paper_contents.items()
    ]
    for (kind, content), pdf in zip(emptied, rendered(emptied), strict=True):
        words = " ".join(page.text for page in sheets(pdf, tmp_path))
        assert content["signatory"]["name"] in words, kind.code

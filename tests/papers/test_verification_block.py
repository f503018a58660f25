"""The block at the foot of a paper's first page: a QR symbol and words that lead to where the paper can be checked."""

import re
import subprocess

import pytest
import segno

from measurement.papers import KINDS
from measurement.papers.qr import in_groups, symbol
from measurement.papers.render import render_pdf
from measurement.rules.sop import Output
from tests.support.paper_pages import rendered, sheets

MODULE = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")
URL = "https://sakip.example.go.id/v/0123456789abcdef0123456789abcdef/"


def modules(path: str) -> set[tuple[int, int]]:
    """The dark modules that a path draws."""
    return {(int(x) + step, int(y)) for x, y, width in MODULE.findall(path) for step in range(int(width))}


def dark(text: str) -> list[list[int]]:
    return [list(row) for row in segno.make_qr(text, error="m").matrix]


def lowest_block_top(rows: set[int]) -> int:
    """Where the lowest block of rows begins that no blank row divides: a symbol has none, the text above it stands apart."""
    top = max(rows)
    while top - 1 in rows:
        top -= 1
    return top


def printed_symbol(pdf: bytes, folder, side: int, height: float) -> list[list[int]]:
    """The modules of the symbol as a printer would draw them: the middle of each, from a picture of the page's lower left corner."""
    (folder / "naskah.pdf").write_bytes(pdf)
    corner = ["-x", "200", "-y", str(int(height * 10) - 460), "-W", "330", "-H", "360"]
    # S603, S607: fixed command, no shell; 254 dpi are ten dots a millimetre
    command = ["pdftoppm", "-gray", "-r", "254", "-l", "1", "-singlefile", *corner, "naskah.pdf", "sudut"]
    subprocess.run(command, check=True, cwd=folder)
    _, size, _, dots = (folder / "sudut.pgm").read_bytes().split(b"\n", 3)
    width = int(size.split()[0])
    black = [(place % width, place // width) for place, value in enumerate(dots) if value < 128]
    top = lowest_block_top({y for _, y in black})
    black = [(x, y) for x, y in black if y >= top]
    left = min(x for x, _ in black)
    extent = max(x for x, _ in black) - left + 1
    assert extent >= 220  # 22 mm
    assert max(y for _, y in black) - top + 1 == pytest.approx(extent, abs=1)
    step = extent / side
    return [
        [
            int(dots[int(top + (y + 0.5) * step) * width + int(left + (x + 0.5) * step)] < 128)
            for x in range(side)
        ]
        for y in range(side)
    ]


def test_the_path_draws_the_symbol_within_its_quiet_zone():
    drawn, rows = symbol(URL), dark(URL)
    assert drawn["side"] == len(rows) + 8
    assert modules(drawn["path"]) == {
        (x + 4, y + 4) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    }
    assert symbol(URL) == drawn


def test_the_symbol_survives_fifteen_percent_of_dirt():
    assert segno.make_qr(URL, error="m").error in "MQH"


def test_a_code_is_grouped_to_be_typed():
    assert in_groups("0123456789abcdef") == "0123 4567 89ab cdef"


@pytest.mark.django_db
@pytest.mark.parametrize("output", [Output.NOTA_DINAS_PERINTAH, Output.REKAP])
def test_the_printed_symbol_holds_the_address(paper_contents, tmp_path, output):
    content = paper_contents[output] | {"verify_url": URL}
    rows = dark(URL)
    pdf = render_pdf(KINDS[output], content)
    assert printed_symbol(pdf, tmp_path, len(rows), sheets(pdf, tmp_path)[0].height) == rows


@pytest.mark.django_db
def test_the_first_page_of_every_paper_says_where_to_check_it(paper_contents, tmp_path):
    orders = [(KINDS[output], content) for output, content in paper_contents.items()]
    for (kind, content), pdf in zip(orders, rendered(orders), strict=True):
        first, *others = sheets(pdf, tmp_path)
        block = [word for word in first.words if word.top > first.height - 44 and word.left > 50]
        words = " ".join(word.text for word in block)
        assert content["verify_url"] in words.replace(" ", ""), kind.code
        assert f"Kode verifikasi: {in_groups(content['code'])}" in words, kind.code
        assert "Keaslian naskah ini dapat diperiksa" in words, kind.code
        assert not any("Kode verifikasi:" in page.text for page in others), kind.code
        assert not any("ditandatangani secara elektronik" in page.text for page in (first, *others)), (
            kind.code
        )

"""A paper that is set in parts is one paper: its rows, pages, numbers, structure, bookmarks, places and attachments, and the limits of its processes."""

import io
import os
import re
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from measurement.models import PaperFile
from measurement.papers import KINDS, render
from measurement.papers.kind import Attachment
from measurement.papers.render import html_to_pdf, render_html
from measurement.rules.sop import Output
from measurement.workers.typesetting.parts import LONG
from tests.support.characters import Office, cycle_at
from tests.support.pages import logged_in, words
from tests.support.paper_pages import destinations, sheets

pytestmark = pytest.mark.long
DATA = b"PK\x03\x04 angka"


def lengthened(content: dict, rows: int) -> dict:
    """A kertas kerja with so many short rows in its branches, ten in each, named Baris-1. and so on."""
    numbers = iter(range(1, rows + 1))
    short = next(row for group in content["groups"] for row in group["rows"]) | {"said": False, "lines": []}
    branches = cycle(group for group in content["groups"] if group["level"] == "sub_kegiatan")
    groups = [
        group
        | {
            "rows": [
                short | {"number": str(number), "name": f"Baris-{number}."} for number in islice(numbers, 10)
            ]
        }
        for group in islice(branches, rows // 10)
    ]
    return content | {"groups": groups, "letterhead": content["letterhead"] | {"demonstration": True}}


@pytest.fixture(scope="module")
def long_paper(paper_contents, tmp_path_factory) -> tuple:
    """A kertas kerja of a hundred pages with a file inside: its content, the PDF, and what stands on its pages."""
    content = lengthened(paper_contents[Output.PENGUKURAN], LONG)
    html = render_html(KINDS[Output.PENGUKURAN], content)
    pdf = html_to_pdf(html, [Attachment("angka.csv", "Angka", DATA)])
    return content, pdf, sheets(pdf, tmp_path_factory.mktemp("panjang"))


@pytest.fixture(scope="module")
def book(long_paper) -> PdfReader:
    """The PDF opened once, which takes seconds."""
    return PdfReader(io.BytesIO(long_paper[1]))


@pytest.mark.django_db
def test_every_row_is_printed_once_and_in_order(long_paper):
    _, _, pages = long_paper
    printed = [int(number) for page in pages for number in re.findall(r"Baris-(\d+)\.", page.text)]
    assert printed == list(range(1, LONG + 1))


@pytest.mark.django_db
def test_every_page_has_number_place_head_and_mark(long_paper):
    content, _, pages = long_paper
    assert len(pages) > 20
    for number, page in enumerate(pages, start=1):
        foot = "".join(word.text for word in page.words if word.top > page.height - 20)
        assert f"halaman{number}dari{len(pages)}" in foot
        assert content["number"] in foot
        assert "bukan naskah resmi" in page.text
        if "Baris-" in page.text:
            assert "Indikator" in page.text


@pytest.mark.django_db
def test_only_the_first_page_has_letterhead_and_verification(long_paper):
    content, _, pages = long_paper
    for text in (content["letterhead"]["address"].split()[0], "Keaslian"):
        assert [number for number, page in enumerate(pages) if text in page.text] == [0], text
    lowest = [max(word.bottom for word in page.words if word.top < page.height - 20) for page in pages[1:-1]]
    assert max(lowest) > pages[1].height - 30  # the others have no room for a block that isn't there


@pytest.mark.django_db
def test_the_place_of_the_signature_is_on_the_last_page(long_paper, book):
    _, _, pages = long_paper
    assert {name: place[0] for name, place in destinations(book).items()} == {"ttd-1": len(pages) - 1}


@pytest.mark.django_db
def test_bookmarks_of_all_parts_are_one_tree(book):
    top, below = book.outline
    assert top.title == "KERTAS KERJA PENGUKURAN DATA KINERJA"
    pages = [book.get_destination_page_number(place) for place in (top, *below)]
    assert pages == sorted(pages)
    assert below[-1].title == "Penanggung jawab pengukuran"
    assert pages[-1] > len(book.pages) - 5


@pytest.mark.django_db
def test_the_file_is_what_a_short_one_is(book):
    catalog = book.trailer["/Root"]
    assert b'pdfaid:part="3"' in catalog["/Metadata"].get_data()
    assert (
        catalog["/Lang"],
        catalog["/MarkInfo"]["/Marked"],
        catalog["/ViewerPreferences"]["/DisplayDocTitle"],
    ) == ("id", True, True)
    assert len(catalog["/OutputIntents"]) == 1
    assert dict(book.attachments.items()) == {"angka.csv": [DATA]}
    assert [file.get_object()["/UF"] for file in catalog["/AF"]] == ["angka.csv"]
    assert len(book.trailer["/ID"]) == 2


@pytest.mark.django_db
def test_every_font_is_embedded_once(book):
    """All parts print in the same faces."""
    files: dict[str, set[int]] = {}
    for page in book.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            files.setdefault(font["/BaseFont"], set()).add(descriptor.raw_get("/FontFile2").idnum)
    assert {name: len(numbers) for name, numbers in files.items()} == dict.fromkeys(files, 1)
    assert len(files) > 3


def elements_of(book: PdfReader) -> list[tuple]:
    """Every element of the structure with the reference to it, and that to the one above it."""
    tree = book.trailer["/Root"].raw_get("/StructTreeRoot")
    found, waiting = [], [(kid, tree) for kid in tree.get_object()["/K"]]
    while waiting:
        reference, above = waiting.pop()
        element = reference.get_object()
        if isinstance(element, DictionaryObject) and element["/Type"] == "/StructElem":
            found.append((element, reference, above))
            waiting += [(kid, reference) for kid in element["/K"]]
    return found


@pytest.mark.django_db
def test_the_structure_is_one_tree_over_all_pages(book):
    elements = elements_of(book)
    pages = {page.indirect_reference for page in book.pages}
    assert [element["/S"] for element, _, above in elements if element.raw_get("/P") != above] == []
    assert {element.raw_get("/Pg") for element, _, _ in elements if "/Pg" in element} == pages
    heads = [element["/ID"] for element, _, _ in elements if "/ID" in element]
    assert len(heads) == len(set(heads)) > 100
    named = [
        head
        for element, _, _ in elements
        if element["/S"] == "/TD"
        for head in element["/A"].get("/Headers", ())
    ]
    assert set(named) <= set(heads)
    assert len(named) > LONG


@pytest.mark.django_db
def test_every_page_finds_its_own_words_in_the_structure(book):
    """By its key, in the order of its marks; and each is below the one root."""
    numbers = book.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = numbers[::2]
    assert keys == sorted(set(keys))
    known = dict(zip(keys, numbers[1::2], strict=True))
    below = {(reference.idnum) for _, reference, _ in elements_of(book)}
    for page in book.pages:
        parents = known[page["/StructParents"]].get_object()
        assert {parent.get_object().raw_get("/Pg") for parent in parents} == {page.indirect_reference}
        assert {parent.idnum for parent in parents} & below
        for link in page.get("/Annots", ()):
            assert known[link.get_object()["/StructParent"]].get_object()["/S"] == "/Link"


@pytest.mark.django_db
def test_what_is_marked_on_a_page_is_what_the_structure_holds_of_it(book):
    """Every mark is closed, and the number of the page is nobody's word."""
    for page in (book.pages[0], book.pages[len(book.pages) // 2], book.pages[-1]):
        operations = [operator for _, operator in page.get_contents().operations]
        assert operations.count(b"BDC") + operations.count(b"BMC") == operations.count(b"EMC")
        assert operations[-3:] == [b"BMC", b"Do", b"EMC"]


@pytest.mark.skipif(
    not shutil.which("qpdf"), reason="qpdf is not installed: the syntax of long papers stays unchecked"
)
@pytest.mark.django_db
def test_qpdf_finds_nothing_wrong_with_a_long_paper(long_paper, tmp_path):
    path = tmp_path / "naskah.pdf"
    path.write_bytes(long_paper[1])
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


@pytest.mark.django_db
def test_the_same_order_gives_the_same_bytes():
    html = f"<html lang='id'><head><title>x</title></head><body><table>{'<tr><td>isi 7 0 R</td></tr>' * (LONG + 1)}</table></body></html>"
    assert html_to_pdf(html) == html_to_pdf(html)


# Its processes

PARTS_THAT_HANG = """
import os, sys, time
from pathlib import Path
from measurement.workers.typesetting import long_papers

def hang():
    Path(sys.argv[1], str(os.getpid())).write_text(str(os.getppid()))
    time.sleep(600)

long_papers.AT_ONCE = 2
long_papers._beside_each_other([hang, hang, hang])
"""


def soon(condition) -> bool:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_parts_end_with_the_process_that_sets_them(tmp_path):
    script, places = tmp_path / "worker.py", tmp_path / "parts"
    script.write_text(PARTS_THAT_HANG)
    places.mkdir()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(render.RENDERER.run, str(script), [str(places)], b"", 300)
        assert soon(lambda: len(list(places.iterdir())) == 2)
        parts = list(places.iterdir())
        assert soon(lambda: all(part.read_text() for part in parts))
        os.kill(int(parts[0].read_text()), signal.SIGKILL)
        assert not done.result().well
    assert soon(lambda: not any(Path("/proc", part.name).exists() for part in parts))
    assert len(list(places.iterdir())) == 2  # two at a time: the third never began


# as on one processor; a paper of a few rows is a long one here, and its second part is killed until the file is there
SECOND_PART_IS_KILLED = """
import os, signal
from measurement.workers.typesetting import long_papers, parts, typeset

parts.LONG, parts.ROWS, parts.FAR, long_papers.AT_ONCE = 4, 2, 2, 1
whole = long_papers._set_part

def killed(number, *others):
    if number == 1 and not os.path.exists({alive!r}):
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(number, *others)

long_papers._set_part = killed
typeset.render_from_stdin()
"""


@pytest.mark.django_db
def test_a_paper_whose_part_is_killed_is_told_and_made_the_next_time(
    kecamatan: Office, monkeypatch, tmp_path
):
    script, alive = tmp_path / "worker.py", tmp_path / "alive"
    script.write_text(SECOND_PART_IS_KILLED.format(alive=str(alive)))
    monkeypatch.setattr(render, "WORKER", script)
    paper = cycle_at(kecamatan, "evaluate").papers.get(kind=Output.PENGUKURAN)
    client, address = logged_in(kecamatan.camat), reverse("paper", args=[paper.pk])
    assert "Berkas gagal dibuat" in words(client.get(address, follow=True))
    assert not PaperFile.objects.filter(paper=paper).exists()
    alive.touch()
    pages = sheets(client.get(address).getvalue(), tmp_path)
    told = [f"halaman {number} dari {len(pages)}" in page.text for number, page in enumerate(pages, start=1)]
    assert all(told)
    assert len(told) > 1
    assert PaperFile.objects.filter(paper=paper).exists()


def test_a_long_paper_may_take_longer_than_a_short_one(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(
        render.RENDERER, "run", lambda worker, argv, source, seconds: asked.append((*map(int, argv), seconds))
    )
    for rows in (10, 100_000):
        with pytest.raises(AttributeError):  # nothing came back
            html_to_pdf("<tr>" * rows)
    short, long = asked
    assert short[:2] == (settings.PAPER_SECONDS, settings.PAPER_MEMORY_BYTES + 10 * render.ROW_BYTES)
    assert short[2] == 4 * settings.PAPER_SECONDS
    assert long[0] < 20 * settings.PAPER_SECONDS
    assert long[2] > 100 * short[2]

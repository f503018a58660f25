"""Papers as files that must be readable in thirty years: PDF/A-3b, tagged, with fonts, colours and data inside. Read from the PDF itself."""

import hashlib
import io
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from django.conf import settings
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from measurement.papers import KINDS
from measurement.papers.kind import Attachment
from measurement.papers.render import PaperFailed, html_to_pdf, render_pdf
from measurement.rules.sop import Output
from tests.support.paper_pages import rendered

pytestmark = pytest.mark.django_db  # for the contents, which come from a cycle

RDF, ID, DC = (
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://purl.org/dc/elements/1.1/}",
)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATA = b"PK\x03\x04 angka yang sama, untuk dihitung"


@pytest.fixture
def keep():
    """Stores an attachment as issuing does, and says of it what the content says."""

    def kept(name: str, content: bytes) -> dict:
        path = settings.MEDIA_ROOT / "lampiran" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return {
            "name": name,
            "description": f"Isi {name}",
            "path": f"lampiran/{name}",
            "sha256": hashlib.sha256(content).hexdigest(),
        }

    return kept


def objects(reader: PdfReader) -> list:
    """All objects of the file."""
    return [IndirectObject(number, 0, reader).get_object() for number in range(1, reader.trailer["/Size"])]


def dictionaries(reader: PdfReader, kind: str) -> list[DictionaryObject]:
    return [
        found
        for found in objects(reader)
        if isinstance(found, DictionaryObject) and found.get("/Type") == kind
    ]


def test_every_paper_has_what_pdf_a_3b_asks(paper_contents):
    orders = [(KINDS[output], content) for output, content in paper_contents.items()]
    for (kind, content), pdf in zip(orders, rendered(orders), strict=True):
        reader = PdfReader(io.BytesIO(pdf))
        catalog = reader.trailer["/Root"]
        says_what_it_is(catalog, f"{kind.title} {content['period']}")
        [intent] = catalog["/OutputIntents"]
        assert (intent["/S"], intent["/DestOutputProfile"]["/N"]) == ("/GTS_PDFA1", 3)
        assert catalog["/Lang"] == "id"
        assert catalog["/MarkInfo"]["/Marked"]
        assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(catalog)
        assert "/Encrypt" not in reader.trailer
        assert len(reader.trailer["/ID"]) == 2
        everything_is_inside(reader)
        pictures_have_words(reader, content)


def says_what_it_is(catalog, title: str) -> None:
    """The first description of the only RDF block holds part and conformance: readers look nowhere else."""
    [rdf] = ElementTree.fromstring(catalog["/Metadata"].get_data()).iter(f"{RDF}RDF")
    assert (rdf[0].get(f"{ID}part"), rdf[0].get(f"{ID}conformance")) == ("3", "B")
    assert [found.findtext(f".//{RDF}li") for found in rdf.iter(f"{DC}title")] == [title]


def everything_is_inside(reader: PdfReader) -> None:
    """Fonts embedded, nothing see-through, no other action than a link to a page."""
    fonts = dictionaries(reader, "/FontDescriptor")
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)
    for page in reader.pages:
        for state in page["/Resources"]["/ExtGState"].get_object().values():
            assert (
                state.get_object().get("/ca", 1),
                state.get_object().get("/CA", 1),
                state.get_object().get("/SMask"),
            ) == (1, 1, None)
        for annotation in (found.get_object() for found in page.get("/Annots", ())):
            assert (annotation["/Subtype"], annotation["/F"]) == ("/Link", 4)
            assert annotation.get("/A", {"/S": "/URI"})["/S"] == "/URI"


def pictures_have_words(reader: PdfReader, content: dict) -> None:
    elements = dictionaries(reader, "/StructElem")
    words = [element.get("/Alt", "") for element in elements if element["/S"] == "/Figure"]
    assert f"Kode QR menuju {content['verify_url']}" in words
    assert f"Lambang {content['letterhead']['government']}" in words
    assert all(words)
    assert {"/H1", "/P"} <= {element["/S"] for element in elements}


def test_attachments_travel_inside_with_what_they_are(paper_contents, keep):
    content = paper_contents[Output.LAPORAN] | {
        "attachments": [keep("data.xlsx", DATA), keep("daftar.csv", b"a;b\n"), keep("laporan.docx", b"PK")]
    }
    reader = PdfReader(io.BytesIO(render_pdf(KINDS[Output.LAPORAN], content)))
    assert dict(reader.attachments.items()) == {
        "data.xlsx": [DATA],
        "daftar.csv": [b"a;b\n"],
        "laporan.docx": [b"PK"],
    }
    files = [found.get_object() for found in reader.trailer["/Root"]["/AF"]]
    assert [(file["/UF"], file["/AFRelationship"], file["/Desc"]) for file in files] == [
        ("data.xlsx", "/Data", "Isi data.xlsx"),
        ("daftar.csv", "/Data", "Isi daftar.csv"),
        ("laporan.docx", "/Source", "Isi laporan.docx"),
    ]
    stream = files[0]["/EF"]["/F"]
    assert stream["/Subtype"] == f"/{SHEET}"
    assert stream["/Params"]["/ModDate"] == f"D:{content['date'].replace('-', '')}000000Z"
    assert (
        bytes(stream["/Params"]["/CheckSum"].original_bytes)
        == hashlib.md5(DATA, usedforsecurity=False).digest()
    )


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(DATA + b" "), lambda path: path.unlink()])
def test_an_attachment_that_is_not_the_one_issued_stops_the_paper(paper_contents, keep, damage):
    content = paper_contents[Output.LAPORAN] | {"attachments": [keep("data.xlsx", DATA)]}
    damage(settings.MEDIA_ROOT / "lampiran" / "data.xlsx")
    with pytest.raises(PaperFailed, match="lampiran data.xlsx hilang atau tidak lagi sama"):
        render_pdf(KINDS[Output.LAPORAN], content)


def test_same_content_and_attachments_give_same_bytes(paper_contents, keep):
    content = paper_contents[Output.REKAP] | {"attachments": [keep("data.xlsx", DATA)]}
    first, second = rendered([(KINDS[Output.REKAP], content)] * 2)
    assert first == second
    other = render_pdf(KINDS[Output.REKAP], content | {"attachments": [keep("data.xlsx", DATA + b"!")]})
    identifier, changed = (PdfReader(io.BytesIO(pdf)).trailer["/ID"][0] for pdf in (first, other))
    assert identifier != changed


def test_dates_in_the_file_are_those_of_the_paper(paper_contents):
    content = paper_contents[Output.NOTULEN] | {"date": "2026-04-02"}
    metadata = PdfReader(io.BytesIO(render_pdf(KINDS[Output.NOTULEN], content))).metadata
    assert metadata["/CreationDate"] == metadata["/ModDate"] == "D:20260402"


@pytest.mark.skipif(
    not shutil.which("qpdf"), reason="qpdf is not installed: the syntax of the PDF stays unchecked"
)
def test_qpdf_finds_nothing_wrong(tmp_path):
    path = tmp_path / "naskah.pdf"
    path.write_bytes(
        html_to_pdf(
            "<html lang=id><title>Uji</title><p>isi</p></html>", [Attachment("data.csv", "Data", b"a;b\n")]
        )
    )
    # S603, S607: fixed command, no shell
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0

"""How an office looks: its colour, emblem and letterhead, on every page at once and on papers from the next one on."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from measurement import files
from measurement.doors import attachments
from measurement.models import StoredFile, Unit
from measurement.papers import KINDS
from measurement.papers.render import PaperFailed, render_html, render_pdf
from tests.support.characters import fresh, open_cycle
from tests.support.pages import drained, form_of, logged_in, submit, words
from tests.support.samples import jpeg, png
from tests.support.sheets import first_row, upload

LOOK = "/pengaturan/kantor/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def admin(kecamatan):
    return logged_in(kecamatan.administrator)


def picture(content: bytes | None = None, name: str = "lambang.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(10, 12) if content is None else content)


def real_png() -> bytes:
    """A red square that opens."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    lines = b"".join(b"\x00" + b"\xff\x00\x00" * 4 for _ in range(4))
    header = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def stored_unit(office) -> Unit:
    return Unit.objects.get(pk=office.unit.pk)


# Colour and letterhead


def test_the_chosen_colour_is_on_every_page(kecamatan, admin):
    assert submit(admin, LOOK, accent=["marun"]).status_code == 302
    assert (
        'data-accent="marun"'
        in logged_in(kecamatan.asn).get(reverse("inbox")).content.decode().split("<body>")[0]
    )
    assert form_of(admin.get(LOOK))["accent"] == ["marun"]


@pytest.mark.parametrize("wrong", [{"accent": ["pelangi"]}, {"accent": []}])
def test_what_is_no_colour_is_refused(kecamatan, admin, wrong):
    assert submit(admin, LOOK, **wrong).status_code == 422
    assert stored_unit(kecamatan).accent == "toska"


def test_other_settings_cannot_be_posted_here(kecamatan, admin):
    before = stored_unit(kecamatan)
    submit(admin, LOOK, code="1", name="Lain", minutes_per_day="1", number_pattern="{urut}", emblem="1")
    after = stored_unit(kecamatan)
    names = ("code", "name", "minutes_per_day", "number_pattern", "emblem_id")
    assert [getattr(before, name) for name in names] == [getattr(after, name) for name in names]


@pytest.mark.parametrize("who", ["camat", "sekcam", "tim", "asn"])
def test_nobody_else_gets_in(kecamatan, who):
    client = logged_in(getattr(kecamatan, who))
    assert client.get(LOOK).status_code == 403
    assert client.post(LOOK, {"accent": "biru"}).status_code == 403
    assert LOOK not in client.get(reverse("inbox")).content.decode()


# The emblem on pages


@pytest.mark.parametrize(
    ("name", "content"),
    [("lambang.png", png(1000, 900)), ("LAMBANG.JPG", jpeg(200, 240)), ("lambang.jpeg", jpeg())],
)
def test_an_emblem_stands_on_every_page_and_may_be_kept_by_browsers(kecamatan, admin, name, content):
    assert submit(admin, LOOK, emblem_file=picture(content, name)).status_code == 302
    stored = stored_unit(kecamatan).emblem
    url = reverse("emblem", args=[stored.pk])
    client = logged_in(kecamatan.asn)
    assert f'src="{url}"' in client.get(reverse("inbox")).content.decode()
    response = client.get(url)
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == f"image/{'png' if stored.kind == 'png' else 'jpeg'}"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_emblem_stands_above_the_login_of_an_installation_with_one_office(kecamatan, admin):
    submit(admin, LOOK, emblem_file=picture())
    url = reverse("emblem", args=[stored_unit(kecamatan).emblem_id])
    assert f'src="{url}"' in Client().get(reverse("login")).content.decode()
    assert drained(Client().get(url)).status_code == 200


def test_the_emblem_of_one_office_among_others_is_for_its_own_people(kecamatan, admin, neighbour):
    submit(admin, LOOK, emblem_file=picture())
    url = reverse("emblem", args=[stored_unit(kecamatan).emblem_id])
    assert url not in Client().get(reverse("login")).content.decode()
    assert [drained(client.get(url)).status_code for client in (Client(), logged_in(neighbour.tim))] == [
        404,
        404,
    ]


def test_another_emblem_has_another_address_and_one_can_go_back(kecamatan, admin):
    submit(admin, LOOK, emblem_file=picture())
    first = stored_unit(kecamatan).emblem_id
    submit(admin, LOOK, emblem_file=picture(png(20, 20)))
    assert stored_unit(kecamatan).emblem_id != first
    assert admin.get(reverse("emblem", args=[first])).status_code == 404
    submit(admin, LOOK, action="builtin")
    assert stored_unit(kecamatan).emblem is None
    assert "lambang.svg" in admin.get(LOOK).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("lambang.svg", b"<svg onload='x'/>", "PNG atau JPG"),
        ("lambang.pdf", b"%PDF-1.7", "PNG atau JPG"),
        ("lambang.png", b"MZ\x90\x00", "bukan PNG yang sebenarnya"),
        ("lambang.png", png(10, 10)[:40], "tidak utuh"),
        ("lambang.png", png(1001, 10), "1001 × 10 piksel"),
        ("lambang.jpg", jpeg(10, 4000), "10 × 4000 piksel"),
        ("lambang.png", png() + b"\x00" * 200 * 1024, "paling besar 200 KB"),
        ("lambang", png(), "PNG atau JPG"),
        ("lambang.png", b"", "kosong"),
    ],
)
def test_what_is_no_emblem_is_refused_with_its_reason(kecamatan, admin, name, content, sentence):
    response = submit(admin, LOOK, emblem_file=picture(content, name))
    assert response.status_code == 422
    assert sentence in words(response)
    assert stored_unit(kecamatan).emblem is None
    assert not StoredFile.objects.exists()


def test_no_other_file_is_served_as_an_emblem(measuring_office):
    evidence = attachments.attach(
        measuring_office.cycle.pk, measuring_office.asn, first_row(measuring_office).pk, upload()
    )
    client = logged_in(measuring_office.asn)
    assert client.get(reverse("emblem", args=[evidence.file_id])).status_code == 404


def test_a_strangers_office_cannot_see_it_and_a_lost_file_is_not_found(kecamatan, neighbour, admin):
    submit(admin, LOOK, emblem_file=picture())
    url = reverse("emblem", args=[stored_unit(kecamatan).emblem_id])
    assert logged_in(neighbour.administrator).get(url).status_code == 404
    files.absolute(stored_unit(kecamatan).emblem.path).unlink()
    assert drained(admin.get(url)).status_code == 404


# The emblem on papers


def pictures_of(pdf: bytes) -> list:
    return [image for page in PdfReader(io.BytesIO(pdf)).pages for image in page.images]


def test_a_paper_keeps_the_emblem_with_which_it_was_issued(kecamatan, admin):
    submit(admin, LOOK, emblem_file=picture(real_png()))
    kecamatan.unit = stored_unit(kecamatan)
    paper = open_cycle(kecamatan).papers.get()
    emblem = paper.content["letterhead"]["emblem"]
    assert emblem == {"path": kecamatan.unit.emblem.path, "sha256": kecamatan.unit.emblem.sha256}
    submit(admin, LOOK, action="builtin")
    html = render_html(KINDS[paper.kind], paper.content)
    assert f'src="{emblem["path"]}"' in html
    first, second = (render_pdf(KINDS[paper.kind], paper.content) for _ in range(2))
    assert first == second
    assert [image.image.size for image in pictures_of(first)] == [(4, 4)]


def test_an_office_without_one_and_older_papers_carry_the_built_in(kecamatan):
    paper = open_cycle(kecamatan).papers.get()
    older = {name: value for name, value in paper.content["letterhead"].items() if name != "emblem"}
    for content in (paper.content, paper.content | {"letterhead": older}):
        assert 'src="img/lambang.svg"' in render_html(KINDS[paper.kind], content)


@pytest.mark.parametrize(
    "spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(real_png() + b"\x00")]
)
def test_a_paper_is_never_made_with_another_emblem(kecamatan, admin, spoil):
    submit(admin, LOOK, emblem_file=picture(real_png()))
    kecamatan.unit = stored_unit(kecamatan)
    paper = open_cycle(kecamatan).papers.get()
    spoil(files.absolute(kecamatan.unit.emblem.path))
    with pytest.raises(PaperFailed, match="lambang hilang atau tidak lagi sama"):
        render_pdf(KINDS[paper.kind], paper.content)


def test_the_emblem_is_no_word_to_search_for(kecamatan, admin):
    submit(admin, LOOK, emblem_file=picture())
    kecamatan.unit = stored_unit(kecamatan)
    paper = open_cycle(kecamatan).papers.get()
    assert kecamatan.unit.emblem.sha256 not in paper.words
    assert fresh(paper.cycle).papers.get().words == paper.words

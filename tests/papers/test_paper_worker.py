"""The worker that makes PDFs: what it may read, what stops it, and that no text of a paper can make it fetch, read or attach anything."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pypdf import PdfReader

from measurement.papers import KINDS, render
from measurement.papers.kind import Attachment
from measurement.papers.render import PaperFailed, html_to_pdf, render_html, render_pdf
from measurement.workers.typesetting.own_files import allowed_file
from measurement.workers.warm import WarmWorker
from tests.support.paper_contents import with_texts

STATIC = Path(django_settings.STATICFILES_DIRS[0])
TALL = "<tr class='group'><td>" + "kata " * 900 + "</td></tr>"  # two of these don't fit on a page


@pytest.fixture
def listener():
    """An address on this machine, and what was asked of it."""
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def hostile(here: str, secret: Path) -> str:
    """Everything that HTML has to fetch, read or attach, in one text of a paper."""
    return (
        f'"\'></title></style></svg><img src="{here}/a.png"><link rel=attachment href="{secret.as_uri()}"><link rel=stylesheet href="{here}/b.css">'
        f'<a rel=attachment href="{secret.as_uri()}">x</a><style>@import "{here}/c.css"; p {{ background: url({here}/d.png) }}</style>'
        f'<base href="{here}/"><object data="{secret.as_uri()}"></object><svg><image href="{here}/e.svg"/></svg><meta http-equiv=refresh content="0;{here}">'
        " {{ settings.SECRET_KEY }} {% include 'base.html' %} |safe"
    )


# The texts of papers


@pytest.mark.django_db
def test_hostile_texts_in_every_field_are_printed_and_nothing_else(paper_contents, listener, tmp_path):
    here, asked = listener
    secret = tmp_path / "rahasia.csv"
    secret.write_text("isi rahasia")
    text = hostile(here, secret)
    for output, content in paper_contents.items():
        attacked = with_texts(content, lambda key, value: text) | {"number": text}
        plain = render_html(KINDS[output], content)
        html = render_html(KINDS[output], attacked)
        assert html.count("&lt;link rel=attachment") > 5, output
        for tag in ("<img", "<link", "<style", "<base", "<object", "<svg", "<meta"):
            assert html.count(tag) <= plain.count(tag), (output, tag)
        assert "{{ settings.SECRET_KEY }}" in html, output
    pdf = html_to_pdf(html, [Attachment("data.csv", text, b"a;b\n")])
    assert PdfReader(io.BytesIO(pdf)).attachments == {"data.csv": [b"a;b\n"]}
    assert b"isi rahasia" not in pdf
    assert asked == []


@pytest.mark.django_db
def test_a_hostile_address_is_only_a_link(paper_contents, listener):
    """The address is ours; if it ever were not, it would still only be printed."""
    here, asked = listener
    for output, content in list(paper_contents.items())[:2]:
        pdf = render_pdf(KINDS[output], content | {"verify_url": f"{here}/<script>"})
        links = [found.get_object()["/A"]["/URI"] for found in PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]]
        assert set(links) == {f"{here}/%3Cscript%3E"}
    assert asked == []


# HTML that is hostile itself


def test_what_html_asks_for_is_neither_fetched_nor_read_nor_attached(listener, tmp_path):
    here, asked = listener
    secret = tmp_path / "rahasia.css"
    secret.write_text("p { color: red }")
    links = [f"{here}/f.pdf", secret.as_uri(), (STATIC / "css" / "paper.css").as_uri(), "data:text/plain,isi"]
    html = (
        hostile(here, secret)
        + f'<img src="data:image/svg+xml,<svg/>"><link rel=stylesheet href="{secret.as_uri()}">'
        + "".join(
            f'<link rel="attachment" href="{link}"><a rel="attachment" href="{link}">isi</a>'
            for link in links
        )
    )
    pdf = PdfReader(io.BytesIO(html_to_pdf(html)))
    assert asked == []
    assert not pdf.attachments
    assert "/AF" not in pdf.trailer["/Root"]
    assert not any(
        "FileAttachment" in str(found.get_object()) for page in pdf.pages for found in page.get("/Annots", ())
    )


@pytest.mark.parametrize("path", ["/css/paper.css", "/fonts/LiberationSerif-Regular.ttf", "/img/lambang.svg"])
def test_own_files_may_be_read(path):
    assert allowed_file(STATIC.as_uri() + path, STATIC).is_file()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.css", "https://example.org/a.css", "ftp://example.org/a.css", "data:text/css,p{}",
        "file:///etc/passwd", f"{STATIC.as_uri()}/../sakip/settings.py", f"{STATIC.as_uri()}/%2e%2e/manage.css",
        f"file://example.org{STATIC}/css/paper.css", f"{STATIC.as_uri()}/vendor/SHA256SUMS",
    ],
)  # fmt: skip
def test_everything_else_is_refused(url):
    with pytest.raises(ValueError, match="refused"):
        allowed_file(url, STATIC)


# What stops it, and what doesn't


def test_deep_nesting_fails_with_a_sentence():
    with pytest.raises(PaperFailed, match="gagal dibuat"):
        html_to_pdf("<div>" * 3000 + "x")


def test_too_slow_and_too_big_papers_fail(settings):
    settings.PAPER_SECONDS = 1
    with pytest.raises(PaperFailed):
        html_to_pdf("<p>x</p>" * 20_000)
    settings.PAPER_SECONDS, settings.PAPER_MEMORY_BYTES = 60, 64 * 1024**2
    with pytest.raises(PaperFailed):
        html_to_pdf("<p>x</p>" * 20_000)  # a few find room in what the renderer has ready


def test_rows_that_should_stay_together_but_cannot_are_still_printed():
    """WeasyPrint alone stops at these: several groups of rows, each to be kept with the next, taller than a page."""
    groups = f"<tbody>{TALL}</tbody><tbody>{TALL}</tbody>"
    head = '<link rel="stylesheet" href="css/paper.css"><title>Uji</title>'
    table = f'<table class="grid"><thead><tr><th>Kepala</th></tr></thead>{groups}<tbody><tr><td>isi</td></tr></tbody></table>'
    pdf = html_to_pdf(f'<html lang="id">{head}{table}')
    words = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert sum(text.count("kata") for text in words) == 1800


def test_lone_surrogates_do_not_stop_a_paper():
    assert html_to_pdf("<p>nama \ud800</p>").startswith(b"%PDF-")


def test_papers_leave_nothing_in_the_temporary_files(tmp_path):
    """WeasyPrint copies fonts there for each text that it sets; of all papers of a process there is one folder, and it goes with the process."""
    renderer = WarmWorker(render.READY, render.RENDERER.environment | {"TMPDIR": str(tmp_path)})
    order = b'{"html": "<p>x</p>", "attachments": [], "pictures": {}}'
    for _ in range(3):
        assert renderer.run(render.WORKER, ["60", str(2 * 1024**3)], order, 300).answer.startswith(b"%PDF-")
    assert len(list(tmp_path.iterdir())) == 1
    renderer.close()
    assert list(tmp_path.iterdir()) == []

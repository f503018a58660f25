"""Papers when the machine fails: a full disk, a renderer that hangs, eats memory or dies, a text made to break it. What was there stays whole."""

import errno
import hashlib
import os
import resource
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.html import escape

from measurement import files, papers
from measurement.doors import paper_signing, workflow
from measurement.files import storing
from measurement.models import Evidence, Paper, PaperFile, PaperSignature, StoredFile
from measurement.papers import render
from measurement.papers.issue import current_file, paper_file
from measurement.papers.kind import Attachment
from measurement.papers.render import PaperFailed, html_to_pdf, render_html, render_pdf
from measurement.signing.interface import Signed
from tests.support.characters import YEAR, cycle_at, fresh, open_cycle
from tests.support.pages import logged_in, submit, words
from tests.support.sheets import first_row, upload

PDF = b"%PDF-1.7 " + b"x" * 200_000
SMALL = 4096  # bytes that still fit
WORKERS = {
    "hangs": "import time; time.sleep(600)",
    "spins": "while True: pass",
    "eats": "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2); x = bytearray(10**12)",
    "dies": "import os; os.kill(os.getpid(), 9)",
    "babbles": "print('bukan PDF')",
    "stops half way": "import sys; sys.stdout.write('%PDF-1.7'); sys.exit(3)",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@contextmanager
def little_space():
    """The kernel lets no file grow beyond a few bytes: writes stop in the middle, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def full_disk(monkeypatch):
    """Every file of ours meets a full disk when it is to be made safe."""

    def no_space(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(storing.os, "fsync", no_space)


@pytest.fixture
def paper(kecamatan, monkeypatch) -> Paper:
    """An issued paper whose file is not made yet, and quick to make."""
    monkeypatch.setattr(render, "render_pdf", lambda kind, content: PDF)
    return open_cycle(kecamatan).papers.get()


@pytest.fixture
def worker(monkeypatch, settings, tmp_path):
    """Puts another program in the renderer's place."""
    settings.PAPER_SECONDS, settings.PAPER_MEMORY_BYTES = 1, 256 * 1024**2

    def replace(way: str):
        script = tmp_path / "worker.py"
        script.write_text(
            f"import os; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n{WORKERS[way]}"
        )
        monkeypatch.setattr(render, "WORKER", script)

    return replace


def is_gone(pid: int) -> bool:
    """Soon: the kernel buries a process a moment after its files were closed."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.01)
    return False


def stored(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


# A full disk


def test_a_write_that_stops_in_the_middle_leaves_the_old_file_whole(media):
    files.write_whole("naskah/1.pdf", b"%PDF-1.7 lama")
    with little_space(), pytest.raises(OSError, match="too large"):
        files.write_whole("naskah/1.pdf", PDF)
    assert files.absolute("naskah/1.pdf").read_bytes() == b"%PDF-1.7 lama"
    assert stored(media) == ["1.pdf"]


def test_a_first_write_that_stops_in_the_middle_leaves_nothing(media):
    with little_space(), pytest.raises(OSError, match="too large"):
        files.write_whole("naskah/1.pdf", PDF)
    assert stored(media) == []


def test_a_paper_that_finds_no_space_is_made_later(paper, kecamatan, media, full_disk, monkeypatch):
    client = logged_in(kecamatan.camat)
    response = client.get(reverse("paper", args=[paper.pk]), follow=True)
    assert "Berkas gagal dibuat" in words(response)
    assert (stored(media), PaperFile.objects.count()) == ([], 0)
    monkeypatch.undo()
    monkeypatch.setattr(render, "render_pdf", lambda kind, content: PDF)
    assert files.absolute(paper_file(paper).path).read_bytes() == PDF


def test_a_step_goes_on_without_the_files_of_its_papers(paper, full_disk, caplog):
    assert papers.render_pending(paper.cycle) == 0
    assert f"paper {paper.pk} could not be made" in caplog.text


def test_a_step_whose_attachments_find_no_space_does_not_happen(kecamatan, monkeypatch, media):
    cycle = cycle_at(kecamatan, "approve")
    state, issued = cycle.state, cycle.papers.count()
    kind = papers.KINDS["draft_laporan"]
    attached = type(kind)(
        **{**vars(kind), "attach": lambda cycle, actor: [Attachment("angka.csv", "Angka", PDF)]}
    )
    monkeypatch.setitem(papers.KINDS, "draft_laporan", attached)
    with little_space(), pytest.raises(OSError, match="too large"):
        workflow.perform(cycle, "approve", kecamatan.sekcam)
    assert (fresh(cycle).state, cycle.papers.count()) == (state, issued)
    assert not [name for name in stored(media) if name.startswith(storing.TEMPORARY)]


def test_evidence_that_finds_no_space_is_refused_with_a_sentence(
    measuring_office, asn, sheet, full_disk, caplog
):
    response = submit(asn, sheet, **{f"file-{first_row(measuring_office).pk}": upload()})
    assert response.status_code == 507
    assert "Tempat penyimpanan server penuh" in words(response)
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert "no space left" in caplog.text


def test_a_signature_that_finds_no_space_leaves_the_paper_as_it_was(paper, kecamatan, media, monkeypatch):
    before = current_file(paper)
    signer = paper.signers.get()
    monkeypatch.setitem(
        paper_signing.SIGNERS,
        signer.method,
        type("Pen", (), {"sign": lambda self, request: Signed(request.pdf + PDF)})(),
    )
    with little_space(), pytest.raises(OSError, match="too large"):
        paper_signing.sign_paper(signer, kecamatan.camat)
    assert current_file(paper) == before
    assert files.absolute(before.path).read_bytes() == PDF
    assert stored(media) == [Path(before.path).name]
    assert not PaperSignature.objects.exists()


# Too long, too much


@pytest.mark.parametrize("way", WORKERS)
def test_a_renderer_that_fails_is_a_sentence_and_leaves_no_process(worker, way, tmp_path):
    worker(way)
    with pytest.raises(PaperFailed, match=r"gagal dibuat: .*Isinya tetap tersimpan"):
        html_to_pdf("<p>x</p>")
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_the_site_lives_on_while_a_paper_fails(kecamatan, worker):
    paper = open_cycle(kecamatan).papers.get()
    worker("eats")
    client = logged_in(kecamatan.camat)
    response = client.get(reverse("paper", args=[paper.pk]), follow=True)
    assert "Berkas gagal dibuat" in words(response)
    assert client.get(reverse("cycles")).status_code == 200
    assert not PaperFile.objects.exists()


def test_one_paper_that_fails_does_not_stop_the_others(kecamatan, monkeypatch):
    cycle = cycle_at(kecamatan, "prepare_method")
    bad = cycle.papers.first()

    def some_fail(kind, content):
        if content["number"] == bad.number:
            raise PaperFailed("gagal dibuat")
        return PDF

    monkeypatch.setattr(render, "render_pdf", some_fail)
    assert papers.render_pending(cycle) == cycle.papers.count() - 1
    assert list(cycle.papers.filter(file=None)) == [bad]


# Texts made to break it


@pytest.mark.parametrize("tag", ["<b>", "<div>", "</p>"])
def test_tags_in_a_note_are_letters_and_do_no_harm(kecamatan, tag):
    paper = workflow.open_cycle(
        kecamatan.unit, kecamatan.plan, YEAR, 1, kecamatan.camat, tag * 3000
    ).papers.get()
    html = render_html(papers.KINDS[paper.kind], paper.content)
    assert escape(tag) * 3000 in html
    assert tag * 2 not in html
    assert render_pdf(papers.KINDS[paper.kind], paper.content).startswith(b"%PDF-")


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<table><tr><td>"])
def test_real_tags_nested_too_deep_are_caught(tag):
    with pytest.raises(PaperFailed, match="gagal dibuat"):
        html_to_pdf(f'<html lang="id"><title>x</title>{tag * 3000}x')


def test_of_two_who_made_the_file_at_once_the_first_is_kept(kecamatan, monkeypatch):
    """As while two versions of the application run side by side: the second made other bytes of the same paper."""
    paper, made = open_cycle(kecamatan).papers.get(), []

    def render_slowly(kind, content):
        made.append(b"%PDF-1.7 " + bytes([48 + len(made)]))
        mine = made[-1]
        if len(made) == 1:
            paper_file(paper)  # somebody else was faster
        return mine

    monkeypatch.setattr(render, "render_pdf", render_slowly)
    stored = paper_file(paper)
    content = files.absolute(stored.path).read_bytes()
    assert content == made[1]
    assert hashlib.sha256(content).hexdigest() == stored.sha256


@pytest.mark.parametrize(
    "damage",
    [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-1.7 lain")],
    ids=["lost", "changed"],
)
def test_a_stored_paper_that_is_lost_or_changed_is_not_served(kecamatan, monkeypatch, damage):
    monkeypatch.setattr(render, "render_pdf", lambda kind, content: b"%PDF-1.7 naskah")
    paper, client = open_cycle(kecamatan).papers.get(), logged_in(kecamatan.asn)
    assert b"".join(client.get(reverse("paper", args=[paper.pk])).streaming_content) == b"%PDF-1.7 naskah"
    damage(files.absolute(paper.file.path))
    assert "tidak lagi sama dengan yang diterbitkan" in words(
        client.get(reverse("paper", args=[paper.pk]), follow=True)
    )

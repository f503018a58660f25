"""An office that signs by itself: an authority, keys behind one PIN, and issued papers whose file is a small PDF with two boxes for signatures."""

import hashlib
import io
from functools import cache
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from measurement import files, papers
from measurement.doors import paper_signing
from measurement.models import (
    MeasurementCycle,
    Paper,
    PaperFile,
    PaperSetting,
    PaperSigner,
    Person,
    SigningKey,
)
from measurement.papers.render import html_to_pdf
from measurement.rules.sop import STEP_BY_KEY
from measurement.signing import authority, keys, stamp
from tests.support.characters import Office, office, open_cycle

PIN = "482915"


def make_authority(office: Office) -> None:
    authority.make_authority(office.unit, timezone.now())
    office.unit.__dict__.pop("signs_locally", None)  # asked before there was one


def give_key(person: Person, office: Office, pin: str = PIN) -> SigningKey:
    return keys.make_key(Person.objects.get(pk=person.pk), office.unit, pin)


@cache
def boxes(words: str = "Naskah uji") -> bytes:
    """Two pages with the two boxes on the second."""
    second = '<p id="ttd-1">Tempat pertama</p><p id="ttd-2" style="margin-top: 30mm">Tempat kedua</p>'
    return html_to_pdf(f'<html lang="id"><title>Uji</title><p style="break-after: page">{words}</p>{second}')


@cache
def one_stamp() -> bytes:
    """A stamp for tests that don't look at it: making one takes a process."""
    return stamp.stamp_page("Penanda tangan uji", "Jabatan uji", timezone.now())


def issue(
    cycle: MeasurementCycle, step: str, actor: Person, method: str = "", pdf: bytes | None = None
) -> Paper:
    """A paper of a step, whoever's turn it is, with a small file."""
    kind = STEP_BY_KEY[step].output
    if method:
        PaperSetting.objects.update_or_create(unit=cycle.unit, kind=kind, defaults={"method": method})
    with transaction.atomic():
        paper = papers.issue(cycle, kind, actor)
    return store(paper, boxes() if pdf is None else pdf)


def issue_for_two(office: Office, cycle: MeasurementCycle, second: Person | None = None) -> Paper:
    """A paper that the Sekcam signs, and then the Camat."""
    paper = issue(cycle, "brief", office.sekcam)
    method = signer_of(paper).method
    PaperSigner.objects.create(
        paper=paper, position=2, person=second or office.camat, title="Camat", method=method
    )
    return paper


def store(paper: Paper, pdf: bytes) -> Paper:
    path = f"naskah/uji/{paper.pk}.pdf"
    files.write_whole(path, pdf)
    digest = hashlib.sha256(pdf).hexdigest()
    PaperFile.objects.create(paper=paper, path=path, sha256=digest, size=len(pdf), made_at=timezone.now())
    return paper


def signer_of(paper: Paper, position: int = 1) -> PaperSigner:
    return PaperSigner.objects.get(paper=paper, position=position)


def sign(paper: Paper, person: Person, position: int = 1, pin: str = PIN, **options):
    """By the door, as the person is stored now."""
    return paper_signing.sign_paper(
        signer_of(paper, position), Person.objects.get(pk=person.pk), secret=pin, **options
    )


def bytes_of(stored) -> bytes:
    return files.absolute(stored.path).read_bytes()


def signatures_in(pdf: bytes) -> list:
    return PdfFileReader(io.BytesIO(pdf)).embedded_signatures


def report_for_two() -> SimpleNamespace:
    """A report that waits for the Sekcam and then the Camat, who have keys."""
    made = office()
    make_authority(made)
    for person in (made.sekcam, made.camat):
        give_key(person, made)
    cycle = open_cycle(made)
    return SimpleNamespace(office=made, cycle=cycle, paper=issue_for_two(made, cycle))


def with_order_to_sign(made: Office) -> Office:
    """The office signs by itself, and the order of its cycle waits for the Camat."""
    make_authority(made)
    made.cycle = open_cycle(made)
    made.order = store(made.cycle.papers.get(), boxes())
    return made

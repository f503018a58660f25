"""Signed PDF files of every kind, made with throwaway authorities: a short paper with our marks, signed once or twice, and what people do to files."""

import hashlib
import io
from datetime import UTC, datetime, timedelta
from functools import cache

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, fields, signers
from pypdf import PdfWriter

from measurement import files
from measurement.models import (
    MeasurementCycle,
    Paper,
    PaperFile,
    PaperSignature,
    PaperSigner,
    Person,
    SigningKey,
    SigningMethod,
    Unit,
)
from measurement.papers.kind import Attachment
from measurement.papers.render import html_to_pdf
from measurement.rules.sop import Output
from measurement.signing import certificates
from measurement.signing.certificates import KeyPair
from measurement.signing.timestamps import OfficeTimeStamper
from tests.support.characters import open_cycle

CODE = "0123456789abcdef0123456789abcdef"
TODAY = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)


class Authority:
    """A certificate authority of an office of this name, eight years old, with its clock."""

    def __init__(self, name: str = "Kecamatan Uji"):
        self.unit = Unit(name=name, government="Pemerintah Kabupaten Uji")
        self.root = certificates.authority(self.unit, TODAY - 8 * YEAR)
        self.clock = certificates.timestamp(self.root, self.unit, TODAY - 8 * YEAR)

    def official(self, name: str, since: datetime = TODAY - YEAR) -> KeyPair:
        """An official's key, in force for two years."""
        return certificates.issue_official(self.root, self.unit, Person(name=name), "Jabatan Uji", since)

    def sign(self, pdf: bytes, key: KeyPair, field: str = "ttd-1", at: datetime | None = TODAY) -> bytes:
        """The file with one more signature, time-stamped at a moment (None: without a time stamp)."""
        how = PdfSignatureMetadata(
            field_name=field, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        stamper = OfficeTimeStamper(self._library(self.clock), at) if at else None
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        return signers.sign_pdf(writer, how, signer=self._library(key), timestamper=stamper).getvalue()

    def _library(self, key: KeyPair):
        return certificates.library_signer(key.pem, key.private_der, self.root.pem)


@cache
def authority() -> Authority:
    return Authority()


@cache
def camat() -> KeyPair:
    return authority().official("Camat Uji")


@cache
def sekcam() -> KeyPair:
    return authority().official("Sekcam Uji")


@cache
def issued(code: str = CODE, figures: bytes = b"PK angka", text: str = "Laporan uji") -> bytes:
    """An issued paper, not signed yet: its address as a link, and a workbook inside."""
    page = f'<title>{text}</title><h1>{text}</h1><p>{"Uraian. " * 200}</p><a href="https://contoh.go.id/v/{code}/">Verifikasi</a>'
    return html_to_pdf(f'<html lang="id">{page}', [Attachment("kertas-kerja.xlsx", "Angka", figures)])


@cache
def signed_once() -> bytes:
    return authority().sign(issued(), sekcam(), "ttd-1")


@cache
def signed() -> bytes:
    """The paper signed by two officials, as most are."""
    return authority().sign(signed_once(), camat(), "ttd-2")


def resaved(pdf: bytes) -> bytes:
    """The same pages written by another program, as “print to PDF” does: what they show, and nothing signed."""
    writer = PdfWriter()
    writer.append(io.BytesIO(pdf))
    return _written(writer)


def locked(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt("rahasia", algorithm="AES-256")
    return _written(writer)


def foreign() -> bytes:
    """Some PDF that has nothing to do with us."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return _written(writer)


def _written(writer) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def edited(pdf: bytes) -> bytes:
    """An incremental update after the last signature: a note over the first page, and another title."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    note = {
        "/Type": "/Annot",
        "/Subtype": "/FreeText",
        "/Contents": "Disetujui",
        "/DA": "/Helv 12 Tf",
        "/Rect": [50, 50, 300, 90],
    }
    made = {generic.pdf_name(key): _pdf_value(value) for key, value in note.items()}
    page["/Annots"] = generic.ArrayObject(
        [*page.get("/Annots", []), writer.add_object(generic.DictionaryObject(made))]
    )
    writer.update_container(page)
    writer.set_info(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("Judul lain")}))
    return _written(writer)


def _pdf_value(value):
    if isinstance(value, list):
        return generic.ArrayObject(map(generic.NumberObject, value))
    return (
        generic.pdf_name(value) if value.startswith("/") and " " not in value else generic.pdf_string(value)
    )


def flipped(pdf: bytes, position: int, bit: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ 1 << bit]) + pdf[position + 1 :]


# Papers of an office, with their stored files


def with_authority(unit: Unit) -> None:
    """The office's authority is ours; its secret half is never needed here."""
    _key(unit, SigningKey.Purpose.AUTHORITY, authority().root)


def revoke(unit: Unit, key: KeyPair, when: datetime) -> None:
    _key(unit, SigningKey.Purpose.TIMESTAMP, key, revoked_at=when)


def _key(unit: Unit, purpose: str, key: KeyPair, **values) -> SigningKey:
    return SigningKey.objects.create(
        unit=unit, purpose=purpose, certificate=key.pem, sealed_key="-", fingerprint=key.fingerprint, made_at=TODAY,
        expires_at=TODAY + YEAR, **values,
    )  # fmt: skip


def issued_paper(
    office, code: str = CODE, method: str = SigningMethod.LOKAL, pdf: bytes | None = None, **values
) -> Paper:
    """A paper that asks Sekcam and Camat to sign, with its file as issued."""
    cycle = MeasurementCycle.objects.filter(unit=office.unit).first() or open_cycle(office)
    pdf = issued() if pdf is None else pdf
    sequence = 100 + Paper.objects.count()
    content = {
        "approver": {
            "anchor": "ttd-1",
            "name": "Sekcam, S.E.",
            "title": "Sekretaris Kecamatan",
            "nip": "19700101 199003 1 001",
        },
        "signatory": {
            "anchor": "ttd-2",
            "name": "Camat, M.Si.",
            "title": "Camat",
            "nip": "19700101 199003 1 002",
        },
        "attachments": [
            {
                "name": "kertas-kerja.xlsx",
                "description": "Angka",
                "sha256": hashlib.sha256(b"PK angka").hexdigest(),
            }
        ],
    }
    paper = Paper.objects.create(
        cycle=cycle, unit=office.unit, kind=Output.LAPORAN, round=1, year=2026, sequence=sequence, number=f"000/{sequence}/2026", code=code,
        title="Laporan Hasil Uji", content=content, issued_at=TODAY, issued_by=office.camat, **values,
    )  # fmt: skip
    for position, person in enumerate((office.sekcam, office.camat), start=1):
        title = ("Sekretaris Kecamatan", "Camat")[position - 1]
        PaperSigner.objects.create(paper=paper, position=position, person=person, title=title, method=method)
    PaperFile.objects.create(paper=paper, made_at=TODAY, **kept(f"uji/{paper.pk}.pdf", pdf))
    return paper


def sign_paper(paper: Paper, pdf: bytes, position: int, fingerprint: str = "") -> PaperSignature:
    """Store the file with a signature, as the door does."""
    signer = paper.signers.get(position=position)
    stored = kept(f"uji/{paper.pk}-{position}.pdf", pdf)
    return PaperSignature.objects.create(
        signer=signer, signed_at=TODAY, recorded_by=signer.person, fingerprint=fingerprint, **stored
    )


def signed_paper(office) -> Paper:
    """A paper that both signed, at an office with its own authority."""
    with_authority(office.unit)
    paper = issued_paper(office)
    sign_paper(paper, signed_once(), 1, sekcam().fingerprint)
    sign_paper(paper, signed(), 2, camat().fingerprint)
    return Paper.objects.get(pk=paper.pk)


def kept(path: str, pdf: bytes) -> dict:
    files.write_whole(path, pdf)
    return {"path": path, "sha256": hashlib.sha256(pdf).hexdigest(), "size": len(pdf)}

"""What goes into the package of a cycle."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measurement import files
from measurement.figures.calculation import calculate
from measurement.models import Evidence, MeasurementCycle, Paper, SigningKey
from measurement.papers.issue import current_file, paper_file

from .names import inside
from .records import (
    PAPERS,
    as_json,
    certificate_name,
    paper_record,
    papers_of,
    records,
    signature_records,
    void_reason,
)


@dataclass(frozen=True)
class Member:
    """One file of the payload: made now (bytes), or stored (a path) with the SHA-256 that is on record for it."""

    name: str
    content: bytes | Path
    sha256: str = ""


def members(cycle: MeasurementCycle) -> Iterator[Member]:
    """Everything that belongs to the cycle. PaperFailed if a paper's file can't be made."""
    yield from _papers(cycle)
    yield from _workbooks(cycle)
    yield from _uploads(cycle)
    for name, record in records(cycle).items():
        yield Member(name, as_json(record))
    for key in SigningKey.objects.filter(unit=cycle.unit):
        yield Member(certificate_name(key), key.certificate.encode())


def _papers(cycle: MeasurementCycle) -> Iterator[Member]:
    """Every paper as it is valid now. A signed one also as it was issued: what was signed elsewhere may be a scan."""
    told = []
    for position, paper in enumerate(papers_of(cycle), start=1):
        valid, issued, name = current_file(paper), paper_file(paper), paper_name(position, paper)
        yield _stored(f"naskah/{name}", valid)
        if valid.sha256 != issued.sha256:
            yield _stored(f"naskah/terbit/{name}", issued)
        told.append(
            paper_record(paper)
            | {
                "tanda_tangan": signature_records(paper),
                "batal": void_reason(paper),
                "berkas": f"naskah/{name}",
                "sha256": valid.sha256,
                "sha256_terbit": issued.sha256,
            }
        )
    yield Member(PAPERS, as_json(told))


def paper_name(position: int, paper: Paper) -> str:
    return inside(f"{position:02} {paper.title}{f' putaran {paper.round}' if paper.round > 1 else ''}.pdf")


def _workbooks(cycle: MeasurementCycle) -> Iterator[Member]:
    from measurement.spreadsheets.e81_export import e81_workbook
    from measurement.spreadsheets.recap_export import recap_workbook
    from measurement.spreadsheets.worksheet_export import worksheet_workbook

    sheet = calculate(cycle)
    yield Member("kertas-kerja.xlsx", worksheet_workbook(sheet))
    yield Member("rekap.xlsx", recap_workbook(sheet))
    yield Member("formulir-e81.xlsx", e81_workbook(sheet))


def _uploads(cycle: MeasurementCycle) -> Iterator[Member]:
    for evidence in (
        Evidence.objects.files().filter(row__cycle=cycle).select_related("file", "row__node").order_by("pk")
    ):
        row = evidence.row
        folder = inside(f"{row.position + 1:03d} {row.node.code} {row.name[:60]}")
        yield _stored(f"bukti/{folder}/{inside(f'{evidence.pk} {evidence.name}')}", evidence.file)
    for used in cycle.money_files.select_related("file"):
        yield _stored(f"realisasi-anggaran/{inside(f'{used.pk} {used.name}')}", used.file)
    for document in cycle.reference_documents.exclude(file=None).select_related("file"):
        yield _stored(f"rujukan/{inside(f'{document.kind} {document.name}')}", document.file)


def _stored(name: str, record) -> Member:
    """`record` is whatever has path and sha256: a paper's file, a signed version, an upload."""
    return Member(name, files.at_hand(record.path), record.sha256)

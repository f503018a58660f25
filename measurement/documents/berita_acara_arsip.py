"""Step 11: the record of archiving with the list of everything in the file."""

from django.utils import timezone

from ..models import Evidence, MeasurementCycle, Paper, Person
from ..sop import SOP_NUMBER
from ..words import day_and_date, local_date
from .kind import Kind
from .letterhead import who_left


def content(cycle: MeasurementCycle, actor: Person) -> dict:
    papers = cycle.papers.select_related("file")
    references = cycle.reference_documents.exclude(file=None)
    return {
        "day": day_and_date(timezone.now()),
        "unit": cycle.unit.name,
        "sop": SOP_NUMBER,
        "classification": cycle.unit.classification,
        "storage_location": cycle.storage_location,
        "papers": [entry(number, paper) for number, paper in enumerate(papers, start=1)],
        "evidence_count": str(Evidence.objects.filter(row__cycle=cycle).count()),
        "reference_count": str(references.count()),
        "row_count": str(cycle.rows.count()),
        "acknowledged": who_left(cycle, "report_to_camat"),
    }


def entry(number: int, paper: Paper) -> dict:
    """One paper of the file; its fingerprint only where its file is stored."""
    stored = getattr(paper, "file", None)
    return {
        "number": str(number),
        "title": paper.title,
        "paper_number": paper.number,
        "date": local_date(paper.issued_at),
        "round": str(paper.round),
        "sha256": stored.sha256 if stored else "",
    }


KIND = Kind("BAA", "Berita Acara Pengarsipan Data Kinerja", "berita_acara_arsip.html", content)

"""Issuing: number, freeze the content, and later make the file of it once."""

import hashlib
import json
import logging

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from .. import audit, files
from ..models import MeasurementCycle, Paper, PaperFile, Person
from ..sop import Step
from ..words import long_date
from .letterhead import letterhead, signatory
from .numbering import next_sequence, printed_number
from .registry import KINDS
from .text import printable

logger = logging.getLogger(__name__)


def issue(cycle: MeasurementCycle, step: Step, actor: Person, approved: bool = True) -> Paper:
    """Number a step's paper and freeze what it will print. A paper of the same kind in an earlier round is named as replaced."""
    kind, now = KINDS[step.output], timezone.localtime()
    unit, year = cycle.unit, now.year
    sequence = next_sequence(unit, year, step.output)
    number = printed_number(unit, year, sequence, kind.code)
    replaced = cycle.papers.filter(kind=step.output).last()
    content = {
        "letterhead": letterhead(unit),
        "signatory": signatory(actor, unit, step.actor),
        "number": number,
        "date": now.date(),
        "date_text": long_date(now.date()),
        "cycle": str(cycle),
        "period": cycle.period,
        "year": cycle.year,
        "round": cycle.round,
        "amends": str(cycle.amends) if cycle.amends else "",
        "replaces": replaced.number if replaced else "",
        "source_note": cycle.plan.source_note,
        "approved": approved,
        "audit_head": audit.head(cycle),
        **kind.content(cycle, actor),
    }
    return Paper.objects.create(
        cycle=cycle, unit=unit, kind=step.output, round=cycle.round, year=year, sequence=sequence, number=number,
        title=f"{kind.title} {cycle.period}", content=printable(json.loads(json.dumps(content, cls=DjangoJSONEncoder))),
        issued_at=now, issued_by=actor, replaces=replaced,
    )  # fmt: skip


def render_pending(cycle: MeasurementCycle) -> int:
    """Make the files of a cycle's papers that have none yet; the number made. A paper that fails stays pending and is logged."""
    from .render import PaperFailed  # noqa: PLC0415 – the renderer is loaded where it is used

    made = 0
    for paper in cycle.papers.filter(file=None).order_by("pk"):
        try:
            paper_file(paper)
            made += 1
        except (PaperFailed, OSError):
            logger.exception("paper %s could not be made", paper.pk)
    return made


def paper_file(paper: Paper) -> PaperFile:
    """The stored file of a paper, made now if it is not there yet. PaperFailed if it can't be made."""
    from .render import render_pdf  # noqa: PLC0415

    existing = PaperFile.objects.filter(paper=paper).first()
    if existing:
        return existing
    pdf = render_pdf(KINDS[paper.kind], paper.content)
    path = f"naskah/{paper.unit_id}/{paper.year}/{paper.kind}-{paper.sequence}.pdf"
    files.write_whole(path, pdf)
    defaults = {"path": path, "sha256": hashlib.sha256(pdf).hexdigest(), "size": len(pdf), "made_at": timezone.now()}
    return PaperFile.objects.get_or_create(paper=paper, defaults=defaults)[0]

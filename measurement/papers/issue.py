"""Issuing: number, freeze the content, name who signs, and later make its file once."""

import hashlib
import json
import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from measurement import files
from measurement.models import (
    MeasurementCycle,
    Paper,
    PaperFile,
    PaperSetting,
    PaperSignature,
    PaperSigner,
    Person,
    SigningMethod,
    Unit,
)
from measurement.models.papers import new_code
from measurement.record import audit
from measurement.rules.dates import long_date

from .kind import Attachment, PaperKind
from .letterhead import letterhead
from .letters import letter_facts
from .numbering import next_sequence, printed_number
from .posts import in_full
from .registry import KINDS
from .signatories import signing_block
from .text import printable, searchable
from .wording import own_wording

logger = logging.getLogger(__name__)


def issue(
    cycle: MeasurementCycle,
    key: str,
    actor: Person,
    approved: bool = True,
    files: Sequence[Attachment] | None = None,
) -> Paper:
    """Number a paper of this kind and freeze what it will print. One of the same kind in an earlier round is named as replaced.

    `files` are those inside it, which doors make before they hold the cycle (ready_files.py); without them they are made now.
    """
    kind, now, unit = KINDS[key], timezone.localtime(), cycle.unit
    setting, replaced = setting_of(unit, key), cycle.papers.filter(kind=key).last()
    sequence = next_sequence(unit, now.year, key)
    number = printed_number(unit, setting, sequence, now.date())
    code = new_code()
    attachments = [_kept(file, unit) for file in (kind.attach(cycle, actor) if files is None else files)]
    content = paper_content(cycle, key, actor, approved, len(attachments), setting, replaced) | {
        "number": number,
        "code": code,
        "verify_url": f"{settings.PUBLIC_URL}/v/{code}/",
        "attachments": attachments,
    }
    signers = _signers(kind, content, setting)
    content = printable(json.loads(json.dumps(content, cls=DjangoJSONEncoder)))
    paper = Paper.objects.create(
        cycle=cycle, unit=unit, kind=key, round=cycle.round, year=now.year, sequence=sequence, number=number, code=code,
        title=f"{kind.title} {cycle.period}", content=content, words=searchable(content), issued_at=now, issued_by=actor, replaces=replaced,
    )  # fmt: skip
    PaperSigner.objects.bulk_create(PaperSigner(paper=paper, **signer) for signer in signers)
    return paper


def paper_content(
    cycle: MeasurementCycle,
    key: str,
    actor: Person,
    approved: bool,
    attached: int,
    setting: PaperSetting,
    replaced: Paper | None,
) -> dict:
    """What a paper of this kind prints, but for its number, its code and the files inside."""
    kind, now, unit = KINDS[key], timezone.localtime(), cycle.unit
    content = {
        "letterhead": letterhead(unit),
        "signatory": signing_block(cycle, key, setting, actor),
        "date": now.date(),
        "date_text": long_date(now.date()),
        "cycle": str(cycle),
        "words": cycle.sop.words,
        "period": cycle.period,
        "period_word": cycle.period_of_year.frequency.short,
        "to_date_word": cycle.period_of_year.frequency.to_date_short,
        "period_noun": cycle.period_of_year.frequency.noun,
        "to_date_noun": cycle.period_of_year.frequency.to_date,
        "year": cycle.year,
        "round": cycle.round,
        "amends": str(cycle.amends) if cycle.amends else "",
        "replaces": replaced.number if replaced else "",
        "source_note": cycle.plan.source_note,
        "approved": approved,
        "audit_head": audit.head(cycle),
        "wording": own_wording(kind.wording, setting, cycle),
        **kind.content(cycle, actor),
    }
    if kind.is_letter:
        content["memo"] = letter_facts(content["memo"], setting, attached)
    for block in kind.signed_by:
        content[block] = {**content[block], "post": in_full(content[block]["title"], cycle)}
    return content


def content_digest(content: dict) -> str:
    """SHA-256 of a paper's frozen content, in whatever order a database keeps it."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def issued_facts(paper: Paper) -> dict[str, str]:
    """What the audit trail keeps of a paper that was issued: its number, and its content as the database holds it."""
    return {
        "paper": paper.number,
        "content": content_digest(Paper.objects.values_list("content", flat=True).get(pk=paper.pk)),
    }


def setting_of(unit: Unit, kind: str) -> PaperSetting:
    """What the office decided about this kind of paper; the defaults if nothing was."""
    return PaperSetting.objects.filter(unit=unit, kind=kind).first() or PaperSetting(unit=unit, kind=kind)


def _signers(kind: PaperKind, content: dict, setting: PaperSetting) -> list[dict]:
    """Who signs, in order. Their blocks in the content get the anchor at which a signature is set, and the way of signing."""
    method = setting.method
    if method == SigningMethod.LOKAL and not setting.unit.signs_locally:
        method = SigningMethod.MANUAL
    signers = []
    for position, block in enumerate(
        (content[key] for key in kind.signed_by if content[key].get("person")), start=1
    ):
        block |= {"anchor": f"ttd-{position}", "method": method}
        signers.append(
            {
                "position": position,
                "person_id": int(block["person"]),
                "title": block["title"],
                "method": method,
            }
        )
    return signers


def _kept(attachment: Attachment, unit: Unit) -> dict:
    """The attachment's bytes stored under their digest, and what the paper says about them."""
    digest = hashlib.sha256(attachment.content).hexdigest()
    path = f"lampiran/{unit.pk}/{digest}{attachment.name[attachment.name.rindex('.') :]}"
    files.write_whole(path, attachment.content)
    return {"name": attachment.name, "description": attachment.description, "path": path, "sha256": digest}


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
    """The stored file of a paper as it was issued, made now if it is not there yet. PaperFailed if it can't be made."""
    from .render import render_pdf  # noqa: PLC0415 – as above

    existing = PaperFile.objects.filter(paper=paper).first()
    if existing:
        return existing
    return _first_file(paper, render_pdf(KINDS[paper.kind], paper.content))


@transaction.atomic
def _first_file(paper: Paper, pdf: bytes) -> PaperFile:
    """If two made the file at once, the first one's is kept: a file that has a record is never written over."""
    Paper.objects.select_for_update().only("pk").get(pk=paper.pk)
    existing = PaperFile.objects.filter(paper=paper).first()
    if existing:
        return existing
    path = f"naskah/{paper.unit_id}/{paper.year}/{paper.kind}-{paper.sequence}.pdf"
    files.write_whole(path, pdf, unrecorded=True)
    return PaperFile.objects.create(
        paper=paper, path=path, sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf), made_at=timezone.now()
    )


def current_file(paper: Paper):
    """The file that is valid now: the last signed one, else the one issued. Both have path, sha256 and size."""
    signed = PaperSignature.objects.filter(signer__paper=paper).order_by("-signer__position").first()
    return signed or paper_file(paper)

"""Issued papers: what they are, and their files as they are valid now."""

import base64
import logging

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from ninja import Query, Router

from measurement import files
from measurement.addresses import reverse
from measurement.models import Paper, PaperSignature
from measurement.models.papers import PaperQuerySet
from measurement.papers.issue import current_file
from measurement.papers.render import PaperFailed
from measurement.rules.machine_access import Scope
from measurement.rules.sop import APPROVED
from measurement.views.responses import attachment

from .answers import LARGEST_KEY, PROBLEMS, PageAsked, link, page_of_rows
from .bearer import ApiToken, caller
from .problems import Problem
from .shapes import Berkas, HalamanNaskah, Naskah

logger = logging.getLogger(__name__)
paper_calls = Router(tags=["Naskah"])
NOT_MADE = "Berkas gagal dibuat. Coba lagi sesaat lagi; bila tetap gagal, hubungi administrator kantor."
DAMAGED_FILE = "Berkas itu hilang atau tidak lagi sama dengan yang diterbitkan, jadi tidak diberikan. Hubungi administrator kantor."
PDF = {
    "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    "description": "Berkas PDF",
}


def _told_papers(token: ApiToken) -> PaperQuerySet:
    """Papers of approved cycles; those of one under way say figures that nobody has approved."""
    found = Paper.objects.visible_to(token)
    return found if token.allows(Scope.UNDER_WAY) else found.filter(cycle__state__in=APPROVED)


@paper_calls.get(
    "naskah",
    response={200: HalamanNaskah, **PROBLEMS},
    summary="Naskah yang terbit, yang terlama lebih dahulu",
    operation_id="daftarNaskah",
)
def list_papers(
    request: HttpRequest,
    asked: Query[PageAsked],
    siklus: int = Query(0, ge=0, le=LARGEST_KEY, description="Id siklus; 0: semua."),
    jenis: str = Query("", max_length=40, description="Kunci jenis naskah, misalnya laporan_hasil."),
) -> HalamanNaskah:
    wanted = Q(cycle=siklus) if siklus else Q()
    wanted &= Q(kind=jenis) if jenis else Q()
    last = PaperSignature.objects.filter(signer__paper=OuterRef("pk")).order_by("-signer__position")
    found = (
        _told_papers(caller(request, Scope.PAPERS))
        .filter(wanted)
        .listed()
        .select_related("issued_by", "void", "replaced_by", "file")
    )
    signed = found.annotate(
        signed_sha256=Subquery(last.values("sha256")[:1]), signed_size=Subquery(last.values("size")[:1])
    )
    page, following = page_of_rows(request, signed, asked)
    return HalamanNaskah(data=[_paper(request, paper) for paper in page], berikutnya=following)


def _paper(request: HttpRequest, paper) -> Naskah:
    made = getattr(paper, "file", None)
    return Naskah(
        id=paper.pk,
        siklus=paper.cycle_id,
        jenis=paper.kind,
        judul=paper.title,
        nomor=paper.number,
        terbit=timezone.localtime(paper.issued_at),
        putaran=paper.round,
        keadaan="dibatalkan"
        if hasattr(paper, "void")
        else "digantikan"
        if hasattr(paper, "replaced_by")
        else "berlaku",
        tanda_tangan_diminta=paper.asked,
        tanda_tangan_ada=paper.signed,
        verifikasi=settings.PUBLIC_URL + reverse("verify_paper", args=[paper.code]),
        berkas=Berkas(
            alamat=link(request, f"naskah/{paper.pk}/berkas"),
            sha256=paper.signed_sha256 or (made and made.sha256),
            ukuran=paper.signed_size or (made and made.size),
        ),
    )


@paper_calls.get(
    "naskah/{int:naskah_id}/berkas",
    response=PROBLEMS,
    openapi_extra={"responses": {200: PDF}},
    summary="Berkas PDF naskah dengan semua tanda tangannya",
    operation_id="berkasNaskah",
)
def paper_pdf(request: HttpRequest, naskah_id: int) -> HttpResponseBase:
    """Its SHA-256 stands in Repr-Digest (RFC 9530), in ETag and in the list."""
    paper = get_object_or_404(_told_papers(caller(request, Scope.PAPERS)), pk=naskah_id)
    try:
        stored = current_file(paper)
    except (PaperFailed, OSError) as failure:
        logger.error("the file of paper %s could not be made: %s", paper.pk, failure)
        raise Problem(503, NOT_MADE) from None
    if fault := files.fault(stored.path, stored.sha256):
        logger.error("%s is not served: %s", stored.path, fault)
        raise Problem(503, DAMAGED_FILE)

    etag = f'"{stored.sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged  # before the file is opened
    response = attachment(stored.path, f"{paper.title} {paper.number}.pdf".replace("/", "-"), "pdf")
    response["ETag"] = etag
    response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(stored.sha256)).decode()}:"
    return response

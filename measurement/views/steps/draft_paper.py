"""Lihat konsep (PDF): the paper of a step before it is numbered, for whoever may work on the step. Of what is typed, or of what is stored."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from measurement.addresses import reverse
from measurement.doors import drafting
from measurement.doors.actions import CycleActions
from measurement.models import MeasurementCycle, Person
from measurement.papers import KINDS
from measurement.papers.draft import draft_pdf
from measurement.papers.render import PaperFailed
from measurement.rules.permissions import may_see_all_rows
from measurement.rules.refusals import NotAtThisStep, Refusal
from measurement.rules.sop import MEASURE, PREPARE_METHOD, SEND_BACK, Step

from ..fetch import get_cycle
from ..responses import made_file, sandboxed
from ..visitor import PersonRequest
from . import decision, smart_gate

logger = logging.getLogger(__name__)

# the buttons of a step's page that show a draft: of leaving the step, or of sending back
DRAFT, DRAFT_OF_RETURN = "draft", "draft_return"
DRAFTS = (DRAFT, DRAFT_OF_RETURN)
FAILED = (
    "Konsep gagal dibuat: terlalu besar, terlalu rumit, atau terlalu lama. Tidak ada yang diterbitkan dan tidak ada nomor yang terpakai; coba "
    "lagi sesaat lagi, atau hubungi administrator."
)
NOT_YET = "Konsep {output} hanya dapat dilihat pelaksana langkah {number} selama gilirannya."


class DraftFailed(Refusal):
    """The file could not be made; the page and what is typed stay."""

    status = 503


def draft_of_typed(request: PersonRequest, cycle: MeasurementCycle, step: Step, form) -> HttpResponse:
    """The draft with what stands on the page now, whether it is saved or not."""
    returns = request.POST.get("action") == DRAFT_OF_RETURN and step.returns_to is not None
    action = SEND_BACK if returns else step.key
    arahan = decision.posted_arahan(request.POST) if returns else ()

    def write(now: MeasurementCycle) -> None:
        form.write(now)
        if step == PREPARE_METHOD:
            smart_gate.keep_decisions(request, now)

    return draft_file(step, drafting.draft(cycle, action, request.user, write, arahan))


def draft_paper(request: PersonRequest, pk: int, number: int):
    """The draft of what is stored."""
    cycle = get_cycle(request, pk)
    step = cycle.sop.step_by_number.get(number)
    if step is None:
        raise Http404
    if cycle.step != step:
        raise NotAtThisStep(NOT_YET.format(output=step.output_name, number=step.number))
    if not may_see_draft(request.user, cycle):
        raise PermissionDenied
    return draft_file(step, drafting.draft(cycle, step.key, request.user))


def may_see_draft(person: Person, cycle: MeasurementCycle) -> bool:
    """Whoever may work on the step; the worksheet is everybody's step, but not everybody sees all of it while it is filled in."""
    works = cycle.step is not None and CycleActions(cycle, person).may(cycle.step.key)
    return works and (cycle.step != MEASURE or may_see_all_rows.test(person, cycle))


def worksheet_draft(person: Person, cycle: MeasurementCycle) -> str:
    """Where the kertas kerja is to be seen as it would be printed; "" where it is not."""
    seen = cycle.step == MEASURE and may_see_draft(person, cycle)
    return reverse("draft_paper", args=[cycle.pk, MEASURE.number]) if seen else ""


def draft_file(step: Step, content: dict) -> HttpResponse:
    """The PDF to download. DraftFailed if it can't be made."""
    try:
        pdf = draft_pdf(step.output, content)
    except (PaperFailed, OSError) as failure:
        logger.error("the draft of %s could not be made: %s", step.output, failure)
        raise DraftFailed(FAILED) from failure
    response = made_file(pdf, f"KONSEP {KINDS[step.output].title} {content['period']}.pdf", "pdf")
    # by this the page's script knows that the download came (static/js/submit.js)
    response.set_cookie("sakip_unduh", "1", max_age=60, samesite="Lax", secure=settings.HTTPS)
    return sandboxed(response)

"""Petikan: what the issued kertas kerja pengukuran says of one ASN, as a PDF made on demand."""

import io
import logging
from collections.abc import Iterable

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect

from measurement import files
from measurement.addresses import reverse
from measurement.models import MeasurementCycle, Paper, Person
from measurement.papers import petikan
from measurement.papers.render import PaperFailed
from measurement.rules.permissions import may_see_all_rows
from measurement.rules.sop import Output

from ..responses import sandboxed
from ..visitor import PersonRequest

logger = logging.getLogger(__name__)


def extract(request: PersonRequest, pk: int, person: int):
    """One's own extract; anybody's for those who see all rows."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk, kind=Output.PENGUKURAN)
    content = petikan.petikan_content(paper, person)
    if content is None or not (person == request.user.pk or may_see_all_rows.test(request.user, paper)):
        raise Http404
    try:
        pdf = petikan.pdf(content)
    except (PaperFailed, OSError) as failure:
        logger.error("the extract of paper %s for %s could not be made: %s", pk, person, failure)
        messages.error(
            request, "Petikan gagal dibuat. Coba lagi sesaat lagi; bila tetap gagal, hubungi administrator."
        )
        return redirect("cycle", paper.cycle_id)
    name = f"Petikan {paper.number} {content['signatory']['name']}.pdf".replace("/", "-")
    response = FileResponse(
        io.BytesIO(pdf), as_attachment=True, filename=name, content_type=files.CONTENT_TYPES["pdf"]
    )
    return sandboxed(response)


def extract_links(cycle: MeasurementCycle, people: Iterable[Person]) -> list[dict]:
    """Where these people's extracts are to be had; nothing before the paper is issued."""
    valid = cycle.papers.valid().filter(kind=Output.PENGUKURAN)
    paper, owners = valid.values_list("pk", "content__owners").last() or (None, ())
    named = {owner["person"] for owner in owners or ()}
    ordered = sorted(
        (person for person in set(people) if str(person.pk) in named), key=lambda person: person.name
    )
    return [{"name": person.name, "url": reverse("extract", args=[paper, person.pk])} for person in ordered]

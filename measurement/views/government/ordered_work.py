"""Long work about the offices of a government: it is kept with their first."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import redirect

from measurement.addresses import reverse
from measurement.doors.long_work import order_work
from measurement.models import Government

from ..visitor import PersonRequest
from .choice import government_query

NO_OFFICE = "Pemerintah daerah ini belum mempunyai kantor. Buat kantornya dahulu."


def ordered_work(
    request: PersonRequest, government: Government, kind: str, upload: UploadedFile | None = None, **given
):
    """To the page that says how far it is; where there is no office yet, that is said instead."""
    office = government.offices.order_by("pk").first()
    if office is None:
        messages.error(request, NO_OFFICE)
        return redirect(reverse("government") + government_query(request, government))
    work = order_work(request.user, office, kind, upload, government=government.pk, **given)
    return redirect("work", work.pk)

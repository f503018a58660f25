"""Drafts of forms between browser and server: saved by the page's script, shown again on the page of the form, dropped by a button."""

import json

from django.http import HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from measurement.doors import form_drafts
from measurement.models import FormDraft, Person, SentForm
from measurement.rules.dates import moment
from measurement.rules.form_drafts import LONGEST_ADDRESS, MOST_BYTES, SECRET, draft_place

from ..visitor import PersonRequest
from .kept_text import page_of
from .session import seconds_left, session_facts


@require_POST
def save_draft(request: PersonRequest):
    """What stands typed in one form. Nothing is kept that comes late from a page whose form has arrived."""
    page, action = draft_place(request.POST.get("page", "")), draft_place(request.POST.get("action", ""))
    form, text = request.POST.get("form", "")[:LONGEST_ADDRESS], request.POST.get("fields", "[]")
    if not page or not action or len(text.encode()) > MOST_BYTES:
        return JsonResponse({"kept": False, **session_facts(request)}, status=422)
    if not _has_arrived(request):
        form_drafts.keep_draft(request.user, page, form, action, _read(text))
    return JsonResponse({"kept": True, **session_facts(request)})


def _has_arrived(request: PersonRequest) -> bool:
    mark = request.POST.get("mark", "")
    return bool(mark) and SentForm.objects.done().filter(person=request.user, mark=mark).exists()


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return []


@require_POST
def discard_draft(request: PersonRequest):
    """The button "Buang draf"; back to the page as it is stored."""
    page = draft_place(request.POST.get("page", ""))
    form_drafts.drop_draft(request.user, page, request.POST.get("form", "")[:LONGEST_ADDRESS])
    return redirect(page or page_of(request))


def form_care(request: HttpRequest, person: Person) -> dict:
    """What `base.html` tells the page's scripts, and the drafts that belong to this page."""
    place = draft_place(request.get_full_path())
    return {
        "person": str(person.pk),
        "place": place,
        "secret": SECRET.pattern,
        "left": seconds_left(request),
        "is_answer": request.method == "POST",
        "drafts": drafts_of(person, place) if person.has_drafts else [],
    }


def drafts_of(person: Person, place: str) -> list[dict]:
    """As `components/drafts.html` takes them."""
    found = FormDraft.objects.filter(person=person, page=place)
    return [
        {
            "page": draft.page,
            "form": draft.form,
            "fields": draft.fields,
            "at": int(draft.saved_at.timestamp() * 1000),
            "when": moment(draft.saved_at),
            "texts": [
                {"label": field["label"] or "Isian", "text": "\n".join(field["texts"])}
                for field in draft.fields
                if field["plain"] and "".join(field["texts"]).strip()
            ],
        }
        for draft in found
    ]

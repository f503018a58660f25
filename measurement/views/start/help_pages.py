"""The SOP as it is printed, and the help that goes with it: how each job is done, and what the terms mean."""

from django.conf import settings
from django.shortcuts import render

from measurement import guide
from measurement.addresses import reverse
from measurement.rules.dates import long_date
from measurement.rules.sop import ACTORS, SOP_FACTS, SOP_NAME, STEP_BY_STATE, Step
from measurement.rules.sop_edition import Sop

from ..visitor import PersonRequest
from .state_graph import drawn_states

PAGES = (("sop", "SOP"), ("help", "Cara mengerjakan"), ("terms", "Istilah"))


def manual_url() -> str:
    """Where the guide is read, once it was built here; "" before."""
    return "/panduan/" if (settings.DOCS_ROOT / "panduan" / "index.html").is_file() else ""


def help_url(key: str) -> str:
    """The help on one job, opened; without a key the head of the page."""
    return reverse("help") + (f"?buka={key}#{key}" if key else "")


def sop(request: PersonRequest):
    """The eleven steps in the columns of the paper."""
    edition = request.user.sop
    days, minutes = (sum(getattr(step, part) for step in edition.steps) for part in ("days", "minutes"))
    context = {
        "steps": [_step(edition, step) for step in edition.steps],
        "actors": [edition.label(actor) for actor in ACTORS],
        "number": edition.number,
        "name": SOP_NAME,
        "facts": [
            *_dates(edition),
            *({"label": label, "value": value} for label, value in SOP_FACTS.items()),
        ],
        "total": f"{minutes} menit dan {days} hari",
        "legal_basis": edition.legal_basis,
        "graph": drawn_states(edition),
    }
    return _page(request, "start/sop.html", "sop", context)


def _dates(edition: Sop) -> list[dict]:
    """When and by whom the edition was made, as far as it says."""
    days = {"Dibuat": edition.made_on, "Direvisi": edition.revised_on, "Berlaku sejak": edition.in_force_from}
    facts = {label: long_date(day) for label, day in days.items() if day} | {
        "Disahkan oleh": edition.signatory
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def _step(edition: Sop, step: Step) -> dict:
    return {
        "number": str(step.number),
        "url": help_url(f"langkah-{step.number}"),
        "activity": step.activity,
        "actors": [{"label": edition.label(actor), "is_theirs": actor == step.actor} for actor in ACTORS],
        "requires": ", ".join(step.requires),
        "time": step.standard_label,
        "output": step.output_name,
        "after": f"Tidak disetujui: kembali ke langkah {STEP_BY_STATE[step.returns_to].number}."
        if step.returns_to
        else "",
    }


def help_page(request: PersonRequest):
    """How each job is done, folded; the one that was asked for is open."""
    parts = [
        {"key": key, "title": title, "jobs": jobs}
        for key, title, jobs in guide.OfficeGuide(request.user.sop).parts
    ]
    context = {"parts": parts, "opened": request.GET.get("buka", ""), "manual": manual_url()}
    return _page(request, "start/help.html", "help", context)


def terms(request: PersonRequest):
    """What the words mean."""
    groups = [
        {"title": title, "terms": terms} for title, terms in guide.OfficeGuide(request.user.sop).term_groups
    ]
    return _page(request, "start/terms.html", "terms", {"groups": groups})


def _page(request: PersonRequest, template: str, here: str, context: dict):
    tabs = [{"label": label, "url": reverse(name), "current": name == here} for name, label in PAGES]
    if manual := manual_url():
        tabs.append({"label": "Panduan", "url": manual, "current": False})
    return render(request, template, context | {"tabs": tabs})

"""The SOP as it is printed, and the help that goes with it: how each job is done, and what the terms mean."""

from django.shortcuts import render
from django.urls import reverse

from measurement import guide
from measurement.rules import sop as table

from ..visitor import PersonRequest
from .state_graph import drawn_states

PAGES = (("sop", "SOP"), ("help", "Cara mengerjakan"), ("terms", "Istilah"))


def help_url(key: str) -> str:
    """The help on one job, opened; without a key the head of the page."""
    return reverse("help") + (f"?buka={key}#{key}" if key else "")


def sop(request: PersonRequest):
    """The eleven steps in the columns of the paper."""
    context = {
        "steps": [_step(step) for step in table.STEPS],
        "actors": [actor.label for actor in table.ACTORS],
        "number": table.SOP_NUMBER,
        "name": table.SOP_NAME,
        "facts": [{"label": label, "value": value} for label, value in table.SOP_FACTS.items()],
        "total": f"{sum(step.minutes for step in table.STEPS)} menit dan {sum(step.days for step in table.STEPS)} hari",
        "legal_basis": table.LEGAL_BASIS,
        "graph": drawn_states(),
    }
    return _page(request, "start/sop.html", "sop", context)


def _step(step: table.Step) -> dict:
    return {
        "number": str(step.number),
        "url": help_url(f"langkah-{step.number}"),
        "activity": step.activity,
        "actors": [{"label": actor.label, "is_theirs": actor == step.actor} for actor in table.ACTORS],
        "requires": ", ".join(step.requires),
        "time": step.standard_label,
        "output": step.output_name,
        "after": f"Tidak disetujui: kembali ke langkah {table.STEP_BY_STATE[step.returns_to].number}."
        if step.returns_to
        else "",
    }


def help_page(request: PersonRequest):
    """How each job is done, folded; the one that was asked for is open."""
    parts = [{"key": key, "title": title, "jobs": jobs} for key, title, jobs in guide.PARTS]
    return _page(request, "start/help.html", "help", {"parts": parts, "opened": request.GET.get("buka", "")})


def terms(request: PersonRequest):
    """What the words mean."""
    groups = [{"title": title, "terms": terms} for title, terms in guide.TERM_GROUPS]
    return _page(request, "start/terms.html", "terms", {"groups": groups})


def _page(request: PersonRequest, template: str, here: str, context: dict):
    tabs = [{"label": label, "url": reverse(name), "current": name == here} for name, label in PAGES]
    return render(request, template, context | {"tabs": tabs})

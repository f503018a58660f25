"""The SOP itself and the help that goes with it."""

from django.shortcuts import render

from .. import sop as table


def sop(request):
    context = {
        "steps": table.STEPS,
        "actors": [(actor, actor.label) for actor in table.ACTORS],
        "number": table.SOP_NUMBER,
        "name": table.SOP_NAME,
        "warning": table.SOP_WARNING,
        "legal_basis": table.LEGAL_BASIS,
    }
    return render(request, "measurement/sop.html", context)

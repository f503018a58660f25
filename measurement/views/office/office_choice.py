"""Which office a page of settings is about: the only one for most people; who keeps several chooses by `?unit=`, who keeps many on a page of its own."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404

from measurement.addresses import reverse
from measurement.models import Person, Unit
from measurement.models.appointments import FEW
from measurement.rules.permissions import is_camat, may_hand_over, may_keep_plan, may_manage_people
from measurement.rules.sop import Role

from ..visitor import PersonRequest

UNIT = "unit"
MANAGED, KEPT_PLANS, HANDED_OVER, LED = "kelola", "rencana", "serah-terima", "perintah"
# where somebody chooses among the offices in which they may
CHOICES = {MANAGED: may_manage_people, KEPT_PLANS: may_keep_plan, HANDED_OVER: may_hand_over, LED: is_camat}


def units_where(person: Person, may) -> list[Unit]:
    """The offices where the person is allowed to, in the order of their appointments. Asked once for each set of roles that they hold."""
    answers: dict[frozenset[Role], bool] = {}
    found = []
    for unit_id, held in person.appointments_by_unit.items():
        roles = person.roles_in(unit_id)
        if roles not in answers:
            answers[roles] = may.test(person, held[0])
        if answers[roles]:
            found.append(person.brief_unit(unit_id))
    return found


def chosen_unit(request: PersonRequest, units: Sequence[Unit]) -> Unit:
    """The office that the address names, else the first. PermissionDenied where there is none, 404 for one that is not among them."""
    if not units:
        raise PermissionDenied
    asked = request.GET.get(UNIT)
    found = units[0] if asked is None else next((unit for unit in units if str(unit.pk) == asked), None)
    if found is None:
        raise Http404
    return request.user.unit(found.pk)


def managed_unit(request: PersonRequest) -> Unit:
    """The unit whose people and settings this person manages now; PermissionDenied for everybody else."""
    return chosen_unit(request, units_where(request.user, may_manage_people))


def query_of(unit: Unit, units: Sequence[Unit]) -> str:
    """What links and forms add to stay with one of several offices; nothing for a single one."""
    return f"?{UNIT}={unit.pk}" if len(units) > 1 else ""


def switch(request: PersonRequest, unit: Unit, units: Sequence[Unit], choice: str = "") -> dict:
    """For templates: the offices to choose from, and what links and forms add to stay with the one chosen. Both empty for a single office."""
    return {"choices": office_chips(request, unit, units, choice), "query": query_of(unit, units)}


def office_chips(
    request: PersonRequest, unit: Unit | None, units: Sequence[Unit], choice: str = ""
) -> list[dict]:
    """A few offices side by side; of many the one chosen, and the way to the others. `choice` says of which offices, if not of all."""
    if len(units) < 2:
        return []
    if len(units) <= FEW:
        return [
            {"label": one.short_name, "url": f"?{UNIT}={one.pk}", "current": one == unit} for one in units
        ]
    others = reverse("choose_office", query={"ke": request.path, **({"untuk": choice} if choice else {})})
    chosen = [{"label": unit.short_name, "url": f"?{UNIT}={unit.pk}", "current": True}] if unit else []
    return [*chosen, {"label": f"Pilih dari {len(units)} kantor", "url": others, "current": False}]


def managed_switch(request: PersonRequest, unit: Unit) -> dict:
    return switch(request, unit, units_where(request.user, may_manage_people), MANAGED)

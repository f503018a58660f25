"""What a person chooses in the preview of an import: sub units of lines, sub units to be registered, twins to be typed once."""

from measurement.models import Plan
from measurement.plan.table_import import ALL, ImportChoices, Preview

from ..visitor import PersonRequest

SUB_UNIT = "sub_unit-"  # name of an input, before the row of the file


def import_choices(request: PersonRequest, facts: dict) -> ImportChoices:
    """As they were posted, with the answers that wait beside the file."""
    return ImportChoices(
        sub_units={int(row): name for row, name in facts.get("sub_units", {}).items()},
        register=frozenset(request.POST.getlist("new_sub_unit")),
        twins=frozenset(request.POST.getlist("twin")),
        losses_confirmed="losses" in request.POST,
    )


def choices_as_sent(request: PersonRequest, facts: dict) -> dict:
    """The same for an order of long work, which is kept as JSON."""
    choices = import_choices(request, facts)
    return {
        "sub_units": {str(row): name for row, name in choices.sub_units.items()},
        "register": sorted(choices.register or ()),
        "twins": sorted(choices.twins),
        "losses_confirmed": bool(choices.losses_confirmed),
    }


def typed_sub_units(request: PersonRequest) -> dict[str, str]:
    """Row of the file → the sub unit that was typed for it."""
    rows = [name.removeprefix(SUB_UNIT) for name in request.POST if name.startswith(SUB_UNIT)]
    typed = {row: request.POST.get(f"{SUB_UNIT}{row}", "").strip() for row in rows if row.isdecimal()}
    return {row: name for row, name in typed.items() if name}


def choices_shown(request: PersonRequest, preview: Preview, plan: Plan) -> dict:
    """What there is to choose, ticked as it was posted; before that, unknown sub units are ticked and twins are not."""
    posted = request.POST.get("action") == "apply"
    registered, ticked = request.POST.getlist("new_sub_unit"), request.POST.getlist("twin")
    return {
        "questions": [
            vars(question) | {"field": f"{SUB_UNIT}{question.row}"} for question in preview.questions
        ],
        "sub_units": [sub_unit.name for sub_unit in plan.unit.sub_units.all()] if preview.questions else [],
        "new_sub_units": [
            {"value": name, "label": name, "checked": not posted or name in registered}
            for name in preview.sub_units
        ],
        "twins": [
            {
                "value": twin.key,
                "label": twin.follower[1],
                "help": twin.sentence,
                "checked": twin.key in ticked,
            }
            for twin in preview.twins
        ],
        "all_twins": ALL in ticked,
        "twins_open": bool(ticked),
        "losses": preview.losses,
        "losses_confirmed": "losses" in request.POST,
    }

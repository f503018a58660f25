"""What a government keeps for its offices, as each of its pages shows it: every line with who has it, who has something else, and who lacks it."""

from django.contrib import messages

from measurement.doors.government_standards import (
    KINDS,
    StandardStand,
    put_again,
    standard_stands,
    withdraw_standard,
)
from measurement.models import Government, StandardPart
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest

AGAIN, WITHDRAW = "again", "withdraw"
WRITTEN = "Ditulis pada {count} kantor yang belum memilikinya."
WITHDRAWN = "Dicabut. Kantor yang sudah memilikinya tidak berubah; kantor baru tidak mendapatkannya lagi."
NAMED = 5


def acted_on_standard(request: PersonRequest, government: Government, part: StandardPart) -> bool:
    """Whether the form was one of a line that is kept; what came of it is said."""
    action, key = request.POST.get("action"), request.POST.get("key", "")
    if action not in (AGAIN, WITHDRAW):
        return False
    try:
        if action == AGAIN:
            count = put_again(government, request.user, part, key)
            messages.success(request, WRITTEN.format(count=count))
        else:
            withdraw_standard(government, request.user, part, key)
            messages.success(request, WITHDRAWN)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return True


def shown_standards(government: Government, part: StandardPart) -> list[dict]:
    is_written = KINDS[part].write is not None
    return [_shown(stand) | {"is_written": is_written} for stand in standard_stands(government, part)]


def _shown(stand: StandardStand) -> dict:
    return {
        "key": stand.key,
        "words": stand.words,
        "same": str(stand.same),
        "differing": stand.differing,
        "lacking": str(len(stand.lacking)) if stand.lacking else "",
        "lacking_names": _named([unit.short_name for unit in stand.lacking]),
    }


def _named(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f", dan {more} lainnya" if more > 0 else "")

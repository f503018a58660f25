"""Offices come to be here: the first one with the first administrator, and further ones by whoever keeps the installation."""

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.models import Appointment, Person, SetupCode, SopEdition, Unit
from measurement.rules.refusals import Refusal
from measurement.rules.sop import Role
from measurement.rules.sop_edition import OfficeKind, Sop

from .presets import load_presets

TITLE = "Administrator Sistem"
TOO_LATE = "Instalasi ini baru saja disiapkan orang lain, atau kodenya sudah terpakai. Masuklah dengan akun yang sudah dibuat."


@sensitive_variables("code")
@transaction.atomic
def set_up_installation(code: str, unit: Unit, kind: OfficeKind, administrator: Person) -> None:
    """The first office and its administrator, who keeps the installation as well. Of two at once the second is refused: the code is used up."""
    if not SetupCode.claim(code) or Person.objects.exists():
        raise Refusal(TOO_LATE)
    administrator.is_staff = administrator.is_superuser = True
    found_office(unit, kind, administrator)


@transaction.atomic
def found_office(unit: Unit, kind: OfficeKind, administrator: Person) -> None:
    """A new office with what every office begins with, and the person who fills in the rest. Both are saved here."""
    unit.predicate_scale = load_presets()
    unit.save(force_insert=True)
    administrator.save(force_insert=True)
    today = timezone.localdate()
    SopEdition.objects.create(
        unit=unit, in_force_from=today, facts=Sop.of_kind(kind, in_force_from=today).facts()
    )
    Appointment.objects.create(
        person=administrator, unit=unit, role=Role.ADMINISTRATOR.value, title=TITLE, starts=today
    )

"""Offices come to be here: the first one with the first administrator, and further ones by whoever keeps the installation."""

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.models import Appointment, Person, SetupCode, SopEdition, Unit
from measurement.record.presets import load_presets
from measurement.rules.refusals import Refusal
from measurement.rules.sop import Role
from measurement.rules.sop_edition import OfficeKind, Sop

from .government_standards import begin_with_standards
from .sop_templates import sop_template

TITLE = "Administrator Sistem"
TOO_LATE = "Instalasi ini baru saja disiapkan orang lain, atau kodenya sudah terpakai. Masuklah dengan akun yang sudah dibuat."
BESIDE_DEMONSTRATION = "Instalasi ini memuat kantor contoh. Siapkan instalasi sendiri untuk kantor Anda; contoh tidak dicampur dengan kantor lain."


@sensitive_variables("code")
@transaction.atomic
def set_up_installation(code: str, unit: Unit, kind: OfficeKind, administrator: Person) -> None:
    """The first office and its administrator, who keeps the installation as well. Of two at once the second is refused: the code is used up."""
    if not SetupCode.claim(code) or Person.objects.exists():
        raise Refusal(TOO_LATE)
    administrator.is_staff = administrator.is_superuser = True
    found_office(unit, kind, administrator, None)


@transaction.atomic
def found_office(unit: Unit, kind: OfficeKind, administrator: Person, actor: Person | None) -> None:
    """A new office with what every office begins with, what its government keeps for it, and the person who fills in the rest.

    Both are saved here; `actor` is who appoints them, and nobody does in a new installation. A demonstration stays alone.
    """
    if Unit.objects.demonstrations().exists():
        raise Refusal(BESIDE_DEMONSTRATION)
    unit.predicate_scale = load_presets()
    unit.save(force_insert=True)
    administrator.save(force_insert=True)
    today = timezone.localdate()
    SopEdition.objects.create(
        unit=unit,
        in_force_from=today,
        facts=Sop.of_kind(kind, in_force_from=today, **sop_template(unit.belongs_to_id)).facts(),
    )
    Appointment.objects.create(
        person=administrator,
        unit=unit,
        role=Role.ADMINISTRATOR.value,
        title=TITLE,
        starts=today,
        recorded_by=actor,
    )
    if actor and unit.belongs_to_id:
        begin_with_standards(unit, actor)

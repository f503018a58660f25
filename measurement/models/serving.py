"""Where somebody serves today, and as what."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.db import models
from django.utils import timezone

from measurement.rules.sop import LEADING, Role
from measurement.rules.sop_edition import NEUTRAL, Sop

from .appointments import APPOINTMENTS, FEW, MANY_APPOINTMENTS, Appointment, brief_appointment, whole_units
from .made_at_once import MadeAtOnce
from .organisation import Unit
from .reading import OfficeReader

if TYPE_CHECKING:
    from .people import Person  # built on this module

LEADING_ROLES, NO_ROLES = frozenset(LEADING), frozenset[Role]()


class Serving(MadeAtOnce, OfficeReader):
    """A person by their appointments. What is looked up is kept for as long as the object lasts: a request."""

    is_active: bool  # of the account

    class Meta:
        abstract = True

    @cached_property
    def today(self) -> date:
        """The day on which this person was looked up: what they hold is that of one day, also around midnight."""
        return timezone.localdate()

    @cached_property
    def appointments_in_force(self) -> list[Appointment]:
        """Today's appointments with their units; those of one unit share the unit, and with it its calendar.

        The first few have their units whole. Who serves in more offices has the others `BRIEFLY`: `unit` and `load_units` give them whole.
        """
        if not self.is_active:
            return []
        found = first = APPOINTMENTS.rows(self.pk, self.today)
        units: dict[int, Unit] = {}
        for appointment in first:
            unit = units.setdefault(appointment.unit_id, appointment.unit)
            unit.sop = Sop.read(appointment.sop_facts)  # type: ignore[attr-defined]  # annotated below
        if len(first) > FEW:
            found = [brief_appointment(*row) for row in MANY_APPOINTMENTS.rows(self.pk, self.today)]
        for appointment in found:
            appointment.person = cast("Person", self)
            appointment.unit = units.setdefault(appointment.unit_id, appointment.unit)
        return found

    @property
    def sop(self) -> Sop:
        """The SOP of the office in which this person serves first."""
        return self.appointments_in_force[0].unit.sop if self.appointments_in_force else NEUTRAL

    @cached_property
    def appointments_by_unit(self) -> dict[int, list[Appointment]]:
        """Today's appointments by the unit's key, in their order."""
        found: dict[int, list[Appointment]] = {}
        for appointment in self.appointments_in_force:
            found.setdefault(appointment.unit_id, []).append(appointment)
        return found

    @cached_property
    def unit_ids(self) -> set[int]:
        return set(self.appointments_by_unit)

    @cached_property
    def served_units(self) -> set[int] | models.QuerySet:
        """They, to be looked up within queries: their keys, and of many offices the query for them, so that no other query grows with them."""
        return Appointment.objects.served_by(self, self.today) if self.serves_in_many else self.unit_ids

    @cached_property
    def led_units(self) -> set[int] | models.QuerySet:
        """Likewise those in which this person leads or evaluates."""
        if self.serves_in_many:
            return Appointment.objects.served_by(self, self.today).filter(role__in=LEADING)
        return {a.unit_id for a in self.appointments_in_force if a.role in LEADING_ROLES}

    @cached_property
    def serves_in_many(self) -> bool:
        """Whether there are more offices than a page names one beside the other."""
        return len(self.appointments_by_unit) > FEW

    @property
    def units(self) -> list[Unit]:
        """They themselves, in the order of the appointments; of somebody who serves in many most are `BRIEFLY` there."""
        return [held[0].unit for held in self.appointments_by_unit.values()]

    def unit(self, unit_id: int) -> Unit:
        """One of the units in which this person serves today, whole; or one that they read."""
        if unit_id not in self.appointments_by_unit:
            return self.unit_read(unit_id)
        self.load_units([unit_id])
        return self.brief_unit(unit_id)

    def brief_unit(self, unit_id: int) -> Unit:
        """One of them for a line of a list: a look at more than its name costs a query."""
        return self.appointments_by_unit[unit_id][0].unit

    def load_units(self, unit_ids: Iterable[int]) -> None:
        """Make these units whole, with what is asked of each: one query for all that are not yet."""
        brief = [unit_id for unit_id in unit_ids if self.brief_unit(unit_id).get_deferred_fields()]
        for unit in whole_units(brief) if brief else ():
            unit.sop = Sop.read(unit.sop_facts)  # type: ignore[attr-defined]  # annotated below
            for appointment in self.appointments_by_unit[unit.pk]:
                appointment.unit = unit

    @cached_property
    def _roles(self) -> dict[int, frozenset[Role]]:
        """The roles held today by unit; whoever leads or evaluates is an ASN, too."""
        held = {
            unit_id: frozenset(Role(appointment.role) for appointment in appointments)
            for unit_id, appointments in self.appointments_by_unit.items()
        }
        return {pk: roles | {Role.ASN} if roles & LEADING_ROLES else roles for pk, roles in held.items()}

    def roles_in(self, unit_id: int) -> frozenset[Role]:
        """The roles held today in a unit."""
        return self._roles.get(unit_id, NO_ROLES)

    def chairs_team_in(self, unit_id: int) -> bool:
        """Whether this person is the chair of the unit's Tim SAKIP today."""
        return any(appointment.chairs for appointment in self.appointments_by_unit.get(unit_id, ()))

    def title_in(self, unit_id: int, role: Role | None = None) -> str:
        """The post with which this person signs: that of the role asked for, else their first one."""
        held = self.appointments_by_unit.get(unit_id, [])
        chosen = next((a for a in held if a.role == role), held[0] if held else None)
        return chosen.printed_title if chosen else ""

    def leading_role_in(self, unit_id: int) -> Role | None:
        """The highest role that this person holds of those who lead or evaluate."""
        held = self.roles_in(unit_id)
        return next((role for role in LEADING if role in held), None)

    def leading_title_in(self, unit_id: int) -> str:
        """The post with which this person speaks for the office: that of the highest role, else their first one."""
        return self.title_in(unit_id, self.leading_role_in(unit_id))

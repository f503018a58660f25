"""Who holds which post, as papers name people: blocks for signatures, posts held today, the team, and who completed a step."""

from measurement.models import Appointment, MeasurementCycle, Person, Unit
from measurement.rules.sop import ROLE_NAMES, STEP_BY_KEY, Role

TEAM = ROLE_NAMES[Role.TIM_SAKIP]

TEAM = "Tim SAKIP"


def block(person: Person, title: str) -> dict:
    return {
        "person": str(person.pk),
        "title": title,
        "name": person.name,
        "grade": person.grade,
        "nip": person.printed_nip,
        "number_label": person.printed_number_label,
    }


def signatory(person: Person, unit: Unit, role: Role | None = None) -> dict:
    """A signature block: post (with Plt./Plh.), name, rank, NIP."""
    return block(person, person.title_in(unit.pk, role))


def chair(unit: Unit) -> dict:
    """The signature block of the chair of Tim SAKIP today; who acts for them comes first. Blank while there is none."""
    return post_holder(unit, Role.TIM_SAKIP, chairs=True)


def post_holder(unit: Unit, role: Role, **which) -> dict:
    """The signature block of whoever holds a post today; who acts for the holder (Plt., Plh.) comes first. Blank while nobody does."""
    held = (
        unit.appointments.in_force()
        .filter(role=role, person__is_active=True, **which)
        .select_related("person")
        .order_by("-starts")
    )
    chosen = min(held, key=lambda appointment: appointment.kind == Appointment.Kind.DEFINITIVE, default=None)
    if chosen is None:
        return {"person": "", "title": unit.sop.label(role), "name": "", "grade": "", "nip": ""}
    return block(chosen.person, chosen.printed_title)


def posts(unit: Unit) -> dict[int, str]:
    """Person id → the post held today, rather than the part played in measuring."""
    held = sorted(unit.appointments.in_force(), key=lambda appointment: appointment.role == Role.ASN)
    return {appointment.person_id: appointment.printed_title for appointment in held}


def team(unit: Unit) -> list[dict]:
    """Tim SAKIP as it is today, in the order in which its members were appointed: post, and part in the team."""
    held = (
        unit.appointments.in_force()
        .filter(role=Role.TIM_SAKIP, person__is_active=True)
        .select_related("person")
        .order_by("pk")
    )
    titles, members = posts(unit), {appointment.person: team_part(appointment) for appointment in held}
    return [
        {
            "number": str(number),
            "person": str(person.pk),
            "name": person.name,
            "title": titles[person.pk],
            "part": part,
        }
        for number, (person, part) in enumerate(members.items(), start=1)
    ]


def team_part(appointment: Appointment) -> str:
    """What the appointment says of the team; one that was brought by file has the person's post there instead."""
    if TEAM.lower() in appointment.title.lower():
        return appointment.printed_title
    return f"{'Ketua' if appointment.chairs else 'Anggota'} {TEAM}"


def who_left(cycle: MeasurementCycle, step_key: str) -> dict:
    """The signature block of whoever completed an earlier step of the cycle, with the post held then; else of whoever holds the step's post today."""
    stay = cycle.stays.filter(step=step_key).exclude(left_by=None).select_related("left_by").last()
    if stay is None or stay.left_by is None:
        return post_holder(cycle.unit, STEP_BY_KEY[step_key].actor)
    return block(stay.left_by, stay.left_as)

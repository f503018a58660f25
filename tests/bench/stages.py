"""What is done to an installation before it is measured, by commands and doors of the application; each runs in a process of its own."""

LONG_SHEET = 80  # rows
FEW = 30  # people of one office
LEAST_INDICATORS = 86  # of an office, where 7,000 are to have 600,000


def long_sheet() -> None:
    """One ASN answers for all indicators of the cycle under way, eighty, and has filled them in without sending any."""
    from measurement.models import Person, WorksheetRow
    from measurement.rules.sop import RowState

    walk = _resumed()
    more_indicators(LONG_SHEET)
    person = Person.objects.get(username="asn02")
    rows = walk.cycle.rows.all()
    rows.update(owner=person, planned=True, state=RowState.KOSONG, round=walk.cycle.round)
    walk.cycle.nodes.update(owner=person)
    for indicator, row in zip(_lacking_rows(walk.cycle), list(rows), strict=False):
        row.pk, row.indicator_id, row.name = None, indicator.pk, indicator.name
        row.save(force_insert=True)
    walk.measure(person.username, send=False)
    assert WorksheetRow.objects.filter(cycle=walk.cycle, owner=person).count() == LONG_SHEET


def _resumed():
    """The demonstration's walk through the cycle that is under way; every act happens now."""
    from contextlib import nullcontext
    from types import SimpleNamespace

    from django.utils import timezone

    from measurement.management.demo.walk import Walk
    from measurement.models import MeasurementCycle
    from measurement.rules.sop import State

    now = timezone.localtime()
    walk = Walk(MeasurementCycle.objects.get(state=State.PENGUKURAN), now)
    walk.clock = SimpleNamespace(moment=now, pass_minutes=lambda minutes: nullcontext())
    return walk


def more_indicators(wanted: int = LEAST_INDICATORS) -> None:
    """As many indicators as wanted, by copies of the first ones with their targets."""
    from measurement.models import Indicator, Target

    found = list(Indicator.objects.order_by("pk"))
    for indicator in found[: max(0, wanted - len(found))]:
        targets = list(Target.objects.filter(indicator=indicator))
        indicator.pk, indicator.name = None, f"{indicator.name} (tambahan)"
        indicator.save(force_insert=True)
        for target in targets:
            target.pk, target.indicator = None, indicator
            target.save(force_insert=True)


def _lacking_rows(cycle) -> list:
    from measurement.models import Indicator

    return list(Indicator.objects.exclude(pk__in=cycle.rows.values("indicator")).order_by("pk"))


def add_member(username: str, count: int) -> None:
    """Somebody of the Tim SAKIP in so many offices."""
    from datetime import date

    from measurement.models import Appointment, Person, Unit
    from measurement.rules.sop import Role

    person = Person.objects.create(
        username=username, name=f"Anggota {count} kantor", email=f"{username}@contoh.go.id"
    )
    values = {"role": Role.TIM_SAKIP, "title": "Anggota Tim SAKIP", "starts": date(2026, 1, 2)}
    units = Unit.objects.order_by("pk")[:count]
    Appointment.objects.bulk_create(Appointment(person=person, unit=unit, **values) for unit in units)


def analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def open_rows(people: int) -> list[dict]:
    """So many people with one row each that takes a number, in as many offices as it takes; what each needs to save it."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    from measurement.models import MeasurementCycle, Person, WorksheetRow
    from measurement.rules.accumulations import ACCUMULATIONS
    from measurement.rules.methods import Method
    from measurement.rules.sop import RowState, State

    cycles = list(MeasurementCycle.objects.filter(state=State.PENGUKURAN).order_by("pk"))
    least = 1 if people <= FEW else max(1, len(cycles))
    adding = [key for key, one in ACCUMULATIONS.items() if one.adds_up]
    found: list[WorksheetRow] = []
    for cycle in cycles[:least]:
        rows = cycle.rows.filter(accumulation__in=adding, method=Method.MAKSIMUM, follows=[], stopped=False)
        found += rows.select_related("owner").order_by("position")[: -(-people // least)]
    found = found[:people]
    if len(found) < people:
        raise ValueError(f"only {len(found)} rows")
    WorksheetRow.objects.filter(pk__in=[row.pk for row in found]).update(
        state=RowState.DRAF, planned=True, round=1, realised=0
    )
    said = []
    for row in found:
        client = Client()
        client.force_login(Person.objects.get(pk=row.owner_id))
        secret = _get_new_csrf_string()
        cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
        said.append(
            {
                "cookie": f"{cookie}; csrftoken={secret}",
                "csrf": secret,
                "cycle": row.cycle_id,
                "row": row.pk,
                "version": row.version,
                "value": 0,
            }
        )
    return said


def kept_rows(rows: list[int]) -> dict[str, list]:
    """Version and value of rows as they stand now."""
    from measurement.models import WorksheetRow

    return {
        str(pk): [version, int(realised)]
        for pk, version, realised in WorksheetRow.objects.filter(pk__in=rows).values_list(
            "pk", "version", "realised"
        )
    }

"""Tables that are too long to be read while a page waits: what they would change, and writing it, as work of the queue.

Each looks at its file before it writes, and the write itself is one transaction together with the order's end.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.models import Government, LongWork, NomenclatureItem, Person, Plan
from measurement.plan.beginning import NewPlan
from measurement.plan.revising import Basis
from measurement.rules.permissions import may_keep_plan
from measurement.spreadsheets.kept_readings import recall_reading, store_reading, take_reading

from .governments import may_keep_government
from .long_work_files import sent_file
from .long_work_results import Answer, Leads, Told

if TYPE_CHECKING:
    from measurement.plan.plans_of_offices import PlansOrder  # reads workbooks

READ, COMPARED = 10, 45  # percent at which reading begins, and comparing or writing


def _answer(work: LongWork, value: object, page: str) -> Answer:
    return Answer(value, f"{reverse(page)}?{urlencode({'unit': work.unit.pk, 'hasil': work.pk})}")


def _file_to_look_at(work: LongWork) -> UploadedFile:
    """It may be looked at several times, with other answers; the reading is kept for the next time and for writing it."""
    upload = sent_file(work)
    recall_reading(work.person, upload)
    return upload


def _file_to_write(work: LongWork) -> UploadedFile:
    upload = sent_file(work)
    take_reading(work.person, upload)
    return upload


def may_write_plan(person: Person, work: LongWork) -> bool:
    return may_keep_plan.test(person, _plan_of(work))


def _plan_of(work: LongWork) -> Plan:
    return Plan.objects.select_related("unit").get(pk=work.parameters["plan"], unit=work.unit)


def _choices(work: LongWork):
    from measurement.plan.table_import import ImportChoices

    given = work.parameters.get("choices")
    if given is None:
        return ImportChoices()
    return ImportChoices(
        sub_units={int(row): name for row, name in given["sub_units"].items()},
        register=frozenset(given["register"]),
        twins=frozenset(given["twins"]),
        losses_confirmed=given["losses_confirmed"],
    )


def _basis(given: dict | None) -> Basis | None:
    if given is None:
        return None
    dated = date.fromisoformat(given["dated"]) if given["dated"] else None
    return Basis(given["reason"], given["document"], dated)


def look_at_plan_file(work: LongWork, tell: Told) -> Answer:
    """What a file would change in the plan."""
    from measurement.plan import table_import

    tell(READ, "Membaca berkas")
    upload = _file_to_look_at(work)
    table = table_import.read_plan_table(upload)
    store_reading(work.person, upload)
    tell(COMPARED, "Membandingkan dengan rencana")
    preview = table_import.preview(_plan_of(work), table, work.parameters["year"], _choices(work))
    return _answer(work, preview, "plan_import")


def write_plan_file(work: LongWork, tell: Told) -> Callable[[], Leads]:
    """The file that was looked at, written into the plan."""
    from measurement.plan import table_import

    tell(READ, "Membaca berkas")
    table, given = table_import.read_plan_table(_file_to_write(work)), work.parameters
    basis = _basis(given["basis"])

    def write() -> Leads:
        plan = _plan_of(work)
        done = table_import.apply(
            plan, table, work.person, given["year"], basis, given["seen"], _choices(work)
        )
        return Leads(f"{reverse('plan')}?rencana={plan.pk}", done.summary)

    tell(COMPARED, "Menyimpan ke rencana")
    return write


def look_at_staff_file(work: LongWork, tell: Told) -> Answer:
    """What a file would change among an office's people."""
    from measurement.staff import importing, lines

    tell(READ, "Membaca berkas")
    upload = _file_to_look_at(work)
    reading = lines.read_staff(upload, work.unit.sop)
    store_reading(work.person, upload)
    tell(COMPARED, "Membandingkan dengan daftar pegawai")
    preview = importing.compare_staff(work.unit, reading, work.person, work.parameters["answers"])
    return _answer(work, preview, "people_import")


def write_staff_file(work: LongWork, tell: Told) -> Callable[[], Leads]:
    """The file that was looked at, written."""
    from measurement.staff import importing, lines

    tell(READ, "Membaca berkas")
    reading, given = lines.read_staff(_file_to_write(work), work.unit.sop), work.parameters

    def write() -> Leads:
        done = importing.apply_staff(work.unit, reading, work.person, given["seen"], given["answers"])
        query = f"?unit={work.unit.pk}" + ("&akun=baru" if done.new else "")
        return Leads(reverse("people") + query, done.summary)

    tell(COMPARED, "Menyimpan daftar pegawai")
    return write


def may_import_for_offices(person: Person, work: LongWork) -> bool:
    """Whoever keeps the government today; the office of an order only says to which government it belongs."""
    return may_keep_government(person, _government_of(work))


def _government_of(work: LongWork) -> Government:
    return Government.objects.get(pk=work.parameters["government"])


def look_at_staff_of_offices(work: LongWork, tell: Told) -> Answer:
    """What a file would change among the people of all offices."""
    from measurement.staff import of_offices

    tell(READ, "Membaca berkas")
    reading = of_offices.read_staff_of_offices(sent_file(work), _government_of(work))
    tell(COMPARED, "Membandingkan dengan daftar pegawai tiap kantor")
    preview = of_offices.compare_staff_of_offices(reading, work.person, work.parameters["answers"])
    query = urlencode({"pemerintah": work.parameters["government"], "hasil": work.pk})
    return Answer(preview, f"{reverse('people_of_offices')}?{query}")


def write_staff_of_offices(work: LongWork, tell: Told) -> Callable[[], Leads]:
    """The file that was looked at, written into all offices."""
    from measurement.staff import of_offices

    tell(READ, "Membaca berkas")
    government, given = _government_of(work), work.parameters
    reading = of_offices.read_staff_of_offices(sent_file(work), government)

    def write() -> Leads:
        done = of_offices.apply_staff_of_offices(reading, work.person, given["seen"], given["answers"])
        return Leads(f"{reverse('government')}?pemerintah={government.pk}", done.summary)

    tell(COMPARED, "Menyimpan daftar pegawai")
    return write


def look_at_plans_of_offices(work: LongWork, tell: Told) -> Answer:
    """What a file would change in the plans of all offices."""
    from measurement.plan import plans_of_offices

    tell(READ, "Membaca berkas")
    upload = _file_to_look_at(work)
    reading = plans_of_offices.read_plans_of_offices(upload, _government_of(work))
    store_reading(work.person, upload)
    tell(COMPARED, "Membandingkan dengan rencana tiap kantor")
    preview = plans_of_offices.compare_plans_of_offices(reading, order_of_plans(work.parameters))
    return Answer(preview, _plans_page(work))


def write_plans_of_offices(work: LongWork, tell: Told) -> Answer:
    """The file that was looked at, written office by office: what is written stays, also where the work stops in the middle or begins again."""
    from measurement.plan import plans_of_offices

    tell(READ, "Membaca berkas")
    given = work.parameters
    reading = plans_of_offices.read_plans_of_offices(_file_to_look_at(work), _government_of(work))
    order, outcomes = order_of_plans(given), []
    for number, (unit, table) in enumerate(reading.tables):
        if shown := given["seen"].get(str(unit.pk)):
            tell(COMPARED + number * (99 - COMPARED) // len(reading.tables), f"Menyimpan rencana {unit.name}")
            outcomes.append(
                plans_of_offices.write_plan_of_office(reading, unit, table, work.person, order, shown)
            )
    return Answer(plans_of_offices.PlansDone(outcomes), f"{_plans_page(work)}&ditulis=ya")


def _plans_page(work: LongWork) -> str:
    query = urlencode({"pemerintah": work.parameters["government"], "hasil": work.pk})
    return f"{reverse('plans_of_offices')}?{query}"


def order_of_plans(given: Mapping) -> "PlansOrder":
    """What was decided for all offices, from JSON."""
    from measurement.plan.plans_of_offices import PlansOrder

    new = given.get("new_plan")
    return PlansOrder(
        given.get("year"),
        NewPlan(**new) if new else None,
        _basis(given.get("basis")),
        bool(given.get("losses")),
    )


def may_load_nomenclature(person: Person, work: LongWork) -> bool:
    return may_keep_plan.test(person, NomenclatureItem(unit=work.unit))


def look_at_nomenclature_file(work: LongWork, tell: Told) -> Answer:
    """What a file would change in the office's list."""
    from measurement.plan import nomenclature_upload

    tell(READ, "Membaca dan membandingkan daftar")
    upload = _file_to_look_at(work)
    preview = nomenclature_upload.compare_nomenclature(work.unit, upload)
    store_reading(work.person, upload)
    return _answer(work, preview, "nomenclature_import")


def load_nomenclature_file(work: LongWork, tell: Told) -> Callable[[], Leads]:
    """The list that was looked at, loaded."""
    from measurement.plan import nomenclature_upload

    tell(READ, "Membaca dan menyimpan daftar")
    upload = _file_to_write(work)

    def write() -> Leads:
        done = nomenclature_upload.load_nomenclature(work.unit, upload, work.person, work.parameters["seen"])
        return Leads(reverse("nomenclature"), done.summary)

    return write


def look_at_nomenclature_of_offices(work: LongWork, tell: Told) -> Answer:
    """What a file would change in the list that a government keeps."""
    from measurement.plan import nomenclature_upload

    tell(READ, "Membaca dan membandingkan daftar")
    upload = _file_to_look_at(work)
    preview = nomenclature_upload.compare_nomenclature_of(_government_of(work), upload)
    store_reading(work.person, upload)
    query = urlencode({"pemerintah": work.parameters["government"], "hasil": work.pk})
    return Answer(preview, f"{reverse('nomenclature_of_offices')}?{query}")


def load_nomenclature_of_offices(work: LongWork, tell: Told) -> Callable[[], Leads]:
    """The list that was looked at, kept for all offices."""
    from measurement.plan import nomenclature_upload

    tell(READ, "Membaca dan menyimpan daftar")
    upload, government = _file_to_write(work), _government_of(work)

    def write() -> Leads:
        seen = work.parameters["seen"]
        done = nomenclature_upload.load_nomenclature_of(government, upload, work.person, seen)
        return Leads(f"{reverse('nomenclature_of_offices')}?pemerintah={government.pk}", done.summary)

    return write


def table_verdicts(work: LongWork, tell: Told) -> Answer:
    """A published table held against its own figures."""
    from measurement.published import table_check

    tell(READ, "Membaca dan memeriksa tabel")
    return _answer(work, table_check.check_table(sent_file(work)), "check_table")

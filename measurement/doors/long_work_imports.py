"""Tables that are too long to be read while a page waits: what they would change, and writing it, as work of the queue.

Each looks at its file before it writes, and the write itself is one transaction together with the order's end.
"""

from collections.abc import Callable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils.http import urlencode

from measurement.addresses import reverse
from measurement.models import LongWork, NomenclatureItem, Person, Plan
from measurement.plan.revising import Basis
from measurement.rules.permissions import may_keep_plan
from measurement.spreadsheets.kept_readings import recall_reading, store_reading, take_reading

from .long_work_files import sent_file
from .long_work_results import Answer, Leads, Told

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


def table_verdicts(work: LongWork, tell: Told) -> Answer:
    """A published table held against its own figures."""
    from measurement.published import table_check

    tell(READ, "Membaca dan memeriksa tabel")
    return _answer(work, table_check.check_table(sent_file(work)), "check_table")

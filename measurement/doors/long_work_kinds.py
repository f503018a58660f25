"""The kinds of work that take longer than a page may: one row each. A kind makes a file or something that a page shows, or changes something."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from measurement.addresses import reverse
from measurement.archiving import build_package, package_or_later
from measurement.models import LongWork, MeasurementCycle, Person
from measurement.papers.issue import current_file
from measurement.papers.render import PaperFailed
from measurement.rules.permissions import may_manage_people, may_see_all_rows, may_see_figures
from measurement.rules.refusals import Refusal

from .long_work_files_of_governments import (
    government_e81_files,
    government_recap_file,
    government_recap_pdf,
    may_read_government,
)
from .long_work_imports import (
    load_nomenclature_file,
    load_nomenclature_of_offices,
    look_at_nomenclature_file,
    look_at_nomenclature_of_offices,
    look_at_plan_file,
    look_at_plans_of_offices,
    look_at_staff_file,
    look_at_staff_of_offices,
    may_import_for_offices,
    may_load_nomenclature,
    may_write_plan,
    table_verdicts,
    write_plan_file,
    write_plans_of_offices,
    write_staff_file,
    write_staff_of_offices,
)
from .long_work_results import Leads, MadeFile, Told, Work

logger = logging.getLogger(__name__)
NOT_MADE = "Berkas gagal dibuat. Coba lagi sesaat lagi; bila tetap gagal, hubungi administrator."


@dataclass(frozen=True)
class WorkKind:
    """`title` is what was ordered, `doing` the verb for it; `make` does it and tells how far it is.

    `may` is asked again whenever the result is shown or taken. `back` names the page where it was ordered, if something can be done better there.
    Of what is quiet nobody hears but after a failure: they wait for it, or ordered it without knowing. `stays` says what is written already where
    it stops in the middle; empty where that is nothing.
    """

    title: str
    doing: str
    make: Work
    may: Callable[[Person, LongWork], bool]
    back: str = ""
    is_quiet: bool = False
    gives_file: bool = False  # behind the address that it leads to
    stays: str = ""


def office_workbook_file(work: LongWork, tell: Told) -> MadeFile:
    """Everything of an office as one workbook, as things stand when it is made."""
    # the libraries of workbooks are loaded only where a file is made
    from measurement.plan.table_import.export import plan_sheets  # noqa: PLC0415 – see above
    from measurement.spreadsheets.office_export import office_workbook  # noqa: PLC0415 – see above
    from measurement.staff.workbook import staff_sheet  # noqa: PLC0415 – see above

    today = timezone.localdate()
    tell(5, "Menyusun daftar pegawai")
    people = staff_sheet(work.unit)
    tell(20, "Menyusun rencana")
    plans = plan_sheets(work.unit, today.year)
    tell(45, "Menyusun hasil semua siklus dan daftar naskah")
    content = office_workbook(work.unit, work.person, people, plans)
    return MadeFile(content, f"Data {work.unit.short_name} {today:%Y-%m-%d}.xlsx", "xlsx")


def archive_package(work: LongWork, tell: Told) -> Leads:
    """The package of an archived cycle, for which every paper needs its file first."""
    cycle = _cycle_of(work)
    papers = list(cycle.papers.all())
    try:
        for number, paper in enumerate(papers):
            tell(5 + 75 * number // len(papers), f"Memeriksa naskah {number + 1} dari {len(papers)}")
            current_file(paper)
        tell(80, "Menyusun paket arsip")
        build_package(cycle)
    except (PaperFailed, OSError) as failure:
        logger.error("the package of cycle %s could not be made: %s", cycle.pk, failure)
        raise Refusal(NOT_MADE) from failure
    return Leads(reverse("package", args=[cycle.pk]))


def paper_files(work: LongWork, tell: Told) -> Leads:
    """The files of a cycle's papers that have none yet, and of an archived cycle its package. What fails is made on demand."""
    cycle = _cycle_of(work)
    waiting = list(cycle.papers.filter(file=None).order_by("pk"))
    for number, paper in enumerate(waiting):
        tell(5 + 75 * number // len(waiting), f"Menyusun naskah {number + 1} dari {len(waiting)}")
        try:
            current_file(paper)
        except (PaperFailed, OSError):
            logger.exception("paper %s could not be made", paper.pk)
    if cycle.is_archived:
        tell(80, "Menyusun paket arsip")
        package_or_later(cycle)
    return Leads(reverse("cycle", args=[cycle.pk]))


def one_paper(work: LongWork, tell: Told) -> Leads:
    """The file of one paper that somebody wants to see now."""
    paper = _cycle_of(work).papers.get(pk=work.parameters["paper"])
    tell(10, "Menyusun naskah")
    try:
        current_file(paper)
    except (PaperFailed, OSError) as failure:
        logger.error("paper %s could not be made: %s", paper.pk, failure)
        raise Refusal(NOT_MADE) from failure
    return Leads(reverse("paper", args=[paper.pk]))


def may_see_cycle(person: Person, work: LongWork) -> bool:
    return MeasurementCycle.objects.visible_to(person).filter(pk=work.parameters["cycle"]).exists()


def lkjip_file(work: LongWork, tell: Told) -> MadeFile:
    """Material for chapter III of the LKjIP."""
    from measurement.figures.calculation import calculate  # noqa: PLC0415 – heavy libraries of documents
    from measurement.papers.lkjip import lkjip_material  # noqa: PLC0415 – the same

    cycle = _cycle_of(work)
    tell(10, "Menghitung capaian")
    sheet = calculate(cycle)
    tell(40, "Menulis bahan LKjIP")
    return MadeFile(lkjip_material(sheet), f"Bahan LKjIP {cycle}.docx", "docx")


def may_see_lkjip(person: Person, work: LongWork) -> bool:
    return may_see_figures(person, _cycle_of(work))


def _cycle_of(work: LongWork) -> MeasurementCycle:
    return MeasurementCycle.objects.select_related("plan", "amends", "meeting").get(
        pk=work.parameters["cycle"], unit=work.unit
    )


LONG_WORK_KINDS = {
    "office_export": WorkKind(
        "Ekspor data kantor", "Menyusun data kantor", office_workbook_file, may_manage_people.test
    ),
    "package": WorkKind(
        "Paket arsip", "Menyusun paket arsip", archive_package, may_see_all_rows.test, gives_file=True
    ),
    "papers": WorkKind("Berkas naskah", "Menyusun naskah", paper_files, may_see_cycle, is_quiet=True),
    "paper": WorkKind(
        "Berkas naskah", "Menyusun naskah", one_paper, may_see_cycle, is_quiet=True, gives_file=True
    ),
    "rekap-kantor": WorkKind(
        "Rekap semua kantor", "Menghitung semua kantor", government_recap_file, may_read_government
    ),
    "rekap-kantor-pdf": WorkKind(
        "Rekap semua kantor (PDF)", "Menghitung semua kantor", government_recap_pdf, may_read_government
    ),
    "e81-kantor": WorkKind(
        "Formulir E.81 semua kantor", "Menyusun formulir", government_e81_files, may_read_government
    ),
    "lkjip": WorkKind("Bahan LKjIP", "Menyusun bahan LKjIP", lkjip_file, may_see_lkjip),
    "plan_look": WorkKind(
        "Pemeriksaan berkas rencana", "Membaca berkas", look_at_plan_file, may_write_plan, "plan_import"
    ),
    "plan_write": WorkKind("Impor rencana", "Membaca berkas", write_plan_file, may_write_plan, "plan_import"),
    "staff_look": WorkKind(
        "Pemeriksaan berkas pegawai",
        "Membaca berkas",
        look_at_staff_file,
        may_manage_people.test,
        "people_import",
    ),
    "staff_write": WorkKind(
        "Impor pegawai", "Membaca berkas", write_staff_file, may_manage_people.test, "people_import"
    ),
    "staff_of_offices_look": WorkKind(
        "Pemeriksaan berkas pegawai banyak kantor",
        "Membaca berkas",
        look_at_staff_of_offices,
        may_import_for_offices,
        "people_of_offices",
    ),
    "staff_of_offices_write": WorkKind(
        "Impor pegawai banyak kantor",
        "Membaca berkas",
        write_staff_of_offices,
        may_import_for_offices,
        "people_of_offices",
    ),
    "plans_of_offices_look": WorkKind(
        "Pemeriksaan berkas rencana banyak kantor",
        "Membaca berkas",
        look_at_plans_of_offices,
        may_import_for_offices,
        "plans_of_offices",
    ),
    "plans_of_offices_write": WorkKind(
        "Impor rencana banyak kantor",
        "Membaca berkas",
        write_plans_of_offices,
        may_import_for_offices,
        "plans_of_offices",
        stays="Kantor yang sudah ditulis tetap seperti tertulis; kantor sesudahnya belum. Kerjakan lagi untuk melanjutkan.",
    ),
    "nomenclature_look": WorkKind(
        "Pemeriksaan nomenklatur",
        "Membaca berkas",
        look_at_nomenclature_file,
        may_load_nomenclature,
        "nomenclature_import",
    ),
    "nomenclature_load": WorkKind(
        "Muat nomenklatur",
        "Membaca berkas",
        load_nomenclature_file,
        may_load_nomenclature,
        "nomenclature_import",
    ),
    "nomenclature_of_offices_look": WorkKind(
        "Pemeriksaan nomenklatur daerah",
        "Membaca berkas",
        look_at_nomenclature_of_offices,
        may_import_for_offices,
        "nomenclature_of_offices",
    ),
    "nomenclature_of_offices_load": WorkKind(
        "Muat nomenklatur daerah",
        "Membaca berkas",
        load_nomenclature_of_offices,
        may_import_for_offices,
        "nomenclature_of_offices",
    ),
    "table_check": WorkKind(
        "Periksa tabel", "Memeriksa tabel", table_verdicts, lambda person, work: True, "check_table"
    ),
}

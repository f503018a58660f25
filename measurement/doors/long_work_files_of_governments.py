"""Files about all offices of a government: their recap as a workbook and as a PDF, and the Form E.81 of each in one zip."""

import io
import zipfile
from collections.abc import Iterator

from measurement.figures.calculation import Sheet, calculate
from measurement.figures.office_stands import OfficeStand, PeriodOfYear, measured_period, office_stands
from measurement.figures.past_cycles import has_worksheet
from measurement.models import Government, LongWork, MeasurementCycle, Person, Unit
from measurement.rules.refusals import Refusal

from .long_work_results import MadeFile, Told

NOTHING = "Belum ada kantor yang diukur pada periode ini."


def may_read_government(person: Person, work: LongWork) -> bool:
    """Whoever holds a post that reads its offices; the office of an order only says to which government it belongs."""
    return work.parameters["government"] in person.read_governments


def _about(work: LongWork) -> tuple[Government, PeriodOfYear, list[OfficeStand]]:
    government = Government.objects.get(pk=work.parameters["government"])
    period = measured_period(government, work.parameters["period"])
    if period is None:
        raise Refusal(NOTHING)
    return government, period, office_stands(government, period)


def _sheets(stands: list[OfficeStand], tell: Told, sent_only: bool) -> Iterator[tuple[OfficeStand, Sheet]]:
    """One office after another, so that never more than one is in memory."""
    measured = [(stand, stand.cycle.pk) for stand in stands if stand.cycle and has_worksheet(stand.cycle)]
    if not measured:
        raise Refusal(NOTHING)
    for number, (stand, key) in enumerate(measured):
        tell(5 + 90 * number // len(measured), f"{stand.unit.name}, {number + 1} dari {len(measured)}")
        yield stand, calculate(_alone(key, stand.unit), sent_only=sent_only)


def _alone(key: int, unit: Unit) -> MeasurementCycle:
    """The cycle with nothing remembered from the others."""
    cycle = MeasurementCycle.objects.select_related("unit__predicate_scale", "plan").get(pk=key)
    cycle.unit.sop = unit.sop
    return cycle


def government_recap_file(work: LongWork, tell: Told) -> MadeFile:
    """A line for each office, then the programs of each."""
    from measurement.spreadsheets.government_recap import government_workbook  # noqa: PLC0415 – a library of workbooks

    government, period, stands = _about(work)
    sheets = _sheets(stands, tell, sent_only=True)
    content = government_workbook(
        government.name, period.name, stands, ((s.unit, sheet) for s, sheet in sheets)
    )
    return MadeFile(content, f"Rekap {government} {period.short}.xlsx", "xlsx")


def government_recap_pdf(work: LongWork, tell: Told) -> MadeFile:
    """The table of the offices, to be printed."""
    from measurement.papers.government_recap import government_pdf  # noqa: PLC0415 – the renderer of papers

    government, period, stands = _about(work)
    tell(40, "Menyusun halaman")
    return MadeFile(
        government_pdf(government.name, period.name, stands), f"Rekap {government} {period.short}.pdf", "pdf"
    )


def government_e81_files(work: LongWork, tell: Told) -> MadeFile:
    """One workbook for each office, as the office itself downloads it."""
    from measurement.spreadsheets.e81_export import e81_workbook  # noqa: PLC0415 – a library of workbooks

    government, period, stands = _about(work)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as box:  # workbooks are compressed already
        for stand, sheet in _sheets(stands, tell, sent_only=False):
            name = f"E81 {stand.unit.code} {stand.unit.short_name} {period.short}.xlsx".replace("/", "-")
            box.writestr(name, e81_workbook(sheet))
    return MadeFile(file.getvalue(), f"E81 {government} {period.short}.zip", "zip")

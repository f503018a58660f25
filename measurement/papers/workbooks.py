"""The workbooks that travel inside papers: the same figures as printed, to calculate with."""

from collections.abc import Callable

from measurement.figures.calculation import calculate
from measurement.models import MeasurementCycle, Person, WorksheetRow

from .kind import Attachment


def worksheet_attachments(
    cycle: MeasurementCycle, actor: Person, judged_by: Callable[[WorksheetRow], str] | None = None
) -> list[Attachment]:
    """The kertas kerja; with a column of who judged each row, if that is told."""
    from measurement.spreadsheets.worksheet_export import worksheet_workbook

    made = worksheet_workbook(calculate(cycle), judged_by=judged_by)
    return [Attachment("kertas-kerja.xlsx", f"Kertas kerja {cycle}", made)]


def recap_attachments(cycle: MeasurementCycle, actor: Person) -> list[Attachment]:
    from measurement.spreadsheets.recap_export import recap_workbook

    return [Attachment("rekap.xlsx", f"Rekapitulasi {cycle}", recap_workbook(calculate(cycle)))]


def recap_and_form_attachments(cycle: MeasurementCycle, actor: Person) -> list[Attachment]:
    """The recap and Form E.81, which the kabupaten collects."""
    from measurement.spreadsheets.e81_export import e81_workbook

    return [
        *recap_attachments(cycle, actor),
        Attachment("formulir-e81.xlsx", f"Formulir E.81 {cycle}", e81_workbook(calculate(cycle))),
    ]


def all_attachments(cycle: MeasurementCycle, actor: Person) -> list[Attachment]:
    """All that the final report rests on."""
    return [*worksheet_attachments(cycle, actor), *recap_and_form_attachments(cycle, actor)]

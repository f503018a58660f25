"""Ekspor kantor: everything that an office has as one workbook, for its administrator."""

from django.shortcuts import render
from django.utils import timezone

from ..responses import workbook_response
from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit

CONTENTS = (
    ("Pegawai", "semua pegawai dengan penugasannya, dalam kolom impor pegawai"),
    ("Jam kerja dan hari libur", "dasar hitungan waktu"),
    ("Rencana", "tiap rencana dalam kolom impornya, ditambah target dan pagu tiap tahun"),
    (
        "Hasil",
        "semua siklus: target, realisasi, capaian, anggaran, dan tindak lanjut tiap indikator dan bagian rencana",
    ),
    ("Daftar naskah", "nomor, judul, tanggal, dan keadaannya; berkasnya diunduh dari Arsip"),
    ("Data awal dan arahan", "beserta dokumen dan jawabannya"),
)


def office_export(request: PersonRequest):
    """What the workbook holds, and the button."""
    unit = managed_unit(request)
    context = {"unit": unit, "contents": CONTENTS, "switch": managed_switch(request, unit)}
    return render(request, "office/office_export.html", context)


def office_export_xlsx(request: PersonRequest):
    """The workbook itself, as things stand now."""
    from measurement.plan.table_import.export import plan_sheets
    from measurement.spreadsheets.office_export import office_workbook
    from measurement.staff.workbook import staff_sheet

    unit, today = managed_unit(request), timezone.localdate()
    content = office_workbook(unit, request.user, staff_sheet(unit), plan_sheets(unit, today.year))
    return workbook_response(content, f"Data {unit.short_name} {today:%Y-%m-%d}.xlsx")

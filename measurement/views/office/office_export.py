"""Ekspor kantor: everything that an office has as one workbook, for its administrator."""

from django.shortcuts import redirect, render

from measurement.doors.long_work import order_work

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
    """What the workbook holds, and the button that orders it."""
    unit = managed_unit(request)
    if request.method == "POST":
        return redirect("work", order_work(request.user, unit, "office_export").pk)
    context = {"unit": unit, "contents": CONTENTS, "switch": managed_switch(request, unit)}
    return render(request, "office/office_export.html", context)

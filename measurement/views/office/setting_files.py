"""Settings in and out by file: what a file would change is shown first, and written all or not at all."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.forms.office.setting_files import SettingFileForm
from measurement.models import Unit
from measurement.rules.refusals import Refusal

from .. import pending_uploads
from ..responses import workbook_response
from ..visitor import PersonRequest
from .office_choice import managed_switch, managed_unit

PURPOSE = "pengaturan"
SHOWN = 200
CHANGED = "Pengaturan berubah sejak perbedaannya ditampilkan, jadi belum ada yang disimpan. Periksa perbedaan yang baru di bawah."
LOST = "Berkas tidak ditemukan lagi. Pilih berkasnya sekali lagi."


def _file_of(kind: str):
    from measurement.doors.setting_files import SETTING_FILES

    if kind not in SETTING_FILES:
        raise Http404
    return SETTING_FILES[kind]


def setting_export(request: PersonRequest, kind: str):
    """Everything of this kind that holds for the office, as a workbook that can be imported again."""
    from measurement.spreadsheets.setting_tables import setting_workbook

    unit = managed_unit(request)
    setting = _file_of(kind)
    content = setting_workbook(setting.table, list(setting.stored(unit).values()))
    return workbook_response(content, f"{setting.table.title} {unit.short_name}.xlsx")


def setting_import(request: PersonRequest, kind: str):
    """Choose a file and look at what it would change; nothing is written before it is applied."""
    unit = managed_unit(request)
    setting = _file_of(kind)
    if request.method == "POST" and request.POST.get("action") == "apply":
        return _apply(request, unit, kind, setting)
    form, found = SettingFileForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = _read(unit, setting, upload)
        except Refusal as refusal:
            form.add_error("file", " ".join(refusal.sentences))
        else:
            pending_uploads.keep_upload(request, PURPOSE, upload, kind=kind, unit=unit.pk)
    return _page(request, unit, setting, form, found, 422 if form.is_bound and form.errors else 200)


def _read(unit: Unit, setting, upload):
    from measurement.spreadsheets.setting_tables import read_setting_table

    return setting.check(unit, read_setting_table(upload, setting.table, setting.stored(unit)))


def _apply(request: PersonRequest, unit: Unit, kind: str, setting):
    """Write what the page showed; if it is no longer what the page showed, show it anew."""
    waiting = pending_uploads.pending_upload(request, PURPOSE)
    if waiting is None or (waiting[1]["kind"], waiting[1]["unit"]) != (kind, unit.pk):
        messages.error(request, LOST)
        return redirect(request.get_full_path())
    found = _read(unit, setting, waiting[0])
    if found.fingerprint != request.POST.get("seen"):
        messages.error(request, CHANGED)
        return _page(request, unit, setting, SettingFileForm(), found, 409)
    if found.wrong:
        return _page(request, unit, setting, SettingFileForm(), found, 422)
    try:
        with transaction.atomic():
            setting.write(unit, request.user, found.to_write)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _page(request, unit, setting, SettingFileForm(), found, refusal.status)
    pending_uploads.drop_upload(request, PURPOSE)
    messages.success(request, f"{setting.table.title}: {found.new} baru, {found.changed} berubah.")
    return redirect(reverse(setting.page) + managed_switch(request, unit)["query"])


def _page(request: PersonRequest, unit: Unit, setting, form: SettingFileForm, found, status: int):
    differences = found.differences if found else []
    context = {
        "unit": unit,
        "table": setting.table,
        "page_url": reverse(setting.page),
        "form": form,
        "found": found,
        "differences": differences[:SHOWN],
        "more": max(0, len(differences) - SHOWN),
        "switch": managed_switch(request, unit),
    }
    return render(request, "office/setting_import.html", context, status=status)

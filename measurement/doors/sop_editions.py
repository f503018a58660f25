"""The editions of an office's SOP. A cycle has copied its own, so that none of them changes it."""

from datetime import date

from django.db import transaction

from measurement.models import Person, SettingChange, SopEdition, Unit
from measurement.record.setting_changes import record_setting
from measurement.rules.dates import long_date
from measurement.rules.refusals import Incomplete
from measurement.rules.sop_edition import Sop

ONLY_ONE = "Edisi ini satu-satunya, jadi tidak dapat dihapus. Perbaiki isinya."


@transaction.atomic
def keep_edition(edition: SopEdition, actor: Person, sop: Sop) -> None:
    """Write an edition, a new one or one that is corrected, with the trail of what differs."""
    Unit.objects.select_for_update().get(pk=edition.unit_id)
    before = said(edition.sop) if edition.pk else {}
    assert sop.in_force_from
    edition.facts, edition.in_force_from = sop.facts(), sop.in_force_from
    edition.save()
    record_setting(edition.unit, actor, SettingChange.Part.SOP, before, said(sop))


@transaction.atomic
def remove_edition(edition: SopEdition, actor: Person) -> None:
    """Delete one of several. Incomplete for the only one."""
    unit = Unit.objects.select_for_update().get(pk=edition.unit_id)
    if unit.sop_editions.count() < 2:
        raise Incomplete(ONLY_ONE)
    edition.delete()
    record_setting(unit, actor, SettingChange.Part.SOP, said(edition.sop), {})


def said(sop: Sop) -> dict[str, str]:
    """What the page calls each fact of an edition, and how it says it."""
    return {
        "Nomor SOP": sop.number,
        "Tanggal pembuatan": _day(sop.made_on),
        "Tanggal revisi": _day(sop.revised_on),
        "Berlaku sejak": _day(sop.in_force_from),
        "Disahkan oleh": sop.signatory,
        "Pimpinan": f"{sop.head.short} ({sop.head.formal})",
        "Sekretaris": f"{sop.secretary.short} ({sop.secretary.formal})",
        "Dasar hukum": "; ".join(sop.legal_basis),
        **{f"Waktu baku langkah {step.number}": step.standard_label for step in sop.steps},
    }


def _day(day: date | None) -> str:
    return long_date(day) if day else ""

"""What stands behind a row of a sheet: what its indicator means, and its evidence."""

from django.utils.timezone import localdate

from measurement.addresses import reverse
from measurement.models import Evidence, WorksheetRow
from measurement.rules.accumulations import ACCUMULATIONS
from measurement.rules.dates import long_date
from measurement.rules.methods import METHODS


def definition_facts(row: WorksheetRow) -> list[dict]:
    """What the indicator means and how it is measured."""
    facts = [
        ("Definisi dan formula", row.formula),
        ("Arah", METHODS[row.method].label),
        ("Sifat", ACCUMULATIONS[row.accumulation].label),
        ("Jadwal", row.schedule_words),
        ("Sumber data", row.source),
        ("Bukti yang diminta", row.evidence_wanted),
        ("Target setahun", f"{row.shown_target(row.target_year)} {row.measure}"),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def evidence_line(item: Evidence) -> dict:
    """A file or link as it is listed below its row."""
    linked = f"tautan, dilampirkan {long_date(localdate(item.uploaded_at))}"
    return {
        "key": str(item.pk),
        "name": item.name,
        "page": item.page,
        "dated": long_date(item.dated) if item.dated else "",
        "size": f"{max(item.file.size // 1024, 1)} KB" if item.file else linked,
        "is_link": bool(item.url),
        "copied_from": item.copied_from,
        "url": item.url or reverse("evidence", args=[item.pk]),
    }

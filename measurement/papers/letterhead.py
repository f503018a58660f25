"""What stands on top of every paper: the office's letterhead."""

from measurement.models import Unit


def letterhead(unit: Unit) -> dict:
    contacts = [f"Telepon {unit.phone}" if unit.phone else "", f"Surel {unit.email}" if unit.email else ""]
    mark = {"demonstration": True} if unit.is_demonstration else {}
    return mark | {
        "government": unit.government,
        "name": unit.name,
        "address": unit.address,
        "contacts": ", ".join(filter(None, contacts)),
        "town": unit.town,
        "paper_size": unit.paper_size,
        "emblem": {"path": unit.emblem.path, "sha256": unit.emblem.sha256} if unit.emblem else {},
    }

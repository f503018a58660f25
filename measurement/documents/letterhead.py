"""What stands on top and at the bottom of every paper: the office's letterhead and who signs."""

from ..models import Person, Unit
from ..sop import Role


def letterhead(unit: Unit) -> dict:
    contacts = [f"Telepon {unit.phone}" if unit.phone else "", f"Surel {unit.email}" if unit.email else ""]
    return {
        "government": unit.government,
        "name": unit.name,
        "address": unit.address,
        "contacts": ", ".join(filter(None, contacts)),
        "town": unit.town,
        "paper_size": unit.paper_size,
    }


def signatory(person: Person, unit: Unit, role: Role | None = None) -> dict:
    """A signature block: post (with Plt./Plh.), name, rank, NIP."""
    return {"title": person.title_in(unit.pk, role), "name": person.name, "grade": person.grade, "nip": person.printed_nip}

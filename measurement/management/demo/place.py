"""Where the demonstration may live: in a database that holds nothing else, and never on a server that people work with."""

from django.conf import settings
from django.core.management.base import CommandError

from measurement.models import Person, Unit

IN_PRODUCTION = "Kantor contoh tidak dimuat di sini: server ini memakai HTTPS atau tidak dinyatakan sebagai peragaan (DEMONSTRATION=true)."
NOT_ALONE = "Kantor contoh tidak dimuat: basis data ini sudah berisi kantor atau pegawai sendiri."
NOT_CLEARED = "Tidak ada yang dihapus: basis data ini berisi kantor atau pegawai sendiri."


def refuse_in_production() -> None:
    if settings.HTTPS or not settings.DEMONSTRATION:
        raise CommandError(IN_PRODUCTION)


def holds_anything_of_its_own() -> bool:
    """Whether a unit or a person is here that the demonstration didn't make. Whoever has no appointment at all belongs to no demonstration either."""
    shown = Unit.objects.demonstrations()
    return (
        Unit.objects.exclude(pk__in=shown).exists()
        or Person.objects.exclude(appointments__unit__in=shown)
        .exclude(posts__government__offices__in=shown)
        .exists()
    )

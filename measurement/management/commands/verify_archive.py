"""Checks what must not have changed: audit trails and their anchors, papers, signatures, attachments, evidence, packages, numbers."""

from django.core.management.base import BaseCommand, CommandError

from measurement.archiving.verification import Verification
from measurement.models import MeasurementCycle, Unit


class Command(BaseCommand):
    help = (
        "Memeriksa keutuhan jejak audit, naskah beserta tanda tangan dan lampirannya, bukti, paket arsip, dan nomor; "
        "keluar dengan kesalahan bila ada yang berubah."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unit", default="", help="hanya unit dengan kode ini, misalnya 416-317")
        parser.add_argument("--year", type=int, help="hanya siklus dan nomor tahun ini")

    def handle(self, *args, unit: str = "", year: int | None = None, **options):
        units = Unit.objects.filter(code=unit) if unit else Unit.objects.all()
        if unit and not units:
            raise CommandError(f"Unit dengan kode “{unit}” tidak ada.")
        cycles = MeasurementCycle.objects.filter(unit__in=units).select_related("unit").order_by("pk")
        verification = Verification()
        found: list[str] = []
        for cycle in cycles.filter(year=year) if year else cycles:
            self.stdout.write(f"{cycle.unit}: {cycle}")
            found += verification.cycle(cycle)
        for one in units:
            found += verification.numbers(one, year)
        self.stdout.write(
            f"Diperiksa: {', '.join(f'{count} {name}' for name, count in verification.counts.items())}."
        )
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Semuanya utuh.")

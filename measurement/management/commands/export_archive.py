"""Writes a year of an office for handing over to the record centre: packages, csv for SRIKANDI, SHA256SUMS."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from measurement.archiving.handover import METADATA, SUMS, NotHandedOver, hand_over_year
from measurement.models import Unit
from measurement.papers.render import PaperFailed


class Command(BaseCommand):
    help = "Menulis arsip satu tahun untuk diserahkan: paket setiap siklus, metadata untuk SRIKANDI, dan SHA256SUMS. Semua atau tidak sama sekali."

    def add_arguments(self, parser):
        parser.add_argument("unit", metavar="kode_unit", help="misalnya 416-317")
        parser.add_argument("year", metavar="tahun", type=int, help="tahun siklus, misalnya 2026")
        parser.add_argument("folder", type=Path, help="folder tujuan, baru atau kosong")

    def handle(self, *args, unit: str, year: int, folder: Path | str, **options):
        found = Unit.objects.filter(code=unit).first()
        if found is None:
            raise CommandError(f"Unit dengan kode “{unit}” tidak ada.")
        try:
            written = hand_over_year(found, year, Path(folder).absolute())
        except NotHandedOver as refusal:
            raise CommandError("\n".join(refusal.sentences)) from refusal
        except (PaperFailed, OSError) as error:
            raise CommandError(f"Arsip tidak dapat ditulis: {error}. Folder tujuan tidak diubah.") from error
        self.stdout.write(f"Arsip {found} tahun {year} ditulis ke {folder}:")
        for name in written.packages:
            self.stdout.write(f"  {name}")
        self.stdout.write(f"  {METADATA} ({written.papers} naskah)\n  {SUMS}")
        self.stdout.write(
            f"{len(written.packages)} paket, {written.papers} naskah, {filesizeformat(written.size)}."
        )
        for cycle in written.under_way:
            self.stdout.write(f"{cycle} belum diarsipkan, sehingga tidak disertakan.")

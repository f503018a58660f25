"""Checks what must not have changed: audit trails against their papers, papers and archive packages against their SHA-256."""

import hashlib

from django.core.management.base import BaseCommand, CommandError

from ... import archiving, audit, files
from ...models import ArchivePackage, MeasurementCycle, PaperFile


class Command(BaseCommand):
    help = "Memeriksa keutuhan jejak audit, naskah, dan paket arsip; keluar dengan kesalahan bila ada yang berubah."

    def handle(self, *args, **options):
        found = [fault for cycle in MeasurementCycle.objects.order_by("pk") for fault in audit.faults(cycle)]
        found += [fault for file in PaperFile.objects.select_related("paper") for fault in paper_faults(file)]
        found += [fault for package in ArchivePackage.objects.order_by("pk") for fault in archiving.faults(package)]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Jejak audit, naskah, dan paket arsip utuh.")


def paper_faults(file: PaperFile) -> list[str]:
    path = files.absolute(file.path)
    if not path.is_file():
        return [f"{file.paper.number}: berkas naskah tidak ada."]
    changed = hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256
    return [f"{file.paper.number}: SHA-256 naskah berubah."] if changed else []

"""Compares the media folder with the records; for after a crash, and now and then."""

from django.core.management.base import BaseCommand, CommandError

from measurement.files.sweeping import delete_remains, sweep
from measurement.models import JobRun

SOUND = "Setiap berkas ada catatannya, dan setiap catatan ada berkasnya."


class Command(BaseCommand):
    help = (
        "Mencari berkas yang tidak dicatat di mana pun, berkas sementara dari proses yang terhenti, impor yang tidak pernah diterapkan, "
        "dan catatan yang berkasnya hilang; keluar dengan kesalahan bila ada."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--delete",
            action="store_true",
            help="hapus berkas sementara yang lebih tua dari satu jam dan impor yang lebih tua dari satu hari; naskah dan bukti tidak pernah",
        )

    def handle(self, *args, delete: bool = False, **options):
        found = sweep()
        if delete:
            delete_remains(found)
            self.stdout.write(
                f"Dihapus: {len(found.half_written)} berkas sementara, {len(found.forgotten)} berkas impor."
            )
            found = sweep()
        told = found.sentences or [SOUND]
        JobRun.record("sweep_files", succeeded=not found.sentences, note=told[0])
        if found.sentences:
            raise CommandError("\n".join(found.sentences))
        self.stdout.write(SOUND)

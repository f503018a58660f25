"""A new version of the application takes over: backup first, then database and static files, then everything is looked at."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from measurement.safekeeping.backups import newest_backup

BACK = (
    "Peningkatan terhenti pada {step}: {error}\nUntuk kembali: pasang lagi versi sebelumnya, kosongkan basis data dan MEDIA_ROOT, lalu jalankan "
    "{command} restore {backup}"
)

STEPS: tuple[tuple[str, dict], ...] = (
    ("migrate", {"verbosity": 1}),
    ("collectstatic", {"interactive": False, "verbosity": 0}),
    ("check", {"databases": ["default"], "fail_level": "WARNING"}),
    ("verify_archive", {}),
)


class Command(BaseCommand):
    help = (
        "Dijalankan sesudah versi baru dipasang dan aplikasi dihentikan: mencadangkan, memigrasikan, menyusun berkas statis, memeriksa pengaturan "
        "dan seluruh arsip. Bila terhenti, disebutkan cara kembali."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="folder tempat semua cadangan")

    def handle(self, *args, folder: Path | str, **options):
        # the database still has its older form, and that is what may have to come back
        call_command("backup", folder, stdout=self.stdout)
        backup = newest_backup(Path(folder).absolute())
        for step, given in STEPS:
            self.stdout.write(f"– {step}")
            try:
                call_command(step, stdout=self.stdout, **given)
            except (CommandError, DatabaseError, OSError, ValueError) as error:
                raise CommandError(
                    BACK.format(step=step, error=error, command=settings.COMMAND, backup=backup)
                ) from error
        self.stdout.write("Selesai. Jalankan lagi aplikasinya.")

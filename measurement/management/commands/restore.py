"""Puts a backup into an empty installation, and checks everything that may not have changed."""

import time
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from measurement.safekeeping.databases import NotDone
from measurement.safekeeping.restoring import restore, unlocked

from .backup import passphrase_in


class Command(BaseCommand):
    help = (
        "Memulihkan satu cadangan ke basis data dan MEDIA_ROOT yang kosong: SHA-256 diperiksa lebih dahulu, yang lama dimigrasikan, lalu seluruh "
        "arsip diperiksa. Cadangan dari versi yang lebih baru ditolak."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", type=Path, help="satu folder cadangan, misalnya /cadangan/sakip-20261001-010000"
        )
        parser.add_argument(
            "--passphrase-file", type=Path, help="berkas dengan kata sandi cadangan yang terkunci"
        )
        parser.add_argument("--identity", type=Path, help="kunci age atau SSH untuk cadangan yang terkunci")

    def handle(self, *args, folder: Path | str, passphrase_file=None, identity=None, **options):
        begun = time.monotonic()
        try:
            with unlocked(Path(folder).absolute(), passphrase_in(passphrase_file), identity) as opened:
                restore(opened, self.stdout.write)
        except (NotDone, OSError) as error:
            raise CommandError(f"Tidak dipulihkan: {error}") from error
        self.stdout.write(f"Selesai dalam {time.monotonic() - begun:.1f} detik. Memeriksa arsip:")
        call_command("verify_archive", stdout=self.stdout)
        self.stdout.write("Semua orang perlu masuk lagi.")

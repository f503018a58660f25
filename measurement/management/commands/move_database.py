"""Moves everything to a database of the other kind (or the same), and proves that it is the same there."""

import time
from contextlib import ExitStack

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from measurement.safekeeping.databases import (
    NEWER,
    NotDone,
    applied_migrations,
    django_in,
    holds_records,
    opened,
    unknown_migrations,
    waiting_migrations,
)
from measurement.safekeeping.moving import move_rows

NOT_EMPTY = "Basis data tujuan sudah berisi data ({tables}); tujuan harus kosong."
BEHIND = "Basis data asal belum dimigrasikan ({count} langkah). Jalankan dahulu: {command} migrate"


class Command(BaseCommand):
    help = (
        "Memindahkan seluruh isi basis data ke basis data kosong, SQLite atau PostgreSQL, dalam satu transaksi, lalu membuktikan bahwa "
        "setiap tabel, jejak audit, dan berkas tetap sama. Hentikan aplikasi lebih dahulu. Dumpdata dan loaddata bukan untuk keperluan ini."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "source", metavar="asal", help="alamat, misalnya sqlite:////var/lib/sakip/sakip.sqlite3"
        )
        parser.add_argument("target", metavar="tujuan", help="alamat, misalnya postgres:///sakip")
        parser.add_argument(
            "--no-verify", action="store_true", help="jangan jalankan verify_archive pada tujuan"
        )

    def handle(self, *args, source: str, target: str, no_verify: bool = False, **options):
        begun = time.monotonic()
        try:
            with ExitStack() as stack:
                stack.enter_context(opened(source, "move_source", read_only=True))
                self._check_source()
                stack.enter_context(opened(target, "move_target"))
                if tables := holds_records("move_target"):
                    raise CommandError(NOT_EMPTY.format(tables=", ".join(tables)))
                django_in(target, "migrate", "--verbosity", "0")
                found = move_rows("move_source", "move_target")
            self.stdout.write(f"{'tabel':<48}{'baris':>8}  SHA-256 di kedua sisi")
            for one in found:
                self.stdout.write(f"{one.table:<48}{one.rows:>8}  {one.digest[:16]}")
            self.stdout.write(
                f"{sum(one.rows for one in found)} baris dalam {len(found)} tabel sama di kedua sisi "
                f"({time.monotonic() - begun:.1f} detik)."
            )
            if not no_verify:
                self.stdout.write(django_in(target, "verify_archive").splitlines()[-2])
        except NotDone as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Sekarang isikan alamat tujuan sebagai DATABASE_URL. Semua orang perlu masuk lagi.")

    def _check_source(self) -> None:
        if unknown_migrations(applied_migrations("move_source")):
            raise CommandError(f"Basis data asal {NEWER}")
        if waiting := waiting_migrations("move_source"):
            raise CommandError(BEHIND.format(count=len(waiting), command=settings.COMMAND))

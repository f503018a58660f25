"""Copies the whole installation while it is in use; meant to run every night."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from measurement.safekeeping.backups import prune, write_backup
from measurement.safekeeping.databases import NotDone, note_run
from measurement.safekeeping.sealing import Lock

JOB = "backup"
MISSING = "Cadangan ditulis, tetapi {count} berkas yang tercatat tidak ada di MEDIA_ROOT: {names}. Cadangan lama tidak dihapus."
SECRETS = "Rahasia tidak ikut: simpan berkas pengaturan (SAKIP_ENV, terutama SIGNING_SECRET) di tempat lain yang terpisah."


class Command(BaseCommand):
    help = (
        "Mencadangkan basis data dan berkas ke folder baru di bawah FOLDER, juga selagi aplikasi dipakai: utuh atau tidak sama sekali, dengan "
        "SHA-256 dan jumlah baris. Sesi masuk dan rahasia tidak ikut."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            type=Path,
            nargs="?",
            help="folder tempat semua cadangan; bawaan BACKUP_DIR, dengan BACKUP_KEEP cadangan terbaru",
        )
        parser.add_argument(
            "--encrypt",
            action="append",
            default=[],
            metavar="PENERIMA",
            help="kunci untuk pemegang kunci age1… atau ssh-ed25519 ini (boleh berulang)",
        )
        parser.add_argument(
            "--passphrase-file", type=Path, help="kunci dengan kata sandi pada baris pertama berkas ini"
        )
        parser.add_argument(
            "--keep", type=int, help="sisakan sekian cadangan terbaru, yang lebih tua dihapus"
        )

    def handle(self, *args, folder=None, encrypt=(), passphrase_file=None, keep=None, **options):
        begun, place = time.monotonic(), Path(folder or settings.BACKUP_DIR).absolute()
        keep = settings.BACKUP_KEEP if keep is None and folder is None else keep
        if keep is not None and keep < 1:
            raise CommandError("--keep paling sedikit 1.")
        try:
            lock = (
                Lock(tuple(encrypt), passphrase_in(passphrase_file)) if encrypt or passphrase_file else None
            )
            made, manifest, note = write_backup(place, lock)
        except (NotDone, OSError) as error:
            note_run(JOB, succeeded=False, note=str(error))
            raise CommandError(f"Cadangan tidak dibuat: {error}") from error
        size = filesizeformat(manifest.size)
        told = f"{manifest.rows} baris, {len(manifest.files)} berkas, {size}"
        self.stdout.write(
            f"{made}: {told}, {time.monotonic() - begun:.1f} detik{', terkunci' if lock else ''}."
        )
        for line in filter(
            None, (note, manifest.others and f"{manifest.others} berkas tanpa catatan tidak ikut.")
        ):
            self.stdout.write(str(line))
        if manifest.missing:
            sentence = MISSING.format(count=len(manifest.missing), names=", ".join(manifest.missing[:5]))
            note_run(JOB, succeeded=False, note=sentence)
            raise CommandError(sentence)
        for name in prune(place, keep) if keep else ():
            self.stdout.write(f"Dihapus: {name}")
        self.stdout.write(SECRETS)
        note_run(JOB, succeeded=True, note=f"{made.name}: {told}")


def passphrase_in(path: Path | None) -> str:
    """The first line of a file; "" without one."""
    return Path(path).read_text().partition("\n")[0].strip() if path else ""

"""Brings the files of an installation that had them in a folder into the bucket of S3_URL; may be repeated."""

from django.core.management.base import BaseCommand, CommandError

from measurement.files import StorageAway, bucket
from measurement.files.sweeping import send_files


class Command(BaseCommand):
    help = (
        "Mengirim semua berkas yang tercatat dari MEDIA_ROOT ke penyimpanan S3 yang disebut S3_URL. Boleh diulang: yang sudah ada dengan isi "
        "yang sama dibiarkan, yang berbeda tidak ditimpa. Sesudahnya jalankan verify_archive."
    )

    def handle(self, *args, **options):
        if not bucket.is_used():
            raise CommandError("S3_URL kosong: berkas tetap di MEDIA_ROOT.")
        count, wrong = 0, []
        try:
            for name, fault in send_files():
                count += 1
                wrong += [f"{name}: {fault}."] if fault else []
        except StorageAway as error:
            raise CommandError(f"Terhenti sesudah {count} berkas: {error}. Ulangi nanti.") from error
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{count} berkas ada di penyimpanan.")

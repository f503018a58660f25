"""Makes an office's own certificate authority, with which its officials sign locally."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from measurement.models import SigningKey, Unit
from measurement.rules.dates import local_date
from measurement.rules.refusals import Refusal
from measurement.signing import authority

NEXT = "Pejabat sekarang dapat membuat kunci tanda tangannya pada halaman Tanda tangan, dengan PIN yang hanya mereka ketahui."
KEEP = "Kunci kantor disegel dengan SIGNING_SECRET (atau SECRET_KEY): simpan rahasia itu; bila hilang atau berganti, kunci tidak dapat dibuka."


class Command(BaseCommand):
    help = "Membuat otoritas sertifikat, stempel waktu, dan segel sebuah kantor, untuk tanda tangan elektronik yang tidak tersertifikasi."

    def add_arguments(self, parser):
        parser.add_argument("unit", metavar="kode-unit", help="kode unit, misalnya 416-317")
        parser.add_argument(
            "--renew",
            metavar="alasan",
            help="ganti otoritas yang ada; semua kunci kantor ini, juga kunci pejabat, dicabut",
        )

    def handle(self, *args, unit: str, renew: str | None = None, **options):
        found = Unit.objects.filter(code=unit).first()
        if found is None:
            raise CommandError(f"Tidak ada unit dengan kode {unit}.")
        if renew is None and authority.active_keys(found).exists():
            self.stdout.write(
                f"{found} sudah mempunyai otoritas sertifikat; tidak ada yang diubah. Untuk menggantinya: --renew alasan."
            )
            return
        if renew is not None and not renew.strip():
            raise CommandError("Tuliskan alasan penggantian sesudah --renew.")
        try:
            keys = self._made(found, renew)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        for key in keys:
            self.stdout.write(
                f"{key.get_purpose_display()}: berlaku sampai {local_date(key.expires_at)}, SHA-256 {key.fingerprint}"
            )
        self.stdout.write(NEXT)
        self.stdout.write(KEEP)

    def _made(self, unit: Unit, reason: str | None) -> list[SigningKey]:
        now = timezone.now()
        return (
            authority.make_authority(unit, now)
            if reason is None
            else authority.renew_authority(unit, now, reason.strip())
        )

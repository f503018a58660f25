"""Prints the one-time code with which the first administrator of an empty installation is made."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from measurement.addresses import reverse
from measurement.models import Person, SetupCode

OVER = "Instalasi ini sudah mempunyai pegawai, jadi tidak memerlukan kode pemasangan."


class Command(BaseCommand):
    help = "Membuat kode sekali pakai untuk administrator pertama; kode sebelumnya tidak berlaku lagi. Hanya untuk instalasi yang kosong."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="diam tanpa kesalahan bila sudah ada pegawai"
        )

    def handle(self, *args, **options):
        if Person.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(OVER)
        code = SetupCode.make()
        self.stdout.write(
            f"\nInstalasi ini masih kosong. Buka {settings.PUBLIC_URL}{reverse('first_setup')}\n"
            f"dan isi kode pemasangan: {code}\n"
            f"Kode berlaku 24 jam untuk satu kali pakai. Kode baru: {settings.COMMAND} setup_code\n"
        )

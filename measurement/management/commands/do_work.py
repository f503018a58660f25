"""Does the long work that people ordered, until none waits. Pages start it by themselves, and so does the timer of send_reminders."""

from django.core.management.base import BaseCommand

from measurement.doors.long_work import do_waiting


class Command(BaseCommand):
    help = "Mengerjakan pekerjaan panjang yang dipesan pegawai (ekspor, paket arsip), lalu selesai. Aman dijalankan kapan saja atau bersamaan."

    def handle(self, *args, **options):
        self.stdout.write(f"Pekerjaan yang dikerjakan: {do_waiting()}.")

"""Load the demonstration office: 24 accounts, a plan, TW I 2026 archived and TW II 2026 being measured."""

from django.core.management.base import BaseCommand

from measurement.models import Person, Unit

from ..demo import office, signing, walk


class Command(BaseCommand):
    help = "Memuat kantor contoh. Bila sudah ada, tidak ada yang diubah."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="jangan cetak daftar akun")

    def handle(self, *args, quiet=False, **options):
        existing = Unit.objects.filter(code=office.CODE).first()
        if existing:
            self.stdout.write(f"Unit {office.CODE} sudah ada; tidak ada yang diubah.")
            if not existing.cycles.filter(year=walk.YEAR, number=2).exists():
                self.stdout.write(
                    "Bila pemuatan sebelumnya terhenti di tengah jalan, mulailah dari basis data kosong: make demo-reset."
                )
            return
        unit = office.build()
        done, under_way = walk.first_period(unit), walk.second_period(unit)
        self.stdout.write(
            f"{unit}: {done} diarsipkan, {under_way} pada langkah {under_way.current_step.number}."
        )
        if not quiet:
            self._print_accounts(unit)

    def _print_accounts(self, unit: Unit) -> None:
        self.stdout.write(f"\n{'nama pengguna':<16}{'peran':<28}kata sandi")
        people = Person.objects.filter(appointments__unit=unit).distinct().order_by("pk")
        for person in people.prefetch_related("appointments"):
            roles = ", ".join(dict.fromkeys(a.printed_role for a in person.appointments.all()))
            self.stdout.write(f"{person.username:<16}{roles:<28}{office.PASSWORD}")
        self.stdout.write(f"\nPIN kunci tanda tangan {', '.join(signing.OFFICIALS)}: {signing.PIN}")

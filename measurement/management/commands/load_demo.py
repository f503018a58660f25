"""Load the demonstration office: 24 accounts, a plan, TW I 2026 archived and TW II 2026 being measured; if asked, the harder year after it."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from measurement.models import Person, Unit

from ..demo import kabupaten, office, second_year, second_year_plan, signing, walk
from ..demo.place import NOT_ALONE, holds_anything_of_its_own, refuse_in_production


class Command(BaseCommand):
    help = "Memuat kantor contoh ke dalam basis data yang tidak berisi apa pun selain contoh. Bila sudah ada, tidak ada yang diubah."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="jangan cetak daftar akun")
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="bila contoh tidak boleh dimuat di sini, katakan alasannya dan selesai tanpa kesalahan",
        )
        parser.add_argument(
            "--second-year",
            action="store_true",
            help=f"tambahkan tahun {second_year_plan.YEAR} sebagai contoh tahun yang sulit; tanggalnya mendahului hari ini",
        )

        parser.add_argument(
            "--kabupaten",
            action="store_true",
            help=f"tambahkan pemerintah daerah dengan {kabupaten.OFFICES} kantor contoh pada berbagai langkah",
        )

    def handle(self, *args, quiet: bool = False, **options):
        try:
            refuse_in_production()
            if holds_anything_of_its_own():
                raise CommandError(NOT_ALONE)
        except CommandError as refusal:
            if not options["if_empty"]:
                raise
            self.stdout.write(str(refusal))
            return
        with transaction.atomic():
            self._load_first_year(quiet)
        if options["second_year"]:
            with transaction.atomic():
                self._load_second_year(Unit.objects.demonstrations().get(code=office.CODE))

        if options["kabupaten"]:
            with transaction.atomic():
                self._load_kabupaten(Unit.objects.demonstrations().get(code=office.CODE))

    def _load_first_year(self, quiet: bool) -> None:
        if Unit.objects.demonstrations().filter(code=office.CODE).exists():
            self.stdout.write(f"Unit {office.CODE} sudah ada; tidak ada yang diubah.")
            return
        unit = office.build()
        done, under_way = walk.first_period(unit), walk.second_period(unit)
        self.stdout.write(
            f"{unit}: {done} diarsipkan, {under_way} pada langkah {under_way.current_step.number}."
        )
        if not quiet:
            self._print_accounts(unit)

    def _load_second_year(self, unit: Unit) -> None:
        if unit.plans.filter(start_year=second_year_plan.FIRST).exists():
            self.stdout.write(f"Tahun {second_year_plan.YEAR} sudah ada; tidak ada yang diubah.")
            return
        for cycle in second_year.live_through(unit):
            where = "diarsipkan" if cycle.is_archived else f"pada langkah {cycle.current_step.number}"
            self.stdout.write(f"{unit}: {cycle} {where}.")

    def _load_kabupaten(self, unit: Unit) -> None:
        if unit.belongs_to:
            self.stdout.write(f"{unit.belongs_to} sudah ada; tidak ada yang diubah.")
            return
        government = kabupaten.build_kabupaten(unit)
        self.stdout.write(f"{government}: {government.offices.count()} kantor contoh.")
        for username, _, role, _ in kabupaten.POSTS:
            self.stdout.write(f"{username:<16}{role.label:<28}{office.PASSWORD}")

    def _print_accounts(self, unit: Unit) -> None:
        self.stdout.write(f"\n{'nama pengguna':<16}{'peran':<28}kata sandi")
        people = Person.objects.filter(appointments__unit=unit).distinct().order_by("pk")
        for person in people.prefetch_related("appointments"):
            roles = ", ".join(dict.fromkeys(a.printed_role for a in person.appointments.all()))
            self.stdout.write(f"{person.username:<16}{roles:<28}{office.PASSWORD}")
        self.stdout.write(f"\nPIN kunci tanda tangan {', '.join(signing.OFFICIALS)}: {signing.PIN}")

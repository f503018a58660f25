"""Checks what must not have changed: audit trails and their anchors, papers, signatures, attachments, evidence, packages, numbers."""

import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context

import django
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q, QuerySet
from django.utils import timezone

from measurement.archiving.verification import Verification, check_one
from measurement.models import JobRun, MeasurementCycle, Unit

JOB = "verify_archive"
DAYS = re.compile(r"([1-9][0-9]{0,4})d")
EMPTY = "PERINGATAN: tidak ada siklus yang diperiksa, jadi tidak ada yang terbukti utuh."
BAD_SINCE = "--since menerima tanggal (2026-10-01) atau jumlah hari (7d)."


class Command(BaseCommand):
    help = (
        "Memeriksa keutuhan jejak audit, naskah beserta tanda tangan dan lampirannya, bukti, paket arsip, dan nomor; "
        "keluar dengan kesalahan bila ada yang berubah."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unit", default="", help="hanya unit dengan kode ini, misalnya 416-317")
        parser.add_argument("--year", type=int, help="hanya siklus dan nomor tahun ini")
        parser.add_argument(
            "--since",
            default="",
            help="hanya siklus yang jejak auditnya bertambah sejak tanggal ini, atau 7d: tujuh hari",
        )
        parser.add_argument(
            "--parallel",
            type=int,
            default=1,
            metavar="N",
            help="periksa sekian siklus sekaligus, masing-masing dalam proses sendiri; baru berguna bila siklusnya banyak",
        )

    def handle(
        self, *args, unit: str = "", year: int | None = None, since: str = "", parallel: int = 1, **options
    ):
        units = Unit.objects.filter(code=unit) if unit else Unit.objects.all()
        if unit and not units:
            raise CommandError(f"Unit dengan kode “{unit}” tidak ada.")
        cycles = _chosen(units, year, since)
        verification, found = Verification(), list[str]()
        for name, faults, counts in _checked(cycles, parallel):
            self.stdout.write(name)
            found += faults
            verification.counts.update(counts)
        for one in units:
            found += verification.numbers(one, year)
        counted = ", ".join(f"{count} {name}" for name, count in verification.counts.items())
        told = f"Diperiksa: {counted or 'belum ada siklus'}."
        self.stdout.write(told)
        JobRun.record(JOB, succeeded=not found, note=found[0] if found else told)
        if found:
            raise CommandError("\n".join(found))
        if verification.counts["siklus"]:
            self.stdout.write("Semuanya utuh.")
        else:
            self.stderr.write(EMPTY)


def _chosen(units: QuerySet[Unit], year: int | None, since: str) -> QuerySet[MeasurementCycle]:
    cycles = MeasurementCycle.objects.filter(unit__in=units).select_related("unit").order_by("pk")
    if year:
        cycles = cycles.filter(year=year)
    if since:
        begin = _day(since)
        recent = Q(audit__at__date__gte=begin) | Q(papers__signers__signature__signed_at__date__gte=begin)
        cycles = cycles.filter(recent).distinct()
    return cycles


def _day(since: str) -> date:
    """A date, or some days before today."""
    days = DAYS.fullmatch(since)
    if days:
        return timezone.localdate() - timedelta(days=int(days[1]))
    try:
        return date.fromisoformat(since)
    except ValueError as error:
        raise CommandError(BAD_SINCE) from error


def _checked(
    cycles: QuerySet[MeasurementCycle], parallel: int
) -> Iterator[tuple[str, list[str], dict[str, int]]]:
    """What was found about each cycle, in the order of the cycles however many processes look."""
    keys = list(cycles.values_list("pk", flat=True))
    if parallel <= 1 or len(keys) <= 1:
        yield from map(check_one, keys)
        return
    # processes of their own, begun anew: no connection is shared with this one
    with ProcessPoolExecutor(parallel, get_context("spawn"), initializer=django.setup) as pool:
        yield from pool.map(check_one, keys)

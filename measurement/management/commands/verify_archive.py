"""Checks what must not have changed: audit trails and their anchors, papers, signatures, attachments, evidence, packages, numbers."""

import functools
import operator
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context

import django
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from measurement.archiving.verification import Checked, Verification, check_briefly, check_one
from measurement.models import (
    ArchivePackage,
    AuditEntry,
    JobRun,
    MeasurementCycle,
    PaperSignature,
    Unit,
)
from measurement.models.words_index import BEHIND, is_in_step

JOB = "verify_archive"
CHUNK = 4  # cycles that a process is given at once
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
            help=(
                "periksa seluruhnya hanya siklus yang jejak audit, tanda tangan, atau paketnya bertambah sejak tanggal ini, atau 7d: tujuh hari; "
                "dari siklus lainnya hanya jejak audit dan SHA-256 paketnya"
            ),
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
        cycles = MeasurementCycle.objects.filter(unit__in=units, **({"year": year} if year else {}))
        recent = _touched_since(cycles, _day(since)) if since else cycles
        verification, found = Verification(), list[str]()
        for name, faults, counts in _checked(recent, check_one, parallel):
            self.stdout.write(name)
            found += faults
            verification.counts.update(counts)
        earlier = cycles.exclude(pk__in=recent.values("pk")) if since else cycles.none()
        for _, faults, counts in _checked(earlier, check_briefly, parallel):
            found += faults
            verification.counts.update(counts)
        for one in units:
            found += verification.numbers(one, year)
        if not (unit or year or since or is_in_step(connection)):
            found.append(BEHIND)
        self._conclude(verification, found)

    def _conclude(self, verification: Verification, found: list[str]) -> None:
        counted = ", ".join(f"{count} {name}" for name, count in verification.counts.items())
        told = f"Diperiksa: {counted or 'belum ada siklus'}."
        self.stdout.write(told)
        JobRun.record(JOB, succeeded=not found, note=found[0] if found else told)
        if found:
            raise CommandError("\n".join(found))
        if verification.has_cycles:
            self.stdout.write("Semuanya utuh.")
        else:
            self.stderr.write(EMPTY)


def _touched_since(cycles: QuerySet[MeasurementCycle], day: date) -> QuerySet[MeasurementCycle]:
    """Those on whose trail, papers or package something was written from a day on."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    of_cycle = OuterRef("pk")
    written = (
        AuditEntry.objects.filter(cycle=of_cycle, at__gte=begin),
        PaperSignature.objects.filter(signer__paper__cycle=of_cycle, signed_at__gte=begin),
        ArchivePackage.objects.filter(cycle=of_cycle, made_at__gte=begin),
    )
    return cycles.filter(functools.reduce(operator.or_, map(Exists, written)))


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
    cycles: QuerySet[MeasurementCycle], check: Callable[[int], Checked], parallel: int
) -> Iterator[Checked]:
    """What was found about each cycle, in the order of the cycles however many processes look."""
    keys = list(cycles.order_by("pk").values_list("pk", flat=True))
    if parallel <= 1 or len(keys) <= 1:
        yield from map(check, keys)
        return
    # processes of their own, begun anew: no connection is shared with this one
    with ProcessPoolExecutor(parallel, get_context("spawn"), initializer=django.setup) as pool:
        yield from pool.map(check, keys, chunksize=CHUNK)

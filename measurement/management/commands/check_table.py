"""Recomputes capaian and serapan of a published table (csv or xlsx) and says where the printed ones differ."""

import sys
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from measurement.published.checked_table import CheckedTable, FigureCheck
from measurement.published.comparing import VERDICT_LABELS, FigureVerdict
from measurement.published.table_check import check_table
from measurement.published.table_check_export import WRITERS
from measurement.rules.refusals import BadFile

MOST_LINES = 40
ORDER = (FigureVerdict.DIFFERENT, FigureVerdict.UNCOMPUTABLE, FigureVerdict.ROUNDED, FigureVerdict.EQUAL)


class Command(BaseCommand):
    help = "Memeriksa tabel kinerja yang dicetak (csv atau xlsx): menghitung ulang capaian dan serapan, lalu menyebutkan yang berbeda."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tabel yang diperiksa, .csv atau .xlsx")
        parser.add_argument(
            "--out", type=Path, help="tempat menulis tabel beserta hasil pemeriksaan, .csv atau .xlsx"
        )
        parser.add_argument(
            "--exit-code",
            action="store_true",
            help="kode keluar 1 bila ada yang beda, 2 bila tidak ada yang beda tetapi ada yang tidak dapat diperiksa",
        )

    def handle(self, *args, file: Path | str, out: Path | str | None = None, exit_code=False, **options):
        out = Path(out) if out else None
        if out and out.suffix.lower() not in WRITERS:
            raise CommandError(f"“{out.name}”: hasil hanya dapat ditulis sebagai .csv atau .xlsx.")
        table = _read(Path(file))
        if out:
            _write(out, WRITERS[out.suffix.lower()](table))
        for line in filter(None, (table.to_look_at, *table.unread_sentences, *_remarkable(table))):
            self.stdout.write(line)
        self.stdout.write(table.summary)
        if exit_code and (status := _status(table)):
            sys.exit(status)


def _status(table: CheckedTable) -> int:
    """For scripts: 1 where a figure differs, 2 where none does but not everything could be checked, 0 where all agree."""
    if table.counts[FigureVerdict.DIFFERENT]:
        return 1
    return 2 if table.unchecked or table.left_out else 0


def _read(path: Path) -> CheckedTable:
    try:
        with path.open("rb") as file:
            return check_table(File(file, path.name))
    except BadFile as refusal:
        raise CommandError(str(refusal)) from refusal
    except OSError as error:
        raise CommandError(f"“{path}” tidak dapat dibuka: periksa nama dan izin berkasnya.") from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"“{path}” tidak dapat ditulis: periksa folder dan izinnya.") from error


def _remarkable(table: CheckedTable) -> list[str]:
    """What is not plainly equal, in the order of the table; where it is too much, the weightiest."""
    found = [
        (ORDER.index(one.check.verdict), number, place, f"{row.words}, {_sentence(one)}")
        for number, row in enumerate(table.rows)
        for place, one in enumerate(row.checks)
        if one.check.verdict and (one.check.verdict != FigureVerdict.EQUAL or one.check.notes)
    ]
    kept = sorted(found)[:MOST_LINES]
    lines = [line for *_, line in sorted(kept, key=lambda one: one[1:])]
    return (
        [*lines, f"… dan {len(found) - len(kept)} lainnya; semuanya ada pada hasil --out."]
        if len(found) > len(kept)
        else lines
    )


def _sentence(one: FigureCheck) -> str:
    check = one.check
    said = f" ({'; '.join(check.notes)})" if check.notes else ""
    verdict = VERDICT_LABELS[check.verdict] if check.verdict else ""
    return f"{one.title}: dicetak {one.published}, dihitung {check.text or '–'}: {verdict}{said}"

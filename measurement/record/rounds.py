"""Rounds: what the Sekcam was shown, what was returned with which arahan, and what changed since the last round."""

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from measurement.models import Directive, MeasurementCycle, Person, RoundSnapshot, WorksheetNode, WorksheetRow
from measurement.rules.refusals import Incomplete
from measurement.rules.requirements import is_said
from measurement.rules.row_fields import ROW_FIELDS
from measurement.rules.sop import ROW_MOVES, RowState

from . import audit

LABELS = {
    **{field.key: field.label for field in ROW_FIELDS},
    "evidence": "Bukti",
    "spent": "Realisasi anggaran",
}


@dataclass(frozen=True)
class Arahan:
    """One direction that comes with a return; general where no row is named."""

    text: str
    row_id: int | None = None


@dataclass(frozen=True)
class RoundDifference:
    """One value that changed between two rounds, as text."""

    name: str
    label: str
    before: str
    after: str
    row_id: int | None = None


def snapshot(cycle: MeasurementCycle) -> None:
    """Keep what is sent to the Sekcam in this round."""
    RoundSnapshot.objects.create(
        cycle=cycle, round=cycle.round, rows=_rows_now(cycle), money=_money_now(cycle)
    )


def _rows_now(cycle: MeasurementCycle) -> dict[str, dict]:
    kept = {}
    cycle.load_worksheet()
    for row in cycle.rows.all():
        kept[str(row.pk)] = row_content(row)
    return kept


def row_content(row: WorksheetRow) -> dict[str, str]:
    """What a row says: its values, texts and evidence, to be held against what it says later."""
    values = {field: _plain(getattr(row, field)) for field in (*WorksheetRow.VALUES, *WorksheetRow.TEXTS)}
    return {**values, "evidence": ", ".join(e.name for e in row.evidence_items), "name": row.name}


def _money_now(cycle: MeasurementCycle) -> dict[str, dict]:
    return {
        str(node.pk): {"name": f"{node.code} {node.name}", "spent": _plain(node.spent)}
        for node in cycle.nodes.all()
        if node.spent is not None
    }


def _plain(value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return format(value.normalize(), "f").replace(".", ",")


def differences(cycle: MeasurementCycle) -> list[RoundDifference]:
    """What is different now from what the Sekcam was shown in the round before; empty in the first round."""
    if cycle.round == 1:
        return []
    before = cycle.snapshots.filter(round=cycle.round - 1).first()
    return (
        []
        if before is None
        else compare_snapshots(before.rows, _rows_now(cycle))
        + compare_snapshots(before.money, _money_now(cycle), rows=False)
    )


def between(older: RoundSnapshot, newer: RoundSnapshot) -> list[RoundDifference]:
    return compare_snapshots(older.rows, newer.rows) + compare_snapshots(older.money, newer.money, rows=False)


def compare_snapshots(older: dict, newer: dict, rows: bool = True) -> list[RoundDifference]:
    found = []
    for key, values in newer.items():
        past = older.get(key, {})
        for field, label in LABELS.items():
            if field in values and values[field] != past.get(field, ""):
                found.append(
                    RoundDifference(
                        values["name"], label, past.get(field, ""), values[field], int(key) if rows else None
                    )
                )
    return found


def check_arahan(cycle: MeasurementCycle, arahan: list[Arahan]) -> None:
    """Incomplete unless there is at least one direction, every direction has words, and every named row can be reopened."""
    gaps = []
    if not arahan:
        gaps.append("Tuliskan arahan: umum, atau pada baris yang harus dilengkapi.")
    if any(not is_said(item.text) for item in arahan):
        gaps.append("Setiap arahan memerlukan paling sedikit 10 huruf supaya dapat ditindaklanjuti.")
    named = [item.row_id for item in arahan if item.row_id is not None]
    if len(set(named)) != len(named):
        gaps.append("Satu baris hanya dapat diberi satu arahan.")
    if cycle.rows.filter(pk__in=named, planned=True, state__in=ROW_MOVES["reopen"].sources).count() != len(
        set(named)
    ):
        gaps.append("Ada baris pada arahan yang tidak dapat dibuka kembali; muat ulang halaman.")
    if gaps:
        raise Incomplete(*gaps)


def foresee_reopened(cycle: MeasurementCycle, arahan: list[Arahan]) -> None:
    """How the rows of a cycle will stand once they are reopened, for what is made before; nothing is written."""
    named = {item.row_id: item.text.strip() for item in arahan}
    cycle.load_worksheet()
    for row in cycle.rows.all():
        if row.pk in named:
            row.state, row.round = RowState.DIKEMBALIKAN, cycle.round + 1
            row.verdict_note, row.reply = named[row.pk], ""


def reopen(cycle: MeasurementCycle, arahan: list[Arahan], actor: Person) -> dict[str, dict]:
    """Write the directions and unlock just the rows they name, for the round that begins with them. Returns how rows and money stood before."""
    begins = cycle.round + 1
    named = list(cycle.rows.filter(pk__in=[item.row_id for item in arahan if item.row_id is not None]))
    nodes = cycle.nodes.filter(pk__in=[row.node_id for row in named])
    before = {
        key: stood | {"round": row.round} for row in named for key, stood in audit.state_before(row).items()
    }
    money = {str(node.pk): {"round": node.round, "version": node.version} for node in nodes}
    now = timezone.now()
    Directive.objects.bulk_create(
        Directive(
            cycle=cycle,
            round=begins,
            row_id=item.row_id,
            text=item.text.strip(),
            given_by=actor,
            given_at=now,
        )
        for item in arahan
    )
    for item in arahan:
        if item.row_id is not None:
            rows = cycle.rows.filter(pk=item.row_id)
            rows.update(
                state=RowState.DIKEMBALIKAN,
                round=begins,
                verdict_note=item.text.strip(),
                reply="",
                version=F("version") + 1,
            )
    named_nodes = cycle.rows.filter(round=begins).values("node")
    WorksheetNode.objects.filter(cycle=cycle, pk__in=named_nodes).update(round=begins)
    return {"before": before, "money_before": money}

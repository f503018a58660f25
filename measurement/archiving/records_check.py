"""What a sound package tells of its cycle against the database: the one is as fixed as the other."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from measurement.models import ArchivePackage, Evidence, MeasurementCycle, Paper
from measurement.rules.sop import STEP_KEY_BY_EARLIER_NUMBER

from .bag import bag_digests, read_info
from .bag_info import PREVIOUS, TRAIL_HEAD, package_name
from .records import (
    FIXED_RECORDS,
    GROWING_RECORDS,
    LATER_RECORDS,
    PAPERS,
    SCHEDULE,
    as_json,
    digests_of,
    paper_record,
    papers_of,
    records,
    signature_records,
    void_reason,
)

# of a paper; names may be corrected later
FIXED = ("nomor", "urut", "tahun", "jenis", "judul", "putaran", "kode", "sha256_isi", "menggantikan")


def record_disagreements(found: ArchivePackage, folder: Path) -> Iterator[str]:
    """Sentences on every difference between the bag in a folder and the database."""
    info, cycle = read_info(folder), found.cycle
    before = cycle.packages.filter(version__lt=found.version).last()
    if info.get(PREVIOUS, "") != package_name(before):
        yield "paket sebelumnya bukan lagi yang tercantum pada paket ini."
    head = info.get(TRAIL_HEAD, "")
    if not cycle.audit.filter(
        sequence=int(head.partition(":")[0] or 0), digest=head.partition(":")[2]
    ).exists():
        yield f"jejak audit tidak lagi memuat catatan {head.partition(':')[0]} yang tercantum pada paket."
    held = {name.removeprefix("data/"): digest for name, digest in bag_digests(folder).items()}
    yield from _papers(cycle, json.loads((folder / "data" / PAPERS).read_bytes()), held)
    stored = set(held.values())
    for evidence in Evidence.objects.files().filter(row__cycle=cycle).select_related("file"):
        if evidence.file and evidence.file.sha256 not in stored:
            yield f"bukti {evidence.name} tidak ada di dalam paket sebagaimana tercatat."
    yield from _tables(cycle, folder)


def _papers(cycle: MeasurementCycle, told: list[dict], held: dict[str, str]) -> Iterator[str]:
    """Every paper of the cycle is inside, as it is recorded, with a file that is on record for it; and no other."""
    inside = {paper["kode"]: paper for paper in told}
    for paper in papers_of(cycle):
        entry = inside.pop(paper.code, None)
        if entry is None:
            yield f"{paper.number} tidak ada di dalam paket."
        elif _differs(paper, entry) or held.get(entry["berkas"]) not in digests_of(paper):
            yield f"{paper.number} di dalam paket tidak sama dengan catatannya."
    yield from (f"{entry['nomor']} di dalam paket tidak ada lagi di basis data." for entry in inside.values())


def _differs(paper: Paper, entry: dict) -> bool:
    record, signed = paper_record(paper), [signature["sha256"] for signature in entry["tanda_tangan"]]
    made = [signature["sha256"] for signature in signature_records(paper)]
    return (
        any(entry.get(name) != record[name] for name in FIXED)
        or datetime.fromisoformat(entry["diterbitkan"]) != paper.issued_at
        or entry["batal"] != void_reason(paper)
        or signed != made[: len(signed)]
    )


def _tables(cycle: MeasurementCycle, folder: Path) -> Iterator[str]:
    """Everything else that is inside as data. Columns that only one side has came or went with a later version of this system."""
    kept = records(cycle)
    for name in (*FIXED_RECORDS, *GROWING_RECORDS):
        if name in LATER_RECORDS and not (folder / "data" / name).exists():
            continue
        told = [_in_columns_of_today(name, row) for row in json.loads((folder / "data" / name).read_bytes())]
        inside = {row["id"]: row for row in told}
        now = {row["id"]: row for row in json.loads(as_json(kept[name]))}
        more = now.keys() - inside.keys() if name in FIXED_RECORDS else ()
        changed = [key for key in inside.keys() & now.keys() if _says_otherwise(inside[key], now[key])]
        counts = {
            "berubah": len(changed),
            "hilang dari basis data": len(inside.keys() - now.keys()),
            "bertambah": len(more),
        }
        if any(counts.values()):
            said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
            yield f"catatan {name} di dalam paket tidak sama dengan basis data: {said}."


def _in_columns_of_today(name: str, row: dict) -> dict:
    """A row as it is inside; a package made before migration 0006 names the step of a planned date by its number."""
    if name == SCHEDULE and "step" not in row:
        return row | {"step": STEP_KEY_BY_EARLIER_NUMBER.get(row["number"])}
    return row


def _says_otherwise(inside: dict, now: dict) -> bool:
    return any(inside[column] != now[column] for column in inside.keys() & now.keys())

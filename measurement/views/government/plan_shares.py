"""What a file would do to the plan of each office, and what came of it, as the page shows it: as many lines as a page holds."""

from typing import TYPE_CHECKING

from measurement.forms.plan.revisions import BasisForm

if TYPE_CHECKING:
    from measurement.plan.plans_of_offices import PlansDone, PlanShare, PlansPreview  # reads workbooks

LINES_OF_OFFICE = 20  # of each list
MOST_LINES = 600  # on the page
NEW_PLAN = "rencana baru"


def shown_shares(preview: "PlansPreview", basis: BasisForm) -> dict:
    """Each office in a line with its counts, and below it what is added, changed, gone and wrong."""
    left = MOST_LINES
    offices = []
    for share in preview.shares:
        offices.append(_shown_share(share, min(LINES_OF_OFFICE, left)))
        left -= sum(len(found["lines"]) for found in offices[-1]["lists"])
    revisions = sum(sum(share.preview.revisions.values()) for share in preview.shares if share.preview)
    for field in basis.fields.values():
        field.required = bool(revisions)
    return {
        "offices": offices,
        "unknown": [
            {"name": each.name or "–", "rows": each.told_rows, "sentence": each.sentence}
            for each in preview.unknown
        ],
        "remarks": preview.remarks,
        "counts": _counts(preview),
        "writable": [
            {"key": str(share.unit.pk), "digest": share.digest}
            for share in preview.shares
            if _is_writable(share)
        ],
        "revised": str(revisions) if revisions else "",
        "losses": [
            {"office": share.unit.name, "code": loss.code, "name": loss.name, "sentence": loss.sentence}
            for share in preview.shares
            if share.preview and _is_writable(share)
            for loss in share.preview.losses
        ][:MOST_LINES],
        "basis": basis,
    }


def _is_writable(share: "PlanShare") -> bool:
    return not share.is_refused and not share.changes_nothing


def _counts(preview: "PlansPreview") -> dict[str, str]:
    refused = sum(share.is_refused for share in preview.shares)
    same = sum(share.changes_nothing and not share.is_refused for share in preview.shares)
    return {
        "written": str(len(preview.shares) - refused - same),
        "same": str(same),
        "refused": str(refused),
        "unknown": str(len(preview.unknown)),
        "gone": _gone_words(preview),
    }


def _gone_words(preview: "PlansPreview") -> str:
    """How much of plans that are written is not in the file; "" where all is."""
    counts = [len(share.preview.gone) for share in preview.shares if share.preview and _is_writable(share)]
    found = [count for count in counts if count]
    if not found:
        return ""
    return f"{sum(found)} indikator dan cabang pada {len(found)} kantor tidak ada dalam berkas, jadi tidak dipakai lagi."


def _shown_share(share: "PlanShare", most: int) -> dict:
    seen = share.preview
    new, changed, gone, wrong = (
        (seen.new + seen.branches, seen.changed, seen.gone, seen.wrong) if seen else ([], [], [], [])
    )
    lists = (
        ("Salah", wrong, lambda cell: f"{cell.cell}: {cell.sentence}"),
        ("Baru", new, lambda one: f"baris {one.row}, {one.code} {one.name}. {one.detail}".rstrip(". ")),
        (
            "Berubah",
            changed,
            lambda one: (
                f"baris {one.row}, {one.code} {one.name}: {one.label} {one.old or '–'} → {one.new or '–'}"
            ),
        ),
        ("Tidak dipakai lagi", gone, lambda one: f"{one.code} {one.name}"),
        ("Catatan", seen.remarks if seen else [], str),
    )
    return {
        "name": share.unit.name,
        "plan": str(share.plan) if share.plan else NEW_PLAN if seen else "–",
        "new": str(len(new)),
        "changed": str(len(changed)),
        "gone": str(len(gone)),
        "wrong": str(len(wrong)),
        "state": "ditolak" if share.is_refused else "sama" if share.changes_nothing else "ditulis",
        "refusals": share.refusals,
        "sub_units": ", ".join(seen.sub_units) if seen else "",
        "lists": [
            {
                "title": title,
                "lines": [words(each) for each in found[:most]],
                "more": max(0, len(found) - most),
            }
            for title, found, words in lists
            if found
        ],
    }


def shown_outcomes(done: "PlansDone") -> dict:
    """Those that were not written first."""
    lines = [
        {"name": outcome.unit.name, "is_written": outcome.is_written, "words": outcome.words}
        for outcome in sorted(done.outcomes, key=lambda outcome: (outcome.is_written, outcome.unit.name))
    ]
    written = sum(outcome.is_written for outcome in done.outcomes)
    return {
        "outcomes": lines,
        "written": str(written),
        "not_written": str(len(lines) - written) if len(lines) > written else "",
    }

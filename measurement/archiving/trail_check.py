"""The audit trail against what is stored: papers, signatures, withdrawals and evidence that only one of the two tells of."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Max

from measurement.models import Evidence, MeasurementCycle, PaperSignature, VoidNumber
from measurement.papers.issue import content_digest

LATER = ("sign", "void_paper", "report_read")  # what happens to a paper that was issued


def trail_disagreements(cycle: MeasurementCycle) -> Iterator[str]:
    """Sentences on every difference, as there are after the trail's tail was cut, or records were smuggled in or taken away."""
    entries = list(cycle.audit.values_list("action", "actor", "data"))
    yield from (
        f"{cycle}: {fault}"
        for check in (_papers, _signatures, _withdrawals, _evidence)
        for fault in check(cycle, entries)
    )


def _papers(cycle: MeasurementCycle, entries: list[tuple]) -> Iterator[str]:
    issued = {
        data["paper"]: (actor, data.get("content"))
        for action, actor, data in entries
        if "paper" in data and action not in LATER
    }
    stored = {
        number: (issuer, content)
        for number, issuer, content in cycle.papers.values_list("number", "issued_by", "content")
    }
    for number, (issuer, content) in stored.items():
        actor, digest = issued.get(number, (issuer, None))
        if number not in issued:
            yield f"jejak audit tidak memuat penerbitan {number}."
        elif actor != issuer:
            yield f"jejak audit menyebut penerbit {number} yang lain."
        elif digest != content_digest(content):
            yield f"isi {number} bukan lagi yang tercatat pada jejak audit."
    yield from (
        f"{number} tercatat diterbitkan pada jejak audit, tetapi naskahnya hilang."
        for number in issued
        if number not in stored
    )


def _signatures(cycle: MeasurementCycle, entries: list[tuple]) -> Iterator[str]:
    """An archived cycle's trail takes no more signatures."""
    told = {data.get("sha256"): data for action, _, data in entries if action == "sign"}
    found = PaperSignature.objects.filter(signer__paper__cycle=cycle).select_related("signer__paper")
    made = {
        signature.sha256: signature
        for signature in found.defer("signer__paper__content", "signer__paper__words")
    }
    closed = cycle.audit.aggregate(last=Max("at"))["last"] if cycle.is_archived else None
    for digest, signature in made.items():
        if digest not in told and not (closed and signature.signed_at >= closed):
            yield f"jejak audit tidak memuat tanda tangan {signature.signer.title} pada {signature.signer.paper.number}."
    for digest, data in told.items():
        if digest not in made:
            yield f"tanda tangan {data.get('title', '')} pada {data['paper']} tercatat pada jejak audit, tetapi hilang atau diganti."


def _withdrawals(cycle: MeasurementCycle, entries: list[tuple]) -> Iterator[str]:
    told = {data["paper"]: data.get("reason") for action, _, data in entries if action == "void_paper"}
    made = dict(VoidNumber.objects.filter(paper__cycle=cycle).values_list("paper__number", "reason"))
    for number in sorted(told.keys() | made.keys()):
        if told.get(number) != made.get(number):
            yield f"pembatalan {number} tidak sama pada jejak audit dan pada buku nomor."


def _evidence(cycle: MeasurementCycle, entries: list[tuple]) -> Iterator[str]:
    """No more of the attached files and links are gone than were taken off. The trail does not tell of what a correction carried over."""
    attached: dict[tuple[int, str], set[str]] = defaultdict(set)
    taken_off: Counter[tuple[int, str]] = Counter()
    stored: dict[tuple[int, str], set[str]] = defaultdict(set)
    for action, _, data in entries:
        if action == "evidence_attach":
            attached[data["row"], data["name"]].add(data.get("url") or data["sha256"])
        elif action == "evidence_detach":
            taken_off[data["row"], data["name"]] += 1
    for row, name, digest, url in Evidence.objects.filter(row__cycle=cycle).values_list(
        "row", "name", "file__sha256", "url"
    ):
        stored[row, name].add(url or digest)
    for place, digests in attached.items():
        if len(digests - stored[place]) > taken_off[place]:
            yield f"bukti {place[1]} tercatat pada jejak audit, tetapi hilang atau diganti."

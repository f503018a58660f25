"""What the database knows of a cycle, as JSON that outlives the database: rows, history, papers and keys.

Field names of the tables stand as they are; what a reader years from now looks at first (`naskah`, `kunci`) has names in Bahasa Indonesia.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from measurement.models import (
    Evidence,
    FollowUpNote,
    MeasurementCycle,
    Meeting,
    OpeningFigure,
    Paper,
    Person,
    SigningKey,
    Unit,
    VoidNumber,
)
from measurement.papers.issue import content_digest

PAPERS, SCHEDULE = "data/naskah.json", "data/jadwal.json"
# What never changes once a cycle is archived, and what may still grow.
FIXED_RECORDS = tuple(
    f"data/{name}.json"
    for name in (
        "siklus", "rapat", "jadwal", "baris", "anggaran", "bukti", "rujukan", "riwayat", "arahan", "salinan-putaran", "jejak-audit",
        "berkas-realisasi-anggaran", "catatan-baris", "keputusan-smart", "perpanjangan", "pencabutan",
    )
)  # fmt: skip
OPENING_RECORDS = ("data/data-awal.json", "data/angka-data-awal.json")
RECEIPTS = "data/penerimaan-laporan.json"
# directions may be given, reported on and closed after their cycle was archived
FOLLOWED_RECORDS = ("data/tindak-lanjut.json", "data/kemajuan-tindak-lanjut.json")
# what packages don't have that were made before there were such records
LATER_RECORDS = (
    *OPENING_RECORDS,
    *FOLLOWED_RECORDS,
    RECEIPTS,
    "data/berkas-realisasi-anggaran.json",
    "data/catatan-baris.json",
    "data/keputusan-smart.json",
    "data/perpanjangan.json",
    "data/pencabutan.json",
)
GROWING_RECORDS = (
    "data/penetapan-rencana.json",
    "data/revisi-rencana.json",
    *OPENING_RECORDS,
    *FOLLOWED_RECORDS,
    RECEIPTS,
)


def records(cycle: MeasurementCycle) -> dict[str, object]:
    """Name in the package → what stands in it, for all but the papers."""
    tables = {
        "siklus": MeasurementCycle.objects.filter(pk=cycle.pk),
        "rapat": Meeting.objects.filter(cycle=cycle),
        "jadwal": cycle.schedule.all(),
        "baris": cycle.rows.all(),
        "anggaran": cycle.nodes.all(),
        "bukti": Evidence.objects.filter(row__cycle=cycle),
        "rujukan": cycle.reference_documents.all(),
        "riwayat": cycle.stays.all(),
        "arahan": cycle.directives.all(),
        "salinan-putaran": cycle.snapshots.all(),
        "jejak-audit": cycle.audit.order_by("sequence"),
        "berkas-realisasi-anggaran": cycle.money_files.all(),
        "catatan-baris": cycle.row_remarks.all(),
        "tindak-lanjut": cycle.follow_ups.order_by("pk"),
        "kemajuan-tindak-lanjut": FollowUpNote.objects.filter(follow_up__cycle=cycle),
        "penerimaan-laporan": cycle.report_receipts.all(),
        "keputusan-smart": cycle.smart_decisions.all(),
        "perpanjangan": cycle.extensions.all(),
        "pencabutan": cycle.withdrawals.all(),
        "penetapan-rencana": cycle.plan.approvals.filter(year=cycle.year),
        "revisi-rencana": cycle.plan.revisions.filter(year=cycle.year).order_by("pk"),
        "data-awal": cycle.plan.opening_sets.approved().order_by("pk"),
        "angka-data-awal": OpeningFigure.objects.filter(opening__in=cycle.plan.opening_sets.approved()),
        "pegawai": Person.objects.filter(appointments__unit=cycle.unit).order_by("pk").distinct(),
    }
    fields = {"pegawai": ("id", "name")}  # no more of the accounts than their names
    found = {f"data/{name}.json": list(table.values(*fields.get(name, ()))) for name, table in tables.items()}
    return found | {"data/kunci.json": keys(cycle.unit)}


def as_json(value) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def paper_record(paper: Paper) -> dict:
    """A paper as its package knows it, without its files: nothing of this changes once it is issued."""
    return {
        "nomor": paper.number,
        "urut": paper.sequence,
        "tahun": paper.year,
        "jenis": paper.kind,
        "judul": paper.title,
        "putaran": paper.round,
        "kode": paper.code,
        "sha256_isi": content_digest(paper.content),
        "diterbitkan": timezone.localtime(paper.issued_at).isoformat(),
        "oleh": paper.issued_by.name,
        "menggantikan": paper.replaces.number if paper.replaces else "",
        "penanda_tangan": [
            {
                "urutan": signer.position,
                "nama": signer.person.name,
                "jabatan": signer.title,
                "cara": signer.method,
            }
            for signer in paper.signers.all()
        ],
    }


def signature_records(paper: Paper) -> list[dict]:
    """The signatures made so far, in the order of signing; later ones only follow."""
    made = [signer for signer in paper.signers.all() if hasattr(signer, "signature")]
    return [
        {
            "urutan": signer.position,
            "pada": timezone.localtime(signer.signature.signed_at).isoformat(),
            "sidik_jari_sertifikat": signer.signature.fingerprint,
            "sha256": signer.signature.sha256,
            "keterangan": signer.signature.remark,
        }
        for signer in made
    ]


def digests_of(paper: Paper) -> set[str]:
    """SHA-256 of every file on record for a paper: as issued, and with each signature."""
    issued = {paper.file.sha256} if hasattr(paper, "file") else set()
    return issued | {signature["sha256"] for signature in signature_records(paper)}


def papers_of(cycle: MeasurementCycle) -> list[Paper]:
    """The cycle's papers with all that is told of them, in the order of issue."""
    related = cycle.papers.select_related("issued_by", "replaces", "file").defer("words")
    return list(related.prefetch_related("signers__person", "signers__signature").order_by("pk"))


def void_reason(paper: Paper) -> str:
    """Why the paper's number is void; "" for a valid one."""
    return VoidNumber.objects.filter(paper=paper).values_list("reason", flat=True).first() or ""


def keys(unit: Unit) -> list[dict]:
    """The office's certificates, so that signatures can be checked without this system. Never a private key."""
    return [
        {
            "kegunaan": key.purpose,
            "pejabat": key.person.name if key.person else "",
            "sidik_jari_sha256": key.fingerprint,
            "dibuat": key.made_at,
            "berlaku_sampai": key.expires_at,
            "dicabut": key.revoked_at,
            "alasan_pencabutan": key.revoke_reason,
            "berkas": certificate_name(key),
        }
        for key in SigningKey.objects.filter(unit=unit).select_related("person").order_by("pk")
    ]


def certificate_name(key: SigningKey) -> str:
    return f"sertifikat/{key.purpose}-{key.fingerprint[:16]}.pem"

"""Step 11: the record of archiving, with the list of everything in the file."""

from datetime import date

from django.utils import timezone

from measurement.models import Evidence, MeasurementCycle, Paper, Person, ReportReceipt, SigningMethod
from measurement.record.officials import who_left
from measurement.rules.dates import count_in_words, date_in_words, local_date, long_date
from measurement.rules.sop import ARCHIVE, REPORT_TO_CAMAT

from .kind import PaperKind
from .own_judgement import two_roles

WORDING = {
    "opening": (
        "telah mengarsipkan berkas pengukuran data kinerja {unit} periode {period} yang dilaksanakan menurut Standar Operasional Prosedur "
        "Nomor {sop}, dengan keterangan sebagai berikut:"
    ),
    "closing": (
        "Sejak berita acara ini diterbitkan isi berkas tersebut tidak diubah; tanda tangan yang menyusul dibubuhkan tanpa mengubah isi naskah. "
        "Perbaikan dilakukan dengan membuka pengukuran koreksi yang menunjuk berkas ini.\n"
        "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
    ),
}


def berita_acara_arsip_content(cycle: MeasurementCycle, actor: Person) -> dict:
    papers = (
        cycle.papers.select_related("file", "void")
        .prefetch_related("signers__person", "signers__signature")
        .order_by("issued_at", "pk")
    )
    references = cycle.reference_documents.exclude(file=None)
    return {
        "today": date_in_words(timezone.localdate()),
        "unit": cycle.unit.name,
        "sop": cycle.sop.number,
        "classification": cycle.unit.classification,
        "retention": retention_words(cycle),
        "storage_location": cycle.storage_location,
        "papers": [entry(number, paper) for number, paper in enumerate(papers, start=1)],
        "paper_count": count_in_words(len(papers), "naskah"),
        "paper_gaps": gaps(papers),
        "evidence_count": _evidence_words(cycle),
        "reference_count": count_in_words(references.count(), "berkas"),
        "report_read": report_read_words(cycle),
        "row_count": count_in_words(cycle.rows.count(), "indikator"),
        "acknowledged": who_left(cycle, REPORT_TO_CAMAT.key),
        "own_work": two_roles(cycle, actor, ARCHIVE.key),
    }


def report_read_words(cycle: MeasurementCycle) -> str:
    """That the report was put before the head of the office, and whether they had read it by now; nothing for one of before this was kept."""
    receipts = cycle.report_receipts.filter(paper=cycle.valid_report).select_related("person")
    kept = {receipt.event: receipt for receipt in receipts}
    if ReportReceipt.Event.PUT not in kept:
        return ""
    put, read = kept[ReportReceipt.Event.PUT], kept.get(ReportReceipt.Event.READ)
    told = f"Disampaikan oleh {put.title}, {local_date(put.at)}; "
    return told + (
        f"dibaca oleh {read.title}, {local_date(read.at)}"
        if read
        else "belum dinyatakan dibaca saat berkas ini diarsipkan"
    )


def _evidence_words(cycle: MeasurementCycle) -> str:
    """Files and links, each once, however many rows they prove."""
    evidence = Evidence.objects.filter(row__cycle=cycle)
    files = count_in_words(evidence.files().values("file").distinct().count(), "berkas")
    links = evidence.exclude(url="").values("url").distinct().count()
    return f"{files} dan {count_in_words(links, 'tautan')}" if links else files


def retention_words(cycle: MeasurementCycle) -> list[str]:
    """What the schedule of retention says of this classification; "belum ditetapkan" for whatever it doesn't say."""
    from measurement.record import retention  # noqa: PLC0415 – the archive is built from papers: it can't be known while their kinds are registered

    code = cycle.unit.classification
    rule = retention.retention_schedule([cycle.unit_id]).rule(cycle.unit_id, code)
    kept = retention.Retention(code, timezone.localdate().year, rule)
    return [
        f"Aktif: {_span(kept.rule.active_years if kept.rule else None, kept.active_until)}",
        f"Inaktif: {_span(kept.rule.inactive_years if kept.rule else None, kept.inactive_until)}",
        f"Nasib akhir: {kept.fate.lower() or UNSETTLED}",
    ]


UNSETTLED = "belum ditetapkan"


def _span(years: int | None, until: date | None) -> str:
    if years is None or until is None:
        return UNSETTLED
    return f"{count_in_words(years, 'tahun')}, sampai dengan {long_date(until)}"


def entry(number: int, paper: Paper) -> dict:
    """One paper of the file as it is at this moment; its fingerprint is that of the file valid now."""
    return {
        "number": str(number),
        "title": paper.title,
        "paper_number": paper.number,
        "date": local_date(paper.issued_at),
        "round": str(paper.round),
        "signatures": [signed_words(signer) for signer in paper.signers.all()],
        "withdrawn": paper.void.reason if hasattr(paper, "void") else "",
        "sha256": digest_of(paper),
    }


def gaps(papers) -> str:
    """What the number of papers doesn't say: those that were withdrawn, and signatures still missing on the others."""
    valid = [paper for paper in papers if not hasattr(paper, "void")]
    unsigned = sum(not hasattr(signer, "signature") for paper in valid for signer in paper.signers.all())
    said = {"naskah dibatalkan": len(papers) - len(valid), "tanda tangan belum dibubuhkan": unsigned}
    return "; ".join(count_in_words(count, what) for what, count in said.items() if count)


def digest_of(paper: Paper) -> str:
    """The SHA-256 of the last signed file, else of the one issued; nothing while no file is stored."""
    digests = [paper.file.sha256] if hasattr(paper, "file") else []
    digests += [signer.signature.sha256 for signer in paper.signers.all() if hasattr(signer, "signature")]
    return digests[-1] if digests else ""


def signed_words(signer) -> str:
    """What can be said of one signature now. A certified one is called so, no other."""
    if not hasattr(signer, "signature"):
        return f"{signer.title}: belum ditandatangani"
    how = {
        SigningMethod.LOKAL: "secara elektronik (tidak tersertifikasi)",
        SigningMethod.BSRE: "secara elektronik (tersertifikasi)",
        SigningMethod.MANUAL: "di luar sistem dan diunggah",
    }[SigningMethod(signer.method)]
    return f"{signer.title}: ditandatangani {how} oleh {signer.person.name}, {local_date(signer.signature.signed_at)}"


KIND = PaperKind(
    "BAA",
    "Berita Acara Pengarsipan Data Kinerja",
    "berita_acara_arsip.html",
    berita_acara_arsip_content,
    signed_by=("signatory", "acknowledged"),
    wording=WORDING,
)

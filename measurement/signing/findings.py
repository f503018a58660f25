"""What was found in a file that is not one of ours as stored, in sentences for whoever holds it."""

from measurement.models import Paper
from measurement.papers.text import printable
from measurement.rules.requirements import shorten

from .comparing import ByteComparison
from .inspection import Inspection, Signature

LONGEST_NAME = 100


def about_issuers(seen: Inspection, marked: Paper | None) -> list[str]:
    found = shorten(
        [sentence for signature in seen.signatures for sentence in distrust(signature)], "tanda tangan"
    )
    if marked:
        found.append(
            f"Berkas ini memuat kode verifikasi naskah nomor {marked.number}, tetapi bukan berkas yang disimpan kantor."
        )
    return found


def file_changes(seen: Inspection, paper: Paper | None, likeness: ByteComparison | None) -> list[str]:
    """What was found out about a file of ours that is no longer what it was."""
    found = [likeness.sentence] if likeness else []
    appended = likeness is not None and likeness.lengthened
    if seen.encrypted:
        found.append("Berkas dikunci dengan kata sandi, sehingga isinya tidak dapat diperiksa.")
    if seen.unreadable_signatures:
        found.append("Tanda tangannya tidak dapat dibaca.")
    if seen.bytes_after_last_signature and not appended:
        found.append(f"Ada {seen.bytes_after_last_signature} byte ditambahkan sesudah tanda tangan terakhir.")
    found += shorten(
        [sentence for signature in seen.signatures for sentence in _signature_changes(signature)],
        "tanda tangan",
    )
    if paper:
        found += (
            shorten(_attachment_changes(seen, paper), "lampiran")
            if seen.readable and not seen.encrypted
            else []
        )
        found.append(
            f"Berkas ini berasal dari naskah nomor {paper.number}, tetapi tidak sama dengan berkas mana pun yang disimpan untuk naskah itu."
        )
    else:
        found.append(
            "Berkas ini memakai kunci tanda tangan kantor, tetapi tidak sama dengan berkas mana pun yang disimpan sistem."
        )
    return found


def _signature_changes(signature: Signature) -> list[str]:
    broken = f"Tanda tangan {_name(signature)} tidak utuh lagi: isinya berubah sesudah ditandatangani."
    return distrust(signature) if signature.intact else [broken]


def _attachment_changes(seen: Inspection, paper: Paper) -> list[str]:
    issued = {attachment["name"]: attachment["sha256"] for attachment in paper.content.get("attachments", [])}
    swapped = [name for name, digest in seen.attachments.items() if issued.get(name, digest) != digest]
    missing, added = issued.keys() - seen.attachments.keys(), seen.attachments.keys() - issued.keys()
    return [
        *(f"Lampiran “{name}” bukan yang diterbitkan." for name in swapped),
        *(f"Lampiran “{name}” tidak ada lagi." for name in sorted(missing)),
        *(f"Lampiran “{_short(name)}” tidak pernah diterbitkan." for name in sorted(added)),
    ]


def about_stranger(pdf: bytes, seen: Inspection) -> list[str]:
    if not pdf:
        return ["Berkas itu kosong."]
    if seen.encrypted:
        return ["Berkas itu dikunci dengan kata sandi, sehingga isinya tidak dapat diperiksa."]
    return [] if seen.readable else ["Berkas itu bukan PDF, atau rusak sehingga tidak dapat dibaca."]


def distrust(signature: Signature) -> list[str]:
    """Why an intact signature doesn't count as ours."""
    name = _name(signature)
    if not signature.ours:
        return [f"Sertifikat {name} tidak diterbitkan oleh otoritas sertifikat kantor pada sistem ini."]
    if signature.revoked:
        return [f"Tanda tangan {name} dibuat sesudah sertifikatnya dicabut."]
    return [f"Tanda tangan {name} dibuat di luar masa berlaku sertifikatnya."] if signature.expired else []


def _name(signature: Signature) -> str:
    return f"“{_short(signature.signer)}”"


def _short(text: str) -> str:
    """Words from a stranger's file, fit to be shown."""
    return printable(text)[:LONGEST_NAME]

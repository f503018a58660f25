"""Kesiapan kantor: what an office needs before it measures, as one table. Each row says from the facts how far it is, in one sentence.

A row that is `needed` stands before step 1: without it no measurement can be ordered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .deadlines import NO_HOURS

REMINDED_WITHIN, SAVED_WITHIN = timedelta(hours=1), timedelta(days=2)


class Readiness(StrEnum):
    DONE = "selesai"
    INCOMPLETE = "kurang"
    OPTIONAL = "opsional"
    MISSING = "belum"

    @property
    def label(self) -> str:
        return READINESS_LABELS[self]


READINESS_LABELS = {
    Readiness.DONE: "Selesai",
    Readiness.INCOMPLETE: "Perlu dilengkapi",
    Readiness.OPTIONAL: "Opsional",
    Readiness.MISSING: "Belum",
}


@dataclass(frozen=True)
class OfficeFacts:
    """What is known of one office on one day. Counts and yes or no; nothing of it is a rule."""

    year: int
    now: datetime
    identity_gaps: tuple[str, ...]  # what is not filled in of it
    has_emblem: bool
    sop_number: str  # empty until the office has entered its own
    hours: int
    holidays: int
    has_national_days: bool
    scale: str
    scale_gaps: tuple[str, ...]
    people: int
    vacant: tuple[str, ...]  # roles that nobody holds, as the office calls them
    team: int
    has_chair: bool
    plan: str
    targets: int
    ownerless: int
    approved: bool
    documents: int
    openings: int
    openings_approved: int
    signs: bool
    classification: str
    has_retention: bool
    mails: bool
    mail_tried: bool | None  # whether the last test message went out; None before there was one
    reminded: datetime | None
    saved: datetime | None


Answer = tuple[Readiness, str]


@dataclass(frozen=True)
class ReadinessRow:
    key: str
    title: str
    group: str
    url_name: str  # empty where nothing of it is on a page
    answer: Callable[[OfficeFacts], Answer]
    needed: bool = False
    for_order: bool = False  # whether step 1 tells of it
    first_url_name: str = ""  # where the first of it is made
    begins: Callable[[OfficeFacts], bool] = lambda facts: False  # whether there is nothing of it yet


def _identity(facts: OfficeFacts) -> Answer:
    if facts.identity_gaps:
        return Readiness.INCOMPLETE, f"Lengkapi {', '.join(facts.identity_gaps)}."
    return Readiness.DONE, "Kop, kode, dan pola nomor sudah terisi."


def _sop(facts: OfficeFacts) -> Answer:
    if not facts.sop_number:
        return (
            Readiness.INCOMPLETE,
            "Catat nomor, tanggal, dan dasar hukum SOP kantor ini; sekarang dipakai bawaan.",
        )
    return Readiness.DONE, f"SOP {facts.sop_number} berlaku."


def _look(facts: OfficeFacts) -> Answer:
    if facts.has_emblem:
        return Readiness.DONE, "Lambang kantor ini tercetak pada kop."
    return Readiness.INCOMPLETE, "Unggah lambang daerah; sekarang kop memakai lambang bawaan."


def _hours(facts: OfficeFacts) -> Answer:
    if not facts.hours:
        return Readiness.MISSING, f"{NO_HOURS.capitalize()}; tanpa itu tidak ada batas waktu dan pengingat."
    return Readiness.DONE, "Jam kerja seminggu sudah diatur dan berlaku hari ini."


def _links(_: OfficeFacts) -> Answer:
    return (
        Readiness.OPTIONAL,
        "Situs tempat bukti boleh ditautkan; bawaannya situs pemerintah dan layanan berbagi berkas yang lazim.",
    )


def _holidays(facts: OfficeFacts) -> Answer:
    if not facts.has_national_days:
        return (
            Readiness.INCOMPLETE,
            f"Hari libur nasional {facts.year} belum lengkap; yang belum dicatat terhitung sebagai hari kerja.",
        )
    return Readiness.DONE, f"{facts.holidays} hari libur tahun {facts.year}."


def _scale(facts: OfficeFacts) -> Answer:
    if facts.scale_gaps:
        return Readiness.INCOMPLETE, facts.scale_gaps[0]
    return Readiness.DONE, f"Memakai skala {facts.scale}."


def _rules(facts: OfficeFacts) -> Answer:
    return Readiness.OPTIONAL, "Aturan bawaan berlaku bila tidak diubah."


def _retention(facts: OfficeFacts) -> Answer:
    if not facts.has_retention:
        return Readiness.INCOMPLETE, f"Jadwal retensi belum memuat kode klasifikasi {facts.classification}."
    return Readiness.DONE, f"Kode klasifikasi {facts.classification} ada pada jadwal retensi."


def _alone(facts: OfficeFacts) -> bool:
    return facts.people < 2


def _planless(facts: OfficeFacts) -> bool:
    return not facts.plan


def _people(facts: OfficeFacts) -> Answer:
    if _alone(facts):
        return Readiness.MISSING, "Baru administrator yang terdaftar; tambahkan pegawai yang lain."
    return Readiness.DONE, f"{facts.people} pegawai bertugas hari ini."


def _roles(facts: OfficeFacts) -> Answer:
    lacking = [*facts.vacant]
    if not facts.team:
        lacking.append("Tim SAKIP")
    if lacking:
        return Readiness.INCOMPLETE, f"Belum ada yang ditugaskan sebagai {', '.join(lacking)}."
    if not facts.has_chair:
        return Readiness.INCOMPLETE, "Tandai Ketua Tim SAKIP; ketua menyetujui data awal."
    return Readiness.DONE, f"Pejabat, administrator, dan {facts.team} anggota Tim SAKIP sudah ditugaskan."


def _plan(facts: OfficeFacts) -> Answer:
    if _planless(facts):
        return Readiness.MISSING, f"Belum ada rencana yang memuat tahun {facts.year}."
    if not facts.targets:
        return Readiness.MISSING, f"Rencana belum memuat target tahun {facts.year}."
    if facts.ownerless:
        return (
            Readiness.INCOMPLETE,
            f"{facts.ownerless} dari {facts.targets} indikator belum mempunyai penanggung jawab.",
        )
    if not facts.approved:
        return Readiness.INCOMPLETE, f"{facts.targets} indikator terisi; catat penetapan tahun {facts.year}."
    return Readiness.DONE, f"{facts.targets} indikator dengan target dan penanggung jawab, sudah ditetapkan."


def _documents(facts: OfficeFacts) -> Answer:
    if not facts.documents:
        return (
            Readiness.MISSING,
            f"Unggah dokumen perencanaan tahun {facts.year}, supaya perbedaannya dengan rencana terlihat.",
        )
    return Readiness.DONE, f"{facts.documents} dokumen tahun {facts.year} sudah diunggah."


def _openings(facts: OfficeFacts) -> Answer:
    if facts.openings > facts.openings_approved:
        return Readiness.INCOMPLETE, "Ada data awal yang belum disetujui Ketua Tim SAKIP."
    if facts.openings_approved:
        return Readiness.DONE, "Data awal sudah disetujui."
    return Readiness.OPTIONAL, "Hanya bila ada realisasi sebelum kantor memakai sistem ini."


def _signing(facts: OfficeFacts) -> Answer:
    if facts.signs:
        return Readiness.DONE, "Pejabat dapat membuat kunci tanda tangannya."
    return Readiness.OPTIONAL, "Tanpa otoritas sertifikat, naskah ditandatangani basah atau di luar sistem."


def _mail(facts: OfficeFacts) -> Answer:
    if not facts.mails:
        return (
            Readiness.INCOMPLETE,
            "Instalasi ini belum dapat mengirim surel; pesan hanya tampil pada halaman.",
        )
    if facts.mail_tried is None:
        return Readiness.MISSING, "Kirim surel percobaan ke alamat Anda."
    if not facts.mail_tried:
        return Readiness.INCOMPLETE, "Surel percobaan yang terakhir gagal terkirim."
    return Readiness.DONE, "Surel percobaan yang terakhir terkirim."


def _reminders(facts: OfficeFacts) -> Answer:
    if facts.reminded is None:
        return (
            Readiness.MISSING,
            "Belum pernah jalan. Minta pengelola instalasi menjadwalkannya tiap 15 menit.",
        )
    if facts.now - facts.reminded > REMINDED_WITHIN:
        return (
            Readiness.INCOMPLETE,
            "Tidak jalan dalam satu jam terakhir. Minta pengelola instalasi memeriksa jadwalnya.",
        )
    return Readiness.DONE, "Jalan dalam satu jam terakhir."


def _backup(facts: OfficeFacts) -> Answer:
    if facts.saved is None:
        return Readiness.MISSING, "Belum pernah dibuat. Minta pengelola instalasi menjadwalkannya tiap hari."
    if facts.now - facts.saved > SAVED_WITHIN:
        return (
            Readiness.INCOMPLETE,
            "Cadangan terakhir lebih dari dua hari yang lalu. Minta pengelola instalasi memeriksa jadwalnya.",
        )
    return Readiness.DONE, "Dibuat dalam dua hari terakhir."


OFFICE, RULES, PEOPLE, PLAN, SERVER = (
    "Kantor",
    "Waktu dan aturan",
    "Orang",
    "Rencana dan dokumen",
    "Tanda tangan dan layanan",
)
ROWS = (
    ReadinessRow("kantor", "Identitas kantor", OFFICE, "office_details", _identity),
    ReadinessRow("sop", "SOP dan dasar hukum", OFFICE, "sop_editions", _sop),
    ReadinessRow("tampilan", "Lambang dan warna", OFFICE, "office_look", _look),
    ReadinessRow("jam", "Jam kerja", RULES, "working_hours", _hours, needed=True, for_order=True),
    ReadinessRow("libur", "Hari libur", RULES, "holidays", _holidays, for_order=True),
    ReadinessRow("predikat", "Skala predikat", RULES, "predicate_scales", _scale, for_order=True),
    ReadinessRow("aturan", "Aturan hitung", RULES, "calculation_rules", _rules),
    ReadinessRow("tautan", "Tautan bukti", RULES, "evidence_hosts", _links),
    ReadinessRow("retensi", "Jadwal retensi arsip", RULES, "retention", _retention),
    ReadinessRow(
        "pegawai", "Pegawai", PEOPLE, "people", _people, first_url_name="people_import", begins=_alone
    ),
    ReadinessRow("penugasan", "Penugasan", PEOPLE, "people", _roles, needed=True, for_order=True),
    ReadinessRow(
        "rencana",
        "Rencana",
        PLAN,
        "plan",
        _plan,
        needed=True,
        for_order=True,
        first_url_name="new_plan",
        begins=_planless,
    ),
    ReadinessRow("dokumen", "Dokumen rujukan", PLAN, "planning_documents", _documents),
    ReadinessRow("data-awal", "Data awal", PLAN, "opening", _openings),
    ReadinessRow("tanda-tangan", "Tanda tangan elektronik", SERVER, "signing_authority", _signing),
    ReadinessRow("surel", "Surel", SERVER, "mail_check", _mail),
    ReadinessRow("pengingat", "Pengingat", SERVER, "", _reminders),
    ReadinessRow("cadangan", "Cadangan", SERVER, "", _backup),
)


def blocks_order(row: ReadinessRow, facts: OfficeFacts) -> bool:
    """Whether the row keeps step 1 from being done: nobody holds a needed role, there are no hours, no plan covers the year. A plan that is only
    not approved, or a team without a chair, is remarked upon."""
    blocked = {
        "jam": not facts.hours,
        "penugasan": bool(facts.vacant) or not facts.team,
        "rencana": not facts.targets,
    }
    return blocked.get(row.key, False)

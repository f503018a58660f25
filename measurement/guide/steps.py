"""How each of the eleven steps is done; who does it and for how long is read from the SOP."""

from collections.abc import Iterable
from dataclasses import dataclass

from measurement.rules.sop import (
    APPROVE,
    ARCHIVE,
    BRIEF,
    EVALUATE,
    MEASURE,
    ORDER,
    PLAN_ACTIVITIES,
    PREPARE_METHOD,
    RECAPITULATE,
    REPORT,
    REPORT_TO_CAMAT,
    REWORK,
    ROLE_NAMES,
    SCHEDULED_SPAN,
    STEPS,
    Step,
)

from .job import Job


@dataclass(frozen=True)
class StepHelp:
    """How a step is done, what happens next, and what often goes wrong."""

    how: tuple[str, ...]
    then: str
    mistakes: tuple[str, ...] = ()


STEP_HELP = {
    ORDER.key: StepHelp(
        (
            "Buka Siklus, lalu pilih Perintahkan pengukuran.",
            "Pilih tahun dan periode yang diukur; periode yang baru selesai sudah terpilih.",
            "Tulis isi perintah seperti pada nota dinas, lalu perintahkan.",
        ),
        "Nota dinas perintah terbit dengan nomor, siklus dibuka, dan {sekcam} mendapat giliran.",
        (
            "Rencana belum memuat target tahun itu: Tim SAKIP mengimpor rencana lebih dahulu.",
            "Belum ada {sekcam} yang ditugaskan: administrator mencatat penugasannya, atau Plt./Plh.-nya.",
            "Periode yang sudah diarsipkan hanya dapat diukur lagi sebagai koreksi, dengan alasan.",
            "Periode yang belum berakhir, atau yang sudah lama berakhir, ditanyakan dahulu; perintah yang keliru dapat dicabut.",
        ),
    ),
    BRIEF.key: StepHelp(
        (
            "Isi hari dan jam, tempat, dan acara rapat dengan Tim SAKIP.",
            "Tulis arahan pelaksanaan pengukuran, satu arahan tiap baris.",
            "Sampaikan arahan ke Tim SAKIP.",
        ),
        "Nota dinas arahan terbit dan Tim SAKIP menyusun notulen dan rencana kegiatan.",
    ),
    PLAN_ACTIVITIES.key: StepHelp(
        (
            "Catat peserta, pembahasan, dan keputusan rapat.",
            f"Isi tanggal selesai untuk {SCHEDULED_SPAN}.",
            "Tetapkan notulen dan rencana.",
        ),
        "Notulen rapat terbit dan Tim SAKIP menyiapkan metodologi.",
        ("Tanggal harus berurutan: langkah yang lebih akhir tidak boleh selesai lebih dahulu.",),
    ),
    PREPARE_METHOD.key: StepHelp(
        (
            "Unggah DPA, Renstra, Renja, Perjakin, IKU, dan IKI, atau jelaskan mengapa tidak ada.",
            "Lengkapi setiap indikator: satuan, definisi dan formula, sumber data, bukti yang diminta, penilaian SMART, dan penanggung jawab.",
            "Putuskan indikator yang belum SMART: Ketua Tim SAKIP memilih dipakai apa adanya atau diperbaiki, dengan alasannya.",
            "Tetapkan metodologi dan buka pengukuran.",
        ),
        "Definisi, target, dan pagu dibekukan ke dalam kertas kerja, dan seluruh ASN mulai mengukur.",
        (
            "Perubahan rencana sesudah langkah ini tidak mengubah kertas kerja siklus yang sudah dibuka.",
            "Periode sebelumnya pada tahun yang sama harus sudah diarsipkan.",
            "Sub kegiatan yang berpagu harus mempunyai penanggung jawab yang masih bertugas.",
        ),
    ),
    MEASURE.key: StepHelp(
        (
            "Buka Kertas kerja saya dari Tugas saya.",
            "Isi realisasi periode ini, realisasi anggaran sub kegiatan Anda, dan analisis.",
            "Lampirkan bukti, atau tulis di mana bukti disimpan, lalu kirim.",
        ),
        "Begitu baris terakhir terkirim dan realisasi anggaran terakhir terisi, langkah ini selesai sendiri dan Tim SAKIP mengevaluasi.",
        (
            "Menyimpan belum mengirim: baris yang hanya disimpan masih Anda pegang.",
            "Tanda hubung atau kosong bukan nol: tulis 0 hanya bila realisasinya memang nol.",
            "Realisasi anggaran adalah uang yang terealisasi pada periode ini, bukan jumlah sejak Januari.",
        ),
    ),
    EVALUATE.key: StepHelp(
        (
            "Baca tiap baris yang dikirim bersama bukti dan petunjuknya, mulai dari yang berada di bawah target.",
            "Terima, atau kembalikan dengan alasan yang dapat ditindaklanjuti; sisanya dapat diterima sekaligus.",
            "Jawab arahan {sekcam} bila ini putaran kedua atau seterusnya, lalu selesaikan evaluasi.",
        ),
        "Kertas kerja hasil evaluasi terbit dan Tim SAKIP merekap hasilnya.",
        (
            "Baris Anda sendiri, baris di bawah target tanpa berkas bukti, dan baris dengan petunjuk yang belum dijelaskan tidak ikut diterima sekaligus.",
            "Yang baru saja Anda terima atau kembalikan dapat dibatalkan selama beberapa menit, sebelum ada yang menindaklanjutinya.",
            "Selama masih ada baris yang dilengkapi penanggung jawabnya, evaluasi belum dapat diselesaikan.",
            "Baris yang tidak mungkin diukur dikecualikan dengan alasan pada Seluruh kertas kerja, bukan diisi nol.",
        ),
    ),
    RECAPITULATE.key: StepHelp(
        (
            "Periksa rekap tiap program, kegiatan, dan sub kegiatan.",
            "Tulis apa yang menonjol pada catatan rekap.",
            "Tetapkan rekap.",
        ),
        "Kertas kerja rekap terbit dan siap dilaporkan kepada {sekcam}.",
    ),
    REPORT.key: StepHelp(
        ("Tulis pengantar kepada {sekcam}.", "Kirim rekapitulasi."),
        "Rekapitulasi terbit, dan {sekcam} memutuskan menyetujui atau mengembalikan.",
    ),
    APPROVE.key: StepHelp(
        (
            "Baca rekap, perubahan sejak putaran sebelumnya, dan petunjuk.",
            "Bila sudah baik, setujui.",
            "Bila belum, pilih barisnya, tulis arahan untuk tiap baris, lalu kembalikan.",
        ),
        f"Bila disetujui, Draft Laporan Hasil terbit dan langkah {REPORT_TO_CAMAT.number} dimulai. Bila dikembalikan, siklus kembali ke "
        f"langkah {REWORK.number} dalam putaran baru, dan hanya baris yang diberi arahan yang terbuka.",
        ("Arahan yang umum saja tidak membuka baris mana pun; pilih baris yang harus diperbaiki.",),
    ),
    REPORT_TO_CAMAT.key: StepHelp(
        ("Tulis simpulan dan saran.", "Laporkan kepada {camat}.", "Tanda tangani Laporan Hasil."),
        "Laporan Hasil terbit untuk {camat}, dan Tim SAKIP mengarsipkan.",
        (
            "Bila laporan ditandatangani secara elektronik, siklus baru dapat diarsipkan sesudah semua penanda tangan selesai.",
        ),
    ),
    ARCHIVE.key: StepHelp(
        ("Tulis lokasi simpan berkas.", "Arsipkan."),
        "Siklus dan semua naskahnya tidak dapat diubah lagi; paket arsipnya dapat diunduh dari Arsip.",
        (
            "Kekeliruan sesudah diarsipkan diperbaiki dengan siklus koreksi, yang diperintahkan {camat} dengan alasan.",
        ),
    ),
}


def _until(step: Step) -> str:
    standard = (
        f"Waktu baku {step.standard_label} kerja"
        if step.standard_minutes(1)
        else "SOP tidak menetapkan waktu baku"
    )
    since = ", dihitung sejak langkah sebelumnya selesai" if step.number > 1 else ""
    return f"{standard}{since}. Batasnya tertulis pada Tugas saya."


def _job(step: Step) -> Job:
    found = STEP_HELP[step.key]
    return Job(
        f"langkah-{step.number}",
        f"Langkah {step.number}. {step.task_title}",
        ROLE_NAMES[step.actor],
        _until(step),
        found.how,
        found.then,
        found.mistakes,
        step.key,
    )


def step_jobs(steps: Iterable[Step]) -> tuple[Job, ...]:
    """One job for each of these rows of the SOP."""
    return tuple(_job(step) for step in steps if step.key in STEP_HELP)


STEP_JOBS = step_jobs(STEPS)

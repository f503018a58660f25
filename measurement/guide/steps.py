"""How each of the eleven steps is done; who does it and for how long is read from the SOP."""

from measurement.rules.sop import STEP_BY_NUMBER, Step

from .job import Job


def _until(step: Step) -> str:
    standard = (
        f"Waktu baku {step.standard_label} kerja"
        if step.standard_minutes(1)
        else "SOP tidak menetapkan waktu baku"
    )
    since = ", dihitung sejak langkah sebelumnya selesai" if step.number > 1 else ""
    return f"{standard}{since}. Batasnya tertulis pada Tugas saya."


def _step(number: int, how: tuple[str, ...], then: str, mistakes: tuple[str, ...] = ()) -> Job:
    step = STEP_BY_NUMBER[number]
    return Job(
        f"langkah-{number}",
        f"Langkah {number}. {step.task_title}",
        step.actor.label,
        _until(step),
        how,
        then,
        mistakes,
        number,
    )


STEP_JOBS = (
    _step(
        1,
        (
            "Buka Siklus, lalu pilih Perintahkan pengukuran.",
            "Pilih tahun dan triwulan yang diukur; triwulan yang baru selesai sudah terpilih.",
            "Tulis isi perintah seperti pada nota dinas, lalu perintahkan.",
        ),
        "Nota dinas perintah terbit dengan nomor, siklus dibuka, dan Sekcam mendapat giliran.",
        (
            "Rencana belum memuat target tahun itu: Tim SAKIP mengimpor rencana lebih dahulu.",
            "Belum ada Sekcam yang ditugaskan: administrator mencatat penugasannya, atau Plt./Plh.-nya.",
            "Triwulan yang sudah diarsipkan hanya dapat diukur lagi sebagai koreksi, dengan alasan.",
        ),
    ),
    _step(
        2,
        (
            "Isi hari dan jam, tempat, dan acara rapat dengan Tim SAKIP.",
            "Tulis arahan pelaksanaan pengukuran, satu arahan tiap baris.",
            "Sampaikan arahan ke Tim SAKIP.",
        ),
        "Nota dinas arahan terbit dan Tim SAKIP menyusun notulen dan rencana kegiatan.",
    ),
    _step(
        3,
        (
            "Catat peserta, pembahasan, dan keputusan rapat.",
            "Isi tanggal selesai untuk langkah 4 sampai 11.",
            "Tetapkan notulen dan rencana.",
        ),
        "Notulen rapat terbit dan Tim SAKIP menyiapkan metodologi.",
        ("Tanggal harus berurutan: langkah yang lebih akhir tidak boleh selesai lebih dahulu.",),
    ),
    _step(
        4,
        (
            "Unggah DPA, Renstra, Renja, Perjakin, IKU, dan IKI, atau jelaskan mengapa tidak ada.",
            "Lengkapi setiap indikator: satuan, definisi dan formula, sumber data, bukti yang diminta, penilaian SMART, dan penanggung jawab.",
            "Tetapkan metodologi dan buka pengukuran.",
        ),
        "Definisi, target, dan pagu dibekukan ke dalam kertas kerja, dan seluruh ASN mulai mengukur.",
        (
            "Perubahan rencana sesudah langkah ini tidak mengubah kertas kerja siklus yang sudah dibuka.",
            "Triwulan sebelumnya pada tahun yang sama harus sudah diarsipkan.",
            "Sub kegiatan yang berpagu harus mempunyai penanggung jawab yang masih bertugas.",
        ),
    ),
    _step(
        5,
        (
            "Buka Kertas kerja saya dari Tugas saya.",
            "Isi realisasi triwulan ini, realisasi anggaran sub kegiatan Anda, dan analisis.",
            "Lampirkan bukti, atau tulis di mana bukti disimpan, lalu kirim.",
        ),
        "Begitu baris terakhir terkirim dan realisasi anggaran terakhir terisi, langkah ini selesai sendiri dan Tim SAKIP mengevaluasi.",
        (
            "Menyimpan belum mengirim: baris yang hanya disimpan masih Anda pegang.",
            "Tanda hubung atau kosong bukan nol: tulis 0 hanya bila realisasinya memang nol.",
            "Realisasi anggaran adalah uang yang terealisasi pada triwulan ini, bukan jumlah sejak Januari.",
        ),
    ),
    _step(
        6,
        (
            "Baca tiap baris yang dikirim bersama bukti dan petunjuknya.",
            "Terima, atau kembalikan dengan alasan yang dapat ditindaklanjuti.",
            "Jawab arahan Sekcam bila ini putaran kedua atau seterusnya, lalu selesaikan evaluasi.",
        ),
        "Kertas kerja hasil evaluasi terbit dan Tim SAKIP merekap hasilnya.",
        (
            "Selama masih ada baris yang dilengkapi penanggung jawabnya, evaluasi belum dapat diselesaikan.",
            "Baris yang tidak mungkin diukur dikecualikan dengan alasan pada Seluruh kertas kerja, bukan diisi nol.",
        ),
    ),
    _step(
        7,
        (
            "Periksa rekap tiap program, kegiatan, dan sub kegiatan.",
            "Tulis apa yang menonjol pada catatan rekap.",
            "Tetapkan rekap.",
        ),
        "Kertas kerja rekap terbit dan siap dilaporkan kepada Sekcam.",
    ),
    _step(
        8,
        ("Tulis pengantar kepada Sekcam.", "Kirim rekapitulasi."),
        "Rekapitulasi terbit, dan Sekcam memutuskan menyetujui atau mengembalikan.",
    ),
    _step(
        9,
        (
            "Baca rekap, perubahan sejak putaran sebelumnya, dan petunjuk.",
            "Bila sudah baik, setujui.",
            "Bila belum, pilih barisnya, tulis arahan untuk tiap baris, lalu kembalikan.",
        ),
        "Bila disetujui, Draft Laporan Hasil terbit dan langkah 10 dimulai. Bila dikembalikan, siklus kembali ke langkah 6 dalam putaran baru, dan hanya "
        "baris yang diberi arahan yang terbuka.",
        ("Arahan yang umum saja tidak membuka baris mana pun; pilih baris yang harus diperbaiki.",),
    ),
    _step(
        10,
        ("Tulis simpulan dan saran.", "Laporkan kepada Camat.", "Tanda tangani Laporan Hasil."),
        "Laporan Hasil terbit untuk Camat, dan Tim SAKIP mengarsipkan.",
        (
            "Bila laporan ditandatangani secara elektronik, siklus baru dapat diarsipkan sesudah semua penanda tangan selesai.",
        ),
    ),
    _step(
        11,
        ("Tulis lokasi simpan berkas.", "Arsipkan."),
        "Siklus dan semua naskahnya tidak dapat diubah lagi; paket arsipnya dapat diunduh dari Arsip.",
        (
            "Kekeliruan sesudah diarsipkan diperbaiki dengan siklus koreksi, yang diperintahkan Camat dengan alasan.",
        ),
    ),
)

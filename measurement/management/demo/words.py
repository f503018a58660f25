"""The texts of the demonstration's steps, in the language of official letters."""

from measurement.rules.sop import APPROVE, ARCHIVE, RECAPITULATE, REPORT, REPORT_TO_CAMAT

INSTRUCTION = {
    1: "Dalam rangka pertanggungjawaban kinerja Triwulan I Tahun 2026, Saudara agar melaksanakan pengukuran data kinerja atas seluruh "
    "program, kegiatan, dan sub kegiatan sesuai dengan standar operasional prosedur, serta melaporkan hasilnya.",
    2: "Dalam rangka pertanggungjawaban kinerja Triwulan II Tahun 2026, Saudara agar melaksanakan pengukuran data kinerja atas seluruh "
    "program, kegiatan, dan sub kegiatan, dengan memperhatikan tindak lanjut hasil pengukuran Triwulan I.",
}
BRIEFING = (
    "1. Setiap realisasi disertai bukti yang dapat ditelusuri.\n"
    "2. Realisasi anggaran dicocokkan dengan catatan Bendahara Pengeluaran.\n"
    "3. Capaian di bawah target disertai faktor penghambat dan tindak lanjut."
)
DISCUSSION = (
    "Sekretaris Kecamatan menyampaikan arahan pelaksanaan pengukuran. Tim SAKIP membahas pembagian tugas evaluasi, ketersediaan data "
    "pada setiap seksi dan sub bagian, serta jadwal penyelesaian setiap langkah."
)
DECISIONS = (
    "1. Penanggung jawab indikator mengisi kertas kerja paling lambat pada tanggal yang dijadwalkan.\n"
    "2. Evaluasi dibagi menurut program kepada anggota Tim SAKIP.\n"
    "3. Rekapitulasi disampaikan kepada Sekretaris Kecamatan sesuai jadwal."
)
# working days after the minutes, for the steps that are scheduled; more steps take the last number
SCHEDULE = (1, 2, 3, 4, 4, 5, 5, 6)
MORE_TIME = "Data dari dua desa baru diterima lusa; sudah diberitahukan kepada Tim SAKIP."
NO_REFERENCE = {
    "renja": "Renja Tahun {year} masih dalam proses penomoran; rancangan akhirnya tersedia pada Sub Bagian Penyusunan Program dan Keuangan.",
    "iki": "Indikator Kinerja Individu tersimpan pada aplikasi e-Kinerja dan tidak diunduh sebagai berkas.",
}
METHOD_NOTE = "Pengukuran memakai definisi operasional dan formula yang tercantum pada kertas kerja; indikator rasio mencatat pembilang dan penyebutnya."
SMART_REASON = (
    "Daftar fasilitasi pada Renja dipakai sebagai batasan; rumusannya diperbaiki pada perubahan Renstra."
)
EVALUATION_NOTE = "Seluruh baris telah dicocokkan dengan buktinya. Satu indikator dikembalikan untuk disesuaikan dengan bukti dan telah diperbaiki."
REPAIRED = {
    "realised": 2,
    "analysis": "Realisasi disesuaikan dengan bukti: dua laporan selesai pada triwulan ini.",
    "driver": "",
    "obstacle": "Tagihan bulan Maret terbit setelah akhir triwulan sehingga laporannya belum dapat disusun.",
    "follow_up": "Menyusun laporan bulan Maret segera setelah tagihan diterima pada triwulan berikutnya.",
}
REPLY = "Angka sudah disesuaikan dengan bukti; satu laporan baru dapat disusun setelah tagihannya terbit."
REMARK = "Mohon tanggal terbit tagihan bulan Maret disebut pada buktinya, supaya selisihnya dapat ditelusuri."
REMARK_ANSWER = "Tagihan bulan Maret terbit tanggal 3 April; catatannya sudah disebut pada analisis."
# what owners say of what they promised, one after the other
PROMISE_ANSWERS = (
    ("Selesai", "Pekerjaan yang tertunda sudah diselesaikan pada bulan pertama."),
    ("Berjalan", "Sebagian dokumen sudah lengkap; sisanya menunggu pihak ketiga."),
    ("", ""),
)
DIRECTION = "Dampingi desa yang belum menyampaikan laporan kinerja tepat waktu sampai laporannya diterima, dan laporkan hasilnya tiap bulan."
DIRECTION_NOTE = (
    "Dua desa sudah didampingi dan menyampaikan laporannya; satu desa dijadwalkan bulan berikutnya."
)
RECAP_NOTE = (
    "Sebagian besar target {period} tercapai. Yang menonjol adalah kepuasan masyarakat dan waktu pelayanan yang melampaui target; yang "
    "perlu perhatian adalah pemberdayaan masyarakat desa dan ketepatan laporan kinerja desa."
)
COVER_NOTE = "Bersama ini disampaikan rekapitulasi hasil pengukuran data kinerja {period} untuk dianalisa dan memperoleh keputusan."
DECISION_NOTE = "Hasil pengukuran dapat disetujui sebagai bahan Laporan Kinerja dan Evaluasi. Tindak lanjut pada program pemberdayaan agar dipantau."
CONCLUSION = (
    "Pengukuran data kinerja {period} telah dilaksanakan terhadap seluruh indikator yang direncanakan. Kinerja kecamatan secara umum "
    "sesuai dengan target triwulan, dengan beberapa indikator yang memerlukan percepatan."
)
SUGGESTIONS = (
    "1. Mempercepat kegiatan pemberdayaan masyarakat yang tertunda.\n"
    "2. Mendampingi desa yang belum menyampaikan laporan kinerja tepat waktu.\n"
    "3. Menyusun laporan bulanan segera setelah bulan berakhir."
)
STORAGE = "Lemari arsip Sub Bagian Penyusunan Program dan Keuangan, rak 2, map Pengukuran Kinerja {period}."

# working minutes, user name, action, what is written before it
LAST_STEPS = (
    (80, "tim2", RECAPITULATE.key, {"recap_note": RECAP_NOTE}),
    (50, "tim1", REPORT.key, {"cover_note": COVER_NOTE}),
    (160, "sekcam", APPROVE.key, {"decision_note": DECISION_NOTE}),
    (26, "sekcam", REPORT_TO_CAMAT.key, {"conclusion": CONCLUSION, "suggestions": SUGGESTIONS}),
    (60, "tim1", ARCHIVE.key, {"storage_location": STORAGE}),
)

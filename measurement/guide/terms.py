"""What the terms mean, plainly and exactly. Formulas are read from where they are calculated; `key` is the anchor that other pages link to."""

from dataclasses import dataclass

from measurement.rules.accumulations import ACCUMULATIONS, AccumulationRow
from measurement.rules.dates import number_in_words
from measurement.rules.methods import METHODS, MethodRow
from measurement.rules.numbers import show_short
from measurement.rules.sent_rows import ENOUGH_SENT
from measurement.rules.sop import BRIEF, DECISION, PREPARE_METHOD, STEPS


@dataclass(frozen=True)
class Term:
    """A term, its meaning, and lines that belong to it, such as formulas or an example."""

    key: str
    word: str
    meaning: str
    lines: tuple[str, ...] = ()


def _term_of(row: MethodRow | AccumulationRow, kind: str, *lines: str) -> Term:
    """A row of the tables of methods and accumulations as a term: "Arah ya/tidak"."""
    return Term(row.anchor, f"{kind} {row.label[0].lower()}{row.label[1:]}", row.meaning, lines)


FIGURES = (
    Term("target", "Target", "Hasil yang dijanjikan untuk suatu indikator, setahun dan tiap periode, menurut Perjanjian Kinerja."),
    Term("realisasi", "Realisasi", "Hasil yang benar-benar dicapai pada periode itu. Kosong berarti belum diisi; itu berbeda dari 0.",),
    Term(
        "mengikuti", "Mengikuti", "Indikator yang realisasinya sama dengan, jumlah dari, atau rata-rata dari indikator lain. Angkanya diketik sekali saja "
        "pada yang diikuti; yang mengikuti tidak diisi, tidak dikirim, dan tidak dikembalikan sendiri.",
        ("Bila yang diikuti belum diisi atau dikecualikan, yang mengikuti juga demikian.",),
    ),
    Term(
        "jadwal-pengukuran", "Jadwal pengukuran", "Kapan suatu indikator diukur: setiap periode, semester (TW II dan IV), setahun sekali (TW IV), atau "
        "triwulan tertentu. Di luar jadwalnya indikator itu belum waktunya: tidak diisi, tidak dibuktikan, tidak dikecualikan, dan tidak ikut rata-rata.",
        (
            "Belum waktunya berbeda dari kosong (belum diisi), 0, dikecualikan, dan tidak direncanakan.",
            "Target 0 s.d. periode ini pada sifat jumlah ditulis “belum dijadwalkan s.d. periode ini”.",
            "Rasio 0 dari 0 adalah isian: tidak ada kasus. Jumlah s.d. periode berikutnya tetap berjalan.",
        ),
    ),
    Term(
        "capaian", "Capaian", "Realisasi dibandingkan dengan target, dalam persen, menurut arah indikatornya.",
        (
            "Contoh arah maksimum: target 20, realisasi 18, capaian 18 ÷ 20 × 100 = 90,00 %.",
            "Capaian di atas 100 ditulis apa adanya. Angka dihitung dari nilai penuh dan baru dibulatkan saat ditampilkan.",
        ),
    ),
    Term(
        "sampai-dengan-triwulan", "S.d. periode dan setahun", "Capaian s.d. periode dihitung terhadap target dari periode pertama sampai periode ini; "
        "capaian setahun dihitung terhadap target setahun.",
    ),
    Term(
        "predikat", "Predikat", "Kata untuk besarnya capaian menurut skala predikat kantor. Nama skalanya tertulis pada tiap naskah.",
        (
            "Skala bawaan: mulai 91 Sangat Tinggi, mulai 76 Tinggi, mulai 66 Sedang, mulai 51 Rendah, di bawah 51 Sangat Rendah.",
            "Batas diterapkan pada nilai yang sudah dibulatkan dua desimal: 90,99 masih Tinggi.",
            "Predikat ini bukan huruf hasil evaluasi AKIP (AA, A, BB, B, CC, C, D).",
        ),
    ),
    Term(
        "rata-rata-capaian", "Rata-rata capaian", "Capaian sub kegiatan, kegiatan, program, dan sasaran adalah rata-rata sederhana bagian di bawahnya.",
        ("Bagian yang tidak dapat dihitung, dikecualikan, atau tidak direncanakan tidak ikut, dan jumlahnya disebut: “3 dari 4 indikator dihitung”.",),
    ),
    Term(
        "belum-cukup-data", "Belum cukup data", f"Selama kurang dari {show_short(ENOUGH_SENT * 100)} % baris dikirim, capaian kantor, predikat, dan "
        "efisiensinya belum ditampilkan; yang tampil hanya angka baris yang sudah dikirim. Isian yang belum dikirim tidak pernah dihitung.",
    ),
    Term(
        "tidak-dapat-dihitung", "Tidak dapat dihitung (–)", "Target 0 tidak memberi persentase, jadi capaiannya ditulis “–” dan tidak ikut rata-rata; "
        "bukan 0 dan bukan 100.",
        ("Kantor dapat menetapkan satu pengecualian: pada arah minimum, target 0 dengan realisasi 0 dihitung tercapai (100).",),
    ),
)  # fmt: skip

MONEY = (
    Term("pagu", "Pagu", "Anggaran setahun suatu sub kegiatan. Pagu kegiatan dan program adalah jumlah pagu di bawahnya."),
    Term("realisasi-anggaran", "Realisasi anggaran", "Uang yang terealisasi pada periode itu, per sub kegiatan. Setahun adalah jumlah semua periode."),
    Term(
        "serapan", "Serapan", "Realisasi anggaran s.d. periode dibandingkan dengan pagu setahun, dalam persen.",
        ("Serapan program = jumlah realisasi anggaran ÷ jumlah pagu × 100, bukan rata-rata persentasenya.",),
    ),
    Term(
        "efisiensi", "Efisiensi", "Selisih capaian dan serapan atas dasar yang sama, dalam poin: s.d. periode terhadap anggaran kas, atau setahun pada akhir tahun.",
        ("Lazimnya di atas 5 efisien, −5 sampai dengan 5 cukup efisien, di bawah −5 tidak efisien. Batas yang dipakai kantor tertulis pada naskah.",),
    ),
)  # fmt: skip

INDICATORS = (
    Term("indikator", "Indikator kinerja", "Ukuran keberhasilan sasaran, program, kegiatan, atau sub kegiatan, dengan satuan, formula, dan sumber data."),
    Term("iku", "Indikator Kinerja Utama (IKU)", "Indikator keberhasilan sasaran strategis kantor; letaknya di atas program."),
    Term("iki", "Indikator Kinerja Individu (IKI)", "Indikator kinerja yang menjadi tanggung jawab satu orang."),
    Term("penanggung-jawab", "Penanggung jawab", "Pegawai yang mengisi dan mengirim baris indikatornya, atau realisasi anggaran sub kegiatannya."),
    Term(
        "smart", "SMART", "Syarat indikator yang baik: spesifik, terukur, dapat dicapai, relevan, dan berbatas waktu.",
        (f"Dinilai untuk tiap indikator pada langkah {PREPARE_METHOD.number}; bila ada jawaban “tidak”, alasannya ditulis.",),
    ),
    Term("arah", "Arah",
         f"Cara realisasi dibandingkan dengan target: naik, turun, tetap, atau menurut rentang. Dibekukan ke dalam "
         f"siklus pada langkah {PREPARE_METHOD.number}."),
    *(_term_of(row, "Arah", f"Cara hitung: {row.formula}.") for row in METHODS.values()),
    Term("sifat", "Sifat", f"Cara angka tiap periode menjadi angka s.d. periode dan setahun. Dibekukan ke dalam siklus pada langkah {PREPARE_METHOD.number}."),
    *(_term_of(row, "Sifat") for row in ACCUMULATIONS.values()),
    Term("tidak-direncanakan", "Tidak direncanakan", "Target 0 dengan pagu 0: tidak dikerjakan tahun ini dan tidak ikut rata-rata.",
         ("Bila ternyata dilaksanakan, penanggung jawabnya membuka barisnya dengan “Catat di luar rencana”: diisi dan dinilai seperti baris lain, "
          "ditandai di luar rencana, dan tetap tidak ikut rata-rata.",)),
)  # fmt: skip

DOCUMENTS = (
    Term(
        "sakip",
        "SAKIP",
        "Sistem Akuntabilitas Kinerja Instansi Pemerintah: rangkaian perencanaan, pengukuran, pelaporan, dan evaluasi kinerja.",
    ),
    Term(
        "akip",
        "AKIP",
        "Akuntabilitas Kinerja Instansi Pemerintah; yang dievaluasi tiap tahun. Pengukuran yang tidak selesai menghambat evaluasi itu.",
    ),
    Term(
        "renstra",
        "Renstra",
        "Rencana Strategis: rencana lima tahun kantor dengan sasaran, indikator, target, dan pagu.",
    ),
    Term("renja", "Renja", "Rencana Kerja: rencana satu tahun, turunan Renstra."),
    Term("dpa", "DPA", "Dokumen Pelaksanaan Anggaran: anggaran satu tahun yang disahkan; sumber pagu."),
    Term(
        "perjakin",
        "Perjanjian Kinerja (Perjakin)",
        "Janji target satu tahun antara pimpinan dan bawahannya. Capaian diukur terhadap target di sini.",
    ),
    Term(
        "lkjip",
        "LKjIP",
        "Laporan Kinerja Instansi Pemerintah: laporan tahunan; bahannya berasal dari hasil pengukuran yang disetujui.",
    ),
    Term("e81", "Formulir E.81", "Formulir evaluasi hasil Renja yang dikumpulkan pemerintah kabupaten."),
    Term(
        "sasaran",
        "Sasaran, program, kegiatan, dan sub kegiatan",
        "Tingkat rencana dari atas ke bawah. Uang hanya melekat pada sub kegiatan.",
    ),
    Term(
        "penetapan",
        "Penetapan dan revisi",
        "Sesudah rencana satu tahun ditetapkan dengan dokumen, perubahannya dicatat sebagai revisi dengan dasarnya.",
    ),
)

COURSE = (
    Term("siklus", "Siklus", f"Satu pengukuran untuk satu periode: {number_in_words(len(STEPS))} langkah SOP, dari perintah {{camat}} sampai arsip."),
    Term("kertas-kerja", "Kertas kerja", "Tabel semua indikator dengan target, realisasi, capaian, analisis, dan bukti. Tiap baris satu indikator."),
    Term("waktu-baku", "Waktu baku", "Waktu menurut SOP, dalam waktu kerja: malam, akhir pekan, dan hari libur tidak dihitung.",
         ("Pada pola lima hari kerja, 1 hari adalah 450 menit kerja. Menit yang belum habis berlanjut pada hari kerja berikutnya.",)),
    Term("putaran", "Putaran", "Satu kali jalan dari evaluasi sampai keputusan {sekcam}. Pengembalian memulai putaran berikutnya."),
    Term("arahan", "Arahan",
         f"Petunjuk tertulis {{sekcam}} saat rapat (langkah {BRIEF.number}) atau saat mengembalikan (langkah "
         f"{DECISION.number}). Tiap arahan pengembalian harus dijawab."),
    Term("dikembalikan", "Dikembalikan", "Baris yang harus dilengkapi lagi oleh penanggung jawabnya; alasannya tertulis pada baris itu."),
    Term("dikecualikan", "Dikecualikan", "Baris yang tidak diukur pada periode ini, dengan alasan. Tidak ikut rata-rata dan disebut pada naskah."),
    Term("petunjuk", "Petunjuk", "Hal yang patut dilihat dua kali, misalnya angka berubah jauh dari periode lalu. Petunjuk tidak menghalangi pengiriman."),
    Term("bukti", "Bukti", "Berkas atau keterangan letak berkas yang mendukung realisasi."),
    Term("dibekukan", "Dibekukan",
         f"Definisi, target, dan pagu disalin ke dalam siklus pada langkah {PREPARE_METHOD.number}; perubahan rencana "
         f"sesudahnya tidak mengubahnya."),
    Term("plh", "Plh. (pelaksana harian)", "Pengganti pejabat yang berhalangan sementara. Tertulis pada naskah dan berlaku menurut tanggalnya."),
    Term("plt", "Plt. (pelaksana tugas)", "Pengisi jabatan yang kosong sampai ada pejabat definitif. Tertulis pada naskah dan berlaku menurut tanggalnya."),
    Term("siklus-koreksi", "Siklus koreksi", "Siklus baru untuk periode yang sudah diarsipkan, dengan alasan; arsip lamanya tidak berubah."),
)  # fmt: skip

PAPERS = (
    Term("naskah", "Naskah", "Surat atau laporan bernomor yang diterbitkan pada tiap langkah, misalnya nota dinas, notulen, dan laporan hasil."),
    Term("petikan", "Petikan", "Bagian kertas kerja milik satu penanggung jawab, sebagai berkas PDF."),
    Term("asli-dan-utuh", "Asli dan utuh", "Berkas yang diperiksa sama persis, sampai byte terakhir, dengan yang disimpan kantor penerbit."),
    Term("kode-verifikasi", "Kode verifikasi dan QR", "Tanda pada naskah yang membuka halaman pemeriksaan, tanpa perlu masuk."),
    Term("tanda-tangan-kantor", "Tanda tangan elektronik kantor", "Dibubuhkan dengan kunci dan PIN pejabat; sertifikatnya diterbitkan kantor sendiri, "
         "jadi tidak tersertifikasi."),
    Term("tanda-tangan-tersertifikasi", "Tanda tangan tersertifikasi", "Dibubuhkan penyelenggara sertifikasi elektronik, misalnya BSrE, "
         "dengan akun pejabat sendiri."),
    Term("tanda-tangan-basah", "Tanda tangan basah", "Tanda tangan dengan tinta pada cetakan; pindaiannya diunggah."),
    Term("buku-nomor", "Buku nomor", "Daftar setiap nomor naskah menurut jenis dan tahun: dipakai, dibatalkan, digantikan, atau dipakai di luar sistem."),
    Term("paket-arsip", "Paket arsip", "Semua naskah, data, dan bukti satu siklus dalam satu berkas yang dapat diperiksa keutuhannya."),
    Term("retensi", "Retensi", "Berapa lama arsip disimpan menurut jadwal retensi. Tidak ada yang dihapus oleh aplikasi."),
)  # fmt: skip

TERM_GROUPS = (
    ("Angka kinerja", FIGURES),
    ("Uang", MONEY),
    ("Indikator", INDICATORS),
    ("Perencanaan dan pelaporan", DOCUMENTS),
    ("Jalannya pengukuran", COURSE),
    ("Naskah dan tanda tangan", PAPERS),
)
TERMS = tuple(term for _, terms in TERM_GROUPS for term in terms)

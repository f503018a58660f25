"""How the jobs around the steps are done that aren't the administrator's, and all jobs in the order of the page, by who does them."""

from measurement.rules.dates import number_in_words
from measurement.rules.sop import EVALUATE, MEASURE, PREPARE_METHOD, REPORT_TO_CAMAT, STEPS

from .administration import ADMINISTRATION, ANY_TIME
from .government import GOVERNMENT
from .job import Job
from .page_keys import ANYWHERE, KEYS
from .steps import STEP_JOBS
from .upkeep import UPKEEP

EVERYBODY, KEEPERS, ANYBODY = "Semua orang", "Tim SAKIP dan administrator", "Siapa saja, tanpa masuk"

COMMON = (
    Job(
        "masuk", "Masuk dan kata sandi", EVERYBODY, ANY_TIME,
        (
            "Masuk dengan NIP atau nama pengguna dan kata sandi Anda.",
            "Kata sandi sementara dari administrator diganti saat pertama kali masuk.",
            "Pilih Ganti kata sandi pada menu nama Anda untuk menggantinya lagi.",
        ),
        "Anda sampai di Tugas saya, atau langsung di halaman yang Anda tuju.",
        ("Sesudah beberapa kali salah, akun dikunci sebentar; tunggu sampai waktu yang tertulis.",),
    ),
    Job(
        "tugas-saya", "Tugas saya", EVERYBODY, "Setiap tugas menyebut batas waktunya sendiri.",
        ("Kerjakan dari atas: yang paling dekat batas waktunya ada di atas.", "Tekan tombol pada tugasnya; Anda langsung sampai di tempatnya."),
        "Tugas yang selesai hilang dari daftar dan giliran berpindah ke orang berikutnya.",
    ),
    Job(
        "tombol", "Tombol papan ketik dan kotak lompat", EVERYBODY, ANY_TIME,
        tuple(
            f"{where}: {', '.join(f'{key} – {what[0].lower()}{what[1:]}' for key, what in keys)}."
            for where, keys in (
                ("Di semua halaman", ANYWHERE),
                ("Di kertas kerja", KEYS["kertas-kerja"]),
                (f"Di langkah {EVALUATE.number}", KEYS[f"langkah-{EVALUATE.number}"]),
            )
        ),
        "Tanda tanya menampilkan tombol halaman yang sedang dibuka; tanpa papan ketik semuanya ada sebagai tombol dan tautan.",
    ),
    Job(
        "ponsel", "Memasang SAKIP di ponsel", EVERYBODY, ANY_TIME,
        (
            "Buka SAKIP di peramban ponsel, lalu pilih Pasang aplikasi atau Tambahkan ke layar utama pada menunya.",
            "Buka dari ikonnya; angka pada ikon adalah jumlah tugas Anda, bila ponselnya mendukung.",
        ),
        "Tanpa jaringan tampil halaman yang menyebut apa yang tetap dapat dikerjakan. Isi halaman Anda tidak disimpan di ponsel.",
    ),
    Job(
        "sedang-dikerjakan", "Menunggu berkas yang sedang disusun", EVERYBODY, ANY_TIME,
        (
            "Sesudah meminta berkas yang besar atau mengunggah tabel yang panjang, halaman menunjukkan sudah sampai mana; halaman itu menyegarkan dirinya sendiri.",
            "Halaman boleh ditinggalkan; bila sudah siap, ada pesan yang menuju ke hasilnya.",
            "Tidak jadi? Pilih Batalkan: pekerjaan berhenti pada langkah berikutnya dan tidak ada yang berubah.",
        ),
        "Tombol Unduh muncul begitu siap, atau halaman hasilnya terbuka sendiri. Hasil disimpan satu hari, lalu dapat diminta lagi.",
        ("Bila gagal, sebabnya tertulis di halaman itu. Kerjakan lagi memakai isian dan berkas yang sama.",),
    ),
    Job(
        "pesan", "Pesan dan surel", EVERYBODY, ANY_TIME,
        ("Baca pesan tentang giliran, pengembalian, dan batas waktu.", "Atur apakah pesan juga dikirim lewat surel: langsung, ringkasan, atau tidak."),
        "Setiap pesan mempunyai tautan ke pekerjaannya.",
    ),
    Job(
        "siklus", "Melihat jalannya siklus", EVERYBODY, ANY_TIME,
        ("Buka Siklus, lalu pilih periodenya.", "Baca giliran siapa, batasnya, dan apa yang sudah terjadi; naskah tiap langkah dapat diunduh."),
        "Bila giliran Anda, tombol pekerjaannya ada di atas halaman.",
    ),
    Job(
        "laporan", "Membaca dan menerima laporan", "{camat}", f"Sesudah langkah {REPORT_TO_CAMAT.number}; tidak menahan langkah berikutnya.",
        (
            "Pada Tugas saya, baca tiga kalimat laporan: apa yang didapat, apa yang di bawah target, dan apa yang dimintakan keputusan.",
            "Pilih Baca laporan untuk sebab dan tindak lanjutnya; naskahnya dapat diunduh dan ditandatangani dari sana.",
            "Tekan Nyatakan sudah dibaca. Menandatangani laporan atau memberi disposisi sama artinya.",
            "Beri disposisi pada halaman yang sama: apa yang harus dilakukan, oleh siapa, dan sampai kapan. Disposisi tampil pada Tindak lanjut sampai ditutup.",
        ),
        "Siapa yang membaca dan kapan tercatat pada siklus dan pada berita acara arsip; kartunya hilang dari Tugas saya.",
    ),
    Job(
        "capaian", "Membaca capaian", EVERYBODY, ANY_TIME,
        (
            "Buka Capaian atau Rekap capaian suatu siklus.",
            "Kalimat pertama menyebut temuan dan siapa yang perlu bertindak; di bawahnya lima indikator yang perlu perhatian pimpinan.",
            "Bandingkan capaian dengan target, serapan, dan periode lalu; tiap bagan punya tabel, data (csv), dan gambar (svg).",
            "Ketuk sebuah angka untuk melihat cara hitungnya.",
        ),
        "Angka tetap sementara sampai evaluasi selesai; sesudah diarsipkan angka tidak berubah lagi.",
        ("Capaian di atas 100 tidak dipotong, kecuali kantor menetapkan batas atas untuk rata-rata; batas itu tertulis di dekat angkanya.",),
    ),
    Job(
        "kertas-kerja", "Mengisi kertas kerja", "Seluruh ASN", f"Sampai batas langkah {MEASURE.number}; batasnya tertulis di atas kertas kerja.",
        (
            "Tulis angka seperti 1234,56: koma untuk desimal. Titik ribuan boleh, misalnya 1.234.567,5.",
            "Perhatikan capaian dan predikat yang dihitung di samping isian.",
            "Tulis faktor pendorong bila target tercapai; faktor penghambat dan tindak lanjut bila belum.",
            "Jawab tindak lanjut periode lalu bila ada, dan jawab alasan pengembalian sebelum mengirim ulang.",
            "Lampirkan bukti berupa berkas atau tautan; buka Riwayat untuk melihat atau menyalin isian periode lalu.",
            "Kirim. Yang masih kosong, kurang penjelasan, atau tidak lazim ditampilkan dahulu untuk diperiksa.",
        ),
        "Baris yang terkirim dievaluasi Tim SAKIP. Yang dikembalikan muncul lagi di Tugas saya dengan alasannya.",
        (
            "Angka 1.157 dibaca seribu seratus lima puluh tujuh dan ditanyakan dahulu; tombolnya menawarkan kedua bacaannya; 1,157 juga ditanyakan.",
            "Persen ditulis sebagai 99, bukan 0,99, bila satuan indikatornya persen.",
            "Untuk indikator rasio, isi pembilang dan penyebutnya, bukan persennya.",
        ),
    ),
    Job(
        "catatan-baris", "Catatan baris", "Penanggung jawab, Tim SAKIP, dan {sekcam}", "Sampai siklusnya diarsipkan.",
        (
            "Buka Catatan baris pada barisnya di kertas kerja atau evaluasi.",
            "Baca alasan pengembalian, jawaban, dan arahan dari semua putaran.",
            "Tulis catatan bila ada yang perlu diketahui pihak lain.",
        ),
        "Pihak lain diberi tahu satu kali. Catatan tersimpan bersama siklus, dicetak pada kertas kerja evaluasi, dan ikut diarsipkan.",
        ("Catatan tidak dapat diubah atau dihapus; yang keliru dijelaskan dengan catatan berikutnya.",),
    ),
    Job(
        "tindak-lanjut", "Menindaklanjuti janji dan arahan", EVERYBODY, "Setiap tindak lanjut menyebut batasnya sendiri.",
        (
            "Buka Tindak lanjut dari Siklus atau Tugas saya; yang lewat batas ada di atas.",
            "Yang dijanjikan pada kertas kerja periode lalu dijawab di barisnya periode ini: selesai, berjalan, atau tidak dilanjutkan dengan alasannya.",
            "Perkembangan arahan {camat} dan {sekcam} ditulis pada halaman arahannya.",
        ),
        "Yang masih berjalan terbawa ke periode berikutnya. Arahan tetap terbuka sampai ditutup pemberinya atau Ketua Tim SAKIP, dengan apa yang sudah dilakukan.",
        ("Arahan yang dikembalikan bersama rekapitulasi tetap dijawab pada langkah evaluasi; jawabannya tampil juga di sini.",),
    ),
    Job(
        "isian-excel", "Mengisi kertas kerja tanpa jaringan", "Seluruh ASN, atau Tim SAKIP untuk semua", f"Sampai batas langkah {MEASURE.number}.",
        ("Unduh berkas isian.", "Isi di Excel atau LibreOffice tanpa mengubah susunan kolomnya.", "Unggah, periksa perbedaannya, lalu terapkan."),
        "Isian tersimpan seperti diketik di halaman; mengirim tetap dilakukan oleh penanggung jawabnya.",
        ("Kolom kunci pada berkas tidak boleh diubah atau dihapus: dari kolom itulah barisnya dikenali.",),
    ),
    Job(
        "realisasi-anggaran", "Mengambil realisasi anggaran dari SIPD", "Tim SAKIP", f"Selama langkah {MEASURE.number}, dan sesudahnya untuk yang dikembalikan.",
        (
            "Unduh laporan realisasi per sub kegiatan atau register SP2D dari SIPD sampai akhir periode siklus, sebagai XLSX atau CSV.",
            "Buka Seluruh kertas kerja, pilih Realisasi dari berkas, lalu unggah.",
            "Jawab yang ditanyakan, periksa realisasi tiap sub kegiatan di samping yang sudah diketik, lalu terapkan.",
        ),
        "Realisasi semua sub kegiatan tertulis sekaligus, dan berkasnya tersimpan bersama siklus.",
        (
            "Laporan sejak awal tahun dikurangi dengan yang tercatat pada periode sebelumnya; karena itu realisasi periode sebelumnya harus sudah benar.",
            "Baris register yang bertanggal di luar periode tidak dihitung; jumlahnya disebut.",
        ),
    ),
    Job(
        "tanda-tangan", "Menandatangani naskah", "Penanda tangan naskah", "Secepatnya sesudah naskah terbit.",
        ("Buka Tanda tangan saya dan baca naskahnya.", "Tanda tangani dengan PIN, atau unggah pindaian naskah yang ditandatangani dengan tinta."),
        "Naskah bertanda tangan tersimpan dan dapat diperiksa siapa saja dengan kode QR-nya.",
        (
            "Jangan mencetak ulang berkas yang sudah ditandatangani secara elektronik: hasil cetak atau pindaian bukan lagi berkas aslinya.",
            "Tanda tangan dengan kunci kantor tidak tersertifikasi; hanya berkas yang ditandatangani lewat BSrE yang tersertifikasi.",
        ),
    ),
    Job(
        "kunci", "Kunci dan PIN tanda tangan", "Pejabat penanda tangan", "Sebelum menandatangani untuk pertama kali.",
        ("Buat kunci dengan PIN 6 sampai 12 angka.", "Cabut kunci bila PIN diketahui orang lain atau Anda pindah tugas, lalu buat yang baru."),
        "Naskah yang sudah ditandatangani tetap sah sesudah kunci dicabut.",
        ("PIN tidak dapat dilihat atau dipulihkan oleh siapa pun, juga tidak oleh administrator.",),
    ),
    Job(
        "arsip", "Mencari naskah dan arsip", EVERYBODY, ANY_TIME,
        (
            "Buka Arsip dan tulis nomor, judul, atau kata dalam naskah.",
            "Saring menurut tahun, periode, jenis, atau tanda tangan.",
            "Untuk indikator, program, dan pegawai pakailah Cari.",
        ),
        "Naskah dapat dibuka dan diunduh; paket arsip siklus dapat diunduh oleh {camat}, {sekcam}, dan Tim SAKIP.",
    ),
    Job(
        "verifikasi", "Memeriksa keaslian naskah", ANYBODY, ANY_TIME,
        ("Pindai kode QR pada naskah, atau ketik kode verifikasinya.", "Unggah berkas PDF yang Anda pegang untuk dibandingkan."),
        "Jawabannya menyebut apakah berkas itu asli dan utuh, berubah, atau bukan dari sistem ini. Berkas Anda tidak disimpan.",
        ("Foto dan pindaian tidak dapat dibandingkan sebagai berkas; cocokkan keterangannya dengan naskah.",),
    ),
    Job(
        "batal", "Membatalkan naskah", "{camat}, {sekcam}, atau yang menerbitkan naskahnya", ANY_TIME,
        ("Buka naskahnya dari siklus atau Buku nomor, lalu pilih Batalkan.", "Tulis alasannya; alasan itu tertulis pada daftar naskah."),
        "Nomornya tidak dipakai lagi. Bila isinya masih sama, naskah dapat diterbitkan ulang dengan nomor baru.",
        ("Pembatalan tidak dapat ditarik kembali dan tidak memundurkan langkah siklus.",),
    ),
    Job(
        "pencabutan", "Mencabut perintah", "{camat}, dan {sekcam} yang menyetujui", "Sebelum siklusnya diarsipkan.",
        (
            "Buka siklusnya; di bawah halaman pilih Cabut perintah, atau Minta pencabutan bila kertas kerja sudah dibuka.",
            "Tulis alasannya. Sesudah kertas kerja dibuka, {sekcam} menyetujui atau menolak pada Tugas saya.",
        ),
        "Siklus berhenti, nomor naskahnya batal, semua yang terlibat diberi tahu, dan periodenya dapat diperintahkan lagi.",
        (
            "Pencabutan tidak dapat dibatalkan; siklusnya tetap dapat dibaca pada daftar perintah yang dicabut.",
            "Siklus yang sudah diarsipkan tidak dicabut: perintahkan koreksinya.",
        ),
    ),
    Job(
        "perpanjangan", "Batas waktu dan perpanjangan", EVERYBODY, "Sebelum atau sesudah batas langkahnya lewat.",
        (
            "Batas tiap langkah adalah tanggal pada rencana kegiatan kantor; yang tidak dijadwalkan mengikuti waktu baku SOP.",
            "Buka Perpanjangan waktu dari siklus atau kertas kerja, pilih tanggalnya, dan tulis alasannya.",
            "Tim SAKIP atau {sekcam} memberikannya untuk seorang pegawai; untuk satu langkah {sekcam}, dan {camat} untuk langkah {sekcam}.",
        ),
        "Batas yang baru tampil di semua tempat, dan perpanjangannya tercetak pada laporan.",
        ("Sesudah batas lewat isian tetap dapat disimpan dan dikirim, tetapi tercatat terlambat.",),
    ),
    Job(
        "periksa-tabel", "Memeriksa tabel dokumen", EVERYBODY, ANY_TIME,
        ("Siapkan tabel dalam Excel atau CSV dengan judul kolom yang disebut pada halamannya.", "Unggah, lalu baca baris yang berbeda."),
        "Perbaiki dokumennya sendiri; berkas dan hasil pemeriksaan tidak disimpan.",
    ),
)  # fmt: skip

KEEPING = (
    Job(
        "rencana", "Menjaga rencana", KEEPERS, f"Sebelum langkah {PREPARE_METHOD.number} tiap periode.",
        (
            "Buat rencana baru dengan tahunnya bila kantor belum mempunyainya, kalau perlu dari susunan rencana yang lalu.",
            "Pilih frekuensi pengukuran tahun itu bila tidak tiap triwulan.",
            "Impor rencana dari Excel, atau centang program, kegiatan, dan sub kegiatan pada nomenklatur; perbedaannya ditampilkan dahulu.",
            "Lengkapi definisi, penanggung jawab, dan target tiap indikator.",
            "Catat penetapan tahunnya, misalnya dengan Perjanjian Kinerja.",
        ),
        "Sesudah ditetapkan, perubahan target dan pagu dicatat sebagai revisi dengan dokumen dasarnya.",
        ("Siklus yang metodologinya sudah ditetapkan tidak ikut berubah.",),
    ),
    Job(
        "data-awal", "Mencatat data awal", "Tim SAKIP; disetujui Ketua Tim SAKIP", "Sebelum siklus pertama kantor di sini.",
        (
            "Catat dokumen sumbernya, lalu isi realisasi dan anggaran periode dan tahun sebelumnya di halamannya atau dengan templat Excel.",
            "Ketua Tim SAKIP memeriksa semua angkanya, lalu menyetujui.",
        ),
        "Sesudah disetujui, angkanya dipakai pada s.d. periode, Form E.81, tren, dan perbandingan tahun, dengan tanda data awal.",
        (
            "Yang sudah disetujui tidak berubah; perbaikannya dicatat sebagai data awal baru dengan dokumennya.",
            "Arsip siklus untuk periode yang sama selalu berlaku di atas data awal.",
        ),
    ),
    Job(
        "konsistensi", "Konsistensi rencana dan dokumennya", KEEPERS, "Sebaiknya sebelum rencana ditetapkan.",
        ("Unggah tabel Renstra, Renja, Perjakin, IKU, IKI, dan DPA pada Dokumen perencanaan.", "Perbaiki temuan dari tautan di sampingnya."),
        "Temuan hilang sendiri begitu rencana dan dokumennya cocok.",
    ),
    Job(
        "seluruh-kertas-kerja", "Mengawal pengisian", "{camat}, {sekcam}, dan Tim SAKIP", f"Selama langkah {MEASURE.number} dan {EVALUATE.number}.",
        (
            "Lihat baris siapa yang belum dikirim.",
            "Ingatkan orangnya, atau isikan untuknya; isian Anda dicatat atas nama Anda.",
            "Kecualikan baris yang tidak mungkin diukur, dengan alasan.",
        ),
        "Baris yang dikecualikan tidak ikut rata-rata dan disebut pada naskah.",
    ),
    Job(
        "pembagian-baris", "Pembagian baris evaluasi", "Tim SAKIP; ketuanya yang membagi", f"Selama langkah {MEASURE.number} dan {EVALUATE.number}.",
        (
            "Tekan Bagi rata, atau pilih penilai tiap kegiatan lalu simpan.",
            "Pilih saringan Bagian saya pada halaman evaluasi untuk melihat baris Anda saja.",
        ),
        "Yang mendapat bagian diberi tahu; baris milik penilainya sendiri beralih kepada rekannya.",
        ("Pembagian tidak membatasi: setiap anggota tetap dapat menilai baris mana pun.",),
    ),
    Job(
        "buku-nomor", "Buku nomor", "Semua orang; Tim SAKIP dan administrator mencatat nomor luar", ANY_TIME,
        ("Pilih tahun dan jenis naskah untuk melihat setiap nomornya.", "Catat nomor yang dipakai di luar sistem sebelum naskah berikutnya terbit."),
        "Nomor berikutnya dilanjutkan dari yang terakhir tanpa celah.",
    ),
)  # fmt: skip

PARTS = (
    ("umum", "Untuk semua", COMMON),
    ("sebelas-langkah", f"{number_in_words(len(STEPS)).capitalize()} langkah SOP", STEP_JOBS),
    ("penjaga", "Menjaga rencana dan pengisian", KEEPING),
    ("administrasi", "Administrasi kantor", ADMINISTRATION),
    ("kabupaten-dan-kantornya", "Di atas kantor", GOVERNMENT),
    ("instalasi", "Lupa, cadangan, versi baru", UPKEEP),
)
JOBS = tuple(job for _, _, jobs in PARTS for job in jobs)

"""How the jobs around the steps are done, and all jobs in the order of the page, by who does them."""

from measurement.rules.dates import number_in_words
from measurement.rules.sop import EVALUATE, MEASURE, ORDER, PREPARE_METHOD, STEPS

from .job import Job
from .steps import STEP_JOBS

EVERYBODY, KEEPERS, ADMINISTRATOR, ANYBODY = (
    "Semua orang",
    "Tim SAKIP dan administrator",
    "Administrator",
    "Siapa saja, tanpa masuk",
)
ANY_TIME = "Kapan saja."

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
        "capaian", "Membaca capaian", EVERYBODY, ANY_TIME,
        (
            "Buka Capaian atau Rekap capaian suatu siklus.",
            "Bandingkan capaian dengan target, serapan, dan periode lalu.",
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
            "Lampirkan bukti, lalu kirim. Baris yang belum lengkap menyebut apa yang kurang.",
        ),
        "Baris yang terkirim dievaluasi Tim SAKIP. Yang dikembalikan muncul lagi di Tugas saya dengan alasannya.",
        (
            "Angka 1.157 dibaca seribu seratus lima puluh tujuh dan ditanyakan dahulu; tombolnya menawarkan kedua bacaannya; 1,157 juga ditanyakan.",
            "Persen ditulis sebagai 99, bukan 0,99, bila satuan indikatornya persen.",
            "Untuk indikator rasio, isi pembilang dan penyebutnya, bukan persennya.",
        ),
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
        "buku-nomor", "Buku nomor", "Semua orang; Tim SAKIP dan administrator mencatat nomor luar", ANY_TIME,
        ("Pilih tahun dan jenis naskah untuk melihat setiap nomornya.", "Catat nomor yang dipakai di luar sistem sebelum naskah berikutnya terbit."),
        "Nomor berikutnya dilanjutkan dari yang terakhir tanpa celah.",
    ),
)  # fmt: skip

ADMINISTRATION = (
    Job(
        "pasang", "Menyiapkan kantor baru", "Pengelola instalasi", "Sekali untuk setiap kantor.",
        (
            "Buka instalasi yang masih kosong, lalu isi kode dari konsol, akun administrator, dan kantornya.",
            "Untuk kantor berikutnya, buka Kesiapan kantor dan pilih Tambah kantor lain.",
            "Serahkan nama pengguna dan kata sandi sementara kepada administrator kantor itu.",
        ),
        "Administrator kantor itu masuk dan melengkapi kantornya pada Kesiapan kantor.",
        ("Kode pemasangan berlaku 24 jam untuk satu kali pakai; kode baru dibuat pengelola instalasi pada konsol.",),
    ),
    Job(
        "kesiapan", "Kesiapan kantor", ADMINISTRATOR, "Sebelum pengukuran pertama, dan setiap awal tahun.",
        (
            "Buka Kesiapan kantor dari menu nama Anda.",
            "Lengkapi satu per satu dari atas; yang bertanda “diperlukan lebih dahulu” didahulukan.",
            "Periksa Identitas kantor: isinya tercetak pada kop dan nomor naskah.",
        ),
        f"Bila yang diperlukan sudah lengkap, langkah {ORDER.number} dapat diperintahkan.",
        ("Kode unit tidak dapat diubah lagi sesudah ada naskah bernomor.",),
    ),
    Job(
        "otoritas", "Otoritas tanda tangan kantor", ADMINISTRATOR, "Sebelum pejabat membuat kunci tanda tangannya.",
        ("Buka Otoritas tanda tangan dari Kesiapan kantor.", "Baca pernyataannya, centang, lalu buat otoritas."),
        "Pejabat membuat kuncinya sendiri dengan PIN; naskah yang sudah ditandatangani tetap sah bila otoritas diganti.",
        ("Mengganti otoritas mencabut kunci semua pejabat kantor itu.",),
    ),
    Job(
        "surel", "Memeriksa surel", ADMINISTRATOR, "Sesudah instalasi dipasang atau pengaturan surelnya berubah.",
        ("Buka Surel dari Kesiapan kantor.", "Kirim surel percobaan ke alamat Anda sendiri, lalu periksa kotak masuknya."),
        "Hasilnya tampil pada halaman itu dan pada Kesiapan kantor.",
    ),
    Job(
        "pegawai", "Pegawai dan penugasan", ADMINISTRATOR, "Sebelum pegawai mulai bertugas.",
        (
            "Impor daftar pegawai kantor dari Excel, atau tambahkan satu per satu; yang akan berubah ditampilkan dahulu.",
            "Centang pegawai dan buat lembar kata sandi; lembar tampil satu kali untuk dicetak dan dipotong.",
            "Catat penugasan dengan tanggal mulai dan, untuk Plh., tanggal akhir.",
            "Akhiri penugasan bila pegawai pindah atau pensiun.",
        ),
        "Peran berlaku mulai tanggalnya dan berhenti sendiri sesudah tanggal akhirnya.",
        (
            "Akun tidak dihapus, karena namanya tercantum pada naskah; nonaktifkan akunnya.",
            "Lembar kata sandi yang hilang tidak dapat dilihat lagi; centang orangnya dan buat yang baru. Yang lama tidak berlaku lagi.",
            "NIP diketik sebagai teks; sebagai angka, Excel membuang angka terakhirnya.",
        ),
    ),
    Job(
        "serah-terima", "Serah terima dan pelaksana tugas", "Administrator dan Tim SAKIP", "Begitu pegawai pindah atau berhalangan.",
        ("Catat Plt. atau Plh. dengan surat dan tanggalnya.", "Serahkan indikator dan baris kertas kerja kepada penanggung jawab yang baru."),
        "Baris yang berpindah tercatat: dari siapa, kepada siapa, kapan, dan mengapa.",
    ),
    Job(
        "sop-kantor", "SOP dan dasar hukum kantor", ADMINISTRATOR, "Sebelum perintah pertama, dan setiap SOP direvisi.",
        (
            "Buka SOP dan dasar hukum, lalu tambahkan edisi.",
            "Salin nomor, tanggal, dasar hukum, dan waktu baku dari SOP yang tercetak; isi sebutan pimpinan dan sekretaris.",
            "Isi Berlaku sejak dengan tanggal mulai berlakunya edisi itu.",
        ),
        "Siklus yang diperintahkan sejak hari itu memakai edisi baru; siklus yang sudah berjalan tetap memakai edisinya.",
        ("Dasar hukum ditulis lengkap dengan “tentang …”, sebab tercetak pada Laporan Hasil.",),
    ),
    Job(
        "pengaturan", "Pengaturan naskah dan kantor", ADMINISTRATOR, ANY_TIME,
        ("Atur pola nomor, cara penandatanganan, dan kalimat pembuka dan penutup tiap jenis naskah.", "Atur lambang dan warna halaman kantor."),
        "Berlaku bagi naskah yang terbit sesudahnya; yang sudah terbit tidak berubah.",
    ),
    Job(
        "jam-kerja", "Jam kerja", ADMINISTRATOR, "Sebelum siklus pertama, dan sebelum jam kerja berubah.",
        (
            "Isi jam kerja seminggu, mulai dari pola yang disediakan.",
            "Tulis tanggal mulainya; untuk bulan Ramadan juga tanggal akhirnya.",
        ),
        "Batas waktu dihitung dari jam kerja pada harinya; langkah yang sudah selesai tetap dinilai menurut jam kerja saat itu.",
        ("Jam kerja yang sudah berlaku tidak diubah; tambahkan yang baru dengan tanggal mulainya.",),
    ),
    Job(
        "hari-libur", "Hari libur", ADMINISTRATOR, "Sekali setahun, begitu SKB Tiga Menteri terbit.",
        (
            "Buka tahunnya, cocokkan hari libur nasional dan cuti bersama dengan SKB, lalu terapkan yang dicentang.",
            "Tambahkan hari libur kantor sendiri, atau tandai hari libur nasional saat kantor tetap masuk.",
        ),
        "Hari libur tidak dihitung dalam batas waktu dan lama langkah.",
        ("Tanggal bertanda perkiraan belum ditetapkan; periksa lagi sesudah SKB terbit.",),
    ),
    Job(
        "aturan-hitung", "Skala predikat dan aturan hitung", ADMINISTRATOR, f"Sebelum langkah {PREPARE_METHOD.number} siklus yang memakainya.",
        (
            "Pilih skala predikat yang dipakai, atau salin menjadi skala kantor sendiri.",
            "Atur batas atas rata-rata, target 0, ambang efisiensi, dan angka yang memimpin tiap tingkat.",
        ),
        f"Dibekukan pada langkah {PREPARE_METHOD.number}; siklus yang sudah melewatinya tidak berubah.",
        ("Skala bawaan dan skala yang sudah dipakai tidak diubah; buat yang baru dari salinannya.",),
    ),
    Job(
        "retensi", "Retensi arsip", ADMINISTRATOR, "Sebelum siklus pertama diarsipkan.",
        (
            "Cocokkan masa simpan bawaan dengan Jadwal Retensi Arsip daerah.",
            "Pilih klasifikasinya, perbaiki, lalu simpan sebagai ketentuan kantor.",
        ),
        "Arsip dan berita acaranya menyebut masa simpan itu; tidak ada yang dihapus.",
    ),
    Job(
        "berkas-pengaturan", "Pengaturan lewat berkas", ADMINISTRATOR, ANY_TIME,
        (
            "Unduh daftar hari libur, skala predikat, atau retensi sebagai berkas Excel.",
            "Ubah atau tambah barisnya, unggah lagi, dan periksa perbedaannya.",
            "Terapkan; semuanya ditulis sekaligus, atau tidak sama sekali.",
        ),
        "Yang tidak ada pada berkas tidak dihapus; hapus satu per satu di halamannya.",
    ),
    Job(
        "ekspor", "Mengekspor semua data kantor", ADMINISTRATOR, ANY_TIME,
        ("Pilih Ekspor data pada menu nama Anda.", "Unduh berkas Excel: pegawai, rencana, hasil semua tahun, dan daftar naskah, tiap lembar dengan keterangannya."),
        "Berkas menyatakan keadaan saat diunduh; tidak ada yang berubah di sini.",
        ("Berkas memuat NIP; bagikan seperlunya.", "Ekspor bukan cadangan: naskah dan bukti tidak ikut."),
    ),
)  # fmt: skip

PARTS = (
    ("umum", "Untuk semua", COMMON),
    ("sebelas-langkah", f"{number_in_words(len(STEPS)).capitalize()} langkah SOP", STEP_JOBS),
    ("penjaga", "Menjaga rencana dan pengisian", KEEPING),
    ("administrasi", "Administrasi kantor", ADMINISTRATION),
)
JOBS = tuple(job for _, _, jobs in PARTS for job in jobs)

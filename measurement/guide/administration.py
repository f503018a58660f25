"""What an office's administrator does: setting it up, its people, its settings."""

from measurement.rules.sop import ORDER, PREPARE_METHOD

from .job import Job

ADMINISTRATOR, ANY_TIME = "Administrator", "Kapan saja."

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
        (
            "Atur pola nomor, cara penandatanganan, dan kalimat pembuka dan penutup tiap jenis naskah.",
            "Untuk nota dinas isi juga sifat, lampiran, dan tembusan.",
            "Atur lambang dan warna halaman kantor, dan situs tempat bukti boleh ditautkan.",
        ),
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
        ("Pilih Ekspor data pada menu nama Anda, lalu Siapkan berkas.", 
         "Unduh berkas Excel begitu siap: pegawai, rencana, hasil semua tahun, dan daftar naskah, tiap lembar dengan keterangannya."),
        "Berkas menyatakan keadaan saat disusun; tidak ada yang berubah di sini.",
        ("Berkas memuat NIP; bagikan seperlunya.", "Ekspor bukan cadangan: naskah dan bukti tidak ikut."),
    ),
    Job(
        "api", "Memberi aplikasi lain akses baca (API)", ADMINISTRATOR, "Bila kabupaten atau aplikasi lain perlu membaca data kantor.",
        (
            "Buka API dan webhook pada menu nama Anda, isi kegunaannya, centang yang boleh dibaca, dan pilih masa berlakunya.",
            "Salin token yang tampil sekali itu dan serahkan langsung kepada pengelola aplikasinya.",
            "Cabut token yang tidak dipakai lagi; kolom Terakhir dipakai memberi tahu.",
        ),
        "Aplikasi itu hanya membaca data kantor ini; siklus yang belum disetujui dan NIP utuh memerlukan cakupan tersendiri.",
        ("Token yang hilang tidak dapat dilihat lagi: cabut, lalu buat yang baru.",),
    ),
    Job(
        "webhook", "Memberi tahu aplikasi lain (webhook)", ADMINISTRATOR, "Bila aplikasi lain perlu tahu begitu langkah selesai.",
        (
            "Buka Webhook dari halaman Akses API, isi alamat penerima, dan centang kapan ia diberi tahu.",
            "Salin rahasia yang tampil sekali itu ke penerima, lalu tekan Coba.",
            "Muat ulang halaman untuk melihat hasilnya; kiriman yang gagal dikirim lagi dari sana.",
        ),
        "Kiriman menyusul begitu langkah tersimpan dan diulang bila penerima tidak menjawab.",
        ("Kiriman yang sama dapat tiba dua kali; penerima mengenalinya dari webhook-id.",),
    ),
)  # fmt: skip

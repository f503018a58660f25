"""What is done above the offices of a kabupaten, kota or province."""

from .job import Job

ADMIN_ABOVE = "Admin kabupaten"
READERS = "Bagian Organisasi, Bappeda, Inspektorat, dan admin kabupaten"

GOVERNMENT = (
    Job(
        "kabupaten", "Melihat semua kantor", READERS, "Kapan saja.",
        (
            "Buka nama kabupaten pada navigasi; kalimat pertama menyebut berapa kantor yang terlambat.",
            "Pilih periode, lalu saring kantor yang terlambat atau yang belum selesai mengukur.",
            "Pilih sebuah kantor untuk membaca siklusnya. Rekap, kertas kerja, naskah, dan E.81 dapat dibaca dan diunduh, tidak dapat diubah.",
        ),
        "Capaian baru tampil bila cukup baris sudah dikirim. Serapan seluruhnya adalah jumlah realisasi dibagi jumlah pagu.",
        ("Urutan menurut capaian dimatikan sejak awal: target tiap kantor berbeda, jadi urutan bukan penilaian.",),
    ),
    Job(
        "perintah-bersama", "Menyiapkan periode untuk semua kantor", "Bagian Organisasi dan admin kabupaten", "Sebelum periode diukur.",
        (
            "Buka Perintah bersama dari halaman kabupaten, pilih tahun dan periodenya.",
            "Tulis isi perintah dan tanggal paling lambatnya, lalu siapkan untuk semua kantor.",
            "Pimpinan tiap kantor menemukannya pada Tugas saya, memeriksa isinya, dan memerintahkan atas namanya sendiri.",
        ),
        "Halaman kabupaten menyebut berapa kantor yang sudah dan yang belum memerintahkan.",
        ("Menarik yang sudah disiapkan tidak membatalkan siklus yang sudah diperintahkan.",),
    ),
    Job(
        "catatan-inspektorat", "Catatan Inspektorat", "Inspektorat; dijawab pimpinan dan Tim SAKIP kantornya", "Sampai batas tindak lanjut yang tertulis.",
        (
            "Inspektorat membuka siklus sebuah kantor, lalu memilih Tulis catatan: tentang siklusnya, sebuah indikator, atau sebuah naskah.",
            "Kantor menemukannya pada Tugas saya, lalu menulis jawaban dan tindak lanjutnya.",
            "Inspektorat menanggapi bila belum cukup, atau menutup catatannya.",
        ),
        "Semua yang ditulis tetap terbaca. Siklus yang sudah diarsipkan tidak berubah karenanya.",
    ),
    Job(
        "pegawai-banyak-kantor", "Pegawai banyak kantor", ADMIN_ABOVE, "Saat kantor mulai memakai aplikasi ini, dan sesudah mutasi.",
        (
            "Buka Pegawai banyak kantor dari halaman kabupaten, lalu unduh templatnya; lembar kedua memuat kode tiap kantor.",
            "Isi satu baris untuk satu orang dengan Kode kantor, lalu periksa berkasnya.",
            "Periksa yang didapat tiap kantor dan yang salah pada tiap baris; terapkan setelah tidak ada yang salah.",
            "Administrator tiap kantor mencetak lembar kata sandi pertama bagi pegawainya.",
        ),
        "Semua kantor ditulis sekaligus atau tidak sama sekali. Kode yang tidak dikenal atau milik daerah lain adalah kesalahan barisnya.",
        ("Anda tidak dapat memberi diri sendiri penugasan di kantor.", "Pegawai yang terdaftar pada kantor lain tidak dipindahkan dari sini."),
    ),
    Job(
        "rencana-banyak-kantor", "Rencana banyak kantor", ADMIN_ABOVE, "Saat kantor mulai memakai aplikasi ini, dan pada awal tahun.",
        (
            "Buka Rencana banyak kantor dari halaman kabupaten, lalu unduh templatnya; lembar Kantor memuat kode tiap kantor.",
            "Isi kolom kantor dengan kode atau namanya pada setiap baris, lalu periksa berkasnya.",
            "Periksa yang baru, berubah, dan salah pada tiap kantor. Isi dasar revisi bila tahun yang sudah ditetapkan berubah.",
            "Terapkan; sesudahnya disebut kantor mana yang ditulis dan mana yang tidak, dengan alasannya.",
        ),
        "Tiap kantor ditulis utuh atau tidak sama sekali: yang bersalah dilewati, yang lain tetap ditulis.",
        (
            "Berkas yang sama boleh dikirim lagi; yang sudah sama tidak berubah.",
            "Isi nama dan tahun rencana baru bila ada kantor yang belum mempunyai rencana.",
        ),
    ),
    Job(
        "administrator-kantor", "Administrator kantor", ADMIN_ABOVE, "Saat kantor dibuat, dan bila administratornya berganti.",
        (
            "Buka Administrator kantor dari halaman kabupaten; kantor tanpa administrator disebut lebih dahulu.",
            "Pilih kantornya, tulis nama pengguna atau NIP, lalu angkat.",
            "Serahkan kata sandi sementaranya bila akunnya baru. Administrator kantor mengakhiri pendahulunya pada halaman Pegawai.",
        ),
        "Halaman Pegawai kantor itu menyebut siapa yang mencatat penugasannya.",
        ("Anda tidak dapat mengangkat diri sendiri: admin kabupaten tidak mengerjakan SOP kantor.",),
    ),
    Job(
        "hari-libur-semua-kantor", "Hari libur semua kantor", ADMIN_ABOVE, "Sekali setahun, dan bila ada libur daerah.",
        (
            "Buka Hari libur semua kantor dari halaman kabupaten dan pilih tahunnya.",
            "Terapkan hari libur nasional dan cuti bersama yang dicentang, atau tambahkan satu hari.",
            "Kantor baru langsung mendapatkannya. Kantor yang bergabung kemudian: tekan Tulis pada yang belum.",
        ),
        "Tiap hari menyebut berapa kantor yang memilikinya. Riwayat hari libur kantor menyebut Anda yang menuliskannya.",
        ("Kantor yang sudah menetapkan sendiri tanggal itu tetap pada ketetapannya.",),
    ),
    Job(
        "skala-semua-kantor", "Skala untuk semua kantor", ADMIN_ABOVE, "Bila daerah menetapkan skala predikatnya sendiri.",
        (
            "Buka Skala untuk semua kantor dari halaman kabupaten.",
            "Tulis nama, sumber, dan tingkatnya, lalu tulis pada semua kantor.",
            "Administrator tiap kantor memilih Pakai pada Skala predikat bila kantornya akan memakainya.",
            "Kantor baru langsung memilikinya, sampai skalanya dicabut dari data induk.",
        ),
        "Halaman itu menyebut berapa kantor yang memiliki dan memakai tiap skala.",
        ("Skala yang sudah ada pada sebuah kantor dengan nama yang sama tidak ditimpa.",),
    ),
    Job(
        "klasifikasi-semua-kantor", "Klasifikasi untuk semua kantor", ADMIN_ABOVE, "Bila Jadwal Retensi Arsip daerah ditetapkan atau berubah.",
        (
            "Buka Klasifikasi untuk semua kantor dari halaman kabupaten.",
            "Tulis kode, jenis arsip, masa simpan, nasib akhir, dan peraturannya, lalu tulis pada semua kantor.",
            "Lihat kantor mana yang menetapkan lain; bicarakan dengan kantornya, yang mengubahnya sendiri.",
        ),
        "Kantor baru langsung mendapatkannya. Paket arsip yang sudah ditutup tidak berubah.",
        ("Ketentuan yang sudah ditulis kantor sendiri tidak ditimpa.",),
    ),
    Job(
        "nomenklatur-semua-kantor", "Nomenklatur untuk semua kantor", ADMIN_ABOVE, "Bila nomenklatur daerah ditetapkan atau dimutakhirkan.",
        (
            "Buka Nomenklatur untuk semua kantor dari halaman kabupaten dan pilih berkasnya.",
            "Periksa baris yang baru, berubah, dan salah, lalu muat.",
            "Lihat kantor mana yang memuat nama lain untuk kode yang sama.",
        ),
        "Semua kantor, juga yang baru, langsung memilih dari daftar ini. Rencana yang sudah ada tidak berubah.",
        ("Daftar yang dimuat kantor sendiri tetap didahulukan bagi kantor itu.",),
    ),
    Job(
        "templat-sop", "Templat SOP", ADMIN_ABOVE, "Bila daerah menetapkan atau mengubah SOP yang seragam.",
        (
            "Buka Templat SOP dari halaman kabupaten, isi dasar hukum, pengesahan, dan waktu baku, lalu simpan.",
            "Administrator tiap kantor membuka Edisi SOP baru, memilih Templat daerah, melengkapi nomor dan tanggalnya, lalu menyimpan.",
            "Lihat pada halaman ini kantor mana yang SOP-nya berbeda, dan pada bagian apa.",
        ),
        "Kantor baru memulai SOP-nya dari templat. Siklus yang sudah diperintahkan tetap memakai edisinya sendiri.",
    ),
    Job(
        "indikator-daerah", "Indikator daerah", ADMIN_ABOVE, "Sebelum tahun rencana yang pertama memuatnya.",
        (
            "Buka Indikator daerah dari halaman kabupaten, tulis indikator, satuan, arah, sifat, dan tahun mulainya, lalu tetapkan.",
            "Tim SAKIP tiap kantor membuka Indikator daerah dari halaman Rencana, memilih cabangnya, lalu mengambilnya.",
            "Lihat kantor mana yang belum memilikinya, dan mana yang menulis satuan, arah, atau sifat lain.",
        ),
        "Kantor mengisi target dan penanggung jawabnya. Siklus yang metodologinya sudah ditetapkan tidak berubah.",
        ("Indikator bernama sama yang sudah ada pada rencana tidak ditimpa.",),
    ),
    Job(
        "jabatan", "Jabatan di atas kantor", ADMIN_ABOVE, "Begitu pejabatnya ditetapkan atau berganti.",
        (
            "Pengelola instalasi membuat pemerintah daerahnya satu kali, memilih kantornya, dan mengangkat admin pertamanya.",
            "Admin menambahkan jabatan dengan nama pengguna atau NIP, nomor surat keputusan, dan tanggalnya.",
            "Admin membuat kantor baru dengan administratornya, yang melengkapi kantornya sendiri.",
            "Akhiri jabatan dengan hari terakhirnya; haknya berhenti sendiri sesudah hari itu.",
        ),
        "Pemegang jabatan membaca semua kantor sejak hari pertamanya. Tidak seorang pun di antaranya mengerjakan langkah SOP kantor.",
        ("Admin terakhir tidak dapat diakhiri sebelum penggantinya diangkat.",),
    ),
)  # fmt: skip

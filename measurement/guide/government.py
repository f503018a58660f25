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
            "Kantor membuka pesannya, lalu menulis jawaban dan tindak lanjutnya.",
            "Inspektorat menanggapi bila belum cukup, atau menutup catatannya.",
        ),
        "Semua yang ditulis tetap terbaca. Siklus yang sudah diarsipkan tidak berubah karenanya.",
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

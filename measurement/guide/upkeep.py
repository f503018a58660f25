"""Jobs that are rare and urgent: what was forgotten, backups, a new version. The guide says more."""

from .job import Job

KEEPER = "Pengelola instalasi"

UPKEEP = (
    Job(
        "lupa", "Lupa kata sandi atau PIN", "Pegawai, dengan administrator kantornya", "Begitu diperlukan.",
        (
            "Kata sandi: minta administrator kantor membuat kata sandi sementara pada Pegawai; gantilah saat pertama kali masuk.",
            "PIN tanda tangan: buka Tanda tangan saya, cabut kuncinya dengan alasan, lalu buat kunci baru dengan PIN baru.",
        ),
        "Anda dapat bekerja lagi; naskah yang sudah ditandatangani dengan kunci lama tetap sah.",
        (
            "PIN tidak dapat dilihat atau dipulihkan oleh siapa pun, juga tidak oleh administrator.",
            "Yang terkunci karena salah beberapa kali terbuka sendiri sesudah 15 menit; tidak perlu dibuat baru.",
        ),
    ),
    Job(
        "cadangan", "Cadangan dan pemulihan", KEEPER, "Setiap malam; pemulihannya dilatih sekali setahun.",
        (
            "Jadwalkan pencadangan setiap malam, dan salin hasilnya ke mesin atau tempat lain.",
            "Simpan berkas pengaturan dengan rahasianya terpisah dari cadangan.",
            "Pulihkan hanya ke tempat kosong; keutuhannya diperiksa sesudahnya.",
        ),
        "Kapan cadangan terakhir dibuat terlihat oleh administrator.",
        ("Ekspor Excel bukan cadangan: naskah dan bukti tidak ikut.",),
    ),
    Job(
        "naik-versi", "Pindah ke versi baru", KEEPER, "Di luar jam kerja, sesudah membaca daftar perubahan.",
        (
            "Hentikan aplikasi dan buat cadangan.",
            "Pasang versi baru, jalankan peningkatannya, lalu pastikan arsipnya utuh.",
            "Mulai aplikasi, dan beri tahu pegawai bila ada yang berubah bagi mereka.",
        ),
        "Bila ada yang gagal, cadangan dipulihkan dengan versi yang lama.",
    ),
)  # fmt: skip

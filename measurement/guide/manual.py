"""Where the guide (docs/panduan) says more: a page of it, after "#" a heading, and the jobs of the help that lead there."""

MORE = {
    "asn/#masuk-pertama-kali": ("masuk",),
    "asn/#mengisi-kertas-kerja": ("kertas-kerja",),
    "asn/#tanpa-jaringan": ("isian-excel",),
    "pimpinan/#memerintahkan-pengukuran": ("langkah-1",),
    "pimpinan/#menandatangani": ("tanda-tangan", "kunci"),
    "pimpinan/#membaca-hasil": ("capaian",),
    "sekretaris/#langkah-9-memutuskan": ("langkah-9",),
    "tim-sakip/#sebelum-tahun-berjalan-rencana": ("rencana", "data-awal", "konsistensi"),
    "tim-sakip/#langkah-5-mengawal-pengisian": ("seluruh-kertas-kerja",),
    "tim-sakip/#langkah-6-mengevaluasi": ("langkah-6",),
    "tim-sakip/#langkah-11-arsip": ("langkah-11",),
    "tanda-tangan/#memeriksa-naskah": ("verifikasi",),
    "format/#tabel-yang-diperiksa": ("periksa-tabel",),
    "administrator/#pegawai": ("pegawai", "serah-terima"),
    "administrator/#lupa-kata-sandi-lupa-pin": ("lupa",),
    "administrator/#naskah": ("pengaturan",),
    "administrator/#administrator-pertama": ("pasang",),
    "administrator/#kesiapan-kantor": ("kesiapan", "surel", "sop-kantor", "jam-kerja", "hari-libur", "aturan-hitung", "retensi"),
    "administrator/#mengambil-semua-data": ("ekspor",),
    "format/#hari-libur-predikat-retensi": ("berkas-pengaturan",),
    "format/#realisasi-anggaran-dari-sipd": ("realisasi-anggaran",),
    "tanda-tangan/#otoritas-kantor": ("otoritas",),
    "cadangan/": ("cadangan",),
    "naik-versi/": ("naik-versi",),
}
PAGE_OF_JOB = {job: page for page, jobs in MORE.items() for job in jobs}

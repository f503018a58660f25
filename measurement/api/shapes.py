"""The shapes of answers, as the OpenAPI document describes them."""

from datetime import date, datetime

from ninja import Field, Schema


class Angka(Schema):
    """Bilangan: tertulis seperti pada halaman dan naskah, sebagai teks desimal, dan tepat."""

    nilai: str | None = Field(
        description="Teks desimal dengan titik, dibulatkan seperti tertulis; null bila tidak ada."
    )
    pecahan: str | None = Field(description="Nilai tepat, misalnya 675/8 atau 12.")
    tertulis: str = Field(description="Seperti tercetak, misalnya 84,38 %.")


class Persen(Angka):
    """Persentase, atau mengapa tidak ada. Dibulatkan setengah ke atas, dua desimal."""

    alasan: str = Field(description="Mengapa tidak ada nilainya, misalnya belum waktunya; kosong bila ada.")
    keterangan: str = Field(description="Tercetak di samping nilai yang dibatasi; biasanya kosong.")


class Hitungan(Schema):
    """Bagaimana satu angka dihitung, dengan kata-kata yang sama dengan halaman Cara hitung dan lampiran laporan."""

    judul: str
    hasil: str
    rumus: str = Field(description="Rumus dengan angkanya, misalnya 35 ÷ 40 × 100.")
    syarat: list[str]


class Orang(Schema):
    """Pegawai. NIP disamarkan kecuali token bercakupan nip."""

    nama: str
    nip: str


class Periode(Schema):
    frekuensi: str
    nomor: int
    nama: str
    mulai: date
    selesai: date


class Giliran(Schema):
    """Langkah yang sedang ditunggu: oleh siapa, sejak kapan, sampai kapan."""

    nomor: int
    kunci: str
    kegiatan: str
    pelaksana: str
    putaran: int
    sejak: datetime
    batas: datetime | None = Field(
        description="Batas waktunya; null bila langkah atau kantor tidak memilikinya."
    )
    batas_kantor: bool = Field(
        description="Apakah batas itu jadwal atau perpanjangan kantor, bukan waktu baku SOP."
    )
    terlambat: bool


class Siklus(Schema):
    """Satu siklus pengukuran. `keadaan`: berjalan, disetujui, diarsipkan, atau dicabut."""

    id: int
    nama: str
    tahun: int
    periode: Periode
    keadaan: str
    putaran: int
    dibuka: datetime
    koreksi_atas: int | None
    rencana: int
    giliran: Giliran | None
    alamat: str


class Singgah(Schema):
    """Satu langkah yang dijalani dalam satu putaran."""

    nomor: int
    kunci: str
    putaran: int
    tiba: datetime
    selesai: datetime | None
    tindakan: str
    sebagai: str


class SiklusLengkap(Siklus):
    jadwal: dict[str, date] = Field(description="Kunci langkah → tanggal pada rencana kegiatan kantor.")
    riwayat: list[Singgah]


class HalamanSiklus(Schema):
    data: list[Siklus]
    berikutnya: str | None


class Kantor(Schema):
    """Kantor token ini, dan apa yang dibukanya."""

    kode: str
    nama: str
    pemerintah: str
    token: str
    cakupan: list[str]
    berlaku_sampai: datetime
    siklus: str
    rencana: str
    naskah: str


class RataRata(Schema):
    """Capaian rata-rata, dengan berapa yang dihitung dan mengapa sisanya tidak."""

    capaian: Persen
    dihitung: int
    dari: int
    tidak_dihitung: dict[str, int]


class Uang(Schema):
    """Rupiah. Serapan induk adalah jumlah realisasi dibagi jumlah pagu."""

    pagu: Angka
    pagu_murni: Angka
    realisasi: Angka
    realisasi_sd: Angka
    serapan: Persen


class HasilKantor(Schema):
    """Hasil satu siklus untuk seluruh perangkat daerah."""

    siklus: int
    periode: str
    disetujui: bool
    terkirim: str = Field(
        description="Berapa baris yang sudah dikirim; kosong bila cukup untuk angka kantor."
    )
    rata_rata: RataRata
    predikat: str
    uang: Uang
    efisiensi: str
    aturan: list[str] = Field(description="Aturan hitung kantor yang dibekukan pada siklus ini.")
    hitungan: list[Hitungan]
    cabang: str
    indikator: str


class HasilCabang(Schema):
    """Hasil satu sasaran, program, kegiatan, atau sub kegiatan."""

    id: int
    induk: int | None
    cabang_rencana: int
    tingkat: str
    kode: str
    nama: str
    sub_unit: str
    dihentikan: str
    rata_rata: RataRata
    predikat: str
    uang: Uang
    efisiensi: str
    hitungan: list[Hitungan]


class HalamanHasilCabang(Schema):
    data: list[HasilCabang]
    berikutnya: str | None


class HasilIndikator(Schema):
    """Hasil satu indikator. Isian yang belum dikirim tidak diberikan."""

    id: int
    cabang: int
    indikator: int
    kode: str
    nama: str
    satuan: str
    arah: str
    sifat: str
    jadwal: str
    keadaan: str
    penanggung_jawab: Orang
    target: Angka
    target_sd: Angka
    target_setahun: Angka
    realisasi: Angka
    realisasi_sd: Angka
    capaian_sd: Persen
    capaian_setahun: Persen
    predikat: str
    hitungan: list[Hitungan]


class HalamanHasilIndikator(Schema):
    data: list[HasilIndikator]
    berikutnya: str | None


class Rencana(Schema):
    id: int
    nama: str
    tahun_awal: int
    tahun_akhir: int
    sumber: str
    frekuensi: dict[str, str] = Field(description="Tahun → seberapa sering diukur.")
    cabang: str
    indikator: str


class HalamanRencana(Schema):
    data: list[Rencana]
    berikutnya: str | None


class CabangRencana(Schema):
    """Sasaran, program, kegiatan, atau sub kegiatan; pagu hanya pada sub kegiatan."""

    id: int
    induk: int | None
    tingkat: str
    kode: str
    nama: str
    sub_unit: str
    penanggung_jawab: Orang | None
    pagu: dict[str, str] = Field(description="Tahun → rupiah.")


class HalamanCabangRencana(Schema):
    data: list[CabangRencana]
    berikutnya: str | None


class TargetSetahun(Schema):
    tahun: int
    setahun: Angka
    periode: list[Angka] = Field(description="Target tiap periode menurut frekuensi tahun itu.")


class IndikatorRencana(Schema):
    id: int
    cabang: int
    nama: str
    satuan: str
    arah: str
    sifat: str
    jadwal: str
    formula: str
    sumber: str
    tidak_dipakai_lagi: bool
    penanggung_jawab: Orang | None
    target: list[TargetSetahun]


class HalamanIndikatorRencana(Schema):
    data: list[IndikatorRencana]
    berikutnya: str | None


class Berkas(Schema):
    """Berkas PDF yang berlaku. SHA-256 dan ukuran null sampai berkasnya dibuat, yaitu saat pertama kali diunduh."""

    alamat: str
    sha256: str | None
    ukuran: int | None


class Naskah(Schema):
    """Naskah dinas yang terbit. `keadaan`: berlaku, dibatalkan, atau digantikan."""

    id: int
    siklus: int
    jenis: str
    judul: str
    nomor: str
    terbit: datetime
    putaran: int
    keadaan: str
    tanda_tangan_diminta: int
    tanda_tangan_ada: int
    verifikasi: str
    berkas: Berkas


class HalamanNaskah(Schema):
    data: list[Naskah]
    berikutnya: str | None

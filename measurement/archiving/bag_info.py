"""What stands beside the payload of a package: bag-info.txt, and the note for whoever opens it without this system."""

from django.utils import timezone

from measurement.models import ArchivePackage, MeasurementCycle, Unit
from measurement.record import audit
from measurement.record.retention import retention
from measurement.rules.dates import long_date
from measurement.rules.sop import PREPARE_METHOD

from .bag import TAG_MANIFEST
from .names import inside

README = "BACA-DULU.txt"
SEAL = "tanda-tangan/tagmanifest-sha256.p7s"
TRAIL_HEAD, PREVIOUS = "Jejak-Audit-Terakhir", "Paket-Sebelumnya"


def bag_info(cycle: MeasurementCycle, version: int, before: ArchivePackage | None) -> dict[str, str]:
    """The fields of RFC 8493, and ours, whose names are Indonesian. One line each."""
    unit, kept = cycle.unit, retention(cycle)
    info = {
        "Source-Organization": f"{unit.name}, {unit.government}",
        "Organization-Address": unit.address,
        "Contact-Phone": unit.phone,
        "Contact-Email": unit.email,
        "External-Identifier": identifier(cycle),
        "External-Description": f"Arsip pengukuran data kinerja {cycle.period}, {unit.name} ({cycle.sop.name}).",
        "Bag-Software-Agent": "SAKIP",
        "Internal-Sender-Identifier": f"{unit.code}/{cycle.year}/{cycle.period_of_year.key.upper()}/siklus-{cycle.pk}",
        "Klasifikasi": unit.classification,
        "Retensi": kept.words,
        "Lokasi-Simpan": cycle.storage_location,
        TRAIL_HEAD: audit.head(cycle),
        "Versi-Paket": str(version),
        PREVIOUS: package_name(before),
    }
    return {name: " ".join(text.split()) for name, text in info.items() if text.strip()}


def package_name(package: ArchivePackage | None) -> str:
    """A package as the one after it names it; "" for none."""
    return f"versi {package.version}, SHA-256 {package.sha256}" if package else ""


def identifier(cycle: MeasurementCycle) -> str:
    """The number of the Laporan Hasil, by which the file is registered."""
    report = cycle.valid_report
    return report.number if report else f"{cycle.unit.code}/{cycle.year}/{cycle.period_of_year.key.upper()}"


def top_folder(cycle: MeasurementCycle, version: int) -> str:
    """The one folder inside the zip."""
    return inside(
        f"arsip-{cycle.unit.code}-{cycle.year}-{cycle.period_of_year.key}-siklus{cycle.pk}-v{version}"
    ).replace(" ", "-")


def readme(cycle: MeasurementCycle, sealed: bool) -> str:
    unit: Unit = cycle.unit
    return TEXT.format(
        cycle=cycle,
        unit=unit.name,
        government=unit.government,
        made=long_date(timezone.localtime()),
        references=PREPARE_METHOD.number,
        seal=SEALED if sealed else NOT_SEALED,
    )


SEALED = f"""4. Segel kantor (tanda tangan CMS terpisah atas {TAG_MANIFEST}, yang memuat sidik jari semua daftar lain):
     cat data/sertifikat/otoritas-*.pem > otoritas.pem
     openssl cms -verify -binary -inform DER -in {SEAL} -content {TAG_MANIFEST} \\
       -CAfile otoritas.pem -purpose any -out /dev/null
   Jawaban yang benar: "CMS Verification successful". Bila sertifikat sudah habis masa berlakunya, tambahkan
     -attime <waktu Unix pada tanggal Bagging-Date>
   Cocokkan sidik jari otoritas.pem dengan yang diumumkan kantor:
     openssl x509 -in otoritas.pem -noout -fingerprint -sha256
   Segel ini dibuat dengan kunci kantor sendiri; ia bukan tanda tangan elektronik tersertifikasi."""
NOT_SEALED = """4. Paket ini TIDAK disegel: ketika paket dibuat, kantor belum memiliki otoritas sertifikat sendiri. Keutuhannya hanya
   dijamin oleh sidik jari SHA-256 di atas dan oleh catatan kantor tentang sidik jari berkas zip ini."""

TEXT = """ARSIP {cycle}
{unit}, {government}
Dibuat {made}

Apa ini
-------
Satu paket arsip untuk satu siklus pengukuran data kinerja, disusun menurut BagIt (RFC 8493). Semua yang perlu untuk
membaca dan memeriksanya ada di dalam paket ini; aplikasi asalnya tidak diperlukan.

  bag-info.txt              keterangan paket: unit, nomor Laporan Hasil, klasifikasi, retensi, kepala jejak audit
  manifest-sha256.txt       sidik jari SHA-256 setiap berkas di data/
  tagmanifest-sha256.txt    sidik jari berkas-berkas keterangan di sebelah data/
  data/naskah/              naskah dinas yang berlaku: berkas bertanda tangan terakhir, atau berkas terbit bila belum ditandatangani
  data/naskah/terbit/       berkas terbit dari naskah yang sudah ditandatangani, untuk pembanding
  data/kertas-kerja.xlsx    kertas kerja seluruh indikator
  data/rekap.xlsx           rekap capaian menurut program, kegiatan, dan sub kegiatan
  data/formulir-e81.xlsx    Formulir E.81 (Permendagri 86/2017)
  data/bukti/               bukti realisasi, satu folder per indikator
  data/rujukan/             dokumen rujukan langkah {references}
  data/data/                isi basis data sebagai JSON: naskah.json (nomor, kode, penanda tangan, SHA-256), baris.json,
                            anggaran.json, riwayat.json, jejak-audit.json, dan lainnya
  data/sertifikat/          sertifikat kantor (PEM), untuk memeriksa tanda tangan tanpa aplikasi; tidak ada kunci rahasia

Cara memeriksa tanpa aplikasi (Linux; jalankan di folder ini)
-------------------------------------------------------------
1. Keutuhan isi:              sha256sum --quiet -c manifest-sha256.txt
2. Keutuhan keterangan:       sha256sum --quiet -c tagmanifest-sha256.txt
   Tidak ada keluaran berarti semua utuh. Seluruh susunan: python3 -m bagit --validate . (pustaka bagit)
3. Tanda tangan pada naskah:  pdfsig "data/naskah/<nama berkas>.pdf"
   Jenis tanda tangan setiap naskah tercantum pada data/data/naskah.json ("cara": lokal, bsre, atau manual).
{seal}
5. Jejak audit: setiap catatan pada data/data/jejak-audit.json menyebut "previous", yaitu "digest" catatan sebelumnya.
   Catatan terakhir harus sama dengan Jejak-Audit-Terakhir pada bag-info.txt.
"""

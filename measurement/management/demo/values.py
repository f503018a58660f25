"""What the demonstration office measured: plausible figures and texts, the same for program, kegiatan and sub kegiatan with the same indicator."""

from decimal import Decimal

from measurement.figures.rows import row_figures
from measurement.models import WorksheetRow
from measurement.rules.accumulations import Accumulation
from measurement.rules.formulas import Rules
from measurement.rules.row_gaps import required_texts

EXCUSED = "Nilai SAKIP"
EXCUSE = "Laporan hasil evaluasi AKIP dari Inspektorat Kabupaten belum terbit pada triwulan ini; diukur pada triwulan penerbitannya."
RETURNED = "Jumlah Laporan Penyediaan Jasa Komunikasi, Sumber Daya Air dan Listrik yang Disediakan"
RETURN_REASON = "Bukti hanya memuat laporan Januari dan Februari. Lampirkan laporan Maret, atau sesuaikan realisasinya menjadi dua laporan."

# indicator begins with → realisasi of TW I and TW II; a pair is numerator and denominator
MEASURED: dict[str, tuple] = {
    "Indeks Kepuasan": ("92.35", "91.80"),
    "Rata-rata waktu": ("27.5", "31"),
    "Nilai SAKIP": ("0", "86.10"),
    "Persentase penyelesaian pengaduan masyarakat di": ((11, 12), (15, 15)),
    "Persentase pemenuhan": ((22, 23), (24, 25)),
    "Persentase Fasiltasi": ((9, 9), (12, 12)),
    "Persentase kegiatan pemberdayaan": ((21, 25), (28, 30)),
    "Persentase Penyelesaian Pengaduan Masyarakat": ((10, 11), (13, 13)),
    "Persentase desa": ((16, 18), (18, 18)),
    "Jumlah Lembaga Kemasyarakatan": ("1149", "1155"),
    "Jumlah Laporan Penyelenggaraan Rapat": ("3", "2"),
    "Jumlah Dokumen yang Difasilitasi": ("6", "4"),
    "Jumlah Peralatan dan Mesin Lainnya": ("2", "4"),
    "Jumlah Kendaraan Dinas": ("5", "4"),
    "Jumlah Laporan Penyediaan Jasa Komunikasi": ("3", "3"),
}
OBSTACLES = {
    "Persentase penyelesaian": "Satu pengaduan memerlukan penanganan perangkat daerah lain dan belum memperoleh jawaban tertulis.",
    "Persentase Penyelesaian": "Satu pengaduan memerlukan penanganan perangkat daerah lain dan belum memperoleh jawaban tertulis.",
    "Persentase kegiatan": "Pencairan Dana Desa tahap I di beberapa desa terlambat sehingga kegiatan bergeser ke triwulan berikutnya.",
    "Persentase desa": "Dua desa belum menyelesaikan laporan kinerja karena pergantian perangkat desa yang menangani pelaporan.",
    "Jumlah Lembaga": "Delapan lembaga kemasyarakatan belum memperbarui keputusan kepengurusan sehingga belum dihitung aktif.",
    "Jumlah Kendaraan Dinas": "Jumlah kendaraan yang dikelola berkurang satu unit sehingga target lima unit tidak dapat dicapai.",
    "Jumlah Laporan Penyediaan Jasa Komunikasi": "Tagihan bulan Maret terbit setelah akhir triwulan sehingga laporannya belum dapat disusun.",
}
FOLLOW_UPS = {
    "Persentase penyelesaian": "Menyampaikan surat tindak lanjut kepada perangkat daerah terkait dan memantau jawabannya setiap minggu.",
    "Persentase Penyelesaian": "Menyampaikan surat tindak lanjut kepada perangkat daerah terkait dan memantau jawabannya setiap minggu.",
    "Persentase kegiatan": "Mendampingi desa menyelesaikan persyaratan pencairan dan menjadwalkan ulang kegiatan yang tertunda.",
    "Persentase desa": "Melaksanakan pendampingan penyusunan laporan pada kedua desa paling lambat pertengahan bulan depan.",
    "Jumlah Lembaga": "Mengirim surat pengingat dan memfasilitasi pembaruan keputusan kepengurusan bersama pemerintah desa.",
    "Jumlah Kendaraan Dinas": "Mengusulkan penyesuaian target pada perubahan Perjanjian Kinerja.",
    "Jumlah Laporan Penyediaan Jasa Komunikasi": "Menyusun laporan bulan Maret segera setelah tagihan diterima pada triwulan berikutnya.",
}
HINT_ANSWERS = {  # indicator begins with → why a figure of TW II that looks odd is right
    "Jumlah Kendaraan Dinas": "Satu kendaraan diserahkan kembali kepada Pemerintah Kabupaten pada bulan Mei; berita acaranya pada map bukti.",
}
DRIVERS = (
    "Pembagian tugas yang jelas dan pemantauan mingguan oleh kepala seksi menjaga ketepatan waktu pelaksanaan.",
    "Ketersediaan anggaran sesuai jadwal kas dan koordinasi yang baik dengan pemerintah desa.",
    "Dokumen pendukung disiapkan sejak awal triwulan sehingga kegiatan selesai sesuai rencana.",
    "Dukungan petugas pelayanan dan tertibnya pencatatan pada register mempercepat penyelesaian.",
)
OBSTACLE = "Penyelesaian sebagian pekerjaan menunggu kelengkapan dokumen dari pihak ketiga."
FOLLOW_UP = "Melengkapi dokumen dan menyelesaikan sisa pekerjaan pada bulan pertama triwulan berikutnya."
MET = "Realisasi mencapai target triwulan sesuai rencana kerja."
ABOVE = "Realisasi melampaui target triwulan; kelebihan akan diperhitungkan pada sisa target setahun."
BETTER = "Realisasi lebih baik daripada target triwulan; cara kerja yang berjalan dipertahankan."
BELOW = (
    "Realisasi belum mencapai target triwulan; kekurangannya direncanakan terpenuhi pada triwulan berikutnya."
)
NOT_YET = "Belum dijadwalkan pada triwulan ini sehingga tidak ada realisasi; pelaksanaan sesuai jadwal pada rencana kerja."
OTHERWISE = "Sesuai dengan catatan pada register kegiatan."  # for a text that has none here
PLACE = "{source}; map Pengukuran Kinerja {period}."
SPENT_PERCENT = (19, 22, 17, 24, 12, 21, 15, 23)
SALARY = "7.01.01.2.02.0001"


def measure(row: WorksheetRow, number: int, figures: dict | None = None) -> dict:
    """Values and texts for a row of the period, so that it may be sent; the values of the first year unless others are given."""
    figures = figures or _figures(row, number)
    for name, value in figures.items():
        setattr(row, name, value)
    capaian = row_figures(row, number, Rules()).capaian.value
    answer = hint_answer(row) if number == 2 else ""
    texts = {"hint_answer": answer, "evidence_note": PLACE.format(source=row.source, period=row.cycle.period)}
    if capaian is None:
        texts["analysis"] = NOT_YET
    elif capaian >= 100:
        above = ABOVE if row.accumulation == Accumulation.SUM else BETTER
        texts |= {"analysis": above if capaian > 100 else MET, "driver": DRIVERS[row.position % len(DRIVERS)]}
    else:
        texts |= {
            "analysis": BELOW,
            "obstacle": _said(OBSTACLES, row, OBSTACLE),
            "follow_up": _said(FOLLOW_UPS, row, FOLLOW_UP),
        }
    return with_required_texts(row, number, figures | texts)


def with_required_texts(row: WorksheetRow, number: int, values: dict) -> dict:
    """The same values, and a sentence in every other text without which the row could not be sent with them."""
    for name, value in values.items():
        setattr(row, name, value)
    capaian = row_figures(row, number, Rules()).capaian
    return {text.key: OTHERWISE for text in required_texts(row, capaian, 0)} | values


def _figures(row: WorksheetRow, number: int) -> dict:
    known = next(
        (values[number - 1] for start, values in MEASURED.items() if row.name.startswith(start)), None
    )
    return entered(row.targets[number - 1] or 0 if known is None else known)


def entered(value: str | int | tuple[int, int]) -> dict[str, Decimal]:
    """What is typed for a realisasi; a pair is numerator and denominator."""
    if isinstance(value, tuple):
        return {"numerator": Decimal(value[0]), "denominator": Decimal(value[1])}
    return {"realised": Decimal(value)}


def hint_answer(row: WorksheetRow) -> str:
    """What its owner says about a figure of TW II that looks odd; empty for all other rows."""
    return _said(HINT_ANSWERS, row, "")


def _said(texts: dict[str, str], row: WorksheetRow, otherwise: str) -> str:
    return next((text for start, text in texts.items() if row.name.startswith(start)), otherwise)


def spending(node) -> Decimal:
    """A plausible realisasi of one period, whole hundreds of rupiah, never above the pagu."""
    percent = 25 if node.code == SALARY else SPENT_PERCENT[node.position % len(SPENT_PERCENT)]
    return Decimal(int(node.pagu) * percent // 10000 * 100)

"""What the demonstration office plans and reaches in its second year. Every figure is an example, made small enough to be worked out by hand."""

from datetime import UTC, date, datetime

YEAR, BEFORE = 2027, 2026
NAME, FIRST, LAST = "Rencana Kinerja Tahun Kedua (contoh)", 2025, 2029
SOURCE_NOTE = (
    "Kode dan nama program, kegiatan, dan sub kegiatan menurut nomenklatur yang berlaku; semua indikator, target, pagu, dan realisasi "
    "tahun 2026 sampai dengan 2028 adalah contoh, juga Kelurahan Contoh."
)
PLANNED, CHANGED = "rencana_tahun_kedua.csv", "rencana_tahun_kedua_perubahan.csv"
APPROVAL, APPROVED_ON = "Perjanjian Kinerja Tahun 2027 (contoh)", date(2027, 1, 4)
KELURAHAN = "Kelurahan Contoh"
OPENING, OPENING_OF = "Laporan Kinerja Triwulan I Tahun 2027 (contoh)", date(2027, 4, 9)
CHANGE_REASON = (
    "Perubahan APBD Tahun 2027: anggaran peningkatan efektifitas dialihkan sebagian ke koordinasi."
)
CHANGE, CHANGED_ON = "DPPA Tahun 2027 (contoh)", date(2027, 8, 31)
CORRECTION_REASON = (
    "Dua dari tiga laporan koordinasi Triwulan II ternyata laporan Triwulan I yang dihitung dua kali."
)
INSTRUCTION = (
    "Dalam rangka pertanggungjawaban kinerja {period}, Saudara agar melaksanakan pengukuran data kinerja atas seluruh program, kegiatan, "
    "dan sub kegiatan sesuai dengan standar operasional prosedur, serta melaporkan hasilnya."
)

# when each act begins: 10.00 WIB on the days of the plan, 08.00 WIB on those of a cycle
PLAN_IS_MADE = datetime(2027, 1, 5, 3, tzinfo=UTC)
PLAN_IS_CHANGED = datetime(2027, 9, 6, 3, tzinfo=UTC)
BEGINS = {
    2: datetime(2027, 7, 5, 1, tzinfo=UTC),
    3: datetime(2027, 10, 4, 1, tzinfo=UTC),
    4: datetime(2028, 1, 3, 1, tzinfo=UTC),
}
CORRECTION_BEGINS = datetime(2027, 10, 11, 1, tzinfo=UTC)

Key = tuple[str, str]  # what an indicator begins with, or a code; and the sub unit
Figures = tuple[str | tuple[int, int] | None, ...]

# realisasi of TW I (data awal) to TW IV; a pair is numerator and denominator
REALISED: dict[Key, Figures] = {
    ("Indeks Kepuasan", ""): ("76", "84", "84", "76"),
    ("Persentase pengaduan", ""): ((9, 10), (8, 10), (0, 0), (10, 10)),
    ("Jumlah Laporan Koordinasi", ""): ("3", "3", "5", "5"),
    ("Jumlah Laporan Peningkatan", ""): ("1", "1", None, None),
    ("Persentase lembaga", ""): ("60", "64", "72", "80"),
    ("Nilai SAKIP", ""): (None, None, None, "77.4"),
    ("Jumlah Kelompok", ""): ("1", "1", "1", "1"),
    ("Jumlah Kelompok", KELURAHAN): ("2", "1", "1", "2"),
}
CORRECTED: dict[Key, Figures] = {("Jumlah Laporan Koordinasi", ""): ("3", "1", "5", "5")}
# realisasi of 2026, before the plan was measured here
REALISED_BEFORE: dict[Key, str | tuple[int, int]] = {
    ("Indeks Kepuasan", ""): "78",
    ("Persentase pengaduan", ""): (27, 30),
    ("Jumlah Laporan Koordinasi", ""): "11",
    ("Persentase lembaga", ""): "75",
    ("Nilai SAKIP", ""): "84",
    ("Jumlah Kelompok", ""): "4",
}
# millions of rupiah of TW I (data awal) to TW IV, and of 2026
MILLION = 1_000_000
SPENT: dict[Key, tuple[int | None, ...]] = {
    ("7.01.02.2.01.0001", ""): (8, 10, 12, 12),
    ("7.01.02.2.01.0002", ""): (1, 4, None, None),
    ("7.01.03.2.02.0003", ""): (6, 6, 6, 9),
    ("7.01.03.2.02.0003", KELURAHAN): (2, 1, 2, 4),
}
SPENT_BEFORE: dict[Key, int] = {("7.01.02.2.01.0001", ""): 38, ("7.01.03.2.02.0003", ""): 24}

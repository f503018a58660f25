"""The keys of each page, declared once: the box behind "?" and the help read them here. A page is named by the anchor of its help."""

from measurement.rules.sop import EVALUATE

Key = tuple[str, str]
ANYWHERE: tuple[Key, ...] = (
    ("?", "Menampilkan tombol-tombol halaman ini"),
    ("Ctrl K", "Membuka kotak lompat ke halaman, indikator, naskah, atau pegawai"),
    ("Esc", "Menutup kotak dan kembali ke tempat semula"),
)
KEYS: dict[str, tuple[Key, ...]] = {
    "kertas-kerja": (
        ("Enter", "Ke isian di baris berikutnya"),
        ("Shift Enter", "Ke isian di baris sebelumnya"),
        ("↑ ↓", "Ke isian di atas atau di bawahnya"),
        ("Esc", "Mengembalikan isian seperti sebelum diketik"),
        ("Ctrl V", "Menempel satu kolom atau tabel dari Excel mulai dari isian itu"),
    ),
    f"langkah-{EVALUATE.number}": (
        ("J", "Ke baris berikutnya"),
        ("K", "Ke baris sebelumnya"),
        ("A", "Terima baris ini"),
        ("R", "Kembalikan baris ini, lalu tulis alasannya"),
    ),
}


def keys_of(place: str) -> tuple[Key, ...]:
    """The keys of a page, its own first."""
    return (*KEYS.get(place, ()), *ANYWHERE)

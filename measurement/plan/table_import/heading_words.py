"""What people call the columns of figures, and those of layouts whose levels stand side by side, as data; `columns` has the rest."""

import re

from measurement.models import Level
from measurement.rules.periods import ROMAN

NUMERALS = {roman.lower(): str(number) for number, roman in ROMAN.items()}
SUM_OF_DPA = ("jumlah", "jumlah_rp")  # the money of a printed DPA, where nothing else is money or target
CHANGED_ENDS = ("perubahan", "sesudah", "sesudah_perubahan", "setelah_perubahan", "menjadi")
CHANGED = f"_(?:{'|'.join(CHANGED_ENDS)})"
YEAR_HEADINGS = {
    "target": re.compile(rf"(?:target(?:_kinerja)?(?:{CHANGED})?|k)_(?P<year>20\d\d)"),
    "pagu": re.compile(
        r"(?:(?:jumlah_)?(?:pagu|anggaran|dana|kebutuhan_dana|alokasi)(?:_(?:indikatif|validasi|anggaran|murni|perubahan|setelah_perubahan|rp))*|rp)_(?P<year>20\d\d)(?:_rp)?"
    ),
    "kas": re.compile(
        r"(?:(?:(?:rencana|anggaran|target)_)?kas|rencana_(?:penarikan|pencairan)(?:_dana)?)_(?:tw|triwulan)_?(?P<quarter>[1-4]|iv|i{1,3})_(?P<year>20\d\d)"
    ),
    "baseline": re.compile(r"(?:baseline|kondisi_awal)(?:_(?P<year>20\d\d))?"),
}
# K and Rp below "Target Kinerja dan Anggaran Renja … Tahun Berjalan (2026)", as on Form E.81
EVALUATED = re.compile(
    r"(?P<what>k|kinerja|target|rp|anggaran|keuangan)_target(?:_kinerja)?(?:_(?:dan|serta))?(?:_pagu)?(?:_anggaran)?_(?:renja|rkpd)(?:_.*)?"
)
NOT_OF_THE_YEAR = re.compile(r"renstra|rpjmd|realisasi|prakiraan|lalu|akhir_periode")
MONEY_WORDS = {"rp", "anggaran", "keuangan"}
BARE_PERIOD = re.compile(r"(?:target_(?:kinerja_)?)?(?P<period>.+?)(?:_target(?:_kinerja)?)?")
BACKWARDS = re.compile(r"(?P<number>iv|i{1,3}|[1-4])_(?:target_)?(?:kinerja_)?(?P<noun>tw|triwulan|tribulan)")
NOT_A_TARGET = re.compile(
    r"realisasi|anggaran|\bkas\b|\brp\b|capaian|pagu|serapan|penarikan|pencairan|keuangan|\bdana\b"
)
PERIOD_HEADING = re.compile(r"(?:target_)?(?P<period>.+)_(?P<year>20\d\d)")
# figures of the one year of a file whose headings name none, and the column that may name it
YEARLESS = {
    **dict.fromkeys(("target", "target_kinerja", *(f"target_{end}" for end in CHANGED_ENDS)), "target"),
    **{f"{word}_{end}": "pagu" for word in ("pagu", "anggaran") for end in CHANGED_ENDS},
    **dict.fromkeys(
        (
            "pagu",
            "anggaran",
            "pagu_validasi",
            "pagu_indikatif",
            "pagu_rp",
            "anggaran_rp",
            "pagu_anggaran",
            "jumlah_anggaran",
            "pagu_perubahan",
            "pagu_setelah_perubahan",
            "anggaran_perubahan",
            "anggaran_setelah_perubahan",
            "nilai",
        ),
        "pagu",
    ),
    **dict.fromkeys(("tahun", "tahun_anggaran"), "year"),
}
# headings of published tables that list whatever stands below each other in the column
LISTS = {
    "code": re.compile(r"kode_.*program.*kegiatan.*"),
    "indicator": re.compile(r"indikator_.*(?:outcome|output|program|kegiatan).*"),
    "name": re.compile(r".*program.*kegiatan.*"),
}
SIDE_BY_SIDE = {
    Level.PROGRAM.value: ("program",),
    Level.KEGIATAN.value: ("kegiatan", "giat"),
    Level.SUB_KEGIATAN.value: ("sub_kegiatan", "subkegiatan", "sub_giat"),
}
OF_ONE_LEVEL = {
    "code": ("kode_{}", "{}_kode"),
    "name": ("{}", "nama_{}", "nomenklatur_{}"),
    "outcome": ("outcome_{}", "output_{}", "hasil_{}", "kinerja_{}"),
    "indicator": ("indikator_{}", "indikator_kinerja_{}"),
    "measure": ("satuan_{}",),
    "target": ("target_{}",),
    "pagu": ("pagu_{}", "anggaran_{}"),
}
# heading → "level.key" of layouts whose levels stand side by side on each row
LEVEL_KEYS = {
    pattern.format(word): f"{level}.{key}"
    for level, words in SIDE_BY_SIDE.items()
    for word in words
    for key, patterns in OF_ONE_LEVEL.items()
    for pattern in patterns
}

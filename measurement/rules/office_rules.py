"""What an office decided about its figures, in words: named on screen and on every print."""

from .formulas import Rules
from .numbers import show_short


def cap_words(rules: Rules) -> str:
    """How a mean treats parts above the target."""
    return (
        "tanpa batas atas"
        if rules.mean_cap is None
        else f"dengan batas atas {show_short(rules.mean_cap)} % tiap bagian"
    )


def rules_words(rules: Rules) -> list[str]:
    """What the office decided about its figures, as it is named on every print."""
    zero = (
        ["Pada arah minimum, target 0 dengan realisasi 0 dihitung tercapai (100)."]
        if rules.zero_is_met
        else []
    )
    return [
        f"Capaian program, kegiatan, dan sasaran adalah rata-rata sederhana bagian di bawahnya {cap_words(rules)}; "
        "yang tidak dapat dihitung atau tidak direncanakan tidak dimasukkan dan disebut jumlahnya. "
        "Bila tidak ada bagian di bawahnya yang dapat dihitung, dipakai rata-rata indikator sendiri.",
        *zero,
        "Serapan = jumlah realisasi anggaran ÷ jumlah pagu × 100.",
        efficiency_words(rules),
        f"Predikat menurut {rules.scale}.",
    ]


def efficiency_words(rules: Rules) -> str:
    """By which rule capaian and serapan make an efficiency."""
    limit = show_short(rules.threshold)
    return (
        f"Efisiensi = capaian s.d. triwulan − serapan atas pagu setahun: di atas {limit} efisien, −{limit} sampai dengan {limit} cukup efisien, "
        f"di bawah −{limit} tidak efisien."
    )


def scale_words(rules: Rules) -> str:
    """What is said once for all predicates and roundings."""
    return f"Angka dihitung dari nilai penuh dan baru dibulatkan (setengah ke atas, dua desimal) saat ditampilkan. Predikat menurut {rules.scale}."

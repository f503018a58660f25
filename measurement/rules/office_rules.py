"""What an office decided about its figures, in words: named on screen and on every print."""

from .formulas import FIRST_EDITION, LEAD_LABELS, Lead, Rules
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
        [
            "Pada arah minimum dengan target 0, realisasi 0 dihitung tercapai (100) dan realisasi di atas 0 tidak tercapai (0)."
        ]
        if rules.zero_is_met
        else []
    )
    return [
        *_lead_sentences(rules),
        f"Rata-rata dihitung sederhana, {cap_words(rules)}; yang tidak dapat dihitung, belum waktunya, atau tidak direncanakan tidak dimasukkan "
        "dan disebut jumlahnya.",
        *zero,
        "Serapan = jumlah realisasi anggaran ÷ jumlah pagu × 100.",
        efficiency_words(rules),
        f"Predikat menurut {rules.scale}.",
    ]


def _lead_sentences(rules: Rules) -> list[str]:
    """Which figure leads on each level of the tree."""
    levels = ", ".join(f"{level} {LEAD_LABELS[lead]}" for level, lead in rules.leads.items())
    if not levels:
        return []
    without = (
        " Bagian tanpa indikator sendiri memakai rata-rata bagian di bawahnya; indikator sendiri yang belum diukur tidak diganti rata-rata itu."
        if Lead.OWN in rules.leads.values()
        else ""
    )
    return [
        f"Capaian perangkat daerah adalah rata-rata sasaran. Yang memimpin pada tiap tingkat: {levels}; sub kegiatan rata-rata indikatornya.{without}"
    ]


def efficiency_words(rules: Rules) -> str:
    """By which rule capaian and serapan make an efficiency."""
    limit = show_short(rules.threshold)
    base = (
        "capaian s.d. periode − serapan atas pagu setahun"
        if rules.edition == FIRST_EDITION
        else "capaian − serapan pada dasar yang sama (s.d. periode terhadap anggaran kas, atau setahun terhadap pagu pada akhir tahun)"
    )
    return (
        f"Efisiensi = {base}: di atas {limit} efisien, −{limit} sampai dengan {limit} cukup efisien, "
        f"di bawah −{limit} tidak efisien."
    )


def scale_words(rules: Rules) -> str:
    """What is said once for all predicates and roundings."""
    return f"Angka dihitung dari nilai penuh dan baru dibulatkan (setengah ke atas, dua desimal) saat ditampilkan. Predikat menurut {rules.scale}."

"""One heading of a published table taken apart: what the column holds, of which period, in which unit. Headings may stand in several rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from measurement.spreadsheets.money_scale import without_scale

TARGET, REALISED, CAPAIAN = "target", "realisasi", "capaian_published"
PAGU, SPENT, SERAPAN = "pagu", "realisasi_anggaran", "serapan_published"
KNOWN = ("direction", TARGET, REALISED, CAPAIAN, PAGU, SPENT, SERAPAN)
PERCENT_OF_BOTH = "percent"  # a bare "%": which percentage it is follows from what stands before it
OTHER_PERCENT = "persentase_lain"  # a percentage of which nothing is known but that it is one
CODE, LEVEL, OWN_CAPAIAN, MEAN_BELOW, WEIGHT = (
    "kode",
    "tingkat",
    "capaian_sendiri",
    "rata_di_bawah",
    "bobot",
)
NAMES = {
    "arah": "direction",
    "polaritas": "direction",
    "polarisasi": "direction",
    "target kinerja": TARGET,
    "target indikator": TARGET,
    "target indikator kinerja": TARGET,
    "target pk": TARGET,
    "target perjanjian kinerja": TARGET,
    "realisasi kinerja": REALISED,
    "realisasi fisik": REALISED,
    "realisasi target": REALISED,
    "jumlah realisasi": REALISED,
    "realisasi capaian": REALISED,
    "realisasi capaian kinerja": REALISED,
    "realisasi indikator": REALISED,
    "realisasi indikator kinerja": REALISED,
    "capaian": CAPAIAN,
    "capaian kinerja": CAPAIAN,
    "tingkat capaian": CAPAIAN,
    "tingkat capaian kinerja": CAPAIAN,
    "persentase capaian": CAPAIAN,
    "persentase capaian kinerja": CAPAIAN,
    "persen capaian": CAPAIAN,
    "capaian target": CAPAIAN,
    "capaian target kinerja": CAPAIAN,
    "capaian indikator": CAPAIAN,
    "capaian indikator kinerja": CAPAIAN,
    "persentase tingkat capaian": CAPAIAN,
    "anggaran": PAGU,
    "pagu dana": PAGU,
    "pagu dpa": PAGU,
    "anggaran belanja": PAGU,
    "jumlah anggaran": PAGU,
    "pagu anggaran": PAGU,
    "alokasi anggaran": PAGU,
    "target anggaran": PAGU,
    "realisasi keuangan": SPENT,
    "realisasi belanja": SPENT,
    "realisasi pagu": SPENT,
    "realisasi dana": SPENT,
    "realisasi anggaran belanja": SPENT,
    "serapan": SERAPAN,
    "serapan anggaran": SERAPAN,
    "penyerapan": SERAPAN,
    "penyerapan anggaran": SERAPAN,
    "persentase serapan": SERAPAN,
    "persentase serapan anggaran": SERAPAN,
    "persentase penyerapan": SERAPAN,
    "persentase realisasi anggaran": SERAPAN,
    "persentase realisasi keuangan": SERAPAN,
    "tingkat serapan": SERAPAN,
    "tingkat serapan anggaran": SERAPAN,
    "tingkat penyerapan": SERAPAN,
    "tingkat penyerapan anggaran": SERAPAN,
    "daya serap": SERAPAN,
    "persen serapan": SERAPAN,
    "persen penyerapan": SERAPAN,
    "capaian anggaran": SERAPAN,
    "capaian keuangan": SERAPAN,
    "persen": PERCENT_OF_BOTH,
    "persentase": PERCENT_OF_BOTH,
    "persentase realisasi": PERCENT_OF_BOTH,
    "kode": CODE,
    "kode rekening": CODE,
    "tingkat": LEVEL,
    "capaian indikator sendiri": OWN_CAPAIAN,
    "rata-rata di bawahnya": MEAN_BELOW,
    "bobot": WEIGHT,
} | {name.replace("_", " "): name for name in KNOWN}
OF_MONEY = {TARGET: PAGU, REALISED: SPENT, CAPAIAN: SERAPAN}
MONEY_PARENT = re.compile(r"\b(?:anggaran|keuangan|belanja|dana)\b", re.IGNORECASE)
WORK_PARENT = re.compile(r"\b(?:kinerja|fisik|indikator)\b", re.IGNORECASE)
SOME_PERCENTAGE = re.compile(r"\b(?:capaian|serapan|penyerapan|kemajuan)\b")
OURS = re.compile(r"\b(?:computed|verdict|indikator|predikat|kategori|analisis|keterangan)\b")
MONEY_UNIT = re.compile(r"[(\[]?\s*\b(?:rp|rupiah)\b", re.IGNORECASE)
UNIT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|%|\brp\b\.?|\brupiah\b", re.IGNORECASE)
STEP = r"(?:tw|triwulan|semester|smt|bulan|catur ?wulan)"
MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
PERIOD = re.compile(
    rf"(?:(?:s\.? ?/?d\.?|sampai dengan|hingga) *)?\b{STEP}\b[ .]*(?:ke-?)?(?:[ivx]{{1,4}}\b|[0-9]{{1,2}}\b|(?:{MONTHS})\b)?(?: *(?:lalu|ini)\b)?"
    r"|\b(?:tahun|th\.?|ta\.?)\b *(?:ke-? *[0-9]|n *[-+] *[0-9]|n\b|lalu\b|berjalan\b|ini\b|sebelumnya\b|anggaran\b)"
    rf"|\b(?:{MONTHS})\b"
    r"|(?:\b(?:tahun|th\.?|ta\.?) *)?(?<![0-9.,])(?:20[0-9]{2}|n *[-+] *[0-9])(?![0-9])(?: *[-–/] *20[0-9]{2})?"
    r"|\b(?:setahun|tahunan|tahun|akhir|awal|lalu|renstra|rpjmd|(?:(?:sebelum|setelah|sesudah) *)?(?:murni|perubahan))\b",
    re.IGNORECASE,
)
WORKING = re.compile(
    r"(?:\s[0-9a-z]{0,2})? ?= ?[^=]*$", re.IGNORECASE
)  # of "Capaian (%) 5 = 4 / 3 x 100" and "Capaian = R/T"
YEAR_WORD = re.compile(r"\b(?:tahun|th\.?|ta\.?) *(?=20[0-9]{2})", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnHeading:
    """What one column holds. `period` is empty where the heading names none; `is_exact`: the name stands there as we write it."""

    place: int
    name: str
    period: str = ""
    is_exact: bool = False
    is_money: bool = False
    is_percent: bool = False
    above: str = ""  # what stands in the heading above, if it is no name of a column


def heading_name(heading) -> str:
    return "_".join(str(heading).replace("\ufeff", "").casefold().replace("_", " ").split())


def column_heading(place: int, parts: Sequence[str]) -> ColumnHeading | None:
    """The column of these headings, from the uppermost to its own; None for one that is not known.

    A column that is only a year, a unit or blank takes its name from the heading above: "Realisasi" over 2023 and 2024.
    """
    texts = [text for part in parts if (text := _plain(part))]
    if not texts:
        return None
    named = _naming(texts)
    name = _name(named)
    if name is None:
        return None
    others = texts[: texts.index(named)]
    joined = " ".join(texts)
    parent = " ".join(others)
    is_money = bool(MONEY_UNIT.search(joined))
    if MONEY_PARENT.search(parent) and not WORK_PARENT.search(parent):
        name, is_money = OF_MONEY.get(name, name), True
    return ColumnHeading(
        place,
        name,
        _period(texts),
        heading_name(parts[-1]) in KNOWN,
        is_money,
        "%" in joined or "persen" in joined.casefold(),
        parent,
    )


def _naming(texts: Sequence[str]) -> str:
    """The heading that says what the column holds: its own, or one above if its own is a year or unit; "%" under "Anggaran" is no pagu."""
    named = next((text for text in reversed(texts) if _bare(text)), texts[-1])
    is_percent = _name(texts[-1]) == PERCENT_OF_BOTH
    return texts[-1] if is_percent and _name(named) in (None, PAGU, TARGET) else named


def _plain(part) -> str:
    return " ".join(str(part).replace("\ufeff", "").replace("_", " ").split())


def _bare(text: str) -> str:
    """Without units and periods, in small letters."""
    plain = WORKING.sub("", UNIT.sub(" ", PERIOD.sub(" ", without_scale(text))))
    bare = " ".join(plain.casefold().split()).strip(" .:-–()*")
    return bare.replace("pencapaian", "capaian").replace("prosentase", "persentase")


def _name(text: str) -> str | None:
    bare = _bare(text)
    if not bare:
        return PERCENT_OF_BOTH if "%" in text and not PERIOD.search(text) else None
    if bare not in NAMES and SOME_PERCENTAGE.search(bare) and not OURS.search(bare):
        return OTHER_PERCENT
    return NAMES.get(bare)


def _period(texts: Sequence[str]) -> str:
    """What the headings say of the period, each thing once, in the order in which they stand: "2024 TW I"."""
    found: dict[str, str] = {}
    for text in texts:
        for match in PERIOD.finditer(text):
            said = YEAR_WORD.sub("", " ".join(match[0].split())).strip(" .")
            found.setdefault(said.casefold(), said)
    return " ".join(found.values())

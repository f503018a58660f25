"""What must hold between the lines of a plan's table: the tree, repeated codes, periods, and the printed pagu against the sums."""

from collections.abc import Iterator
from decimal import Decimal

from measurement.models import Level
from measurement.rules.accumulations import ACCUMULATIONS, total
from measurement.rules.methods import METHODS, Need
from measurement.rules.numbers import show_money, show_short, storable
from measurement.rules.periods import period_named

from .cells import default_accumulation
from .changes import Stored
from .columns import PlanLayout, WrongPlanCell
from .keys import IndicatorKey, NodeKey
from .lines import PlanLine, PlanReading
from .measuring_times import settle_schedules, take_apart
from .score_cells import wrong_scores

RANK: dict[str, int] = {
    level: rank
    for rank, level in enumerate((Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN))
}
DOTS_OF_SUB_KEGIATAN = 5  # 7.01.02.2.01.0001
ABOVE: dict[str, str] = {Level.KEGIATAN: "program", Level.SUB_KEGIATAN: "kegiatan"}


def parents(lines: list[PlanLine], codes: set[str], stored: Stored) -> dict[str, str]:
    """Code → code of its parent: as written, else the longest code that it begins with; a sasaran stays on top."""
    known = codes | {key.code for key in stored.nodes}
    found: dict[str, str] = {}
    for line in lines:
        if line.level != Level.SASARAN and not found.get(line.code):
            found[line.code] = line.parent or _prefix(line.code, known)
    return found


def _prefix(code: str, known: set[str]) -> str:
    while "." in code:
        code = code.rpartition(".")[0]
        if code in known:
            return code
    return ""


def check_lines(
    reading: PlanReading, layout: PlanLayout, stored: Stored, approved: set[int]
) -> tuple[list[WrongPlanCell], list[str]]:
    """Wrong cells, and remarks on what may stay as it is. `approved` are the years of the plan that a document fixed.

    Lines that name no schedule get the one that their periods show.
    """
    apart = list(take_apart(reading.lines, layout, stored))
    timed, concluded = settle_schedules(reading.lines, layout, stored)
    parent_of = parents(reading.lines, reading.codes, stored)
    wrong = [
        *_repeated(reading.lines, layout),
        *_levels(reading.lines, layout, stored, approved),
        *_tree(reading, layout, stored, parent_of),
        *_bare(reading.lines, layout, stored),
        *_definitions(reading.lines, layout, stored),
        *wrong_scores(reading.lines, layout, stored),
        *timed,
    ]
    remarks = [
        *apart,
        *_renamed(reading.lines),
        *_period_sums(reading.lines, layout.years, stored),
        *_cash_sums(reading.lines, layout.years),
        *_other_periods(layout, stored),
        *concluded,
    ]
    if not wrong and not reading.wrong:
        remarks += _printed_sums(reading.lines, layout.years, parent_of)
    return wrong, remarks


def _repeated(lines: list[PlanLine], layout: PlanLayout) -> Iterator[WrongPlanCell]:
    """The same indicator twice, one code on two levels, or a second and different pagu."""
    seen: dict[IndicatorKey, int] = {}
    first: dict[NodeKey, PlanLine] = {}
    levels: dict[str, PlanLine] = {}
    for line in lines:
        key = (line.key, line.indicator)
        if key in seen:
            what = "Indikator ini sudah ada untuk" if line.indicator else "Tanpa indikator sudah ada"
            sentence = f"{what} kode {line.key} pada baris {seen[key]}{_other_sub_unit(line)}."
            yield _wrong(
                layout, "indicator" if line.indicator else "code", line, line.indicator or line.code, sentence
            )
        seen.setdefault(key, line.number)
        leveled = levels.setdefault(line.code, line)
        if leveled.level != line.level:
            yield _wrong(
                layout,
                "level",
                line,
                line.level,
                f"Kode {line.code} pada baris {leveled.number} bertingkat {leveled.level}.",
            )
        known = first.setdefault(line.key, line)
        for year in layout.years:
            amount = line.figure("pagu", year)
            if known is not line and amount is not None and amount != known.figure("pagu", year):
                sentence = f"Pagu kode {line.key} ditulis sekali saja, pada baris {known.number}{_other_sub_unit(line)}."
                yield _wrong(layout, f"pagu_{year}", line, show_money(amount), sentence)


def _other_sub_unit(line: PlanLine) -> str:
    """How a line is told from one of the same code."""
    return (
        "; isi kolom sub_unit bila baris ini milik kelurahan lain" if line.level == Level.SUB_KEGIATAN else ""
    )


def _levels(
    lines: list[PlanLine], layout: PlanLayout, stored: Stored, approved: set[int]
) -> Iterator[WrongPlanCell]:
    """A branch of an approved plan keeps its level, for its pagu hangs on that; and the code of a sub kegiatan is no program's."""
    for line in lines:
        node = stored.nodes.get(line.key)
        if approved and node and node.level != line.level:
            known = node.get_level_display().lower()
            sentence = f"Kode {line.code} sudah tersimpan sebagai {known}; tingkatnya tidak dapat diubah setelah rencana ditetapkan."
            yield _wrong(layout, "level", line, line.level, sentence)
        elif line.level in (Level.PROGRAM, Level.KEGIATAN) and line.code.count(".") == DOTS_OF_SUB_KEGIATAN:
            yield _wrong(layout, "level", line, line.level, f"Kode {line.code} berbentuk kode sub kegiatan.")


def _tree(
    reading: PlanReading, layout: PlanLayout, stored: Stored, parent_of: dict[str, str]
) -> Iterator[WrongPlanCell]:
    levels = {key.code: node.level for key, node in stored.nodes.items()} | {
        line.code: line.level for line in reading.lines
    }
    for line in reading.lines:
        parent = parent_of.get(line.code, "")
        if line.parent and line.parent not in levels and line.parent not in reading.codes:
            sentence = f"Kode induk {line.parent} tidak ada di berkas ini maupun di rencana."
            yield _wrong(layout, "parent", line, line.parent, sentence)
        elif parent in levels and RANK[levels[parent]] >= RANK[line.level]:
            sentence = (
                f"Induknya ({parent}, {levels[parent]}) harus bertingkat lebih tinggi daripada {line.level}."
            )
            yield _wrong(layout, "code", line, line.code, sentence)
        elif not parent and line.level in ABOVE and not _keeps_parent(line.key, stored):
            sentence = f"Tidak ada {ABOVE[line.level]} yang menjadi awalan kode {line.code}; tambahkan barisnya atau isi kolom induk."
            yield _wrong(layout, "code", line, line.code, sentence)


def _keeps_parent(key: NodeKey, stored: Stored) -> bool:
    return key in stored.nodes and stored.nodes[key].parent_id is not None


def _definitions(lines: list[PlanLine], layout: PlanLayout, stored: Stored) -> Iterator[WrongPlanCell]:
    """What a direction needs, from the file or as it is stored."""
    for line in lines:
        known = stored.indicators.get((line.key, line.indicator))
        method = line.method or (known.method if known else "")
        yield from _spans(line, layout, stored, method)
        low, high = (
            value if value is not None else getattr(known, name, None)
            for name, value in (("low", line.low), ("high", line.high))
        )
        if _needs(line.method, Need.BOUNDS) and (low is None or high is None or low > high):
            yield _wrong(
                layout,
                "method",
                line,
                line.method,
                f"Arah {line.method} memerlukan batas_bawah dan batas_atas yang berurutan.",
            )
        if line.score_scale and not _needs(method, Need.SCORES):
            yield _wrong(
                layout,
                "score_scale",
                line,
                line.score_scale,
                "Skala skor hanya untuk arah predikat; isi arahnya atau kosongkan sel ini.",
            )


def _spans(line: PlanLine, layout: PlanLayout, stored: Stored, method: str) -> Iterator[WrongPlanCell]:
    """Spans where the direction is no range. The first of a range without bounds becomes that of its indicator."""
    cells = [
        (f"{kind}_{year}", span)
        for year in layout.years
        for kind in ("target", *(period.key for period in stored.frequencies[year].periods))
        if (span := line.span(kind, year))
    ]
    if _needs(method, Need.BOUNDS):
        for _, span in cells[:1]:
            known = stored.indicators.get((line.key, line.indicator))
            if None in (line.low, line.high) and not (known and known.span):
                line.low, line.high = storable(span.low), storable(span.high)
        return
    for key, span in cells:
        yield _wrong(
            layout,
            key,
            line,
            span.plain,
            f"{span} adalah rentang; tulis satu angka, atau pilih arah rentang.",
        )


def _needs(method: str, need: Need) -> bool:
    return bool(method) and METHODS[method].needs == need


def _bare(lines: list[PlanLine], layout: PlanLayout, stored: Stored) -> Iterator[WrongPlanCell]:
    """A sasaran, program or kegiatan may come without an indicator, a sub kegiatan if it has pagu, be it 0. An indicator needs its unit."""
    paid = {line.key for line in lines for year in layout.years if line.figure("pagu", year) is not None}
    paid |= {key for key, _ in stored.pagu}
    for line in lines:
        told = line.measure or any(
            line.figure("target", year) is not None or any(line.of_periods(stored.frequencies[year], year))
            for year in layout.years
        )
        if line.indicator and not line.measure:
            yield _wrong(layout, "measure", line, "", "Kolom ini wajib diisi untuk sebuah indikator.")
        elif not line.indicator and told:
            yield _wrong(
                layout, "indicator", line, "", "Kolom ini wajib diisi, karena satuan atau targetnya terisi."
            )
        elif not line.indicator and line.level == Level.SUB_KEGIATAN and line.key not in paid:
            yield _wrong(layout, "indicator", line, "", "Sub kegiatan tanpa indikator harus memiliki pagu.")


def _wrong(layout: PlanLayout, key: str, line: PlanLine, value: str, sentence: str) -> WrongPlanCell:
    return WrongPlanCell(layout.cell(key, line.number, line.level), value, sentence)


def _renamed(lines: list[PlanLine]) -> Iterator[str]:
    first: dict[str, PlanLine] = {}
    for line in lines:
        known = first.setdefault(line.code, line)
        if known.name != line.name:
            yield f"Baris {line.number}: nama kode {line.code} berbeda dari baris {known.number}; yang dipakai “{known.name}”."


def _other_periods(layout: PlanLayout, stored: Stored) -> Iterator[str]:
    """Columns of periods in which the year is not measured: nothing is taken from them."""
    columns = {key for found in (layout.columns, *layout.of_level.values()) for key in found}
    told: dict[int, list[str]] = {}
    for key in sorted(columns):
        name, _, year = key.rpartition("_")
        period = period_named(name)
        if period and period.frequency != stored.frequencies[int(year)]:
            told.setdefault(int(year), []).append(key)
    for measured, keys in told.items():
        frequency = stored.frequencies[measured]
        yield f"Tahun {measured} diukur tiap {frequency.noun}; kolom {', '.join(keys)} tidak dipakai."


def _period_sums(lines: list[PlanLine], years: list[int], stored: Stored) -> Iterator[str]:
    for line in lines:
        accumulation = line.accumulation or default_accumulation(line.measure, line.method)
        for year in years:
            frequency = stored.frequencies[year]
            given, annual = line.of_periods(frequency, year), line.figure("target", year)
            shared = total(given)
            if ACCUMULATIONS[accumulation].adds_up and None not in (shared, annual) and shared != annual:
                told = f"jumlah target {frequency.noun} {year} adalah {show_short(shared)}, target setahun {show_short(annual)}"
                yield f"Baris {line.number}: {told}."


def _cash_sums(lines: list[PlanLine], years: list[int]) -> Iterator[str]:
    """Anggaran kas spreads the pagu over the year: it can't be more."""
    for line in lines:
        for year in years:
            cash, pagu = total(line.cash(year)), line.figure("pagu", year)
            if cash is not None and (pagu is None or cash > pagu):
                told = f"pagu {show_money(pagu)}" if pagu is not None else "pagunya tidak ada di berkas"
                yield f"Baris {line.number}: anggaran kas {year} berjumlah {show_money(cash)}, {told}."


def _printed_sums(lines: list[PlanLine], years: list[int], parent_of: dict[str, str]) -> Iterator[str]:
    """The pagu printed on program and kegiatan against the sum of their sub kegiatan."""
    printed: dict[tuple[NodeKey, int], Decimal] = {}
    sums: dict[tuple[str, int], Decimal] = {}
    for line in lines:
        for year in years:
            amount = line.figure("pagu", year)
            if amount is None or (line.key, year) in printed:
                continue
            printed[line.key, year] = amount
            above = parent_of.get(line.code, "")
            while line.level == Level.SUB_KEGIATAN and above:
                sums[above, year] = sums.get((above, year), Decimal(0)) + amount
                above = parent_of.get(above, "")
    for (code, year), summed in sums.items():
        stated_here = printed.get((NodeKey(code), year))
        if stated_here is not None and stated_here != summed:
            stated = show_money(stated_here)
            yield f"Pagu {code} tahun {year} tertulis {stated}, jumlah sub kegiatannya {show_money(summed)}; yang dipakai jumlah itu."

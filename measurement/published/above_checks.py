"""Rows that are sums or means of the rows above them: Jumlah, Total, Rata-rata. Each of their figures is held against those rows.

Which rows are meant is not printed: those since the last such row, all above, those of the highest or the lowest level, or the sums in between.
The first of these that gives the printed figure holds, and it is said where it is not the first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, islice

from measurement.rules.accumulations import mean_of
from measurement.rules.figure import HUNDRED
from measurement.rules.numbers import show, show_short

from .checked_table import FigureCheck
from .comparing import CAPS, Check, FigureVerdict, compare_published, compare_sum, judge
from .computing import Attempt, Measured, capaian_attempts, serapan_attempts
from .heading_parts import CAPAIAN, PAGU, REALISED, SERAPAN, SPENT, TARGET
from .inputs import PARTS_ROUNDED, rounded_off, within_slack
from .printed import Printed, PrintedReading, PrintedState
from .table_rows import MEAN, SUM, TableRow

SUMMED = {TARGET: "target", REALISED: "realisasi", PAGU: "pagu", SPENT: "realisasi anggaran"}
FIGURES = {CAPAIAN: ("capaian", TARGET, REALISED), SERAPAN: ("serapan", PAGU, SPENT)}
PRINTED = "rata-rata dari angka yang dicetak"
MOST_SECTIONS = 6
NOTHING_ABOVE = "tidak ada angka pada baris di atasnya"
PARENT_SERAPAN = "serapan induk dihitung dari jumlah realisasi ÷ jumlah pagu"

Scope = tuple[str, Sequence[TableRow]]


def check_sums(rows: Sequence[TableRow], place: int, group: int, label: str) -> Iterator[FigureCheck]:
    """Target, realisasi and money of a sum or mean row, each against the rows above."""
    row = rows[place]
    kind = SUM if SUM in row.summary else MEAN
    for name, words in SUMMED.items():
        cell = row.cell(group, name)
        if cell.state != PrintedState.NUMBER:
            continue
        # money below a mean of percentages is often summed up
        kinds = (kind,) if kind == SUM else (MEAN, SUM)
        attempts = [
            _attempt(value, "" if one == kind else one, said, slack=slack)
            for one in kinds
            for said, found in _scopes(rows, place, kind)
            for value, slack in _put_together(one, [row.reading_of(group, name) for row in found])
        ]
        check = _judge_number(attempts, cell)
        yield FigureCheck(f"{kind} {words}", label, "", "", cell.text.strip(), check)


def check_above(rows: Sequence[TableRow], place: int, group: int, name: str) -> Check:
    """Capaian or serapan of a sum or mean row."""
    row, published = rows[place], rows[place].cell(group, name)
    if published.state == PrintedState.BLANK:
        return Check()
    ways = [_own(row, group, name), _of_rows(rows, place, group, name)]
    attempts = _until_equal(chain(*(ways[::-1] if row.summary == {MEAN} else ways)), published)
    if published.state != PrintedState.NUMBER or not attempts:
        said = f"dokumen mencetak “{published.text.strip()}”"
        return Check(FigureVerdict.UNCOMPUTABLE, notes=(NOTHING_ABOVE, said))
    check = judge(attempts, published)
    return check if check.verdict != FigureVerdict.DIFFERENT else _hinted(check, rows, place, group, name)


def _until_equal(attempts: Iterable[Attempt], published: Printed) -> list[Attempt]:
    """Those up to the first that gives the printed figure: the others need not be computed in a long table."""
    tried: list[Attempt] = []
    for attempt in attempts:
        tried.append(attempt)
        if published.readings and judge([attempt], published).verdict == FigureVerdict.EQUAL:
            return [attempt]
    return tried


# The rows that are meant


def _scopes(rows: Sequence[TableRow], place: int, kind: str) -> list[Scope]:
    """What may be summed up, the likeliest first; each only once."""
    above = [row for row in rows[:place] if row.is_data]
    since = max((n for n, row in enumerate(rows[:place]) if kind in row.summary), default=-1)
    section = [row for row in rows[since + 1 : place] if row.is_data]
    subtotals = [row for row in rows[:place] if kind in row.summary]
    scopes: list[Scope] = [*_by_level(section), ("", section)]
    scopes += [*_by_level(above), ("dari semua baris di atasnya", above)]
    scopes += [(f"dari baris {kind} di atasnya", subtotals)]
    alike = [*_by_outline(section), *_by_outline(above)]
    scopes += [one for one in alike if kind == SUM or len(one[1]) > 1]  # one row is no mean
    scopes += _since(rows[:place])
    found: dict[tuple[int, ...], Scope] = {}
    for said, wanted in scopes:
        if wanted:
            found.setdefault(tuple(row.number for row in wanted), (said if found else "", wanted))
    return list(found.values())


def _by_level(rows: Sequence[TableRow]) -> list[Scope]:
    """Only the highest branches, or only what stands lowest: adding parents to their children would count twice."""
    levels = sorted({row.level for row in rows if row.level is not None})
    if len(levels) < 2:
        return []
    lowest = [row for row in rows if row.level is None] or [row for row in rows if row.level == levels[-1]]
    return [
        ("dari baris tingkat teratas", [row for row in rows if row.level == levels[0]]),
        ("dari baris tingkat terbawah", lowest),
        (f"dari baris tingkat terbawah {levels[-1]}", [row for row in rows if row.level == levels[-1]]),
    ]


def _by_outline(rows: Sequence[TableRow]) -> list[Scope]:
    """Only the rows that are numbered alike: parents are told from their children by 1 and a, I and 1, or a number and none."""
    kinds = list(dict.fromkeys(row.outline for row in rows))
    if len(kinds) < 2:
        return []
    return [
        (
            f"dari baris bernomor seperti “{kind}”" if kind else "dari baris tanpa nomor",
            [row for row in rows if row.outline == kind],
        )
        for kind in kinds
    ]


def _since(rows: Sequence[TableRow]) -> Iterator[Scope]:
    """From below an earlier sum, the nearest first: a section that has sums of its own in it."""
    sums = [place for place, row in enumerate(rows) if row.summary]
    for place in reversed(sums[-MOST_SECTIONS:]):
        yield f"dari baris {rows[place].number + 1} ke bawah", [row for row in rows[place:] if row.is_data]


def _put_together(kind: str, readings: Sequence[PrintedReading | None]) -> list[tuple[Fraction, Fraction]]:
    """The sum or mean, and how far it may be off because its parts were rounded before they were printed."""
    found = [reading for reading in readings if reading is not None]
    parts = 1 if kind == SUM else len(found)
    value = sum((Fraction(reading.value) for reading in found), Fraction(0))
    return [(value / parts, sum(map(rounded_off, found), Fraction(0)) / parts)] if found else []


def _slack_of(readings: Sequence[PrintedReading | None], known: Sequence[bool]) -> Fraction:
    """Of a mean of printed percentages: those that could be computed are known exactly, the others may have been rounded."""
    found = [
        Fraction(0) if is_known else rounded_off(reading, is_measured=True)
        for reading, is_known in zip(readings, known, strict=True)
        if reading is not None
    ]
    return sum(found, Fraction(0)) / max(1, len(found))


# The figures


def _own(row: TableRow, group: int, name: str) -> list[Attempt]:
    """From the sums that the row prints itself."""
    base, realised = (row.cell(group, one) for one in FIGURES[name][1:])
    if name == SERAPAN:
        return serapan_attempts(base, realised)
    return capaian_attempts(Measured("maksimum", base, realised))


def _of_rows(rows: Sequence[TableRow], place: int, group: int, name: str) -> Iterator[Attempt]:
    """From the rows above: means of what was computed, then of what is printed; money by its sums; a sum of percentages last."""
    kinds = rows[place].summary
    scopes = _scopes(rows, place, MEAN if MEAN in kinds else SUM)
    if name == CAPAIAN:
        yield from islice(_means(scopes, group, name), 1)
        yield from _means_of_sections(rows[:place], group)
    if MEAN in kinds or name == CAPAIAN:
        yield from _means(scopes, group, name)
    if name == SERAPAN:
        yield from _ratios(scopes, group, "jumlah realisasi ÷ jumlah pagu" if MEAN in kinds else "")
    if SUM in kinds and name == CAPAIAN:
        for scope, found in scopes:
            for value, _ in _put_together(SUM, [row.reading_of(group, name) for row in found]):
                yield _attempt(value, "jumlah persentase", scope)


def _means_of_sections(rows: Sequence[TableRow], group: int) -> Iterator[Attempt]:
    """A headline is the mean of the sasaran, each of them that of its indicators: below a row without figures, or beside a number that is printed once."""
    values = [
        mean_of([row.computed(FIGURES[CAPAIAN][0], group) for row in section])
        for section in _sections(rows, group)
    ]
    value = mean_of(values)
    if value is not None and sum(one is not None for one in values) > 1:
        yield _attempt(value, "rata-rata dari rata-rata tiap bagian")


def _sections(rows: Sequence[TableRow], group: int) -> list[list[TableRow]]:
    """The indicators of each of the highest branches; without branches, those below each title or number."""
    data = [row for row in rows if row.is_data]
    top = min((row.level for row in data if row.level is not None), default=None)
    titles = {row.number for row in data if not row.holds(group, TARGET, REALISED, CAPAIAN)}
    found: list[list[TableRow]] = []
    is_open = True
    for row in data:
        if top is not None:
            begins, is_open = row.level is not None, row.level == top if row.level is not None else is_open
        else:
            begins = row.number in titles if titles else bool(row.outline)
        if begins:
            found.append([])
        if found and is_open:
            found[-1].append(row)
    return found


def _means(scopes: Sequence[Scope], group: int, name: str) -> Iterator[Attempt]:
    for scope, found in scopes:
        value = mean_of([row.computed(FIGURES[name][0], group) for row in found])
        if value is not None:
            yield _attempt(value, scope)
    for scope, found in scopes:
        readings = [row.reading_of(group, name) for row in found]
        known = [row.computed(FIGURES[name][0], group) is not None for row in found]
        for value, _ in _put_together(MEAN, readings):
            yield _attempt(value, PRINTED, scope, slack=_slack_of(readings, known))


def _ratios(scopes: Sequence[Scope], group: int, said: str) -> Iterator[Attempt]:
    for scope, found in scopes:
        value = _ratio_of_sums(found, group, PAGU, SPENT)
        if value is not None:
            yield _attempt(value, said, scope)


def _attempt(value: Fraction, *remarks: str, slack: Fraction = Fraction(0)) -> Attempt:
    return Attempt(value, remarks=tuple(filter(None, remarks)), slack=slack)


def _ratio_of_sums(rows: Sequence[TableRow], group: int, base: str, realised: str) -> Fraction | None:
    bases, reached = ([row.number_of(group, name) for row in rows] for name in (base, realised))
    whole = sum((value for value in bases if value is not None), Fraction(0))
    part = sum((value for value in reached if value is not None), Fraction(0))
    return part / whole * HUNDRED if whole else None


def _hinted(check: Check, rows: Sequence[TableRow], place: int, group: int, name: str) -> Check:
    """A difference with what would give it: means of percentages of money, blanks that count as 0, parts that are capped."""
    published = rows[place].cell(group, name)
    hints: dict[Fraction, str] = {}
    for said, value in _other_means(rows, place, group, name):
        if any(
            compare_published(r.shown, r.places, value) != FigureVerdict.DIFFERENT for r in published.readings
        ):
            hints.setdefault(value, f"cocok dengan {said.format(show(value))}")
    return replace(check, notes=(*check.notes, *hints.values()), is_explained=True) if hints else check


def _other_means(
    rows: Sequence[TableRow], place: int, group: int, name: str
) -> Iterator[tuple[str, Fraction]]:
    """Sentences with a place for the value, and the values."""
    word, base, realised = FIGURES[name]
    for _, found in _scopes(rows, place, MEAN if MEAN in rows[place].summary else SUM):
        values = [row.computed(word, group) for row in found]
        filled = [value for value in values if value is not None]
        if not filled:
            continue
        if name == SERAPAN:
            yield f"rata-rata serapan = {{}}; {PARENT_SERAPAN}", sum(filled, Fraction(0)) / len(filled)
        yield "rata-rata yang menghitung baris kosong sebagai 0 = {}", sum(filled, Fraction(0)) / len(values)
        for cap in CAPS:
            capped = [min(value, Fraction(cap)) for value in filled]
            yield f"rata-rata yang dibatasi {cap} per baris = {{}}", sum(capped, Fraction(0)) / len(capped)
        ratio = _ratio_of_sums(found, group, base, realised)
        if ratio is not None:
            yield "jumlah realisasi ÷ jumlah target = {}", ratio


def _judge_number(attempts: Sequence[Attempt], cell: Printed) -> Check:
    """A printed sum: equal at the printed places, or different and by how much."""
    if not attempts:
        return Check(FigureVerdict.UNCOMPUTABLE, notes=(NOTHING_ABOVE,))
    for attempt in attempts:
        for reading in cell.readings:
            verdict = compare_sum(reading.shown, reading.places, attempt.value)
            if verdict != FigureVerdict.DIFFERENT:
                return Check(verdict, attempt.value, reading.decimal or ",", attempt.remarks)
    for attempt in attempts:
        for reading in cell.readings:
            if within_slack(attempt, reading):
                notes = (*attempt.remarks, PARTS_ROUNDED)
                return Check(FigureVerdict.ROUNDED, attempt.value, reading.decimal or ",", notes)
    difference = Fraction(cell.readings[0].value) - attempts[0].value
    said = f"selisih {show_short(difference)} dari baris di atasnya"
    return Check(FigureVerdict.DIFFERENT, attempts[0].value, notes=(*attempts[0].remarks, said))

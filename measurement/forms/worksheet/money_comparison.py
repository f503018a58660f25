"""What a file of realisasi anggaran says against what is typed: per sub kegiatan in the file, typed, difference, pagu, serapan afterwards.

Nothing is written here; `grid` is what the worksheet's page would have posted, so that the same rules hold.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from measurement.doors import measuring
from measurement.models import Level, MeasurementCycle, Person, WorksheetNode
from measurement.plan.spending import Spending, SpendingQuestion, SpentOn
from measurement.plan.spending.questions import Answers
from measurement.rules.formulas import absorption
from measurement.rules.numbers import show_money, show_percent, show_rupiah

from .grid import Grid, input_name
from .money_matching import MoneyPlaces, Unmatched

MOVE = "fill_for"
ZERO = Decimal(0)
KEEP, NOUGHT = "biarkan", "nol"
MOST_NAMED = 6


@dataclass
class MoneyLine:
    """One sub kegiatan: what the file says for the cycle's period, and what is stored."""

    node: WorksheetNode
    told: Decimal | None = None  # as the file counts it: of the period, or since the year began
    amount: Decimal | None = None  # of the period
    pagu: Decimal | None = None
    is_open: bool = True
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.node.pk)

    @property
    def reason_name(self) -> str:
        return input_name("overspend_reason", self.node.pk)

    @property
    def is_changed(self) -> bool:
        return self.is_open and self.amount is not None and self.amount != self.node.spent

    @property
    def is_over(self) -> bool:
        return self.is_changed and self.after > self.node.pagu

    @property
    def after(self) -> Decimal:
        """Realisasi to date once the file is applied."""
        spent = self.amount if self.is_changed else self.node.spent
        return self.node.spent_before + (spent or ZERO)

    @property
    def shown(self) -> dict[str, str]:
        typed = self.node.spent
        difference = None if self.amount is None else self.amount - (typed or ZERO)
        return {
            "told": show_money(self.told),
            "amount": show_money(self.amount),
            "typed": "kosong" if typed is None else show_money(typed),
            "difference": show_money(difference),
            "pagu": show_money(self.node.pagu),
            "serapan": show_percent(absorption(self.after, self.node.pagu).shown),
        }


class MoneyComparison:
    """The file against the worksheet, with all that must be asked or mended before it can be applied."""

    def __init__(self, cycle: MeasurementCycle, person: Person, spending: Spending, given: Mapping[str, str]):
        self.cycle, self.spending, self.given = cycle, spending, given
        self.wrong, self.remarks = list(spending.wrong), list(spending.remarks)
        self.unmatched: list[Unmatched] = []
        self.absent: list[WorksheetNode] = []
        self.problems: list[str] = []
        self.lines: list[MoneyLine] = []
        answers = Answers(given)
        if spending.is_settled and spending.spent:
            self._compare(person, answers)
        self.questions: list[SpendingQuestion] = [*spending.questions, *answers.questions]

    def _compare(self, person: Person, answers: Answers) -> None:
        nodes = list(self.cycle.nodes.filter(level=Level.SUB_KEGIATAN).select_related("owner"))
        fillable = set(measuring.open_money(self.cycle, person, MOVE).values_list("pk", flat=True))
        places = MoneyPlaces(self.cycle, nodes)
        found: dict[int, MoneyLine] = {}
        for item in self.spending.spent:
            node = places.find(item)
            if isinstance(node, Unmatched):
                self.unmatched.append(node)
            else:
                self._take(
                    found.setdefault(node.pk, MoneyLine(node, is_open=node.pk in fillable)), item, places
                )
        self._settle(found, nodes)
        self._ask(found, nodes, fillable, answers)
        self.lines = sorted(found.values(), key=lambda line: line.node.position)

    def _take(self, line: MoneyLine, item: SpentOn, places: MoneyPlaces) -> None:
        if line.told is not None and item.rows:
            line.notes.append(f"Beberapa baris {line.node.code} dijumlahkan.")
        if item.amount is not None:
            line.told = (line.told or ZERO) + item.amount
        if item.pagu is not None:
            line.pagu = (line.pagu or ZERO) + item.pagu
        if places.differs_in_name(item, line.node):
            line.notes.append(f"Pada berkas bernama “{item.name[:120]}”.")
        if item.code and item.code != line.node.code:
            line.notes.append(f"Pada berkas berkode {item.code}.")
        if item.before is not None and item.before != line.node.spent_before:
            stored = show_money(line.node.spent_before)
            line.notes.append(
                f"Realisasi periode lalu pada berkas {show_money(item.before)}, tercatat {stored}."
            )

    def _settle(self, found: dict[int, MoneyLine], nodes: list[WorksheetNode]) -> None:
        """What the file says of the period: a figure since the year began less what earlier periods hold."""
        unknown = self._unknown_periods(nodes) if self.spending.is_to_date else []
        if unknown:
            self.problems.append(
                f"Berkas memuat realisasi sejak awal tahun, sedangkan realisasi anggaran {', '.join(unknown)} belum tercatat, jadi bagian periode ini "
                f"tidak dapat dihitung. Catat dahulu sebagai data awal, atau unggah laporan yang memuat {self.cycle.period_of_year.name} saja."
            )
            return
        for line in found.values():
            line.amount = line.told
            if self.spending.is_to_date and line.told is not None:
                line.amount = line.told - line.node.spent_before
                line.notes += self._taken_as_nought(line.node)
            if line.amount is not None and line.amount < 0:
                self.problems.append(self._negative(line))
            if line.pagu is not None and line.pagu != line.node.pagu:
                line.notes.append(
                    f"Anggaran pada berkas {show_money(line.pagu)}, pagu rencana {show_money(line.node.pagu)}."
                )
            if not line.is_open and line.amount not in (None, line.node.spent):
                line.notes.append("Sudah ditutup pada langkah ini; tidak diubah.")

    def _taken_as_nought(self, node: WorksheetNode) -> list[str]:
        before = zip(self.cycle.period_of_year.before, node.spent_earlier, strict=False)
        lacking = [period.name for period, spent in before if spent is None]
        return (
            [f"{', '.join(lacking)} tidak tercatat untuk sub kegiatan ini, dianggap Rp0."] if lacking else []
        )

    def _negative(self, line: MoneyLine) -> str:
        if self.spending.is_to_date:
            return (
                f"{line.node.place}: realisasi sejak awal tahun pada berkas {show_money(line.told)} lebih kecil daripada yang tercatat pada periode "
                f"sebelumnya, {show_money(line.node.spent_before)}. Periksa berkasnya, atau koreksi periode itu."
            )
        return f"{line.node.place}: pengembalian melebihi pembayaran, jadi realisasinya {show_money(line.amount)}. Periksa berkasnya."

    def _unknown_periods(self, nodes: list[WorksheetNode]) -> list[str]:
        """Earlier periods of the year of which no sub kegiatan has any money on record."""
        return [
            period.name
            for place, period in enumerate(self.cycle.period_of_year.before)
            if not any(
                place < len(node.spent_earlier) and node.spent_earlier[place] is not None for node in nodes
            )
        ]

    def _ask(
        self, found: dict[int, MoneyLine], nodes: list[WorksheetNode], fillable: set[int], answers: Answers
    ) -> None:
        self.absent = [
            node
            for node in nodes
            if node.carries_money
            and node.pk in fillable
            and (node.pk not in found or found[node.pk].amount is None)
        ]
        if self.absent and not self.problems:
            sentence = f"{len(self.absent)} sub kegiatan tidak mempunyai realisasi pada berkas: {_named(self.absent)}. Apa yang dicatat untuknya?"
            choices = {
                KEEP: "Biarkan seperti yang sekarang tercatat",
                NOUGHT: "Catat Rp0: memang tidak ada realisasi",
            }
            if answers.ask("tidak-ada", sentence, choices) == NOUGHT:
                for node in self.absent:
                    found.setdefault(node.pk, MoneyLine(node)).amount = ZERO
        lost = [unmatched for unmatched in self.unmatched if unmatched.item.amount]
        if lost:
            told = show_money(sum((unmatched.item.amount or ZERO for unmatched in lost), ZERO))
            sentence = f"{len(lost)} sub kegiatan pada berkas (seluruhnya {told}) tidak menemukan tempat pada kertas kerja, jadi uangnya tidak ikut dicatat."
            answers.ask("tidak-dikenal", sentence, {"lanjut": "Lanjutkan tanpa sub kegiatan itu"})

    @property
    def changed(self) -> list[MoneyLine]:
        return [line for line in self.lines if line.is_changed]

    @property
    def is_ready(self) -> bool:
        return not (self.wrong or self.problems or any(question.is_open for question in self.questions))

    @property
    def read_as(self) -> str:
        if not self.lines:
            return self.spending.kind
        basis = (
            "s.d. periode ini dikurangi periode sebelumnya"
            if self.spending.is_to_date
            else "realisasi periode ini"
        )
        return f"{self.spending.kind}, {basis}"

    @property
    def total(self) -> str:
        return show_money(sum((line.amount or ZERO for line in self.lines), ZERO))

    @property
    def fingerprint(self) -> str:
        """A digest of what the page shows to be written, of the answers, and of the versions on which it is based."""
        shown = [(line.key, line.node.version, str(line.amount)) for line in self.changed]
        return hashlib.sha256(repr((self.cycle.pk, sorted(self.given.items()), shown)).encode()).hexdigest()

    def grid(self, typed: Mapping[str, str]) -> Grid:
        """The amounts as the worksheet's page would post them, with the reasons that were typed here."""
        data: dict[str, str] = {}
        for line in self.changed:
            data[input_name("spent", line.node.pk)] = show_rupiah(line.amount)
            data[input_name("node_version", line.node.pk)] = str(line.node.version)
            if line.reason_name in typed:
                data[line.reason_name] = typed[line.reason_name]
        return Grid(data).read([], [line.node for line in self.changed])


def _named(nodes: list[WorksheetNode]) -> str:
    more = len(nodes) - MOST_NAMED
    return ", ".join(node.place for node in nodes[:MOST_NAMED]) + (
        f", dan {more} lainnya" if more > 0 else ""
    )

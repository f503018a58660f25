"""Step 6: what Tim SAKIP found in each row, what it returned and why, who wrote for whom, and how the arahan of a further round were answered."""

from collections import Counter
from dataclasses import dataclass, field

from measurement.figures.calculation import Sheet, calculate
from measurement.figures.recap import recap_line
from measurement.figures.rows import RowFigures
from measurement.models import AuditEntry, MeasurementCycle, Person, WorksheetRow
from measurement.record import audit
from measurement.record.row_threads import threads_of
from measurement.rules.dates import local_date
from measurement.rules.sop import RowState

from . import tables, workbooks
from .cycle_history import directives
from .followed_up import promised, replies, row_remarks
from .kertas_kerja_pengukuran import measurement_line, methodology
from .kind import Attachment, PaperKind
from .results import figure_notes
from .text import paragraphs

OWN_MARK = " (baris sendiri)"
WORDING = {
    "note": (
        "Tim SAKIP mencocokkan setiap realisasi dengan buktinya dan menilai capaian terhadap target Perjanjian Kinerja memakai metodologi "
        "yang ditetapkan."
    )
}


def kertas_kerja_evaluasi_content(cycle: MeasurementCycle, actor: Person) -> dict:
    sheet, journal, threads = calculate(cycle), Journal.of(cycle), threads_of(cycle)
    return {
        "groups": tables.groups(sheet, lambda figures: evaluation_line(figures, journal)),
        "total": recap_line(sheet.office),
        "summary": [states(sheet), *journal_sentences(journal), own_verdicts(sheet, journal)],
        "returns": returns(sheet, journal, replies(threads)),
        "remarks": row_remarks(sheet, threads),
        "promised": promised(sheet),
        "on_behalf": on_behalf(sheet, journal),
        "hints": tables.rows_with_hints(sheet),
        "notes": [*methodology(cycle), *figure_notes(sheet)],
        "body": paragraphs(cycle.evaluation_note),
        "directives": directives(cycle, cycle.round) if cycle.round > 1 else [],
    }


@dataclass
class Journal:
    """What the audit trail tells of the rows: who accepted or wrote each last, and every return and writing for somebody else."""

    accepted: dict[int, Person] = field(default_factory=dict)
    filled: dict[int, Person | None] = field(default_factory=dict)
    returns: list[AuditEntry] = field(default_factory=list)
    on_behalf: list[AuditEntry] = field(default_factory=list)

    @classmethod
    def of(cls, cycle: MeasurementCycle) -> "Journal":
        journal = cls()
        for entry in audit.standing(cycle, ("row_accept", "row_fill_for", "row_return")):
            match entry.action:
                case "row_accept":
                    journal.accepted |= dict.fromkeys(entry.data["rows"], entry.actor)
                case "row_fill_for":
                    journal.filled |= dict.fromkeys(map(int, entry.data["rows"]), entry.actor)
                    journal.on_behalf.append(entry)
                case "row_return":
                    journal.returns.append(entry)
        return journal

    def judge_of(self, row: WorksheetRow) -> Person | None:
        """Who accepted it; None where nobody did, or somebody returned it since."""
        return self.accepted.get(row.pk) if row.state == RowState.DITERIMA else None

    def is_own(self, row: WorksheetRow) -> bool:
        """Whether it was accepted by the one who measured it, or filled it in for its owner."""
        judge = self.judge_of(row)
        return judge is not None and judge in (row.owner, self.filled.get(row.pk))

    def judged_by(self, row: WorksheetRow) -> str:
        """The judge's name as the workbook has it, with the mark of an own row."""
        judge = self.judge_of(row)
        return f"{judge.name}{OWN_MARK if self.is_own(row) else ''}" if judge else ""


def own_verdicts(sheet: Sheet, journal: Journal) -> str:
    """Who judged rows of their own, and how many; said also where nobody did."""
    judges = [journal.judge_of(figures.row) for figures in sheet.rows.values() if journal.is_own(figures.row)]
    counts = Counter(judge.name for judge in judges if judge)
    told = ", ".join(f"{name} ({count} indikator)" for name, count in counts.items())
    return (
        f"Menilai baris yang diukur atau diisinya sendiri: {told}."
        if told
        else "Tidak ada penilai yang menilai barisnya sendiri."
    )


def evaluation_attachments(cycle: MeasurementCycle, actor: Person) -> list[Attachment]:
    """The kertas kerja with who judged each row."""
    journal = Journal.of(cycle)
    return workbooks.worksheet_attachments(cycle, actor, lambda row: journal.judged_by(row))


def evaluation_line(figures: RowFigures, journal: Journal) -> dict:
    """A row with its verdict; it says so where the judge is the one who measured or filled in for the owner."""
    row, writer, judge = figures.row, journal.filled.get(figures.row.pk), journal.judge_of(figures.row)
    times = sum(entry.data["row"] == row.pk for entry in journal.returns)
    return {
        **measurement_line(figures),
        "verdict": row.state_label,
        "verdict_note": row.verdict_note,
        "accepted_by": judge.name if judge else "",
        "filled_by": writer.name if writer else "",
        "own_verdict": journal.is_own(row),
        "returned": f"pernah dikembalikan {times} kali" if times else "",
        "completed": f"dilengkapi pada putaran {row.round}" if row.round > 1 else "",
    }


def returns(sheet: Sheet, journal: Journal, answers: dict[int, list[str]]) -> list[dict]:
    """Every return with its reason and its owner's answer, and what became of the row."""
    waiting = {row: iter(texts) for row, texts in answers.items()}
    told = ((entry, sheet.rows[entry.data["row"]].row) for entry in journal.returns)
    return [
        {
            "number": str(number),
            "name": row.name,
            "owner": row.owner.name,
            "reason": entry.data["reason"],
            "by": f"{entry.actor}, {local_date(entry.at)}",
            "answer": next(waiting.get(row.pk, iter(())), ""),
            "outcome": row.state_label,
        }
        for number, (entry, row) in enumerate(told, start=1)
    ]


def on_behalf(sheet: Sheet, journal: Journal) -> list[dict]:
    """Who wrote for whom, and what."""
    rows = {pk: figures.row for pk, figures in sheet.rows.items()}
    nodes = {branch.node.pk: branch.node for _, branch in sheet.nodes()}
    people = [row.owner for row in rows.values()] + [node.owner for node in nodes.values() if node.owner]
    owners = {person.pk: person.name for person in people}
    told: dict[tuple[int, str], dict[str, bool]] = {}
    for entry in journal.on_behalf:
        what = told.setdefault((entry.data["owner"], str(entry.actor)), {})
        what |= {rows[int(pk)].name: True for pk in entry.data["rows"]}
        what |= {f"Realisasi anggaran {nodes[int(pk)]}": True for pk in entry.data["money"]}
    return [
        {"number": str(number), "owner": owners.get(owner, "–"), "by": by, "what": list(what)}
        for number, ((owner, by), what) in enumerate(told.items(), start=1)
    ]


def states(sheet: Sheet) -> str:
    counts = Counter(figures.row.state_label.lower() for figures in sheet.rows.values())
    told = ", ".join(f"{count} {label}" for label, count in counts.most_common())
    return f"Dari {len(sheet.rows)} indikator: {told}." if told else "Tidak ada indikator yang dievaluasi."


def journal_sentences(journal: Journal) -> list[str]:
    """How often rows were returned and written for somebody else; said also where that never happened."""
    rows, owners = (
        {entry.data["row"] for entry in journal.returns},
        {entry.data["owner"] for entry in journal.on_behalf},
    )
    back = f"Dikembalikan kepada penanggung jawab: {len(journal.returns)} kali, atas {len(rows)} indikator."
    return [
        back if rows else "Tidak ada indikator yang dikembalikan kepada penanggung jawab.",
        f"Diisi Tim SAKIP atas nama {len(owners)} penanggung jawab."
        if owners
        else "Semua penanggung jawab mengisi sendiri.",
    ]


KIND = PaperKind(
    "KKE", "Kertas Kerja Evaluasi Pengukuran Data Kinerja", "kertas_kerja_evaluasi.html", kertas_kerja_evaluasi_content,
    landscape=True, wording=WORDING, attach=evaluation_attachments,
)  # fmt: skip

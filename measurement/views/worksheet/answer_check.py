"""Periksa jawaban: what stands out among my answers before they are sent – empty, below target, out of line, without evidence."""

from collections.abc import Collection, Iterator

from django.contrib import messages

from measurement.doors import measuring
from measurement.figures.calculation import Sheet
from measurement.figures.hints import Hint, hints_of, is_explained
from measurement.figures.rows import RowFigures
from measurement.figures.touched import own_sheet
from measurement.forms.worksheet.grid import input_name
from measurement.models import MeasurementCycle, Person, WorksheetRow
from measurement.rules.numbers import show_percent
from measurement.rules.row_fields import Asked
from measurement.rules.row_gaps import required_texts, text_gap
from measurement.rules.sop import OPEN_ROWS

from ..visitor import PersonRequest

CHECK = "periksa"  # the address that shows the list
CHECKED = "checked"  # posted by the page that shows the list
LOOK_AGAIN = "Tersimpan, belum dikirim: periksa dahulu yang tertulis di atas kertas kerja, lalu kirim."
EMPTY, UNEXPLAINED, ODD, UNPROVED = (
    "Masih kosong",
    "Penjelasan yang masih kurang",
    "Tidak lazim, belum dijelaskan",
    "Belum ada bukti atau letaknya",
)
BELOW, ONLY_PLACE = "Di bawah target, sudah dijelaskan", "Buktinya hanya disebut letaknya"
REMARKABLE = (EMPTY, UNEXPLAINED, ODD, UNPROVED)


class AnswerCheck:
    """The open rows of one person, and the money that they answer for."""

    def __init__(self, sheet: Sheet, person: Person):
        self.person = person
        self.lines: dict[str, list[dict]] = {}
        self.ready = self.count = 0
        hints = hints_of(sheet)
        for _, branch in sheet.nodes():
            for figures in filter(self._is_mine, branch.rows):
                self._look_at(figures, branch.node.place, hints.get(figures.row.pk, []))
        for node in measuring.open_money(sheet.cycle, person):
            if node.has_blank_money:
                self._add(EMPTY, "spent", node.pk, f"{node.place} {node.read_name}", "realisasi anggaran")

    def _is_mine(self, figures: RowFigures) -> bool:
        row = figures.row
        return row.owner_id == self.person.pk and row.state in OPEN_ROWS and row.is_to_fill_in

    def _look_at(self, figures: RowFigures, place: str, hints: list[Hint]) -> None:
        row = figures.row
        self.count += 1
        self.ready += not figures.gaps
        for group, field, text in _remarks(figures, hints):
            self._add(group, field, row.pk, f"{place} {row.name}", text)

    def _add(self, group: str, field: str, pk: int, name: str, text: str) -> None:
        line = {"url": f"#{input_name(field, pk)}", "name": name, "text": text}
        self.lines.setdefault(group, []).append(line)

    @property
    def is_remarkable(self) -> bool:
        """Whether anything should be looked at before sending; what is explained already should not."""
        return any(group in self.lines for group in REMARKABLE)

    def drawn(self) -> dict:
        """For the section above the worksheet."""
        order = (*REMARKABLE, BELOW, ONLY_PLACE)
        return {
            "ready": f"{self.ready} dari {self.count} baris siap dikirim",
            "may_send": bool(self.ready),
            "groups": [
                {"title": title, "lines": self.lines[title]} for title in order if title in self.lines
            ],
        }


def _remarks(figures: RowFigures, hints: list[Hint]) -> Iterator[tuple[str, str, str]]:
    """Group, field and sentence of everything that stands out in a row."""
    row, evidence = figures.row, len(figures.row.evidence_items)
    if blank := next((name for name in row.asked_values if getattr(row, name) is None), ""):
        yield EMPTY, blank, "realisasi"
        return
    if row.is_ratio and row.denominator == 0 and row.numerator:
        yield EMPTY, "denominator", "penyebut selain 0"
    required = required_texts(row, figures.capaian, evidence)
    lacking = [(text, gap) for text in required if (gap := text_gap(row, text))]
    for text, gap in lacking:
        group = UNPROVED if text.asked == Asked.WITHOUT_EVIDENCE else UNEXPLAINED
        yield (
            group,
            text.key,
            f"{show_percent(figures.capaian.value)}: {gap}" if group == UNEXPLAINED else gap,
        )
    if hints and not is_explained(row):
        yield ODD, "hint_answer", " ".join(hint.sentence for hint in hints)
    if figures.capaian.is_missed and not lacking:
        yield BELOW, "obstacle", show_percent(figures.capaian.value)
    if not evidence and row.evidence_note.strip():
        yield ONLY_PLACE, "evidence_note", row.evidence_note


def looks_again(request: PersonRequest, cycle: MeasurementCycle) -> bool:
    """Whether the answers are shown once more before they are sent: not seen yet, or with hints that came from what was just saved."""
    if CHECKED not in request.POST:
        return AnswerCheck(own_sheet(cycle, request.user), request.user).is_remarkable
    return any(
        input_name("hint_answer", row.pk) not in request.POST for row in _unexplained(cycle, request.user)
    )


def _unexplained(cycle: MeasurementCycle, person: Person, sent: Collection[int] = ()) -> list[WorksheetRow]:
    """A person's rows with hints and without a word about them: those still open, and those just sent."""
    sheet = own_sheet(cycle, person)
    hints = hints_of(sheet)
    rows = [figures.row for pk, figures in sheet.rows.items() if pk in hints]
    mine = [row for row in rows if row.owner_id == person.pk and not is_explained(row)]
    return [row for row in mine if row.state in OPEN_ROWS or row.pk in sent]


def tell_hints(request: PersonRequest, cycle: MeasurementCycle, sent=()) -> None:
    """How many of my rows have hints without a word about them: those still open, where it can be written, and those just sent."""
    rows = _unexplained(cycle, request.user, sent)
    still_open = sum(row.state in OPEN_ROWS for row in rows)
    if still_open:
        messages.info(
            request, f"{still_open} baris mempunyai petunjuk; penjelasan dapat ditulis pada barisnya."
        )
    unsaid = sum(row.pk in sent for row in rows)
    if unsaid:
        messages.info(
            request,
            f"{unsaid} baris dikirim dengan petunjuk tanpa penjelasan; Tim SAKIP melihatnya saat evaluasi.",
        )

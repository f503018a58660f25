"""The worksheet as ready strings: groups of the tree with their rows, for the sheet of an ASN, the overview and the evaluation alike."""

from django.template.defaultfilters import linebreaksbr

from measurement.addresses import reverse
from measurement.figures.calculation import NodeFigures, Sheet
from measurement.figures.hints import Hint, HintKind, hints_of
from measurement.figures.opening_notes import before_sign, money_sign, signed, thing_note, to_date_sign
from measurement.figures.rows import RowFigures
from measurement.forms.worksheet.grid import Grid, input_name
from measurement.models import Person, WorksheetRow
from measurement.rules.copying import copied_sentences
from measurement.rules.numbers import show_money, show_percent, show_plain, show_rupiah
from measurement.rules.row_fields import ROW_TEXTS, TEXT_BY_KEY, VALUE_BY_KEY, Asked
from measurement.rules.sop import OPEN_ROWS, RowState

from .row_answers import answer_fields
from .row_facts import definition_facts, evidence_line
from .row_problems import problems_of

SAYS_WHY = (RowState.DIKEMBALIKAN, RowState.DIKECUALIKAN)


class SheetView:
    """Builds the groups of one page. `editable`, `spendable` and `recordable` are the ids that this person may write or open now."""

    def __init__(
        self,
        sheet: Sheet,
        editable=(),
        spendable=(),
        grid: Grid | None = None,
        shown=None,
        stale=(),
        all_gaps=False,
        recordable=(),
    ):
        self.sheet, self.editable, self.spendable = sheet, set(editable), set(spendable)
        self.hints, self.all_gaps, self.recordable = hints_of(sheet), all_gaps, set(recordable)
        self.grid, self.shown, self.stale = grid or Grid({}), shown, set(stale)

    def groups(self) -> list[dict]:
        """The branches that have something to show, in the order of the plan."""
        found = []
        for depth, branch in self.sheet.nodes():
            rows = [
                self.row(figures)
                for figures in branch.rows
                if self.shown is None or figures.row.pk in self.shown
            ]
            if rows or branch.node.pk in self.spendable or self.shown is None:
                head = self.group(depth, branch)
                found.append(head | {"head": head, "rows": rows})
        return found

    def group(self, depth: int, branch: NodeFigures) -> dict:
        node = branch.node
        name, reason_name = input_name("spent", node.pk), input_name("overspend_reason", node.pk)
        spendable = node.pk in self.spendable and node.carries_money
        stored_money = show_rupiah(node.spent)
        typed_money = self.grid.typed.get(name, stored_money)
        typed_reason = self.grid.typed.get(reason_name, node.overspend_reason)
        return {
            "key": str(node.pk),
            "level": "sub" if node.level == "sub_kegiatan" else node.level,
            "depth": depth,
            "code": node.code,
            "name": node.read_name,
            "pagu": show_money(branch.pagu),
            "spent": show_money(branch.spent),
            "spent_before": show_money(branch.spent_before),
            "serapan": signed(show_percent(branch.serapan.value), money_sign(branch)),
            "opening": thing_note(node),
            "working": branch_url(branch),
            "has_money": branch.pagu > 0,
            "input": name if spendable else "",
            "input_value": typed_money,
            "input_stored": stored_money,
            "input_changed": typed_money != stored_money,
            **self._asked(name),
            "reason_name": reason_name,
            "reason": typed_reason,
            "reason_stored": node.overspend_reason,
            "reason_changed": typed_reason != node.overspend_reason,
            "problems": problems_of(self.grid, [name, reason_name]),
            "asks_reason": bool(node.overspend_reason or self.grid.errors.get(name)),
            "cells": [
                {"name": name, "stored": stored_money},
                {"name": reason_name, "stored": node.overspend_reason},
            ],
            "version_name": input_name("node_version", node.pk),
            "version": str(node.version),
        }

    def row(self, figures: RowFigures) -> dict:
        row = figures.row
        editable, stale = row.pk in self.editable, row.pk in self.stale
        gaps = figures.gaps if editable and (self.all_gaps or row.state != RowState.KOSONG) else []
        returned = row.state == RowState.DIKEMBALIKAN and editable
        return {
            **_shown_figures(figures),
            "key": str(row.pk),
            "name": row.name,
            "measure": row.measure,
            "owner": row.owner.name,
            "state": {"key": row.state, "label": row.state_label},
            "schedule": row.schedule_note,
            "waits": "" if row.is_due else row.verdict_note,
            "recordable": row.pk in self.recordable,
            "editable": editable,
            "inputs": [self._input(row, name) for name in row.asked_values],
            "texts": [self._text(row, text.key) for text in ROW_TEXTS if text.asked != Asked.WITH_HINTS],
            "problems": problems_of(
                self.grid, [input_name(name, row.pk) for name in (*row.VALUES, *row.TEXTS)]
            ),
            "hints": [hint_line(hint) for hint in self.hints.get(row.pk, ())],
            "hint_answer": self._text(row, "hint_answer"),
            **answer_fields(row, editable, self.grid),
            "follows": row.verdict_note if row.is_follower else "",
            "reason": row.verdict_note if row.state in SAYS_WHY else "",
            "gaps": gaps,
            **self._evidence(row),
            "version_name": input_name("version", row.pk),
            "version": str(row.version),
            "stale": stale,
            "copied": copied_sentences(row, row.copied),
            "history_url": reverse("row_history", args=[row.cycle_id, row.pk]),
            "open": self._has_errors(row) or bool(gaps) or returned or stale,
            "facts": definition_facts(row),
        }

    def _has_errors(self, row: WorksheetRow) -> bool:
        """Whether anything that was typed in the row could not be read."""
        return any(name.endswith(f"-{row.pk}") and not name.startswith("spent-") for name in self.grid.errors)

    def _evidence(self, row: WorksheetRow) -> dict:
        """The files and links of a row, and the inputs for another one."""
        name = input_name("file", row.pk)
        return {
            "evidence": [evidence_line(item) for item in row.evidence_items],
            "upload_url": reverse("attach_evidence", args=[row.cycle_id, row.pk]),
            "file_name": name,
            "page": self._file_fact(row, "page"),
            "dated": self._file_fact(row, "dated"),
            "file_error": self.grid.errors.get(name, ""),
            "link": self._file_fact(row, "link") | self._asked(input_name("link", row.pk)),
        }

    def _input(self, row: WorksheetRow, field: str) -> dict:
        name = input_name(field, row.pk)
        stored = show_plain(getattr(row, field))
        value = self.grid.typed.get(name, stored)
        words = [
            (show_plain(score), row.shown(score), show_plain(score) == value) for score in row.scores.values()
        ]
        return {
            "name": name,
            "label": VALUE_BY_KEY[field].label,
            "words": words,
            "value": value,
            "stored": stored,
            "changed": value != stored,
            **self._asked(name),
        }

    def _asked(self, name: str) -> dict:
        """What could not be taken as it was typed, and what it may mean: text → words."""
        choices = self.grid.choices.get(name, {})
        return {
            "error": self.grid.errors.get(name, ""),
            "choices": list(choices.items()),
            "asked": self.grid.data.get(name, "") if choices else "",
        }

    def _text(self, row: WorksheetRow, field: str) -> dict:
        name, stored = input_name(field, row.pk), getattr(row, field)
        value = self.grid.typed.get(name, stored)
        return {
            "name": name,
            "label": TEXT_BY_KEY[field].question,
            "value": value,
            "lines": "" if row.pk in self.editable else linebreaksbr(value),
            "stored": stored,
            "changed": value != stored,
        }

    def _file_fact(self, row: WorksheetRow, field: str) -> dict:
        """What was typed beside a file that was not taken."""
        name = input_name(field, row.pk)
        return {"name": name, "value": self.grid.typed.get(name, ""), "error": self.grid.errors.get(name, "")}


def _shown_figures(figures: RowFigures) -> dict:
    """Targets, realisasi and capaian of a row, as people read them."""
    row = figures.row
    return {
        "target": figures.shown_target,
        "target_to_date": figures.shown_target_to_date,
        "target_year": row.shown_target(row.target_year),
        "before": signed(row.shown(figures.before), before_sign(figures)),
        "value": row.shown(figures.realised),
        "to_date": signed(row.shown(figures.to_date.realised), to_date_sign(figures)),
        "opening": thing_note(row),
        "capaian": show_percent(figures.capaian.value),
        "working": reverse("row_working", args=[row.cycle_id, row.pk]),
        "capaian_year": show_percent(figures.capaian_year.value),
        "predicate": figures.predicate or (figures.capaian.gap.value if figures.capaian.gap else ""),
        "remark": figures.capaian.remark,
    }


def progress_words(sheet: Sheet, person: Person) -> str:
    """How far this person's own rows are: "8 dari 12 lengkap · 5 terkirim"."""
    own = [figures for figures in sheet.rows.values() if figures.row.owner_id == person.pk]
    mine = [figures for figures in own if figures.row.is_to_fill_in]
    later = sum(not figures.row.is_due for figures in own)
    sent = sum(figures.row.state not in OPEN_ROWS for figures in mine)
    ready = sum(not is_unfinished(figures) for figures in mine)
    waits = f" · {later} belum waktunya" if later else ""
    return f"{ready} dari {len(mine)} lengkap · {sent} terkirim{waits}"


def is_unfinished(figures: RowFigures) -> bool:
    """Whether its owner still has something to fill in before the row can be sent."""
    return figures.row.state in OPEN_ROWS and bool(figures.gaps)


def hint_line(hint: Hint) -> dict:
    return {"kind": hint.kind.value, "sentence": hint.sentence, "swaps": hint.kind == HintKind.PARTS}


def branch_url(branch: NodeFigures) -> str:
    """The page behind its figures; the sum of several sub units is a part of what is above it."""
    return reverse("branch_working", args=[branch.node.cycle_id, branch.node.pk or branch.node.parent_id])

"""The workbooks inside papers are made before anybody holds the cycle, and again where somebody wrote meanwhile."""

import io
from dataclasses import replace

import openpyxl
import pytest
from django.db import connection
from django.db.models import F

from measurement import files, papers
from measurement.doors import measuring, voiding, workflow
from measurement.figures.calculation import calculate
from measurement.models import Paper, WorksheetRow
from measurement.papers import ready_files
from measurement.record.rounds import Arahan
from measurement.rules.refusals import NotAtThisStep, Stale
from measurement.rules.sop import APPROVE, EVALUATE, MEASURE, SEND_BACK, Output, State
from measurement.spreadsheets.recap_export import recap_workbook
from tests.support.characters import cycle_at, fill, fresh, office, open_cycle, prepare, walk
from tests.support.racing import alone, own_database

REASON = "Nama penanda tangan keliru."
WITH_FILES = [key for key in papers.KINDS if papers.has_files(key)]


def watched(monkeypatch, key: str, look) -> None:
    """`look` is called each time the files of such a paper are made."""
    kind = papers.KINDS[key]

    def attach(cycle, actor):
        look(key)
        return kind.attach(cycle, actor)

    monkeypatch.setitem(papers.KINDS, key, replace(kind, attach=attach))


def cells(content: bytes) -> list:
    return [
        [cell.value for cell in row] for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet
    ]


def stored(paper: Paper, name: str) -> list:
    [kept] = [kept for kept in paper.content["attachments"] if kept["name"] == name]
    return cells(files.absolute(kept["path"]).read_bytes())


def whole_way() -> None:
    """All steps, a return, and a report that is issued again."""
    made = office()
    cycle = walk(made, open_cycle(made), APPROVE.key)
    row = cycle.rows.first()
    workflow.perform(cycle, SEND_BACK, made.sekcam, arahan=[Arahan("Perbaiki baris ini.", row.pk)])
    cycle = walk(made, fresh(cycle), "archive")
    report = cycle.papers.valid_reports().last()
    again = voiding.void(report, made.sekcam, REASON, again=True)
    voiding.void(again, made.sekcam, REASON)
    voiding.issue_again(again, made.sekcam)


def test_no_workbook_is_made_while_a_transaction_is_open(transactional_db, tmp_path, monkeypatch):
    seen: list[tuple[str, bool]] = []
    for key in WITH_FILES:
        watched(monkeypatch, key, lambda key: seen.append((key, connection.in_atomic_block)))
    with own_database(tmp_path):
        alone(whole_way)
    assert {key for key, _ in seen} == set(WITH_FILES)
    assert [key for key, is_open in seen if is_open] == []


def evaluating(kecamatan):
    """An evaluation that may be closed."""
    cycle = cycle_at(kecamatan, EVALUATE.key)
    prepare(kecamatan, cycle)
    return fresh(cycle)


def test_who_writes_meanwhile_stands_in_the_workbook(kecamatan, monkeypatch):
    cycle, made = evaluating(kecamatan), []
    row = cycle.rows.first()

    def write_once(key):
        if not made:
            WorksheetRow.objects.filter(pk=row.pk).update(
                analysis="Ditulis terakhir.", version=F("version") + 1
            )
        made.append(key)

    watched(monkeypatch, Output.EVALUASI, write_once)
    workflow.perform(cycle, EVALUATE.key, kecamatan.tim)
    assert len(made) == 2
    paper = cycle.papers.get(kind=Output.EVALUASI)
    assert any("Ditulis terakhir." in line for line in stored(paper, "kertas-kerja.xlsx"))


def test_where_somebody_always_writes_nothing_is_changed_and_the_sentence_says_so(kecamatan, monkeypatch):
    cycle = evaluating(kecamatan)
    watched(monkeypatch, Output.EVALUASI, lambda key: cycle.rows.update(version=F("version") + 1))
    with pytest.raises(Stale, match="sedang ditulis orang lain"):
        workflow.perform(cycle, EVALUATE.key, kecamatan.tim)
    assert (fresh(cycle).state, cycle.papers.filter(kind=Output.EVALUASI).count()) == (State.EVALUASI, 0)


def test_nothing_is_made_for_what_the_door_refuses(kecamatan, monkeypatch):
    cycle, made = cycle_at(kecamatan, EVALUATE.key), []
    for key in WITH_FILES:
        watched(monkeypatch, key, made.append)
    with pytest.raises(NotAtThisStep):
        workflow.perform(cycle, APPROVE.key, kecamatan.sekcam)
    assert made == []


def test_the_draft_that_is_sent_back_has_the_recap_of_the_reopened_rows(kecamatan):
    cycle = cycle_at(kecamatan, APPROVE.key)
    row = cycle.rows.first()
    before = cells(recap_workbook(calculate(fresh(cycle))))
    workflow.perform(cycle, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Perbaiki baris ini.", row.pk)])
    after = cells(recap_workbook(calculate(fresh(cycle))))
    assert stored(cycle.papers.get(kind=Output.DRAFT_LAPORAN), "rekap.xlsx") == after != before


def test_any_write_of_a_worksheet_outdates_what_was_made_before(kecamatan):
    cycle = cycle_at(kecamatan, MEASURE.key)
    seen = [ready_files.WRITTEN.rows(cycle.pk)]
    fill(kecamatan, cycle)
    seen.append(ready_files.WRITTEN.rows(cycle.pk))
    measuring.send(cycle.pk, kecamatan.asn)
    seen.append(ready_files.WRITTEN.rows(cycle.pk))
    measuring.accept(cycle.pk, kecamatan.tim, dict(cycle.rows.values_list("pk", "version")))
    seen.append(ready_files.WRITTEN.rows(cycle.pk))
    assert all(one != other for one, other in zip(seen, seen[1:], strict=False))


def test_after_a_crash_behind_the_last_row_the_measurement_is_handed_on_by_hand(kecamatan, monkeypatch):
    cycle = cycle_at(kecamatan, MEASURE.key)
    fill(kecamatan, cycle)

    def crash(*given, **named):
        raise RuntimeError("the process dies here")

    with monkeypatch.context() as broken:
        broken.setattr(workflow, "perform", crash)
        with pytest.raises(RuntimeError):
            measuring.send(cycle.pk, kecamatan.asn)
    assert (fresh(cycle).state, set(cycle.rows.values_list("state", flat=True))) == (
        State.PENGUKURAN,
        {"terkirim"},
    )
    measuring.send(cycle.pk, kecamatan.asn)
    assert fresh(cycle).state == State.EVALUASI


def test_whoever_is_slower_at_ending_the_measurement_has_saved_all_the_same(kecamatan, monkeypatch):
    cycle = cycle_at(kecamatan, MEASURE.key)
    fill(kecamatan, cycle)

    def overtaken(*given, **named):
        raise NotAtThisStep("Langkah 5 sudah diselesaikan.")

    monkeypatch.setattr(workflow, "perform", overtaken)
    assert len(measuring.send(cycle.pk, kecamatan.asn).done) == cycle.rows.count()

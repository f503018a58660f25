"""The thread of a row over two rounds: reasons, answers, arahan and remarks; kept for ever."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from measurement.archiving.records import records
from measurement.doors import measuring, row_remarks, undoing, workflow
from measurement.doors.measuring import SheetChange
from measurement.models import Message, RowRemark
from measurement.papers import KINDS
from measurement.papers.followed_up import replies
from measurement.papers.render import render_html
from measurement.record.rounds import Arahan, differences
from measurement.record.row_threads import rows_sent_again, threads_of
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.sop import SEND_BACK, Output
from tests.support.characters import cycle_at, fresh, walk
from tests.support.pages import logged_in, words
from tests.support.step_pages import address

REASON = "Angka tidak sesuai dengan laporan."
REPLY = "Angka diperbaiki menjadi dua laporan."
ARAHAN = "Lengkapi bukti laporan kedua."
SECOND_REPLY = "Bukti laporan kedua disebut pada letaknya."
REMARK = "Laporan kedua bertanggal akhir Maret."


def give_back(made, cycle):
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, made.tim, row.pk, row.version, REASON)
    return cycle.rows.get(pk=row.pk)


def send_again(made, cycle, row, reply=REPLY, **values):
    change = SheetChange(row.pk, row.version, {"reply": reply, **values})
    measuring.save(cycle.pk, made.asn, [change])
    return measuring.send(cycle.pk, made.asn)


def test_a_returned_row_is_not_sent_without_an_answer(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = give_back(kecamatan, cycle)
    outcome = send_again(kecamatan, cycle, row, reply="Sudah")
    assert outcome.gaps == {row.pk: ["jawaban atas pengembalian: apa yang sudah diperbaiki"]}
    assert cycle.rows.get(pk=row.pk).state == "dikembalikan"


def test_of_many_returned_rows_only_those_with_an_answer_are_sent(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    first, second = cycle.rows.all()
    for row in (first, second):
        measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, REASON)
    outcome = send_again(kecamatan, cycle, cycle.rows.get(pk=first.pk))
    assert (outcome.done, list(outcome.gaps)) == ([first.pk], [second.pk])


def test_tim_sakip_sees_reason_answer_and_what_changed(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = give_back(kecamatan, cycle)
    send_again(kecamatan, cycle, row, realised=2)
    page = words(logged_in(kecamatan.tim).get(address(cycle, "evaluate") + "?saring=dikirim-ulang"))
    assert "Dikirim ulang (1)" in page
    assert f"Alasan pengembalian. {REASON}" in page
    assert f"Jawaban. {REPLY}" in page
    assert "Realisasi: 3 menjadi 2" in page


def test_who_returned_the_rows_is_told_once(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    for _ in range(2):
        send_again(kecamatan, cycle, give_back(kecamatan, cycle))
    assert [m.person for m in Message.objects.filter(key__startswith="ulang:")] == [kecamatan.tim]


def two_rounds(made):
    """Returned by Tim SAKIP, sent again, returned by the Sekcam, sent again with a remark beside it; archived."""
    cycle = cycle_at(made, "evaluate")
    send_again(made, cycle, give_back(made, cycle), realised=2)
    cycle = walk(made, fresh(cycle), "approve")
    row = cycle.rows.first()
    workflow.perform(cycle, SEND_BACK, made.sekcam, arahan=[Arahan(ARAHAN, row.pk)])
    row_remarks.add_remark(cycle.pk, made.tim, row.pk, REMARK)
    send_again(
        made, fresh(cycle), cycle.rows.get(pk=row.pk), SECOND_REPLY, evidence_note="Lemari arsip nomor dua."
    )
    return fresh(cycle), row


def test_a_thread_tells_both_rounds_in_order(kecamatan):
    cycle, row = two_rounds(kecamatan)
    entries = threads_of(cycle)[row.pk]
    assert [(entry.round, entry.text) for entry in entries] == [
        (1, REASON), (1, REPLY), (2, ARAHAN), (2, REMARK), (2, SECOND_REPLY),
    ]  # fmt: skip


def test_after_the_sekcams_return_the_change_is_held_against_what_was_shown(kecamatan):
    cycle, row = two_rounds(kecamatan)
    cycle.load_worksheet()
    again = rows_sent_again(cycle, threads_of(cycle), differences(cycle))[row.pk]
    assert (again.reason.text, again.reply.text) == (ARAHAN, SECOND_REPLY)
    assert [(d.label, d.after) for d in again.differences] == [("Letak bukti", "Lemari arsip nomor dua.")]


def test_paper_and_package_keep_the_thread(kecamatan):
    cycle, _ = two_rounds(kecamatan)
    cycle = walk(kecamatan, cycle)
    paper = cycle.papers.filter(kind=Output.EVALUASI).last()
    printed = render_html(KINDS[Output.EVALUASI], paper.content)
    assert [text for text in (REASON, REPLY, REMARK, SECOND_REPLY) if text not in printed] == []
    kept = records(cycle)["data/catatan-baris.json"]
    assert [remark["text"] for remark in kept] == [REASON, REPLY, REMARK, SECOND_REPLY]


@pytest.mark.parametrize("who", ["asn", "tim", "sekcam"])
def test_owner_tim_sakip_and_sekcam_can_remark(kecamatan, who):
    cycle = cycle_at(kecamatan, "evaluate")
    url = reverse("row_thread", args=[cycle.pk, cycle.rows.first().pk])
    client = logged_in(getattr(kecamatan, who))
    assert client.post(url, {"text": REMARK}).status_code == 302
    assert REMARK in words(client.get(url))


def test_camat_reads_and_does_not_write(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    assert logged_in(kecamatan.camat).get(reverse("row_thread", args=[cycle.pk, row.pk])).status_code == 200
    with pytest.raises(PermissionDenied):
        row_remarks.add_remark(cycle.pk, kecamatan.camat, row.pk, REMARK)


def test_a_colleague_and_a_foreign_office_find_no_thread(measuring_office, neighbour):
    row = measuring_office.cycle.rows.filter(owner=measuring_office.asn).first()
    url = reverse("row_thread", args=[measuring_office.cycle.pk, row.pk])
    for who in (measuring_office.colleague, neighbour.tim, neighbour.sekcam):
        client = logged_in(who)
        assert (client.get(url).status_code, client.post(url, {"text": REMARK}).status_code) == (404, 404)
    assert not RowRemark.objects.exists()


def test_the_other_side_is_told_once_until_it_has_read(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    for _ in range(3):
        row_remarks.add_remark(cycle.pk, kecamatan.tim, row.pk, REMARK)
    row_remarks.add_remark(cycle.pk, kecamatan.asn, row.pk, REMARK)
    told = Message.objects.filter(key__startswith="catatan:").order_by("pk")
    assert [message.person for message in told] == [kecamatan.asn, kecamatan.tim]


def test_a_short_remark_is_asked_for_more(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    url = reverse("row_thread", args=[cycle.pk, cycle.rows.first().pk])
    response = logged_in(kecamatan.tim).post(url, {"text": "Baik"})
    assert (response.status_code, "Baik" in response.content.decode()) == (422, True)
    with pytest.raises(Incomplete):
        row_remarks.add_remark(cycle.pk, kecamatan.tim, cycle.rows.first().pk, "​​​​​​​​​​​")


def test_an_archived_thread_takes_nothing_more(kecamatan):
    cycle = cycle_at(kecamatan, None)
    row = cycle.rows.first()
    with pytest.raises(NotAtThisStep):
        row_remarks.add_remark(cycle.pk, kecamatan.tim, row.pk, REMARK)
    with pytest.raises(DatabaseError), transaction.atomic():
        RowRemark.objects.create(
            cycle=cycle, row=row, round=1, kind="catatan", text="x", by=kecamatan.tim, at=cycle.opened_at
        )


@pytest.mark.parametrize(
    "sql", ["DELETE FROM measurement_rowremark", "UPDATE measurement_rowremark SET text = 'x'"]
)
def test_the_database_changes_no_remark(kecamatan, sql):
    cycle = cycle_at(kecamatan, "evaluate")
    give_back(kecamatan, cycle)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def undo_last(made, cycle, who, action: str) -> None:
    undoing.undo(cycle.pk, who, cycle.audit.filter(action=action).latest("sequence").pk)


def test_a_return_that_was_taken_back_leaves_the_row_sent_again(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    send_again(kecamatan, cycle, give_back(kecamatan, cycle), realised=2)
    give_back(kecamatan, cycle)
    undo_last(kecamatan, cycle, kecamatan.tim, "row_return")
    page = words(logged_in(kecamatan.tim).get(address(cycle, "evaluate") + "?saring=dikirim-ulang"))
    assert f"Jawaban. {REPLY}" in page
    assert replies(threads_of(fresh(cycle))) == {cycle.rows.first().pk: [REPLY]}


def test_an_acceptance_that_was_taken_back_takes_no_answer_back(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    send_again(kecamatan, cycle, give_back(kecamatan, cycle))
    row = cycle.rows.first()
    measuring.accept(cycle.pk, kecamatan.tim, {row.pk: row.version})
    undo_last(kecamatan, cycle, kecamatan.tim, "row_accept")
    assert [entry.what for entry in threads_of(cycle)[row.pk]] == ["Dikembalikan", "Dikirim ulang"]


def test_an_answer_that_was_taken_back_waits_to_be_sent_again(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    send_again(kecamatan, cycle, give_back(kecamatan, cycle))
    undo_last(kecamatan, cycle, kecamatan.asn, "row_send")
    row = cycle.rows.first()
    assert (row.state, row.reply) == ("dikembalikan", REPLY)
    assert not measuring.send(cycle.pk, kecamatan.asn).gaps

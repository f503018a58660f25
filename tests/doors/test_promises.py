"""What was promised in one quarter comes back in the next: answered, carried on, or given up with a reason."""

import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.models import WorksheetRow
from measurement.papers import KINDS
from measurement.papers.render import render_html
from measurement.record.promises import open_promises
from measurement.rules.follow_ups import Promise
from measurement.rules.sop import Output
from tests.support.characters import cycle_at, fill, fresh, open_cycle, row_values, walk
from tests.support.pages import logged_in, words

PROMISED = "Menambah jadwal kunjungan."


def second_quarter(made, step: str | None = "measure"):
    """TW I archived with a promise in each row; TW II at the step."""
    cycle_at(made, None)
    return walk(made, open_cycle(made, 2), step)


def answer(made, cycle, progress: str, note: str = "", row: WorksheetRow | None = None):
    row = row or cycle.rows.first()
    values = {"promise_progress": progress, "promise_note": note}
    measuring.save(cycle.pk, made.asn, [SheetChange(row.pk, row.version, values)])
    return cycle.rows.get(pk=row.pk)


def test_a_promise_stands_beside_the_next_quarters_row(kecamatan):
    cycle = second_quarter(kecamatan)
    [promise] = [Promise.kept(facts) for facts in cycle.rows.first().promises]
    assert (promise.text, promise.period, str(promise.due)) == (PROMISED, "Triwulan I 2026", "2026-06-30")
    page = words(logged_in(kecamatan.asn).get(reverse("worksheet", args=[cycle.pk])))
    assert f"{PROMISED} (Triwulan I 2026, batas 30 Juni 2026)" in page


def test_the_first_quarter_has_nothing_to_answer(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    assert cycle.rows.first().promises == []
    assert "Tindak lanjut periode lalu" not in words(
        logged_in(kecamatan.asn).get(reverse("worksheet", args=[cycle.pk]))
    )


def test_it_is_answered_on_the_page_while_typing(kecamatan):
    cycle = second_quarter(kecamatan)
    row = cycle.rows.first()
    data = {
        f"version-{row.pk}": row.version,
        f"promise_progress-{row.pk}": "Selesai",
        f"promise_note-{row.pk}": "Sudah ditambah.",
    }
    answer = logged_in(kecamatan.asn).post(reverse("autosave", args=[cycle.pk]), data).json()
    assert answer["stored"][f"promise_progress-{row.pk}"] == "Selesai"
    assert cycle.rows.get(pk=row.pk).promise_note == "Sudah ditambah."


def test_an_unknown_answer_is_refused(kecamatan):
    cycle = second_quarter(kecamatan)
    row = cycle.rows.first()
    data = {f"version-{row.pk}": row.version, f"promise_progress-{row.pk}": "Mungkin"}
    response = logged_in(kecamatan.asn).post(reverse("worksheet", args=[cycle.pk]), data)
    assert response.status_code == 422
    assert cycle.rows.get(pk=row.pk).promise_progress == ""


def test_giving_it_up_needs_a_reason(kecamatan):
    cycle = second_quarter(kecamatan)
    fill(kecamatan, cycle)
    row = answer(kecamatan, cycle, "Tidak dilanjutkan")
    assert (
        "alasan tindak lanjut periode lalu tidak dilanjutkan"
        in measuring.send(cycle.pk, kecamatan.asn).gaps[row.pk]
    )
    answer(kecamatan, cycle, "Tidak dilanjutkan", "Kunjungan diganti layanan daring.", row)
    assert not measuring.send(cycle.pk, kecamatan.asn).gaps


def test_unanswered_ones_are_sent_and_said(kecamatan):
    cycle = second_quarter(kecamatan)
    fill(kecamatan, cycle)
    client = logged_in(kecamatan.asn)
    page = words(
        client.post(
            reverse("worksheet", args=[cycle.pk]), {"action": "send", **hints_seen(cycle)}, follow=True
        )
    )
    assert "2 baris dikirim tanpa jawaban atas tindak lanjut periode lalu" in page


def hints_seen(cycle) -> dict:
    return {f"hint_answer-{row.pk}": "" for row in cycle.rows.all()}


@pytest.mark.parametrize(
    ("progress", "left"),
    [("Selesai", 1), ("Tidak dilanjutkan", 1), ("Berjalan", 2), ("", 2)],
)
def test_what_is_not_settled_goes_on_into_the_third_quarter(kecamatan, progress, left):
    cycle = second_quarter(kecamatan)
    row = answer(kecamatan, cycle, progress, "Dikerjakan sebagian pada Mei.")
    row.follow_up = "Menyusun jadwal baru."
    assert len(open_promises(row, cycle)) == left


def test_a_follow_up_over_three_quarters(kecamatan):
    cycle = second_quarter(kecamatan)
    answer(kecamatan, cycle, "Berjalan", "Dikerjakan sebagian pada Mei.")
    walk(kecamatan, fresh(cycle))
    third = walk(kecamatan, open_cycle(kecamatan, 3), "measure")
    assert [facts["period"] for facts in third.rows.first().promises] == [
        "Triwulan I 2026",
        "Triwulan II 2026",
    ]


def test_a_correction_that_is_archived_later_tells_the_next_cycle_what_it_promises(kecamatan):
    second = second_quarter(kecamatan)
    answered, other = second.rows.all()
    answer(kecamatan, second, "Selesai", "Sudah ditambah pada Mei.", answered)
    correction = walk(kecamatan, open_cycle(kecamatan, 1), "recapitulate")
    # as if its owners had written it; the tests' own walk writes the usual words into every open row
    correction.rows.update(follow_up="Menyusun jadwal bersama desa.")
    walk(kecamatan, correction)
    texts = [row.promises[0]["text"] for row in second.rows.all()]
    assert texts == [PROMISED, "Menyusun jadwal bersama desa."]


def test_a_correction_keeps_the_answers_and_takes_no_reply_over(kecamatan):
    cycle = second_quarter(kecamatan)
    answer(kecamatan, cycle, "Selesai", "Jadwal kunjungan sudah ditambah.")
    archived = walk(kecamatan, fresh(cycle))
    correction = walk(kecamatan, open_cycle(kecamatan, 2), "measure")
    row = correction.rows.first()
    assert correction.amends == archived
    assert (row.promise_progress, row.promises[0]["text"], row.reply) == ("Selesai", PROMISED, "")


def test_the_report_tells_what_became_of_it(kecamatan):
    cycle = second_quarter(kecamatan)
    answer(kecamatan, cycle, "Selesai", "Jadwal kunjungan sudah ditambah.")
    cycle = walk(kecamatan, fresh(cycle))
    report = cycle.papers.filter(kind=Output.LAPORAN).last()
    printed = render_html(KINDS[Output.LAPORAN], report.content)
    assert "C. Tindak lanjut triwulan lalu" in printed
    assert "Jadwal kunjungan sudah ditambah." in printed
    assert "Belum dijawab" in printed


def test_tim_sakip_can_answer_for_a_row_that_takes_no_entry(kecamatan):
    cycle = second_quarter(kecamatan)
    row = cycle.rows.first()
    measuring.excuse(cycle.pk, kecamatan.tim, row.pk, row.version, "Kegiatannya ditunda ke semester kedua.")
    row = cycle.rows.get(pk=row.pk)
    url = reverse("row_thread", args=[cycle.pk, row.pk])
    data = {"action": "answer_promise", "version": row.version, "progress": "Tidak dilanjutkan", "note": ""}
    client = logged_in(kecamatan.tim)
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"note": "Kegiatannya ditunda."}).status_code == 302
    assert cycle.rows.get(pk=row.pk).promise_progress == "Tidak dilanjutkan"


def test_a_row_that_takes_entries_is_answered_on_the_worksheet_only(kecamatan):
    cycle = second_quarter(kecamatan)
    row = cycle.rows.first()
    data = {"action": "answer_promise", "version": row.version, "progress": "Selesai", "note": ""}
    assert (
        logged_in(kecamatan.tim).post(reverse("row_thread", args=[cycle.pk, row.pk]), data).status_code == 409
    )


def test_row_values_are_what_the_tests_rest_on():
    assert row_values()["follow_up"] == PROMISED

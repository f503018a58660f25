"""Step 9: the Sekcam approves, or returns with arahan that unlock what they name and are answered."""

import pytest
from django.urls import reverse

from measurement.doors import workflow
from measurement.models import MeasurementCycle
from measurement.record import rounds
from measurement.record.rounds import Arahan
from measurement.rules.sop import SEND_BACK, Role, RowState, State
from tests.support.characters import Office, cycle_at, fresh, walk
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.step_pages import address, receipt_of, snapshot


def decide(office: Office, cycle: MeasurementCycle, action: str = SEND_BACK, **values):
    return submit(logged_in(office.sekcam), address(cycle, "approve"), **values, action=action)


def test_the_sekcam_can_approve_with_a_note(kecamatan, to_decide):
    response = decide(kecamatan, to_decide, "approve", decision_note="Sudah sesuai target.")
    assert (response.status_code, fresh(to_decide).state) == (302, State.LAPORAN)
    assert to_decide.stays.get(action="approve").note == "Sudah sesuai target."


def test_the_sekcam_can_return_with_general_arahan_and_one_on_a_row(kecamatan, to_decide):
    row = to_decide.rows.first()
    response = decide(
        kecamatan,
        to_decide,
        **{"arahan": "Periksa kembali serapan.", f"arahan-{row.pk}": "Lengkapi bukti kegiatan."},
    )
    cycle = fresh(to_decide)
    assert (response.status_code, cycle.state, cycle.round) == (302, State.EVALUASI, 2)
    assert set(cycle.directives.values_list("text", "row")) == {
        ("Periksa kembali serapan.", None),
        ("Lengkapi bukti kegiatan.", row.pk),
    }


@pytest.mark.parametrize("name", ["arahan", "arahan-{row}"])
def test_an_arahan_that_was_written_is_not_lost_by_approving(kecamatan, to_decide, name):
    name, before = name.format(row=to_decide.rows.first().pk), snapshot(to_decide)
    response = decide(kecamatan, to_decide, "approve", **{name: "Lengkapi bukti kegiatan."})
    assert (response.status_code, form_of(response)[name]) == (422, "Lengkapi bukti kegiatan.")
    assert "Anda menulis 1 arahan" in words(response)
    assert snapshot(to_decide) == before


def test_a_note_that_was_written_is_not_lost_by_returning(kecamatan, to_decide):
    response = decide(
        kecamatan, to_decide, arahan="Periksa kembali serapan.", decision_note="Sudah sesuai target."
    )
    assert (response.status_code, form_of(response)["decision_note"]) == (422, "Sudah sesuai target.")
    assert "Catatan persetujuan hanya disimpan bila disetujui" in words(response)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200d\ufeff" * 5, "pendek", "a\u00a0b\u2003c d"])
def test_a_return_without_words_is_refused_and_changes_nothing(kecamatan, to_decide, text):
    before = snapshot(to_decide)
    response = decide(kecamatan, to_decide, arahan=text)
    assert response.status_code == 422
    assert "arahan" in words(response)
    assert snapshot(to_decide) == before


def test_a_short_arahan_on_a_row_is_refused_and_stays_typed(kecamatan, to_decide):
    row, before = to_decide.rows.first(), snapshot(to_decide)
    response = decide(
        kecamatan, to_decide, **{"arahan": "Periksa kembali serapan.", f"arahan-{row.pk}": "salah"}
    )
    assert response.status_code == 422
    assert (form_of(response)["arahan"], form_of(response)[f"arahan-{row.pk}"]) == (
        "Periksa kembali serapan.",
        "salah",
    )
    assert snapshot(to_decide) == before


@pytest.mark.parametrize("key", ["99999", "9" * 30])
def test_arahan_on_a_row_that_is_not_there_is_refused(kecamatan, to_decide, key):
    before = snapshot(to_decide)
    assert decide(kecamatan, to_decide, **{f"arahan-{key}": "Lengkapi bukti kegiatan."}).status_code == 422
    assert snapshot(to_decide) == before


def test_arahan_on_a_row_of_another_office_is_refused(kecamatan, neighbour, to_decide):
    foreign = cycle_at(neighbour, "approve").rows.first()
    assert (
        decide(kecamatan, to_decide, **{f"arahan-{foreign.pk}": "Lengkapi bukti kegiatan."}).status_code
        == 422
    )
    foreign.refresh_from_db()
    assert foreign.state == RowState.DITERIMA


def test_a_return_unlocks_only_the_rows_it_names(kecamatan, to_decide):
    named, other = to_decide.rows.all()
    decide(kecamatan, to_decide, **{f"arahan-{named.pk}": "Lengkapi bukti kegiatan."})
    values = form_of(logged_in(kecamatan.asn).get(reverse("worksheet", args=[to_decide.pk])))
    assert f"realised-{named.pk}" in values
    assert f"realised-{other.pk}" not in values
    assert [row.state for row in to_decide.rows.all()] == [RowState.DIKEMBALIKAN, RowState.DITERIMA]


def test_general_arahan_unlocks_no_row(kecamatan, to_decide):
    decide(kecamatan, to_decide, arahan="Periksa kembali serapan.")
    page = logged_in(kecamatan.asn).get(reverse("worksheet", args=[to_decide.pk]))
    assert 'name="realised-' not in page.content.decode()


def test_arahan_must_be_answered_before_the_evaluation_is_finished(kecamatan, to_decide):
    decide(kecamatan, to_decide, arahan="Periksa kembali serapan.")
    directive, page = to_decide.directives.get(), address(to_decide, "evaluate")
    refused = submit(logged_in(kecamatan.tim), page, action="evaluate")
    assert "Jawab arahan Sekcam: “Periksa kembali serapan.”." in words(refused)
    answer = {f"answer-{directive.pk}": "Serapan sudah diperiksa."}
    assert submit(logged_in(kecamatan.tim), page, **answer, action="evaluate").url == receipt_of(to_decide)
    directive.refresh_from_db()
    assert (directive.answer, directive.answered_by) == ("Serapan sudah diperiksa.", kecamatan.tim)


def test_a_short_answer_is_refused(kecamatan, to_decide):
    decide(kecamatan, to_decide, arahan="Periksa kembali serapan.")
    directive = to_decide.directives.get()
    response = submit(
        logged_in(kecamatan.tim), address(to_decide, "evaluate"), **{f"answer-{directive.pk}": "ok"}
    )
    assert (response.status_code, to_decide.directives.get().answer) == (422, "")


def test_the_next_round_shows_what_changed(kecamatan, to_decide):
    row = to_decide.rows.first()
    decide(kecamatan, to_decide, **{f"arahan-{row.pk}": "Lengkapi bukti kegiatan."})
    sheet = reverse("worksheet", args=[to_decide.pk])
    submit(
        logged_in(kecamatan.asn),
        sheet,
        **{f"realised-{row.pk}": "4", f"reply-{row.pk}": "Bukti sudah dilengkapi.", "action": "send"},
    )
    walk(kecamatan, fresh(to_decide), "approve")
    text = words(logged_in(kecamatan.sekcam).get(address(to_decide, "approve")))
    assert f"{row.name} Realisasi 3" in text
    assert "Lengkapi bukti kegiatan." in text
    assert "Sudah dilengkapi seperti diminta." in text


def test_the_first_round_has_no_differences(kecamatan, to_decide):
    assert rounds.differences(to_decide) == []
    assert "Perubahan sejak putaran" not in words(logged_in(kecamatan.sekcam).get(address(to_decide)))


def test_two_tabs_decide_once(kecamatan, to_decide):
    """The second tab's opposite decision finds the cycle gone, and a sentence says who decided."""
    client, page = logged_in(kecamatan.sekcam), address(to_decide)
    opened = form_of(client.get(page))
    assert client.post(page, opened | {"action": "approve"}).status_code == 302
    late = client.post(page, opened | {"action": SEND_BACK, "arahan": "Periksa kembali serapan."})
    assert late.status_code == 409
    assert f"Keputusan sudah dibuat oleh {kecamatan.sekcam}" in words(late)
    assert list(
        to_decide.audit.filter(action__in=["approve", SEND_BACK]).values_list("action", flat=True)
    ) == ["approve"]


def test_a_return_is_not_undone_by_a_late_approval(kecamatan, to_decide):
    client, page = logged_in(kecamatan.sekcam), address(to_decide)
    opened = form_of(client.get(page))
    client.post(page, opened | {"action": SEND_BACK, "arahan": "Periksa kembali serapan."})
    assert client.post(page, opened | {"action": "approve"}).status_code == 409
    assert fresh(to_decide).state == State.EVALUASI


def test_a_return_clicked_twice_is_one_return(kecamatan, to_decide):
    client, page = logged_in(kecamatan.sekcam), address(to_decide)
    values = form_of(client.get(page)) | {"action": SEND_BACK, "arahan": "Periksa kembali serapan."}
    assert [client.post(page, values).status_code for _ in range(2)] == [302, 302]
    assert (fresh(to_decide).round, to_decide.directives.count()) == (2, 1)


def test_an_old_click_of_an_earlier_round_is_not_taken_for_this_one(kecamatan, to_decide):
    """Round 1 was returned; the same form sent again while round 2 waits for the decision leads to what came of it, and returns nothing twice."""
    client, page = logged_in(kecamatan.sekcam), address(to_decide)
    values = form_of(client.get(page)) | {"action": SEND_BACK, "arahan": "Periksa kembali serapan."}
    led_to = client.post(page, values).url
    walk(kecamatan, fresh(to_decide), "approve")
    assert client.post(page, values).url == led_to
    # not the very same form, but as old
    assert client.post(page, values | {"arahan": "Periksa lagi serapan."}).status_code == 409
    assert fresh(to_decide).round == 2


@pytest.mark.parametrize("role", [Role.CAMAT, Role.TIM_SAKIP, Role.ASN, Role.ADMINISTRATOR])
def test_nobody_else_can_decide(kecamatan, to_decide, role):
    client, before = logged_in(kecamatan.actor(role)), snapshot(to_decide)
    for action in ("approve", SEND_BACK):
        values = {"action": action, "arahan": "Periksa kembali serapan.", "version": str(to_decide.version)}
        assert client.post(address(to_decide), values).status_code == 403
    assert snapshot(to_decide) == before


def test_a_round_is_readable_for_ever(kecamatan, to_decide):
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa kembali serapan.")])
    cycle = walk(kecamatan, fresh(to_decide))
    text = words(logged_in(kecamatan.asn).get(reverse("round", args=[cycle.pk, 2])))
    assert "Putaran 2: arahan dan jawabannya" in text
    assert "Periksa kembali serapan." in text


def hint_first_row(cycle: MeasurementCycle) -> None:
    cycle.rows.filter(pk=cycle.rows.first().pk).update(realised=900)


def test_a_row_with_hints_is_looked_at_first_and_every_row_takes_its_arahan_once(kecamatan, to_decide):
    hint_first_row(to_decide)
    odd, plain = to_decide.rows.all()
    page = logged_in(kecamatan.sekcam).get(address(to_decide)).content.decode()
    first, _, rest = page.partition("program uji")
    assert f'name="arahan-{odd.pk}"' in first[first.index("Dilihat dahulu") :]
    assert [page.count(f'name="arahan-{row.pk}"') for row in (odd, plain)] == [1, 1]
    assert f'name="arahan-{plain.pk}"' in rest


def test_an_arahan_beside_hints_returns_its_row_and_stays_typed_when_refused(kecamatan, to_decide):
    hint_first_row(to_decide)
    row = to_decide.rows.first()
    refused = decide(kecamatan, to_decide, **{f"arahan-{row.pk}": "salah"})
    assert (refused.status_code, form_of(refused)[f"arahan-{row.pk}"]) == (422, "salah")
    assert decide(kecamatan, to_decide, **{f"arahan-{row.pk}": "Jelaskan lonjakan ini."}).status_code == 302
    assert to_decide.rows.get(pk=row.pk).state == RowState.DIKEMBALIKAN


def test_rows_to_pick_stand_in_the_order_of_their_capaian(kecamatan, to_decide):
    first, second = to_decide.rows.all()
    to_decide.rows.filter(pk=second.pk).update(realised=1)
    page = logged_in(kecamatan.sekcam).get(address(to_decide)).content.decode()
    assert page.index(f'name="arahan-{second.pk}"') < page.index(f'name="arahan-{first.pk}"')


def test_looking_for_a_row_keeps_what_is_typed_and_sums_it_up(kecamatan, to_decide):
    first, second = to_decide.rows.all()
    typed = {"arahan": "Periksa serapan.", f"arahan-{first.pk}": "Lengkapi bukti."}
    before = snapshot(to_decide)
    page = decide(kecamatan, to_decide, "look", **typed, cari=second.name, decision_note="Baik.")
    assert page.status_code == 200
    assert "2 baris untuk" in words(page)
    assert f"Arahan pada baris {first.name} Lengkapi bukti." in words(page)
    kept = form_of(page)
    assert {name: kept[name] for name in typed} == typed
    assert (kept["decision_note"], kept["cari"]) == ("Baik.", second.name)
    assert snapshot(to_decide) == before


def test_nothing_found_says_so(kecamatan, to_decide):
    page = logged_in(kecamatan.sekcam).get(address(to_decide) + "?cari=entah")
    assert "Tidak ada baris yang memuatnya." in words(page)


def test_what_stands_behind_a_row_is_a_page_and_a_part(kecamatan, to_decide):
    row = to_decide.rows.first()
    url, client = reverse("row_behind", args=[to_decide.pk, row.pk]), logged_in(kecamatan.sekcam)
    whole, part = client.get(url), client.get(url, {"bagian": "ya"})
    for page in (whole, part):
        assert "Disimpan di lemari arsip." in words(page)
        assert "Nilai tiap triwulan" in words(page)
    assert ("<html" in whole.content.decode(), "<html" in part.content.decode()) == (True, False)


def test_an_asn_sees_only_their_own_row_while_it_is_measured(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    row = cycle.rows.first()
    url = reverse("row_behind", args=[cycle.pk, row.pk])
    assert logged_in(kecamatan.asn).get(url).status_code == 200
    assert logged_in(kecamatan.administrator).get(url).status_code == 404


def test_each_choice_says_what_happens_next(kecamatan, to_decide):
    text = words(logged_in(kecamatan.sekcam).get(address(to_decide)))
    assert (
        "Setujui rekapitulasi Lihat konsep (PDF) Setelah ini: rekapitulasi menjadi bahan Laporan Kinerja"
        in text
    )
    assert (
        "Kembalikan ke Tim SAKIP Lihat konsep (PDF) Setelah ini: siklus kembali ke langkah 6 sebagai putaran 2."
        in text
    )

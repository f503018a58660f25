"""Step 6 for a team with many rows: what is accepted at once and what is not, one row at a time, shared out, nobody's own first."""

import pytest
from django.urls import reverse

from measurement.doors import assigning, measuring
from measurement.models import MeasurementCycle, Person, WorksheetRow
from measurement.rules.refusals import Incomplete
from measurement.rules.sharing import SharedRow, share_evenly
from measurement.rules.sop import EVALUATE, Role, RowState
from tests.support.characters import Office, cycle_at, fresh, person
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.step_pages import address

BELOW = 1  # three were planned
NOTE = "Disimpan di lemari arsip."


@pytest.fixture
def judging(kecamatan) -> MeasurementCycle:
    return cycle_at(kecamatan, EVALUATE.key)


@pytest.fixture
def colleague(kecamatan) -> Person:
    person("rekan", kecamatan.unit, Role.TIM_SAKIP)
    return Person.objects.get(username="rekan")


def state(row: WorksheetRow) -> str:
    return WorksheetRow.objects.get(pk=row.pk).state


def accept_shown(kecamatan: Office, cycle: MeasurementCycle, query: str = ""):
    client, url = logged_in(kecamatan.tim), address(cycle) + query
    return client.post(url, form_of(client.get(url)) | {"action": "accept_shown"}, follow=True)


# What is left when many are accepted


def test_own_rows_are_left_and_it_is_said(kecamatan, judging):
    own, other = judging.rows.all()
    judging.rows.filter(pk=own.pk).update(owner=kecamatan.tim)
    page = words(accept_shown(kecamatan, judging))
    assert (state(own), state(other)) == (RowState.TERKIRIM, RowState.DITERIMA)
    assert "1 baris tidak ikut diterima dan dinilai satu per satu: 1 milik Anda sendiri." in page
    assert "Milik Anda sendiri (1)" in page


def send_what_tim_filled_in(kecamatan, judging, row) -> None:
    """A returned row whose place of evidence Tim SAKIP writes for its owner, who sends it again."""
    measuring.give_back(judging.pk, kecamatan.tim, row.pk, row.version, "Bukti tidak terbaca.")
    row.refresh_from_db()
    change = measuring.SheetChange(row.pk, row.version, {"evidence_note": NOTE})
    measuring.save(judging.pk, kecamatan.tim, [change], move="fill_for")
    judging.rows.filter(pk=row.pk).update(reply="Letak buktinya sudah ditulis.")
    measuring.send(judging.pk, kecamatan.asn)


def test_what_somebody_filled_in_for_the_owner_is_their_own(kecamatan, judging):
    row, other = judging.rows.all()
    send_what_tim_filled_in(kecamatan, judging, row)
    accept_shown(kecamatan, judging)
    assert (state(row), state(other)) == (RowState.TERKIRIM, RowState.DITERIMA)


def test_rows_below_target_without_a_file_are_left_and_stand_first(kecamatan, judging):
    plain, missed = judging.rows.all()
    judging.rows.filter(pk=missed.pk).update(realised=BELOW)
    shown = words(logged_in(kecamatan.tim).get(address(judging)))
    assert shown.index("Lihat dahulu") < shown.index(missed.name) < shown.index(plain.name)
    page = words(accept_shown(kecamatan, judging))
    assert (state(plain), state(missed)) == (RowState.DITERIMA, RowState.TERKIRIM)
    assert "1 di bawah target tanpa berkas bukti" in page


def test_what_is_left_is_one_click_away(kecamatan, judging):
    missed = judging.rows.last()
    judging.rows.filter(pk=missed.pk).update(realised=BELOW)
    client = logged_in(kecamatan.tim)
    assert "?saring=tanpa-bukti" in client.get(address(judging)).content.decode()
    page = words(client.get(f"{address(judging)}?saring=tanpa-bukti"))
    assert missed.name in page
    assert judging.rows.first().name not in page


def test_one_click_accepts_the_rest_and_can_be_taken_back(kecamatan, judging):
    page = accept_shown(kecamatan, judging)
    assert "2 baris diterima pukul" in words(page)
    assert "Batalkan" in words(page)


# The list, and one row at a time


def test_the_page_opens_with_what_is_left_to_judge(kecamatan, judging):
    first, second = judging.rows.all()
    measuring.accept(judging.pk, kecamatan.tim, {first.pk: first.version})
    page = words(logged_in(kecamatan.tim).get(address(judging)))
    assert second.name in page
    assert first.name not in page


def test_many_rows_stand_in_closed_pieces(kecamatan, judging, monkeypatch):
    monkeypatch.setattr("measurement.views.steps.evaluation.FEW", 1)
    page = logged_in(kecamatan.tim).get(address(judging)).content.decode()
    assert '<details class="card">' in page
    assert '<details class="card" open>' not in page


def test_a_row_alone_leads_to_the_next_without_javascript(kecamatan, judging):
    first, second = judging.rows.all()
    client, url = logged_in(kecamatan.tim), f"{address(judging)}?saring=belum&baris={first.pk}"
    page = client.get(url).content.decode()
    onward = f"?saring=belum&baris={second.pk}"
    assert f'rel="next" href="{onward.replace("&", "&amp;")}"' in page
    done = client.post(
        url, form_of(client.get(url)) | {f"verdict-{first.pk}": "accept", "action": "save"}, follow=True
    )
    assert done.redirect_chain[-1][0] == address(judging) + onward
    assert (state(first), state(second)) == (RowState.DITERIMA, RowState.TERKIRIM)
    assert "Belum dinilai: 1 dari 1" in words(done)


def test_judging_a_row_alone_keeps_the_note_of_the_evaluation(kecamatan, judging):
    client, row = logged_in(kecamatan.tim), judging.rows.first()
    submit(client, address(judging), evaluation_note="Catatan yang panjang.", action="save")
    url = f"{address(judging)}?saring=semua&baris={row.pk}"
    client.post(url, form_of(client.get(url)) | {f"verdict-{row.pk}": "accept", "action": "save"})
    assert (fresh(judging).evaluation_note, state(row)) == ("Catatan yang panjang.", RowState.DITERIMA)


def test_a_missing_reason_shows_the_row_that_lacks_it(kecamatan, judging):
    row, client = judging.rows.first(), logged_in(kecamatan.tim)
    url = f"{address(judging)}?saring=belum&baris={row.pk}"
    refused = client.post(url, form_of(client.get(url)) | {f"verdict-{row.pk}": "return", "action": "save"})
    assert refused.status_code == 422
    assert f'id="reason-{row.pk}"' in refused.content.decode()


def test_a_row_of_another_office_is_not_shown_alone(kecamatan, neighbour, judging):
    foreign = cycle_at(neighbour, EVALUATE.key).rows.first()
    page = logged_in(kecamatan.tim).get(f"{address(judging)}?baris={foreign.pk}")
    assert judging.rows.first().name in words(page)


# Who judges what


def test_an_own_row_is_offered_to_a_colleague(kecamatan, judging, colleague):
    own = judging.rows.first()
    judging.rows.filter(pk=own.pk).update(owner=kecamatan.tim)
    page = submit(logged_in(kecamatan.tim), address(judging), offer=str(own.pk), action="save")
    assert page.status_code == 302
    assert WorksheetRow.objects.get(pk=own.pk).examiner == colleague
    assert colleague.messages.filter(key__startswith="pembagian:").exists()
    assert own.name in words(logged_in(colleague).get(f"{address(judging)}?saring=bagian-saya"))
    assert f"Ditawarkan kepada {colleague}" in words(logged_in(kecamatan.tim).get(address(judging)))


def test_where_the_team_has_nobody_else_it_is_said(kecamatan, judging):
    own = judging.rows.first()
    judging.rows.filter(pk=own.pk).update(owner=kecamatan.tim)
    with pytest.raises(Incomplete, match="Tidak ada rekan lain"):
        assigning.offer(judging.pk, kecamatan.tim, own.pk)


def test_a_team_of_one_is_not_asked_to_offer_its_rows(kecamatan, judging):
    judging.rows.filter(pk=judging.rows.first().pk).update(owner=kecamatan.tim)
    page = words(logged_in(kecamatan.tim).get(address(judging)))
    assert "tidak ada rekan lain di Tim SAKIP yang dapat menilainya" in page
    assert "Tawarkan kepada rekan" not in page


def test_what_somebody_filled_in_for_the_owner_is_offered_too(kecamatan, judging, colleague):
    row = judging.rows.first()
    send_what_tim_filled_in(kecamatan, judging, row)
    assert f'name="offer" value="{row.pk}"' in logged_in(kecamatan.tim).get(address(judging)).content.decode()
    submit(logged_in(kecamatan.tim), address(judging), offer=str(row.pk), action="save")
    assert WorksheetRow.objects.get(pk=row.pk).examiner == colleague


def test_the_chair_can_share_rows_out_evenly(kecamatan, judging, colleague):
    kecamatan.tim.appointments.filter(role=Role.TIM_SAKIP).update(chairs=True)
    own = judging.rows.first()
    judging.rows.filter(pk=own.pk).update(owner=kecamatan.tim)
    url = reverse("assignment", args=[judging.pk])
    page = logged_in(kecamatan.tim).post(url, {"action": "share"}, follow=True)
    assert "2 baris dibagi" in words(page)
    assert WorksheetRow.objects.get(pk=own.pk).examiner == colleague
    assert set(judging.rows.values_list("examiner", flat=True)) == {kecamatan.tim.pk, colleague.pk}


def test_the_chair_can_give_a_branch_to_one(kecamatan, judging, colleague):
    kecamatan.tim.appointments.filter(role=Role.TIM_SAKIP).update(chairs=True)
    url = reverse("assignment", args=[judging.pk])
    name = f"penilai-{judging.rows.first().node.parent_id}"
    logged_in(kecamatan.tim).post(url, {name: str(colleague.pk), "action": "save"})
    assert set(judging.rows.values_list("examiner", flat=True)) == {colleague.pk}


def test_a_member_cannot_share_rows_out_where_there_is_a_chair(kecamatan, judging, colleague):
    kecamatan.tim.appointments.filter(role=Role.TIM_SAKIP).update(chairs=True)
    url = reverse("assignment", args=[judging.pk])
    assert logged_in(colleague).post(url, {"action": "share"}).status_code == 403
    assert "Bagi rata" not in words(logged_in(colleague).get(url))


@pytest.mark.parametrize(
    ("owners", "members"), [("abcabc", "ab"), ("aaaa", "ab"), ("ab" * 20, "abc"), ("", "a")]
)
def test_shares_are_even_and_nobody_gets_their_own(owners, members):
    rows = [SharedRow(number, ord(owner)) for number, owner in enumerate(owners)]
    found = share_evenly(rows, [ord(member) for member in members])
    assert len(found) == len(rows)
    assert all(found[row.key] != row.owner for row in rows)


def test_what_only_its_owner_could_judge_is_given_to_nobody():
    assert share_evenly([SharedRow(1, 7), SharedRow(2, 8)], [7]) == {2: 7}

"""One page for every step: its actor works there, the others read; a draft is kept, a refusal keeps what was typed, a late click changes nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from measurement import rounds, workflow
from measurement.models import Indicator, IndicatorDefinition, MeasurementCycle, WorksheetRow
from measurement.rounds import Arahan
from measurement.sop import REFERENCE_DOCUMENTS, SEND_BACK, STEP_BY_KEY, STEPS, Role, RowState, State

from .characters import YEAR, Office, cycle_at, fresh, open_cycle, person, settle, store_papers, walk
from .pages import form_of, logged_in, submit, words

SENTENCE = "Kalimat yang cukup panjang untuk langkah ini."
MEETING = {"starts_at": "2026-04-02T09:00", "place": "Ruang rapat", "agenda": "Arahan pengukuran", "briefing": SENTENCE}
WORKED_ON = ["brief", "plan_activities", "prepare_method", "evaluate", "recapitulate", "report", "approve", "report_to_camat", "archive"]
TEXT_OF = {
    "brief": "briefing",
    "plan_activities": "discussion",
    "prepare_method": "method_note",
    "evaluate": "evaluation_note",
    "recapitulate": "recap_note",
    "report": "cover_note",
    "approve": "decision_note",
    "report_to_camat": "conclusion",
    "archive": "storage_location",
}
PDF = SimpleUploadedFile("dpa 2026.pdf", b"%PDF-1.7 dokumen")


def address(cycle: MeasurementCycle, step: str | None = None) -> str:
    return reverse("step", args=[cycle.pk, (STEP_BY_KEY[step] if step else cycle.step).number])


def actor_of(office: Office, cycle: MeasurementCycle):
    return logged_in(office.actor(cycle.step.actor))


def typed(office: Office, cycle: MeasurementCycle) -> dict:
    """What the actor types so that the step may be left."""
    match cycle.step.key:
        case "brief":
            return MEETING
        case "plan_activities":
            return {"discussion": SENTENCE, "decisions": SENTENCE, "attendees": [office.sekcam.pk, office.tim.pk]}
        case "prepare_method":
            return {f"explanation-{kind}": SENTENCE for kind in REFERENCE_DOCUMENTS}
        case "evaluate":
            return {f"verdict-{row.pk}": "accept" for row in cycle.rows.all()}
        case "report_to_camat":
            return {"conclusion": SENTENCE, "suggestions": SENTENCE}
        case "archive":
            store_papers(cycle)
    return {TEXT_OF[cycle.step.key]: SENTENCE}


def perform(office: Office, cycle: MeasurementCycle, **changes):
    """The actor fills in the page and presses the step's own button."""
    return submit(actor_of(office, cycle), address(cycle), **(typed(office, cycle) | {"action": cycle.step.key} | changes))


def snapshot(cycle: MeasurementCycle) -> tuple:
    """Everything of a cycle that a refused request must leave alone."""
    kept = fresh(cycle)
    models = (kept.rows, kept.nodes, kept.stays, kept.papers, kept.audit, kept.directives, kept.schedule, kept.reference_documents)
    return MeasurementCycle.objects.values().get(pk=cycle.pk), [list(found.order_by("pk").values()) for found in models]


# Who may


@pytest.mark.parametrize("step", WORKED_ON)
def test_only_the_actor_gets_the_form_and_the_others_may_read(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    for role in Role:
        response = logged_in(kecamatan.actor(role)).get(address(cycle))
        assert response.status_code == 200, role
        assert (b'name="version"' in response.content) == (role == STEP_BY_KEY[step].actor), role


@pytest.mark.parametrize("step", WORKED_ON)
def test_nobody_else_can_post_a_step(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    values, before = form_of(actor_of(kecamatan, cycle).get(address(cycle))) | typed(kecamatan, cycle), snapshot(cycle)
    for role in set(Role) - {STEP_BY_KEY[step].actor}:
        for action in (step, "save", SEND_BACK):
            response = logged_in(kecamatan.actor(role)).post(address(cycle), values | {"action": action})
            assert response.status_code == 403, (role, action)
    assert snapshot(cycle) == before


@pytest.mark.parametrize("step", WORKED_ON)
def test_another_office_cannot_find_a_step(kecamatan, neighbour, step):
    cycle = cycle_at(kecamatan, step)
    for role in Role:
        stranger = logged_in(neighbour.actor(role))
        assert stranger.get(address(cycle)).status_code == 404
        assert stranger.post(address(cycle), {"action": step}).status_code == 404


@pytest.mark.parametrize("number", [0, 12, 99])
def test_there_are_eleven_steps_and_no_more(kecamatan, number):
    cycle = open_cycle(kecamatan)
    assert logged_in(kecamatan.camat).get(f"/siklus/{cycle.pk}/langkah/{number}/").status_code == 404


def test_the_step_of_measuring_leads_to_the_worksheet(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    assert logged_in(kecamatan.asn).get(address(cycle)).url == reverse("worksheet", args=[cycle.pk])


# Drafts


@pytest.mark.parametrize("step", WORKED_ON)
def test_a_draft_is_kept_and_the_step_stays(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    response = submit(actor_of(kecamatan, cycle), address(cycle), **{TEXT_OF[step]: "Setengah jadi.", "action": "save"})
    assert (response.status_code, response.url) == (302, address(cycle))
    assert form_of(actor_of(kecamatan, cycle).get(address(cycle)))[TEXT_OF[step]] == "Setengah jadi."
    assert fresh(cycle).state == cycle.state


def test_a_draft_of_the_meeting_shows_its_moment_again(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    submit(logged_in(kecamatan.sekcam), address(cycle), **MEETING, action="save")
    assert form_of(logged_in(kecamatan.sekcam).get(address(cycle)))["starts_at"] == "2026-04-02T09:00"


def test_a_draft_from_a_stale_page_is_refused_and_stays_on_the_page(kecamatan):
    cycle, client = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    opened = form_of(client.get(address(cycle)))
    submit(client, address(cycle), recap_note="Yang pertama menyimpan.")
    response = client.post(address(cycle), opened | {"recap_note": "Yang kedua menyimpan."})
    assert response.status_code == 409
    assert form_of(response)["recap_note"] == "Yang kedua menyimpan."
    assert fresh(cycle).recap_note == "Yang pertama menyimpan."


def test_the_page_of_a_stale_draft_can_be_saved(kecamatan):
    cycle, client = cycle_at(kecamatan, "recapitulate"), logged_in(kecamatan.tim)
    opened = form_of(client.get(address(cycle)))
    submit(client, address(cycle), recap_note="Yang pertama menyimpan.")
    conflict = client.post(address(cycle), opened | {"recap_note": "Yang kedua menyimpan."})
    assert client.post(address(cycle), form_of(conflict)).status_code == 302
    assert fresh(cycle).recap_note == "Yang kedua menyimpan."


@pytest.mark.parametrize("version", ["", "abc", "0", "9" * 30, "9" * 5000])
def test_a_version_that_is_no_version_is_a_conflict(kecamatan, version):
    cycle = cycle_at(kecamatan, "recapitulate")
    response = submit(logged_in(kecamatan.tim), address(cycle), recap_note=SENTENCE, version=version)
    assert (response.status_code, fresh(cycle).recap_note) == (409, "")


def test_posted_fields_of_other_steps_have_no_effect(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    other = {"state": "arsip", "round": "9", "unit": "99", "conclusion": "x", "storage_location": "x", "instruction": "x", "quarter": "4"}
    submit(logged_in(kecamatan.tim), address(cycle), recap_note=SENTENCE, **other)
    after = fresh(cycle)
    assert (after.state, after.round, after.quarter, after.conclusion, after.storage_location) == (State.REKAPITULASI, 1, 1, "", "")


# Performing


@pytest.mark.parametrize("step", WORKED_ON)
def test_the_actor_can_leave_the_step_by_its_page(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    response = perform(kecamatan, cycle)
    assert (response.status_code, response.url) == (302, reverse("cycle", args=[cycle.pk]))
    assert fresh(cycle).state == STEP_BY_KEY[step].target
    assert cycle.papers.filter(kind=STEP_BY_KEY[step].output).count() == 1


def test_the_receipt_says_whose_turn_it_is(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    client = actor_of(kecamatan, cycle)
    response = client.post(address(cycle), form_of(client.get(address(cycle))) | MEETING | {"action": "brief"}, follow=True)
    assert "Langkah 2 selesai, Nota Dinas diterbitkan. Sekarang langkah 3, giliran Tim SAKIP." in words(response)


@pytest.mark.parametrize("step", [key for key in WORKED_ON if key not in ("approve",)])
def test_an_incomplete_step_is_refused_with_sentences_and_keeps_what_was_typed(kecamatan, step):
    cycle = cycle_at(kecamatan, step)
    before = snapshot(cycle)
    short = {TEXT_OF[step]: "Pendek."} if step != "archive" else {}
    response = submit(actor_of(kecamatan, cycle), address(cycle), **short, action=step)
    assert response.status_code == 422
    assert "Belum dapat dilanjutkan. Yang sudah diketik tetap ada." in words(response)
    assert short.items() <= form_of(response).items()
    assert snapshot(cycle) == before


def test_what_is_missing_stands_on_the_page_before_anybody_clicks(kecamatan):
    cycle = cycle_at(kecamatan, "plan_activities")
    text = words(logged_in(kecamatan.tim).get(address(cycle)))
    assert "Belum bisa dilanjutkan: Tuliskan pembahasan rapat pada notulen." in text
    assert "Catat peserta rapat." in text


@pytest.mark.parametrize("step", WORKED_ON)
def test_a_double_click_does_the_step_once(kecamatan, step):
    cycle, client = cycle_at(kecamatan, step), logged_in(kecamatan.actor(STEP_BY_KEY[step].actor))
    values = form_of(client.get(address(cycle))) | typed(kecamatan, cycle) | {"action": step}
    first = client.post(address(cycle), values)
    again = client.post(address(cycle), values)
    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert cycle.audit.filter(action=step).count() == 1
    assert cycle.papers.filter(kind=STEP_BY_KEY[step].output).count() == 1


@pytest.mark.parametrize("step", ["plan_activities", "recapitulate", "report"])
def test_whoever_comes_second_is_told_who_was_faster(kecamatan, step):
    cycle, second = cycle_at(kecamatan, step), logged_in(person("kedua", kecamatan.unit, Role.TIM_SAKIP))
    values = form_of(second.get(address(cycle))) | typed(kecamatan, cycle) | {"action": step}
    perform(kecamatan, cycle)
    before = snapshot(cycle)
    late = second.post(address(cycle), values)
    assert late.status_code == 409
    assert f"sudah diselesaikan oleh {kecamatan.tim}" in words(late)
    assert snapshot(cycle) == before


@pytest.mark.parametrize("ahead", ["evaluate", "report", "archive"])
def test_a_step_cannot_be_skipped_by_hand(kecamatan, ahead):
    cycle = cycle_at(kecamatan, "plan_activities")
    before = snapshot(cycle)
    response = logged_in(kecamatan.tim).post(address(cycle, ahead), {"action": ahead, "version": str(cycle.version)})
    assert (response.status_code, snapshot(cycle)) == (409, before)


def test_an_action_of_another_step_only_saves(kecamatan):
    cycle = cycle_at(kecamatan, "recapitulate")
    for action in ("report", "approve", SEND_BACK, "archive"):
        submit(logged_in(kecamatan.tim), address(cycle), recap_note=SENTENCE, action=action)
    assert fresh(cycle).state == State.REKAPITULASI


@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_a_finished_cycle_can_be_read_step_by_step(kecamatan, step):
    cycle = cycle_at(kecamatan, None)
    for role in Role:
        response = logged_in(kecamatan.actor(role)).get(address(cycle, step))
        assert response.status_code == 200
        assert b'name="version"' not in response.content


def test_an_archived_step_takes_no_more_posts(kecamatan):
    cycle = cycle_at(kecamatan, None)
    before = snapshot(cycle)
    response = logged_in(kecamatan.tim).post(address(cycle, "recapitulate"), {"recap_note": "Diubah.", "action": "save"})
    assert (response.status_code, snapshot(cycle)) == (409, before)


# Step 1: the order


def test_the_camat_can_open_a_cycle(kecamatan):
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), year=str(YEAR), quarter="1")
    cycle = MeasurementCycle.objects.get()
    assert (response.url, cycle.state, cycle.instruction[:12]) == (reverse("cycle", args=[cycle.pk]), State.ARAHAN, "Dalam rangka")


@pytest.mark.parametrize("role", [Role.SEKCAM, Role.TIM_SAKIP, Role.ASN, Role.ADMINISTRATOR])
def test_nobody_else_can_open_a_cycle(kecamatan, role):
    client = logged_in(kecamatan.actor(role))
    assert client.get(reverse("open_cycle")).status_code == 403
    assert client.post(reverse("open_cycle"), {"year": YEAR, "quarter": 1, "instruction": SENTENCE}).status_code == 403
    assert not MeasurementCycle.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"year": "1999"}, {"year": "x"}, {"quarter": "5"}, {"quarter": ""}, {"instruction": ""}, {"instruction": "pendek"}]
)
def test_an_order_that_lacks_something_is_refused(kecamatan, changes):
    values = {"year": str(YEAR), "quarter": "1", "instruction": SENTENCE} | changes
    response = logged_in(kecamatan.camat).post(reverse("open_cycle"), values)
    assert response.status_code == 422
    assert not MeasurementCycle.objects.exists()


def test_a_quarter_is_ordered_once(kecamatan):
    open_cycle(kecamatan)
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), year=str(YEAR), quarter="1")
    assert response.status_code == 422
    assert "sudah berjalan" in words(response)


def test_an_office_without_a_plan_is_told_to_import_one(kecamatan):
    Indicator.objects.update(retired=True)
    response = submit(logged_in(kecamatan.camat), reverse("open_cycle"), year=str(YEAR), quarter="1")
    assert response.status_code == 422
    assert "Impor rencana lebih dahulu" in words(response)


# Step 4: the methodology


def test_tim_sakip_can_upload_a_reference_document(kecamatan):
    cycle, client = cycle_at(kecamatan, "prepare_method"), logged_in(kecamatan.tim)
    PDF.seek(0)
    submit(client, address(cycle), **{"file-dpa": PDF})
    document = cycle.reference_documents.get(kind="dpa")
    download = client.get(reverse("reference", args=[document.pk]))
    assert b"".join(download.streaming_content) == b"%PDF-1.7 dokumen"
    assert download["Content-Disposition"].startswith("attachment")


def test_an_uploaded_document_stays_when_the_page_is_saved_again(kecamatan):
    cycle, client = cycle_at(kecamatan, "prepare_method"), logged_in(kecamatan.tim)
    PDF.seek(0)
    submit(client, address(cycle), **{"file-dpa": PDF})
    submit(client, address(cycle), method_note="Catatan lain.")
    assert cycle.reference_documents.get(kind="dpa").file is not None


def test_a_bad_reference_document_is_refused_and_the_texts_stay(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    before = snapshot(cycle)
    bad = {"file-renja": SimpleUploadedFile("renja.pdf", b"MZ program"), "explanation-dpa": SENTENCE}
    response = submit(logged_in(kecamatan.tim), address(cycle), **bad)
    assert response.status_code == 422
    assert "bukan PDF yang sebenarnya" in words(response)
    assert form_of(response)["explanation-dpa"] == SENTENCE
    assert snapshot(cycle) == before


def test_explanations_stand_in_for_documents(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    assert "Unggah Dokumen Pelaksanaan Anggaran (DPA)" in words(logged_in(kecamatan.tim).get(address(cycle)))
    submit(logged_in(kecamatan.tim), address(cycle), **typed(kecamatan, cycle))
    assert "Unggah Dokumen Pelaksanaan" not in words(logged_in(kecamatan.tim).get(address(cycle)))


def test_an_explanation_can_be_taken_back(kecamatan):
    cycle = cycle_at(kecamatan, "prepare_method")
    submit(logged_in(kecamatan.tim), address(cycle), **typed(kecamatan, cycle))
    submit(logged_in(kecamatan.tim), address(cycle), **{"explanation-dpa": ""})
    assert not cycle.reference_documents.get(kind="dpa").is_settled


def test_tim_sakip_can_mark_many_indicators_as_smart(kecamatan):
    first, second = kecamatan.indicators
    Indicator.objects.update(**dict.fromkeys(IndicatorDefinition.SMART))
    cycle = cycle_at(kecamatan, "prepare_method")
    submit(logged_in(kecamatan.tim), address(cycle), indicator=[str(first.pk)], action="smart")
    assert Indicator.objects.get(pk=first.pk).smart_answers == [True] * 5
    assert Indicator.objects.get(pk=second.pk).smart_answers == [None] * 5


def test_indicators_of_another_office_cannot_be_marked(kecamatan, neighbour):
    Indicator.objects.update(**dict.fromkeys(IndicatorDefinition.SMART))
    cycle = cycle_at(kecamatan, "prepare_method")
    submit(logged_in(kecamatan.tim), address(cycle), indicator=[str(neighbour.indicators[0].pk), "x", "9" * 30], action="smart")
    assert Indicator.objects.get(pk=neighbour.indicators[0].pk).smart_answers == [None] * 5


def test_an_indicator_without_a_definition_keeps_step_4_open(kecamatan):
    Indicator.objects.filter(pk=kecamatan.indicators[0].pk).update(source="", owner=None)
    cycle = cycle_at(kecamatan, "prepare_method")
    response = perform(kecamatan, cycle)
    assert response.status_code == 422
    assert "“Jumlah laporan 1” belum lengkap: sumber data, penanggung jawab." in words(response)


# Step 6: the evaluation


def verdict(office: Office, cycle: MeasurementCycle, **values):
    return submit(logged_in(office.tim), address(cycle), **values)


def test_tim_sakip_can_accept_all_rows_shown(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    assert verdict(kecamatan, cycle, action="accept_shown").status_code == 302
    assert set(cycle.rows.values_list("state", flat=True)) == {RowState.DITERIMA}


def test_accepting_what_is_shown_leaves_what_a_filter_hides(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    first = cycle.rows.first()
    verdict(kecamatan, cycle, **{f"verdict-{first.pk}": "accept", "action": "save"})
    client, url = logged_in(kecamatan.tim), f"{address(cycle)}?saring=dikembalikan"
    client.post(url, form_of(client.get(url)) | {"action": "accept_shown"})
    assert cycle.rows.filter(state=RowState.TERKIRIM).count() == 1


def test_tim_sakip_can_return_a_row_with_a_reason(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    verdict(kecamatan, cycle, **{f"verdict-{row.pk}": "return", f"reason-{row.pk}": "Bukti tidak terbaca.", "action": "save"})
    row.refresh_from_db()
    assert (row.state, row.verdict_note) == (RowState.DIKEMBALIKAN, "Bukti tidak terbaca.")
    assert "Bukti tidak terbaca." in words(logged_in(kecamatan.asn).get(reverse("worksheet", args=[cycle.pk])))


@pytest.mark.parametrize("reason", ["", "  ", "\u200b" * 12, "pendek"])
def test_a_return_without_a_reason_writes_nothing_of_the_page(kecamatan, reason):
    cycle = cycle_at(kecamatan, "evaluate")
    first, second = cycle.rows.all()
    before = snapshot(cycle)
    values = {f"verdict-{first.pk}": "accept", f"verdict-{second.pk}": "return", f"reason-{second.pk}": reason}
    response = verdict(kecamatan, cycle, evaluation_note="Catatan baru.", **values)
    assert response.status_code == 422
    assert "Tuliskan alasannya" in words(response)
    assert (form_of(response)[f"verdict-{first.pk}"], form_of(response)["evaluation_note"]) == (["accept"], "Catatan baru.")
    assert snapshot(cycle) == before


def test_a_returned_row_keeps_step_6_open_until_it_is_sent_and_accepted(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    first, second = cycle.rows.all()
    values = {f"verdict-{first.pk}": "return", f"reason-{first.pk}": "Bukti tidak terbaca.", f"verdict-{second.pk}": "accept"}
    refused = verdict(kecamatan, cycle, **values, action="evaluate")
    assert "1 baris masih dilengkapi" in words(refused)
    verdict(kecamatan, cycle, **values, action="save")
    settle(kecamatan, cycle)
    assert verdict(kecamatan, cycle, action="evaluate").url == reverse("cycle", args=[cycle.pk])


def test_an_accepted_row_can_still_be_returned(kecamatan):
    cycle = cycle_at(kecamatan, "evaluate")
    row = cycle.rows.first()
    verdict(kecamatan, cycle, action="accept_shown")
    verdict(kecamatan, cycle, **{f"verdict-{row.pk}": "return", f"reason-{row.pk}": "Bukti tidak terbaca."})
    assert WorksheetRow.objects.get(pk=row.pk).state == RowState.DIKEMBALIKAN


def test_a_row_that_changed_meanwhile_is_not_accepted(kecamatan):
    cycle, client = cycle_at(kecamatan, "evaluate"), logged_in(kecamatan.tim)
    row = cycle.rows.first()
    values = form_of(client.get(address(cycle))) | {f"version-{row.pk}": str(row.version - 1), "action": "accept_shown"}
    assert "1 baris berubah sejak halaman dibuka" in words(client.post(address(cycle), values, follow=True))
    assert WorksheetRow.objects.get(pk=row.pk).state == RowState.TERKIRIM


def test_a_row_of_another_office_cannot_be_accepted(kecamatan, neighbour):
    cycle, foreign = cycle_at(kecamatan, "evaluate"), cycle_at(neighbour, "evaluate").rows.first()
    verdict(kecamatan, cycle, **{f"version-{foreign.pk}": str(foreign.version), f"verdict-{foreign.pk}": "accept"})
    foreign.refresh_from_db()
    assert foreign.state == RowState.TERKIRIM


# Step 9: the decision


def decide(office: Office, cycle: MeasurementCycle, action: str = SEND_BACK, **values):
    return submit(logged_in(office.sekcam), address(cycle, "approve"), **values, action=action)


@pytest.fixture
def to_decide(kecamatan) -> MeasurementCycle:
    return cycle_at(kecamatan, "approve")


def test_the_sekcam_can_approve_with_a_note(kecamatan, to_decide):
    response = decide(kecamatan, to_decide, "approve", decision_note="Sudah sesuai target.")
    assert (response.status_code, fresh(to_decide).state) == (302, State.LAPORAN)
    assert to_decide.stays.get(action="approve").note == "Sudah sesuai target."


def test_the_sekcam_can_return_with_general_arahan_and_one_on_a_row(kecamatan, to_decide):
    row = to_decide.rows.first()
    response = decide(kecamatan, to_decide, **{"arahan": "Periksa kembali serapan.", f"arahan-{row.pk}": "Lengkapi bukti kegiatan."})
    cycle = fresh(to_decide)
    assert (response.status_code, cycle.state, cycle.round) == (302, State.EVALUASI, 2)
    assert set(cycle.directives.values_list("text", "row")) == {("Periksa kembali serapan.", None), ("Lengkapi bukti kegiatan.", row.pk)}


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200d\ufeff" * 5, "pendek", "a\u00a0b\u2003c d"])
def test_a_return_without_words_is_refused_and_changes_nothing(kecamatan, to_decide, text):
    before = snapshot(to_decide)
    response = decide(kecamatan, to_decide, arahan=text)
    assert response.status_code == 422
    assert "arahan" in words(response)
    assert snapshot(to_decide) == before


def test_a_short_arahan_on_a_row_is_refused_and_stays_typed(kecamatan, to_decide):
    row, before = to_decide.rows.first(), snapshot(to_decide)
    response = decide(kecamatan, to_decide, **{"arahan": "Periksa kembali serapan.", f"arahan-{row.pk}": "salah"})
    assert response.status_code == 422
    assert (form_of(response)["arahan"], form_of(response)[f"arahan-{row.pk}"]) == ("Periksa kembali serapan.", "salah")
    assert snapshot(to_decide) == before


@pytest.mark.parametrize("key", ["99999", "9" * 30])
def test_arahan_on_a_row_that_is_not_there_is_refused(kecamatan, to_decide, key):
    before = snapshot(to_decide)
    assert decide(kecamatan, to_decide, **{f"arahan-{key}": "Lengkapi bukti kegiatan."}).status_code == 422
    assert snapshot(to_decide) == before


def test_arahan_on_a_row_of_another_office_is_refused(kecamatan, neighbour, to_decide):
    foreign = cycle_at(neighbour, "approve").rows.first()
    assert decide(kecamatan, to_decide, **{f"arahan-{foreign.pk}": "Lengkapi bukti kegiatan."}).status_code == 422
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
    assert submit(logged_in(kecamatan.tim), page, **answer, action="evaluate").url == reverse("cycle", args=[to_decide.pk])
    directive.refresh_from_db()
    assert (directive.answer, directive.answered_by) == ("Serapan sudah diperiksa.", kecamatan.tim)


def test_a_short_answer_is_refused(kecamatan, to_decide):
    decide(kecamatan, to_decide, arahan="Periksa kembali serapan.")
    directive = to_decide.directives.get()
    response = submit(logged_in(kecamatan.tim), address(to_decide, "evaluate"), **{f"answer-{directive.pk}": "ok"})
    assert (response.status_code, to_decide.directives.get().answer) == (422, "")


def test_the_next_round_shows_what_changed(kecamatan, to_decide):
    row = to_decide.rows.first()
    decide(kecamatan, to_decide, **{f"arahan-{row.pk}": "Lengkapi bukti kegiatan."})
    sheet = reverse("worksheet", args=[to_decide.pk])
    submit(logged_in(kecamatan.asn), sheet, **{f"realised-{row.pk}": "4", "action": "send"})
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
    assert list(to_decide.audit.filter(action__in=["approve", SEND_BACK]).values_list("action", flat=True)) == ["approve"]


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
    """Round 1 was returned; the same page posted again while round 2 waits for the decision is a stale page, not a second return."""
    client, page = logged_in(kecamatan.sekcam), address(to_decide)
    values = form_of(client.get(page)) | {"action": SEND_BACK, "arahan": "Periksa kembali serapan."}
    client.post(page, values)
    walk(kecamatan, fresh(to_decide), "approve")
    assert client.post(page, values).status_code == 409
    assert fresh(to_decide).round == 2


@pytest.mark.parametrize("role", [Role.CAMAT, Role.TIM_SAKIP, Role.ASN, Role.ADMINISTRATOR])
def test_nobody_else_can_decide(kecamatan, to_decide, role):
    client, before = logged_in(kecamatan.actor(role)), snapshot(to_decide)
    for action in ("approve", SEND_BACK):
        values = {"action": action, "arahan": "Periksa kembali serapan.", "version": str(to_decide.version)}
        assert client.post(address(to_decide), values).status_code == 403
    assert snapshot(to_decide) == before


# The clock


def test_a_late_step_says_so(kecamatan):
    cycle = cycle_at(kecamatan, "brief")
    cycle.stays.filter(left_at=None).update(arrived_at=timezone.now() - timedelta(days=14))
    assert "Terlambat" in words(logged_in(kecamatan.sekcam).get(reverse("inbox")))
    assert "Terlambat" in words(logged_in(kecamatan.sekcam).get(reverse("cycle", args=[cycle.pk])))


def test_a_round_is_readable_for_ever(kecamatan, to_decide):
    workflow.perform(to_decide, SEND_BACK, kecamatan.sekcam, arahan=[Arahan("Periksa kembali serapan.")])
    cycle = walk(kecamatan, fresh(to_decide))
    text = words(logged_in(kecamatan.asn).get(reverse("cycle", args=[cycle.pk])))
    assert "Putaran 2: arahan dan jawabannya" in text
    assert "Periksa kembali serapan." in text

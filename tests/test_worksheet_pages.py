"""An ASN fills in, saves and sends their own rows and proves them; nothing is lost, nobody else's row is touched."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measurement import measuring, workflow
from measurement.measuring import Change
from measurement.models import Evidence, Indicator, WorksheetNode, WorksheetRow
from measurement.sop import RowState, State

from .characters import Office, add_indicator, cycle_at, fill, fresh, person, row_values
from .pages import form_of, logged_in, submit, words

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
TEXTS = {key: value for key, value in row_values().items() if key != "realised"}


@pytest.fixture
def measuring_office(kecamatan) -> Office:
    """The office with one row for a second ASN, whose cycle waits for step 5."""
    kecamatan.colleague = person("rekan", kecamatan.unit)
    add_indicator(kecamatan, "Jumlah kunjungan rekan", 9)
    Indicator.objects.filter(name="Jumlah kunjungan rekan").update(owner=kecamatan.colleague)
    kecamatan.cycle = cycle_at(kecamatan, "measure")
    return kecamatan


@pytest.fixture
def sheet(measuring_office):
    """The address of the worksheet of that cycle."""
    return reverse("worksheet", args=[measuring_office.cycle.pk])


@pytest.fixture
def asn(measuring_office):
    return logged_in(measuring_office.asn)


def rows_of(owner) -> list[WorksheetRow]:
    return list(WorksheetRow.objects.filter(owner=owner).order_by("position"))


def first_row(office: Office) -> WorksheetRow:
    return rows_of(office.asn)[0]


def complete(row: WorksheetRow, realised: str = "3") -> dict:
    """What a person types into one row to make it complete."""
    return {f"realised-{row.pk}": realised} | {f"{name}-{row.pk}": text for name, text in TEXTS.items()}


def upload(name: str = "bukti.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def money_node(office: Office) -> WorksheetNode:
    return office.cycle.nodes.get(level="sub_kegiatan")


# Seeing


def test_asn_sees_only_their_own_rows(measuring_office, asn, sheet):
    text = words(asn.get(sheet))
    assert "Jumlah laporan 1" in text
    assert "Jumlah laporan 2" in text
    assert "kunjungan rekan" not in text


def test_asn_sees_only_their_own_rows_in_the_overview(measuring_office, asn):
    text = words(asn.get(reverse("overview", args=[measuring_office.cycle.pk])))
    assert "Jumlah laporan 1" in text
    assert "kunjungan rekan" not in text


@pytest.mark.parametrize("role", ["camat", "sekcam", "tim"])
def test_those_who_lead_see_every_row(measuring_office, role):
    text = words(logged_in(getattr(measuring_office, role)).get(reverse("overview", args=[measuring_office.cycle.pk])))
    assert "Jumlah laporan 1" in text
    assert "kunjungan rekan" in text


def test_someone_without_rows_is_told_so(measuring_office, sheet):
    assert "Tidak ada indikator untuk Anda" in words(logged_in(measuring_office.camat).get(sheet))


def test_a_stranger_cannot_find_the_worksheet(measuring_office, neighbour, sheet):
    stranger = logged_in(neighbour.asn)
    assert stranger.get(sheet).status_code == 404
    assert stranger.post(sheet, {}).status_code == 404


# Saving


def test_asn_can_save_what_they_typed(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row, "1.234,5"), action="save")
    row.refresh_from_db()
    assert response.status_code == 302
    assert (row.realised, row.obstacle, row.state) == (Decimal("1234.5"), TEXTS["obstacle"], RowState.DRAF)


def test_a_blank_stays_blank_and_is_not_zero(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    submit(asn, sheet, **{f"realised-{first.pk}": "", f"analysis-{first.pk}": "Belum ada data.", f"realised-{second.pk}": "0"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.realised, second.realised) == (None, 0)
    values = form_of(asn.get(sheet))
    assert (values[f"realised-{first.pk}"], values[f"realised-{second.pk}"]) == ("", "0")


def test_a_value_can_be_emptied_again(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"realised-{row.pk}": "7"})
    submit(asn, sheet, **{f"realised-{row.pk}": ""})
    row.refresh_from_db()
    assert row.realised is None


def test_saving_without_a_change_writes_nothing(measuring_office, asn, sheet):
    before = list(WorksheetRow.objects.order_by("pk").values())
    response = asn.post(sheet, form_of(asn.get(sheet)), follow=True)
    assert "Tidak ada yang berubah." in words(response)
    assert list(WorksheetRow.objects.order_by("pk").values()) == before


def test_saving_what_the_page_shows_never_changes_a_number(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(realised=Decimal("1234.567"))
    asn.post(sheet, form_of(asn.get(sheet)))
    row.refresh_from_db()
    assert row.realised == Decimal("1234.567")


def test_a_ratio_row_keeps_numerator_and_denominator(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(accumulation="rasio", targets=["75"] * 4)
    submit(asn, sheet, **{f"numerator-{row.pk}": "30", f"denominator-{row.pk}": "40"})
    row.refresh_from_db()
    assert (row.numerator, row.denominator, row.realised) == (30, 40, None)
    assert "100,00 %" in words(asn.get(sheet))


def test_a_ratio_row_refuses_a_negative_denominator(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(accumulation="rasio")
    response = submit(asn, sheet, **{f"numerator-{row.pk}": "30", f"denominator-{row.pk}": "-4"})
    assert response.status_code == 422
    assert "tidak boleh negatif" in words(response)


def test_one_bad_cell_keeps_all_that_was_typed_and_writes_nothing(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    response = submit(asn, sheet, **complete(first), **{f"realised-{second.pk}": "12%"})
    assert response.status_code == 422
    values = form_of(response)
    assert (values[f"realised-{first.pk}"], values[f"realised-{second.pk}"]) == ("3", "12%")
    assert values[f"obstacle-{first.pk}"] == TEXTS["obstacle"]
    assert {row.realised for row in rows_of(measuring_office.asn)} == {None}


def test_the_sentence_stands_at_the_bad_cell(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    page = submit(asn, sheet, **{f"realised-{row.pk}": "12%"}).content.decode()
    assert f'aria-describedby="realised-{row.pk}-error"' in page
    assert f'<div class="problem" id="realised-{row.pk}-error">“12%” bukan angka' in page
    assert f'<a href="#realised-{row.pk}">“12%” bukan angka' in page


def test_an_ambiguous_number_is_shown_back_and_kept_by_saving_again(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    shown_back = submit(asn, sheet, **{f"realised-{row.pk}": "1.234"})
    assert shown_back.status_code == 422
    assert "dibaca 1234 (ribuan)" in words(shown_back)
    assert form_of(shown_back)[f"realised-{row.pk}"] == "1234"
    assert asn.post(sheet, form_of(shown_back)).status_code == 302
    row.refresh_from_db()
    assert row.realised == 1234


def test_a_stale_page_shows_both_values_and_overwrites_nothing(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    opened = form_of(asn.get(sheet))
    measuring.save(measuring_office.cycle.pk, measuring_office.asn, [Change(row.pk, row.version, {"realised": Decimal(5)})])
    response = asn.post(sheet, opened | {f"realised-{row.pk}": "9"})
    row.refresh_from_db()
    assert (response.status_code, row.realised) == (409, 5)
    assert form_of(response)[f"realised-{row.pk}"] == "9"
    assert "nilai tersimpan: 5" in words(response)


def test_the_page_of_a_conflict_can_be_saved(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    opened = form_of(asn.get(sheet))
    measuring.save(measuring_office.cycle.pk, measuring_office.asn, [Change(row.pk, row.version, {"realised": Decimal(5)})])
    conflict = asn.post(sheet, opened | {f"realised-{row.pk}": "9"})
    assert asn.post(sheet, form_of(conflict)).status_code == 302
    row.refresh_from_db()
    assert row.realised == 9


def test_another_persons_row_posted_by_hand_is_ignored(measuring_office, asn, sheet):
    other = rows_of(measuring_office.colleague)[0]
    submit(asn, sheet, **complete(other), **{f"version-{other.pk}": "1"}, action="send")
    other.refresh_from_db()
    assert (other.realised, other.obstacle, other.state) == (None, "", RowState.KOSONG)


def test_posted_state_owner_and_unit_have_no_effect(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    fields = ("state", "round", "planned", "owner", "owner_id", "verdict_note", "target_year")
    submit(asn, sheet, state="arsip", role="camat", unit="1", **{f"{name}-{row.pk}": "diterima" for name in fields})
    after = WorksheetRow.objects.get(pk=row.pk)
    assert {name: getattr(after, name) for name in ("state", "owner_id", "target_year")} == {
        "state": RowState.KOSONG, "owner_id": measuring_office.asn.pk, "target_year": 12,
    }  # fmt: skip
    assert fresh(measuring_office.cycle).state == State.PENGUKURAN


def test_two_asn_save_different_rows_from_pages_opened_at_once(measuring_office, asn, sheet):
    mine, theirs = first_row(measuring_office), rows_of(measuring_office.colleague)[0]
    colleague = logged_in(measuring_office.colleague)
    pages = form_of(asn.get(sheet)), form_of(colleague.get(sheet))
    assert asn.post(sheet, pages[0] | complete(mine)).status_code == 302
    assert colleague.post(sheet, pages[1] | complete(theirs, "4")).status_code == 302
    assert [WorksheetRow.objects.get(pk=row.pk).realised for row in (mine, theirs)] == [3, 4]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "=HYPERLINK(1)", "😀 العربية", "a\x00b"])
def test_any_text_can_be_saved_and_is_shown_as_text(measuring_office, asn, sheet, text):
    row = first_row(measuring_office)
    assert submit(asn, sheet, **{f"analysis-{row.pk}": text}).status_code == 302
    assert form_of(asn.get(sheet))[f"analysis-{row.pk}"] == text.replace("\x00", "")
    assert b"<script>alert" not in asn.get(sheet).content


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 30, "9" * 5000])
def test_a_version_that_is_no_version_is_a_conflict_and_no_crash(measuring_office, asn, sheet, version):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row), **{f"version-{row.pk}": version})
    row.refresh_from_db()
    assert (response.status_code, row.realised) == (409, None)


# Money


def test_asn_can_enter_money_with_thousands(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    assert submit(asn, sheet, **{f"spent-{node.pk}": "2.500.000"}).status_code == 302
    assert money_node(measuring_office).spent == 2_500_000


def test_spending_more_than_the_pagu_asks_for_a_reason(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    refused = submit(asn, sheet, **{f"spent-{node.pk}": "10.000.001"})
    assert refused.status_code == 422
    assert "melebihi pagu" in words(refused)
    assert f"overspend_reason-{node.pk}" in form_of(refused)
    assert money_node(measuring_office).spent is None


def test_spending_more_than_the_pagu_is_kept_with_its_reason(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    refused = submit(asn, sheet, **{f"spent-{node.pk}": "10.000.001"})
    reason = {f"overspend_reason-{node.pk}": "Perubahan anggaran menyusul."}
    assert asn.post(sheet, form_of(refused) | reason).status_code == 302
    kept = money_node(measuring_office)
    assert (kept.spent, kept.overspend_reason) == (10_000_001, "Perubahan anggaran menyusul.")


@pytest.mark.parametrize("amount", ["-1", "1.500,50", "Rp1.000", "1e6"])
def test_money_that_is_no_amount_is_refused(measuring_office, asn, sheet, amount):
    node = money_node(measuring_office)
    assert submit(asn, sheet, **{f"spent-{node.pk}": amount}).status_code == 422
    assert money_node(measuring_office).spent is None


def test_money_of_a_stale_page_is_refused_and_kept_on_the_page(measuring_office, asn, sheet):
    node = money_node(measuring_office)
    opened = form_of(asn.get(sheet))
    measuring.save(measuring_office.cycle.pk, measuring_office.asn, [], [Change(node.pk, node.version, {"spent": Decimal(5)})])
    response = asn.post(sheet, opened | {f"spent-{node.pk}": "9"})
    assert (response.status_code, money_node(measuring_office).spent) == (409, 5)
    assert form_of(response)[f"spent-{node.pk}"] == "9"


def test_stale_money_takes_the_rows_back_with_it(measuring_office, asn, sheet):
    node, row = money_node(measuring_office), first_row(measuring_office)
    opened = form_of(asn.get(sheet))
    measuring.save(measuring_office.cycle.pk, measuring_office.asn, [], [Change(node.pk, node.version, {"spent": Decimal(5)})])
    asn.post(sheet, opened | complete(row) | {f"spent-{node.pk}": "9"})
    row.refresh_from_db()
    assert row.realised is None


def test_a_colleague_cannot_enter_somebody_elses_money(measuring_office, sheet):
    node = money_node(measuring_office)
    submit(logged_in(measuring_office.colleague), sheet, **{f"spent-{node.pk}": "9", f"node_version-{node.pk}": "1"})
    assert money_node(measuring_office).spent is None


# Sending


def test_sending_moves_complete_rows_and_says_what_the_others_lack(measuring_office, asn, sheet):
    whole, half = rows_of(measuring_office.asn)
    response = asn.post(sheet, form_of(asn.get(sheet)) | complete(whole) | {f"realised-{half.pk}": "1", "action": "send"}, follow=True)
    text = words(response)
    assert [row.state for row in rows_of(measuring_office.asn)] == [RowState.TERKIRIM, RowState.DRAF]
    assert "1 baris dikirim" in text
    assert "1 baris belum lengkap" in text
    assert "faktor penghambat (target belum tercapai); tindak lanjut; bukti" in text


def test_sending_an_empty_sheet_says_that_nothing_was_ready(measuring_office, asn, sheet):
    response = asn.post(sheet, form_of(asn.get(sheet)) | {"action": "send"}, follow=True)
    assert "2 baris belum lengkap dan belum dikirim" in words(response)


def test_a_sent_row_is_closed_for_its_owner(measuring_office, asn, sheet):
    whole, _ = rows_of(measuring_office.asn)
    submit(asn, sheet, **complete(whole), action="send")
    assert f"realised-{whole.pk}" not in form_of(asn.get(sheet))
    submit(asn, sheet, **{f"realised-{whole.pk}": "9", f"version-{whole.pk}": str(whole.version + 2)})
    whole.refresh_from_db()
    assert whole.realised == 3


def test_a_met_target_asks_what_helped(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    values = complete(row) | {f"driver-{row.pk}": ""}
    response = asn.post(sheet, form_of(asn.get(sheet)) | values | {"action": "send"}, follow=True)
    assert "faktor pendorong (target tercapai)" in words(response)


def test_the_last_row_sent_completes_step_5_and_issues_the_paper(measuring_office, asn, sheet):
    fill(measuring_office, measuring_office.cycle)
    colleague, theirs = logged_in(measuring_office.colleague), rows_of(measuring_office.colleague)[0]
    submit(asn, sheet, action="send")
    assert fresh(measuring_office.cycle).state == State.PENGUKURAN
    submit(colleague, sheet, **complete(theirs), action="send")
    cycle = fresh(measuring_office.cycle)
    assert cycle.state == State.EVALUASI
    assert cycle.papers.filter(kind="kertas_kerja_pengukuran").count() == 1


def test_the_last_excuse_completes_step_5(measuring_office, asn, sheet):
    fill(measuring_office, measuring_office.cycle)
    submit(asn, sheet, action="send")
    theirs = rows_of(measuring_office.colleague)[0]
    excuse = reverse("excuse", args=[measuring_office.cycle.pk, theirs.pk])
    logged_in(measuring_office.tim).post(excuse, {"version": theirs.version, "reason": "Kegiatan ditunda seluruhnya."})
    assert fresh(measuring_office.cycle).state == State.EVALUASI


def test_nothing_is_written_after_step_5_was_closed(measuring_office, asn, sheet):
    fill(measuring_office, measuring_office.cycle)
    opened = form_of(asn.get(sheet))
    theirs = rows_of(measuring_office.colleague)[0]
    measuring.send(measuring_office.cycle.pk, measuring_office.asn)
    measuring.excuse(measuring_office.cycle.pk, measuring_office.tim, theirs.pk, theirs.version, "Kegiatan ditunda seluruhnya.")
    before = list(WorksheetRow.objects.order_by("pk").values())
    asn.post(sheet, opened | complete(first_row(measuring_office), "99"))
    assert list(WorksheetRow.objects.order_by("pk").values()) == before


def test_a_page_from_before_the_close_is_answered_with_a_sentence(measuring_office, asn, sheet, monkeypatch):
    """The rows were still open when the request began, and are closed when it writes."""
    fill(measuring_office, measuring_office.cycle)
    opened, row = form_of(asn.get(sheet)), first_row(measuring_office)

    def close_first(cycle_id, *rest, save=measuring.save):
        close(measuring_office)
        return save(cycle_id, *rest)

    monkeypatch.setattr(measuring, "save", close_first)
    response = asn.post(sheet, opened | complete(row, "99"))
    assert response.status_code == 409
    assert "sudah ditutup" in words(response)
    assert WorksheetRow.objects.get(pk=row.pk).realised != 99


def close(office: Office) -> None:
    """All rows are accepted, and the cycle goes on to step 7."""
    office.cycle.rows.update(state=RowState.DITERIMA)
    workflow.perform(office.cycle, "measure", office.asn)
    workflow.perform(office.cycle, "evaluate", office.tim)


# Evidence


def test_asn_can_attach_evidence_with_its_page(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    submit(asn, sheet, **{f"file-{row.pk}": upload("laporan.pdf"), f"page-{row.pk}": "3"})
    evidence = row.evidence.get()
    assert (evidence.name, evidence.page, evidence.uploaded_by) == ("laporan.pdf", "3", measuring_office.asn)
    assert "laporan.pdf" in words(asn.get(sheet))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.pdf", b"MZ\x90\x00 this is a program", "bukan PDF yang sebenarnya"),
        ("kosong.pdf", b"", "kosong"),
        ("besar.pdf", PDF + b"0" * 2_000_000, "terlalu besar"),
        ("skrip.svg", b"<svg onload='alert(1)'/>", "tidak diterima"),
        ("halaman.html", b"<script>alert(1)</script>", "tidak diterima"),
        ("foto.png", b"\xff\xd8\xff\xe0", "bukan PNG"),
        ("tanpa-akhiran", PDF, "tidak diterima"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_at_its_cell(measuring_office, asn, sheet, settings, name, content, sentence):
    settings.MAX_UPLOAD_BYTES = 1024**2
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row), **{f"file-{row.pk}": upload(name, content)})
    assert response.status_code == 422
    assert f'id="file-{row.pk}-error"' in response.content.decode()
    assert sentence in words(response)
    assert not Evidence.objects.exists()


def test_a_refused_file_loses_nothing_that_was_typed(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row), **{f"file-{row.pk}": upload("a.exe")})
    assert form_of(response)[f"follow_up-{row.pk}"] == TEXTS["follow_up"]


def test_the_same_file_twice_is_one_piece_of_evidence(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    for _ in range(2):
        assert submit(asn, sheet, **{f"file-{row.pk}": upload()}).status_code == 302
    assert row.evidence.count() == 1


def test_the_same_file_on_two_rows_is_stored_once(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    submit(asn, sheet, **{f"file-{first.pk}": upload(), f"file-{second.pk}": upload("lain.pdf")})
    assert Evidence.objects.count() == 2
    assert Evidence.objects.values("file").distinct().count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\u202efdp.pdf", "afdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("bukti 😀.pdf", "bukti 😀.pdf"),
    ],
)
def test_a_strange_name_is_cleaned_and_never_a_path(measuring_office, asn, sheet, name, kept):
    row = first_row(measuring_office)
    measuring.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, named(name))
    evidence = row.evidence.get()
    assert evidence.name == kept
    assert evidence.file.path.endswith(f"{evidence.file.sha256}.pdf")


def named(name: str) -> SimpleUploadedFile:
    """An upload whose name did not pass Django's own cleaning."""
    file = upload()
    file._name = name
    return file


def test_evidence_can_be_taken_off_an_open_row(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    evidence = measuring.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, upload())
    response = asn.post(sheet, form_of(asn.get(sheet)) | {"detach": str(evidence.pk), f"analysis-{row.pk}": "Diketik."}, follow=True)
    row.refresh_from_db()
    assert "Bukti dilepas" in words(response)
    assert (row.evidence.count(), row.analysis) == (0, "Diketik.")


def test_evidence_of_a_sent_row_cannot_be_taken_off(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    evidence = measuring.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, upload())
    submit(asn, sheet, **complete(row), action="send")
    assert asn.post(sheet, {"detach": str(evidence.pk)}).status_code == 409
    assert row.evidence.count() == 1


@pytest.mark.parametrize("key", ["999", "9" * 30, "x", "", "9" * 5000])
def test_taking_off_what_is_not_there_is_no_crash(measuring_office, asn, sheet, key):
    assert asn.post(sheet, {"detach": key}).status_code in (302, 409)


def test_a_colleague_cannot_take_off_evidence(measuring_office, sheet):
    row = first_row(measuring_office)
    evidence = measuring.attach(measuring_office.cycle.pk, measuring_office.asn, row.pk, upload())
    assert logged_in(measuring_office.colleague).post(sheet, {"detach": str(evidence.pk)}).status_code == 409
    assert row.evidence.count() == 1


@pytest.mark.parametrize(("name", "kind"), [("bukti.pdf", "application/pdf"), ("foto.JPEG", "image/jpeg")])
def test_a_download_is_an_attachment_that_no_browser_opens(measuring_office, asn, name, kind):
    content = PDF if name.endswith("pdf") else b"\xff\xd8\xff\xe0 picture"
    evidence = measuring.attach(measuring_office.cycle.pk, measuring_office.asn, first_row(measuring_office).pk, upload(name, content))
    response = asn.get(reverse("evidence", args=[evidence.pk]))
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (kind, "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("who", "status"), [("asn", 200), ("tim", 200), ("sekcam", 200), ("camat", 200), ("colleague", 404), ("administrator", 404)]
)
def test_evidence_is_for_its_owner_and_those_who_judge(measuring_office, who, status):
    evidence = measuring.attach(measuring_office.cycle.pk, measuring_office.asn, first_row(measuring_office).pk, upload())
    response = logged_in(getattr(measuring_office, who)).get(reverse("evidence", args=[evidence.pk]))
    assert response.status_code == status
    response.close()


@pytest.mark.parametrize("who", ["camat", "sekcam", "tim", "asn", "administrator"])
def test_evidence_of_another_office_is_not_found(measuring_office, neighbour, who):
    evidence = measuring.attach(measuring_office.cycle.pk, measuring_office.asn, first_row(measuring_office).pk, upload())
    assert logged_in(getattr(neighbour, who)).get(reverse("evidence", args=[evidence.pk])).status_code == 404


# Excusing


def excuse(office: Office, who, reason: str, **values):
    row = first_row(office)
    url = reverse("excuse", args=[office.cycle.pk, row.pk])
    return logged_in(who).post(url, {"version": str(row.version), "reason": reason} | values)


def test_tim_sakip_can_excuse_a_row_with_a_reason(measuring_office):
    response = excuse(measuring_office, measuring_office.tim, "Kegiatan ditunda ke triwulan II.")
    row = first_row(measuring_office)
    assert response.status_code == 302
    assert (row.state, row.verdict_note) == (RowState.DIKECUALIKAN, "Kegiatan ditunda ke triwulan II.")


@pytest.mark.parametrize("reason", ["", "   ", "\u200b" * 20, "singkat", "a b c d e f"])
def test_an_excuse_without_a_reason_is_refused(measuring_office, reason):
    response = excuse(measuring_office, measuring_office.tim, reason)
    assert response.status_code == 422
    assert "Tuliskan alasannya" in words(response)
    assert first_row(measuring_office).state == RowState.KOSONG


@pytest.mark.parametrize(("who", "status"), [("asn", 403), ("sekcam", 403), ("camat", 403), ("administrator", 403)])
def test_nobody_but_tim_sakip_can_excuse(measuring_office, who, status):
    response = excuse(measuring_office, getattr(measuring_office, who), "Kegiatan ditunda ke triwulan II.")
    assert (response.status_code, first_row(measuring_office).state) == (status, RowState.KOSONG)


def test_another_offices_tim_sakip_cannot_find_the_row(measuring_office, neighbour):
    assert excuse(measuring_office, neighbour.tim, "Kegiatan ditunda ke triwulan II.").status_code == 404


def test_an_excuse_from_a_stale_page_is_a_conflict(measuring_office):
    response = excuse(measuring_office, measuring_office.tim, "Kegiatan ditunda ke triwulan II.", version="9")
    assert (response.status_code, first_row(measuring_office).state) == (409, RowState.KOSONG)


def test_a_row_of_another_office_cannot_be_excused_through_ones_own_cycle(measuring_office, neighbour):
    """The row is fetched through the cycle of the address, so that a foreign id finds nothing."""
    foreign = cycle_at(neighbour, "measure").rows.first()
    url = reverse("excuse", args=[measuring_office.cycle.pk, foreign.pk])
    response = logged_in(measuring_office.tim).post(url, {"version": str(foreign.version), "reason": "Kegiatan ditunda ke triwulan II."})
    foreign.refresh_from_db()
    assert (response.status_code, foreign.state) == (409, RowState.KOSONG)

"""An ASN sees their own rows and saves what they typed; nothing is lost, nobody else's row is touched."""

from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import attachments, measuring
from measurement.doors.measuring import SheetChange
from measurement.figures.calculation import calculate
from measurement.figures.hints import HintKind
from measurement.models import WorksheetNode, WorksheetRow
from measurement.rules.sop import RowState, State
from measurement.views.worksheet import worksheet_page
from tests.support.characters import fresh
from tests.support.pages import form_of, logged_in, submit, words
from tests.support.sheets import TEXTS, complete, first_row, money_node, rows_of


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
    text = words(
        logged_in(getattr(measuring_office, role)).get(reverse("overview", args=[measuring_office.cycle.pk]))
    )
    assert "Jumlah laporan 1" in text
    assert "kunjungan rekan" in text


def test_someone_without_rows_is_told_so(measuring_office, sheet):
    assert "Tidak ada indikator untuk Anda" in words(logged_in(measuring_office.camat).get(sheet))


def test_a_stranger_cannot_find_the_worksheet(measuring_office, neighbour, sheet):
    stranger = logged_in(neighbour.asn)
    assert stranger.get(sheet).status_code == 404
    assert stranger.post(sheet, {}).status_code == 404


def test_asn_can_save_what_they_typed(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    response = submit(asn, sheet, **complete(row, "1.234,5"), action="save")
    row.refresh_from_db()
    assert response.status_code == 302
    assert (row.realised, row.obstacle, row.state) == (Decimal("1234.5"), TEXTS["obstacle"], RowState.DRAF)


def test_a_blank_stays_blank_and_is_not_zero(measuring_office, asn, sheet):
    first, second = rows_of(measuring_office.asn)
    submit(
        asn,
        sheet,
        **{
            f"realised-{first.pk}": "",
            f"analysis-{first.pk}": "Belum ada data.",
            f"realised-{second.pk}": "0",
        },
    )
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


@pytest.mark.parametrize(
    "text", ["999999999999999", "-123456789,123456", "123456789012,123456", "999999999999999,999999"]
)
def test_a_long_number_is_kept_exactly_or_refused(measuring_office, asn, sheet, text):
    row = first_row(measuring_office)
    if submit(asn, sheet, **{f"realised-{row.pk}": text}).status_code == 302:
        assert form_of(asn.get(sheet))[f"realised-{row.pk}"] == text
    else:
        assert first_row(measuring_office).realised is None


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


@pytest.mark.parametrize(("press", "kept"), [("1157", "1157"), ("1,1570", "1.157")])
def test_each_reading_of_a_number_has_a_button_that_keeps_it(measuring_office, asn, sheet, press, kept):
    row = first_row(measuring_office)
    name = f"realised-{row.pk}"
    page = submit(asn, sheet, **{name: "1,157"})
    assert f'name="reading" value="{name}={press}"' in page.content.decode()
    assert asn.post(sheet, form_of(page) | {"reading": f"{name}={press}"}).status_code == 302
    row.refresh_from_db()
    assert row.realised == Decimal(kept)


def test_a_kept_number_is_not_asked_again(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(realised=Decimal("0.95"), measure="%")
    values = form_of(asn.get(sheet))
    assert asn.post(sheet, values | {f"analysis-{row.pk}": "Sudah sesuai jadwal."}).status_code == 302
    row.refresh_from_db()
    assert (row.realised, row.analysis) == (Decimal("0.95"), "Sudah sesuai jadwal.")


@pytest.mark.parametrize(("press", "kept"), [("0,95%", "0.95"), ("95", "95")])
def test_a_fraction_of_a_percentage_is_asked(measuring_office, asn, sheet, press, kept):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(measure="%")
    name = f"realised-{row.pk}"
    page = submit(asn, sheet, **{name: "0,95"})
    assert "0,95 % atau 95 %?" in words(page)
    assert asn.post(sheet, form_of(page) | {"reading": f"{name}={press}"}).status_code == 302
    row.refresh_from_db()
    assert row.realised == Decimal(kept)


@pytest.mark.parametrize(
    ("typed", "measure", "kept"),
    [
        ("100%", "%", "100"),
        ("12 Laporan", "Laporan", "12"),
        ("\u00a012\u00a0", "Laporan", "12"),
        ("12.", "Laporan", "12"),
    ],
)
def test_what_people_write_is_read(measuring_office, asn, sheet, typed, measure, kept):
    row = first_row(measuring_office)
    WorksheetRow.objects.filter(pk=row.pk).update(measure=measure)
    assert submit(asn, sheet, **{f"realised-{row.pk}": typed}).status_code == 302
    row.refresh_from_db()
    assert row.realised == Decimal(kept)


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
    measuring.save(
        measuring_office.cycle.pk,
        measuring_office.asn,
        [SheetChange(row.pk, row.version, {"realised": Decimal(5)})],
    )
    response = asn.post(sheet, opened | {f"realised-{row.pk}": "9"})
    row.refresh_from_db()
    assert (response.status_code, row.realised) == (409, 5)
    assert form_of(response)[f"realised-{row.pk}"] == "9"
    assert "nilai tersimpan: 5" in words(response)


def test_the_page_of_a_conflict_can_be_saved(measuring_office, asn, sheet):
    row = first_row(measuring_office)
    opened = form_of(asn.get(sheet))
    measuring.save(
        measuring_office.cycle.pk,
        measuring_office.asn,
        [SheetChange(row.pk, row.version, {"realised": Decimal(5)})],
    )
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
    submit(
        asn,
        sheet,
        state="arsip",
        role="camat",
        unit="1",
        **{f"{name}-{row.pk}": "diterima" for name in fields},
    )
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


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "=HYPERLINK(1)", "😀 العربية", "a\x00b"]
)
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


def test_the_page_of_an_owner_says_what_the_whole_calculation_says(measuring_office, sheet, monkeypatch):
    (first, second), node = rows_of(measuring_office.asn), money_node(measuring_office)
    strange = rows_of(measuring_office.colleague)[0]
    WorksheetRow.objects.filter(pk__in=[first.pk, second.pk, strange.pk]).update(
        realised=1, state=RowState.DRAF
    )
    WorksheetRow.objects.filter(pk=second.pk).update(
        numerator=3, denominator=2, name=strange.name, measure=strange.measure
    )
    WorksheetNode.objects.filter(pk=node.pk).update(spent=node.pagu)
    for row in (first, strange):
        attachments.attach_link(
            measuring_office.cycle.pk, row.owner, row.pk, "https://drive.google.com/bukti"
        )
    clients = {who: logged_in(who) for who in (measuring_office.asn, measuring_office.colleague)}
    said = {who: words(client.get(sheet)) for who, client in clients.items()}
    assert HintKind.SHARED_FILE.value in said[measuring_office.asn]
    monkeypatch.setattr(worksheet_page, "own_sheet", lambda cycle, owner: calculate(cycle))
    assert {who: words(client.get(sheet)) for who, client in clients.items()} == said

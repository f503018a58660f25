"""Realisasi anggaran from a file into a cycle: shown beside what is typed, asked about, applied all or nothing, remembered."""

import hashlib
from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from measurement.models import MoneyFile, PlanNode, SubUnit, WorksheetNode
from measurement.record import audit
from measurement.rules.sop import State
from tests.support.characters import cycle_at, fresh, row_values
from tests.support.pages import form_of, logged_in, words
from tests.support.sheets import money_node
from tests.support.spending_files import OTHER, SUB, book, upload

TITLE = ["Realisasi 1 Januari 2026 s.d. 31 Maret 2026"]
HEAD = ["Kode", "Uraian", "Anggaran", "Realisasi"]


def report(*rows) -> bytes:
    return book([TITLE, HEAD, *rows])


FILE = report([SUB, "sub_kegiatan uji", 10_000_000, 2_500_000])


@pytest.fixture
def page(measuring_office) -> str:
    return reverse("money_import", args=[measuring_office.cycle.pk])


@pytest.fixture
def tim(measuring_office):
    return logged_in(measuring_office.tim)


def preview(client, page: str, content: bytes):
    return client.post(page, {"file": upload(content), "action": "preview"})


def apply(client, page: str, shown, **typed):
    seen = shown.context["comparison"].fingerprint
    return client.post(page, {"seen": seen, "action": "apply", **typed})


def test_tim_sakip_can_take_over_realisasi_from_a_file(measuring_office, tim, page):
    shown = preview(tim, page, FILE)
    response = apply(tim, page, shown)

    used = MoneyFile.objects.get()
    assert response.url == reverse("overview", args=[measuring_office.cycle.pk])
    assert money_node(measuring_office).spent == 2_500_000
    assert (used.name, used.file.sha256) == ("lra.xlsx", hashlib.sha256(FILE).hexdigest())
    assert used.amounts == {str(money_node(measuring_office).pk): "2500000"}


def test_the_preview_shows_file_typed_difference_pagu_and_serapan(measuring_office, tim, page):
    node = money_node(measuring_office)
    WorksheetNode.objects.filter(pk=node.pk).update(spent=500_000)
    told = words(preview(tim, page, FILE))
    for figure in ("Rp2.500.000", "Rp500.000", "Rp2.000.000", "Rp10.000.000", "25,00 %"):
        assert figure in told
    assert money_node(measuring_office).spent == 500_000


def test_what_was_taken_over_is_in_the_trail_with_the_file(measuring_office, tim, page):
    apply(tim, page, preview(tim, page, FILE))
    entry = measuring_office.cycle.audit.get(action="money_import")
    assert (entry.data["sha256"], entry.actor) == (hashlib.sha256(FILE).hexdigest(), measuring_office.tim)
    assert measuring_office.cycle.audit.filter(action="row_fill_for").count() == 1
    assert audit.trail_faults(measuring_office.cycle) == []


@pytest.mark.parametrize("who", ["asn", "camat", "sekcam", "administrator"])
def test_only_tim_sakip_can_take_over_realisasi(measuring_office, page, who):
    client = logged_in(getattr(measuring_office, who))
    assert (client.get(page).status_code, preview(client, page, FILE).status_code) == (403, 403)


def test_a_stranger_finds_neither_page_nor_file(measuring_office, neighbour, tim, page):
    apply(tim, page, preview(tim, page, FILE))
    client, used = logged_in(neighbour.tim), MoneyFile.objects.get()
    kept = reverse("money_file", args=[measuring_office.cycle.pk, used.pk])
    assert (client.get(page).status_code, client.get(kept).status_code) == (404, 404)
    assert b"".join(tim.get(kept).streaming_content) == FILE


def test_unknown_codes_are_named_and_must_be_let_go(measuring_office, tim, page):
    content = report([SUB, "sub_kegiatan uji", 10, 5], [OTHER, "Fasilitasi", 9, 7])
    shown = preview(tim, page, content)
    assert OTHER in words(shown)
    assert apply(tim, page, shown).status_code == 409
    answered = tim.post(page, {"action": "answer", "jawab-tidak-dikenal": "lanjut"})
    assert apply(tim, page, answered).status_code == 302
    assert money_node(measuring_office).spent == 5


def test_every_form_of_the_preview_carries_its_token(tim, page):
    shown = preview(
        tim, page, report([SUB, "sub_kegiatan uji", 10, 5], [OTHER, "Fasilitasi", 9, 7])
    ).content.decode()
    forms = shown.split("<main")[1].split('method="post"')[1:]
    assert len(forms) == 3
    assert all("csrfmiddlewaretoken" in form for form in forms)


def test_a_sub_kegiatan_without_a_row_is_named_and_can_be_set_to_nought(measuring_office, tim, page):
    content = report([OTHER, "Fasilitasi", 9, 0])
    assert SUB in words(preview(tim, page, content))
    answered = tim.post(page, {"action": "answer", "jawab-tidak-ada": "nol"})
    assert apply(tim, page, answered).status_code == 302
    assert money_node(measuring_office).spent == 0


def test_realisasi_beyond_the_pagu_asks_for_a_reason(measuring_office, tim, page):
    node = money_node(measuring_office)
    shown = preview(tim, page, report([SUB, "sub_kegiatan uji", 1, 10_000_001]))
    refused = apply(tim, page, shown)
    assert (refused.status_code, money_node(measuring_office).spent) == (422, None)
    assert "melebihi pagu" in words(refused)
    typed = {f"overspend_reason-{node.pk}": "Perubahan anggaran menyusul."}
    assert apply(tim, page, refused, **typed).status_code == 302
    assert money_node(measuring_office).overspend_reason == "Perubahan anggaran menyusul."


def test_what_was_changed_meanwhile_is_not_overwritten(measuring_office, tim, page):
    shown = preview(tim, page, FILE)
    node = money_node(measuring_office)
    change = SheetChange(node.pk, node.version, {"spent": Decimal(5)})
    measuring.save(measuring_office.cycle.pk, measuring_office.asn, [], [change])
    assert (apply(tim, page, shown).status_code, money_node(measuring_office).spent) == (409, 5)
    assert not MoneyFile.objects.exists()


def test_a_wrong_cell_keeps_everything_from_being_written(measuring_office, tim, page):
    shown = preview(tim, page, report([SUB, "sub_kegiatan uji", 10, "500,000"]))
    assert "D3" in words(shown)
    assert apply(tim, page, shown).status_code == 409
    assert money_node(measuring_office).spent is None


@pytest.mark.parametrize(
    ("name", "is_known"), [("sub_kegiatan uji", True), ("SUB KEGIATAN UJI", True), ("Lain sekali", False)]
)
def test_a_code_of_an_older_list_counts_only_with_the_same_name(measuring_office, tim, page, name, is_known):
    shown = preview(tim, page, report(["7.01.02.2.01.01", name, 10, 5]))
    assert bool(shown.context["comparison"].changed) is is_known


def test_a_sub_kegiatan_is_found_by_its_name_where_no_code_stands(measuring_office, tim, page):
    content = book([TITLE, ["Sub Kegiatan", "Realisasi"], ["Sub_kegiatan Uji", 5], ["Jumlah", 5]])
    assert apply(tim, page, preview(tim, page, content)).status_code == 302
    assert money_node(measuring_office).spent == 5


def cumulative(node, earlier: list[str | None], quarter: int = 2) -> None:
    """As if the cycle were of that quarter: an archived year is walked elsewhere."""
    before = sum(Decimal(amount) for amount in earlier if amount)
    WorksheetNode.objects.filter(pk=node.pk).update(spent_earlier=earlier, spent_before=before)
    type(node.cycle).objects.filter(pk=node.cycle_id).update(number=quarter)


TO_DATE = book([["Realisasi s.d. 30 Juni 2026"], HEAD, [SUB, "sub_kegiatan uji", 10_000_000, 5_000_000]])


def test_what_counts_from_the_new_year_is_less_what_earlier_quarters_hold(measuring_office, tim, page):
    cumulative(money_node(measuring_office), ["2000000"])
    shown = preview(tim, page, TO_DATE)
    assert {"Rp5.000.000", "Rp3.000.000"} <= set(words(shown).split())
    assert apply(tim, page, shown).status_code == 302
    assert money_node(measuring_office).spent == 3_000_000


def test_without_the_earlier_quarters_nothing_is_taken_from_a_year_to_date(measuring_office, tim, page):
    cumulative(money_node(measuring_office), [None])
    shown = preview(tim, page, TO_DATE)
    assert "Triwulan I belum tercatat" in words(shown)
    assert apply(tim, page, shown).status_code == 409


def test_less_than_earlier_quarters_hold_is_refused(measuring_office, tim, page):
    cumulative(money_node(measuring_office), ["6000000"])
    shown = preview(tim, page, TO_DATE)
    assert "lebih kecil daripada yang tercatat" in words(shown)
    assert apply(tim, page, shown).status_code == 409


def split(office) -> list[WorksheetNode]:
    """The sub kegiatan in two kelurahan."""
    node = money_node(office)
    units = [SubUnit.objects.create(unit=office.unit, name=f"Kelurahan {name}") for name in ("Satu", "Dua")]
    WorksheetNode.objects.filter(pk=node.pk).update(sub_unit=units[0].name)
    plan = PlanNode.objects.create(
        plan=office.plan,
        level=node.level,
        code=SUB,
        name="kedua",
        owner=office.asn,
        position=9,
        sub_unit=units[1],
    )
    other = WorksheetNode.objects.create(
        cycle=office.cycle,
        plan_node=plan,
        level=node.level,
        code=SUB,
        name="kedua",
        sub_unit=units[1].name,
        position=9,
        pagu=10,
        owner=office.asn,
    )
    return [node, other]


def test_each_kelurahan_gets_its_own(measuring_office, tim, page):
    nodes = split(measuring_office)
    head = ["Kelurahan", *HEAD]
    content = book(
        [TITLE, head, ["Dua", SUB, "kedua", 10, 4], ["KELURAHAN SATU", SUB, "sub_kegiatan uji", 10, 5]]
    )
    assert apply(tim, page, preview(tim, page, content)).status_code == 302
    assert [WorksheetNode.objects.get(pk=node.pk).spent for node in nodes] == [5, 4]


def test_a_row_that_does_not_name_its_kelurahan_is_named(measuring_office, tim, page):
    split(measuring_office)
    shown = preview(tim, page, FILE)
    assert "terbagi atas Kelurahan Satu, Kelurahan Dua" in words(shown)
    assert not shown.context["comparison"].is_ready


def test_the_last_amount_completes_step_5(measuring_office, tim, page):
    cycle = measuring_office.cycle
    for owner in (measuring_office.asn, measuring_office.colleague):
        rows = [
            SheetChange(row.pk, row.version, row_values()) for row in measuring.movable(cycle, "save", owner)
        ]
        measuring.save(cycle.pk, owner, rows)
        measuring.send(cycle.pk, owner)
    assert fresh(cycle).state == State.PENGUKURAN
    apply(tim, page, preview(tim, page, FILE))
    assert fresh(cycle).state == State.EVALUASI


def test_at_step_6_only_what_was_returned_is_open(kecamatan):
    cycle = kecamatan.cycle = cycle_at(kecamatan, "evaluate")
    client, page = logged_in(kecamatan.tim), reverse("money_import", args=[cycle.pk])
    assert "Pengisian tertutup" in words(client.get(page))
    row = cycle.rows.first()
    measuring.give_back(cycle.pk, kecamatan.tim, row.pk, row.version, "Angka belum sesuai bukti.")
    assert apply(client, page, preview(client, page, FILE)).status_code == 302
    assert money_node(kecamatan).spent == 2_500_000


def test_a_file_that_waits_no_more_is_asked_for_again(tim, page):
    assert tim.post(page, {"action": "apply", "seen": "x"}).url == page


def test_the_overview_leads_tim_sakip_to_the_page(measuring_office, tim, page):
    assert page in tim.get(reverse("overview", args=[measuring_office.cycle.pk])).content.decode()
    assert "file" not in form_of(tim.get(page))


def test_page_and_preview_ask_the_database_at_most_twelve_times(tim, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert tim.get(page).status_code == 200
    with django_assert_max_num_queries(12):
        assert preview(tim, page, FILE).status_code == 200

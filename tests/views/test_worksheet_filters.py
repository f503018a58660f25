"""Chips above the worksheets leave out what needs no work, and a saved page keeps the chip that was on."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from measurement.doors import measuring
from measurement.doors.measuring import SheetChange
from tests.support.characters import row_values
from tests.support.pages import logged_in, words
from tests.support.sheets import money_node, rows_of


@pytest.fixture
def finished(measuring_office):
    """The office whose ASN has filled in the first of two rows."""
    row = rows_of(measuring_office.asn)[0]
    measuring.save(
        measuring_office.cycle.pk, measuring_office.asn, [SheetChange(row.pk, row.version, row_values())]
    )
    return row


def test_only_rows_that_lack_something_are_shown_on_request(sheet, asn, finished, measuring_office):
    other = rows_of(measuring_office.asn)[1]
    page = asn.get(sheet, {"saring": "belum"})
    assert "Belum lengkap (1)" in words(page)
    assert f'id="baris-{other.pk}"' in page.content.decode()
    assert f'id="baris-{finished.pk}"' not in page.content.decode()


def test_no_chips_where_they_would_leave_nothing_out(sheet, asn):
    assert "Saring baris yang tampil" not in asn.get(sheet).content.decode()


def test_saving_comes_back_to_the_chip_that_was_on(sheet, asn, finished, measuring_office):
    other = rows_of(measuring_office.asn)[1]
    answer = asn.post(
        f"{sheet}?saring=belum",
        {f"version-{other.pk}": other.version, f"realised-{other.pk}": "2", "action": "save"},
    )
    assert answer["Location"] == f"{sheet}?saring=belum"


def test_an_unknown_chip_shows_everything(sheet, asn, finished):
    assert f'id="baris-{finished.pk}"' in asn.get(sheet, {"saring": "apa"}).content.decode()


def test_a_chip_that_leaves_nothing_says_so_and_leads_back(sheet, asn, finished):
    page = asn.get(sheet, {"saring": "dikembalikan"})
    assert "Tidak ada baris pada saringan ini" in words(page)


def test_tim_sakip_sees_who_has_not_sent_yet(measuring_office, finished):
    measuring.send(measuring_office.cycle.pk, measuring_office.asn)
    page = logged_in(measuring_office.tim).get(
        reverse("overview", args=[measuring_office.cycle.pk]), {"saring": "belum"}
    )
    assert "Belum terkirim (2)" in words(page)
    assert f'id="baris-{finished.pk}"' not in page.content.decode()


def test_money_stands_grouped_in_its_field_and_reads_back_the_same(sheet, asn, measuring_office):
    node = money_node(measuring_office)
    measuring.save(
        measuring_office.cycle.pk,
        measuring_office.asn,
        [],
        [SheetChange(node.pk, node.version, {"spent": Decimal(1250000)})],
    )
    assert 'value="1.250.000"' in asn.get(sheet).content.decode()


def test_an_amount_above_the_pagu_is_told_with_both_amounts(sheet, asn, measuring_office):
    node = money_node(measuring_office)
    cells = {f"node_version-{node.pk}": node.version, f"spent-{node.pk}": "9.999.999.999", "action": "save"}
    page = asn.post(sheet, cells)
    assert page.status_code == 422
    assert "Realisasi s.d. periode ini Rp9.999.999.999 melebihi pagu" in words(page)


def test_the_recap_is_folded_at_its_programs_and_ends_with_the_office(measuring_office):
    page = logged_in(measuring_office.tim).get(reverse("recap", args=[measuring_office.cycle.pk]))
    sections = page.context["sections"]
    below = {line["level"] for section in sections for line in section["lines"]}
    assert {section["head"]["level"] for section in sections} == {"sasaran", "program", "total"}
    assert {"kegiatan", "sub"} <= below
    assert sections[-1]["head"]["level"] == "total"


def test_the_whole_recap_can_be_opened_at_once(measuring_office):
    page = logged_in(measuring_office.tim).get(
        reverse("recap", args=[measuring_office.cycle.pk]), {"buka": "semua"}
    )
    folds = re.findall(r"<details[^>]*class=\"[^\"]*fold[^>]*>", page.content.decode())
    assert page.context["all_open"]
    assert all(" open" in fold for fold in folds)

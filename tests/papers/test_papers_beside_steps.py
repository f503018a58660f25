"""A paper that ends no step of the SOP is a row of the table of papers like any other: numbered, signed, listed, withdrawn, issued again."""

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from measurement import papers
from measurement.doors import voiding
from measurement.models import Paper
from measurement.papers.render import render_html
from measurement.rules.sop import Output, Role
from tests.support.characters import open_cycle, store_papers, walk
from tests.support.pages import logged_in, words

KEY, TITLE, REASON = "surat_uji", "Surat Keterangan Uji", "Nama penanda tangan keliru."


@pytest.fixture
def letter(kecamatan, monkeypatch) -> Paper:
    """A letter of the Sekcam on the opened cycle."""
    order = papers.KINDS[Output.NOTA_DINAS_PERINTAH]
    kind = dataclasses.replace(
        order,
        code="SKU",
        title=TITLE,
        content=lambda cycle, actor: order.content(cycle, actor) | {"purpose": "Menerangkan."},
        issued_by=Role.SEKCAM,
    )
    monkeypatch.setitem(papers.KINDS, KEY, kind)
    return papers.issue(open_cycle(kecamatan), KEY, kecamatan.sekcam)


def test_it_is_numbered_in_a_series_of_its_own_and_printed(letter, kecamatan):
    assert (letter.kind, letter.sequence, letter.title) == (KEY, 1, f"{TITLE} {letter.cycle.period}")
    assert "SKU" in letter.number
    assert letter.content["signatory"]["title"] == "Sekretaris Kecamatan"
    assert TITLE in render_html(papers.KINDS[KEY], letter.content)


def test_pages_list_it(letter, kecamatan):
    store_papers(letter.cycle)
    for address in (
        reverse("archive") + "?q=SKU",
        reverse("number_register"),
        reverse("cycle", args=[letter.cycle_id]),
    ):
        assert TITLE in words(logged_in(kecamatan.sekcam).get(address)), address
    assert TITLE in words(logged_in(kecamatan.administrator).get(reverse("paper_settings")))


def test_who_issues_it_withdraws_it_and_issues_it_again(letter, kecamatan):
    with pytest.raises(PermissionDenied):
        voiding.void(letter, kecamatan.tim, REASON)
    again = voiding.void(letter, kecamatan.sekcam, REASON, again=True)
    assert (again.kind, again.sequence) == (KEY, 2)


def test_a_cycle_with_it_reaches_the_archive(letter, kecamatan):
    assert walk(kecamatan, letter.cycle).is_archived

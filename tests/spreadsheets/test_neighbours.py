"""Tables for other systems: what they ask for, in their order, from the figures of the pages; nothing before the figures are approved."""

import io

from django.urls import reverse
from openpyxl import load_workbook

from measurement.archiving.srikandi import HEADINGS as SRIKANDI
from measurement.models import Person
from measurement.spreadsheets.neighbours_export import BY_HAND
from tests.support.characters import cycle_at, walk
from tests.support.pages import NIP, logged_in, words


def sheets_of(person, cycle) -> dict[str, list[tuple]]:
    response = logged_in(person).get(reverse("neighbours_xlsx", args=[cycle.pk]))
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.content))
    return {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}


def table(rows: list[tuple]) -> list[dict]:
    """The lines below the headings, each by its headings."""
    return [dict(zip(rows[3], line, strict=True)) for line in rows[4:]]


def test_every_system_has_its_table_and_says_that_it_is_copied_by_hand(kecamatan):
    Person.objects.filter(pk=kecamatan.asn.pk).update(nip=NIP)
    book = sheets_of(kecamatan.tim, cycle_at(kecamatan, "report_to_camat"))
    assert all(BY_HAND in book[name][1][0] for name in ("SIPD", "e-Kinerja", "esr", "SRIKANDI"))
    first, second = table(book["SIPD"])
    assert (first["Realisasi s.d."], first["Capaian s.d. (%)"], first["Pagu (Rp)"]) == ("3", 100, 10_000_000)
    assert second["Pagu (Rp)"] is None, "the money of a sub kegiatan stands once"
    assert {line["NIP"] for line in table(book["e-Kinerja"])} == {NIP}
    assert tuple(book["SRIKANDI"][3]) == SRIKANDI


def test_the_documents_of_esr_say_what_is_missing(kecamatan):
    cycle = cycle_at(kecamatan, "report_to_camat")
    before = table(sheets_of(kecamatan.tim, cycle)["esr"])
    assert [line["Keterangan"] for line in before] == [*["Sudah ada di kantor."] * 6, "belum terbit"]
    after = table(sheets_of(kecamatan.tim, walk(kecamatan, cycle))["esr"])[-1]
    assert (after["Nomor"] != "", len(after["SHA-256"])) == (True, 64)


def test_nothing_goes_out_before_the_figures_are_approved(kecamatan):
    address = reverse("neighbours_xlsx", args=[cycle_at(kecamatan, "approve").pk])
    refused = logged_in(kecamatan.tim).get(address)
    assert (refused.status_code, "menyetujui hasil pengukuran" in words(refused)) == (409, True)
    assert logged_in(kecamatan.asn).get(address).status_code == 403

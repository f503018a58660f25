"""The templat of data awal: downloaded, filled in, uploaded, looked at, applied."""

import io

import openpyxl
import pytest
from django.urls import reverse

from measurement.models import Indicator, Plan
from measurement.plan.opening_workbook import KEY_HEADING
from tests.support.characters import add_indicator, office, open_cycle
from tests.support.opening import begun
from tests.support.pages import form_of, logged_in, words
from tests.support.sheets import upload


@pytest.fixture
def late(db):
    """An office whose first cycle is that of TW II, with a ratio beside its sums, and a set that says nothing yet."""
    made = office()
    Plan.objects.filter(pk=made.plan.pk).update(start_year=2025)
    made.plan.refresh_from_db()
    made.ratio = add_indicator(made, "Persentase selesai", 9, accumulation="rasio", measure="%")
    open_cycle(made, 2)
    made.opening = begun(made)
    return made


class Templat:
    """The downloaded workbook in a person's hands."""

    def __init__(self, made):
        answer = logged_in(made.tim).get(reverse("opening_form", args=[made.opening.pk]))
        assert answer.status_code == 200
        self.book = openpyxl.load_workbook(io.BytesIO(answer.content))

    def cell(self, sheet: str, heading: str, name: str):
        """The cell of a column on the line with this Uraian."""
        table = self.book[sheet]
        header = next(row for row in table.iter_rows() if any(cell.value == KEY_HEADING for cell in row))
        column = next(cell.column for cell in header if cell.value == heading)
        line = next(row for row in table.iter_rows(min_row=header[0].row + 1) if row[2].value == name)
        return table.cell(line[0].row, column)

    def key(self, name: str):
        return self.cell("Indikator", KEY_HEADING, name)

    def saved(self) -> bytes:
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def page(made) -> str:
    return reverse("opening_upload", args=[made.opening.pk])


def look(made, content: bytes):
    return logged_in(made.tim).post(page(made), {"file": upload("awal.xlsx", content), "action": "preview"})


def apply(made, content: bytes):
    client = logged_in(made.tim)
    seen = client.post(page(made), {"file": upload("awal.xlsx", content), "action": "preview"})
    return client.post(page(made), {"seen": form_of(seen)["seen"], "action": "apply"})


def filled(made) -> Templat:
    templat = Templat(made)
    templat.cell("Indikator", "Realisasi TW I 2026", "Jumlah laporan 1").value = 3
    templat.cell("Indikator", "Realisasi Tahun 2025", "Jumlah laporan 1").value = "11"
    templat.cell("Indikator", "Pembilang TW I 2026", "Persentase selesai").value = 8
    templat.cell("Indikator", "Penyebut TW I 2026", "Persentase selesai").value = 10
    templat.cell("Anggaran", "Realisasi anggaran TW I 2026 (Rp)", "Realisasi anggaran").value = "2.000.000"
    return templat


def test_the_preview_writes_nothing_and_counts_what_is_new(late):
    answer = look(late, filled(late).saved())
    found = answer.context["found"]
    assert (found.new, found.changed, found.wrong) == (5, 0, [])
    assert not late.opening.figures.exists()


def test_applied_it_stands_in_the_set_and_in_the_next_templat(late):
    assert apply(late, filled(late).saved()).status_code == 302
    figures = {(figure.indicator_id, figure.year): figure for figure in late.opening.figures.all()}
    first = late.indicators[0].pk
    assert figures[first, 2026].realised == 3
    assert figures[first, 2025].realised == 11
    assert (figures[late.ratio.pk, 2026].numerator, figures[late.ratio.pk, 2026].denominator) == (8, 10)
    assert figures[None, 2026].spent == 2_000_000
    assert Templat(late).cell("Indikator", "Realisasi TW I 2026", "Jumlah laporan 1").value == 3


def test_a_second_upload_says_what_changes(late):
    apply(late, filled(late).saved())
    templat = Templat(late)
    templat.cell("Indikator", "Realisasi TW I 2026", "Jumlah laporan 1").value = 2
    found = look(late, templat.saved()).context["found"]
    assert (found.new, found.changed) == (0, 1)
    [difference] = found.differences
    assert (difference.old, difference.new) == ("3", "2")


def test_wrong_cells_are_named_by_their_addresses_and_nothing_is_written(late):
    templat = filled(late)
    wrong = {
        ("Indikator", "Realisasi TW I 2026", "Jumlah laporan 2"): "tiga",
        ("Indikator", "Realisasi Tahun 2025", "Jumlah laporan 2"): "1.157",
        ("Indikator", "Realisasi TW I 2026", "Persentase selesai"): 80,
        ("Anggaran", "Realisasi anggaran Tahun 2025 (Rp)", "Realisasi anggaran"): -5,
    }
    places = {}
    for (sheet, heading, name), value in wrong.items():
        cell = templat.cell(sheet, heading, name)
        cell.value = value
        places[f"{cell.coordinate} ({sheet})"] = value
    answer = look(late, templat.saved())
    found = answer.context["found"]
    assert {item.cell for item in found.wrong} == set(places)
    assert "Tulis 1157 atau 1,1570." in words(answer)
    assert "isi kolom pembilang dan penyebut" in words(answer)
    assert apply(late, templat.saved()).status_code == 422
    assert not late.opening.figures.exists()


def test_half_a_ratio_is_a_wrong_cell(late):
    templat = Templat(late)
    templat.cell("Indikator", "Pembilang TW I 2026", "Persentase selesai").value = 8
    [wrong] = look(late, templat.saved()).context["found"].wrong
    assert "Isi pembilang dan penyebutnya" in wrong.sentence


def test_a_strange_key_and_a_line_that_stands_twice_are_wrong(late):
    templat = Templat(late)
    templat.key("Jumlah laporan 1").value = "rencana-999-indikator-1"
    templat.key("Jumlah laporan 2").value = templat.key("Persentase selesai").value
    sentences = " ".join(wrong.sentence for wrong in look(late, templat.saved()).context["found"].wrong)
    assert "bukan dari rencana ini" in sentences
    assert "Baris yang sama juga ada" in sentences


def test_another_workbook_is_refused_in_a_sentence(late):
    book = openpyxl.Workbook()
    file = io.BytesIO()
    book.save(file)
    answer = look(late, file.getvalue())
    assert answer.status_code == 422
    assert "bukan templat data awal" in words(answer)


def test_what_changed_since_the_preview_is_shown_again(late):
    content, client = filled(late).saved(), logged_in(late.tim)
    seen = form_of(client.post(page(late), {"file": upload("awal.xlsx", content), "action": "preview"}))[
        "seen"
    ]
    type(late.opening).objects.filter(pk=late.opening.pk).update(version=7)
    assert client.post(page(late), {"seen": seen, "action": "apply"}).status_code == 409
    assert not late.opening.figures.exists()


def test_who_follows_another_indicator_takes_no_figure_of_its_own(late):
    Indicator.objects.filter(pk=late.ratio.pk).update(follow_rule="sama")
    with pytest.raises(StopIteration):
        Templat(late).key("Persentase selesai")
